"""The pages of a listing or register: what stands in which column, and what a layout sets of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.filling import Block, Column, fill_columns
from directory_pub.compose.strips import Strip, StripSetter, height_of
from directory_pub.design.grid import SIDE_PLOT_AIR, STREET_AIR, Grid
from directory_pub.edition.flatplan import ListedBlock, ListedPage
from directory_pub.edition.model import Edition, Entry, Group, Section
from directory_pub.storage.hashes import hash_of

__all__ = [
    "Heights",
    "ListingBlock",
    "ListingPage",
    "ListingTab",
    "Listings",
    "Planned",
    "all_keys",
    "set_columns",
    "take_strips",
]

_BETWEEN = 2  # lines between two entries
_BELOW_HEAD, _ABOVE_ROW_HEAD = 1, 1
_BOX_LINES = 1  # above and below what stands in a box: three quarters of a line are its ground's
_TILE_LINES = 4
_AGAIN_LINES = 1
_MOST_IN_PART, _LEAST_IN_PART = 128, 64  # entries that are filled together: an edit moves no others
Heights = tuple[int, ...]


class ListingBlock(Struct, frozen=True, kw_only=True):
    """A head or an entry as a layout sets it: where it stands in its column, and its strips.

    ``field_mm`` is the height of an extended entry's field of artwork.
    """

    kind: str
    before: int
    lines: int
    again: str | None = None
    title: str = ""
    initial: str = ""
    entry: Entry | None = None
    is_first: bool = True
    strips: tuple[Strip, ...] = ()
    beside: tuple[Strip, ...] = ()
    field_mm: float = 0.0


class ListingTab(Struct, frozen=True):
    """A letter's tab at the fore edge: its place below the head of the text, and how high it is."""

    letter: str
    top_mm: float
    height_mm: float


class ListingPage(Struct, frozen=True, kw_only=True):
    """One page as a layout sets it, with the guide words at its head.

    What stands in columns begins ``head`` lines below the first; a page that ``opens`` a section has its title there.
    """

    columns: tuple[tuple[ListingBlock, ...], ...]
    guide: str
    tabs: tuple[ListingTab, ...]
    head: int = 0
    opens: bool = False


