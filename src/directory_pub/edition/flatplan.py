"""Which pages each piece of the book takes: read off the layout, never written into content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from directory_pub.edition.model import Entry, Section
from directory_pub.edition.programme import Day
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.findings import Finding

__all__ = [
    "FIXED_KINDS",
    "LISTED_KINDS",
    "RESERVED_KINDS",
    "Fit",
    "ListedBlock",
    "ListedPage",
    "Piece",
    "PlannedDay",
    "PlannedPiece",
    "keys_listed",
]

FIXED_KINDS = frozenset({"cover", "inside-cover", "contents", "notes", "blank", "back-cover"})
"""The kinds of piece that stand in the book whatever the content: no key of it can be called so."""
LISTED_KINDS = frozenset({"listing", "register", "people"})
"""The kinds of piece that several entries stand on."""
RESERVED_KINDS = (
    FIXED_KINDS
    | LISTED_KINDS
    | {
        "adverts",
        "advert-page",
        "programme",
        SPONSORS_KEY,
        "opener",
        "entry",
        "index",
        "line",
        "note",
        "proof",
        "tailpiece",
        "folio",
    }
)
"""What no page of one's own can be called: kinds of piece, and classes that sheets have for something else."""


class ListedBlock(Struct, frozen=True, kw_only=True):
    """What stands in a column of a listing: a group's head (``key`` is its title), an entry (its key), or of an entry
    that no column holds one of its ``parts``, number ``part`` from 0.

    It is ``lines`` high, with ``before`` lines above, none at a column's head. ``again`` is the title of the group, or
    the name of the entry, that goes on from the column before, told in a line above.
    """

    kind: Literal["head", "entry"]
    key: str
    lines: int
    before: int = 0
    part: int = 0
    parts: int = 1
    again: str | None = None


class ListedPage(Struct, frozen=True, kw_only=True):
    """A page of a listing: its columns from the left, the groups that stand on it, and the tabs at its fore edge.

    A tab is a letter and the place that it has among all of the section's (from 0), of ``tabs_in_all``. What stands in
    columns begins ``head`` lines below the page's first; a page that ``opens`` a section has its title there.
    """

    columns: tuple[tuple[ListedBlock, ...], ...]
    groups: tuple[str, ...] = ()
    tabs: tuple[tuple[str, int], ...] = ()
    tabs_in_all: int = 0
    head: int = 0
    opens: bool = False


class PlannedDay(Struct, frozen=True, kw_only=True):
    """A day of the programme, the rows that its pages begin with (from 0), and what of it no page holds."""

    day: Day
    starts: tuple[int, ...]
    faults: tuple[Finding, ...] = ()


def keys_listed(pages: Sequence[ListedPage]) -> Iterator[str]:
    """The keys of the entries that begin on some pages of a listing, in their order."""
    for page in pages:
        for column in page.columns:
            yield from (block.key for block in column if block.kind == "entry" and not block.part)


class Piece(Struct, frozen=True, kw_only=True):
    """What starts on a new page; ``kind`` is its layout's name, ``pages`` are 0-based.

    Part of the contents, or of an index, has some of its ``rows``, those of ``starts`` begin a column, or of a day of
    the programme a page; a listing has its pages as they were ``listed`` and the ``entries`` on them.
    """

    kind: str
    key: str
    pages: range
    entry: Entry | None = None
    rows: range | None = None
    starts: tuple[int, ...] = ()
    listed: tuple[ListedPage, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that it shows: the one that it is, or those of a listing."""
        return (self.entry,) if self.entry else self.entries

    @property
    def folios(self) -> str:
        """Its pages as a reader names them."""
        first, last = self.pages[0] + 1, self.pages[-1] + 1
        return f"page {first}" if first == last else f"pages {first}-{last}"


Fit = Literal["usual", "close", "raised", "carried", "large"]
"""How an entry is fitted to its pages: ``close``, its quotes stand right below their heads, or ``raised``, its text
begins right below the title, too, where that spares a page; ``carried``, more lines go on together, where one or two
would stand alone on its last page; ``large``, its short quotes are set larger, where lines are free."""


class PlannedPiece(Struct, frozen=True, kw_only=True):
    """A piece before its pages are known; an opener and an entry know their section, notes how many they are, and
    a listing what stands on its pages; a register with the ``folios`` that it names, by key, as they are to be set.
    ``free`` are the lines that are free below an entry's text, once that is known, and ``fit`` is how the entry is
    fitted to its pages; the rule of its contact block stands ``rule_mm`` above the last baseline, or as usual.
    A day of the programme is ``planned``, and its bookmark ``under`` another's.
    """

    kind: str
    key: str
    section: Section | None = None
    entry: Entry | None = None
    count: int = 1
    listed: tuple[ListedPage, ...] = ()
    folios: Mapping[str, str] = field(default_factory=dict)
    free: int | None = None
    fit: Fit = "usual"
    rule_mm: float | None = None
    planned: PlannedDay | None = None
    under: str | None = None
