"""Lines and blocks: no line stands beside a block, and what lines have parted is one again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from directory_pub.finish.tagging.items import Content, Item, Space
from directory_pub.finish.tagging.roles import BLOCK_TEXT, INLINE
from directory_pub.finish.tagging.typeset_tags import MarkedContent

__all__ = ["has_role", "in_paragraphs", "is_block", "joined", "term_rows"]


def has_role(each: object, *roles: str) -> bool:
    return isinstance(each, Item) and each.role in roles


def is_block(each: object) -> bool:
    return isinstance(each, Item) and each.role not in INLINE


def in_paragraphs(content: Content, *, only_mixed: bool = False) -> Content:
    """Content in which no line stands beside a block.

    What a sheet puts before or after a block, such as a quote's mark, belongs to the line next to
    it; other lines become paragraphs. With ``only_mixed`` lines without a block stay as they are.
    """
    if only_mixed and not any(is_block(each) for each in content):
        return joined(content)
    out: Content = []
    loose: Content = []
    for each in content:
        if not is_block(each):
            loose.append(each)
            continue
        if _only_made_by_sheet(loose) and (line := _first_line(each)) is not None:
            line.content[:0] = loose
            loose = []
        out += _paragraph(loose)
        loose = []
        out.append(each)
    if out and _only_made_by_sheet(loose) and (line := _last_line(out[-1])) is not None:
        line.content += loose
        return out
    return out + _paragraph(loose)


def _paragraph(loose: Content) -> Content:
    return [Item("P", joined(loose))] if any(not isinstance(each, Space) for each in loose) else []


def _only_made_by_sheet(loose: Content) -> bool:
    marked = [each for each in loose if isinstance(each, MarkedContent)]
    return bool(marked) and len(marked) == len(loose) and all(mark.pseudo for mark in marked)


def _first_line(each: object) -> Item | None:
    """The first item below that holds text directly."""
    if not isinstance(each, Item):
        return None
    if each.role.rstrip("123456") in BLOCK_TEXT and not is_block(next(iter(each.content), None)):
        return each
    return next((line for item in each.items() if (line := _first_line(item)) is not None), None)


def _last_line(each: object) -> Item | None:
    if not isinstance(each, Item):
        return None
    if each.role.rstrip("123456") in BLOCK_TEXT and not is_block(next(reversed(each.content), None)):
        return each
    return next((line for item in reversed(list(each.items())) if (line := _last_line(item)) is not None), None)


def joined(content: Content) -> Content:
    """Parts of one link, or of one passage in another language, that lines have parted, in one."""
    out: Content = []
    spaces: Content = []
    for each in content:
        if isinstance(each, Space):
            spaces.append(each)
            continue
        held = out[-1] if out else None
        if isinstance(held, Item) and isinstance(each, Item) and _are_parts(held, each):
            out[-1] = replace(
                held,
                content=[*held.content, *spaces, *each.content],
                elements=held.elements + each.elements,
                text=(" " if spaces else "").join((held.text, each.text)),
            )
        else:
            out += [*spaces, each]
        spaces = []
    return out + spaces


def _are_parts(one: Item, other: Item) -> bool:
    if one.role != other.role or one.role not in ("Link", "Span"):
        return False
    return (one.target, one.language, one.key) == (other.target, other.language, other.key)


def term_rows(content: Content) -> Iterator[Item | MarkedContent | Space]:
    """Each term with what is said of it as an item of a list."""
    row: Item | None = None
    for each in content:
        if has_role(each, "DT"):
            if row is not None:
                yield row
            row = Item("LI", [_renamed(each, "Lbl")])
        elif has_role(each, "DD"):
            row = row or Item("LI")
            row.content.append(_renamed(each, "LBody"))
        else:
            yield each
    if row is not None:
        yield row


def _renamed(each: Item | MarkedContent | Space, role: str) -> Item:
    assert isinstance(each, Item)
    return replace(each, role=role)
