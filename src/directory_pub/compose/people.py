"""The pages of a section of people: a row each, of a portrait, who it is, and what is said of them.

Rows are whole small lines high, five at least, so that those of facing pages agree; what a text takes
more, its row takes more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from types import MappingProxyType

from msgspec.structs import replace

from directory_pub.compose.contact import contact_runs, split_runs
from directory_pub.compose.filling import Block, Column, full_columns
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.listing import (
    Heights,
    ListingBlock,
    ListingPage,
    Planned,
    all_keys,
    set_columns,
    take_strips,
)
from directory_pub.compose.measure import Measure
from directory_pub.compose.pictures import caption_of
from directory_pub.compose.strips import Strip, StripKind, StripSetter, height_of
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import PEOPLE_ROW, Grid
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.flatplan import ListedBlock, ListedPage
from directory_pub.edition.listed import guide_name, person_place
from directory_pub.edition.model import Edition, Entry, Group, Section
from directory_pub.edition.persons import affiliation_of, initials
from directory_pub.edition.text import Run

__all__ = ["People", "person_styles"]

_BETWEEN = 1  # lines between two rows
_PORTRAIT_LINES = PEOPLE_ROW - _BETWEEN
_BELOW_HEAD, _ABOVE_HEAD = 1, 2  # lines below the head of a group, and above
_TITLE_LINES, _TITLE_AIR = 2, 1  # in units: of each line of the title, and below the last
_AGAIN_LINES = 1
_LONGEST_FOLIO = "000"
_STYLES = {"text": "text", "label": "label", "quote": "quote", "contact": "text"}
Recall = Callable[[Entry, Callable[[], Heights]], Heights]


def person_styles(styles: Mapping[str, Measure]) -> dict[str, Measure]:
    """The styles that texts, fields and contacts of people are set in, by the names that those of a listing have."""
    own = {f"listing-{name}": styles[own] for name, style in _STYLES.items() if (own := f"person-{style}") in styles}
    return {**styles, **own}


class People:
    """The sections of people of one edition; ``setter`` sets texts, fields and contacts in the styles of people."""

    def __init__(
        self, edition: Edition, grid: Grid, setter: StripSetter, library: FontLibrary, styles: Mapping[str, Measure]
    ) -> None:
        self._edition = edition
        self._grid = grid
        self._setter = setter
        self._library = library
        self._styles = styles

    # ---------------------------------------------------------------- what stands where
    def plan(self, section: Section, recall: Recall) -> list[ListedPage]:
        """The pages of a section; ``recall`` gives the heights that a row was measured to have, or measures it."""
        groups = section.groups or (Group(title="", initial="", entries=section.entries),)
        blocks = [block for group in groups for block in self._blocks(group, section, recall)]
        head = self._head_lines(section)
        filled = _without_lone_row(blocks, full_columns([each.room for each in blocks], self._grid.people_lines, head))
        pages = [
            _page(blocks, column, head=0 if number else head, opens=number == 0) for number, column in enumerate(filled)
        ]
        return pages or [
            ListedPage(columns=((),), head=head, opens=True)
        ]  # whose title is in the contents all the same

    def _head_lines(self, section: Section) -> int:
        """The small lines above the rows of the first page: what the section's title takes, in whole rows, so that
        those of the facing page agree."""
        title = len(self._set(split_runs(section.title), "people-title"))
        row_mm = PEOPLE_ROW * self._grid.people_line_mm
        return PEOPLE_ROW * ceil((title * _TITLE_LINES + _TITLE_AIR) * self._grid.unit_mm / row_mm - 1e-6)

    def _blocks(self, group: Group, section: Section, recall: Recall) -> Iterator[Planned]:
        if group.title:
            lines = len(self._set(split_runs(group.title), "people-head")) + _BELOW_HEAD
            head = ListedBlock(kind="head", key=group.title, lines=lines, before=_ABOVE_HEAD)
            yield Planned(Block(lines=lines, before=_ABOVE_HEAD, kept=True), head, group)
        for number, entry in enumerate(group.entries):
            heights = recall(entry, partial(self._measure, entry, section))
            for part, lines in enumerate(heights):
                before = 0 if number == 0 and group.title and not part else _BETWEEN
                again = entry.name if part else None
                listed = ListedBlock(
                    kind="entry", key=entry.key, lines=lines, before=before, part=part, parts=len(heights), again=again
                )
                yield Planned(Block(lines=lines, before=before), listed, group)

    def _measure(self, entry: Entry, section: Section) -> Heights:
        return tuple(_height(part, who, says) for part, (who, says) in enumerate(self._cut(entry, section)))

    def _cut(
        self, entry: Entry, section: Section, folios: Mapping[str, str] = MappingProxyType({})
    ) -> list[tuple[list[Strip], list[Strip]]]:
        """Who a person is and what is said of them, in parts where they are higher than a page."""
        who, says = self._who(entry, section, folios), self._says(entry, section)
        if not self._grid.has_person_text:
            who, says = [*who, *says], []
        room = self._grid.people_lines - self._head_lines(section)
        room -= max(
            (len(self._set(split_runs(g.title), "people-head")) + _BELOW_HEAD for g in section.groups), default=0
        )
        parts: list[tuple[list[Strip], list[Strip]]] = []
        while not parts or who or says:
            left = room - (_AGAIN_LINES if parts else 0)
            one, who = take_strips(who, left) if who else ([], [])
            other, says = take_strips(says, left) if says else ([], [])
            parts.append((one, other))
        return parts

    # ---------------------------------------------------------------- what is set of a person
    def _who(self, entry: Entry, section: Section, folios: Mapping[str, str]) -> list[Strip]:
        """The name, what the person does, where they are from, and when they speak."""
        strips = [Strip(kind="name", lines=self._set(split_runs(entry.name), "person-name"))]
        if entry.subtitle:
            strips.append(self._role("where", split_runs(entry.subtitle)))
        if value := entry.value_of(affiliation_of(entry, section)):
            strips.append(self._role("where", self._contact(value.row, entry)))
        if place := person_place(entry, section):
            strips.append(self._role("where", split_runs(" ".join(place[0].split()))))
        if sessions := [*self._sessions(entry, folios)]:
            strips.append(self._role("session", sessions))
        return strips

    def _sessions(self, entry: Entry, folios: Mapping[str, str]) -> Iterator[Run]:
        """When a person speaks, each with its page; before pages are known there is room for the longest."""
        with_pages = self._edition.press_references == "page"
        for number, each in enumerate(self._edition.sessions_of(entry)):
            line, href = each.place.line or 0, f"#{each.goal}"
            yield from [Run(text=", ", line=line)] if number else ()
            words = each.words.replace(" ", "\u00a0")
            yield Run(text=f"{words}\u00a0" if with_pages else words, line=line, href=href)
            if with_pages:
                folio = folios.get(each.goal, _LONGEST_FOLIO)
                yield Run(text=folio, line=line, href=href, bold=True, folio_of=each.goal)

    def _role(self, kind: StripKind, runs: Sequence[Run]) -> Strip:
        return Strip(kind=kind, lines=self._set(runs, "person-role"))

    def _says(self, entry: Entry, section: Section) -> list[Strip]:
        """The text, whose portrait it is, the edition's other fields, and contacts."""
        strips = [*self._setter.body(entry)]
        if entry.photo and (told := caption_of(entry.photo)):
            whole = replace(self._styles["person-text"], hyphens=False)  # it may be a name
            strips.append(Strip(kind="source", lines=set_lines(told, whole, self._library)))
        strips += self._setter.fields(entry, but=affiliation_of(entry, section))
        return [*strips, *self._setter.in_line(entry.contact, entry)]

    def _contact(self, row: ContactRow, entry: Entry) -> tuple[Run, ...]:
        return contact_runs(row, self._edition.contact_table, entry.country or self._edition.country, entry)

    def _set(self, runs: Sequence[Run], style: str) -> tuple[Line, ...]:
        return set_lines(runs, self._styles[style], self._library)

    # ---------------------------------------------------------------- what a layout sets
    def page(self, section: Section, listed: ListedPage, folios: Mapping[str, str]) -> ListingPage:
        """One page with everything that stands on it; ``folios`` are those of sessions, by their anchors."""
        columns = set_columns(section, listed, partial(self._entry, section, folios))
        guide = self._guide(section, listed)
        return ListingPage(columns=columns, guide=guide, tabs=(), head=listed.head, opens=listed.opens)

    def _entry(
        self, section: Section, folios: Mapping[str, str], block: ListedBlock, entry: Entry, *, is_top: bool
    ) -> ListingBlock:
        who, says = self._cut(entry, section, folios)[block.part]
        return ListingBlock(
            kind="entry",
            before=0 if is_top else block.before,
            lines=block.lines,
            again=f"{block.again}, {self._edition.words.continued}" if block.again else None,
            initial=initials(entry),
            entry=entry,
            is_first=block.part == 0,
            strips=tuple(_from_top(who)),
            beside=tuple(_from_top(says)),
        )

    def _guide(self, section: Section, listed: ListedPage) -> str:
        """The first and the last name that people are looked up by, or the heads that they stand below."""
        if section.groups and not all(len(group.title) == 1 for group in section.groups):
            names = [*listed.groups]
        else:
            entries = {entry.key: entry for entry in section.entries}
            names = [guide_name(entries[key], section) for key in all_keys(listed)]
        return self._setter.guide(names[0], names[-1]) if names else ""


