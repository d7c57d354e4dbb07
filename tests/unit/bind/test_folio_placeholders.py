"""Folios that are filled in when the book is bound: figures of one width, in their places and in no others."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, SubElement

import pikepdf
import pytest

from directory_pub.bind import can_be_filled, take_placeholders
from directory_pub.bind.folio_placeholders import FolioPlaceholder, fill, mark_placeholders
from directory_pub.design.faces import FontLibrary, read_faces
from directory_pub.edition.theme import Theme
from directory_pub.typeset import Engine, TypesetPiece
from project import ROOT
from unit.hand_made import grid

GLYPHS = (*(b"%04x" % at for at in range(16, 26)), b"0009")
SHEET = (
    'a {{ font: 400 10pt "{family}"; font-feature-settings: {features} }} a::after {{ content: " " attr(data-folio) }}'
)


def test_a_folio_is_filled_in_from_its_end_and_with_blanks_before_it() -> None:
    content = b"[<00100010>-7<0010>] TJ"
    placeholders = [FolioPlaceholder(at, "goal", place, GLYPHS) for at, place in ((2, 2), (6, 1), (14, 0))]
    assert fill(content, placeholders, {"goal": 407}) == b"[<00140010>-7<0017>] TJ"
    assert fill(content, placeholders, {"goal": 12}) == b"[<00090011>-7<0012>] TJ"
    assert fill(content, placeholders, {"elsewhere": 12}) == content


@pytest.fixture(scope="module")
def library() -> FontLibrary:
    return read_faces(Theme.of(ROOT))


def set_rows(
    library: FontLibrary, family: str, features: str, folio: str = "000"
) -> tuple[TypesetPiece, list[Element]]:
    """A page with two rows, each with a placeholder behind its name."""
    engine = Engine(Theme.of(ROOT), grid(), library, {}, {})
    rows = "".join(f'<p><a href="book:{key}" data-folio="{folio}">100 names of {key}</a></p>' for key in ("one", "two"))
    sheet = SHEET.format(family=family, features=features)
    piece = engine.set_piece(f"<html><head><style>{sheet}</style></head><body>{rows}</body></html>", "page")
    assert piece is not None
    return piece, [element for root in piece.roots() for element in root.iter()]


def words(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize(
    ("family", "features"),
    [("Source Sans 3", "normal"), ("Source Sans 3", '"onum", "tnum"'), ("Source Serif 4", '"tnum"')],
)
def test_placeholders_are_found_marked_and_filled(library: FontLibrary, family: str, features: str) -> None:
    piece, elements = set_rows(library, family, features)
    assert can_be_filled(piece.pdf, elements, library.programs)
    with pikepdf.open(io.BytesIO(piece.pdf)) as document:
        mark_placeholders(document, elements)
        [placeholders] = take_placeholders(document, library.programs)
        out = io.BytesIO()
        document.save(out)
        pdf = out.getvalue()
    assert [(each.goal, each.place) for each in placeholders] == [
        (key, place) for key in ("one", "two") for place in (2, 1, 0)
    ]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        content = page.Contents.read_bytes()
        assert b"/FolioPlaceholder" not in content
        page.Contents = document.make_stream(fill(content, placeholders, {"one": 907, "two": 64}))
        filled = io.BytesIO()
        document.save(filled)
    assert words(pdf) == "100 names of one 000 100 names of two 000"
    # The font program of the piece lacks the other figures; its table of texts has them.
    assert words(filled.getvalue()) == "100 names of one 907 100 names of two 64"


@pytest.mark.parametrize(("family", "features"), [("Source Serif 4", '"pnum"'), ("Source Sans 3", '"pnum"')])
def test_figures_of_several_widths_are_not_filled_in(library: FontLibrary, family: str, features: str) -> None:
    piece, elements = set_rows(library, family, features)
    assert not can_be_filled(piece.pdf, elements, library.programs)


def test_a_face_that_is_not_in_the_project_is_not_filled_in(library: FontLibrary) -> None:
    piece, elements = set_rows(library, "Source Sans 3", "normal")
    nowhere: dict[str, bytes] = {}
    assert not can_be_filled(piece.pdf, elements, nowhere)


def test_what_has_no_placeholder_is_left_as_it_is(library: FontLibrary) -> None:
    piece, elements = set_rows(library, "Source Sans 3", "normal")
    for element in elements:
        element.attrib.pop("data-folio", None)
    SubElement(elements[0], "p")
    with pikepdf.open(io.BytesIO(piece.pdf)) as document:
        before = document.pages[0].Contents.read_bytes()
        mark_placeholders(document, elements)
        assert document.pages[0].Contents.read_bytes() == before


# -------------------------------------------------------------------- in a text
def set_text(library: FontLibrary, html: str, style: str = "") -> tuple[TypesetPiece, list[Element]]:
    """A page with one paragraph."""
    engine = Engine(Theme.of(ROOT), grid(), library, {}, {})
    sheet = f'body {{ font: 400 10pt "Source Sans 3" }} {style}'
    piece = engine.set_piece(f"<html><head><style>{sheet}</style></head><body><p>{html}</p></body></html>", "page")
    assert piece is not None
    return piece, [element for root in piece.roots() for element in root.iter()]


_NAMED = (
    'See <a href="book:one"><strong>One</strong> (page <span data-folio-of="one">00</span>)</a>, 00 boats and'
    ' <a href="book:two"><strong>Two (page <span data-folio-of="two">000</span>)</strong></a>.'
)


def test_a_folio_in_a_text_is_filled_in_its_own_face_and_no_other_figure(library: FontLibrary) -> None:
    piece, elements = set_text(library, _NAMED)
    assert can_be_filled(piece.pdf, elements, library.programs, ["two", "one"])
    with pikepdf.open(io.BytesIO(piece.pdf)) as document:
        mark_placeholders(document, elements)
        [placeholders] = take_placeholders(document, library.programs)
        assert [(each.goal, each.place) for each in placeholders] == [
            ("one", 1), ("one", 0), ("two", 2), ("two", 1), ("two", 0),
        ]  # fmt: skip
        page = document.pages[0]
        content = fill(page.Contents.read_bytes(), placeholders, {"one": 17, "two": 203})
        page.Contents = document.make_stream(content)
        out = io.BytesIO()
        document.save(out)
    assert words(out.getvalue()) == "See One (page 17), 00 boats and Two (page 203)."


def test_a_folio_that_is_printed_as_any_text_is_missed(library: FontLibrary) -> None:
    piece, elements = set_text(library, _NAMED.replace(' data-folio-of="two"', ""))
    assert can_be_filled(piece.pdf, elements, library.programs)
    assert not can_be_filled(piece.pdf, elements, library.programs, ["one", "two"])
    assert can_be_filled(piece.pdf, elements, library.programs, ["one"])


def test_a_folio_in_figures_of_several_widths_is_not_filled_in(library: FontLibrary) -> None:
    piece, elements = set_text(library, _NAMED, 'strong { font-feature-settings: "pnum" }')
    assert not can_be_filled(piece.pdf, elements, library.programs, ["one", "two"])
