"""HTML that was pasted into a text: it prints as it stands, so it is told of with what to write."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterable, Iterator, Sequence

from directory_pub.findings import Finding, Place, warning

__all__ = ["fields_html", "tags_in", "tell_of_tags"]

# An opening tag without attributes is one by its name alone: “<Chair>” is none, and </x>, <x/> and <x y=…> are.
_TAG = re.compile(
    r"</[a-z][\w-]*\s*>|<[a-z][\w-]*(?:\s[^<>]*)?/>|<[a-z][\w-]*\s[^<>]*=[^<>]*>"
    r"|<(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q"
    r"|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|wbr)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);")
_NOT_PRINTED = ("queries",)
_QUOTED = 60  # characters of a value


def tags_in(text: str) -> list[str]:
    """The tags of a text."""
    return [match[0] for match in _TAG.finditer(text)] if "<" in text else []


def tell_of_tags(tags: Sequence[str], place: Place) -> Iterator[Finding]:
    """One finding for all tags of a passage."""
    if tags:
        count = f", the first of {len(tags)} tags," if len(tags) > 1 else ""
        message = f"'{tags[0]}'{count} looks like HTML and prints as it stands."
        remedy = "Use Markdown (**bold**, *italic*), or keep it if it is meant as text."
        yield warning("raw-html", place, message, remedy)


def fields_html(fields: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    """One finding for each field with a tag or an entity, which no field knows."""
    for text, place in fields:
        first = next(iter((*tags_in(text), *_entities(text))), None)
        if first and not (place.field or "").startswith(_NOT_PRINTED):
            shown = " ".join(text.split())
            shown = f"{shown[:_QUOTED]}…" if len(shown) > _QUOTED else shown
            message = f"“{shown}” has {first} in it, which looks like HTML and prints as it stands."
            yield warning("raw-html", place, message, _remedy(first, place.field or ""))


def _entities(text: str) -> list[str]:
    """The entities of a text; of those by name, the ones that HTML has."""
    found = [match[0] for match in _ENTITY.finditer(text)] if "&" in text else []
    return [each for each in found if each[1] == "#" or each[1:] in html.entities.html5]


def _remedy(mark: str, field: str) -> str:
    if mark.startswith("&"):
        sign = html.unescape(mark)
        if sign.isspace():
            return "Write a space itself."
        return f"Write {sign} itself." if sign.isprintable() else "Take it out: it stands for nothing that prints."
    if not re.match(r"</?(?:br|p)\b", mark, re.IGNORECASE):
        return "Take the tags out: a field has no styles."
    if field.endswith("]"):
        return "Write each line as an item of its own, behind '- '."
    return f"Write '{field.rpartition('.')[2]}: |-', and each line on a line of its own below it, further in."
