"""The faces of fonts/: their names, what they draw, how wide."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from directory_pub.design.faces import Face, FontLibrary, read_faces
from directory_pub.edition.theme import Theme
from directory_pub.storage.enclosure import Refused
from project import ROOT
from unit.hand_made import SANS, SERIF, library


def face(family: str, weight: int, italic: bool = False) -> Face:
    found = library().find(family, weight, italic)
    assert found is not None
    return found


def test_every_file_of_fonts_is_in_the_library() -> None:
    assert {f.path for f in library().faces} == set((ROOT / "fonts").rglob("*.ttf"))
    assert {f.family for f in library().faces} == {SANS, SERIF}
    assert sorted({(f.weight, f.italic) for f in library().faces if f.family == SERIF}) == [
        (w, i) for w in (400, 600, 700) for i in (False, True)
    ]


def test_a_face_is_found_by_its_exact_family_weight_and_slope_alone() -> None:
    assert face(SANS, 700, True).path.name == "SourceSans3_700Bold_Italic.ttf"
    assert face(SERIF, 400).postscript_name == "SourceSerif4-Regular"
    assert library().find(SANS, 500, False) is None
    assert library().find("Source Sans", 400, False) is None
    assert library().find(SANS, 800, True) is None


@pytest.mark.parametrize("path", sorted((ROOT / "fonts").rglob("*.ttf")), ids=lambda path: path.stem)
def test_name_weight_and_slope_agree_with_what_fonttools_reads(path: Path) -> None:
    font = TTFont(path)
    (ours,) = [f for f in library().faces if f.path == path]
    assert ours.postscript_name == font["name"].getDebugName(6)
    assert (ours.weight, ours.italic) == (font["OS/2"].usWeightClass, bool(font["OS/2"].fsSelection & 1))


@pytest.mark.parametrize("character", "aÉłşΩЖ“–€†")
def test_letters_of_europe_are_drawn_in_both_families(character: str) -> None:
    assert library().draws(character, SANS)
    assert library().draws(character, SERIF)


@pytest.mark.parametrize("character", "日ع🚋\u0001")
def test_what_no_face_has_is_not_drawn(character: str) -> None:
    assert not library().draws(character, SANS)


def test_a_family_draws_only_what_all_of_its_faces_draw(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in ("SourceSans3_400Regular.ttf", "SourceSans3_700Bold.ttf"):
        font = TTFont(ROOT / "fonts" / "source-sans-3" / name)
        if "Bold" in name:
            for table in font["cmap"].tables:
                table.cmap.pop(ord("é"), None)
        font.save(fonts / name)
    poorer = read_faces(Theme.of(tmp_path))
    assert poorer.draws("a", SANS)
    assert not poorer.draws("é", SANS)


# -------------------------------------------------------------------- widths
def test_widths_are_the_fonts_own_advances() -> None:
    font = TTFont(face(SANS, 400).path)
    advance = font["hmtx"][font.getBestCmap()[ord("n")]][0] / font["head"].unitsPerEm
    assert library().width_em("n", face(SANS, 400)) == pytest.approx(advance)
    assert library().width_em("nnn", face(SANS, 400)) == pytest.approx(3 * advance)
    assert library().width_em("", face(SANS, 400)) == 0


def test_kerning_counts_and_bold_is_wider() -> None:
    sans = face(SANS, 400)
    assert library().width_em("AV", sans) < library().width_em("A", sans) + library().width_em("V", sans)
    assert library().width_em("harbour", face(SANS, 700)) > library().width_em("harbour", sans)


def test_a_folder_without_fonts_is_an_empty_library(tmp_path: Path) -> None:
    empty: FontLibrary = read_faces(Theme.of(tmp_path))
    assert empty.faces == []
    assert empty.find(SANS, 400, False) is None


def test_only_truetype_files_are_read(tmp_path: Path) -> None:
    deep = tmp_path / "fonts" / "deep"
    deep.mkdir(parents=True)
    (tmp_path / "fonts" / "OFL.txt").write_text("licence")
    buffer = io.BytesIO()
    TTFont(face(SANS, 400).path).save(buffer)
    (deep / "any name.ttf").write_bytes(buffer.getvalue())
    (only,) = read_faces(Theme.of(tmp_path)).faces
    assert (only.family, only.weight) == (SANS, 400)


# -------------------------------------------------------------------- faces that are none
REGULAR = (ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf").read_bytes()


def without_table(tag: bytes) -> bytes:
    return REGULAR.replace(tag, b"zzzz", 1)


def damaged(tag: str) -> bytes:
    """The face with a table that is nothing but 0xFF."""
    entry = TTFont(io.BytesIO(REGULAR)).reader.tables[tag]
    return REGULAR[: entry.offset] + b"\xff" * entry.length + REGULAR[entry.offset + entry.length :]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is no TrueType face"),
        (b"\0\1\0\0", "is no TrueType face"),
        (b"hello, I am a face" * 99, "is no TrueType face"),
        (b"\0\1\0\0\xff\xff" + bytes(999), "breaks off"),
        (REGULAR[:9_000], "breaks off"),
        (REGULAR[:-5_000], "breaks off"),
        (b"OTTO" + REGULAR[4:], "is with PostScript outlines, no TrueType face"),
        (b"ttcf" + REGULAR[4:], "is a collection of faces, no TrueType face"),
        (b"wOF2" + bytes(99), "is WOFF2, no TrueType face"),
        (without_table(b"glyf"), "has no table glyf"),
        (without_table(b"OS/2"), "has no table OS/2"),
        (damaged("glyf"), "is damaged"),
    ],
)
def test_what_is_no_whole_face_is_refused_with_its_fault(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_faces(Theme.of(tmp_path))
    finding = refused.value.finding
    assert (finding.code, finding.place.file) == ("face-unreadable", "fonts/a.ttf")
    assert finding.message == f"{fault}."


def test_a_wrong_sum_of_a_table_that_can_be_read_is_no_fault(tmp_path: Path) -> None:
    at = REGULAR.index(b"name") + 4
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(REGULAR[:at] + bytes(4) + REGULAR[at + 4 :])
    assert [face.family for face in read_faces(Theme.of(tmp_path)).faces] == [SANS]
