"""What is changed inside the engine: an upgrade that breaks one of these changes shows itself here, by its name."""

from __future__ import annotations

import inspect
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from directory_pub.census import read_pages
from directory_pub.typeset import import_engine
from directory_pub.typeset.engine_patches import _lay_out_once
from unit.hand_made import set_pages, small_engine

IMPORTING = """
import subprocess, sys
started = []
sys.addaudithook(lambda event, args: started.append(args[0]) if event == "subprocess.Popen" else None)
import ctypes.util
find_library = ctypes.util.find_library
from directory_pub.census import read_pages
from directory_pub.typeset import import_engine
from directory_pub.typeset.engine_patches import _lay_out_once
import_engine()
late = sorted(name for name in sys.modules if name.startswith(("fontTools.subset", "fontTools.varLib")))
print(started, late, ctypes.util.find_library is find_library)
"""


# -------------------------------------------------------------------- while it is imported
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are looked for by other names")
def test_the_engine_is_imported_without_other_programs_and_without_what_no_font_needs() -> None:
    told = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["[]", "[]", "True"]


@pytest.mark.slow
def test_a_font_that_harfbuzz_cannot_subset_is_subset_by_fonttools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = small_engine(tmp_path / "project", "")
    pages = engine.typeset('<html lang="en"><title>t</title><body><p>Harbour', "x")
    assert pages is not None
    monkeypatch.setattr(import_engine().pdf.fonts, "harfbuzz_subset", None)
    font = TTFont(io.BytesIO(font_program(pages.write())))
    drawn = [name for name in font.getGlyphOrder() if font["glyf"][name].numberOfContours]
    assert len(drawn) == len(set("Harbour"))


def test_a_variable_font_becomes_one_of_one_weight() -> None:
    instance = import_engine().pdf.fonts.instantiateVariableFont(variable_font(), {"wght": 400}, static=True)
    assert "fvar" not in instance


def font_program(pdf: bytes) -> bytes:
    """The one font of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (program,) = [each for each in document.objects if isinstance(each, pikepdf.Stream) and "/Length1" in each]
        return program.read_bytes()


def variable_font() -> TTFont:
    """A font of one empty glyph and one axis."""
    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef"])
    font.setupCharacterMap({})
    font.setupGlyf({".notdef": Glyph()})
    font.setupHorizontalMetrics({".notdef": (500, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "One", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    font.setupGvar({".notdef": []})
    return font.font


# -------------------------------------------------------------------- layout
RUNNING = """@page { @top-left { content: element(aside) } } section { break-after: page }
aside { position: running(aside) }"""
BODY = "".join(f"<section><aside>aside{number}</aside><p>flow{number}</p></section>" for number in range(4))


def test_a_page_with_a_running_element_is_laid_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = small_engine(tmp_path / "project", RUNNING)
    page = import_engine().layout.page
    laid_out: list[int] = []
    for make_page, numbers in ((page.make_page, [1, 2, 3, 4]), (inspect.unwrap(page.make_page), [1, 2, 3, 4, 2, 3, 4])):

        def count(*asked: Any, make_page: Callable[..., Any] = make_page) -> Any:
            laid_out.append(asked[4])
            return make_page(*asked)

        monkeypatch.setattr(page, "make_page", count)
        laid_out.clear()
        words = [sorted(word.text for word in each.words) for each in read_pages(set_pages(engine, BODY))]
        assert words == [[f"aside{number}", f"flow{number}"] for number in range(4)]
        assert laid_out == numbers, "without the change, the engine lays a page out twice: is it still needed?"


def test_of_a_note_the_engine_hears_that_it_is_new_on_the_page() -> None:
    """A note takes room from the flow: its page has to be laid out again."""
    note, aside = (SimpleNamespace(is_note=lambda kind=kind: kind) for kind in (True, False))
    context = SimpleNamespace(running_elements={"note": {1: [note]}, "aside": {1: [aside]}, "unknown": {}})
    _lay_out_once(lambda *asked: None)(context, None, None, None, 2, None)
    assert [2 in pages for pages in context.running_elements.values()] == [False, True, False]


def test_the_engine_still_asks_for_what_is_given_to_it() -> None:
    """It takes what was known of a page's running elements out of the context, by the page's number."""
    make_page = inspect.unwrap(import_engine().layout.page.make_page)
    assert list(inspect.signature(make_page).parameters)[:5] == [
        "context",
        "root_box",
        "page_type",
        "resume_at",
        "page_number",
    ]
    assert "running_elements.pop(page_number, None)" in inspect.getsource(make_page)


_PIXELS_A_MM = 10
PARTED = """@page { size: 60mm 40mm; margin: 10mm } p { font-size: 3mm; line-height: 5mm; orphans: 1; widows: 3 }
blockquote { border-left: 2mm solid #000; padding-left: 4mm }"""


PICTURE = '<img alt="One" src="project:///.artwork/one.svg" style="display: block; height: 10mm; margin-left: 20mm">'


def paragraph(lines: int) -> str:
    return f"<p>{'<br>'.join(['word'] * lines)}</p>"


@pytest.mark.parametrize(
    ("text", "beside_mm"),
    [
        (paragraph(3), [15]),
        (paragraph(5), [10, 15]),
        (paragraph(6), [15, 15]),
        (paragraph(8), [20, 20]),
        (f"{paragraph(1)}{PICTURE}{paragraph(3)}", [15, 15]),
        (f"{PICTURE}{paragraph(5)}", [20, 15]),
    ],
)
def test_a_rule_ends_with_the_last_line_where_a_page_parts_what_it_stands_beside(
    tmp_path: Path, text: str, beside_mm: list[int]
) -> None:
    """Of the four lines of a page, those that the rest needs overleaf are left white, and so is the rule's place."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
    engine = small_engine(tmp_path / "project", PARTED, {"one.svg": svg})
    pdf = set_pages(engine, f"<blockquote>{text}</blockquote>")
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=_PIXELS_A_MM * 25.4 / 72).to_pil().convert("L") for page in document]
    rules = [[page.getpixel((14 * _PIXELS_A_MM, y)) < 100 for y in range(page.height)] for page in pages]
    assert [round(sum(dark) / _PIXELS_A_MM) for dark in rules] == beside_mm
