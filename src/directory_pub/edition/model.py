"""What a directory is made of: an edition, its sections, entries, blocks and runs of text.

Nothing here reads a file or knows a page. Every object keeps the place it was written at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.edition.adverts import Advert
from directory_pub.edition.codes import Attachment, EntryCode, PageCode
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.dates import print_time, print_weekday
from directory_pub.edition.hyphenation import Hyphenation
from directory_pub.edition.own_words import ENGLISH, OwnWords, own_words
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import PROGRAMME, Programme
from directory_pub.edition.sessions import PersonSession
from directory_pub.edition.sponsors import SPONSORS_KEY, Sponsors
from directory_pub.edition.text import Block, IndexOf, Note, notes_within, photos_within
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place

__all__ = [
    "NO_MOTIF",
    "BookPart",
    "ContentsForm",
    "Cover",
    "Edge",
    "Edition",
    "Entry",
    "FieldType",
    "Group",
    "Index",
    "Level",
    "Links",
    "Mark",
    "Opens",
    "OwnField",
    "OwnValue",
    "PartKind",
    "Portraits",
    "Publisher",
    "Query",
    "Reference",
    "References",
    "Section",
    "SectionForm",
    "SeeReference",
    "Showing",
    "TextPage",
    "TrimSize",
    "Variant",
]


# How a reader first sees the email PDF: one page at a time, or the cover and then two facing pages.
Opens = Literal["single", "spreads"]

# What bleeds at the fore edge of the pages of entries in the press file.
Edge = Literal["plots", "none"]

# How a section's entries are set: a page or more each, several on a page, a line or two each, or as people, each a
# row with a portrait.
SectionForm = Literal["pages", "compact", "register", "people"]

# What portraits of people are cut to.
Portraits = Literal["square", "round"]

# What there is in the order of the book, besides the covers.
PartKind = Literal["text", "section", "contents", "programme", "sponsors", "adverts", "notes", "blank"]
_NUMBERED: dict[str, PartKind] = {"notes": "notes", "blank": "blank"}  # what may stand there more than once

# How much an entry of a listing stands out.
Level = Literal["plain", "boxed", "extended"]

# What a cross reference shows: its words and the page that they lead to, or its words alone, which are a link.
References = Literal["page", "link"]

# What becomes of an address that paper does not show: it is printed behind its words, or as a footnote, or it is not.
Links = Literal["print", "note", "silent"]

# What the values of a field of the edition's own are.
FieldType = Literal["text", "date", "number", "list"]


# How the contents are set: a row of two lines each, several columns, sections alone or with their letters, or each
# entry behind its plot.
ContentsForm = Literal["rows", "columns", "sections", "letters", "key"]


NO_MOTIF = "none"
"""What an entry has for its motif whose logo, or picture, stands in the motif's place."""


class TrimSize(Struct, frozen=True, kw_only=True):
    """The finished leaf, as it leaves the guillotine."""

    width_mm: float
    height_mm: float


class Query(Struct, frozen=True, kw_only=True):
    """A proofreader's question about a passage that stays as it is."""

    at: str
    query: str
    place: Place


class Variant(Struct, frozen=True, kw_only=True):
    """An edition of one book for some of its readers: its key stands in the files' names; ``title`` is the book's
    there, where it has another."""

    key: str
    place: Place
    title: str | None = None


class Showing(Struct, frozen=True, kw_only=True):
    """Where a ``field`` is shown and nowhere else: in some variants and targets, by their ``names``.

    Without a field it is of the whole that the rule stands in: an entry, a section, a page of front matter.
    """

    field: str = ""
    names: tuple[str, ...]
    place: Place


class Reference(Struct, frozen=True, kw_only=True):
    """The key of an entry, section or page of front matter that another entry refers to."""

    key: str
    place: Place


class OwnField(Struct, frozen=True, kw_only=True):
    """A field that the edition declares for its entries: its name in their files, its printed label, its type."""

    name: str
    label: str
    place: Place
    type: FieldType = "text"


class OwnValue(Struct, frozen=True, kw_only=True):
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