class Listings:
    """The listings of one edition."""

    def __init__(self, edition: Edition, grid: Grid, setter: StripSetter) -> None:
        self._edition = edition
        self._grid = grid
        self._setter = setter
        self._continued = edition.words.continued
        self._head_rooms: dict[str, int] = {}
        self._in_full = {e.key for s in edition.sections if s.form != "register" for e in s.entries}

    # ---------------------------------------------------------------- what stands where
    def plan(self, section: Section, recall: Callable[[Entry, Callable[[], Heights]], Heights]) -> list[ListedPage]:
        """The pages of a section; ``recall`` gives the heights that an entry was measured to have, or measures it."""
        groups = section.groups or (Group(title="", initial="", entries=section.entries),)
        is_register = section.form == "register"  # whose pages have too many letters for tabs
        tabs = [] if is_register else list(dict.fromkeys(group.initial for group in groups if group.initial))
        pages: list[ListedPage] = []
        parts = [list(groups)] if is_register else _parts(groups)
        for number, part in enumerate(parts, 1):
            blocks = [block for group in part for block in self._blocks(group, section, recall)]
            columns = self._grid.row_columns if is_register else self._grid.listing_columns
            room, goes_on = [each.room for each in blocks], number < len(parts)
            filled = fill_columns(room, self._grid.list_lines, columns=columns, goes_on=goes_on)
            pages += [_page(blocks, filled[at : at + columns], tabs) for at in range(0, len(filled), columns)]
        return pages

    def _blocks(
        self, group: Group, section: Section, recall: Callable[[Entry, Callable[[], Heights]], Heights]
    ) -> Iterator[Planned]:
        is_register = section.form == "register"
        if group.title:
            lines, before = self._setter.head_lines(group, section), _ABOVE_ROW_HEAD if is_register else _BETWEEN
            head = ListedBlock(kind="head", key=group.title, lines=lines, before=before)
            yield Planned(Block(lines=lines, before=before, kept=True), head, group)
        for number, entry in enumerate(group.entries):
            heights = recall(entry, partial(self._measure, entry, section))
            is_below_head = number == 0 and bool(group.title)
            for part, lines in enumerate(heights):
                before = 0 if is_register else _BELOW_HEAD if is_below_head else _BETWEEN
                goes_on = is_register and bool(group.title) and number > 0
                again = group.title if goes_on else entry.name if part else None
                listed = ListedBlock(
                    kind="entry", key=entry.key, lines=lines, before=before, part=part, parts=len(heights), again=again
                )
                # A head keeps its first two rows, and no last row goes on alone.
                is_before_last = number == len(group.entries) - 2
                kept = is_register and (is_before_last or (is_below_head and len(group.entries) > 1))
                # What goes on from another column counts its own head.
                room = Block(lines=lines, before=before, kept=kept, again=_AGAIN_LINES if goes_on else 0)
                yield Planned(room, listed, group)

    def _measure(self, entry: Entry, section: Section) -> Heights:
        """The height of an entry, or of each of its parts if no column holds it."""
        if section.form == "register":
            stands_elsewhere = entry.key in self._in_full
            return (self._setter.row(entry, section, stands_elsewhere=stands_elsewhere).height,)
        return tuple(self._height(entry, part, beside) for part, beside in self._cut(entry, section))

    def _height(self, entry: Entry, strips: Sequence[Strip], beside: Sequence[Strip]) -> int:
        is_whole = not strips or strips[0].kind == "name"
        is_big = entry.level == "extended" and is_whole
        above = self._grid.side_plot_lines + SIDE_PLOT_AIR if is_big and self._grid.has_beside else 0
        lines = max(height_of(strips), above + height_of(beside)) + (0 if is_whole else _AGAIN_LINES)
        if is_big:
            lines += 0 if self._grid.has_beside else self._grid.street_lines + STREET_AIR
        elif is_whole:
            lines = max(lines, _TILE_LINES)
        return lines + 2 * _BOX_LINES * (entry.level == "boxed")

    def _cut(self, entry: Entry, section: Section) -> list[tuple[list[Strip], list[Strip]]]:
        """An entry's strips, in parts where they are higher than a column."""
        strips, beside = self._setter.entry(entry, section)
        # Below the highest head of a group, which any entry may stand below.
        room = self._grid.list_lines - self._head_room(section)
        if self._height(entry, strips, beside) <= room:
            return [(strips, beside)]
        parts: list[tuple[list[Strip], list[Strip]]] = []
        room -= 2 * _BOX_LINES * (entry.level == "boxed")
        first = room - (0 if self._grid.has_beside else self._grid.street_lines + STREET_AIR) * (
            entry.level == "extended"
        )
        while strips:
            one, strips = take_strips(strips, (first if not parts else room) - _AGAIN_LINES)
            one_beside, beside = take_strips(beside, room - _AGAIN_LINES) if beside else ([], [])
            parts.append((one, one_beside))
        while beside:
            one_beside, beside = take_strips(beside, room - _AGAIN_LINES)
            parts.append(([], one_beside))
        return parts

    def _head_room(self, section: Section) -> int:
        """The lines of the section's highest head, with those below it; a section is asked once."""
        if section.key not in self._head_rooms:
            heads = [self._setter.head_lines(group, section) for group in section.groups]
            self._head_rooms[section.key] = max(heads) + _BELOW_HEAD if heads else 0
        return self._head_rooms[section.key]

    # ---------------------------------------------------------------- what a layout sets
    def page(self, section: Section, listed: ListedPage, folios: Mapping[str, str]) -> ListingPage:
        """One page with everything that stands on it; ``folios`` are those that a register names, by key."""
        columns = set_columns(section, listed, partial(self._entry, section, folios))
        return ListingPage(columns=columns, guide=self._guide(section, listed), tabs=self._tabs(listed))

    def _entry(
        self, section: Section, folios: Mapping[str, str], block: ListedBlock, entry: Entry, *, is_top: bool
    ) -> ListingBlock:
        before = 0 if is_top else block.before
        # A part says whose it is wherever it stands; rows say it at the head of a column.
        again = f"{block.again}, {self._continued}" if block.again and (block.part or is_top) else None
        if section.form == "register":
            row = self._setter.row(entry, section, stands_elsewhere=entry.key in self._in_full)
            row = replace(row, folio=folios.get(entry.key, ""))
            return ListingBlock(kind="row", before=before, lines=block.lines, again=again, entry=entry, strips=(row,))
        is_big = entry.level == "extended" and block.part == 0
        strips, beside = self._cut(entry, section)[block.part]
        strips = [replace(each, before=0) if at == 0 else each for at, each in enumerate(strips)]
        return ListingBlock(
            kind="entry",
            before=before,
            lines=block.lines,
            again=again,
            entry=entry,
            is_first=block.part == 0,
            strips=tuple(strips),
            beside=tuple(beside),
            field_mm=self._grid.street_mm if is_big and not self._grid.has_beside else 0.0,
        )

    def _guide(self, section: Section, listed: ListedPage) -> str:
        """The first and the last name on a page, or the places or values that it is grouped by."""
        known = {entry.key: entry.name for entry in section.entries}
        if section.groups and not all(len(group.title) == 1 for group in section.groups):
            names = [*listed.groups]
        else:
            names = [known[key] for key in all_keys(listed)]
        return self._setter.guide(names[0], names[-1])

    def _tabs(self, listed: ListedPage) -> tuple[ListingTab, ...]:
        """The tabs of a page, stepping down the fore edge from letter to letter."""
        if not listed.tabs_in_all:
            return ()
        pitch_mm = min(self._grid.mm("tab-pitch"), self._grid.text_height_mm / listed.tabs_in_all)
        return tuple(ListingTab(letter, round(at * pitch_mm, 3), round(pitch_mm, 3)) for letter, at in listed.tabs)


