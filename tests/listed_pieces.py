"""The listing or register of a small book: as it is planned, as it was set, and what the census finds in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from directory_pub.census import PageText, read_pages
from directory_pub.compose.listing import ListingPage
from directory_pub.edition.flatplan import LISTED_KINDS, ListedPage, Piece, PlannedPiece
from directory_pub.findings import Finding
from directory_pub.production.context import BuildContext
from small_book import open_written, write_small

__all__ = ["ListedPieces", "entry_text", "open_listed", "write_listed"]

_ORDERED = "form: {form}, group: {group}"


def entry_text(name: str, text: str = "A text.", *rows: str, fields: str = "") -> str:
    """An entry's file: its name, contact rows and other fields, one a line."""
    contact = "".join(f"  - {row}\n" for row in rows)
    return f"---\nname: {name}\n{'contact:' if rows else ''}\n{contact}{fields}\n---\n\n{text}\n"


def write_listed(
    folder: Path, entries: Mapping[str, str], *, form: str = "compact", group: str = "by-letter", **told: str
) -> Path:
    """An edition whose only section is of a form; ``told`` as for a small book."""
    path = write_small(folder, entries, **told) / "edition.yaml"
    ordered = _ORDERED.format(form=form, group=group) if group else f"form: {form}"
    text = path.read_text("utf-8")
    path.write_text(text.replace("folder: entries,", f"folder: entries, {ordered},"), "utf-8")
    return folder


@dataclass(frozen=True)
class ListedPieces:
    """The pieces of a section that lists several entries on a page."""

    context: BuildContext
    plan: list[PlannedPiece]

    @property
    def listed(self) -> list[ListedPage]:
        """What stands on each page, as it was planned."""
        return [page for piece in self.plan for page in piece.listed]

    def layout_pages(self) -> list[ListingPage]:
        """What a layout is told of each page."""
        section = self.plan[0].section
        assert section is not None
        return [self.context.composed.composer.listing_page(section, page) for page in self.listed]

    def set(self, at: int = 0, change: Callable[[str], str] = str) -> list[PageText]:
        """The pages of a piece as they were set, with something changed in what the layout wrote."""
        html = self.context.composed.piece(self.plan[at])
        changed = change(html)
        assert change is str or changed != html, "nothing was changed"
        piece = self.context.engine.set_piece(changed, "piece.html.j2")
        assert piece is not None, self.context.engine.findings
        return [self._without_folio(page) for page in read_pages(piece.pdf)]

    def _without_folio(self, page: PageText) -> PageText:
        """A page as it is before it has a folio, which the book gives it."""
        head_mm = self.context.grid.mm("head")
        words = [word for word in page.words if not (word.baseline_mm < head_mm and word.text.isdigit())]
        return replace(page, words=words)

    def count(self, at: int = 0, change: Callable[[str], str] = str) -> list[Finding]:
        """What the census finds on the pages of a piece."""
        pages = self.set(at, change)
        planned = self.plan[at]
        keys = {b.key for page in planned.listed for column in page.columns for b in column if not b.part}
        entries = tuple(entry for entry in self.context.edition.entries if entry.key in keys)
        piece = Piece(
            kind=planned.kind, key=planned.key, pages=range(len(pages)), listed=planned.listed, entries=entries
        )
        return self.context.census.count(piece, {}, dict(enumerate(pages)))


def open_listed(folder: Path, entries: Mapping[str, str], **told: str) -> ListedPieces:
    """The pieces of such an edition."""
    opened = open_written(write_listed(folder, entries, **told))
    plan = [piece for piece in opened.composed.plan() if piece.kind in LISTED_KINDS]
    return ListedPieces(opened, plan)
