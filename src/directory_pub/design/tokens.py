"""The design's tokens: the custom properties of a sheet's ``:root``, and which sheets are heard on a leaf."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from msgspec import Struct

from directory_pub.edition.model import TrimSize
from directory_pub.edition.theme import EDITED_LAYERS, Theme
from directory_pub.findings import Place
from directory_pub.storage.enclosure import Refused

__all__ = [
    "GRID_TOKENS",
    "TOKENS",
    "CustomProperty",
    "Sheet",
    "custom_properties",
    "heard_sheets",
    "is_token_sheet",
    "read_families",
    "read_icon_ink",
    "token_sheets",
]

TOKENS = "styles/tokens.css"
"""The sheet with the design's lengths and families."""
_LANDSCAPE = "styles/tokens-landscape.css"
_BELOW = re.compile(r"styles/tokens-below-(\d+)mm\.css")
GRID_TOKENS = ("head", "foot", "inner", "gutter", "side", "outer", "unit", "text")
"""The lengths that columns and lines are made of: without one of them there is no page."""
_ICON_INK, _USUAL_ICON_INK = "icon-ink", "navy"
_INK = "--ink-"
_SHEETS_AT_HAND = 64  # about twice as many as a project has


class CustomProperty(Struct, frozen=True):
    """A custom property: its name without ``--``, its value as CSS tokens without spaces, its line."""

    name: str
    value: tuple[Any, ...]
    line: int


_MAY_SET = re.compile(r"--[^\s:;{}()]+\s*(?::|/\*)|\\")
"""What a sheet has that sets a custom property; to parse one takes a hundred times as long as to look for it."""


@functools.lru_cache(maxsize=_SHEETS_AT_HAND)
def custom_properties(sheet: str) -> tuple[CustomProperty, ...]:
    """The custom properties of the rules of a sheet, given as text; those of page rules are none of them."""
    return tuple(_custom_properties(sheet)) if _MAY_SET.search(sheet) else ()


def _custom_properties(sheet: str) -> Iterator[CustomProperty]:
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        for each in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
            if each.type == "declaration" and each.name.startswith("--"):
                value = tuple(token for token in each.value if token.type not in ("whitespace", "comment"))
                yield CustomProperty(each.name[2:], value, each.source_line)


def read_families(theme: Theme) -> dict[str, str]:
    """The families by token, such as ``sans``; none where a theme has no tokens."""
    below = Theme(theme.layers[len(_named(theme).layers) :])
    return {
        each.name: each.value[0].value
        for sheet in (*heard_sheets(below, TOKENS), *heard_sheets(theme, TOKENS))
        for each in custom_properties(sheet.text)
        if len(each.value) == 1 and each.value[0].type == "string"
    }


def read_icon_ink(theme: Theme) -> tuple[str, Place]:
    """The name of the ink that icons are drawn in, which ``--icon-ink`` names, and where it does."""
    for sheet in reversed(heard_sheets(theme, TOKENS)):
        for each in (each for each in custom_properties(sheet.text) if each.name == _ICON_INK and len(each.value) == 1):
            inks = [part.value for part in getattr(each.value[0], "arguments", ()) if part.type == "ident"]
            if inks and inks[0].startswith(_INK):
                return inks[0].removeprefix(_INK), Place(file=sheet.file, line=each.line)
    return _USUAL_ICON_INK, Place(file=theme.shown(TOKENS))


class Sheet(Struct, frozen=True):
    """A sheet by its name in the theme, its file as an editor knows it, and its text."""

    name: str
    file: str
    text: str


def heard_sheets(theme: Theme, name: str) -> list[Sheet]:
    """A token sheet of all layers that are heard, the lowest first; what cannot be read is left out.

    Those of the edition and of the project lie over the theme's token by token.
    """
    sheets: list[Sheet] = []
    for one_theme in map(theme.alone, reversed(theme.heard(name))):
        with contextlib.suppress(Refused):
            sheet = Sheet(name, one_theme.shown(name), one_theme.read_text(name))
            if sheets and sheets[-1].text == sheet.text:
                sheets.pop()  # a copy says nothing else: it makes no piece anew
            sheets.append(sheet)
    return sheets


def token_sheets(theme: Theme, trim: TrimSize) -> tuple[Sheet, ...]:
    """The token sheets that are heard on a leaf, later ones before earlier ones; raises Refused without any.

    ``tokens.css`` is heard on all; ``tokens-landscape.css`` where a leaf is as wide as it is high, or wider; and
    ``tokens-below-185mm.css`` where it is narrower than that, the narrowest last. A named theme that brings
    ``tokens.css`` brings its sizes, too: of the layers below it only those tokens are heard that it has not.
    """
    theme.read_text(TOKENS)  # refused where there is none
    own = _named(theme)
    below = Theme(theme.layers[len(own.layers) :])
    return tuple(sheet for each in (below, own) for sheet in _sheets_for(each, trim))


def _sheets_for(theme: Theme, trim: TrimSize) -> Iterator[Sheet]:
    names = [name for name in theme.names("styles", ".css") if is_token_sheet(name)]
    landscape = [_LANDSCAPE] if _LANDSCAPE in names and trim.width_mm >= trim.height_mm else []
    below = {name: int(match[1]) for name in names if (match := _BELOW.fullmatch(name))}
    narrow = sorted((name for name in below if trim.width_mm < below[name]), key=lambda name: -below[name])
    for name in (TOKENS, *landscape, *narrow):
        yield from heard_sheets(theme, name)


def is_token_sheet(name: str) -> bool:
    """Whether a file of a theme is a token sheet by its name, whatever leaf it is for."""
    return name in (TOKENS, _LANDSCAPE) or _BELOW.fullmatch(name) is not None


def _named(theme: Theme) -> Theme:
    """A theme without the layers below the one that its tokens come from, whoever has edited them."""
    layers = theme.layers_of(TOKENS)
    last = next((layer for layer in layers if layer.name not in EDITED_LAYERS), None)
    return Theme(theme.layers[: theme.layers.index(last) + 1]) if last else theme
