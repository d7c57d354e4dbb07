"""Tables in the text of an entry: what they are written as, how they are set, and what a reader finds of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from msgspec.structs import replace

from directory_pub.census import Census, PageText, Word, compare_screen_reader, read_pages, read_tag_tree
from directory_pub.edition.flatplan import Piece, PlannedPiece
from directory_pub.findings import Finding
from directory_pub.finish.tagging import tag_for_readers
from directory_pub.place import place_piece
from directory_pub.production.context import BuildContext
from directory_pub.production.finishing import document_facts
from small_book import open_small

__all__ = ["SIZES", "TEXT", "SeenPiece", "markdown", "see_entry", "stays", "table_words"]

SIZES = {
    "A4": "A4",
    "170": "{width_mm: 170, height_mm: 240}",
    "A5": "A5",
    "A6": "A6",
}
TEXT = (
    "Counting is the cheapest form of attention. For three summers a bureau has sat on eleven former car parks with a"
    " clicker and a thermos, and has written down what people do there when nobody has asked them to.\n\n"
)
_HEAD = "---\nname: What is a square worth?\ncontact:\n  - web: www.example.org\n  - phone: +44 20 7946 0000\n---\n\n"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]], *, dashes: str = "---", wide: bool = False) -> str:
    """A table as it is typed."""
    lines = ["| " + " | ".join(head) + " |", "|" + f"{dashes}|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, *(["{wide}"] if wide else [])]) + "\n\n"


def stays(count: int, columns: int = 5, *, wide: bool = False) -> str:
    """A table of figures with so many rows and columns."""
    head = ("Square", "Stays", "Minutes", "Share, %", "Lamps", "Limes", "Year", "Cost", "Swept", "Lit", "Dogs", "Boats")
    rows = []
    for n in range(count):
        figures = (f"{n * 977 + 620:,}", f"{n * 1.25 + 7}", f"{n % 40 + 0.5}", f"{n}", f"{n + 40}", f"{1960 + n}")
        more = (f"{n * 3.1:.1f}", f"{n % 9}", f"{n + 7}", "–", f"{n * 2}")
        rows.append((f"Plot {n}", *figures, *more)[:columns])
    return markdown(head[:columns], rows, wide=wide)


@dataclass(frozen=True)
class SeenPiece:
    """An entry as it is set and placed: its pages, its file as it is read aloud, and what the census finds."""

    context: BuildContext
    pages: list[PageText]
    tagged: bytes
    findings: list[Finding]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]


def see_entry(
    folder: Path,
    body: str,
    *,
    trim: str = SIZES["170"],
    recto: bool = True,
    spoil: Callable[[str], str] = lambda html: html,
) -> SeenPiece:
    """An entry with this body on one side of a spread, its HTML spoilt before it is set; heads are not looked at."""
    context = open_small(folder, {"one": _HEAD + body}, trim=trim)
    section, entry = context.composed.places["one"]
    html = context.composed.piece(PlannedPiece(kind="entry", key="one", section=section, entry=entry))
    made = context.engine.set_piece(spoil(html), "piece.html.j2")
    assert made is not None, context.engine.findings
    placed = place_piece(made, context.library, recto=recto)
    facts = replace(document_facts(context.edition), heading_above=1)
    assert tag_for_readers(placed.pdf, placed.elements, facts) == []
    written = io.BytesIO()
    placed.pdf.save(written)
    pages = list(read_pages(written.getvalue()))
    first = 0 if recto else 1
    piece = Piece(kind="entry", key="one", pages=range(first, first + len(pages)), entry=entry)
    census = Census.of(context.edition, context.grid, {})
    found = census.count(piece, {}, dict(enumerate(pages, first)))
    tree = read_tag_tree(written.getvalue(), first)
    found += compare_screen_reader(context.edition, [piece], tree, {}, context.edition.first_notes())
    return SeenPiece(context, pages, written.getvalue(), [each for each in found if each.code != "folio-wrong"])


def table_words(seen: SeenPiece, page: int) -> list[Word]:
    """The words of a page that are of the size of tables."""
    size_pt = seen.context.grid.mm("table") / (25.4 / 72)
    return [word for word in seen.pages[page].words if abs(word.size_pt - size_pt) < 0.05]


def structure(pdf: bytes) -> list[str]:
    """The names of a file's elements, in their order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        told = file.Root.StructTreeRoot.K

        def walk(kid: object) -> list[str]:
            if isinstance(kid, pikepdf.Array):
                return [name for each in kid.as_list() for name in walk(each)]
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                return [str(kid.S), *walk(kid.get("/K"))]
            return []

        return walk(told)


def swapped(html: str, one: str, other: str) -> str:
    """HTML in which two words stand in one another's place."""
    parts = {one: other, other: one}
    return re.sub("|".join(map(re.escape, parts)), lambda found: parts[found[0]], html)
