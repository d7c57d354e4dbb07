"""What a file does by itself, and where: actions of the document, its pages, annotations, bookmarks and fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

from directory_pub.preflight.effort import spend
from directory_pub.preflight.streams import object_key

__all__ = ["acts_of", "is_script", "items_of"]

_DEEPEST = 32
_STEPS_AN_ITEM = 4


def acts_of(holder: Any) -> Iterator[Any]:
    """The actions of a catalogue, page, annotation, bookmark or field; a list of places to go to is none."""
    for key in ("/OpenAction", "/A"):
        yield from _chain(holder.get(key), 0)
    events = holder.get("/AA")
    if isinstance(events, Dictionary):
        for event in events.values():
            yield from _chain(event, 0)


def _chain(action: Any, depth: int) -> Iterator[Any]:
    """An action and those that come after it."""
    if isinstance(action, Array) and depth:
        for one in action:
            yield from _chain(one, depth + 1)
    elif isinstance(action, Dictionary) and depth < _DEEPEST:
        spend(_STEPS_AN_ITEM)
        yield action
        yield from _chain(action.get("/Next"), depth + 1)


def is_script(action: Any) -> bool:
    """Whether an action runs a script."""
    return action.get("/S") == "/JavaScript" or "/JS" in action


def items_of(top: Any, *keys: str) -> Iterator[Any]:
    """The items of a tree such as that of bookmarks, each once; ``keys`` lead from an item to others."""
    waiting, seen = [top], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting += list(item)
        if not isinstance(item, Dictionary) or object_key(item) in seen:
            continue
        spend(_STEPS_AN_ITEM)
        seen |= {object_key(item)} - {None}
        yield item
        waiting += [item[key] for key in keys if key in item]
