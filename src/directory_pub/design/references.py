"""What sheets, documents and drawings ask for by an address, whether the engine would fetch it or pass it over.

Links for readers are none of it, nor are names of vocabularies and names inside the same file.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

import tinycss2

__all__ = ["asked_by_drawing", "asked_by_elements", "asked_by_sheet", "may_ask"]

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href", "{http://www.w3.org/XML/1998/namespace}base")
_FETCHED = ("src", "poster", "background", "codebase", "archive", "manifest", "dynsrc", "lowsrc")
_SETS = ("srcset", "imagesrcset")  # addresses with a size behind each
_LINKED = frozenset((
    "attachment", "stylesheet", "icon", "apple-touch-icon", "mask-icon", "import", "manifest", "preload",
    "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch",
))  # fmt: skip
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_QUOTED_HREF = re.compile(r"href\s*=\s*[\"']([^\"']*)")
_WITH_ADDRESSES = ("url", "src", "image", "image-set", "-webkit-image-set")
_MAY_ASK = re.compile(rf"(?:{'|'.join(_WITH_ADDRESSES)})\(|@import|\\", re.IGNORECASE)


# -------------------------------------------------------------------- sheets
def may_ask(sheet: str) -> bool:
    """Whether a sheet, given as text, has what an address stands in; to parse one takes a hundred times as long."""
    return bool(_MAY_ASK.search(sheet))


def asked_by_sheet(rules: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Each address in the rules or component values of a sheet, with its line."""
    for node in rules:
        name = getattr(node, "lower_at_keyword", None)
        if node.type == "url" and not node.value.startswith("#"):
            yield node.value, node.source_line
        elif node.type == "function":
            yield from _of_function(node)
        elif name == "import":
            yield from ((each.value, each.source_line) for each in node.prelude if each.type == "string")
        if name != "namespace":
            for part in ("prelude", "content", "value", "arguments"):
                inner = getattr(node, part, None)
                yield from asked_by_sheet(inner if isinstance(inner, list) else ())


def _of_function(node: Any) -> Iterator[tuple[str, int]]:
    if node.lower_name in _WITH_ADDRESSES:
        yield from ((each.value, each.source_line) for each in node.arguments if each.type == "string")


def _of_declarations(text: str | None) -> Iterator[str]:
    """The addresses in a style attribute, or in an attribute of a drawing such as ``fill``."""
    if text and ("(" in text or "\\" in text):
        yield from (address for address, _ in asked_by_sheet(tinycss2.parse_component_value_list(text)))


def _of_sheet_text(text: str | None) -> Iterator[str]:
    rules = tinycss2.parse_stylesheet(text or "", skip_comments=True)
    yield from (address for address, _ in asked_by_sheet(rules))


# -------------------------------------------------------------------- documents
def asked_by_elements(elements: Iterable[Element]) -> Iterator[str]:
    """Each address that elements of a document ask for, those of drawings in it, too."""
    for element in elements:
        if not isinstance(element.tag, str):
            continue  # a remark
        if element.attrib:
            yield from _asked_by(element.tag, element.attrib)
        if element.tag in ("style", f"{_SVG}style"):
            yield from _of_sheet_text(element.text)


def _asked_by(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    is_drawn = tag.startswith("{")
    for name, value in attributes.items():
        if name in _HREFS and _is_fetched(tag, attributes):
            yield from _but_here(value)
        elif name == "style" or is_drawn:
            yield from _of_declarations(value)
        if name in _FETCHED or (name, tag) == ("data", "object"):
            yield from _but_here(value)
        elif name in _SETS:
            yield from (part.split()[0] for part in value.split(", ") if part.strip())
        elif name == "content" and "http-equiv" in attributes:
            yield from _REFRESH.findall(value)


def _is_fetched(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether what an element refers to is for the page, and not for a reader to go to."""
    kinds = set(attributes.get("rel", "").lower().split())
    if tag in ("a", "area"):
        return "attachment" in kinds
    if tag == "link":
        return bool(kinds & _LINKED)
    return tag == "base" or (tag.startswith("{") and tag != f"{_SVG}a")


def _but_here(value: str) -> Iterator[str]:
    """An address that is not one in the same file."""
    address = value.strip()
    if address and not address.startswith("#"):
        yield address


# -------------------------------------------------------------------- drawings
def asked_by_drawing(content: bytes) -> Iterator[str]:
    """Each address that an SVG file asks for; of a damaged one those before the damage."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")
    sheet: list[str] = []

    def full(name: str) -> str:
        return f"{{{name}" if "}" in name else name

    def start(tag: str, attributes: dict[str, str]) -> None:
        sheet.clear()
        found.extend(_asked_by(_in_svg(full(tag)), {full(name): value for name, value in attributes.items()}))

    def end(tag: str) -> None:
        if tag.rpartition("}")[2] == "style":
            found.extend(_of_sheet_text("".join(sheet)))

    def entity(
        name: str, is_parameter: bool, value: str | None, base: str | None, system: str | None, *_: object
    ) -> None:
        found.extend([system] if system else [])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = sheet.append
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = lambda target, data: found.extend(
        _QUOTED_HREF.findall(data) if target == "xml-stylesheet" else ()
    )
    with contextlib.suppress(expat.ExpatError, ValueError):  # of which the engine tells
        parser.Parse(content, True)
    return iter(found)


def _in_svg(tag: str) -> str:
    """An element without a namespace is one of the drawing."""
    return tag if tag.startswith("{") else f"{_SVG}{tag}"
