"""What the commands share: exit codes, refusals, steps and findings in the editor's words."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from directory_pub.edition.printers import Printer, read_printer
from directory_pub.edition.theme import Theme, find_root
from directory_pub.findings import Finding, Severity, by_file, printable
from directory_pub.storage.files import write_whole

if TYPE_CHECKING:
    from directory_pub.pieces import Progress  # its package takes a moment, which --help must not wait for

__all__ = [
    "EDITION",
    "ENGINE_LIBRARIES",
    "EXIT_BUG",
    "EXIT_FINDINGS",
    "EXIT_INTERRUPTED",
    "EXIT_MISSING",
    "EXIT_USAGE",
    "OUTPUT",
    "OutputFolder",
    "PrinterName",
    "VariantName",
    "check_file",
    "choose_printer",
    "edition_here",
    "editions_here",
    "find_edition",
    "find_project",
    "is_standard_output",
    "name_some",
    "output_folder",
    "piece_folder",
    "print_findings",
    "refuse",
    "telling",
    "write_json",
]

EXIT_FINDINGS, EXIT_USAGE, EXIT_MISSING, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 70, 130
_SECONDS_BETWEEN_LINES = 10
ENGINE_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What the engine needs, as Debian calls it."""
_FEW_NOTES = 5
_FEW_EDITIONS = 12
OUTPUT = "build"
"""The folder that builds write into, if no other is named."""
_SHEET = "edition.yaml"
_HOW_TO_BEGIN = "Go to an edition's folder, or begin one with: directory-pub new FOLDER"
_INDENT = 6
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


EditionFolder = Path | None
OutputFolder = Annotated[
    Path | None, typer.Option(help="Where the files go; build/ if not given.", metavar="DIR", show_default=False)
]
PrinterName = Annotated[
    str, typer.Option(help="Whose demands the press PDF meets: a file of printers/.", metavar="NAME")
]
VariantName = Annotated[
    str | None,
    typer.Option(
        "--variant", help="Which of the edition's variants, if it has some.", metavar="NAME", show_default=False
    ),
]
EDITION = typer.Argument(
    help="The edition's folder, with edition.yaml in it; the one that you are in if none is named.",
    metavar="[EDITION]",
    show_default=False,
)


def refuse(message: str, remedy: str, code: int = EXIT_USAGE) -> NoReturn:
    """Say in two lines why nothing is done, and leave."""
    typer.echo(f"directory-pub: {printable(message)}\n    {printable(remedy)}", err=True)
    raise typer.Exit(code)


def find_edition(named: Path | None) -> Path:
    """The folder of the edition that is meant: the one that is named, or the one that the user stands in.

    That is the folder itself or one above it, else the only one below it, or below its ``content/``. Where there
    is none, or more than one, nothing is done.
    """
    if named is not None:
        if (named / _SHEET).is_file():
            return named
        if not named.is_dir():
            refuse(f"{named} is no folder.", "Name an edition's folder: the one with edition.yaml in it.")
        found = _editions_below(named)
        remedy = f"Name an edition's folder: {name_some(found)}." if found else _HOW_TO_BEGIN
        refuse(f"{named} has no {_SHEET}.", remedy)
    found = _editions_around()
    if len(found) == 1:
        return found[0]
    if found:
        refuse(f"there are {len(found)} editions here.", f"Name one of {name_some(found)}.")
    refuse(f"there is no {_SHEET} here.", _HOW_TO_BEGIN)


def edition_here() -> Path | None:
    """The folder of the edition that the user stands in, or None where there is none or more than one."""
    found = _editions_around()
    return found[0] if len(found) == 1 else None


def _editions_around() -> list[Path]:
    """The edition of the folder that the user stands in or of one above it, else those below it."""
    here = Path()
    for folder in (here, *(Path(*[os.pardir] * up) for up in range(1, len(Path.cwd().parents)))):
        if (folder / _SHEET).is_file():
            return [folder]
        if folder == here and (found := _editions_below(folder)):
            return found
    return []


