"""What a press has no use for: annotations, actions, scripts, files in the file, forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from directory_pub.preflight.effort import spend
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem, problem
from directory_pub.printers import Printer

__all__ = ["check_file_structure", "check_page_structure"]

_STEPS_AN_ANNOTATION = 20


def check_page_structure(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Annotations over the page or its bleed, and actions of the page."""
    if "/AA" in view.page:
        yield view.problem("action", "the page acts when it is opened or closed.", "Take the page's actions out.")
    for annotation in view.page.get("/Annots", []):
        spend(_STEPS_AN_ANNOTATION)
        kind = str(annotation.get("/Subtype", "/unknown"))[1:]
        bounds = Box.of(annotation.Rect).scaled(view.unit)
        if kind != "Popup" and bounds.overlaps(view.bleed):
            yield view.problem(
                "annotation",
                f"an annotation ({kind}) lies on the page.",
                "Take the annotations out; what is to be printed belongs in the page.",
                bounds=bounds,
                measured=kind,
            )


def check_file_structure(root: Any) -> Iterator[Problem]:
    """What the catalogue holds besides pages."""
    names = root.get("/Names", {})
    opened = root.get("/OpenAction")
    scripted = isinstance(opened, pikepdf.Dictionary) and opened.get("/S") == "/JavaScript"
    if "/JavaScript" in names or scripted:
        yield problem("javascript", "the file holds JavaScript.", "Take the scripts out.")
    if "/AA" in root or (isinstance(opened, pikepdf.Dictionary) and not scripted):
        yield problem("action", "the file acts when it is opened or closed.", "Take the document's actions out.")
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield problem("embedded-file", "the file holds other files.", "Take the embedded files out.")
    if "/AcroForm" in root:
        yield problem("form-field", "the file has a form to fill in.", "Flatten the form and take it out.")
