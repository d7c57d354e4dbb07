"""A comparison as a page to read and print: one file, with nothing fetched from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from directory_pub.annual.comparison import Comparison, PageComparison
from directory_pub.design.page_faces import face_rules
from directory_pub.findings import printable

__all__ = ["html_page"]

_HEADS = {"changed": "Changed", "new": "New", "dropped": "Dropped", "unread": "Not read", "unchanged": "Unchanged"}
_FIGURES = "0123456789"  # of the printed page's number


def html_page(comparison: Comparison) -> str:
    """The page, with as much of the house's faces as it needs; texts of the editions are escaped, whatever they are."""
    body = _template().render(
        comparison=comparison,
        heads=_HEADS,
        groups={status: _of_status(comparison, status) for status in _HEADS},
        front=[page for page in comparison.pages if page.status != "unchanged"],
        printable=printable,
    )
    head, behind = body.split("<style>", 1)
    return f"{head}<style>\n{face_rules({*body, *body.upper(), *_FIGURES})}{behind}"


def _of_status(comparison: Comparison, status: str) -> list[PageComparison]:
    return [entry for entry in comparison.entries if entry.status == status]


@cache
def _template() -> jinja2.Template:
    house = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return house.from_string(_own("comparison.html.j2"), {"sheet": Markup(_own("comparison.css"))})


def _own(name: str) -> str:
    """A file that lies beside this one."""
    return files(__package__).joinpath(name).read_text("utf-8")