def _editions_below(folder: Path) -> list[Path]:
    found = [path.parent for pattern in (f"*/{_SHEET}", f"content/*/{_SHEET}") for path in folder.glob(pattern)]
    return sorted(path for path in found if path.name[:1] != ".")


def editions_here() -> list[Path]:
    """The editions below the folder that the user stands in; if that is an edition's, those beside it and itself."""
    here = Path()
    return [*_editions_below(here), *(_editions_below(Path(os.pardir)) if (here / _SHEET).is_file() else [])]


def name_some(folders: Sequence[Path]) -> str:
    """Folders in a row; of many the first ones."""
    shown = ", ".join(map(str, folders[:_FEW_EDITIONS]))
    return f"{shown} and {len(folders) - _FEW_EDITIONS} more" if len(folders) > _FEW_EDITIONS else shown


def output_folder(named: Path | None, edition: Path | None, found: Path) -> Path:
    """Where files go: where it is said, else into build/ here.

    Of an edition that was not named, and ``found`` above the folder that the user stands in, they go into its own.
    """
    if named is not None:
        return named
    stands_deeper = edition is None and found.parts[:1] == (os.pardir,)
    return found / OUTPUT if stands_deeper else Path(OUTPUT)


def find_project(edition: Path, output: Path) -> Path:
    """The project that an edition is built with; a folder that cannot be written to is refused."""
    if not output.is_dir() and (output.exists() or output.is_symlink()):
        what = "a file" if output.exists() else "a link that leads nowhere"
        refuse(f"{output} is {what}.", "Name a folder with --output.")
    return find_root(edition)


