"""Each page with the resources that it names, and no others.

The engine gives all pages one dictionary with every face and picture of the book. Whoever opens
a linearised file would then wait for all of them before the cover can be shown.
"""

from __future__ import annotations

from collections import defaultdict

import pikepdf
from pikepdf import Dictionary, Name

__all__ = ["keep_named_resources"]

_NAMING = {
    "Tf": "/Font",
    "Do": "/XObject",
    "gs": "/ExtGState",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
    "DP": "/Properties",
}


def keep_named_resources(page: pikepdf.Page) -> None:
    """Give the page a dictionary of its own with what its content names, in the order of the shared one."""
    named = _named(page)
    shared = page.resources
    own = Dictionary()
    for category, entries in shared.items():
        if category not in set(_NAMING.values()):
            own[category] = entries  # such as /ProcSet, which names nothing
            continue
        kept = {name: entries[name] for name in entries.keys() if name in named[category]}  # noqa: SIM118
        if kept:
            own[category] = Dictionary(kept)
    page.obj.Resources = own


def _named(page: pikepdf.Page) -> dict[str, set[str]]:
    """The names in a page's content by the category of resource."""
    named: dict[str, set[str]] = defaultdict(set)
    for instruction in pikepdf.parse_content_stream(page, " ".join(_NAMING)):
        for operand in instruction.operands:
            if isinstance(operand, Name):
                named[_NAMING[str(instruction.operator)]].add(str(operand))
    return named