def _height(part: int, who: Sequence[Strip], says: Sequence[Strip]) -> int:
    lines = max(height_of(who), height_of(says))
    return lines + _AGAIN_LINES if part else max(lines, _PORTRAIT_LINES)


def _from_top(strips: Sequence[Strip]) -> Iterator[Strip]:
    for at, strip in enumerate(strips):
        yield replace(strip, before=0) if at == 0 else strip


def _page(blocks: Sequence[Planned], column: Column, *, head: int, opens: bool) -> ListedPage:
    here = blocks[column.first : column.last]
    titles = dict.fromkeys(each.group.title for each in here if each.group.title)
    return ListedPage(columns=(tuple(each.listed for each in here),), groups=tuple(titles), head=head, opens=opens)


def _without_lone_row(blocks: Sequence[Planned], filled: Sequence[Column]) -> list[Column]:
    """Pages of which the last has two rows at least, where the one before can give it one."""
    columns = [*filled]
    if len(columns) < 2:
        return columns
    before, last = columns[-2:]
    rows = [at for at in range(before.first, before.last) if blocks[at].listed.kind == "entry"]
    is_lone = last.last - last.first == 1 and blocks[last.first].listed.part == 0
    if not is_lone or len(rows) < 3 or blocks[rows[-1] - 1].room.kept or blocks[rows[-1]].listed.parts > 1:
        return columns
    at = before.last - 1
    used = blocks[at].room.lines + blocks[last.first].room.before + last.used
    if used > last.lines:
        return columns
    return [*columns[:-2], replace(before, last=at), replace(last, first=at, used=used)]
