"""Families and weights that the sheets name: each must be in fonts/, for the engine replaces one without a word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2

from directory_pub.design.faces import FontLibrary
from directory_pub.design.project_files import ProjectFiles, refuse
from directory_pub.design.references import asked_by_drawing, asked_by_sheet
from directory_pub.edition.spelling import did_you_mean
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import list_files, read_bytes, read_text

__all__ = ["proofread_sheets"]

_WEIGHTS = {"normal": 400, "bold": 700}


def proofread_sheets(root: Path, library: FontLibrary) -> Iterator[Finding]:
    """Every family that a sheet names is in fonts/, and has the weight that is named with it.

    Nor does a sheet or an icon ask for anything outside the project.
    """
    files = ProjectFiles(root, root, {})
    for path in list_files(root / "styles" / "icons", root, ending=".svg"):
        outside = [each for each in asked_by_drawing(read_bytes(path, root)) if files.name_of(each) is None]
        yield from (refuse(address, Place(file=path.relative_to(root).as_posix())) for address in outside)
    for path in list_files(root / "styles", root, ending=".css"):
        rules = tinycss2.parse_stylesheet(read_text(path, root), skip_comments=True, skip_whitespace=True)
        for address, line in asked_by_sheet(rules):
            if files.name_of(address) is None:
                yield refuse(address, Place(file=path.relative_to(root).as_posix(), line=line))
        for declaration in _declarations(rules):
            if declaration.lower_name in ("font", "font-family"):
                place = Place(file=path.relative_to(root).as_posix(), line=declaration.source_line)
                yield from _check(declaration, place, library)


def _declarations(rules: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Declaration]:
    """All declarations, those in page rules and their margin boxes too."""
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif rule.type in ("qualified-rule", "at-rule") and rule.content:
            yield from _declarations(
                tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            )


def _check(declaration: tinycss2.ast.Declaration, place: Place, library: FontLibrary) -> Iterator[Finding]:
    family = next((token.value for token in declaration.value if token.type == "string"), None) or _unquoted(
        declaration
    )
    if not family:
        return
    families = sorted({face.family for face in library.faces})
    if family not in families:
        yield error(
            "face-unknown",
            place,
            f"the family '{family}' is not in fonts/.",
            did_you_mean(family, families, f"Name one of {', '.join(families)}."),
        )
        return
    weight = _weight(declaration) if declaration.lower_name == "font" else None
    if weight is not None and not any(face.family == family and face.weight == weight for face in library.faces):
        known = ", ".join(str(w) for w in sorted({face.weight for face in library.faces if face.family == family}))
        yield error(
            "face-unknown",
            place,
            f"'{family}' has no weight {weight} in fonts/.",
            f"Use one of {known}, or put the face there.",
        )


def _unquoted(declaration: tinycss2.ast.Declaration) -> str:
    """The first family of a ``font-family`` without quotes; in the shorthand every family is quoted."""
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
