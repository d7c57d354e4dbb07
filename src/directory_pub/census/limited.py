"""What of an edition is shown in a variant and target, and what is withheld: texts, each with its place.

The rules are read here once more, and not as they are read to make the edition that is shown: who checks does not
ask who makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Entry, Section, Showing, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import Programme
from directory_pub.edition.targets import TARGETS
from directory_pub.edition.text import Block, Run, photos_within, runs_within
from directory_pub.findings import Place

__all__ = ["Passage", "passages"]

Kind = Literal["name", "title", "place", "contact", "value", "running", "key"]


class Passage(Struct, frozen=True):
    """A text of the content, of a ``kind``, and whether it ``is_shown``.

    ``running`` is what people write in sentences, everything else stands in a field for it. ``lines`` are the offsets
    at which its lines begin; ``row`` is the contact row that it is the text of, ``link`` where words of it lead.
    ``entry`` is the key of the entry that it is of.
    """

    text: str
    place: Place
    kind: Kind
    is_shown: bool
    lines: tuple[tuple[int, int], ...] = ()
    row: ContactRow | None = None
    link: bool = False
    entry: str = ""

    def place_at(self, offset: int) -> Place:
        """The place of a letter."""
        line = max((pair for pair in self.lines if pair[0] <= offset), default=(0, self.place.line))[1]
        return replace(self.place, line=line)


def passages(edition: Edition, variant: str | None, target: str) -> Iterator[Passage]:
    """Every text of the edition that could be told of: what nobody limits is shown."""
    yield from _Reading(edition, variant, target).passages()


class _Reading(Struct, frozen=True):
    edition: Edition
    variant: str | None
    target: str

    # ---------------------------------------------------------------- rules
    def _lets(self, rule: Showing | None) -> bool:
        """Whether a rule is for these readers and this file."""
        if rule is None:
            return True
        known = {each.key for each in self.edition.variants}
        of_readers = [name for name in rule.names if name in known]
        of_files = [name for name in rule.names if name in TARGETS]
        if not of_readers and not of_files:
            return False
        return (self.variant in of_readers or not of_readers) and (self.target in of_files or not of_files)

    def _is_shown(self, field: str, own: Sequence[Showing], *, of_contact: bool = False) -> bool:
        of_file = {rule.field: rule for rule in own}
        of_book = {rule.field: rule for rule in self.edition.show}
        if field in of_file:
            return self._lets(of_file[field])
        all_rows = of_file.get("contact", of_book.get("contact")) if of_contact else None
        return self._lets(of_book.get(field)) and self._lets(all_rows)

    def _whole(self, own: Sequence[Showing], otherwise: Sequence[Showing] = ()) -> bool:
        rules = [rule for rule in own if rule.field == ""] or [rule for rule in otherwise if rule.field == ""]
        return all(map(self._lets, rules))

    # ---------------------------------------------------------------- texts
    def passages(self) -> Iterator[Passage]:
        yield from self._sheet()
        for page in self.edition.text_pages.values():
            yield from self._page(page)
        marks = set()
        for section in self.edition.sections:
            shown = [self._whole(entry.show, section.show) for entry in section.entries]
            is_there = any(shown) if section.entries else self._whole(section.show)
            yield Passage(section.title, section.place, "title", is_there)
            yield Passage(section.key, section.place, "key", is_there)
            for entry, entry_is_shown in zip(section.entries, shown, strict=True):
                told = self._entry(entry, section, entry_is_shown)
                yield from (replace(passage, entry=entry.key) for passage in told)
                if entry_is_shown and self._is_shown("mark", entry.show):
                    marks.add(entry.mark)
        used = {entry.mark for entry in self.edition.entries}
        for mark in self.edition.marks:
            yield Passage(mark.legend, mark.place, "running", mark.key in marks or mark.key not in used)

    def _sheet(self) -> Iterator[Passage]:
        """What the book says of itself, which is limited nowhere."""
        edition, cover = self.edition, self.edition.cover
        texts = [edition.title, edition.publisher, edition.contents_title, edition.note_pages_title]
        texts += [each.title for each in edition.variants if each.key == self.variant]
        texts += [each.title for each in edition.indexes]
        if cover:
            lines = (cover.series, cover.title, cover.words, cover.event, cover.theme, cover.venue)
            texts += [cover.year, cover.date, *(" ".join(each) for each in lines)]
        yield from (Passage(text, edition.place, "title", True) for text in texts if text)
        yield from (Passage(field.label, field.place, "title", True) for field in edition.fields)
        for see in (see for index in edition.indexes for see in index.see):
            yield from (Passage(text, see.place, "title", True) for text in (see.head, see.to))
        if cover:
            yield from _photo(cover.picture, True)
        if edition.programme:
            yield from _programme(edition.programme)
        if sponsors := edition.sponsors:
            yield Passage(sponsors.title, sponsors.place, "title", True)
            yield from (Passage(level.title, level.place, "title", True) for level in sponsors.levels)
            for each in sponsors.all():
                yield Passage(each.name, each.place, "title", True)
                yield from _photo(each.logo, True)
                if each.address:
                    yield Passage(each.address, each.place, "running", True, link=True)

    def _page(self, page: TextPage) -> Iterator[Passage]:
        shown, publisher = self._whole(page.show), page.publisher
        yield Passage(page.key, page.place, "key", shown)
        if page.title:
            yield Passage(page.title, page.place, "title", shown)
        yield from _photo(page.picture, shown)
        if publisher:
            yield Passage(" ".join(publisher.wordmark), publisher.place, "title", shown)
            yield Passage(f"{publisher.name} {publisher.address or ''}", publisher.place, "title", shown)
            yield from _photo(publisher.logo, shown)
            yield from self._contact(publisher.contact, page.show, shown)
        yield from _body(page.body, page.in_body, shown)

    def _entry(self, entry: Entry, section: Section, shown: bool) -> Iterator[Passage]:
        yield Passage(entry.key, entry.place, "key", shown)
        yield Passage(entry.name, entry.place_of("name"), "name", shown)
        if entry.short:
            yield Passage(entry.short, entry.place_of("short"), "name", shown)
        if entry.subtitle:
            is_there = shown and self._is_shown("subtitle", entry.show)
            yield Passage(entry.subtitle, entry.place_of("subtitle"), "running", is_there)
        if entry.locality:
            is_there = shown and self._is_shown("place", entry.show)
            yield Passage(entry.locality, entry.place_of("place"), "place", is_there)
        yield from self._contact(entry.contact, entry.show, shown)
        for value in entry.values:
            is_there = shown and self._is_shown(value.field, entry.show)
            yield from (Passage(text, value.place, "value", is_there) for text in value.texts)
        yield from _photo(entry.photo, shown and self._is_shown("photo", entry.show))
        for field, photos in (("photos", entry.photos), ("closing_photo", (entry.closing_photo,))):
            for photo in photos:
                yield from _photo(photo, shown and self._is_shown(field, entry.show))
        yield from _photo(entry.logo, shown and self._is_shown("logo", entry.show))
        yield from _body(entry.body, entry.in_body, shown and self._is_shown("text", entry.show))

    def _contact(self, rows: Sequence[ContactRow], own: Sequence[Showing], shown: bool) -> Iterator[Passage]:
        for row in rows:
            is_there = shown and self._is_shown(row.kind, own, of_contact=True)
            yield Passage(row.text, row.place, "contact", is_there, row=row)
            if row.web and row.web != row.text:
                yield Passage(row.web, row.place, "contact", is_there, row=row, link=True)


def _programme(programme: Programme) -> Iterator[Passage]:
    """What a programme says of its own: whoever is named there is shown by that name."""
    yield Passage(programme.title, programme.place, "title", True)
    yield from (Passage(room.name, room.place, "title", True) for room in (*programme.rooms, *programme.elsewhere))
    for session in programme.sessions:
        yield Passage(session.title, session.place, "title", True)
        yield Passage(session.text, session.place_of("text"), "running", True)
        yield from (Passage(each.name, each.place, "name", True) for each in session.people)


def _photo(photo: Photo | None, shown: bool) -> Iterator[Passage]:
    if photo:
        yield from (Passage(text, photo.place, "running", shown) for text in (photo.alt, photo.credit) if text)
        yield from _runs(photo.caption, lambda line: replace(photo.place, line=line), shown)


At = Callable[[int], Place]


def _body(blocks: Sequence[Block], at: At, shown: bool) -> Iterator[Passage]:
    """Each paragraph, heading, term, credit line and footnote, and where its links lead."""
    for photo in photos_within(blocks):
        yield from _photo(replace(photo, caption=()), shown)
    for runs in runs_within(blocks):
        yield from _runs(runs, at, shown)
        for run in runs:
            if run.note:
                yield from _runs(run.note.runs, at, shown)


def _runs(runs: Sequence[Run], at: At, shown: bool) -> Iterator[Passage]:
    if not runs:
        return
    parts = [part for run in runs for part in run.by_line()]
    starts = accumulate((len(text) for text, _ in parts), initial=0)
    lines = tuple((start, line) for start, (_, line) in zip(starts, parts, strict=False))
    yield Passage("".join(text for text, _ in parts), at(runs[0].line), "running", shown, lines)
    for run in runs:
        if run.href and not run.href.startswith("#"):
            yield Passage(run.href, at(run.line), "running", shown, link=True)
