"""Check finished pages against the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from directory_pub.census import (
    PageText,
    check_adverts,
    check_codes,
    check_faces,
    check_looks,
    check_pictures,
    check_withheld,
    compare_breaks,
    compare_screen_reader,
    read_pages,
    read_pictures,
    read_tag_tree,
)
from directory_pub.compose import CLOSING_LINES, find_end
from directory_pub.design.grid import Grid
from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, warning
from directory_pub.finish import Finished
from directory_pub.production.context import BuildContext, Pages

__all__ = ["check_closing", "check_pages", "check_shown"]

_OF_LOOKS = ("photo-resolution", "photo-cropped", "photo-across")


def check_pages(
    context: BuildContext,
    pages: Pages,
    finished: Mapping[str, Finished],
    targets: Sequence[Target],
    *,
    folios: Mapping[str, str],
    typeset: bytes,
) -> list[Finding]:
    """Check finished pages against the content; all targets must have the same lines.

    ``folios`` are those that contents must give, by key. ``typeset`` are the pages before they were
    finished, if the piece has a picture.
    """
    edition, pieces = context.edition, pages.pieces
    texts = {name: _read(file.pdf, pages.first) for name, file in finished.items()}
    first, *others = texts.values()
    findings = [finding for piece in pieces for finding in context.census.count(piece, folios, first, also=others)]
    ready = [piece for piece in pieces if piece.kind == "adverts"]
    for piece in ready:
        for name, file in finished.items():
            findings += check_adverts(edition, context.grid, piece, file.pdf, name)
    if not findings and not ready:  # overset copy may be lost in one file and not in the other
        findings += compare_breaks(edition, texts)
    if any(edition.pictures_of(piece.kind, piece.key, *piece.shown) for piece in pieces):
        # Checked on the typeset pages: finish may have made the pictures smaller.
        asked = [replace(t, least_ppi=round(context.printer.colour_ppi)) if t == PRESS else t for t in targets]
        pictures = dict(enumerate(read_pictures(typeset), pages.first))
        findings += check_pictures(edition, pieces, pictures, asked, texts=first, grid=context.grid)
    # What is lost on the page, or is not tagged, is not reported twice.
    lost = [finding for finding in findings if finding.code not in _OF_LOOKS]
    if EMAIL.name in finished and not lost and not finished[EMAIL.name].findings:
        tree = read_tag_tree(finished[EMAIL.name].pdf, pages.first)
        files = {name: file.pdf for name, file in finished.items()}
        findings += check_looks(edition, pieces, tree.pictures, files, pages.first)
        findings += compare_screen_reader(edition, pieces, tree, folios, context.census.first_notes, grid=context.grid)
    if all(finding.code in _OF_LOOKS for finding in findings):
        findings += check_codes(edition, pieces, {name: file.pdf for name, file in finished.items()}, pages.first)
    for file in finished.values():
        findings += check_faces(edition, context.library, file.pdf, first, pieces)
    return findings


def check_closing(entry: Entry, anchors: Mapping[str, tuple[int, float]], grid: Grid) -> Iterator[Finding]:
    """A warning where the picture that is to close a text has a page of its own; ``anchors`` are of the book."""
    if entry.closing_photo is None or f"text-end-{entry.key}" not in anchors:
        return
    text = find_end(entry.key, f"text-end-{entry.key}", anchors, grid)
    missing = CLOSING_LINES - text.free_lines
    if missing > 0:
        photo, lines = entry.closing_photo, "line is" if text.free_lines == 1 else "lines are"
        message = f"'{photo.file}' takes a page of its own: {text.free_lines} {lines} free below the text."
        remedy = f"It needs {CLOSING_LINES}: shorten the text by {missing}, or put the picture into the text."
        yield warning("photo-turned", photo.file_place, message, remedy, text.page_index + 1)


def check_shown(path: Path, whole: Edition, variant: str | None, target: Target, name: str) -> list[Finding]:
    """An error for each value that a file has, which is to be called by a ``name``, and must not show.

    ``whole`` is the edition with all that its variants and targets withhold.
    """
    return check_withheld(path, whole, variant, target.name, name)


def _read(pdf: bytes, first: int) -> dict[int, PageText]:
    """The pages of a file by their index in the book."""
    return dict(enumerate(read_pages(pdf), first))
