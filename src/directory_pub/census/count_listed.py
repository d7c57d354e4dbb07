"""Count pages of a listing or register: every entry in its column, the head with its guide words, the tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from msgspec import Struct, field

from directory_pub.census.columns import check_emphasis, check_frame
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import Copy, letters, quote_marks, text_copy
from directory_pub.census.frames import FramedPage, reading_order
from directory_pub.census.icons import Icons, check_icons
from directory_pub.census.listed_copy import again_copy, beside_copy, blocks_of, head_copy, listed_copy, row_copy
from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, Word
from directory_pub.census.people_copy import initials_of, says_copy, title_copy, who_copy
from directory_pub.census.tag_tree import Spoken
from directory_pub.design.grid import MM_PER_PT, Frame, Grid
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.flatplan import ListedPage, Piece
from directory_pub.edition.listed import guide_name, listed_contact
from directory_pub.edition.model import Edition, Entry
from directory_pub.findings import Finding, error

__all__ = ["ListedCount", "count_listed", "expected_aloud", "is_guide", "said_in_order"]

_SLACK_MM = 0.6
_TOUCHING = 0.6  # of a line: two baselines that are nearer touch
_BETWEEN, _CUT = "–", "…"


class _Page(Struct):
    """The words of one page: its head, tabs, columns from the left with their contacts apart, quotes' marks, and the
    initials of people without a portrait."""

    index: int
    head: list[Word] = field(default_factory=list)
    tabs: list[Word] = field(default_factory=list)
    marks: list[Word] = field(default_factory=list)
    initials: list[Word] = field(default_factory=list)
    columns: list[list[Word]] = field(default_factory=list)
    beside: list[list[Word]] = field(default_factory=list)


class ListedCount(Struct, frozen=True):
    """What a count of listed pages needs."""

    edition: Edition
    grid: Grid
    icons: Icons
    families: Sequence[str]
    folios: Mapping[str, str]


def count_listed(
    count: ListedCount, piece: Piece, pages: Mapping[int, PageText], see: Callable[[Located], Iterable[Finding]]
) -> Iterator[Iterable[Finding]]:
    """What is asked of a piece of a listing: whether its copy fits, whether all is there, then how it looks."""
    counting = _Counting(count, piece, pages)
    yield from counting.ask()
    yield see(counting.located)


class _Counting:
    def __init__(self, count: ListedCount, piece: Piece, pages: Mapping[int, PageText]) -> None:
        self._count, self._piece, self._texts = count, piece, pages
        edition = count.edition
        key = piece.key.partition("/")[0]
        self._section = next(each for each in edition.sections if each.key == key)
        self._entries = {entry.key: entry for entry in self._section.entries}
        self._is_register, self._is_people = piece.kind == "register", piece.kind == "people"
        self._pages = [self._sort(index, pages[index]) for index in piece.pages]
        self._place = self._section.place
        self.located = Located(piece.entries[0].place if piece.entries else self._place)

    # ---------------------------------------------------------------- words into columns
    @property
    def _columns(self) -> int:
        grid = self._count.grid
        if self._is_people:
            return 1
        return grid.row_columns if self._is_register else grid.listing_columns

    def _frames(self, index: int) -> list[Frame]:
        return self._count.grid.list_frames(self._columns, recto=index % 2 == 0)

    def _sort(self, index: int, page: PageText) -> _Page:
        grid, frames = self._count.grid, self._frames(index)
        sorted_ = _Page(index, columns=[[] for _ in frames], beside=[[] for _ in frames])
        apart = self._has_beside or self._is_register
        beside_mm = grid.columns_mm["listing"] + grid.tokens["gutter"]
        if self._is_register:  # its folios
            beside_mm = grid.columns_mm["row"] - grid.mm("row-folio")
        elif self._is_people:
            beside_mm = grid.person_text_left_mm
        mark_pt, initials_pt = grid.mm("list-mark") / MM_PER_PT, grid.mm("person-initials") / MM_PER_PT
        for word in page.words:
            if word.baseline_mm < grid.mm("head"):
                sorted_.head.append(word)
                continue
            if word.right_mm < frames[0].left_mm - _SLACK_MM or word.left_mm > frames[-1].right_mm + _SLACK_MM:
                sorted_.tabs.append(word)
                continue
            if abs(word.size_pt - mark_pt) < 0.05:
                sorted_.marks.append(word)
                continue
            if self._is_people and abs(word.size_pt - initials_pt) < 0.05:
                sorted_.initials.append(word)
                continue
            number = max((at for at, each in enumerate(frames) if word.left_mm >= each.left_mm - _SLACK_MM), default=0)
            is_beside = apart and word.left_mm >= frames[number].left_mm + beside_mm - _SLACK_MM
            (sorted_.beside if is_beside else sorted_.columns)[number].append(word)
        sorted_.head, sorted_.tabs = reading_order(sorted_.head), reading_order(sorted_.tabs)
        sorted_.marks, sorted_.initials = reading_order(sorted_.marks), reading_order(sorted_.initials)
        sorted_.columns = [reading_order(words) for words in sorted_.columns]
        sorted_.beside = [reading_order(words) for words in sorted_.beside]
        return sorted_

    @property
    def _has_beside(self) -> bool:
        if self._is_people:
            return self._count.grid.has_person_text
        return self._count.grid.has_beside and not self._is_register

    # ---------------------------------------------------------------- what is asked
    def ask(self) -> Iterator[list[Finding]]:
        main_copy, beside = self._main_copy(), self._beside_copy()
        framed = [self._framed(page) for page in self._pages]
        lost = list(self._take_again(framed))
        located = self.located
        located.add(framed, "main", main_copy)
        located.add(framed, "side", beside)
        yield [*self._check_frames(located), *self._check_lines(located)]
        where = self._piece.folios
        yield [
            *lost,
            *compare_copy(main_copy, [word for page in framed for word in page.main], where, self._place),
            *compare_copy(beside, [word for page in framed for word in page.side], where, self._place),
            *compare_copy(self._marks(), [word for page in framed for word in page.marks], where, self._place),
            *self._check_heads(),
            *self._check_tabs(),
            *self._check_initials(),
        ]
        entries = self._piece.entries
        contacts = [row for entry in entries for row in self._contacts(entry)]
        # As they are expected: the text of all pages, and then what stands beside it on any.
        parts = [(page.index, page.main) for page in framed] + [(page.index, page.side) for page in framed]
        columns = [(index, self._texts[index], words) for index, words in parts]
        every = [*main_copy, *beside]
        yield [
            *check_emphasis(main_copy, [word for page in framed for word in page.main], self._count.families),
            *check_icons(columns, every, contacts, self._count.icons),
        ]

    def _framed(self, page: _Page) -> FramedPage:
        return FramedPage(
            page.index,
            head=page.head,
            main=[word for column in page.columns for word in column],
            side=[word for column in page.beside for word in column],
            marks=page.marks,
        )

    def _main_copy(self) -> list[Copy]:
        copies: list[Copy] = [*title_copy(self._piece, self._section)]
        for block in blocks_of(self._piece):
            if block.kind == "head":
                copies += head_copy(block, self._section)
            elif not block.part:
                entry = self._entries[block.key]
                copies += self._entry_copy(entry)
        return copies

    def _entry_copy(self, entry: Entry) -> list[Copy]:
        if self._is_register:
            return row_copy(entry, self._section, self._count.folios.get(entry.key))
        if self._is_people:
            who = [*who_copy(entry, self._section, self._count.edition, self._count.folios)]
            return who if self._has_beside else [*who, *says_copy(entry, self._section, self._count.edition)]
        own = listed_copy(entry, self._section, self._count.edition)
        return own if self._has_beside else [*own, *beside_copy(entry)]

    def _beside_copy(self) -> list[Copy]:
        if self._is_register:
            told = ((self._count.folios.get(entry.key), entry.place_of("name")) for entry in self._piece.entries)
            return [copy for folio, place in told if folio for copy in text_copy(folio, place)]
        if not self._has_beside:
            return []
        if self._is_people:
            edition = self._count.edition
            return [copy for each in self._piece.entries for copy in says_copy(each, self._section, edition)]
        return [copy for entry in self._piece.entries for copy in beside_copy(entry)]

    def _contacts(self, entry: Entry) -> Sequence[ContactRow]:
        """The contacts that have icons."""
        if self._is_people:
            return entry.contact
        return () if self._is_register else listed_contact(entry)

    def _marks(self) -> list[Copy]:
        if self._is_register:
            return []
        language = self._count.edition.language
        return [
            copy
            for entry in self._piece.entries
            for copy in quote_marks(entry.body, entry.in_body, entry.language or language)
        ]

    # ---------------------------------------------------------------- what goes on
    def _take_again(self, framed: Sequence[FramedPage]) -> Iterator[Finding]:
        """Take the lines out that say what goes on from the column before, each of which must be there."""
        for page, listed in zip(framed, self._piece.listed, strict=True):
            for column in listed.columns:
                for at, block in enumerate(column):
                    wanted = again_copy(block, self._count.edition, is_top=at == 0)
                    if wanted and not _take(page.main, wanted):
                        message = f"nothing says on page {page.index + 1} that “{block.again}” goes on there."
                        remedy = "The layout of listings sets 'again' above what goes on."
                        yield error("words-lost", self._place, message, remedy, page.index + 1)

    # ---------------------------------------------------------------- frames and lines
    def _check_frames(self, located: Located) -> Iterator[Finding]:
        for page in self._pages:
            for number, frame in enumerate(self._frames(page.index)):
                words = [*page.columns[number], *page.beside[number]]
                yield from check_frame(words, frame, f"column {number + 1}", page.index, located)

    def _check_lines(self, located: Located) -> Iterator[Finding]:
        """Lines of a column keep their distance, whatever stands in them; a letter in its plot is none."""
        letter_pt = self._count.grid.mm("list-letter") / MM_PER_PT
        least_mm = _TOUCHING * self._count.grid.list_line_mm
        for page in self._pages:
            for words in chain(page.columns, page.beside):
                text = [word for word in words if abs(word.size_pt - letter_pt) > 0.05]
                lines = sorted({round(word.baseline_mm, 1): word for word in text}.items())
                for (upper, _), (lower, word) in pairwise(lines):
                    if 0.5 < lower - upper < least_mm:
                        message = f"lines of a column touch on page {page.index + 1}, {lower:.0f} mm from the top."
                        remedy = "Look at the proof there: a layout or sheet of listings moves them."
                        place = located.place_of(page.index, word)
                        yield error("words-overset", place, message, remedy, page.index + 1)
                        return

    # ---------------------------------------------------------------- heads and tabs
    def _check_heads(self) -> Iterator[Finding]:
        """The head has the section's title and the first and the last name of the page, whole or cut at a word."""
        for page, listed in zip(self._pages, self._piece.listed, strict=True):
            found = [word.text for word in page.head]
            title = self._section.head.split()
            rest = _without(found, title)
            if rest is None or not is_guide(" ".join(rest), *self._guided(listed)):
                first, last = self._guided(listed)
                message = f"the head of page {page.index + 1} reads “{' '.join(found)}”."
                remedy = f"It should read “{self._section.head}” and “{first} – {last}”: look at page-boxes.css."
                yield error("folio-wrong", self._place, message, remedy, page.index + 1)

    def _guided(self, listed: ListedPage) -> tuple[str, str]:
        """The names between which a page leads, in full."""
        if self._section.groups and any(len(group.title) > 1 for group in self._section.groups):
            return listed.groups[0], listed.groups[-1]
        blocks = [block for column in listed.columns for block in column if block.kind == "entry"]
        if not blocks:
            return "", ""
        first, last = (self._entries[block.key] for block in (blocks[0], blocks[-1]))
        return guide_name(first, self._section), guide_name(last, self._section)

    def _check_tabs(self) -> Iterator[Finding]:
        """The letters at the fore edge are those of the page's groups."""
        for page, listed in zip(self._pages, self._piece.listed, strict=True):
            initials = {group.title: group.initial for group in self._section.groups}
            told = (
                ()
                if self._is_register or self._is_people
                else dict.fromkeys(initials[title] for title in listed.groups)
            )
            wanted = [letters(each) for each in told if each]
            found = [letters(word.text) for word in page.tabs]
            if found != wanted:
                message = f"the tabs of page {page.index + 1} read “{' '.join(found)}”, not “{' '.join(wanted)}”."
                remedy = "Look at the layout of listings, and at what stands outside of the columns there."
                yield error("words-unknown", self._place, message, remedy, page.index + 1)

    def _check_initials(self) -> Iterator[Finding]:
        """Each person without a portrait has their initials in its place, once."""
        if not self._is_people:
            return
        for page, listed in zip(self._pages, self._piece.listed, strict=True):
            blocks = [block for block in listed.columns[0] if block.kind == "entry" and not block.part]
            wanted = [told for block in blocks if (told := initials_of(self._entries[block.key]))]
            found = [letters(word.text) for word in page.initials]
            if found != wanted:
                message = f"the initials on page {page.index + 1} read “{' '.join(found)}”, not “{' '.join(wanted)}”."
                remedy = "Look at the layout of portraits."
                yield error("words-unknown", self._place, message, remedy, page.index + 1)