class Entry(Struct, frozen=True, kw_only=True):
    """One organization. ``key`` is the file's stem, or what its row in a table has for it, and the anchor in the book;
    ``digest`` is the hash of the file, or of the row wherever it stands, and of what else it was read by.
    ``name_breaks`` are the offsets of the spaces in its name at which a title may rather break.

    ``country`` is where its numbers without a country's code are dialled, if it is not the edition's, and
    ``confirmed`` the day on which the organization said that the entry holds. ``locality`` is the town, or another
    place, that it is looked up under (``place:`` in its file), ``values`` are in the order of the edition's own fields.
    ``sort`` is what it is put in order by, if not its name.
    ``body_place`` is where the text was written, if not in the file of ``place``: a cell, or a file beside a table.
    ``names_folios`` are the keys whose folios its text names, each as often as it does, once it is as paper shows it.
    ``show`` limits where it, or a field of it, is shown, and goes before what the edition says.
    ``short`` is its name where that must be short: in running heads and in the contents.
    """

    key: str
    name: str
    place: Place
    body: tuple[Block, ...]
    body_place: Place | None = None
    name_breaks: tuple[int, ...] = ()
    short: str | None = None
    subtitle: str | None = None
    sort: str | None = None
    mark: str | None = None
    motif: str | None = None
    language: str | None = None
    country: str | None = None
    photo: Photo | None = None
    photos: tuple[Photo, ...] = ()
    closing_photo: Photo | None = None
    logo: Photo | None = None
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
    qr: EntryCode | None = None

    @property
    def head(self) -> str:
        """What running heads and the contents call it."""
        return self.short or self.name

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
        photos = (place for each in self.pictures for place in (each.place, each.file_place))
        contact = (row.place for row in self.contact)
        places = (self.place, self.body_place, *self.places.values(), *photos, *contact)
        told = ((each.file, each.line, each.field, each.cell) if each else None for each in places)
        return repr((list(self.places), list(told)))

    @property
    def files(self) -> frozenset[str]:
        """The files that it was written in: its own, or a table and perhaps one beside it."""
        rows = (row.place for row in self.contact)
        return frozenset(place.file for place in (self.place, self.in_body(1), *self.places.values(), *rows))

    @property
    def pictures(self) -> tuple[Photo, ...]:
        """All pictures of it in the order in which they are seen: those of ``photos`` behind the text."""
        every = (self.photo, self.logo, *photos_within(self.body), *self.photos, self.closing_photo)
        return tuple(photo for photo in every if photo)

    @property
    def with_photo_closing(self) -> Entry:
        """This entry, its text closed by the picture that else stands in its tile."""
        return replace(self, photo=None, closing_photo=replace(self.photo, size="column")) if self.photo else self

    def value_of(self, field: str) -> OwnValue | None:
        """What it has in a field of the edition's own."""
        return next((value for value in self.values if value.field == field), None)

    def notes(self) -> Iterator[Note]:
        """The footnotes in the order of their calls: ``note_count``."""
        return notes_within(self.body) if self.note_count else iter(())


