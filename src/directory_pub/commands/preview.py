"""``preview``: the book in a browser, which turns fresh at every save."""

from __future__ import annotations

import os
import socket
import sys
import time
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from directory_pub.commands.console import (
    EDITION,
    EXIT_USAGE,
    EditionFolder,
    OutputFolder,
    PrinterName,
    VariantName,
    choose_printer,
    find_edition,
    find_project,
    output_folder,
    piece_folder,
    print_findings,
    refuse,
    telling,
)
from directory_pub.edition.printers import DEFAULT_PRINTER
from directory_pub.edition.targets import EMAIL, PRESS, TARGETS
from directory_pub.edition.theme import PARTS, open_theme
from directory_pub.findings import printable

if TYPE_CHECKING:
    from directory_pub.build import BuildResult

__all__ = ["register"]

_USUAL_PORT = 8423
_CORES = os.cpu_count() or 1
_STEPS = 9


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(preview)


def preview(
    edition: Annotated[EditionFolder, EDITION] = None,
    *,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help=f"Where the page is on this machine; {_USUAL_PORT} if that is free, and 0 for any that is.",
            metavar="N",
            show_default=False,
        ),
    ] = None,
    output: OutputFolder = None,
    printer: PrinterName = DEFAULT_PRINTER,
    variant: VariantName = None,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many processes make pieces; as many as there are cores.", show_default=False)
    ] = _CORES,
) -> None:
    """Show the book in a browser, and what there is to mend, anew at every save, until Ctrl-C.

    The files are built as by 'build --watch'. The page is served on this machine alone.

    Exit codes: 2 usage, 3 a library is missing or a folder cannot be written to, 70 a fault of this program,
    130 interrupted, 143 told to end.
    """
    folder = find_edition(edition)
    output = output_folder(output, edition, folder)
    root = find_project(folder, output)
    of_printer = choose_printer(open_theme(folder.resolve(), root), printer)
    targets = tuple(TARGETS.values()) if of_printer.condition else (EMAIL,)
    from directory_pub.commands.watch import begin_to_watch, build_at_saves
    from directory_pub.preview.editor import read_editor, settings_file
    from directory_pub.preview.link import Setting, showing
    from directory_pub.preview.teller import Teller
    from directory_pub.storage.temporary import use_scratch

    editor, faults = read_editor(settings_file(os.environ))
    if faults:
        print_findings(faults, strict=True)
        raise typer.Exit(EXIT_USAGE)
    listening = _listen(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    use_scratch()
    own = tuple(path.resolve() for path in (folder, *(root / part for part in (*PARTS, "themes"))))
    with showing(listening, Setting(root=root, folders=own, editor=editor)) as link:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"The book is at [bold]{address}[/].")
        _open_browser(address)
        saves = begin_to_watch(folder, output)
        teller = Teller(link, of_printer.safe_mm if PRESS in targets else 0.0)
        build_once = _builder(teller, folder, output, targets=targets, printer=printer, variant=variant, jobs=jobs)
        result, _ = build_once(())
        build_at_saves(build_once, saves, folder, result.ahead)


def _builder(
    teller: Any, folder: Path, output: Path, *, jobs: int, **how: Any
) -> Callable[[Sequence[Path]], tuple[BuildResult, float | None]]:
    """A function that builds once, and tells of it in the terminal and in the browser."""
    from directory_pub.build import build_edition
    from directory_pub.pieces import Resources

    def build_once(saved: Sequence[Path]) -> tuple[BuildResult, float | None]:
        began = time.perf_counter()
        with telling(_STEPS) as tell:

            def step(name: str) -> None:
                tell(name)
                teller.step(name)

            def progress(pieces: Any) -> None:
                tell.show(pieces)
                teller.progress(pieces)

            resources = Resources(jobs=jobs, cache=piece_folder())
            result = build_edition(
                folder, output, resources=resources, tell=step, show=progress, onlooker=teller, **how
            )
        teller.outcome(result, saved, time.perf_counter() - began)
        if result.cache_fault:
            typer.echo(f"directory-pub: {printable(result.cache_fault)}.", err=True)
        return result, tell.ended.get("write email")

    return build_once


def _listen(port: int | None) -> socket.socket:
    """The socket that the page is served on; one that somebody else has is refused, if it was asked for."""
    from directory_pub.preview.link import listen

    try:
        return listen(_USUAL_PORT if port is None else port)
    except OSError as fault:
        if port is None:
            return listen(0)
        why = os.strerror(fault.errno or 0).lower()
        refuse(f"port {port} cannot be had: {why}.", "Name another one with --port, or leave it out.")


def _open_browser(address: str) -> None:
    """Open the page where somebody sits at a screen."""
    has_screen = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if sys.stderr.isatty() and has_screen:
        webbrowser.open(address)
