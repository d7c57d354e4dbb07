"""The commands for what leaves the house: impose a booklet, hand an edition off to a printer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from directory_pub.commands.console import (
    EDITION,
    EXIT_FINDINGS,
    EditionFolder,
    VariantName,
    check_file,
    choose_printer,
    find_edition,
    find_project,
    output_folder,
    print_findings,
    refuse,
    telling,
)
from directory_pub.edition.printers import DEFAULT_PRINTER
from directory_pub.edition.theme import open_theme

__all__ = ["register"]

_STEPS = 8


class SchemeChoice(StrEnum):
    """How sheets are put together."""

    SADDLE = "saddle"


class SheetChoice(StrEnum):
    """The paper to impose on."""

    A3 = "A3"
    A4 = "A4"
    SRA3 = "SRA3"


class BindingChoice(StrEnum):
    """The edge of the front cover at the spine."""

    LEFT = "left"
    RIGHT = "right"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(impose)
    app.command()(handoff)


def impose(
    file: Annotated[Path, typer.Argument(help="The PDF to impose.", metavar="FILE.pdf")],
    *,
    scheme: Annotated[SchemeChoice, typer.Option(help="How the sheets are put together.")] = SchemeChoice.SADDLE,
    sheet: Annotated[SheetChoice, typer.Option(help="The paper.")] = SheetChoice.A3,
    creep: Annotated[
        float, typer.Option(min=0, max=20, help="How far the innermost sheet stands out, in mm.", metavar="MM")
    ] = 0.0,
    binding: Annotated[
        BindingChoice, typer.Option(help="Where the spine is: right for a book read from right to left.")
    ] = BindingChoice.LEFT,
    output: Annotated[
        Path | None, typer.Option(help="The booklet (FILE-booklet.pdf if not given).", metavar="FILE")
    ] = None,
) -> None:
    """Put the pages of a PDF side by side on sheets, to be printed on both sides, folded and stapled.

    Pages that fit half the sheet stay at 100 %; larger ones are made smaller. Blank pages fill up to
    a multiple of four before the last page.

    Exit codes: 0 written, 1 the file cannot be imposed, 2 usage, 3 a folder cannot be written to.
    """
    from directory_pub.impose import ImpositionError, impose_file
    from directory_pub.storage.files import is_passage, write_whole

    if not file.is_file():
        refuse(f"{file} is no file.", "Name a PDF.")
    check_file(output, "--output", ".pdf")
    booklet = output or file.with_name(f"{file.stem}-booklet.pdf")
    if booklet.is_dir() or (booklet.exists() and booklet.samefile(file)):
        refuse(f"{booklet} cannot be the booklet.", "Name another file with --output.")
    try:
        imposed = impose_file(file, scheme=scheme.value, sheet=sheet.value, creep_mm=creep, binding=binding.value)
    except ImpositionError as fault:
        refuse(f"{file}: {fault}", fault.remedy, EXIT_FINDINGS)
    write_whole(booklet, imposed.pdf)
    if imposed.undrawn:
        pages = ", ".join(map(str, imposed.undrawn))
        message = f"page {pages}: a field or mark that would print is left out, the file has no drawing of it."
        remedy = "Open the file in the program that it was filled in with, print it to a PDF, and impose that."
        typer.echo(f"{file}: warning: {message}\n    {remedy}", err=True)
    typer.echo(f"{imposed.summary}.\n{booklet}  {len(imposed.pdf) / 1e6:.2f} MB", err=is_passage(booklet))


def handoff(
    edition: Annotated[EditionFolder, EDITION] = None,
    *,
    printer: Annotated[
        str, typer.Option(help="Whom it is for: a file of printers/.", metavar="NAME")
    ] = DEFAULT_PRINTER,
    variant: VariantName = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Where the folder goes; into build/ if not given.", metavar="DIR", show_default=False),
    ] = None,
) -> None:
    """Build an edition for a printer and put all that he needs into one folder.

    The press PDF, the cover where it is a file of its own, preflight's report, a job sheet, a
    overview of the pages, and SHA256SUMS to check them by.

    Exit codes: 0 written, 1 findings, 2 usage, 3 a folder cannot be written to, 130 interrupted.
    """
    folder = find_edition(edition)
    output = output_folder(output, edition, folder)
    root = find_project(folder, output)
    from directory_pub.handoff import FolderTakenError, hand_off
    from directory_pub.impose import ImpositionError

    chosen = choose_printer(open_theme(folder.resolve(), root), printer)
    try:
        with telling(_STEPS) as tell:
            made = hand_off(folder, output, chosen, variant=variant, tell=tell)
    except FolderTakenError as taken:
        refuse(
            f"{taken} holds files that were changed or put there by hand.", "Move it away, or name another --output."
        )
    except ImpositionError as fault:
        refuse(str(fault), fault.remedy, EXIT_FINDINGS)
    print_findings(list(made.build.report), strict=False)
    if made.folder is None:
        before = "" if made.before is None else f" {made.before} is of an earlier one."
        refuse(f"nothing is handed off.{before}", "Mend the errors above first.", EXIT_FINDINGS)
    for path in sorted(made.folder.iterdir()):
        typer.echo(f"{path}  {path.stat().st_size / 1e6:.2f} MB")
    if made.refused:
        refuse(f"preflight refuses {', '.join(made.refused)}.", f"Read {made.folder / 'preflight.txt'}.", EXIT_FINDINGS)
