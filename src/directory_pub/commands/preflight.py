"""The command ``preflight``: any PDF against a printer's demands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from directory_pub.commands.console import EXIT_FINDINGS, check_file, choose_printer, refuse, write_json
from directory_pub.edition.printers import DEFAULT_PRINTER, Printer
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import open_theme
from directory_pub.findings import Severity, printable

if TYPE_CHECKING:
    from directory_pub.preflight import PreflightReport

__all__ = ["add_preflight"]

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


class FailOn(StrEnum):
    """What fails the command."""

    ERROR = "error"
    WARNING = "warning"


def add_preflight(app: typer.Typer) -> None:
    """Put the command on a command line."""
    app.command(name="preflight")(preflight)


def _list_rules(wanted: bool) -> None:
    if not wanted:
        return
    from directory_pub.preflight import RULES

    for rule in RULES.values():
        asked = ", only if named with --only" if rule.on_request else ""
        typer.echo(f"{rule.code:<20} {rule.severity.value:<8} {rule.asks[:-1]}{asked}.")
    raise typer.Exit


def preflight(  # noqa: PLR0917 - typer takes them by name
    file: Annotated[Path, typer.Argument(help="The PDF to look at.", metavar="FILE.pdf")],
    printer: Annotated[str, typer.Option(help="Whose demands: a file of printers/.", metavar="NAME")] = DEFAULT_PRINTER,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the report to this file ('-' for standard output).", metavar="FILE"),
    ] = None,
    sarif_file: Annotated[
        Path | None,
        typer.Option("--sarif", help="Write the report as SARIF 2.1.0 ('-' for standard output).", metavar="FILE"),
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Tell of this rule alone; repeatable.", metavar="RULE")] = None,
    skip: Annotated[
        list[str] | None, typer.Option(help="Do not tell of this rule; repeatable.", metavar="RULE")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="The least that fails.")] = FailOn.ERROR,
    list_rules: Annotated[
        bool, typer.Option("--list-rules", callback=_list_rules, is_eager=True, help="Show all rules and leave.")
    ] = False,
) -> None:
    """Hold any PDF against a printer's demands.

    Exit codes: 0 nothing that fails, 1 problems, 2 usage.
    """
    from directory_pub.preflight import preflight_apart, sarif_log

    if not file.is_file():
        refuse(f"there is no file {file}.", "Name a PDF file.")
    check_file(json_file, "--json", ".json")
    check_file(sarif_file, "--sarif", ".sarif")
    _check_rules([*(only or ()), *(skip or ())])
    demands = _find_printer(printer)
    try:
        report = preflight_apart(file, demands, only=only or (), skip=skip or ())
    except OSError as fault:
        refuse(f"{file} cannot be read ({(fault.strerror or 'no file').lower()}).", "Look at its permissions.")
    _print(report, file)
    write_json(json_file, report.rows())
    write_json(sarif_file, sarif_log(report, file))
    if report.fails(Severity(fail_on.value)):
        raise typer.Exit(EXIT_FINDINGS)


def _check_rules(codes: list[str]) -> None:
    from directory_pub.preflight import RULES

    for code in codes:
        if code not in RULES:
            refuse(f"there is no rule '{code}'.", did_you_mean(code, RULES, "See --list-rules."))


def _find_printer(key: str) -> Printer:
    """A printer of the project around the working folder, or one that is built in."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / "printers").is_dir()), here)
    return choose_printer(open_theme(here, root), key)


def _print(report: PreflightReport, file: Path) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for severity, colour in _COLOURS.items():
        for found in report.of(severity):
            what, remedy = str(found).split("\n")
            label = f"{severity}[{found.rule}]"
            before, _, after = what.partition(label)
            line = (
                f"[bold]{escape(printable(str(file)))}[/]: {escape(before)}[{colour}]{escape(label)}[/]{escape(after)}"
            )
            console.print(f"{line}\n{escape(remedy)}")
    counts = [(len(report.of(severity)), severity.value) for severity in _COLOURS]
    summary = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    pages = f"{report.page_count} page{'' if report.page_count == 1 else 's'}"
    if report.plates:
        console.print(f"Plates: {escape(printable(', '.join(report.plates)))}.")
    console.print(f"{pages} held against {escape(report.printer)}: {summary or 'no problems'}.")