def set_columns(
    section: Section, listed: ListedPage, set_entry: Callable[..., ListingBlock]
) -> tuple[tuple[ListingBlock, ...], ...]:
    """The columns of a page: heads of groups, and entries by ``set_entry(block, entry, is_top=…)``."""
    entries = {entry.key: entry for entry in section.entries}
    groups = {group.title: group for group in section.groups}

    def set_one(block: ListedBlock, *, is_top: bool) -> ListingBlock:
        if block.kind == "entry":
            return set_entry(block, entries[block.key], is_top=is_top)
        group, before = groups[block.key], 0 if is_top else block.before
        return ListingBlock(kind="head", before=before, lines=block.lines, title=group.title, initial=group.initial)

    return tuple(tuple(set_one(block, is_top=at == 0) for at, block in enumerate(column)) for column in listed.columns)


# -------------------------------------------------------------------- planning
class Planned(Struct, frozen=True):
    """What is filled: the room that it takes, what it is, and the group that it belongs to."""

    room: Block
    listed: ListedBlock
    group: Group


def _page(blocks: Sequence[Planned], filled: Sequence[Column], tabs: Sequence[str]) -> ListedPage:
    columns = tuple(tuple(each.listed for each in blocks[column.first : column.last]) for column in filled)
    here = [blocks[at].group for column in filled for at in range(column.first, column.last)]
    initials = [initial for initial in dict.fromkeys(group.initial for group in here) if initial in tabs]
    return ListedPage(
        columns=columns,
        groups=tuple(dict.fromkeys(group.title for group in here if group.title)),
        tabs=tuple((initial, tabs.index(initial)) for initial in initials),
        tabs_in_all=len(tabs),
    )


def _parts(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups that are filled together, each part from a new page, so that an edit moves nothing in the others.

    A part begins with a group once the one before has enough entries; a group that is too long by itself is parted
    where the content says, so that an entry more does not move all the cuts behind it.
    """
    parts: list[list[Group]] = [[]]
    for group in groups:
        for number, piece in enumerate(_pieces(group)):
            count = sum(len(each.entries) for each in parts[-1])
            if count >= _LEAST_IN_PART or number:
                parts.append([])
            parts[-1].append(piece)
    if len(parts) > 1 and sum(len(each.entries) for each in parts[-1]) < _LEAST_IN_PART // 2:
        last = parts.pop()
        parts[-1] += last
    return parts


def _pieces(group: Group) -> Iterator[Group]:
    entries = list(group.entries)
    while len(entries) > _MOST_IN_PART:
        window = range(_LEAST_IN_PART, _MOST_IN_PART)
        at = min(window, key=lambda at: hash_of(entries[at].key))
        yield Group(title=group.title, initial=group.initial, entries=tuple(entries[:at]))
        entries = entries[at:]
    yield Group(title=group.title, initial=group.initial, entries=tuple(entries))


def take_strips(strips: Sequence[Strip], lines: int) -> tuple[list[Strip], list[Strip]]:
    """As many strips as so many lines hold, the last of them cut if it may be, and the others; at least one."""
    taken: list[Strip] = []
    for at, strip in enumerate(strips):
        rest = [*strips[at:]]
        left = lines - height_of(taken) - (strip.before if taken else 0)
        if strip.height <= left:
            taken.append(strip)
            continue
        if cut := strip.cut(left):
            return [*taken, cut[0]], [cut[1], *rest[1:]]
        if taken and taken[-1].kind == "heading":  # a head never stands last
            rest.insert(0, taken.pop())
        return (taken, rest) if taken else ([strip], rest[1:])
    return taken, []


def all_keys(listed: ListedPage) -> list[str]:
    """The keys of all entries of a page, of those too that go on there."""
    return [block.key for column in listed.columns for block in column if block.kind == "entry"]
