"""A page's own language: which colours it paints with, and the same page in others."""

from __future__ import annotations

import pikepdf
import pytest

from directory_pub.finish.content_streams import (
    CALLER_FILL,
    CALLER_STROKE,
    Call,
    Components,
    Paint,
    Recoloured,
    read_draws,
    recolour,
)

NAVY = Paint("/DeviceRGB", (18, 53, 91))
ORANGE = Paint("/DeviceRGB", (253, 157, 36))


def navy_only(colour: Components) -> Components | None:
    return (1, 0.8, 0.35, 0.35) if colour[0] < 0.5 and len(colour) == 3 else None


def read(content: bytes) -> Recoloured:
    with pikepdf.new() as pdf:
        return recolour(pdf.make_stream(content), navy_only)


def words(recoloured: Recoloured) -> str:
    return " ".join(recoloured.data.decode().split())


def test_a_known_colour_is_replaced_for_fills_and_for_strokes() -> None:
    recoloured = read(b"0.070588 0.207843 0.356863 rg 0.070588 0.207843 0.356863 RG 0 0 9 9 re B")
    assert words(recoloured) == "1 0.8 0.35 0.35 k 1 0.8 0.35 0.35 K 0 0 9 9 re B"
    assert recoloured.painted == {NAVY}


def test_an_unknown_colour_stays_and_is_told() -> None:
    recoloured = read(b"0.992157 0.615686 0.141176 rg 0 0 9 9 re f")
    assert words(recoloured) == "0.992157 0.615686 0.141176 rg 0 0 9 9 re f"
    assert recoloured.painted == {ORANGE}


def test_a_colour_that_paints_nothing_is_not_told() -> None:
    assert read(b"1 0 0 rg BT ET 0 0 9 9 re W n").painted == set()


def test_a_colour_space_with_its_colour_becomes_one_operator() -> None:
    assert words(read(b"/DeviceRGB cs 0.1 0.2 0.3 sc 0 0 9 9 re f")).startswith(
        "1 0.8 0.35 0.35 k 1 0.8 0.35 0.35 k 0 0 9 9 re f"
    )


def test_a_colour_space_begins_black() -> None:
    assert read(b"/DeviceGray cs 0 0 9 9 re f").painted == {Paint("/DeviceGray", (0, 0, 0))}


def test_restoring_the_graphics_state_restores_the_colour() -> None:
    content = b"0.070588 0.207843 0.356863 rg q 0.992157 0.615686 0.141176 rg Q 0 0 9 9 re f"
    assert read(content).painted == {NAVY}


@pytest.mark.parametrize("operator", [b"f", b"F", b"f*"])
def test_a_fill_without_a_colour_takes_the_callers(operator: bytes) -> None:
    assert read(b"0 0 9 9 re " + operator).painted == {CALLER_FILL}


@pytest.mark.parametrize("operator", [b"S", b"s"])
def test_a_stroke_without_a_colour_takes_the_callers(operator: bytes) -> None:
    assert read(b"0 0 m 9 9 l " + operator).painted == {CALLER_STROKE}


@pytest.mark.parametrize(
    ("mode", "painted"),
    [
        (0, {CALLER_FILL}),
        (1, {CALLER_STROKE}),
        (2, {CALLER_FILL, CALLER_STROKE}),
        (3, set()),
        (7, set()),
    ],
)
def test_text_paints_as_its_rendering_mode_says(mode: int, painted: set[Paint]) -> None:
    assert read(f"BT /F 9 Tf {mode} Tr (a) Tj ET".encode()).painted == painted


def test_a_call_tells_which_colours_may_be_taken_over() -> None:
    recoloured = read(b"0.070588 0.207843 0.356863 rg /x Do")
    assert recoloured.calls == {Call("/x", NAVY, CALLER_STROKE)}
    assert recoloured.named == {"/XObject": {"/x"}}


def test_a_pattern_is_called_by_name_and_has_no_colour_of_its_own() -> None:
    recoloured = read(b"/Pattern cs /p scn 0 0 9 9 re f")
    assert recoloured.painted == set()
    assert recoloured.named == {"/Pattern": {"/p"}}


@pytest.mark.parametrize(
    ("content", "space"),
    [
        (b"0 1 0 0 k 0 0 9 9 re f", "DeviceCMYK"),
        (b"/lab-d50 cs 50 10 10 sc 0 0 9 9 re f", "lab-d50"),
        (b"/Both cs 1 0 0 /p scn 0 0 9 9 re f", "uncoloured pattern"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", "picture inside the page"),
    ],
)
def test_what_is_neither_srgb_nor_grey_is_told_by_its_space(content: bytes, space: str) -> None:
    (paint,) = read(content).painted
    assert paint.srgb is None
    assert paint.space.startswith(space)


def test_a_stencil_in_the_page_takes_the_fill_colour() -> None:
    content = b"0.070588 0.207843 0.356863 rg BI /W 8 /H 1 /IM true ID a EI"
    assert read(content).painted == {NAVY}


def test_tags_are_dropped_and_what_they_enclose_is_kept() -> None:
    content = b"/P <</MCID 0>> BDC /A MP 0 0 9 9 re f EMC /Artifact BMC 1 1 7 7 re n EMC /B <<>> DP"
    assert words(read(content)) == "0 0 9 9 re f 1 1 7 7 re n"


def test_a_drawing_is_measured_under_all_the_matrices_round_it() -> None:
    with pikepdf.new() as pdf:
        content = b"2 0 0 2 5 0 cm q 10 0 0 20 1 1 cm /i Do Q /g gs /Pattern cs /p scn"
        drawn = {draw.name: draw.matrix.shorthand for draw in read_draws(pdf.make_stream(content))}
    assert drawn == {"/i": (20, 0, 0, 40, 7, 2), "/g": (2, 0, 0, 2, 5, 0), "/p": (1, 0, 0, 1, 0, 0)}
