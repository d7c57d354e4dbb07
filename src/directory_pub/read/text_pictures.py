"""Pictures in a text: Markdown's images, alone in their paragraph, with a caption and what stands behind in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol, cast, get_args
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode
from msgspec.structs import replace

from directory_pub.edition.pictures import Fit, Photo, Size
from directory_pub.edition.runs import Run
from directory_pub.edition.spelling import did_you_mean
from directory_pub.findings import Place

__all__ = ["ATTRIBUTES", "FOCUS", "NO_ALT_REMEDY", "has_pictures", "is_pictures", "read_focus", "read_pictures"]

ATTRIBUTES = ("credit", "size", "fit", "focus")
"""What may stand in braces behind a picture."""
NO_ALT_REMEDY = "Say in one sentence what the picture shows."
_PER_CENT = r"(0?[0-9]{1,2}(?:\.[0-9]+)?|100(?:\.0+)?)%"
FOCUS = rf"\s*{_PER_CENT}\s+{_PER_CENT}\s*"
"""A point of a picture, in per cent from the left and from the top."""
_CENTRE = (50.0, 50.0)
_NUMBER = re.compile(r"[\d.]+")


class PictureKeeper(Protocol):
    """What a walk through a paragraph of pictures asks of the reader of the body."""

    def complain(self, code: str, line: int, message: str, remedy: str) -> None:
        """Tell of an error."""

    def place(self, line: int) -> Place:
        """A line of the body."""

    def picture_caption(self, text: str, numbers: Sequence[int]) -> tuple[Run, ...]:
        """The runs of a caption whose lines have these numbers."""


def is_pictures(inline: SyntaxTreeNode) -> bool:
    """Whether a paragraph has nothing but pictures in it."""
    kinds = {node.type for node in inline.children if node.type != "text" or node.content.strip()}
    return "image" in kinds and kinds <= {"image", "softbreak", "hardbreak"}


def has_pictures(inline: SyntaxTreeNode) -> bool:
    """Whether a picture stands in a paragraph, whatever else does."""
    return any(node.type == "image" for node in inline.walk())


def read_pictures(inline: SyntaxTreeNode, numbers: Sequence[int], keeper: PictureKeeper) -> Iterator[Photo]:
    """The pictures of a paragraph whose lines have these numbers."""
    source, at = inline.content, 0
    on_line: dict[int, int] = {}
    for node in inline.children:
        if node.type == "image":
            at = max(source.find("![", at), at)
            row = source.count("\n", 0, at)
            on_line[row] = on_line.get(row, 0) + 1
            if photo := _picture(node, numbers[row:], keeper):
                yield photo if on_line[row] == 1 else replace(photo, file_place=_told(photo, on_line[row]))
            at += 2


def _told(photo: Photo, number: int) -> Place:
    """The place of a picture that is not the first of its line."""
    return replace(photo.place, field=f"{photo.place.field}, picture {number}")


def read_focus(text: str | None) -> tuple[float, float]:
    """The point that a crop keeps, in per cent from the left and the top."""
    left, top = map(float, _NUMBER.findall(text)) if text else _CENTRE
    return left, top


def _picture(node: SyntaxTreeNode, numbers: Sequence[int], keeper: PictureKeeper) -> Photo | None:
    line, place = numbers[0], keeper.place(numbers[0])
    file = unquote(str(node.attrs.get("src", ""))).strip()
    alt = " ".join(_words(node).split())
    if not file:
        keeper.complain("photo-missing", line, "a picture names no file.", "Write ![what it shows](quay.jpg).")
        return None
    if not alt:
        message = f"'{file}' has no text for those who cannot see it."
        keeper.complain("photo-alt", line, message, f"{NO_ALT_REMEDY[:-1]}, between the brackets before it.")
    told = {name: value for name in ATTRIBUTES if (value := _attribute(node, name, line, keeper))}
    foreign = node.attrs.keys() - {"src", "alt", "title", *ATTRIBUTES}
    for name in sorted(foreign.union(node.meta.get("insecure_attrs", ()))):
        remedy = did_you_mean(name, ATTRIBUTES, f"Known there: {', '.join(ATTRIBUTES)}.")
        keeper.complain("key-unknown", line, f"'{name}' behind the picture '{file}' is no known key.", remedy)
    return Photo(
        file=file,
        alt=alt,
        place=place,
        file_place=place,
        credit=told.get("credit"),
        focus=read_focus(told.get("focus")),
        fit=cast(Fit, told.get("fit", "cover")),
        caption=keeper.picture_caption(str(node.attrs.get("title", "")), numbers),
        size=cast(Size, told.get("size", "column")),
    )


def _attribute(node: SyntaxTreeNode, name: str, line: int, keeper: PictureKeeper) -> str | None:
    """What is said behind a picture; None where it is not said, or said wrong."""
    value = " ".join(str(node.attrs.get(name, "")).split())
    choices = {"size": get_args(Size), "fit": get_args(Fit)}.get(name, ())
    if not value or name not in node.attrs:
        return None
    if choices and value not in choices:
        remedy = did_you_mean(value, choices, f"Use {', '.join(choices)}.")
        keeper.complain("value-type", line, f"'{value}' is no {name} of a picture.", remedy)
        return None
    if name == "focus" and not re.fullmatch(FOCUS, value):
        remedy = 'Write two percentages from the left and the top, such as focus="40% 30%".'
        keeper.complain("value-type", line, f"'{value}' is no point of a picture.", remedy)
        return None
    return value


def _words(node: SyntaxTreeNode) -> str:
    """The words of a picture's alt text, without their marks."""
    if node.type in ("text", "text_special"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(map(_words, node.children))
