"""What an entry of a listing is made of: strips of set lines, one below the other, whose height is whole lines.

A strip may be cut between two of its lines, so that an entry higher than a column can go on in the
next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.contact import contact_runs, name_runs, split_runs
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import SAFETY_MM, Measure
from directory_pub.compose.pictures import caption_of
from directory_pub.compose.segments import UNSEEN
from directory_pub.compose.text_styles import in_language
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.listed import guide_word, listed_contact, listed_place, register_phone
from directory_pub.edition.model import Edition, Entry, Group, OwnField, Section
from directory_pub.edition.quotation import open_quote
from directory_pub.edition.text import Block, Heading, ItemList, Paragraph, Quote, Run, TermList

__all__ = ["ContactPiece", "Strip", "StripSetter", "height_of"]

StripKind = Literal[
    "name",
    "where",
    "heading",
    "text",
    "indent",
    "item",
    "term",
    "quote",
    "credit",
    "field",
    "contact",
    "row",
    "source",
    "session",
]
_PLAIN_TEXT_LINES = 4  # name, place and two lines of text: what hangs beside the text begins below the tile
_SIGNS_AN_INDENT = 2  # of an item's number, as in "1."
_BIG_LEADING = 2
_HEAD_LINES = 4  # of a group in a listing: its plot, on whose foot the first line of its title stands
_SEMIBOLD = 600
_MOST_SIGNS, _FEWEST_SIGNS = 60, 6  # of a guide word
_SAID = ("quote", "credit")
_RUNNING = ("text", "indent", "item", "term")
_FEWEST_APART = 2  # lines of a paragraph that stand alone in a column


class ContactPiece(Struct, frozen=True):
    """A contact that stands in a line with others, or on lines of its own."""

    row: ContactRow
    lines: tuple[Line, ...]


class Strip(Struct, frozen=True, kw_only=True):
    """Set lines of one kind; ``before`` are empty lines above, ``leading`` the lines that each of its own takes.

    ``label`` hangs in the column left of the text, or ``runs_in`` before it. ``pieces`` are the contacts of one line.
    The ``sign`` of an item stands at the indent ``sign_depth``, its text at ``depth``. A row has the ``key`` of what
    stands elsewhere in full, and its ``folio``, which is filled in later.
    """

    kind: StripKind
    lines: tuple[Line, ...] = ()
    before: int = 0
    leading: int = 1
    label: tuple[Line, ...] = ()
    runs_in: bool = False
    depth: int = 0
    sign: str = ""
    sign_depth: int = 0
    pieces: tuple[ContactPiece, ...] = ()
    key: str = ""
    folio: str = ""

    @property
    def height(self) -> int:
        """Its own lines, in those of the list's grid, without what is above."""
        own = max(len(self.lines), max((len(piece.lines) for piece in self.pieces), default=0))
        return self.leading * max(own, len(self.label) if not self.runs_in else 0)

    def cut(self, lines: int) -> tuple[Strip, Strip] | None:
        """Its first so many lines and the others, if a paragraph may be parted there."""
        if self.kind not in ("text", "indent", "item", "quote", "field", "term") or self.leading != 1:
            return None
        lines = min(lines, len(self.lines) - _FEWEST_APART)
        if lines < _FEWEST_APART:
            return None
        kind: StripKind = "text" if self.kind == "indent" else self.kind
        rest = replace(self, kind=kind, lines=self.lines[lines:], before=0, label=(), sign="", runs_in=False)
        return replace(self, lines=self.lines[:lines]), rest


def height_of(strips: Sequence[Strip]) -> int:
    """The lines of strips that stand one below the other."""
    return sum((strip.before if at else 0) + strip.height for at, strip in enumerate(strips))


