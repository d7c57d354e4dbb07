"""The pages of a browser as HTML: the preview's own, what stands beside its pages, and the report that is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from directory_pub.design.page_faces import face_rules
from directory_pub.findings import Finding, Place, Report, Severity, by_file, printable
from directory_pub.preview.messages import Outcome

__all__ = ["BROWSER_MODULES", "counts_of", "own_file", "panel_html", "preview_html", "report_html"]

BROWSER_MODULES = (
    "view",
    "server",
    "boxes",
    "drawing",
    "pages",
    "position",
    "zoom",
    "showing",
    "panels",
    "places",
    "told",
    "preview",
)
"""The scripts in ``browser/``, by their names: each imports from those before it alone."""

_FIGURES = "0123456789"


def own_file(name: str) -> bytes:
    """A file that lies beside this one, or in a folder there."""
    return files(__package__).joinpath(name).read_bytes()


def preview_html(*, has_editor: bool) -> str:
    """The page that shows the book; all that it shows it asks for."""
    return _house().get_template("preview.html.j2").render(has_editor=has_editor, modules=BROWSER_MODULES)


def panel_html(outcome: Outcome, place_number: Callable[[Place], int], *, has_editor: bool) -> Mapping[str, str]:
    """The contents and the findings of a book, as they stand beside its pages."""
    panels = (
        _house().get_template("panels.html.j2").make_module({"has_editor": has_editor, "place_number": place_number})
    )
    numbers = {id(finding): number for number, finding in enumerate(outcome.findings)}
    numbered = [(file, [(numbers[id(each)], each) for each in of_file]) for file, of_file in by_file(outcome.findings)]
    return {
        "contents": str(panels.contents(outcome.rows)),  # type: ignore[attr-defined]
        "findings": str(panels.findings(numbered, True)),  # type: ignore[attr-defined]
    }


def report_html(outcome: Outcome, files: Sequence[str]) -> str:
    """One self-contained page with the findings and the status of all entries; ``files`` are lines on what was made."""
    body = (
        _house()
        .get_template("report.html.j2")
        .render(
            outcome=outcome,
            files=files,
            summary=counts_of(outcome.findings),
            numbered=[(file, list(enumerate(of_file))) for file, of_file in by_file(outcome.findings)],
            sheet=Markup(own_file("house.css").decode() + own_file("report.css").decode()),
        )
    )
    head, behind = body.split("<style>", 1)
    return f"{head}<style>\n{face_rules({*body, *body.upper(), *_FIGURES})}{behind}"


def counts_of(findings: Sequence[Finding]) -> str:
    """``1 error, 2 warnings``."""
    report = Report(findings)
    return ", ".join(_counted(report)) or "No findings"


def _counted(report: Report) -> Iterator[str]:
    for severity in Severity:
        if count := len(report.of(severity)):
            yield f"{count} {severity}{'' if count == 1 else 's'}"


@cache
def _house() -> jinja2.Environment:
    house = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: own_file(name).decode()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    house.globals.update(printable=printable, severities=list(Severity), has_editor=False, place_number=None)
    return house
