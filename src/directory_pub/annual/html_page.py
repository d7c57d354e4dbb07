"""A comparison as a page to read and print: one file, with nothing fetched from elsewhere."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

import jinja2
import uharfbuzz
from markupsafe import Markup

from directory_pub.annual.comparison import Comparison, PageComparison
from directory_pub.edition.theme import built_in_folder
from directory_pub.findings import printable
from directory_pub.storage.enclosure import read_bytes

__all__ = ["html_page"]

_HEADS = {"changed": "Changed", "new": "New", "dropped": "Dropped", "unread": "Not read", "unchanged": "Unchanged"}
_FACES = {
    400: "fonts/source-sans-3/SourceSans3_400Regular.ttf",
    600: "fonts/source-sans-3/SourceSans3_600SemiBold.ttf",
}
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
    faces = "".join(_face(weight, file, {*body, *body.upper(), *_FIGURES}) for weight, file in _FACES.items())
    return f"{head}<style>\n{faces}{behind}"


def _of_status(comparison: Comparison, status: str) -> list[PageComparison]:
    return [entry for entry in comparison.entries if entry.status == status]


@cache
def _template() -> jinja2.Template:
    house = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return house.from_string(_own("comparison.html.j2"), {"sheet": Markup(_own("comparison.css"))})


def _own(name: str) -> str:
    """A file that lies beside this one."""
    return files(__package__).joinpath(name).read_text("utf-8")


def _face(weight: int, file: str, characters: set[str]) -> str:
    """A built-in face with the characters that are shown, as a rule of the sheet."""
    built_in = built_in_folder()
    asked = uharfbuzz.SubsetInput()
    asked.unicode_set.update(map(ord, characters))
    face = asked.subset(uharfbuzz.Face(uharfbuzz.Blob(read_bytes(built_in / file, built_in))))
    content = base64.b64encode(face.blob.data).decode()
    return (
        f'@font-face {{ font-family: "House Sans"; font-weight: {weight}; '
        f'src: url("data:font/ttf;base64,{content}") format("truetype") }}\n'
    )