def piece_folder() -> Path | None:
    """Where set pieces are kept from build to build: the user's cache folder; None for a user without a home."""
    for base in (os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~/.cache")):
        if os.path.isabs(base):  # by the standard that names the variable no other path counts
            return Path(base) / "directory-pub" / "pieces"
    return None


def write_json(path: Path | None, rows: Any) -> None:
    """Write rows as JSON to a file, to standard output for ``-``, or nowhere for None."""
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if is_standard_output(path):
        typer.echo(text.encode(errors="backslashreplace"), nl=False)
    elif path is not None:
        write_whole(path, text.encode(errors="backslashreplace"))


def is_standard_output(path: Path | None) -> bool:
    """Whether a file that is named is standard output, which then has nothing else in it."""
    return str(path) in {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def check_file(path: Path | None, option: str, ending: str) -> None:
    """Refuse a file to write that is a folder, or that is there and has another ending: it is somebody's work."""
    if path is None:
        return
    if path.is_dir():
        refuse(f"{path} is a folder.", f"Name a file with {option}.")
    if path.is_file() and path.suffix.lower() != ending:
        refuse(f"{path} is there already, and no {ending} file.", f"Name another one with {option}.")


def choose_printer(theme: Theme, key: str) -> Printer:
    """The printer of that name in the theme; one that is not there or cannot be read is refused."""
    printer, findings = read_printer(theme, key)
    if printer is None:
        print_findings(findings, strict=True)
        raise typer.Exit(EXIT_USAGE)
    return printer


class Telling:
    """Tells each step as it begins, and how far it is with pieces: a bar on a terminal, plain lines otherwise.

    ``ended`` has the moment at which each step was done.
    """

    def __init__(self, steps: int, bar: RichProgress | None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=steps, counts="") if bar else None
        self._begun = 0
        self._pace = _Pace()
        self._step = ""
        self.ended: dict[str, float] = {}

    def __call__(self, step: str) -> None:
        """A step begins, and the one before it has ended."""
        self.ended[self._step], self._step = time.perf_counter(), step
        if self._bar is None:
            typer.echo(f"{step} …", err=True)
        elif self._task is not None:
            self._bar.update(self._task, description=step, completed=self._begun, counts="")
        self._begun += 1

    def show(self, progress: Progress) -> None:
        """Pieces done of all; on a terminal at once, in plain lines now and then."""
        left = self._pace.seconds_left(progress)
        if self._bar is None:
            if self._pace.is_due(progress):
                typer.echo(f"{_say_pieces(progress, left)}.", err=True)
        elif self._task is not None:
            self._bar.update(self._task, counts=_say_pieces(progress, left))


class _Pace:
    """How fast pieces are done, by those that are not kept."""

    def __init__(self) -> None:
        self._step = ""
        self._began = self._last_line = time.monotonic()

    def seconds_left(self, progress: Progress) -> float | None:
        """What the rest will take if it goes on as so far; None while nothing is known."""
        now = time.monotonic()
        if progress.step != self._step or progress.done == progress.kept:
            self._step, self._began = progress.step, now
            return None
        made = progress.done - progress.kept
        return (now - self._began) / made * (progress.total - progress.done)

    def is_due(self, progress: Progress) -> bool:
        """Whether a plain line is wanted: not for what is done in a moment."""
        now = time.monotonic()
        if now - self._last_line < _SECONDS_BETWEEN_LINES or progress.done == progress.total:
            return False
        self._last_line = now
        return True


def _say_pieces(progress: Progress, left: float | None) -> str:
    what = {"set": "set", "finish": "finished and checked"}.get(progress.step, progress.step)
    made = progress.done - progress.kept
    counts = f"{progress.done:,} of {progress.total:,} pieces: {progress.kept:,} kept, {made:,} {what}"
    return counts if left is None or progress.done == progress.total else f"{counts}, {_say_time(left)} left"


def _say_time(seconds: float) -> str:
    """``40 s``, ``3 min``, ``1 h 05 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


@contextmanager
def telling(steps: int) -> Iterator[Telling]:
    """A progress bar on a terminal, one plain line a step otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Telling(steps, None)
        return
    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    with RichProgress(*columns, console=console, transient=True) as bar:
        yield Telling(steps, bar)


# -------------------------------------------------------------------- findings
def print_findings(findings: Sequence[Finding], *, strict: bool) -> None:
    """Findings file by file, errors first; many notes are summed up, unless ``strict`` makes them count.

    On a terminal each file is a head with its findings below it; otherwise every line has its file, for programs
    and editors that read ``file:line:``.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    notes = [finding for finding in findings if finding.severity is Severity.NOTE]
    sums_up = len(notes) > _FEW_NOTES and not strict
    shown = [finding for finding in findings if not (sums_up and finding.severity is Severity.NOTE)]
    for file, of_file in by_file(shown):
        if console.is_terminal:
            console.print(f"[bold]{_plain(file)}[/]")
        for finding in of_file:
            _print_finding(console, finding)
    if sums_up:
        codes = Counter(finding.code for finding in notes)
        counts = ", ".join(f"{count} {code}" for code, count in codes.most_common())
        console.print(f"{len(notes)} notes are not shown here: {counts}.")


def _print_finding(console: Console, finding: Finding) -> None:
    place, colour = finding.place, _COLOURS[finding.severity]
    field = f"{place.field}: " if place.field else ""
    label = f"[{colour}]{finding.severity}{escape(f'[{finding.code}]')}[/]"
    if not console.is_terminal:
        console.print(f"[bold]{_plain(str(place))}[/]: {label}: {_plain(field + finding.message)}")
        console.print(f"    {_plain(finding.remedy)}")
        return
    line = f"{place.cell or place.line}: " if place.line else ""
    _print_wrapped(console, f"{_plain(line)}{label}: {_plain(field + finding.message)}", 2)
    _print_wrapped(console, _plain(finding.remedy), _INDENT)


def _print_wrapped(console: Console, markup: str, first_indent: int) -> None:
    """A text in the terminal's width; its second line and those behind it stand in."""
    for number, line in enumerate(Text.from_markup(markup).wrap(console, console.width - _INDENT)):
        line.rstrip()
        console.print(Text(" " * (_INDENT if number else first_indent)) + line)


def _plain(text: str) -> str:
    """A text of somebody's file for a terminal: neither markup nor anything that is obeyed."""
    return escape(printable(text))