def expected_aloud(
    edition: Edition, piece: Piece, folios: Mapping[str, str]
) -> Iterator[tuple[Entry | None, list[Copy]]]:
    """What is read aloud of a piece of a listing: its heads, and each entry with its contacts behind."""
    key = piece.key.partition("/")[0]
    section = next(each for each in edition.sections if each.key == key)
    entries = {entry.key: entry for entry in section.entries}
    if title := list(title_copy(piece, section)):
        yield None, title
    for page in piece.listed:
        for column in page.columns:
            for block in column:
                if block.kind == "head":
                    yield None, list(head_copy(block, section, aloud=True))
                elif not block.part:
                    entry = entries[block.key]
                    if piece.kind == "people":
                        who = who_copy(entry, section, edition, folios)
                        yield entry, [*who, *says_copy(entry, section, edition, aloud=True)]
                    elif piece.kind == "register":
                        yield entry, row_copy(entry, section, folios.get(entry.key), aloud=True)
                    else:
                        yield entry, [*listed_copy(entry, section, edition, {}), *beside_copy(entry)]


def said_in_order(edition: Edition, piece: Piece, said: Sequence[Spoken]) -> list[Spoken]:
    """What is said of a piece without the lines that say what goes on from another column.

    The contacts of an entry that goes on there may be said with its beginning: they come behind its end.
    """
    left = list(said)
    for page in piece.listed:
        for column in page.columns:
            for at, block in enumerate(column):
                _take(left, again_copy(block, edition, is_top=at == 0))
    parted = {block.key for block in blocks_of(piece) if block.parts > 1}
    at = 0
    for entry, copies in expected_aloud(edition, piece, {}):
        at += len(copies)
        if entry is not None and entry.key in parted:
            contacts = [copy.text for copy in beside_copy(entry)]
            begins = at - len(contacts)
            if taken := _take(left, contacts):
                left[begins:begins] = taken
    return left


