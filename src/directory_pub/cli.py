"""The command line: every step of a build by its name, findings in the editor's words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from directory_pub import __version__
from directory_pub.findings import Finding, Severity
from directory_pub.targets import TARGETS

if TYPE_CHECKING:
    from directory_pub.build import BuildResult

__all__ = ["app", "main"]

EXIT_FINDINGS, EXIT_USAGE, EXIT_MISSING, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 70, 130
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_ENGINE_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Make a printed directory and its email edition from one content folder.",
)


class TargetChoice(StrEnum):
    """What to build."""

    PRESS = "press"
    EMAIL = "email"
    ALL = "all"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"directory-pub {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    edition: Annotated[
        Path, typer.Argument(help="The edition's folder, with edition.yaml in it.", metavar="EDITION")
    ] = Path("content/2020"),
    target: Annotated[TargetChoice, typer.Option(help="Which file to make.")] = TargetChoice.ALL,
    output: Annotated[Path, typer.Option(help="Where the files go.", metavar="DIR")] = Path("build"),
    strict: Annotated[bool, typer.Option("--strict", help="Let notes and warnings fail the build too.")] = False,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json", help="Write the findings to this file as JSON ('-' for standard output).", metavar="FILE"
        ),
    ] = None,
) -> None:
    """Build the press PDF and the email PDF of an edition.

    Every word, footnote, face and picture of the finished files is held against the content.
    An error withholds both files and leaves one marked PROOF to look at.

    Exit codes: 0 delivered, 1 findings, 2 usage, 3 a library is missing, 70 a fault of this program, 130 interrupted.
    """
    if not (edition / "edition.yaml").is_file():
        _refuse(f"{edition} has no edition.yaml.", "Name an edition's folder, such as content/2020.")
    if output.exists() and not output.is_dir():
        _refuse(f"{output} is a file.", "Name a folder with --output.")
    from directory_pub.build import build_edition, find_root  # takes a moment: --help must not wait for it
    from directory_pub.report import finding_row
    from directory_pub.write import write_whole

    if find_root(edition) is None:
        _refuse(
            f"there is no project around {edition}.", "Run this in the folder that has layouts/, styles/ and fonts/."
        )
    wanted = tuple(TARGETS.values()) if target is TargetChoice.ALL else (TARGETS[target.value],)
    try:
        with _telling(6 + len(wanted)) as tell:
            result = build_edition(edition, output, targets=wanted, strict=strict, tell=tell)
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None
    findings = list(result.report)
    _print_findings(findings, strict=strict)
    if json_file is not None:
        text = json.dumps([finding_row(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n"
        if str(json_file) == "-":
            typer.echo(text, nl=False)
        else:
            write_whole(json_file, text.encode())
    _print_outcome(result, output, to_stderr=str(json_file) == "-")
    if result.failed or not result.files:
        raise typer.Exit(EXIT_FINDINGS)


# -------------------------------------------------------------------- what is printed
def _refuse(message: str, remedy: str) -> None:
    typer.echo(f"directory-pub: {message}\n    {remedy}", err=True)
    raise typer.Exit(EXIT_USAGE)


@contextmanager
def _telling(steps: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal, one plain line a step otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: typer.echo(f"{step} …", err=True)
        return
    columns = (
        TextColumn("{task.description:<13}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=steps)
        begun: list[str] = []

        def tell(step: str) -> None:
            progress.update(bar, description=step, completed=len(begun))
            begun.append(step)

        yield tell


def _print_findings(findings: list[Finding], *, strict: bool) -> None:
    """Errors and warnings in full; notes in one line, unless ``strict`` makes them count."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for severity in Severity:
        for finding in findings:
            if finding.severity is severity and (severity is not Severity.NOTE or strict):
                colour = _COLOURS[severity]
                field = f"{finding.place.field}: " if finding.place.field else ""
                console.print(
                    f"[bold]{escape(str(finding.place))}[/]: [{colour}]{severity}{escape(f'[{finding.code}]')}[/]: "
                    f"{escape(field + finding.message)}\n    {escape(finding.remedy)}"
                )


def _print_outcome(result: BuildResult, output: Path, *, to_stderr: bool) -> None:
    console = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
    counts = {severity: len(result.report.of(severity)) for severity in Severity}
    if result.book:
        tight = sorted(result.book.ends, key=lambda end: end.free_lines)[:3]
        room = ", ".join(f"{end.key} {end.free_lines}" for end in tight)
        console.print(f"{result.book.page_count} pages; fewest lines free: {escape(room)}.")
    summary = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items() if count)
    console.print(f"{summary or 'No findings'}; all in {escape(str(output / 'report.json'))}.")
    if result.failed or not result.files:
        proof = "".join(f" Look at {escape(str(path))}." for path in result.files.values())
        console.print(f"[bold red]Withheld[/]: no press or email file is delivered.{proof}")
        return
    for path in result.files.values():
        console.print(f"[bold green]{escape(str(path))}[/]  {path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Run the command line; a missing library is exit 3, our own fault exit 70."""
    try:
        app(standalone_mode=True)
    except OSError as problem:
        if problem.filename is not None and problem.strerror is not None:
            typer.echo(f"directory-pub: {problem.filename}: {problem.strerror.lower()}.", err=True)
            sys.exit(EXIT_USAGE)
        if "cannot load library" not in str(problem):
            _report_bug()
        typer.echo(
            f"directory-pub: the engine's libraries are missing ({str(problem).split(':')[0]}).\n"
            f"    On Debian or Ubuntu: apt-get install {_ENGINE_LIBRARIES}",
            err=True,
        )
        sys.exit(EXIT_MISSING)
    except Exception:  # the last resort of a command line: a traceback, and the code that says whose fault it is
        _report_bug()


def _report_bug() -> None:
    import traceback

    traceback.print_exc()
    typer.echo("directory-pub: this is our fault, not yours. Please report it with the lines above.", err=True)
    sys.exit(EXIT_BUG)


if __name__ == "__main__":
    main()
