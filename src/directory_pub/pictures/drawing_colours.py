"""The colours that a drawing is painted in, as its file names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from tinycss2.color5 import parse_color

from directory_pub.pictures.drawings import DrawingError, plain_drawing

__all__ = ["colours_of_drawing"]

Srgb = tuple[int, int, int]
_PROPERTIES = ("fill", "stroke", "stop-color", "color")
_DECLARED = re.compile(r"(?<![\w-])(?:fill|stroke|stop-color|color)\s*:\s*([^;}!]+)")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_NO_COLOUR = ("none", "inherit", "initial", "unset", "currentcolor", "context-fill", "context-stroke")
_SRGB_SPACES = ("srgb", "hsl", "hwb")
_BLACK = (0, 0, 0)  # what a shape is filled with until it is told


def colours_of_drawing(content: bytes) -> frozenset[Srgb]:
    """Every colour that a drawing may be painted in; raises DrawingError for one that is not in sRGB."""
    return frozenset((_BLACK, *(colour for text in _texts(plain_drawing(content)) for colour in _colours(text))))


def _texts(svg: bytes) -> Iterator[str]:
    """What stands for a colour in the attributes, style attributes and sheets of a drawing."""
    found: list[str] = []
    sheets: list[str] = []
    inside = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag.rpartition(":")[2])
        found.extend(attributes[name] for name in _PROPERTIES if name in attributes)
        sheets.append(attributes.get("style", ""))

    def text(content: str) -> None:
        if inside[-1] == "style":
            sheets.append(content)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, lambda _: inside.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as problem:
        raise DrawingError(f"cannot be read ({problem})", "Save it again as SVG.") from problem
    yield from found
    yield from _DECLARED.findall(_REMARK.sub(" ", "\n".join(sheets)))


def _colours(text: str) -> Iterator[Srgb]:
    """The colour that a value is; of a gradient, the one that stands for it where it is not there."""
    value = re.sub(r"^\s*url\([^)]*\)", "", text).strip()
    if not value or value.lower() in _NO_COLOUR:
        return
    colour = parse_color(value)
    if colour is None:
        return  # which the engine passes over, too
    if isinstance(colour, str) or colour.space not in _SRGB_SPACES:
        remedy = "Write its colours as #RRGGBB, or save it again in RGB."
        raise DrawingError(f"has the colour '{value[:40]}', which is not in sRGB", remedy)
    red, green, blue = (min(max(round(each * 255), 0), 255) for each in colour.to("srgb").coordinates)
    yield red, green, blue
