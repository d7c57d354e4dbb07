"""Families and text styles that the sheets name: the engine replaces one that is not there without a word."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

import tinycss2

from directory_pub.design.asked_faces import declarations_of_type, family_and_weight
from directory_pub.design.faces import FontLibrary
from directory_pub.design.project_files import ProjectFiles, refuse
from directory_pub.design.references import asked_by_drawing, asked_by_sheet, may_ask
from directory_pub.design.text_styles import read_text_styles
from directory_pub.design.tokens import TOKENS, Sheet, custom_properties, heard_sheets, is_token_sheet
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error

__all__ = ["proofread_sheets"]

_SHEETS_AT_HAND = 64  # about twice as many as a project has


def proofread_sheets(theme: Theme, library: FontLibrary) -> Iterator[Finding]:
    """Every family and text style that the tokens and sheets name is there.

    Nor does a sheet or an icon ask for anything outside the project, and each icon is a drawing.
    """
    files = ProjectFiles(theme, None, None, {})
    for name in theme.names("icons", ".svg"):
        content = theme.read_bytes(name)
        outside = [each for each in asked_by_drawing(content) if files.name_of(each) is None]
        yield from (refuse(address, Place(file=theme.shown(name))) for address in outside)
        yield from _check_icon(content, theme.shown(name))
    styles, findings = read_text_styles(theme)
    yield from findings
    sheets = list(_sheets(theme))
    known = {each.name for sheet in sheets for each in custom_properties(sheet.text)}
    known |= {f"font-{name}" for name in styles}
    families = {
        each.name: (each, sheet.file)
        for sheet in heard_sheets(theme, TOKENS)
        for each in custom_properties(sheet.text)
        if each.name in library.families
    }
    for each, file in families.values():
        yield from _check_family(library.families[each.name], Place(file=file, line=each.line), library)
    for sheet in sheets:
        for address, line in _asked_by(sheet.text):
            if files.name_of(address) is None:
                yield refuse(address, Place(file=sheet.file, line=line))
        for declaration in declarations_of_type(sheet.text):
            place = Place(file=sheet.file, line=declaration.source_line)
            yield from _check(declaration, place, library, known)


def _check_icon(content: bytes, file: str) -> Iterator[Finding]:
    """An icon that the engine would leave out without a word."""
    name = PurePosixPath(file).name
    remedy = "Save it again as SVG, or take the file away: an icon of this name may be built in."
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as problem:
        place = Place(file=file, line=problem.position[0])
        yield error("icon-wrong", place, f"'{name}' cannot be read ({problem}).", remedy)
        return
    if root.tag.rpartition("}")[2] != "svg":
        yield error("icon-wrong", Place(file=file), f"'{name}' is no drawing.", remedy)


def _sheets(theme: Theme) -> Iterator[Sheet]:
    """Every sheet that may be heard."""
    for name in theme.names("styles", ".css"):
        if is_token_sheet(name):
            yield from heard_sheets(theme, name)
        else:
            yield Sheet(name, theme.shown(name), theme.read_text(name))


@functools.lru_cache(maxsize=_SHEETS_AT_HAND)
def _asked_by(sheet: str) -> list[tuple[str, int]]:
    """What a sheet asks for with the line of each; a later build asks again."""
    if not may_ask(sheet):
        return []
    return list(asked_by_sheet(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _check(
    declaration: tinycss2.ast.Declaration, place: Place, library: FontLibrary, known: Collection[str]
) -> Iterator[Finding]:
    """The family that a declaration names; ``known`` are the custom properties that there are."""
    family, _ = family_and_weight(declaration)
    if family and not family.startswith("--"):
        yield from _check_family(family, place, library)
    elif family and family[2:] not in known:
        remedy = did_you_mean(
            family[2:], known, "Families stand in styles/tokens.css, text styles in text-styles.yaml."
        )
        yield error("face-unknown", place, f"there is no family and no text style '{family}'.", remedy)


def _check_family(family: str, place: Place, library: FontLibrary) -> Iterator[Finding]:
    families = library.known_families()
    if family not in families:
        remedy = did_you_mean(family, families, f"Name one of {', '.join(families)}.")
        yield error("face-unknown", place, f"the family '{family}' is not in fonts/.", remedy)
