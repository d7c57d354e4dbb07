"""The faces that the text styles and sheets of a theme ask for, and where they do."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping

import tinycss2
from msgspec import Struct

from directory_pub.design.text_styles import read_text_styles
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place

__all__ = ["AskedFace", "asked_faces", "declarations_of_type", "family_and_weight"]

_SHEETS_AT_HAND = 64  # about twice as many as a project has
_OF_TYPE = re.compile(r"font|\\", re.IGNORECASE)
_WEIGHTS = {"normal": 400, "bold": 700}


class AskedFace(Struct, frozen=True):
    """A face that is asked for at a place, which a sheet or the text style named ``style`` has.

    ``family`` is None where a sheet asks for a weight in whatever family stands there.
    """

    family: str | None
    weight: int
    italic: bool
    place: Place
    style: str = ""


def asked_faces(theme: Theme, families: Mapping[str, str]) -> Iterator[AskedFace]:
    """What the styles and sheets ask for, in their order; ``families`` are those of the tokens, by token."""
    for style in read_text_styles(theme)[0].values():
        of_style = families.get(style.family, style.family)
        yield AskedFace(of_style, style.weight, style.italic, style.place, style.name)
    for name in theme.names("styles", ".css"):
        for declaration in declarations_of_type(theme.read_text(name)):
            place = Place(file=theme.shown(name), line=declaration.source_line)
            family, weight = family_and_weight(declaration)
            if family and family.startswith("--"):
                weight = weight if family[2:] in families else None  # a text style has its own
                family = families.get(family[2:])
            if weight is not None:
                yield AskedFace(family, weight, _is_italic(declaration), place)


@functools.lru_cache(maxsize=_SHEETS_AT_HAND)
def declarations_of_type(sheet: str) -> tuple[tinycss2.ast.Declaration, ...]:
    """What a sheet, given as text, says of families and weights, in page rules and their margin boxes too."""
    if not _OF_TYPE.search(sheet):
        return ()
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    named = ("font", "font-family", "font-weight")
    return tuple(each for each in _declarations(rules) if each.lower_name in named)


def _declarations(rules: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Declaration]:
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif rule.type in ("qualified-rule", "at-rule") and rule.content:
            yield from _declarations(
                tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            )


def family_and_weight(declaration: tinycss2.ast.Declaration) -> tuple[str | None, int | None]:
    """The family that a declaration names, or the custom property with its ``--``, and the weight; each may be none."""
    tokens = [token for token in declaration.value if token.type not in ("whitespace", "comment")]
    named = next((token.value for token in tokens if token.type == "string"), None) or _unquoted(declaration)
    family = named or (_variable(tokens[-1]) if tokens else None)
    if declaration.lower_name == "font-weight":
        return None, _weight(declaration)
    is_whole = declaration.lower_name == "font" and len(tokens) > 1
    return family, _weight(declaration) if is_whole else None


def _is_italic(declaration: tinycss2.ast.Declaration) -> bool:
    return any(token.type == "ident" and token.lower_value in ("italic", "oblique") for token in declaration.value)


def _variable(token: tinycss2.ast.Node) -> str | None:
    """The custom property that a ``var()`` names."""
    if token.type != "function" or token.lower_name != "var":
        return None
    return next((each.value for each in token.arguments if each.type == "ident"), None)


def _unquoted(declaration: tinycss2.ast.Declaration) -> str:
    """The first family of a ``font-family`` without quotes; in the shorthand every family is quoted or a token."""
    tokens = itertools.takewhile(
        lambda token: token != ",", declaration.value if declaration.lower_name == "font-family" else ()
    )
    words = " ".join(token.value for token in tokens if token.type == "ident")
    return "" if words in ("inherit", "initial", "unset", "revert") else words


def _weight(declaration: tinycss2.ast.Declaration) -> int | None:
    """The weight in a declaration: a number without a unit, in a shorthand before the size, or a word."""
    for token in declaration.value:
        if token.type == "number" and re.fullmatch(r"[1-9]00", token.representation):
            return int(token.value)
        if token.type == "ident" and token.lower_value in _WEIGHTS:
            return _WEIGHTS[token.lower_value]
        if token.type in ("dimension", "function"):
            break
    return 400 if declaration.lower_name == "font" else None