def _take(words: list[Any], wanted: Sequence[str]) -> list[Any]:
    """Take some words out of others that they follow one another in; none where they do not."""
    texts = [letters(word.text) for word in words]
    for at in range(len(texts) - len(wanted) + 1):
        if texts[at : at + len(wanted)] == list(wanted):
            taken = words[at : at + len(wanted)]
            del words[at : at + len(wanted)]
            return taken
    return []


def _without(found: Sequence[str], wanted: Sequence[str]) -> list[str] | None:
    """What is left of some words without others that follow one another there."""
    for at in range(len(found) - len(wanted) + 1):
        if list(found[at : at + len(wanted)]) == list(wanted):
            return [*found[:at], *found[at + len(wanted) :]]
    return None


def is_guide(read: str, first: str, last: str) -> bool:
    """Whether what stands at the head of a page names its first and last, either of them cut where it is long."""
    if _is_begun(read, first) and _is_begun(read, last):
        return True
    parts = read.split(f" {_BETWEEN} ")
    return any(
        _is_begun(f" {_BETWEEN} ".join(parts[:at]), first) and _is_begun(f" {_BETWEEN} ".join(parts[at:]), last)
        for at in range(1, len(parts))
    )


def _is_begun(read: str, name: str) -> bool:
    """Whether a guide word is a name, or, with its mark, the beginning of one that is long."""
    plain, told = letters(name), letters(read)
    if told == plain:
        return True
    if told.endswith(_CUT):
        return len(told) > 1 and plain.startswith(told[:-1]) and len(told) < len(plain) + 1
    return told == plain
