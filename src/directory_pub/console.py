"""What the commands share: exit codes, refusals, steps and findings in the editor's words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from directory_pub.findings import Finding, Severity
from directory_pub.printers import Printer, read_printer
from directory_pub.write import write_whole

__all__ = [
    "EXIT_BUG",
    "EXIT_FINDINGS",
    "EXIT_INTERRUPTED",
    "EXIT_MISSING",
    "EXIT_USAGE",
    "choose_printer",
    "find_project",
    "piece_folder",
    "print_findings",
    "refuse",
    "telling",
    "write_json",
]

EXIT_FINDINGS, EXIT_USAGE, EXIT_MISSING, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 70, 130
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def refuse(message: str, remedy: str, code: int = EXIT_USAGE) -> NoReturn:
    """Say in two lines why nothing is done, and leave."""
    typer.echo(f"directory-pub: {message}\n    {remedy}", err=True)
    raise typer.Exit(code)


def find_project(edition: Path, output: Path) -> Path:
    """The project that an edition is built with; what cannot be built, or written to, is refused."""
    from directory_pub.build import find_root  # takes a moment: --help must not wait for it

    if not (edition / "edition.yaml").is_file():
        refuse(f"{edition} has no edition.yaml.", "Name an edition's folder, such as content/2020.")
    if output.exists() and not output.is_dir():
        refuse(f"{output} is a file.", "Name a folder with --output.")
    root = find_root(edition)
    if root is None:
        remedy = "Run this in the folder that has layouts/, styles/ and fonts/."
        refuse(f"there is no project around {edition}.", remedy)
    return root


def piece_folder() -> Path:
    """Where set pieces are kept from build to build: the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "directory-pub" / "pieces"


def write_json(path: Path | None, rows: Any) -> None:
    """Write rows as JSON to a file, to standard output for ``-``, or nowhere for None."""
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if str(path) == "-":
        typer.echo(text, nl=False)
    elif path is not None:
        write_whole(path, text.encode())


def choose_printer(root: Path, key: str) -> Printer:
    """The printer of that name in the project; one that is not there or cannot be read is refused."""
    printer, findings = read_printer(root / "printers", key, root)
    if printer is None:
        print_findings(findings, strict=True)
        raise typer.Exit(EXIT_USAGE)
    return printer


@contextmanager
def telling(steps: int) -> Iterator[Callable[[str], None]]:
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


def print_findings(findings: Sequence[Finding], *, strict: bool) -> None:
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
