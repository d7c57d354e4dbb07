"""The page tree's own claims: a program that believes them finds other pages than one that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from directory_pub.preflight.report import Problem, problem
from directory_pub.preflight.streams import object_key

__all__ = ["check_page_tree"]

_MEND = "Open the file in the program that made it and save it again."


def check_page_tree(root: Any) -> list[Problem]:
    """Hold what the nodes say of themselves against what they hold: the number of pages, and where they hang.

    Kids that are no pages, and pages that are listed twice, are damage: the file is mended as it opens.
    """
    found: list[Problem] = []
    _count(root.Pages, 0, found)
    return found


def _count(node: Any, before: int, found: list[Problem]) -> int:
    """The pages below a node, of which ``before`` stand ahead; ``found`` gains what is wrong with them."""
    held = 0
    for kid in node.get("/Kids", []):
        found += _check_parent(kid, node, before + held + 1)
        held += _count(kid, before + held, found) if "/Kids" in kid else 1
    claimed = node.get("/Count")
    if claimed != held:
        subject = "a node of the page tree" if "/Parent" in node else "the page tree"
        says = "does not say how many pages it has" if claimed is None else f"says {claimed} pages"
        found.append(
            problem("page-tree", f"{subject} {says}; it holds {held}.", _MEND, measured=str(claimed), limit=str(held))
        )
    return held


def _check_parent(kid: Any, node: Any, folio: int) -> Iterator[Problem]:
    parent = kid.get("/Parent")
    if not isinstance(parent, pikepdf.Dictionary) or object_key(parent) != object_key(node):
        named = "another parent than" if parent is not None else "no parent, not"
        yield problem("page-tree", f"the page names {named} the node that lists it.", _MEND, page=folio)