class StripSetter:
    """Sets the entries of one edition's listings; labels hang left of their texts where there is a column for them."""

    def __init__(
        self,
        edition: Edition,
        grid: Grid,
        library: FontLibrary,
        styles: Mapping[str, Measure],
        *,
        may_hang: bool = True,
    ) -> None:
        self._edition = edition
        self._grid = grid
        self._library = library
        self._styles = styles
        self._may_hang = may_hang

    # ---------------------------------------------------------------- an entry
    def entry(self, entry: Entry, section: Section) -> tuple[list[Strip], list[Strip]]:
        """The strips of an entry in a listing, and those of its contacts where they stand beside the text."""
        is_big = entry.level == "extended"
        name = self._set(name_runs(entry), "listing-big" if is_big else "listing-name")
        strips = [Strip(kind="name", lines=name, leading=_BIG_LEADING if is_big else 1)]
        if where := self._where(entry, section):
            strips.append(Strip(kind="where", lines=self._in(where, self._whole)))
        strips += self.body(entry)
        if entry.photo and (told := caption_of(entry.photo)):
            strips.append(Strip(kind="source", lines=self._in(told, self._whole)))
        hanging = [*self.fields(entry)]
        beside: list[Strip] = []
        contacts = listed_contact(entry)
        if self._grid.has_beside:
            beside = [self._beside(row, entry) for row in contacts]
        else:
            hanging += self.in_line(contacts, entry)
        every = [*_with_air([*strips, *hanging])]
        return every if is_big else list(_below_tile(every)), beside

    def _where(self, entry: Entry, section: Section) -> tuple[Run, ...]:
        place = listed_place(entry, section)
        runs = split_runs(entry.subtitle) if entry.subtitle else ()
        if place is None:
            return runs
        between = (Run(text=" / ", line=0, italic=False),) if runs else ()
        return (*runs, *between, *split_runs(" ".join(place[0].split())))

    # ---------------------------------------------------------------- its text
    def body(self, entry: Entry) -> Iterator[Strip]:
        """Its text, block by block."""
        setter = self._speaking(entry.language) if entry.language else self
        for at, block in enumerate(entry.body):
            follows = at > 0 and isinstance(entry.body[at - 1], Paragraph)
            yield from setter._block(block, entry, 0, follows=follows)

    @property
    def _whole(self) -> Measure:
        """The text's measure for what may be names: no word of it is parted."""
        return replace(self._styles["listing-text"], hyphens=False)

    def _speaking(self, language: str) -> StripSetter:
        """The same for texts in another language."""
        styles = in_language(self._styles, language)
        return StripSetter(self._edition, self._grid, self._library, styles, may_hang=self._may_hang)

    def _block(self, block: Block, entry: Entry, depth: int, *, follows: bool = False) -> Iterator[Strip]:
        match block:
            case Heading():
                measure = replace(self._styles["listing-text"], weight=_SEMIBOLD, hyphens=False)
                yield Strip(kind="heading", lines=self._in(block.runs, measure), depth=block.level)
            case Paragraph() if follows and not depth:
                measure = replace(self._styles["listing-text"], first_mm=self._grid.mm("row-indent"))
                yield Strip(kind="indent", lines=self._in(block.runs, measure))
            case Paragraph():
                yield Strip(kind="text", lines=self._in(block.runs, self._indented(depth)), depth=depth)
            case ItemList():
                indents = max((-(-len(label) // _SIGNS_AN_INDENT) for label in block.labels), default=1)
                for number, item in enumerate(block.items):
                    sign = block.labels[number] if block.labels else "•"
                    for strip in self._item(item, entry, depth + indents, sign):
                        yield replace(strip, sign_depth=depth) if strip.sign == sign else strip
            case TermList():
                hangs = self._all_hang([_upright(row.term) for row in block.rows])
                for row in block.rows:
                    yield from self._row(row.term, row.paragraphs, hangs=hangs)
            case Quote():
                yield from self._quote(block, entry)

    def _item(self, item: Sequence[Block], entry: Entry, depth: int, sign: str) -> Iterator[Strip]:
        for at, block in enumerate(item):
            for strip in self._block(block, entry, depth):
                is_first = at == 0 and strip.kind == "text"
                yield replace(strip, kind="item", sign=sign if is_first else "") if strip.kind == "text" else strip

    def _row(self, term: Sequence[Run], paragraphs: Sequence[Paragraph], *, hangs: bool) -> Iterator[Strip]:
        for at, paragraph in enumerate(paragraphs):
            yield self._labelled("term", _upright(term) if at == 0 else (), paragraph.runs, hangs=hangs)

    def _quote(self, quote: Quote, entry: Entry) -> Iterator[Strip]:
        mark, first = open_quote(quote, entry.language or self._edition.language)
        for at, runs in enumerate((first, *(paragraph.runs for paragraph in quote.paragraphs[1:]))):
            lines = self._in(runs, self._styles["listing-quote"])
            yield Strip(kind="quote", lines=lines, before=0 if at else 1, sign="" if at else mark)
        if quote.credit:
            yield Strip(kind="credit", lines=self._in(quote.credit.runs, self._styles["listing-credit"]))

    def _indented(self, depth: int) -> Measure:
        text = self._styles["listing-text"]
        return replace(text, width_mm=text.width_mm - depth * self._grid.mm("row-indent"))

    # ---------------------------------------------------------------- its fields
    def fields(self, entry: Entry, *, but: str = "") -> Iterator[Strip]:
        """What it has in the edition's own fields ``but`` one."""
        hangs = self._all_hang([_label(field) for field in self._edition.fields])
        for field, value in self._edition.own_values(entry):
            if field.name == but:
                continue
            yield self._labelled("field", _label(field), self._contact(value.row, entry), hangs=hangs)

    def _all_hang(self, labels: Iterable[Sequence[Run]]) -> bool:
        """Whether all labels of a kind have room in the hanging column: some in it and some not look like a slip."""
        style, air_mm = self._styles["listing-label"], self._grid.list_line_mm / 2
        return self._may_hang and all(self._width_of(label) + SAFETY_MM <= style.width_mm - air_mm for label in labels)

    def _width_of(self, label: Sequence[Run]) -> float:
        return sum(self._styles["listing-label"].width_of(run.text, run, self._library) for run in label)

    def _labelled(self, kind: StripKind, label: Sequence[Run], text: Sequence[Run], *, hangs: bool) -> Strip:
        """A label that hangs left of its text, or runs in before it."""
        style, room = self._styles["listing-label"], self._whole
        width_mm, air_mm = self._width_of(label), self._grid.list_line_mm / 2
        if not label or hangs:
            hung = self._in(label, style) if label else ()
            return Strip(kind=kind, lines=self._in(text, room), label=hung)
        if width_mm + air_mm > room.width_mm / 2:  # a long label takes lines of its own
            whole = replace(style, width_mm=room.width_mm)
            return Strip(kind=kind, lines=(*self._in(label, whole), *self._in(text, room)), runs_in=True, depth=1)
        inset = replace(room, first_mm=width_mm + air_mm)
        one_line = replace(style, width_mm=room.width_mm)
        return Strip(kind=kind, lines=self._in(text, inset), label=self._in(label, one_line), runs_in=True)

    # ---------------------------------------------------------------- its contacts
    def _beside(self, row: ContactRow, entry: Entry) -> Strip:
        lines = self._in(self._contact(row, entry), self._styles["listing-beside"])
        return Strip(kind="contact", pieces=(ContactPiece(row, lines),))

    def in_line(self, rows: Sequence[ContactRow], entry: Entry) -> Iterator[Strip]:
        """Contacts that run on, each whole: as many in a line as have room."""
        measure, between_mm = self._styles["listing-contact"], self._grid.mm("list-between")
        icon_mm = self._grid.mm("list-icon-hang")
        line: list[ContactPiece] = []
        used_mm = 0.0
        for row in rows:
            runs = self._contact(row, entry)
            width_mm = sum(measure.width_of(run.text.translate(UNSEEN), run, self._library) for run in runs)
            piece = ContactPiece(row, self._in(runs, measure))
            # The icon of the first hangs in the margin; each further one takes its room.
            if line and (len(piece.lines) > 1 or used_mm + between_mm + icon_mm + width_mm > measure.room_mm):
                yield Strip(kind="contact", pieces=tuple(line))
                line, used_mm = [], 0.0
            used_mm += width_mm + (between_mm + icon_mm if line else 0.0)
            line.append(piece)
            if len(piece.lines) > 1:
                yield Strip(kind="contact", pieces=tuple(line))
                line, used_mm = [], 0.0
        if line:
            yield Strip(kind="contact", pieces=tuple(line))

    def _contact(self, row: ContactRow, entry: Entry) -> tuple[Run, ...]:
        return contact_runs(row, self._edition.contact_table, entry.country or self._edition.country, entry)

    # ---------------------------------------------------------------- a row of a register
    def row(self, entry: Entry, section: Section, *, stands_elsewhere: bool) -> Strip:
        """An entry as a row of a register: its name, place and telephone, and the key of where it stands in full."""
        href = f"#{entry.key}" if stands_elsewhere else None
        runs = [replace(run, href=href) for run in split_runs(entry.name)]
        if place := listed_place(entry, section):
            runs += split_runs(f" · {' '.join(place[0].split())}")
        if phone := register_phone(entry):
            told = self._contact(phone, entry)
            runs += [Run(text="\u00a0 ", line=0), *(replace(run, text=_tied(run.text)) for run in told)]
        return Strip(kind="row", lines=self._set(runs, "row"), key=entry.key if stands_elsewhere else "")

    def head_lines(self, group: Group, section: Section) -> int:
        """The height of a group's head; a long title has further lines below the first."""
        if section.form == "register":
            return len(self._set(split_runs(group.title), "row-head"))
        further = 0 if group.title == group.initial else len(self._set(split_runs(group.title), "listing-big")) - 1
        return _HEAD_LINES + _BIG_LEADING * further

    def guide(self, first: str, last: str) -> str:
        """The words between which a page leads, each cut where both have no room in one line."""
        measure = self._styles["guide"]
        for signs in range(_MOST_SIGNS, _FEWEST_SIGNS, -1):
            words = dict.fromkeys(guide_word(name, signs) for name in (first, last))
            told = " – ".join(words)
            if measure.width_of(told, Run(text=told, line=0), self._library) <= measure.room_mm:
                break
        return told

    # ---------------------------------------------------------------- lines
    def _set(self, runs: Sequence[Run], style: str) -> tuple[Line, ...]:
        return self._in(runs, self._styles[style])

    def _in(self, runs: Sequence[Run], measure: Measure) -> tuple[Line, ...]:
        return set_lines(runs, measure, self._library)


def _upright(term: Sequence[Run]) -> tuple[Run, ...]:
    """A term as its label is set, in which all is bold."""
    return tuple(replace(run, bold=False) for run in term)


def _label(field: OwnField) -> tuple[Run, ...]:
    return (Run(text=field.label, line=field.place.line or 0),)


def _with_air(strips: Sequence[Strip]) -> Iterator[Strip]:
    """Strips with an empty line below a quote, as there is one above it, above a heading, and where a text goes on."""
    for at, strip in enumerate(strips):
        last = strips[at - 1].kind if at else "where"
        parted = last in _SAID if strip.kind not in _SAID else False
        parted |= strip.kind == "heading" and last in _RUNNING
        parted |= strip.kind in ("text", "indent") and not strip.depth and last in ("item", "term")
        yield replace(strip, before=max(strip.before, 1)) if parted else strip


def _below_tile(strips: Sequence[Strip]) -> Iterator[Strip]:
    """Strips of which nothing hangs beside the tile: labels, marks of quotes and icons begin below it."""
    used = 0
    for strip in strips:
        hangs = strip.kind == "contact" or (strip.label and not strip.runs_in) or (strip.kind == "quote" and strip.sign)
        before = max(strip.before, _PLAIN_TEXT_LINES - used) if hangs else strip.before
        used += before + strip.height
        yield replace(strip, before=before) if before != strip.before else strip


def _tied(text: str) -> str:
    """A number as one word, which no line parts."""
    return text.replace(" ", "\u00a0")
