"""Reading ends, whatever a file holds: what has no end is named, and the file is not called clean."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from pikepdf import Array

from directory_pub.preflight import effort, preflight_apart, preflight_file
from directory_pub.preflight.effort import allow_for, spend
from directory_pub.preflight.faults import DamagedStream, Endless
from directory_pub.preflight.unpacking import unpack
from preflight.attacks import ATTACKS, lzw_zeros, packed, write_attack, zeros
from preflight.good_pdf import draw, good_pdf, good_picture, mm, printer, save

# Read to their end and found to be what they are: none of the rules speaks of it.
_HARMLESS = ("widths one by one", "a function of many values")
# These take all the steps that a file may; of what else has no end, the first tenth shows it as well.
_ALL_STEPS = (*_HARMLESS, "patterns in patterns", "annotations", "saved and taken back")


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_what_has_no_end_is_told_and_reading_ends(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name not in _ALL_STEPS:
        monkeypatch.setattr(effort, "_STEPS_A_PAGE", effort._STEPS_A_PAGE // 10)
    report = preflight_apart(write_attack(name, tmp_path), printer())
    assert report.problems or name in _HARMLESS
    told = " ".join(map(str, report))
    assert "of another kind" not in told
    assert "object at 0x" not in told
    assert max((len(str(found)) for found in report), default=0) < 5000


def test_effort_is_counted_by_the_page() -> None:
    with allow_for(1):
        spend(4_000_000)
        with pytest.raises(Endless):
            spend(1)
    with allow_for(2_000):
        spend(8_000_000)


@pytest.mark.slow
def test_a_long_path_is_read_to_its_end(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        path = "100 100 m " + "100.5 100.5 l 120.25 130 l " * 1_300_000 + "1 0 0 rg f"
        page = pdf.pages[1].obj
        page.Contents = Array([page.Contents, packed(pdf, zlib.compress(path.encode()), "FlateDecode")])
        file = save(pdf, tmp_path / "long.pdf")
    assert [found.rule for found in preflight_file(file, printer())] == ["colour-rgb"]


@pytest.mark.parametrize(
    ("name", "content", "parameters", "plain"),
    [
        ("/FlateDecode", zlib.compress(b"abc"), {}, b"abc"),
        ("/FlateDecode", zlib.compress(b"\2abc\2abc"), {"/Predictor": 12, "/Columns": 3}, b"abc\xc2\xc4\xc6"),
        ("/LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", {}, b"-----A---B"),
        ("/RunLengthDecode", b"\x02abc\xfed\x80", {}, b"abcddd"),
        ("/ASCII85Decode", b"@:E^~>", {}, b"abc"),
        ("/ASCIIHexDecode", b"61 62 63>", {}, b"abc"),
        ("/LZWDecode", b"", {}, b""),
    ],
)
def test_every_filter_is_taken_off(name: str, content: bytes, parameters: dict[str, int], plain: bytes) -> None:
    assert unpack(content, name, parameters, 100) == plain


@pytest.mark.parametrize(
    ("name", "content", "parameters"),
    [
        ("/FlateDecode", zeros(2**20), {}),
        ("/FlateDecode", zeros(2**20), {"/Predictor": 12, "/Columns": 5}),
        ("/LZWDecode", lzw_zeros(1), {}),
        ("/RunLengthDecode", b"\x81\0" * 1000, {}),
        ("/ASCII85Decode", b"z" * 1000, {}),
        ("/ASCIIHexDecode", b"00" * 70_000, {}),
        ("/JBIG2Decode", b"", {}),
    ],
)
def test_no_filter_unpacks_more_than_it_may(name: str, content: bytes, parameters: dict[str, int]) -> None:
    with pytest.raises(DamagedStream):
        unpack(content, name, parameters, 2**16 if name == "/ASCIIHexDecode" else 1000)


def test_a_jpeg_that_is_packed_once_more_is_looked_at(tmp_path: Path) -> None:
    import io

    from PIL import Image

    written = io.BytesIO()
    Image.new("CMYK", (120, 120), (0, 0, 0, 0)).save(written, "JPEG", quality=95)
    with good_pdf() as pdf:
        picture = packed(pdf, zlib.compress(written.getvalue()), "FlateDecode", "DCTDecode")
        for key, value in good_picture(pdf).items():
            if key not in ("/Length", "/Filter"):
                picture[key] = value
        draw(pdf, f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /D Do", XObject={"D": picture})
        file = save(pdf, tmp_path / "dark.pdf")
    assert [found.rule for found in preflight_file(file, printer())] == ["ink-total-picture"]
