"""What a directory is made of: an edition, its sections, entries, blocks and runs of text.

Nothing here reads a file or knows a page. Every object keeps the place it was written at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from directory_pub.edition.own_words import ENGLISH, OwnWords, own_words
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place

__all__ = [
    "Block",
    "ContactKind",
    "ContactRow",
    "ContactTable",
    "ContactValue",
    "ContentsForm",
    "Cover",
    "Edition",
    "Entry",
    "FieldType",
    "FrontMatter",
    "Group",
    "Heading",
    "Index",
    "IndexMark",
    "IndexOf",
    "ItemList",
    "Level",
    "Links",
    "Mark",
    "NamedBy",
    "Network",
    "Note",
    "Opens",
    "OwnField",
    "OwnValue",
    "Paragraph",
    "Photo",
    "Publisher",
    "Query",
    "Quote",
    "Reference",
    "References",
    "Row",
    "Run",
    "Section",
    "SectionForm",
    "SeeReference",
    "Showing",
    "TermList",
    "TrimSize",
    "Variant",
    "blocks_within",
    "notes_within",
    "plain",
    "runs_within",
]

# What is looked for in a contact row, and what a name on a network is.
ContactValue = Literal["web", "mail", "number", "profile"]
NamedBy = Literal["name", "number", "address"]

# How a reader first sees the email PDF: one page at a time, or the cover and then two facing pages.
Opens = Literal["single", "spreads"]

# How a section's entries are set: a page or more each, several on a page, or a line or two each.
SectionForm = Literal["pages", "compact", "register"]

# How much an entry of a listing stands out.
Level = Literal["plain", "boxed", "extended"]

# What a cross reference shows: its words and the page that they lead to, or its words alone, which are a link.
References = Literal["page", "link"]

# What becomes of an address that paper does not show: it is printed behind its words, or as a footnote, or it is not.
Links = Literal["print", "note", "silent"]

# What the values of a field of the edition's own are.
FieldType = Literal["text", "date", "number", "list"]

# What an index has: persons, places, subjects, or the entries themselves.
IndexOf = Literal["people", "places", "topics", "organisations"]

# How the contents are set: a row of two lines each, several columns, sections alone or with their letters, or each
# entry behind its plot.
ContentsForm = Literal["rows", "columns", "sections", "letters", "key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimSize:
    """The finished leaf, as it leaves the guillotine."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one style; ``"\\n"`` is a line break that the editor asked for.

    A footnote's call is a run without text that carries its note. A run with ``folio_of`` stands for the folio
    of the page which has that key; it has no text before this is known. ``indexed`` is what an index has of the words
    that begin with it. ``later_lines`` are the offsets at which the source goes on on another line, each with that
    line.
    """

    text: str
    line: int
    bold: bool = False
    italic: bool = False
    href: str | None = None
    language: str | None = None
    note: Note | None = None
    indexed: IndexMark | None = None
    folio_of: str | None = None
    later_lines: tuple[tuple[int, int], ...] = ()

    def by_line(self) -> Iterator[tuple[str, int]]:
        """Its text line by line of the source, each part with its line."""
        starts = ((0, self.line), *self.later_lines)
        ends = (*(offset for offset, _ in self.later_lines), len(self.text))
        for (start, line), end in zip(starts, ends, strict=True):
            yield self.text[start:end], line

    def line_at(self, offset: int) -> int:
        """The line that a letter of its text was written on."""
        return max((at, line) for at, line in ((0, self.line), *self.later_lines) if at <= offset)[1]

    def behind(self, offset: int) -> Run:
        """What follows the first letters of its text."""
        later = tuple((at - offset, line) for at, line in self.later_lines if at > offset)
        return replace(self, text=self.text[offset:], line=self.line_at(offset), later_lines=later)

    def with_more(self, others: Iterable[Run]) -> Run:
        """This run and others of its style, which follow it, as one."""
        texts, length = [self.text], len(self.text)
        later, line = list(self.later_lines), self.line_at(len(self.text))
        for more in others:
            later += [(length, more.line)] if more.line != line else []
            later += [(length + offset, at) for offset, at in more.later_lines]
            line = max(line, more.line_at(len(more.text)))
            texts.append(more.text)
            length += len(more.text)
        return replace(self, text="".join(texts), later_lines=tuple(later))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of a file, at the line of its definition; ``call_line`` is where it is called, as number
    ``index`` (from 0) of those of its ``source``: a file, or a cell of a table."""

    key: str
    runs: tuple[Run, ...]
    line: int
    call_line: int
    source: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark:
    """What an editor marks words with for an index: the ``head`` that they stand under there.

    ``of`` is the index, where the edition may have several; ``anchor`` is what the words are called in the book.
    """

    head: str
    anchor: str
    place: Place
    of: IndexOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section head inside an entry; ``level`` is 2 or 3."""

    runs: tuple[Run, ...]
    line: int
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``is_see_also`` of the row below a text that names other entries."""

    runs: tuple[Run, ...]
    line: int
    is_see_also: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A list; each item is one or more paragraphs, or a list within the list.

    ``labels`` are the items' numbers as they were typed (``11.`` or ``3)``); a list of bullets has none.
    """

    items: tuple[tuple[Block, ...], ...]
    line: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A term and what is said of it."""

    term: tuple[Run, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """A list of terms, such as years and what happened in them."""

    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a person said, with the line that credits it where there is one."""

    paragraphs: tuple[Paragraph, ...]
    line: int
    credit: Paragraph | None = None


Block = Heading | Paragraph | ItemList | TermList | Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactKind:
    """A kind of contact row: its icon, and what in it leads where.

    A row of a kind with a ``pattern`` is of that form, and leads to ``link`` with the value in it; ``is_linked``
    is false where nothing in a row is to be opened. ``also`` are words that people have for the kind.
    """

    name: str
    icon: str | None = None
    value: ContactValue | None = None
    pattern: str | None = None
    example: str | None = None
    link: str | None = None
    is_linked: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A social network; a name leads to ``site``, ``page`` and the name, or to another page by a pattern of the name.

    Without an icon its name is printed. ``hosts`` are those of its pages; none where anybody may run a site of it.
    """

    key: str
    name: str
    site: str = ""
    page: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    icon: str | None = None
    named_by: NamedBy = "name"
    hosts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTable:
    """The kinds of contact row and the networks by name; ``digest`` is the hash of the file that says so."""

    kinds: Mapping[str, ContactKind] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    digest: str = ""

    def kind_of(self, row: ContactRow) -> ContactKind:
        """The kind of a row; one that there is not, is a text."""
        return self.kinds.get(row.kind) or ContactKind(name=row.kind)

    def network_of(self, row: ContactRow) -> Network | None:
        """The network that a row has a name on."""
        return self.networks.get(row.network or "")

    def icon_of(self, row: ContactRow) -> str | None:
        """The icon of a row: its network's, else its kind's."""
        network = self.network_of(row)
        return (network.icon if network else None) or self.kind_of(row).icon

    def find_network(self, name: str) -> Network | None:
        """A network by its key or another of its names, whatever the case."""
        key = name.strip().casefold()
        return self.networks.get(key) or next((each for each in self.networks.values() if key in each.also), None)

    def other_names(self) -> dict[str, str]:
        """The kind that is meant by each word that people have for one; a network's name is for its profiles."""
        names = {word: kind.name for kind in self.kinds.values() for word in kind.also}
        social = next((kind.name for kind in self.kinds.values() if kind.value == "profile"), None)
        for network in self.networks.values() if social else ():
            names |= dict.fromkeys((network.key, *network.also), social or "")
        return names


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One line of a contact block.

    ``kind`` is web, phone, fax, mail, address, person or social; ``text`` is what is printed. A social row
    has the key of its ``network`` if that is known, the address (``web``) that its editor gave, and a ``label``
    before its text, as in "Telegram:", where no icon tells the network.
    """

    kind: str
    text: str
    place: Place
    label: str | None = None
    network: str | None = None
    web: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of an entry or of the cover, or a publisher's logo. ``focus`` is the point that a crop keeps, in
    per cent."""

    file: str
    alt: str
    place: Place
    credit: str | None = None
    focus: tuple[float, float] = (50.0, 50.0)
    file_place: Place

    @property
    def is_drawing(self) -> bool:
        """Whether it is drawn in inks, as an SVG or PDF file says, and has no pixels."""
        return self.file.lower().endswith((".svg", ".pdf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A proofreader's question about a passage that stays as it is."""

    at: str
    query: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """An edition of one book for some of its readers: its key stands in the files' names; ``title`` is the book's
    there, where it has another."""

    key: str
    place: Place
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Where a ``field`` is shown and nowhere else: in some variants and targets, by their ``names``.

    Without a field it is of the whole that the rule stands in: an entry, a section, a page of front matter.
    """

    field: str = ""
    names: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The key of an entry, section or page of front matter that another entry refers to."""

    key: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """A field that the edition declares for its entries: its name in their files, its printed label, its type."""

    name: str
    label: str
    place: Place
    type: FieldType = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue:
    """What an entry has in a field of the edition's own: a list's texts, or one text.

    ``texts`` are what is printed; ``written`` is a date as it stands in the file, in the order of the calendar.
    """

    field: str
    texts: tuple[str, ...]
    place: Place
    written: str = ""

    @property
    def row(self) -> ContactRow:
        """The value as a row of no kind: an address in it leads somewhere, all else is just words."""
        return ContactRow(kind="", text=", ".join(self.texts), place=self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One organization. ``key`` is the file's stem, or what its row in a table has for it, and the anchor in the book;
    ``digest`` is the hash of the file, or of the row wherever it stands, and of what else it was read by.

    ``country`` is where its numbers without a country's code are dialled, if it is not the edition's, and
    ``confirmed`` the day on which the organization said that the entry holds. ``locality`` is the town, or another
    place, that it is looked up under (``place:`` in its file), ``values`` are in the order of the edition's own fields.
    ``body_place`` is where the text was written, if not in the file of ``place``: a cell, or a file beside a table.
    ``names_folios`` are the keys whose folios its text names, each as often as it does, once it is as paper shows it.
    ``show`` limits where it, or a field of it, is shown, and goes before what the edition says.
    """

    key: str
    name: str
    place: Place
    body: tuple[Block, ...]
    body_place: Place | None = None
    subtitle: str | None = None
    mark: str | None = None
    motif: str | None = None
    language: str | None = None
    country: str | None = None
    photo: Photo | None = None
    contact: tuple[ContactRow, ...] = ()
    queries: tuple[Query, ...] = ()
    confirmed: str | None = None
    level: Level = "plain"
    locality: str | None = None
    values: tuple[OwnValue, ...] = ()
    see_also: tuple[Reference, ...] = ()
    names_folios: tuple[str, ...] = ()
    show: tuple[Showing, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    digest: str = ""
    note_count: int = 0

    def place_of(self, name: str) -> Place:
        """Where a field of the front matter was written."""
        return self.places.get(name, self.place)

    def in_body(self, line: int) -> Place:
        """A line of the text."""
        return replace(self.body_place or Place(file=self.place.file), line=line, field="body")

    @property
    def source(self) -> str:
        """Where the text was written, by name: its file, or a cell of a table."""
        return str(self.body_place or self.place.file)

    @property
    def whereabouts(self) -> str:
        """Where all of it was written: a table's row may move, and its entry stays the same."""
        photo = (self.photo.place, self.photo.file_place) if self.photo else ()
        return repr((self.place, self.body_place, self.places, photo, [row.place for row in self.contact]))

    @property
    def files(self) -> frozenset[str]:
        """The files that it was written in: its own, or a table and perhaps one beside it."""
        rows = (row.place for row in self.contact)
        return frozenset(place.file for place in (self.place, self.in_body(1), *self.places.values(), *rows))

    def value_of(self, field: str) -> OwnValue | None:
        """What it has in a field of the edition's own."""
        return next((value for value in self.values if value.field == field), None)

    def notes(self) -> Iterator[Note]:
        """The footnotes in the order of their calls: ``note_count``."""
        return notes_within(self.body) if self.note_count else iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries of a section below one light head: a letter, a place, or a value; ``initial`` is the letter that
    it is found by at the fore edge."""

    title: str
    initial: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the book behind its own opener, with its entries in the order of the book.

    ``groups`` part them in that order; there are none where the edition asks for none. ``ordered_by`` is the field
    whose values the order tells: place, or one of the edition's own; none where they stand as listed or by name.
    """

    key: str
    title: str
    place: Place
    entries: tuple[Entry, ...]
    form: SectionForm = "pages"
    groups: tuple[Group, ...] = ()
    ordered_by: str = ""
    show: tuple[Showing, ...] = ()

    def with_entries(self, entries: Sequence[Entry]) -> Section:
        """The same section with other entries in the places of its own, in its groups, too."""
        rest = iter(entries)
        groups = [replace(group, entries=tuple(next(rest) for _ in group.entries)) for group in self.groups]
        return replace(self, entries=tuple(entries), groups=tuple(groups))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign behind a name in the contents, and its legend."""

    key: str
    sign: str
    legend: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeReference:
    """In an index: who looks under ``head`` is sent to another; there too, or there instead if ``only``."""

    head: str
    to: str
    place: Place
    only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index at the back: of what, its title, the list fields that topics come from, and its references."""

    of: IndexOf
    title: str
    place: Place
    fields: tuple[str, ...] = ()
    see: tuple[SeeReference, ...] = ()

    @property
    def key(self) -> str:
        """What it is called in the book: no key of an edition ends so."""
        return f"{self.of}-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The words of the cover, line by line, and its picture."""

    place: Place
    series: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    year: str | None = None
    words: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    date: str | None = None
    venue: tuple[str, ...] = ()
    picture: Photo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: the logo, wordmark, name, address and contact of the imprint and covers."""

    name: str
    place: Place
    logo: Photo | None = None
    wordmark: tuple[str, ...] = ()
    address: str | None = None
    contact: tuple[ContactRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A page of front matter; ``key`` is its kind, which its layout and its sheet are called by."""

    key: str
    place: Place
    body: tuple[Block, ...]
    title: str | None = None
    publisher: Publisher | None = None
    queries: tuple[Query, ...] = ()
    names_folios: tuple[str, ...] = ()
    show: tuple[Showing, ...] = ()

    @property
    def note_count(self) -> int:
        """How many footnotes it has."""
        return sum(1 for _ in self.notes())

    def in_body(self, line: int) -> Place:
        """A line of the text."""
        return Place(file=self.place.file, line=line, field="body")

    @property
    def source(self) -> str:
        """Where the text was written, by name."""
        return self.place.file

    def notes(self) -> Iterator[Note]:
        """The footnotes in the order of their calls."""
        return notes_within(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One year's book. ``root`` is the project, ``folder`` the edition's folder below it.

    ``theme`` is what it is drawn with, ``front_matter`` is by kind, in the order of the book; ``contact_table``
    says what its contact rows may be, ``fields`` are those that it declares for its entries, ``indexes`` stand
    behind its last section. An entry holds for this edition if it was confirmed on the day ``confirm_since`` or later;
    without that day nobody asks. Without a ``contents_form`` the number of rows decides.
    ``variants`` are the editions of it for different readers, ``show`` limits fields of entries to some of them or of
    the targets. As it is shown in one of them it is that ``variant``, and has neither (``showing.py``).
    """

    root: Path
    folder: Path
    place: Place
    key: str
    title: str
    language: str
    trim: TrimSize
    bleed_mm: float
    created: str
    theme: Theme = field(repr=False)
    sections: tuple[Section, ...]
    year: str | None = None
    publisher: str | None = None
    country: str | None = None
    confirm_since: str | None = None
    languages: tuple[str, ...] = ()
    page_multiple: int = 4
    contents_title: str = "Contents"
    contents_form: ContentsForm | None = None
    note_pages_title: str | None = None
    email_opens: Opens = "spreads"
    press_references: References = "page"
    email_references: References = "page"
    links: Links | None = None
    cover: Cover | None = None
    front_matter: Mapping[str, FrontMatter] = field(default_factory=dict)
    contact_table: ContactTable = field(default_factory=ContactTable)
    fields: tuple[OwnField, ...] = ()
    ignored_articles: tuple[str, ...] = ()
    indexes: tuple[Index, ...] = ()
    marks: tuple[Mark, ...] = ()
    variants: tuple[Variant, ...] = ()
    show: tuple[Showing, ...] = ()
    variant: str | None = None
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def file_key(self) -> str:
        """What its files are called by: the key, and that of the variant."""
        return f"{self.key}-{self.variant}" if self.variant else self.key

    @property
    def words(self) -> OwnWords:
        """The tool's own words in the edition's language, or in English."""
        return own_words(self.language) or ENGLISH

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the book, each once: one in a register may stand elsewhere in full."""
        every = {entry.key: entry for section in self.sections for entry in section.entries}
        every |= {e.key: e for section in self.sections if section.form != "register" for e in section.entries}
        return tuple(every.values())

    @property
    def forms(self) -> dict[str, SectionForm]:
        """The form that each entry's text is set in, by key: not the register's, where it stands elsewhere, too."""
        forms: dict[str, SectionForm] = {}
        for section in self.sections:
            for entry in section.entries:
                if forms.get(entry.key, "register") == "register":
                    forms[entry.key] = section.form
        return forms

    @property
    def full_title(self) -> str:
        """The title with the year, once."""
        if not self.year or re.search(rf"\b{re.escape(self.year)}\b", self.title):
            return self.title
        return f"{self.title} {self.year}"

    @property
    def texts(self) -> tuple[FrontMatter | Entry, ...]:
        """Every file with a body, in the order of the book: front matter, then entries."""
        return (*self.front_matter.values(), *self.entries)

    @property
    def publisher_details(self) -> Publisher | None:
        """Who publishes, as the first page of front matter says that names a publisher."""
        return next((page.publisher for page in self.front_matter.values() if page.publisher), None)

    @property
    def logo(self) -> Photo | None:
        """The publisher's logo."""
        return self.publisher_details.logo if self.publisher_details else None

    def pictures_of(self, kind: str, *entries: Entry) -> tuple[Photo, ...]:
        """The pictures that a piece of a kind with these entries shows, in the order in which they are painted."""
        shown: tuple[Photo | None, ...]
        match kind:
            case "entry" | "listing":
                shown = tuple(entry.photo for entry in entries)
            case "cover":
                shown = (self.cover.picture if self.cover else None, self.logo)
            case "back-cover":
                shown = (self.logo,)
            case _:
                front = self.front_matter.get(kind)
                shown = (front.publisher.logo if front and front.publisher else None,)
        return tuple(photo for photo in shown if photo)

    @property
    def pictures(self) -> tuple[Photo, ...]:
        """All pictures of the book, each once."""
        logos = (self.pictures_of(kind) for kind in ("cover", *self.front_matter))
        every = (*(photo for some in logos for photo in some), *(each.photo for each in self.entries if each.photo))
        return tuple(dict.fromkeys(every))

    def credit_on(self, front: FrontMatter) -> tuple[str, Place] | None:
        """The credit line of the cover's picture, with its place, on the page that says who publishes."""
        picture = self.cover.picture if self.cover else None
        if picture is None or not picture.credit or not front.publisher or front.publisher != self.publisher_details:
            return None
        return picture.credit, picture.place

    def first_notes(self) -> dict[str, int]:
        """The number of the first footnote of each source that has any: they are numbered through the book."""
        first: dict[str, int] = {}
        number = 1
        for text in self.texts:
            if text.note_count:
                first[text.source] = number
                number += text.note_count
        return first

    def place_of(self, name: str) -> Place:
        """Where a field of edition.yaml was written."""
        return self.places.get(name, self.place)

    def own_values(self, entry: Entry) -> Iterator[tuple[OwnField, OwnValue]]:
        """What an entry has in the edition's own fields, each with its field, in the order in which they print."""
        for own in self.fields:
            if value := entry.value_of(own.name):
                yield own, value

    def sign_of(self, entry: Entry) -> str:
        """The sign behind an entry's name in the contents, or nothing."""
        return next((mark.sign for mark in self.marks if mark.key == entry.mark), "")


def blocks_within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        match block:
            case ItemList():
                for item in block.items:
                    yield from blocks_within(item)
            case TermList():
                for row in block.rows:
                    yield from row.paragraphs
            case Quote():
                yield from block.paragraphs
                if block.credit:
                    yield block.credit
            case _:
                pass


def runs_within(blocks: Sequence[Block]) -> Iterator[tuple[Run, ...]]:
    """The text of every heading, paragraph, term and credit line, in reading order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.runs
            case ItemList():
                for item in block.items:
                    yield from runs_within(item)
            case TermList():
                for row in block.rows:
                    yield row.term
                    yield from runs_within(row.paragraphs)
            case Quote():
                yield from runs_within(block.paragraphs)
                if block.credit:
                    yield block.credit.runs


def notes_within(blocks: Sequence[Block]) -> Iterator[Note]:
    """The footnotes of a body in the order of their calls."""
    for runs in runs_within(blocks):
        yield from (run.note for run in runs if run.note)


def plain(runs: tuple[Run, ...]) -> str:
    """The words of runs without their styles; a line break is a space."""
    return "".join(run.text for run in runs).replace("\n", " ")
