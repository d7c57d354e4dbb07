"""What a press has no use for: annotations, actions, scripts, files in the file, forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace
from pikepdf import Dictionary

from directory_pub.edition.printers import Printer
from directory_pub.findings import Severity
from directory_pub.preflight.actions import acts_of, is_script, items_of
from directory_pub.preflight.effort import spend
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem, problem

__all__ = ["check_file_structure", "check_page_structure"]

_SCRIPT_REMEDY = "Take the scripts out."
_STEPS_AN_ANNOTATION = 20


def check_page_structure(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Annotations over the page or its bleed, and actions of the page."""
    acts = list(acts_of(view.page))
    if any(map(is_script, acts)):
        yield view.problem("javascript", "the page runs a script when it is opened or closed.", _SCRIPT_REMEDY)
    elif "/AA" in view.page:
        yield view.problem("action", "the page acts when it is opened or closed.", "Take the page's actions out.")
    for annotation in view.page.get("/Annots", []):
        spend(_STEPS_AN_ANNOTATION)
        yield from _check_annotation(view, annotation)


def _check_annotation(view: PageView, annotation: Any) -> Iterator[Problem]:
    kind = str(annotation.get("/Subtype", "/unknown"))[1:]
    bounds, acts = Box.of(annotation.Rect).scaled(view.unit), list(acts_of(annotation))
    on_page = kind != "Popup" and bounds.overlaps(view.bleed)
    if on_page:
        yield view.problem(
            "annotation",
            f"an annotation ({kind}) lies on the page.",
            "Take the annotations out; what is to be printed belongs in the page.",
            bounds=bounds,
            measured=kind,
        )
    if any(map(is_script, acts)):
        yield view.problem("javascript", f"an annotation ({kind}) runs a script.", _SCRIPT_REMEDY, bounds=bounds)
    elif not on_page and acts:
        yield view.problem(
            "action", f"an annotation beside the page ({kind}) acts.", "Take it out.", bounds=bounds, measured=kind
        )
    if not on_page and kind == "FileAttachment":
        yield view.problem("embedded-file", "a file is attached beside the page.", "Take it out.", bounds=bounds)


def check_file_structure(root: Any) -> Iterator[Problem]:
    """What the catalogue holds besides pages."""
    names, form = root.get("/Names", {}), root.get("/AcroForm")
    opened = list(acts_of(root))
    fields = items_of(form.get("/Fields"), "/Kids") if isinstance(form, Dictionary) else ()
    acts_of_fields = [act for field in fields for act in acts_of(field)]
    marked = [act for mark in items_of(root.get("/Outlines"), "/Next", "/First") for act in acts_of(mark)]
    if "/JavaScript" in names or any(map(is_script, [*opened, *acts_of_fields, *marked])):
        yield problem("javascript", "the file holds JavaScript.", _SCRIPT_REMEDY)
    if "/AA" in root or any(not is_script(act) for act in opened):
        yield problem("action", "the file acts when it is opened or closed.", "Take the document's actions out.")
    yield from _check_bookmarks([act for act in marked if not is_script(act)])
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield problem("embedded-file", "the file holds other files.", "Take the embedded files out.")
    if form is not None:
        yield problem("form-field", "the file has a form to fill in.", "Flatten the form and take it out.")


def _check_bookmarks(acts: list[Any]) -> Iterator[Problem]:
    """Bookmarks may name a place; one that goes there by an action is against the letter, and harms no press."""
    kinds = sorted({str(act.get("/S", "/unknown"))[1:] for act in acts})
    if kinds:
        found = problem(
            "action",
            f"bookmarks act ({', '.join(kinds)}).",
            "Take the bookmarks out, or let each name its place.",
            measured=", ".join(kinds),
        )
        yield replace(found, severity=Severity.WARNING) if kinds == ["GoTo"] else found
