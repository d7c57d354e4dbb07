"""What an element is to a reader: the structure type that stands for it.

Layouts say it in HTML's own words: the element, and where HTML has none, an ARIA role of
digital publishing (``doc-toc``, ``doc-index``, ``doc-footnote``, ``doc-backlink``).
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

__all__ = [
    "BLOCK_TEXT",
    "FOLIO",
    "GROUPING",
    "INLINE",
    "headings_by_key",
    "is_hidden",
    "role_of",
    "text_of",
    "unbound_text_of",
]

FOLIO = "\ufffc"
"""What stands in an element's words for a folio that is not known before the book is bound."""

# Elements that mean nothing of their own (div, span, header, strong …) are not here: what is in them moves up.
_ROLES = {
    "section": "Sect",
    "aside": "Sect",
    "nav": "Sect",
    "main": "Sect",
    "article": "Art",
    "address": "Div",
    "p": "P",
    "pre": "P",
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "DT",
    "dd": "DD",
    "figure": "Figure",
    "img": "Figure",
    "svg": "Figure",
    "figcaption": "Caption",
    "caption": "Caption",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "q": "Quote",
    "code": "Code",
}
_ARIA_ROLES = {
    "doc-toc": "TOC",
    "doc-index": "Index",
    "doc-footnote": "Note",
    "doc-backlink": "Lbl",
    "figure": "Figure",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"head", "title", "meta", "style", "script", "template"})

INLINE = frozenset({"Span", "Quote", "Code", "Link", "Reference", "Note", "Lbl"})
"""Roles that stand inside a line."""

GROUPING = frozenset({"Document", "Sect", "Art", "Div", "BlockQuote", "Index"})
"""Roles that hold blocks and no text of their own."""

BLOCK_TEXT = frozenset({"P", "H", "LBody", "TD", "TH", "Caption"})
"""Roles that text may stand in directly."""


def role_of(element: Element) -> str | None:
    """The structure type, ``H`` for a heading of any level, or None where the element means nothing."""
    tag = tag_of(element)
    if (role := _ARIA_ROLES.get(element.get("role", ""))) is not None:
        return role
    return "H" if tag in _HEADINGS else _ROLES.get(tag)


def tag_of(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_hidden(element: Element) -> bool:
    """Whether a reader is to pass it over: decoration, or a picture that is said to be one."""
    if tag_of(element) in _UNSEEN or element.get("aria-hidden") == "true":
        return True
    return element.get("role") in ("presentation", "none") or (
        tag_of(element) in ("img", "svg") and not alternative_text(element)
    )


def alternative_text(element: Element) -> str:
    """What a picture shows, in words."""
    if tag_of(element) == "svg":
        title = next((child.text for child in element if tag_of(child) == "title"), None)
        return element.get("aria-label") or title or ""
    return element.get("alt", "") or element.get("aria-label", "")


def heading_level(element: Element) -> int:
    """A heading's level, from 1."""
    return int(element.get("aria-level") or tag_of(element)[1])


def headings_by_key(elements: Iterable[Element]) -> dict[str, str]:
    """The heading of each element that has an id: its own text, or that of the first within it."""
    found: dict[str, str] = {}
    for element in elements:
        if key := element.get("id"):
            heading = next((inner for inner in element.iter() if role_of(inner) == "H"), None)
            if heading is not None:
                found.setdefault(key, text_of(heading))
    return found


def text_of(element: Element) -> str:
    """The element's words, spaces as a reader sees them; what belongs to a note inside it is left out."""
    return " ".join("".join(_words(element)).split())


def unbound_text_of(element: Element) -> str:
    """The element's words with FOLIO for each folio that is filled in when the book is bound."""
    return " ".join("".join(_words(element, FOLIO)).split())


def _words(element: Element, folio: str = "") -> list[str]:
    if folio and element.get("data-folio-of"):
        return [folio]
    words = [element.text or ""]
    for child in element:
        if is_hidden(child):
            pass
        elif role_of(child) == "Lbl":
            words += [*_words(child, folio), " "]
        elif role_of(child) != "Note":
            words += _words(child, folio) if tag_of(child) != "br" or child.get("class") == "joined" else [" "]
        words.append(child.tail or "")
    return words
