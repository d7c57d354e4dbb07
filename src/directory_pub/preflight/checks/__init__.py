"""The rules, a module a family; each takes a page or the file and yields what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.checks.boxes import check_boxes
from directory_pub.preflight.checks.codes import check_codes
from directory_pub.preflight.checks.colour import check_colour
from directory_pub.preflight.checks.document import check_document
from directory_pub.preflight.checks.forbidden import check_forbidden
from directory_pub.preflight.checks.ink import check_ink
from directory_pub.preflight.checks.page_tree import check_page_tree
from directory_pub.preflight.checks.pictures import check_pictures
from directory_pub.preflight.checks.placement import check_placement
from directory_pub.preflight.checks.structure import check_file_structure, check_page_structure
from directory_pub.preflight.checks.text import check_text
from directory_pub.preflight.checks.viewing import check_viewing
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem

__all__ = ["PAGE_CHECKS", "check_document", "check_file_structure", "check_page_tree", "check_viewing"]

PAGE_CHECKS: tuple[Callable[[PageView, Printer], Iterator[Problem]], ...] = (
    check_boxes,
    check_colour,
    check_ink,
    check_text,
    check_codes,
    check_pictures,
    check_placement,
    check_page_structure,
    check_forbidden,
)
