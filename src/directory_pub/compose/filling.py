"""Fill columns with whole blocks: the breaks that leave the columns most alike, in as few columns as can be.

The engine's own columns are greedy, and lose text where one head spans them. Heights are whole
lines here, so that filling is arithmetic: all breaks are weighed together, by the squares of the
lines that each column leaves free.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

__all__ = ["Block", "Column", "fill_columns", "full_columns", "level_columns"]

_Cost = tuple[int, int]  # columns, and the squares of the lines that they leave free
_PARTED = 16  # for a group that a column parts: as much as four free lines


class Block(Struct, frozen=True, kw_only=True):
    """What is never parted: its height and the space above it, in lines.

    ``kept`` with the next means that no column ends behind it. A column that starts with it has ``again`` lines
    above, in which the head that it belongs to is repeated; one that starts ``within`` a group parts that.
    """

    lines: int
    before: int = 0
    kept: bool = False
    again: int = 0
    within: bool = False


class Column(Struct, frozen=True):
    """Blocks ``first`` to ``last`` (not with it), which take so many of the column's lines."""

    first: int
    last: int
    used: int
    lines: int

    @property
    def free(self) -> int:
        """The lines that are left."""
        return self.lines - self.used


def fill_columns(
    blocks: Sequence[Block], lines: int, *, columns: int = 1, head: int = 0, goes_on: bool = False
) -> list[Column]:
    """The columns that hold all blocks in their order, ``columns`` of them a page, each of so many lines.

    Those of the first page are ``head`` lines lower. Those of the last page are levelled: they are as low as they
    can be; where more follows on the next page (``goes_on``), they are as even as those before. A block that is
    higher than a column stands alone in one, and its ``free`` is below zero.
    """
    if not blocks:
        return []
    heights = [lines - head] * columns + [lines]
    filled = _weigh(blocks, heights, goes_on=goes_on)
    if goes_on and (whole := _whole_pages(blocks, filled, heights, columns)):
        return whole
    start = (len(filled) - 1) // columns * columns
    return [*filled[:start], *_level(blocks, filled[start:], len(filled) - start, columns)]


def _weigh(blocks: Sequence[Block], heights: Sequence[int], first: int = 0, *, goes_on: bool = False) -> list[Column]:
    """The best columns from a block on; column number n is ``heights[n]`` high, and later ones as the last."""
    best: dict[tuple[int, int], tuple[_Cost, Column | None, int]] = {(first, 0): ((0, 0), None, 0)}
    deepest = len(heights) - 1
    for at in range(first, len(blocks)):
        for number in range(deepest + 1):
            if (at, number) not in best:
                continue
            (count, squares), _, _ = best[at, number]
            squares += _PARTED if at > first and blocks[at].within else 0
            following = min(number + 1, deepest)
            for column in _columns_from(blocks, at, heights[number]):
                # The last column may end anywhere from its middle on, if nothing follows it.
                is_last = column.last == len(blocks) and not goes_on
                free = max(column.free - column.lines // 2, 0) if is_last else column.free
                cost = (count + 1, squares + free * free)
                known = best.get((column.last, following))
                if known is None or cost < known[0]:
                    best[column.last, following] = (cost, column, number)
    end = min((key for key in best if key[0] == len(blocks)), key=lambda key: best[key][0])
    return _walk_back(best, end)


def _walk_back(best: dict[tuple[int, int], tuple[_Cost, Column | None, int]], end: tuple[int, int]) -> list[Column]:
    columns: list[Column] = []
    _, column, number = best[end]
    while column is not None:
        columns.append(column)
        _, column, number = best[column.first, number]
    return columns[::-1]


def _columns_from(blocks: Sequence[Block], first: int, lines: int) -> list[Column]:
    """Every column that may begin with a block; one that is too high for any stands alone."""
    found: list[Column] = []
    used = blocks[first].again
    for at in range(first, len(blocks)):
        used += blocks[at].lines + (blocks[at].before if at > first else 0)
        if used > lines and found:
            break
        if not blocks[at].kept or at + 1 == len(blocks):
            found.append(Column(first, at + 1, used, lines))
        if used > lines and found:
            break
    return found


def _whole_pages(
    blocks: Sequence[Block], filled: list[Column], heights: Sequence[int], columns: int
) -> list[Column] | None:
    """Columns for whole pages: where the last page would lack some, all are filled less high, if that gives them."""
    wanted = -(-len(filled) // columns) * columns
    least, most = 1, heights[-1]
    while len(filled) != wanted and least <= most:
        lower = (least + most) // 2
        tried = _weigh(blocks, [each - heights[-1] + lower for each in heights], goes_on=True)
        if len(tried) > wanted:
            least = lower + 1
        else:
            most = lower - 1
            filled = tried
    if len(filled) != wanted:
        return None
    rooms = (*heights, *[heights[-1]] * len(filled))
    return [Column(each.first, each.last, each.used, room) for each, room in zip(filled, rooms, strict=False)]


def _level(blocks: Sequence[Block], filled: Sequence[Column], count: int, columns: int) -> list[Column]:
    """The columns of the last page, as low as they can be and still be no more than a page has.

    They may be half as high again where then none goes on in the next.
    """
    first, lines = filled[0].first, filled[0].lines
    total = sum(column.used for column in filled)
    lowest: list[Column] = []
    for lower in range(max(-(-total // columns), 1), lines):
        levelled = _greedy(blocks, first, lower)
        if len(levelled) > max(count, columns) or any(column.free < 0 for column in levelled):
            continue
        lowest = lowest or levelled
        if lower > 1.5 * lowest[0].lines:
            break
        if not any(blocks[each.first].again or blocks[each.first].within for each in levelled[1:]):
            lowest = levelled
            break
    return [Column(each.first, each.last, each.used, lines) for each in lowest] or list(filled)


def _greedy(blocks: Sequence[Block], first: int, lines: int) -> list[Column]:
    """Columns that are each filled as far as they go."""
    columns: list[Column] = []
    while first < len(blocks):
        columns.append(_columns_from(blocks, first, lines)[-1])
        first = columns[-1].last
    return columns


# -------------------------------------------------------------------- a page alone
def full_columns(blocks: Sequence[Block], lines: int, head: int = 0) -> list[Column]:
    """Columns that are each filled as far as they go: for rows of a line or two, which leave little free.

    The first has a ``head`` of so many lines.
    """
    first = _greedy(blocks, 0, lines - head)[:1]
    return [*first, *_greedy(blocks, first[0].last, lines)] if first else []


def level_columns(blocks: Sequence[Block], lines: int, columns: int) -> list[Column]:
    """The columns of one page of such rows, as low as they can be; full ones where all of them do not fit."""
    full = _greedy(blocks, 0, lines)
    return _level(blocks, full, columns, columns) if full and len(full) <= columns else full
