"""Which element of the layouts each part of the engine's structure tree was set from.

The engine tags what it draws and forgets why: a note is a span, a contents row three links, an
entry begins anew on every page. Finish makes a structure tree that a reader can use, and for
that it must know the element behind each tag. The engine has no public way to say it, so here,
and nowhere else, one function of its inside is wrapped while a file is written: each structure
element gets its element's number and, for what a sheet adds, the pseudo-element's name as its
title (/T), such as ``17`` or ``17::before``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

__all__ = ["marking", "number_elements"]

# Of the engine's version that pyproject.toml pins; tests/unit/test_element_marks.py says what an upgrade broke.
_MODULE, _FUNCTION = "weasyprint.pdf.tags", "_build_box_tree"


def number_elements(roots: Sequence[Element]) -> list[Element]:
    """The elements of one or more documents in their order: an element's number is its index."""
    return [element for root in roots for element in root.iter()]


@contextmanager
def marking(elements: Sequence[Element]) -> Iterator[None]:
    """While this lasts, what the engine writes carries the numbers of its elements."""
    import importlib

    tags = importlib.import_module(_MODULE)
    numbers = {id(element): number for number, element in enumerate(elements)}
    original = getattr(tags, _FUNCTION)
    setattr(tags, _FUNCTION, _mark_each(original, numbers))
    try:
        yield
    finally:
        setattr(tags, _FUNCTION, original)


def _mark_each(original: Callable[..., Iterator[Any]], numbers: dict[int, int]) -> Callable[..., Iterator[Any]]:
    """The engine's function, which calls itself by its name, so that every level is marked."""
    import pydyf

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        for element in original(box, *rest):
            placed = getattr(box, "_box", box)  # an absolute box stands behind a placeholder
            number = numbers.get(id(placed.element))
            if number is not None and "T" not in element:
                element["T"] = pydyf.String(f"{number}{_pseudo(placed)}")
            yield element

    return build


def _pseudo(box: Any) -> str:
    """What the sheet adds to an element: ``::before`` and its kin, or the dots of a ``::leader``."""
    if box.is_leader:
        return "::leader"
    _, colons, name = str(box.element_tag).partition("::")
    return colons + name
