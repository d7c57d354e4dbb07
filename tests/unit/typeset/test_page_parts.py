"""The other place inside the engine that we reach into: an upgrade that closes it shows itself here."""

from __future__ import annotations

import importlib
import io

import pikepdf
import pytest

from directory_pub.place.recto_verso import read_parts
from directory_pub.storage.serialise import deserialise, serialise
from directory_pub.typeset import Engine, TypesetPiece
from directory_pub.typeset.page_parts import parting
from unit.hand_made import small_engine

CSS = """@page { margin: 20mm 10mm 20mm 30mm; @top-left { content: "head" } @right-top { content: "side"; width: 8mm }
@top-right-corner { content: counter(page) } @bottom-center { content: none } }
@page :left { margin: 20mm 30mm 20mm 10mm }
.note { float: footnote } p { break-after: page }"""
MM_IN_PX = 96 / 25.4


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("parts") / "project", CSS)


@pytest.fixture(scope="module")
def piece(engine: Engine) -> TypesetPiece:
    html = '<html lang="en"><title>t</title><p id="a">One<span class="note">Note.</span></p><div id="b">Two</div>'
    made = engine.set_piece(html, "x")
    assert made, engine.findings
    return made


def test_each_part_that_is_drawn_is_told_with_how_far_it_moves(piece: TypesetPiece) -> None:
    with pikepdf.open(io.BytesIO(piece.pdf)) as pdf:
        right = {part.name: part for part in read_parts(pdf.pages[0]).parts}
        left = {part.name: part for part in read_parts(pdf.pages[1]).parts}
    assert list(right) == ["flow", "notes", "top-left", "right-top", "top-right-corner"]
    assert "notes" not in left
    # On the right the flow begins at 30 mm, on the left at 10 mm.
    assert right["flow"].mirror_px == pytest.approx(-20 * MM_IN_PX, abs=0.01)
    assert left["flow"].mirror_px == pytest.approx(20 * MM_IN_PX, abs=0.01)
    assert right["notes"].mirror_px == right["top-left"].mirror_px == right["flow"].mirror_px
    side = right["right-top"]
    assert side.is_side
    assert side.reach_px[0] == pytest.approx(90 * MM_IN_PX, abs=0.01)
    assert right["top-right-corner"].is_folio


def test_what_is_in_a_part_is_between_it_and_the_next(piece: TypesetPiece) -> None:
    with pikepdf.open(io.BytesIO(piece.pdf)) as pdf:
        parted = read_parts(pdf.pages[0])
    shown = {part.name: sum(str(each.operator) in ("Tj", "TJ") for each in part.instructions) for part in parted.parts}
    assert shown == {"flow": 2, "notes": 2, "top-left": 1, "right-top": 1, "top-right-corner": 1}
    for part in parted.parts:
        depth = [{"q": 1, "Q": -1}.get(str(each.operator), 0) for each in part.instructions]
        assert sum(depth) == 0
    assert {str(each.operator) for each in parted.after} == {"Q"}


def test_a_piece_knows_its_pages_anchors_and_folio(piece: TypesetPiece) -> None:
    assert piece.page_count == 2
    assert piece.has_folio
    assert (piece.anchors["a"][0], piece.anchors["b"][0]) == (0, 1)
    assert [element.tag for element in piece.roots()[0].iter()][:2] == ["html", "head"]
    assert deserialise(serialise(piece, TypesetPiece), TypesetPiece) == piece


def test_the_engine_is_as_it_was_when_the_file_is_written() -> None:
    draw = importlib.import_module("weasyprint.draw")
    before = draw.draw_stacking_context
    with parting():
        assert draw.draw_stacking_context is not before
    assert draw.draw_stacking_context is before
    assert "draw_stacking_context" in draw.draw_page.__code__.co_names
