"""Lengths in sheets and layouts that no page can have: the engine's figures end before them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

import tinycss2

from directory_pub.findings import Finding, Place, error

__all__ = ["MOST_MM", "far_too_long", "too_long"]

MOST_MM = 100_000
"""The longest length that is heard, and as much of any unit that is none of length."""
_IN_MM = {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "q": 0.25}
_SHEETS_AT_HAND = 64  # about twice as many as a project has
_MAY_BE_LONG = re.compile(r"\d{5}|\de\+?\d", re.IGNORECASE)


@functools.lru_cache(maxsize=_SHEETS_AT_HAND)
def too_long(css: str) -> tuple[tuple[str, int], ...]:
    """The lengths in CSS that are longer than ``MOST_MM``, as they were written, each with its line."""
    if not _MAY_BE_LONG.search(css):
        return ()
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    return tuple(
        (f"{each.representation}{each.unit}", each.source_line)
        for each in _dimensions(tokens)
        if not abs(each.value) * _IN_MM.get(each.lower_unit, 1) <= MOST_MM
    )


def far_too_long(written: str, place: Place) -> Finding:
    """The finding on such a length."""
    remedy = f"Write a length of up to {MOST_MM // 1000} m; pages are far smaller."
    return error("value-type", place, f"'{written}' is longer than any page can be.", remedy)


def _dimensions(tokens: Iterable[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    """All numbers with a unit, in blocks and functions too."""
    for each in tokens:
        if each.type == "dimension":
            yield each
        yield from _dimensions(getattr(each, "content", None) or getattr(each, "arguments", None) or ())
