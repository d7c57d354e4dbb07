"""``build`` and ``check``: the files of an edition, or only what there is to say of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from directory_pub.commands.console import (
    EDITION,
    EXIT_FINDINGS,
    EditionFolder,
    OutputFolder,
    PrinterName,
    VariantName,
    check_file,
    choose_printer,
    find_edition,
    find_project,
    is_standard_output,
    output_folder,
    piece_folder,
    print_findings,
    refuse,
    telling,
    write_json,
)
from directory_pub.commands.main import heard_afterwards
from directory_pub.edition.printers import DEFAULT_PRINTER
from directory_pub.edition.targets import EMAIL, PRESS, TARGETS, Target
from directory_pub.edition.theme import find_root, open_theme
from directory_pub.findings import Severity, printable
from directory_pub.production.sizes import UNITS, read_size
from directory_pub.storage.files import write_whole

if TYPE_CHECKING:
    from directory_pub.build import BuildResult

__all__ = ["register"]

_FEW = 4  # pieces that are named in a line
_STEPS_OF_CHECK = 4
_CORES = os.cpu_count() or 1
_Jobs = Annotated[
    int, typer.Option(min=1, help="How many processes make pieces; as many as there are cores.", show_default=False)
]
_JsonFile = Annotated[
    Path | None,
    typer.Option("--json", help="Write the findings to this file as JSON ('-' for standard output).", metavar="FILE"),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(build)
    app.command()(check)


class TargetChoice(StrEnum):
    """What to build."""

    PRESS = "press"
    EMAIL = "email"
    ALL = "all"


def build(
    edition: Annotated[EditionFolder, EDITION] = None,
    *,
    target: Annotated[TargetChoice, typer.Option(help="Which file to make.")] = TargetChoice.ALL,
    output: OutputFolder = None,
    printer: PrinterName = DEFAULT_PRINTER,
    variant: VariantName = None,
    max_size: Annotated[
        str | None,
        typer.Option(
            help="The most the email PDF may weigh, such as 7MB: it has the best pictures that fit.", metavar="SIZE"
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let notes and warnings fail the build too.")] = False,
    jobs: _Jobs = _CORES,
    executor: Annotated[
        str | None,
        typer.Option(help="Make pieces on the workers of a Dask cluster instead.", metavar="dask://HOST:PORT"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say for each piece why it was set anew.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Build again at every save, until Ctrl-C.")] = False,
    json_file: _JsonFile = None,
    html_file: Annotated[
        Path | None,
        typer.Option(
            "--html", help="Write findings and the status of entries to this file: one page to mail.", metavar="FILE"
        ),
    ] = None,
) -> None:
    """Build the press PDF and the email PDF of an edition.

    Every word, footnote, face and picture of the finished files is held against the content.
    The press PDF is labelled PDF/X-4 only after preflight has read it and found nothing.
    An error withholds both files and leaves one marked PROOF to look at.

    Exit codes: 0 delivered, 1 findings, 2 usage, 3 a library is missing or a folder cannot be written to,
    70 a fault of this program, 130 interrupted, 143 told to end.
    """
    wanted = tuple(TARGETS.values()) if target is TargetChoice.ALL else (TARGETS[target.value],)
    limit_bytes = _read_limit(max_size, wanted)
    check_file(json_file, "--json", ".json")
    check_file(html_file, "--html", ".html")
    folder = find_edition(edition)
    output = output_folder(output, edition, folder)
    root = find_project(folder, output)
    with heard_afterwards():
        from directory_pub.build import build_edition  # takes a moment: --help must not wait for it
        from directory_pub.commands.watch import begin_to_watch, build_at_saves
        from directory_pub.pieces import ClusterError, Resources
        from directory_pub.production.report import finding_row

    if choose_printer(open_theme(folder.resolve(), root), printer).condition is None and PRESS in wanted:
        refuse(f"{printer} takes RGB, not a press PDF.", f"Run: directory-pub handoff {folder} --printer {printer}")

    def build_once(_: Sequence[Path] = ()) -> tuple[BuildResult, float | None]:
        with telling(5 + 2 * len(wanted) + (limit_bytes is not None)) as tell:
            result = build_edition(
                folder,
                output,
                targets=wanted,
                printer=printer,
                variant=variant,
                strict=strict,
                email_limit_bytes=limit_bytes,
                resources=Resources(jobs=jobs, cache=piece_folder(), cluster=executor),
                tell=tell,
                show=tell.show,
            )
        findings = list(result.report)
        print_findings(findings, strict=strict)
        if result.cache_fault:
            typer.echo(f"directory-pub: {printable(result.cache_fault)}.", err=True)
        write_json(json_file, [finding_row(finding) for finding in findings])
        if html_file:
            _write_html(html_file, result)
        if explain:
            _print_reasons(result)
        _print_outcome(result, output, to_stderr=is_standard_output(json_file))
        return result, tell.ended.get("write email")

    try:
        saves = begin_to_watch(folder, output) if watch else None
        result, _ = build_once()
        if saves:
            build_at_saves(build_once, saves, folder, result.ahead)
    except ClusterError as fault:
        refuse(f"--executor: {fault.args[0]}", fault.args[1])
    if result.failed or not result.files:
        raise typer.Exit(EXIT_FINDINGS)


def check(
    edition: Annotated[EditionFolder, EDITION] = None,
    *,
    printer: Annotated[
        str, typer.Option(help="Whose demands the pages are held against: a file of printers/.", metavar="NAME")
    ] = DEFAULT_PRINTER,
    variant: VariantName = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let notes and warnings fail, too.")] = False,
    jobs: _Jobs = _CORES,
    json_file: _JsonFile = None,
) -> None:
    """Read, proofread and set an edition, and say what there is to mend; no file is written.

    What a build finds in its finished files (labels, links, the order of pages) only a build can say.

    Exit codes: 0 nothing that fails, 1 findings, 2 usage, 3 a library is missing, 70 a fault of this program.
    """
    check_file(json_file, "--json", ".json")
    folder = find_edition(edition)
    with heard_afterwards():
        from directory_pub.build import check_book  # takes a moment: --help must not wait for it
        from directory_pub.pieces import Resources
        from directory_pub.production.report import finding_row

    choose_printer(open_theme(folder.resolve(), find_root(folder)), printer)
    with telling(_STEPS_OF_CHECK) as tell:
        resources = Resources(jobs=jobs, cache=piece_folder())
        result = check_book(
            folder,
            printer=printer,
            variant=variant,
            strict=strict,
            resources=resources,
            tell=tell,
            show=tell.show,
        )
    findings = list(result.report)
    print_findings(findings, strict=strict)
    write_json(json_file, [finding_row(finding) for finding in findings])
    console = Console(stderr=is_standard_output(json_file), highlight=False, soft_wrap=True)
    _print_book(console, result)
    console.print(f"{_count(result)}.")
    if result.failed:
        raise typer.Exit(EXIT_FINDINGS)


def _read_limit(max_size: str | None, wanted: Sequence[Target]) -> int | None:
    """The size in bytes; one that cannot be read, or that no file is held to, is refused."""
    if max_size is None:
        return None
    if EMAIL not in wanted:
        refuse("--max-size is for the email PDF, and none is made.", "Leave it out, or choose --target email.")
    try:
        return read_size(max_size)
    except ValueError as fault:
        refuse(f"--max-size: {fault}.", f"Write a number and a unit, such as 7MB; units are {', '.join(UNITS)}.")


def _write_html(path: Path, result: BuildResult) -> None:
    """The page of findings and entries, as the preview has them beside its pages."""
    from directory_pub.preview.html import report_html
    from directory_pub.preview.teller import outcome_of

    outcome = outcome_of(result, {})
    files = () if outcome.withheld else result.files.values()
    lines = [f"{file.name}  {file.stat().st_size / 1e6:.2f} MB" for file in files]
    write_whole(path, report_html(outcome, lines).encode(errors="backslashreplace"))


# -------------------------------------------------------------------- what is printed
def _print_reasons(result: BuildResult) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for name, reason in result.pieces_set.items():
        console.print(f"[bold]{escape(name)}[/]: set anew, for {escape(reason)}.")


def _print_outcome(result: BuildResult, output: Path, *, to_stderr: bool) -> None:
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
    _print_book(console, result)
    console.print(f"{_count(result)}; all in {escape(str(output / 'report.json'))}.")
    if result.failed or not result.files:
        proof = "".join(f" Look at {escape(str(path))}." for path in result.files.values())
        console.print(f"[bold red]Withheld[/]: no press or email file is delivered.{proof}")
        _print_outdated(console, result)
        return
    for path in result.files.values():
        console.print(f"[bold green]{escape(str(path))}[/]  {path.stat().st_size / 1e6:.2f} MB")
    if result.given_up:
        console.print(result.given_up)
    _print_outdated(console, result)


def _print_outdated(console: Console, result: BuildResult) -> None:
    for line in result.outdated:
        console.print(f"[yellow]{escape(line)}[/]")


def _print_book(console: Console, result: BuildResult) -> None:
    if result.book:
        tight = sorted(result.book.ends, key=lambda end: end.free_lines)[:3]
        room = ", ".join(f"{end.key} {end.free_lines}" for end in tight)
        free = f"; fewest lines free: {room}" if room else ""
        console.print(f"{result.book.page_count} pages{escape(free)}.")
        for fit, told in (("close", "Closed up"), ("raised", "Raised")):
            if keys := [key for key, each in result.book.fits.items() if each == fit]:
                console.print(f"{told}, which spares a page each: {escape(', '.join(keys))}.")
        if closing := sorted(result.book.closing_photos):
            console.print(f"Pictures that close their text, where lines are free: {escape(', '.join(closing))}.")
        if over := result.book.left_over:
            told = ", ".join(f"{end.key} {end.used_lines}" for end in over)
            console.print(f"Lines that a page was taken for: {escape(told)}.")
    if result.pieces_kept or result.pieces_set:
        count = len(result.pieces_set)
        names = f" ({escape(', '.join(result.pieces_set))})" if 0 < count <= _FEW else ""
        console.print(f"{len(result.pieces_kept) + count} pieces: {len(result.pieces_kept)} kept, {count} set{names}.")
    if {*result.plates} - {"Cyan", "Magenta", "Yellow", "Black"}:
        console.print(f"Plates: {escape(', '.join(result.plates))}.")


def _count(result: BuildResult) -> str:
    """``1 error, 2 warnings``."""
    counts = {severity: len(result.report.of(severity)) for severity in Severity}
    summary = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items() if count)
    return summary or "No findings"
