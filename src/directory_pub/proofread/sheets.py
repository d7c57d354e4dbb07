"""Families, weights and text styles that the sheets name: the engine replaces one that is not there without a word."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator

import tinycss2

from directory_pub.design.faces import FontLibrary
from directory_pub.design.project_files import ProjectFiles, refuse
from directory_pub.design.references import asked_by_drawing, asked_by_sheet
from directory_pub.design.text_styles import read_text_styles
from directory_pub.design.tokens import TOKENS, custom_properties
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error

__all__ = ["proofread_sheets"]

_SHEETS_AT_HAND = 64  # about twice as many as a project has
_WEIGHTS = {"normal": 400, "bold": 700}


def proofread_sheets(theme: Theme, library: FontLibrary) -> Iterator[Finding]:
    """Every family that the tokens, styles and sheets name is in fonts/, and has the weight that is named with it.

    Nor does a sheet or an icon ask for anything outside the project.
    """
    files = ProjectFiles(theme, None, None, {})
    for name in theme.names("icons", ".svg"):
        outside = [each for each in asked_by_drawing(theme.read_bytes(name)) if files.name_of(each) is None]
        yield from (refuse(address, Place(file=theme.shown(name))) for address in outside)
    styles, findings = read_text_styles(theme)
    yield from findings
    for style in styles.values():
        yield from _check_weight(library.family(style.family), style.weight, style.place, library)
    sheets = {name: theme.read_text(name) for name in theme.names("styles", ".css")}
    known = {each.name for sheet in sheets.values() for each in custom_properties(sheet)}
    known |= {f"font-{name}" for name in styles}
    for each in custom_properties(sheets.get(TOKENS, "")):
        if each.name in library.families:
            yield from _check_family(
                library.families[each.name], Place(file=theme.shown(TOKENS), line=each.line), library
            )
    for name, sheet in sheets.items():
        asked, fonts = _read_sheet(sheet)
        for address, line in asked:
            if files.name_of(address) is None:
                yield refuse(address, Place(file=theme.shown(name), line=line))
        for declaration in fonts:
            place = Place(file=theme.shown(name), line=declaration.source_line)
            yield from _check(declaration, place, library, known)


@functools.lru_cache(maxsize=_SHEETS_AT_HAND)
def _read_sheet(sheet: str) -> tuple[list[tuple[str, int]], list[tinycss2.ast.Declaration]]:
    """What a sheet asks for with the line of each, and its font declarations; a later build asks again."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    fonts = [each for each in _declarations(rules) if each.lower_name in ("font", "font-family")]
    return list(asked_by_sheet(rules)), fonts


def _declarations(rules: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Declaration]:
    """All declarations, those in page rules and their margin boxes too."""
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif rule.type in ("qualified-rule", "at-rule") and rule.content:
            yield from _declarations(
                tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            )


def _check(
    declaration: tinycss2.ast.Declaration, place: Place, library: FontLibrary, known: Collection[str]
) -> Iterator[Finding]:
    """What a ``font`` or ``font-family`` names; ``known`` are the custom properties that there are."""
    tokens = [token for token in declaration.value if token.type not in ("whitespace", "comment")]
    named = next((token.value for token in tokens if token.type == "string"), None) or _unquoted(declaration)
    token = _variable(tokens[-1]) if tokens and not named else None
    if named:
        yield from _check_family(named, place, library)
    elif token and token not in known:
        remedy = did_you_mean(token, known, "Families stand in styles/tokens.css, text styles in text-styles.yaml.")
        yield error("face-unknown", place, f"there is no family and no text style '--{token}'.", remedy)
    weight = _weight(declaration) if declaration.lower_name == "font" and len(tokens) > 1 else None
    if weight is not None:
        yield from _check_weight(named or library.family(token or ""), weight, place, library)


def _variable(token: tinycss2.ast.Node) -> str | None:
    """The custom property that a ``var()`` names, without ``--``."""
    if token.type != "function" or token.lower_name != "var":
        return None
    return next((each.value[2:] for each in token.arguments if each.type == "ident"), None)


def _check_family(family: str, place: Place, library: FontLibrary) -> Iterator[Finding]:
    families = sorted({face.family for face in library.faces})
    if family not in families:
        remedy = did_you_mean(family, families, f"Name one of {', '.join(families)}.")
        yield error("face-unknown", place, f"the family '{family}' is not in fonts/.", remedy)


def _check_weight(family: str, weight: int, place: Place, library: FontLibrary) -> Iterator[Finding]:
    """A finding where a family of fonts/ has not a weight; one that is not there has been told of."""
    known = sorted({face.weight for face in library.faces if face.family == family})
    if known and weight not in known:
        message = f"'{family}' has no weight {weight} in fonts/."
        remedy = f"Use one of {', '.join(map(str, known))}, or put the face there."
        yield error("face-unknown", place, message, remedy)


def _unquoted(declaration: tinycss2.ast.Declaration) -> str:
    """The first family of a ``font-family`` without quotes; in the shorthand every family is quoted or a token."""
    tokens = itertools.takewhile(
        lambda token: token != ",", declaration.value if declaration.lower_name == "font-family" else ()
    )
    words = " ".join(token.value for token in tokens if token.type == "ident")
    return "" if words in ("inherit", "initial", "unset", "revert") else words


def _weight(declaration: tinycss2.ast.Declaration) -> int | None:
    """The weight in a font shorthand: a number without a unit before the size, or a word."""
    for token in declaration.value:
        if token.type == "number" and re.fullmatch(r"[1-9]00", token.representation):
            return int(token.value)
        if token.type == "ident" and token.lower_value in _WEIGHTS:
            return _WEIGHTS[token.lower_value]
        if token.type in ("dimension", "function"):
            return 400
    return None
