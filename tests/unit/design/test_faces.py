"""The faces of fonts/: their names, what they draw, how wide."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

from directory_pub.design.faces import Face, FontLibrary, read_faces
from directory_pub.edition.theme import Layer, Theme
from directory_pub.storage.enclosure import Refused
from made_faces import WIDER, make_face, make_variable, saved
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


def test_what_is_no_face_by_its_name_is_not_read(tmp_path: Path) -> None:
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
        (b"", "is no OpenType face"),
        (b"\0\1\0\0", "is no OpenType face"),
        (b"hello, I am a face" * 99, "is no OpenType face"),
        (b"\0\1\0\0\xff\xff" + bytes(999), "breaks off"),
        (REGULAR[:9_000], "breaks off"),
        (REGULAR[:-5_000], "breaks off"),
        (b"OTTO" + REGULAR[4:], "has no table CFF"),
        (b"ttcf" + REGULAR[4:], "is a collection of faces"),
        (b"wOF2" + bytes(99), "breaks off"),
        (b"wOFF" + bytes(99), "is damaged"),
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


def test_a_collection_is_refused_with_what_to_do(tmp_path: Path) -> None:
    put(tmp_path, "a.ttc", b"ttcf" + REGULAR[4:])
    with pytest.raises(Refused) as refused:
        read_faces(Theme.of(tmp_path))
    assert refused.value.finding.place.file == "fonts/a.ttc"
    assert "a file of its own" in refused.value.finding.remedy


def put(root: Path, name: str, content: bytes, folder: str = "fonts") -> None:
    (root / folder).mkdir(parents=True, exist_ok=True)
    (root / folder / name).write_bytes(content)


# -------------------------------------------------------------------- packed faces
def woff2_that_unpacks_to(size: int) -> bytes:
    """A file whose head is in order and whose tables are so many noughts."""
    packed = brotli.compress(bytes(size), quality=1)
    head = struct.pack(">4s4sIHHIIHH5I", b"wOF2", b"\0\1\0\0", 0, 1, 0, 4_000, len(packed), 1, 0, 0, 0, 0, 0, 0)
    return head + bytes((0x3F,)) + b"wide" + b"\x8f\xff\x7f" + packed


def woff_that_unpacks_to(size: int) -> bytes:
    packed = zlib.compress(bytes(size))
    head = struct.pack(">4s4sIHHIHH5I", b"wOFF", b"\0\1\0\0", 0, 1, 0, 4_000, 1, 0, 0, 0, 0, 0, 0)
    return head + struct.pack(">4s4I", b"wide", 64, len(packed), 4_000, 0) + packed


@pytest.mark.quick("*woff2")
@pytest.mark.parametrize("flavour", ["woff", "woff2"])
@pytest.mark.parametrize("compact", [False, True])
def test_a_packed_face_is_the_same_as_it_was(tmp_path: Path, flavour: str, compact: bool) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    put(plain, "a.otf", saved(make_face("Kite", compact=compact)))
    put(packed, f"a.{flavour}", saved(make_face("Kite", compact=compact), flavour))
    one, other = read_faces(Theme.of(plain)), read_faces(Theme.of(packed))
    first, second = one.faces[0], other.faces[0]
    assert (first.family, first.weight, first.postscript_name) == (second.family, second.weight, second.postscript_name)
    assert one.width_em("Harbour AV", first) == other.width_em("Harbour AV", second) > 3
    assert one.metrics("Kite") == other.metrics("Kite")


@pytest.mark.parametrize("flavour", ["woff", "woff2"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_packed_face_that_breaks_off_is_refused(tmp_path: Path, flavour: str, kept: float) -> None:
    whole = saved(make_face("Kite"), flavour)
    put(tmp_path, f"a.{flavour}", whole[: int(len(whole) * kept)])
    with pytest.raises(Refused) as refused:
        read_faces(Theme.of(tmp_path))
    assert refused.value.finding.code == "face-unreadable"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "bomb"), [("a.woff2", woff2_that_unpacks_to), ("a.woff", woff_that_unpacks_to)])
def test_what_unpacks_to_far_more_than_it_says_is_refused_before_it_is_held(
    tmp_path: Path, name: str, bomb: Callable[[int], bytes]
) -> None:
    content = bomb(1_000_000_000)
    assert len(content) < 2_000_000
    put(tmp_path, name, content)
    tracemalloc.start()
    with pytest.raises(Refused):
        read_faces(Theme.of(tmp_path))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


# -------------------------------------------------------------------- variable faces
def widths(library: FontLibrary, italic: bool = False) -> dict[int, float]:
    own = [face for face in library.faces if face.italic == italic]
    return {face.weight: library.width_em("H", face) for face in own}


@pytest.mark.quick("False")
@pytest.mark.parametrize("compact", [False, True])
def test_a_variable_face_gives_the_weights_that_the_theme_asks_for(tmp_path: Path, compact: bool) -> None:
    put(tmp_path, "kite.ttf", saved(make_variable("Kite", compact=compact)))
    put(tmp_path, "tokens.css", b':root { --sans: "Kite" }', "styles")
    put(tmp_path, "text-styles.yaml", b"title: { size: text, weight: 900 }", "styles")
    put(
        tmp_path,
        "a.css",
        b'p { font: 300 9pt var(--sans) } q { font: 500 9pt "Other" } b { font-weight: 600 }',
        "styles",
    )
    library = read_faces(Theme.of(tmp_path))
    drawn = widths(library)
    assert sorted(drawn) == [300, 400, 600, 700, 900]
    assert library.weights("Kite") == [200, 300, 400, 500, 600, 700, 800, 900]
    (narrowest,) = {widths_of_master("Kite", compact)}
    for weight, em in drawn.items():
        assert em == pytest.approx(narrowest * (1 + (WIDER - 1) * (weight - 200) / 700), abs=0.002)


def widths_of_master(family: str, compact: bool) -> float:
    font = make_face(family, 200, compact=compact)
    return float(font["hmtx"][font.getBestCmap()[ord("H")]][0] / font["head"].unitsPerEm)


@pytest.mark.quick("False")
@pytest.mark.parametrize("compact", [False, True])
def test_what_is_measured_and_embedded_is_one_static_face_of_its_own_name(tmp_path: Path, compact: bool) -> None:
    put(tmp_path, "kite.ttf", saved(make_variable("Kite", compact=compact)))
    library = read_faces(Theme.of(tmp_path))
    assert set(library.programs) == {"Kite-400", "Kite-700"}
    for face in library.faces:
        font = TTFont(io.BytesIO(library.programs[face.postscript_name]))
        assert not {"fvar", "gvar", "CFF2"} & set(font.keys())
        assert ("CFF " in font) == compact
        assert font["name"].getDebugName(6) == face.postscript_name
        advance = font["hmtx"][font.getBestCmap()[ord("H")]][0] / font["head"].unitsPerEm
        assert advance == library.width_em("H", face)


@pytest.mark.slow
def test_an_axis_of_slope_is_the_italic_of_a_family_that_has_no_other(tmp_path: Path) -> None:
    put(tmp_path, "kite.ttf", saved(make_variable("Kite", slants=True)))
    library = read_faces(Theme.of(tmp_path))
    assert sorted(widths(library)) == sorted(widths(library, italic=True)) == [400, 700]
    upright, slanted = (library.find("Kite", 400, italic) for italic in (False, True))
    assert upright
    assert slanted
    (_, high), (lower, _) = library.drawn("H", slanted) or (0, 0), library.drawn("H", upright) or (0, 0)
    assert high > 0.6
    assert library.programs[upright.postscript_name] != library.programs[slanted.postscript_name]
    assert lower > 0
    put(tmp_path, "italic.ttf", saved(make_face("Kite", italic=True)))
    drawn = read_faces(Theme.of(tmp_path)).find("Kite", 400, True)
    assert drawn is not None
    assert drawn.name == "fonts/italic.ttf"


def test_the_upper_layer_gives_a_face_that_both_have(tmp_path: Path) -> None:
    upper, lower = tmp_path / "upper", tmp_path / "lower"
    put(upper, "mine.otf", saved(make_face("Kite", compact=True)))
    put(lower, "kite.ttf", saved(make_face("Kite")))
    put(lower, "bold.ttf", saved(make_face("Kite", 700)))
    library = read_faces(Theme((Layer("edition", upper), Layer("project", lower))))
    assert {face.weight: face.name for face in library.faces} == {400: "fonts/mine.otf", 700: "fonts/bold.ttf"}


# -------------------------------------------------------------------- what faces say of themselves
@pytest.mark.parametrize(
    ("stated", "names", "weight", "family"),
    [
        (600, {}, 600, "Kite"),
        (0, {17: "Bold"}, 700, "Kite"),
        (0, {17: ""}, 400, "Kite"),
        (6, {}, 600, "Kite"),
        (250, {17: "ExtraLight"}, 200, "Kite"),
        (275, {17: ""}, 300, "Kite"),
        (950, {17: ""}, 900, "Kite"),
        (600, {16: "", 17: "", 1: "Kite Semibold"}, 600, "Kite"),
        (600, {16: "", 17: "", 1: "Kite Semi Bold"}, 600, "Kite"),
        (400, {16: "", 17: "", 1: "Kite Book"}, 400, "Kite Book"),
        (300, {16: "", 17: "", 1: "Light"}, 300, "Light"),
    ],
)
def test_weights_and_families_of_old_and_odd_faces(
    tmp_path: Path, stated: int, names: dict[int, str], weight: int, family: str
) -> None:
    font = make_face("Kite", names=names)
    font["OS/2"].usWeightClass = stated
    put(tmp_path, "a.ttf", saved(font))
    (only,) = read_faces(Theme.of(tmp_path)).faces
    assert (only.weight, only.family) == (weight, family)


def test_a_narrow_face_is_a_family_of_its_own(tmp_path: Path) -> None:
    font = make_face("Kite")
    font["OS/2"].usWidthClass = 3
    put(tmp_path, "a.ttf", saved(font))
    put(tmp_path, "b.ttf", saved(make_face("Kite")))
    assert {face.family for face in read_faces(Theme.of(tmp_path)).faces} == {"Kite", "Kite Condensed"}


@pytest.mark.parametrize("name", ["", "Kite Regular", "Kite-Régular"])
def test_a_face_without_a_postscript_name_that_a_pdf_can_have_is_given_one(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.ttf", saved(make_face("Kite", names={6: name})))
    library = read_faces(Theme.of(tmp_path))
    assert list(library.programs) == ["Kite-400"]
    assert TTFont(io.BytesIO(library.programs["Kite-400"]))["name"].getDebugName(6) == "Kite-400"


def test_two_faces_of_one_postscript_name_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "a.ttf", saved(make_face("Kite", names={6: "Same"})))
    put(tmp_path, "b.ttf", saved(make_face("Kite", 700, names={6: "Same"})))
    assert sorted(read_faces(Theme.of(tmp_path)).programs) == ["Kite-400", "Kite-700"]


def test_a_face_that_does_not_tell_its_cap_height_is_measured(tmp_path: Path) -> None:
    font = make_face("Kite")
    told = font["OS/2"].sCapHeight / font["head"].unitsPerEm
    font["OS/2"].sCapHeight = 0
    put(tmp_path, "a.ttf", saved(font))
    assert read_faces(Theme.of(tmp_path)).metrics("Kite").cap_height_em == pytest.approx(told, abs=0.01)


def test_characters_are_asked_of_the_faces_that_a_text_stands_in(tmp_path: Path) -> None:
    bold, italic = make_face("Kite", 700), make_face("Kite", italic=True)
    for font, character in ((bold, "é"), (italic, "ß")):
        for table in font["cmap"].tables:
            table.cmap.pop(ord(character), None)
    put(tmp_path, "tokens.css", b':root { --sans: "Kite" }', "styles")
    put(tmp_path, "text-styles.yaml", b"text: { size: text }", "styles")
    for name, font in (("a", make_face("Kite")), ("b", bold), ("i", italic)):
        put(tmp_path, f"{name}.ttf", saved(font))
    library = read_faces(Theme.of(tmp_path))
    assert library.missing("éß", "Kite") == []
    assert library.missing("éß", "Kite", bold=True) == ["é"]
    assert library.missing("éß", "Kite", italic=True) == ["ß"]