class Group(Struct, frozen=True, kw_only=True):
    """Entries of a section below one light head: a letter, a place, or a value; ``initial`` is the letter that
    it is found by at the fore edge."""

    title: str
    initial: str
    entries: tuple[Entry, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A part of the book behind its own opener, with its entries in the order of the book; people have no opener.

    ``groups`` part them in that order; there are none where the edition asks for none. ``ordered_by`` is the field
    whose values the order tells: place, or one of the edition's own; none where they stand as listed or by name.
    Of people ``portraits`` are cut as they say, and ``affiliation`` is the field that says where they are from.
    """

    key: str
    title: str
    place: Place
    entries: tuple[Entry, ...]
    form: SectionForm = "pages"
    groups: tuple[Group, ...] = ()
    ordered_by: str = ""
    portraits: Portraits = "square"
    affiliation: str = ""
    show: tuple[Showing, ...] = ()
    short: str | None = None

    @property
    def head(self) -> str:
        """What running heads and the contents call it: its title, or what it has that is shorter."""
        return self.short or self.title

    def with_entries(self, entries: Sequence[Entry]) -> Section:
        """The same section with other entries in the places of its own, in its groups, too."""
        rest = iter(entries)
        groups = [replace(group, entries=tuple(next(rest) for _ in group.entries)) for group in self.groups]
        return replace(self, entries=tuple(entries), groups=tuple(groups))


class Mark(Struct, frozen=True, kw_only=True):
    """A sign behind a name in the contents, and its legend."""

    key: str
    sign: str
    legend: str
    place: Place


class SeeReference(Struct, frozen=True, kw_only=True):
    """In an index: who looks under ``head`` is sent to another; there too, or there instead if ``only``."""

    head: str
    to: str
    place: Place
    only: bool = True


class Index(Struct, frozen=True, kw_only=True):
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


class Cover(Struct, frozen=True, kw_only=True):
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


class Publisher(Struct, frozen=True, kw_only=True):
    """Who publishes: the logo, wordmark, name, address and contact of the imprint and covers."""

    name: str
    place: Place
    logo: Photo | None = None
    wordmark: tuple[str, ...] = ()
    address: str | None = None
    contact: tuple[ContactRow, ...] = ()


class TextPage(Struct, frozen=True, kw_only=True):
    """A text with a page of its own, or several: a preface, a word of welcome, the imprint.

    ``key`` is the file's stem, and the anchor in the book; ``kind`` is what its layout and its sheet are called by.
    """

    key: str
    kind: str
    place: Place
    body: tuple[Block, ...]
    title: str | None = None
    picture: Photo | None = None
    publisher: Publisher | None = None
    queries: tuple[Query, ...] = ()
    names_folios: tuple[str, ...] = ()
    show: tuple[Showing, ...] = ()
    qr: PageCode | None = None

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


class BookPart(Struct, frozen=True, kw_only=True):
    """What stands in the order of the book: a text page, a section, or what ``kind`` says there is one of.

    Blank pages and pages for notes may come again: their key has a number.
    """

    kind: PartKind
    key: str
    page: TextPage | None = None
    section: Section | None = None


class Edition(Struct, frozen=True, kw_only=True):
    """One year's book. ``root`` is the project, ``folder`` the edition's folder below it.

    ``theme`` is what it is drawn with; ``pages`` is the order of the book where the edition gives one, ``text_pages``
    are by key; ``contact_table`` says what its contact rows may be, ``fields`` are those that it declares for its
    entries, ``indexes`` stand behind its last section. An entry holds for this edition if it was confirmed on the day
    ``confirm_since`` or later; without that day nobody asks. Without a ``contents_form`` the number of rows decides.
    ``variants`` are the editions of it for different readers, ``show`` limits fields of entries to some of them or of
    the targets. As it is shown in one of them it is that ``variant``, and has neither (``showing.py``).
    ``hyphenation`` says by language where words are parted.
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
    theme: Theme
    sections: tuple[Section, ...]
    year: str | None = None
    publisher: str | None = None
    country: str | None = None
    confirm_since: str | None = None
    languages: tuple[str, ...] = ()
    hyphenation: tuple[tuple[str, Hyphenation], ...] = ()
    page_multiple: int = 4
    contents_title: str = "Contents"
    contents_form: ContentsForm | None = None
    note_pages_title: str | None = None
    email_opens: Opens = "spreads"
    edge: Edge = "none"
    press_references: References = "page"
    email_references: References = "page"
    links: Links | None = None
    cover: Cover | None = None
    pages: tuple[Reference, ...] = ()
    text_pages: Mapping[str, TextPage] = field(default_factory=dict)
    programme: Programme | None = None
    contact_table: ContactTable = field(default_factory=ContactTable)
    fields: tuple[OwnField, ...] = ()
    ignored_articles: tuple[str, ...] = ()
    indexes: tuple[Index, ...] = ()
    adverts: tuple[Advert, ...] = ()
    sponsors: Sponsors | None = None
    marks: tuple[Mark, ...] = ()
    variants: tuple[Variant, ...] = ()
    show: tuple[Showing, ...] = ()
    variant: str | None = None
    qr: EntryCode = "none"
    attach: tuple[Attachment, ...] = ()
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
    def texts(self) -> tuple[TextPage | Entry, ...]:
        """Every text with a body, in the order of the book."""
        entries = {entry.key: entry for entry in self.entries}
        found: dict[str, TextPage | Entry] = {}
        for part in self.order:
            found |= {part.key: part.page} if part.page else {}
            found |= {each.key: entries[each.key] for each in part.section.entries} if part.section else {}
        return tuple(found.values())

    @property
    def order(self) -> tuple[BookPart, ...]:
        """What stands between the covers, up to the indexes: as the edition lists it, or in the usual order."""
        sections = (section.key for section in self.sections)
        usual = (*self.text_pages, "contents", PROGRAMME, *sections, SPONSORS_KEY)
        return tuple(self._in_order([page.key for page in self.pages] or usual))

    def _in_order(self, keys: Sequence[str]) -> Iterator[BookPart]:
        sections = {section.key: section for section in self.sections}
        again: dict[str, int] = {}
        for key in keys:
            if page := self.text_pages.get(key):
                yield BookPart(kind="text", key=key, page=page)
            elif section := sections.get(key):
                yield BookPart(kind="section", key=key, section=section)
            elif key in self.named_adverts:
                yield BookPart(kind="adverts", key=key)
            elif key == "contents":
                yield BookPart(kind="contents", key=key)
            elif key == PROGRAMME and self.programme:
                yield BookPart(kind="programme", key=key)
            elif key == SPONSORS_KEY and self.sponsors:
                yield BookPart(kind="sponsors", key=key)
            elif kind := _NUMBERED.get(key):
                again[key] = again.get(key, 0) + 1
                yield BookPart(kind=kind, key=f"{key}/{again[key]}")

    @property
    def named_adverts(self) -> frozenset[str]:
        """The keys of the adverts that have a place of their own in the order of the pages."""
        return frozenset(each.key for each in self.adverts) & {page.key for page in self.pages}

    @property
    def front_matter(self) -> Mapping[str, TextPage]:
        """The text pages, as layouts called them when all stood in front."""
        return self.text_pages

    @property
    def publisher_details(self) -> Publisher | None:
        """Who publishes, as the first text page says that names a publisher."""
        return next((page.publisher for page in self.text_pages.values() if page.publisher), None)

    @property
    def logo(self) -> Photo | None:
        """The publisher's logo."""
        return self.publisher_details.logo if self.publisher_details else None

    def page_of(self, kind: str, key: str) -> TextPage | None:
        """The text page that a piece of a kind and key is, if it is one."""
        page = self.text_pages.get(key)
        return page if page and page.kind == kind else None

    def pictures_of(self, kind: str, key: str, *entries: Entry) -> tuple[Photo, ...]:
        """The pictures that a piece with these entries shows, in the order in which they are painted."""
        shown: tuple[Photo | None, ...]
        match kind:
            case "entry":
                shown = tuple(photo for entry in entries for photo in entry.pictures)
            case "listing" | "people":
                shown = tuple(photo for entry in entries for photo in (entry.photo, entry.logo))
            case "sponsors":
                shown = self.sponsors.logos if self.sponsors else ()
            case "cover":
                shown = (self.cover.picture if self.cover else None, self.logo)
            case "back-cover":
                shown = (self.logo,)
            case _:
                page = self.page_of(kind, key)
                logo = page.publisher.logo if page and page.publisher else None
                shown = (page.picture if page else None, logo, *(photos_within(page.body) if page else ()))
        return tuple(photo for photo in shown if photo)

    @property
    def pictures(self) -> tuple[Photo, ...]:
        """All pictures of the book, each once."""
        covers = self.pictures_of("cover", "cover")
        logos = (covers, *(self.pictures_of(page.kind, page.key) for page in self.text_pages.values()))
        entries = (photo for each in self.entries for photo in each.pictures)
        every = (*(photo for some in logos for photo in some), *entries, *self.pictures_of("sponsors", "sponsors"))
        return tuple(dict.fromkeys(every))

    def credit_on(self, front: TextPage) -> tuple[str, Place] | None:
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

    def sessions_of(self, entry: Entry) -> tuple[PersonSession, ...]:
        """The sessions that a person speaks in, or is in the chair of, in the order of the programme."""
        return tuple(
            PersonSession(
                f"{print_weekday(day.date, self.language)} {print_time(session.start, self.language)}",
                session.anchor(day),
                named.place,
            )
            for day in (self.programme.days if self.programme else ())
            for session in sorted(day.sessions, key=lambda each: each.start)
            for named in [next((each for each in session.people if each.key == entry.key), None)]
            if named
        )

    def sign_of(self, entry: Entry) -> str:
        """The sign behind an entry's name in the contents, or nothing."""
        return next((mark.sign for mark in self.marks if mark.key == entry.mark), "")
