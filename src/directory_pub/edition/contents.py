"""What the contents name, by the form that they are set in: the same for who sets and who counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct

from directory_pub.edition.collation import Collation
from directory_pub.edition.dates import print_day
from directory_pub.edition.index_heads import has_heads
from directory_pub.edition.model import ContentsForm, Edition, Entry, Section
from directory_pub.edition.persons import is_people, name_in_order
from directory_pub.edition.programme import PROGRAMME
from directory_pub.findings import Place

__all__ = ["ContentsItem", "contents_form", "contents_items", "in_columns"]

_MOST_ROWS = 50  # of two lines each; more of them are not found at a glance, and take a third page

ContentsKind = Literal["part", "group", "entry", "subtitle"]


class ContentsItem(Struct, frozen=True, kw_only=True):
    """A row of the contents: the key of what it leads to, its words with their place, and a sign behind them.

    The ``subtitle`` is there where it shares the row of its name; ``letter`` is the initial of an entry of a section
    that is in the order of letters.
    """

    kind: ContentsKind
    key: str
    name: str
    place: Place
    sign: str = ""
    subtitle: str = ""
    letter: str = ""


def contents_form(edition: Edition) -> ContentsForm:
    """How the contents are set: as the edition says, else by the number of rows."""
    if edition.contents_form:
        return edition.contents_form
    sections = [section for section in edition.sections if not is_people(section)]
    rows = sum(1 + len(section.entries) for section in sections) + len(edition.sections) - len(sections)
    named = {entry.key: entry for section in sections for entry in section.entries}
    rows += sum(entry.subtitle is not None for entry in named.values()) + len(edition.indexes)
    rows += 1 + len(edition.programme.days) if edition.programme else 0
    return "columns" if rows > _MOST_ROWS else "rows"


def in_columns(edition: Edition) -> bool:
    """Whether the contents are set in columns."""
    return contents_form(edition) in ("columns", "letters")


def contents_items(edition: Edition) -> Iterator[ContentsItem]:
    """The rows in the order of the book, the indexes last."""
    form = contents_form(edition)
    in_full = {entry.key for section in edition.sections if section.form != "register" for entry in section.entries}
    behind = False  # a text page in front of the contents has been read before a reader comes to them
    for part in edition.order:
        behind = behind or part.kind == "contents"
        if part.page and behind and part.page.title:
            yield ContentsItem(kind="part", key=part.key, name=part.page.title, place=part.page.place)
        if part.kind == "programme":
            yield from _programme(edition, form)
        if part.kind == "sponsors" and (sponsors := edition.sponsors):
            yield ContentsItem(kind="part", key=part.key, name=sponsors.title, place=sponsors.place)
        section = part.section
        if section is None:
            continue
        yield ContentsItem(kind="part", key=section.key, name=section.head, place=section.place)
        if section.form == "register" and any(entry.key in in_full for entry in section.entries):
            continue  # it leads to pages that are named already
        if is_people(section) and form != "letters":
            continue  # people are found by the letters at the heads of their pages
        if form == "letters" or (form == "columns" and section.form == "register"):
            yield from _groups(edition, section)
        elif form != "sections":
            yield from _entries(edition, section, form)
    for index in edition.indexes:
        if has_heads(edition, index):
            yield ContentsItem(kind="part", key=index.key, name=index.title, place=index.place)


def _programme(edition: Edition, form: ContentsForm) -> Iterator[ContentsItem]:
    """The programme and its days; the key to drawings has none of what none is drawn for."""
    programme = edition.programme
    if programme is None or not programme.days:
        return
    yield ContentsItem(kind="part", key=PROGRAMME, name=programme.title, place=programme.place)
    for day in programme.days if form != "key" else ():
        date = "".join(print_day(day.date, edition.language))
        name = f"{day.title}, {date}" if day.title else date
        yield ContentsItem(kind="entry", key=day.key, name=name, place=day.place)


def _entries(edition: Edition, section: Section, form: ContentsForm) -> Iterator[ContentsItem]:
    letters = _letters(edition, section) if form == "columns" else {}
    for entry in section.entries:
        sign, shares = edition.sign_of(entry), form != "rows"
        yield ContentsItem(
            kind="entry",
            key=entry.key,
            name=entry.head,
            place=entry.place_of("short" if entry.short else "name"),
            sign=sign,
            subtitle=(entry.subtitle or "") if shares else "",
            letter=letters.get(entry.key, ""),
        )
        if entry.subtitle and not shares:
            yield ContentsItem(kind="subtitle", key=entry.key, name=entry.subtitle, place=entry.place_of("subtitle"))


def _groups(edition: Edition, section: Section) -> Iterator[ContentsItem]:
    """The groups of a section, or the letters that its entries are in order by; each leads to its first entry."""
    groups: list[tuple[str, Entry]] = [(group.title, group.entries[0]) for group in section.groups if group.entries]
    if not groups:
        letters = _letters(edition, section)
        first = {letters[entry.key]: entry for entry in reversed(section.entries) if entry.key in letters}
        groups = list(reversed(first.items()))
    for title, entry in groups:
        yield ContentsItem(kind="group", key=entry.key, name=title, place=entry.place_of("name"))


def _letters(edition: Edition, section: Section) -> dict[str, str]:
    """The initial of each entry by key; none where a letter comes back after others, for then nobody looks by it."""
    of_people = is_people(section)
    collation = Collation.of(edition.language, () if of_people else edition.ignored_articles)
    names = {e.key: name_in_order(e) if of_people else e.sort or e.name for e in section.entries}
    found = {key: collation.initial(name) for key, name in names.items()}
    runs = [letter for letter, _ in groupby(found.values())]
    return found if len(runs) == len(set(runs)) and len(section.entries) > 1 else {}
