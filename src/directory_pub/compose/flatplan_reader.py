"""Read the order of the book's pieces off its flatplan, layouts/book.html.j2, without setting any.

The layout is rendered with a stand-in for each layout that it includes; a stand-in writes down
what would have stood there. So the order of the pages is in one place, and a designer's.
"""

from __future__ import annotations

from collections.abc import Callable

import jinja2

from directory_pub.flatplan import PlannedPiece
from directory_pub.model import Edition, Entry, Section

__all__ = ["plan_pieces"]

_FLATPLAN = "book.html.j2"
_STAND_IN = "{{ put('%s', section if section is defined else none, entry if entry is defined else none) }}"


def plan_pieces(edition: Edition) -> list[PlannedPiece]:
    """What the flatplan includes from ``pages/`` and as entries, in its order; raises jinja2.TemplateError."""
    plan: list[PlannedPiece] = []

    def put(kind: str, section: Section | None, entry: Entry | None) -> str:
        match kind:
            case "entry" if entry:
                plan.append(PlannedPiece(kind=kind, key=entry.key, section=section, entry=entry))
            case "opener" if section:
                plan.append(PlannedPiece(kind=kind, key=section.key, section=section))
            case _:
                plan.append(PlannedPiece(kind=kind, key=kind))
        return ""

    source = (edition.root / "layouts" / _FLATPLAN).read_text("utf-8")
    environment = jinja2.Environment(loader=_stand_ins(source), undefined=jinja2.StrictUndefined, autoescape=True)
    environment.globals["put"] = put
    environment.get_template(_FLATPLAN).render(edition=edition, folios=None)
    return plan


def _stand_ins(flatplan: str) -> jinja2.FunctionLoader:
    def load(name: str) -> str:
        if name == _FLATPLAN:
            return flatplan
        folder, _, file = name.rpartition("/")
        kind = file.partition(".")[0]
        return _STAND_IN % kind if folder == "pages" or kind == "entry" else ""

    loader: Callable[[str], str] = load
    return jinja2.FunctionLoader(loader)
