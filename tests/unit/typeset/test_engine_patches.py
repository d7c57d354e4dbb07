"""What is changed inside the engine: an upgrade that breaks one of these changes shows itself here, by its name."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from directory_pub.typeset import import_engine
from unit.hand_made import small_engine

IMPORTING = """
import subprocess, sys
started = []
sys.addaudithook(lambda event, args: started.append(args[0]) if event == "subprocess.Popen" else None)
import ctypes.util
find_library = ctypes.util.find_library
from directory_pub.typeset import import_engine
import_engine()
late = sorted(name for name in sys.modules if name.startswith(("fontTools.subset", "fontTools.varLib")))
print(started, late, ctypes.util.find_library is find_library)
"""


# -------------------------------------------------------------------- while it is imported
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are looked for by other names")
def test_the_engine_is_imported_without_other_programs_and_without_what_no_font_needs() -> None:
    told = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["[]", "[]", "True"]


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
