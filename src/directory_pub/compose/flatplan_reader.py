"""Read the order of the book's pieces off its flatplans, book.html.j2 and tail.html.j2, without setting any.

The layout is rendered with a stand-in for each layout that it includes; a stand-in writes down
what would have stood there. So the order of the pages is in one place, and a designer's.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.utils import pass_context
from msgspec.structs import replace

from directory_pub.compose.layout_files import LayoutFiles
from directory_pub.compose.layouts import Layouts
from directory_pub.edition.flatplan import LISTED_KINDS, ListedPage, PlannedDay, PlannedPiece
from directory_pub.edition.model import BookPart, Edition, Entry, Index, Section, TextPage
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.theme import Theme

__all__ = ["plan_pieces"]

_LETTERS_A_PIECE = 10
_STAND_IN = "{{ put() }}"
_OF_LISTING = "/"  # between a section's key and the number of a piece of its listing: it stands in no key


def plan_pieces(layouts: Layouts, edition: Edition, layout: str, **context: object) -> list[PlannedPiece]:
    """What a flatplan includes from ``pages/`` and as entries, in its order; raises LayoutError.

    Pages for notes that follow one another are one piece.
    """
    plan: list[PlannedPiece] = []

    @pass_context
    def put(context: Context) -> str:
        folder, _, file = (context.name or "").rpartition("/")
        kind, section, entry = file.partition(".")[0], context.get("section"), context.get("entry")
        page, part = context.get("page"), context.get("part")
        if kind == "entry":
            if not isinstance(entry, Entry) or not isinstance(section, Section):
                raise TemplateRuntimeError("An entry stands here, but 'entry' and 'section' do not say which")
            plan.append(PlannedPiece(kind=kind, key=entry.key, section=section, entry=entry))
        elif folder != "pages":
            pass
        elif kind in LISTED_KINDS:
            listed = context.get("listed")
            if not isinstance(listed, ListedPage) or not isinstance(section, Section):
                raise TemplateRuntimeError(
                    "A page of a listing stands here, but 'section' and 'listed' do not say which"
                )
            _put_listed(plan, kind, section, listed)
        elif kind == "opener":
            if not isinstance(section, Section):
                raise TemplateRuntimeError("An opener stands here, but 'section' does not say whose")
            plan.append(PlannedPiece(kind=kind, key=section.key, section=section))
        elif kind == "index":
            index = context.get("index")
            if not isinstance(index, Index):
                raise TemplateRuntimeError("An index stands here, but 'index' does not say which")
            plan.append(PlannedPiece(kind=kind, key=index.key))
        elif kind == "adverts":
            adverts = context.get("advert_page")
            if not isinstance(adverts, str):
                raise TemplateRuntimeError("A page of adverts stands here, but 'advert_page' does not say which")
            plan.append(PlannedPiece(kind=kind, key=adverts))
        elif kind == PROGRAMME:
            planned = context.get("planned")
            if not isinstance(planned, PlannedDay):
                raise TemplateRuntimeError("A day of the programme stands here, but 'planned' does not say which")
            first = next((each.key for each in plan if each.kind == kind), planned.day.key)
            plan.append(PlannedPiece(kind=kind, key=planned.day.key, planned=planned, under=first))
        elif isinstance(page, TextPage) and page.kind == kind:
            plan.append(PlannedPiece(kind=kind, key=page.key))
        elif kind == "notes" and plan and plan[-1].kind == kind:
            plan[-1] = replace(plan[-1], count=plan[-1].count + 1)
        elif isinstance(part, BookPart) and part.kind == kind:
            plan.append(PlannedPiece(kind=kind, key=part.key))
        elif plan and plan[-1].kind == kind:
            plan[-1] = replace(plan[-1], count=plan[-1].count + 1)
        else:
            plan.append(PlannedPiece(kind=kind, key=kind))
        return ""

    told = {"edition": edition, "put": put, **context}
    layouts.render(
        layout, told, letters=_LETTERS_A_PIECE * len(edition.entries), loader=_StandIns(layouts.theme, layout)
    )
    return plan


def _put_listed(plan: list[PlannedPiece], kind: str, section: Section, listed: ListedPage) -> None:
    """A page of a listing as a piece; one that an entry goes on to is part of the piece that it began in."""
    before = plan[-1] if plan and plan[-1].kind == kind and plan[-1].section is section else None
    first = next((block for column in listed.columns for block in column), None)
    if before and first and first.part:
        plan[-1] = replace(before, listed=(*before.listed, listed))
        return
    number = sum(each.section is section for each in plan if each.kind == kind)
    # What has the section's title on it is the section itself, as an opener is.
    key = section.key if listed.opens else f"{section.key}{_OF_LISTING}{number + 1}"
    plan.append(PlannedPiece(kind=kind, key=key, section=section, listed=(listed,)))


class _StandIns(LayoutFiles):
    """The flatplan's own text, and for each layout that is there what writes down that it was asked for."""

    def __init__(self, theme: Theme, flatplan: str) -> None:
        super().__init__(theme)
        self._flatplan = flatplan

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of the flatplan, or a stand-in."""
        text, file, is_current = super().get_source(environment, template)
        # A fault of a stand-in is told where the flatplan includes it: it is no line of a file.
        return (text, file, is_current) if template == self._flatplan else (_STAND_IN, "a stand-in", is_current)
