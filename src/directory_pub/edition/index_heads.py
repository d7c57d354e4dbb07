"""What stands in an index: its heads in their order, each with where in the book it leads.

Who makes an index and who checks it read the same rows here; folios are of neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from directory_pub.edition.collation import Collation
from directory_pub.edition.model import Edition, Entry, Index, TextPage
from directory_pub.edition.person_names import family_first, persons_in
from directory_pub.edition.persons import is_people, name_in_order
from directory_pub.edition.programme import Programme
from directory_pub.edition.text import IndexMark, runs_within
from directory_pub.findings import Place

__all__ = ["IndexHead", "IndexPlace", "has_heads", "index_heads", "marks_of", "takes", "untaken_marks"]

_SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")
_UNSEEN = dict.fromkeys((0xAD, 0x200B))
_PARTS = "!"  # parts a head from what stands below it
_kept: list[tuple[Edition, dict[str, list[IndexHead]]]] = []


class IndexPlace(Struct, frozen=True):
    """A place in the book that a head leads to, by its anchor there; ``is_main`` where the head is what it is about."""

    anchor: str
    place: Place
    is_main: bool = False


class IndexHead(Struct):
    """A row of an index: a head, or what stands ``below`` one, with the places that it leads to.

    ``shown`` is it as it is printed, with the places where it may break. ``see`` are heads to look under instead,
    ``see_also`` those to look under as well; ``letter`` is the initial that it stands below.
    """

    head: str
    place: Place
    below: str = ""
    shown: str = ""
    letter: str = ""
    places: list[IndexPlace] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    see_also: list[str] = field(default_factory=list)


def index_heads(edition: Edition, index: Index) -> Sequence[IndexHead]:
    """The rows of an index in the order of its language; a head stands before what is below it.

    Those of the edition in hand are kept: many ask.
    """
    if not _kept or _kept[0][0] is not edition:
        _kept[:] = [(edition, {})]
    known = _kept[0][1]
    if index.key not in known:
        known[index.key] = _ordered_heads(edition, index)
    return known[index.key]


def has_heads(edition: Edition, index: Index) -> bool:
    """Whether anything stands in an index."""
    return bool(index.see) or next(_found(edition, index), None) is not None


def _ordered_heads(edition: Edition, index: Index) -> list[IndexHead]:
    rows: dict[tuple[str, str], IndexHead] = {}

    def row(above: str, below: str, place: Place) -> IndexHead:
        if below:
            rows.setdefault((_bare(above), ""), IndexHead(_bare(above), place, shown=above))
        key = (_bare(above), _bare(below))
        return rows.setdefault(key, IndexHead(key[0], place, key[1], below or above))

    for head, below, found in _found(edition, index):
        row(head, below, found.place).places.append(found)
    for reference in index.see:
        made = row(*_parted(reference.head), reference.place)
        (made.see if reference.only else made.see_also).append(reference.to)
    collation = Collation.of(edition.language, edition.ignored_articles if index.of == "organisations" else ())

    def order(each: IndexHead) -> tuple[list[bytes], bytes]:
        """A family's name before the given ones, so that "Brandt, Ada" comes before "Brandt Hall, Zoe"."""
        return [collation.key(part) for part in each.head.split(", ")], collation.key(each.below)

    ordered = sorted(rows.values(), key=order)
    for each in ordered:
        each.letter = collation.initial(each.head)
    return ordered


def _parted(head: str) -> tuple[str, str]:
    """A head, and what stands below it: "Geneva!Old town" has both, "Yahoo!" is one."""
    above, parts, below = head.partition(_PARTS)
    is_parted = bool(above and below and not below[0].isspace() and _PARTS not in below[0])
    return (above.strip(), below.strip()) if parts and is_parted else (head, "")


# -------------------------------------------------------------------- where heads come from
def _found(edition: Edition, index: Index) -> Iterator[tuple[str, str, IndexPlace]]:
    """Every head, with what of a mark stands below it, and a place that it leads to, in the order of the book."""
    persons = {entry.key for section in edition.sections if is_people(section) for entry in section.entries}
    for text in _texts(edition):
        if isinstance(text, Entry):
            is_person = text.key in persons
            yield from ((head, "", found) for head, found in _of_entry(edition, index, text, is_person=is_person))
        marks = (mark for mark in marks_of(text) if takes(edition, index, mark))
        yield from ((*_parted(mark.head), IndexPlace(mark.anchor, mark.place)) for mark in marks)
    if index.of == "people" and edition.programme:
        yield from ((head, "", found) for head, found in _of_programme(edition.programme))


def _of_programme(programme: Programme) -> Iterator[tuple[str, IndexPlace]]:
    """Who speaks and has no entry, which would name the sessions: with the page of each of them."""
    for day in programme.days:
        for session in day.sessions:
            anchor = day.key if session.is_break else session.anchor(day)
            for each in session.people:
                for name in persons_in(each.name) if each.key is None else ():
                    yield family_first(name), IndexPlace(anchor, each.place)


def _texts(edition: Edition) -> Iterator[TextPage | Entry]:
    """Every text once: what stands in a register may stand elsewhere in full."""
    yield from {text.key: text for text in edition.texts}.values()


def _of_entry(edition: Edition, index: Index, entry: Entry, *, is_person: bool) -> Iterator[tuple[str, IndexPlace]]:
    match index.of:
        case "people":
            if is_person:
                yield name_in_order(entry), IndexPlace(entry.key, entry.place_of("name"), is_main=True)
            for row in entry.contact:
                for name in persons_in(_SPAN.sub(r"\1", row.text)) if row.kind == "person" else ():
                    yield family_first(name), IndexPlace(entry.key, row.place, is_main=True)
        case "places" if entry.locality:
            yield _plain(entry.locality), IndexPlace(entry.key, entry.place_of("place"))
        case "organisations" if not is_person:
            yield _plain(entry.name), IndexPlace(entry.key, entry.place_of("name"), is_main=True)
        case "topics":
            wanted = index.fields or tuple(each.name for each in edition.fields if each.type == "list")
            for value in (value for value in entry.values if value.field in wanted):
                yield from ((_plain(text), IndexPlace(entry.key, value.place)) for text in value.texts)


def marks_of(text: Entry | TextPage) -> Iterator[IndexMark]:
    """What is marked in a text, also in its footnotes."""
    for runs in runs_within(text.body):
        for run in runs:
            if run.indexed:
                yield run.indexed
            yield from (inner.indexed for inner in (run.note.runs if run.note else ()) if inner.indexed)


def takes(edition: Edition, index: Index, mark: IndexMark) -> bool:
    """Whether a mark stands in an index: the one that it names, else that of topics, else the only one."""
    if mark.of is not None:
        return mark.of == index.of
    return index.of == "topics" or len(edition.indexes) == 1


def untaken_marks(edition: Edition) -> list[IndexMark]:
    """The marks that stand in no index."""
    marks = (mark for text in _texts(edition) for mark in marks_of(text))
    return [mark for mark in marks if not any(takes(edition, index, mark) for index in edition.indexes)]


def _plain(name: str) -> str:
    """A name as it stands in an index: on one line, without its languages."""
    return re.sub(r"[ \t\n]+", " ", _SPAN.sub(r"\1", name)).strip()


def _bare(head: str) -> str:
    """A head without the places where it may break, by which it is found."""
    return head.translate(_UNSEEN)
