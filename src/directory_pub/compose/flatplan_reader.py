"""Read the order of the book's pieces off its flatplans, book.html.j2 and tail.html.j2, without setting any.

The layout is rendered with a stand-in for each layout that it includes; a stand-in writes down
what would have stood there. So the order of the pages is in one place, and a designer's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import jinja2

from directory_pub.compose.layout_files import LayoutFiles
from directory_pub.flatplan import PlannedPiece
from directory_pub.model import Edition, Entry, Section

__all__ = ["plan_pieces"]

_STAND_IN = "{{ put('%s', section if section is defined else none, entry if entry is defined else none) }}"


def plan_pieces(edition: Edition, layout: str, **context: object) -> list[PlannedPiece]:
    """What a flatplan includes from ``pages/`` and as entries, in its order; raises jinja2.TemplateError.

    Pages for notes that follow one another are one piece.
    """
    plan: list[PlannedPiece] = []

    def put(kind: str, section: Section | None, entry: Entry | None) -> str:
        match kind:
            case "entry" if entry:
                plan.append(PlannedPiece(kind=kind, key=entry.key, section=section, entry=entry))
            case "opener" if section:
                plan.append(PlannedPiece(kind=kind, key=section.key, section=section))
            case _ if plan and plan[-1].kind == kind:
                plan[-1] = replace(plan[-1], count=plan[-1].count + 1)
            case _:
                plan.append(PlannedPiece(kind=kind, key=kind))
        return ""

    loader = jinja2.FunctionLoader(_stand_ins(LayoutFiles(edition.root), layout))
    environment = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, autoescape=True)
    environment.globals["put"] = put
    environment.get_template(layout).render(edition=edition, **context)
    return plan


def _stand_ins(layouts: LayoutFiles, flatplan: str) -> Callable[[str], str]:
    """The flatplan's own text, and for each layout that is there what writes down that it was asked for."""

    def load(name: str) -> str:
        text, _ = layouts.text(name)
        if name == flatplan:
            return text
        folder, _, file = name.rpartition("/")
        kind = file.partition(".")[0]
        return _STAND_IN % kind if folder == "pages" or kind == "entry" else ""

    return load
