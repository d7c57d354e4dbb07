"""What a layout hands over when it asks for something, held to be what is asked about; and its tests of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from jinja2 import TemplateRuntimeError, Undefined

from directory_pub.compose.segments import UNSEEN
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Heading, ItemList, Paragraph, Pictures, Quote, Run, Table, TermList

__all__ = ["TESTS", "all_of", "one_line", "runs_of", "the"]

T = TypeVar("T")


def the(kind: type[T], value: object, function: str) -> T:
    """A value of a kind; raises where a layout hands over something else."""
    if isinstance(value, Undefined):
        str(value)  # which says what was asked for and what there is
    if not isinstance(value, kind):
        raise TemplateRuntimeError(f"{function} takes {_words(kind)}, not {_words(type(value))}")
    return value


def _words(kind: type) -> str:
    return {str: "text", float: "a length", type(None): "none"}.get(kind, kind.__name__)


def runs_of(values: object) -> tuple[Run, ...]:
    """Runs that are to be set, each checked."""
    return all_of(Run, values, "set", "text or runs")


def all_of(kind: type[T], values: object, function: str, told: str = "") -> tuple[T, ...]:
    """Some values, each checked to be of a kind."""
    if isinstance(values, Undefined):
        str(values)
    if not isinstance(values, Iterable):
        raise TemplateRuntimeError(f"{function} takes {told or f'{_words(kind)}s'}, not {_words(type(values))}")
    return tuple(the(kind, each, function) for each in values)


def one_line(text: str) -> str:
    """A name as it is told where its lines are not set: without the places where they may break."""
    return " ".join(str(the(str, text, "one_line")).translate(UNSEEN).split())


def _is_run_in(block: object) -> bool:
    """A paragraph that opens with its own bold name; a name that is a link may have its page behind it."""
    if not isinstance(block, Paragraph) or not block.runs or not block.runs[0].bold:
        return False
    link = block.runs[0].href
    return any(link is None or run.href != link for run in block.runs[1:])


def _is_see_also(block: object) -> bool:
    """The row below a text that names other entries."""
    return isinstance(block, Paragraph) and block.is_see_also


def _is_essay(entry: Entry) -> bool:
    """An entry without section heads: solid text that needs air of its own."""
    return not any(isinstance(block, Heading) for block in the(Entry, entry, "essay").body)


def _is_a(kind: type) -> Callable[[Any], bool]:
    return lambda block: isinstance(block, kind)


TESTS: dict[str, Callable[[Any], bool]] = {
    "heading": _is_a(Heading),
    "paragraph": _is_a(Paragraph),
    "itemlist": _is_a(ItemList),
    "termlist": _is_a(TermList),
    "quote": _is_a(Quote),
    "pictures": _is_a(Pictures),
    "table": _is_a(Table),
    "runin": _is_run_in,
    "seealso": _is_see_also,
    "essay": _is_essay,
}
"""What a layout may ask of a block, or of an entry, as in ``block is quote``."""
