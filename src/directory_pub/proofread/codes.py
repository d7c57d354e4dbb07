"""Codes to scan that have more to say than there is room for on the page."""

from __future__ import annotations

import math
from collections.abc import Iterator

from directory_pub.cards import LEAST_MODULE_MM, CodeContent, code_of_entry, code_of_page, matrix_of, size_of_code
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid, read_grid
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, error
from directory_pub.storage.enclosure import Refused

__all__ = ["proofread_codes"]


def proofread_codes(edition: Edition, library: FontLibrary) -> list[Finding]:
    """An error for each code whose modules would be too small to be read, with the millimetres that it asks for."""
    contents = [*_of_entries(edition), *_of_pages(edition)]
    if not contents:
        return []
    try:
        grid = read_grid(edition.theme, edition.trim, edition.bleed_mm, library)
    except Refused:  # of which others tell
        return []
    return [finding for content in contents for finding in _check(content, grid)]


def _of_entries(edition: Edition) -> Iterator[CodeContent]:
    forms = edition.forms
    for entry in edition.entries:
        if forms[entry.key] == "pages" and (content := code_of_entry(entry, edition)):
            yield content


def _of_pages(edition: Edition) -> Iterator[CodeContent]:
    for page in edition.text_pages.values():
        if content := code_of_page(page, edition):
            yield content


def _check(content: CodeContent, grid: Grid) -> Iterator[Finding]:
    remedy = (
        "Shorten what it says: give it fewer or shorter contact rows, or write qr: web, which has the address alone."
    )
    if content.href:
        remedy = "Give it a shorter address."
    matrix = matrix_of(content.text)
    if matrix is None:
        message = f"{len(content.text.encode()):,} bytes are more than any code has room for."
        yield error("code-small", content.place, message, remedy)
        return
    size = size_of_code(len(matrix), grid)
    if not size.is_readable:
        message = (
            f"the code has {size.modules} modules a side and asks for {math.ceil(size.least_mm)} mm; there are "
            f"{size.room_mm:.1f} mm: a module would be {size.module_mm:.2f} mm and must be {LEAST_MODULE_MM:g} mm."
        )
        yield error("code-small", content.place, message, remedy)
