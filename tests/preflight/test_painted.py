"""What is not painted is no alarm: clipped away, off the sheet, clear, or on a layer that is switched off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from directory_pub.preflight import preflight_file
from preflight.good_pdf import BLEED, MEDIA, TRIM, draw, glyphs, good_pdf, good_picture, mm, picture_of, printer, save
from preflight.seeded import TILE

_BAR = {"FunctionType": 2, "Domain": [0, 1], "N": 1, "C0": [1, 0, 0], "C1": [0, 0, 1]}
_CORNER = f"{TRIM[0]} {TRIM[1] - mm(0.5)} m {TRIM[0]} {TRIM[1] - mm(8)} l S"
# What breaks a rule where it shows; all of it stands in the lower left of the page.
ART = {
    "colour-rgb": f"1 0 0 rg {TILE}",
    "colour-rgb, a shading": f"q {mm(50)} {mm(50)} {mm(10)} {mm(10)} re W n /Ramp sh Q",
    "colour-rgb, a picture": f"q {mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /Colourful Do Q",
    "ink-total": f"1 1 1 0.5 k {TILE}",
    "overprint-white": f"/Over gs 0 0 0 0 k {TILE}",
    "blend-space": f"/Multiply gs 0 0 0 0.5 k {TILE}",
    "rule-hairline": f"0 0 0 1 K 0 w {mm(30)} {mm(50)} m {mm(60)} {mm(50)} l S",
    "text-small": f"0 0 0 1 k BT /F1 4 Tf {mm(30)} {mm(70)} Td {glyphs('Small')} Tj ET",
    "text-safe": f"0 0 0 1 k BT /F1 10 Tf {mm(14)} {mm(70)} Td {glyphs('Near')} Tj ET",
    "font-not-embedded": f"0 g BT /Reader 10 Tf {mm(30)} {mm(70)} Td (Text) Tj ET",
    "marks-in-bleed": f"1 1 1 1 K 0.25 w {_CORNER}",
    "bleed-short": f"0.5 0 0 0 k {TRIM[0]} {mm(50)} {mm(20)} {mm(10)} re f",
    "picture-resolution": f"q {mm(40)} 0 0 {mm(40)} {mm(40)} {mm(60)} cm /Picture Do Q",
    "picture-data": f"q {mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /Empty Do Q",
}
_ASIDE = f"{mm(100)} {mm(140)} {mm(5)} {mm(5)} re"


def _as_it_is(_: pikepdf.Pdf, art: str) -> str:
    return art


def _wrapped(before: str, after: str = "") -> Callable[[pikepdf.Pdf, str], str]:
    return lambda _, art: f"{before} {art} {after}"


def _in_form(pdf: pikepdf.Pdf, art: str, box: list[float], **keys: Any) -> None:
    held = pdf.pages[1].obj.Resources
    held.XObject["/Form"] = pdf.make_stream(
        f"/Full gs {art}".encode(), Subtype=Name.Form, BBox=box, Resources=Dictionary(held), **keys
    )


def _form_elsewhere(pdf: pikepdf.Pdf, art: str) -> str:
    _in_form(pdf, art, [mm(100), mm(140), mm(105), mm(145)])
    return "/Form Do"


def _form_on_a_layer(pdf: pikepdf.Pdf, art: str) -> str:
    _in_form(pdf, art, MEDIA, OC=pdf.Root.OCProperties.OCGs[0])
    return "/Form Do"


def _group_that_is_clear(pdf: pikepdf.Pdf, art: str) -> str:
    _in_form(pdf, art, MEDIA, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    return "/Clear gs /Form Do"


UNSEEN = {
    "clipped to a box aside": _wrapped(f"q {_ASIDE} W n", "Q"),
    "clipped to two boxes in turn": _wrapped(f"q 0 0 150 500 re W n {_ASIDE} W* n", "Q"),
    "clipped to a box without extent": _wrapped(f"q {mm(55)} {mm(55)} 0 0 re W n", "Q"),
    "clipped to no path": _wrapped("q W n", "Q"),
    "clipped to a leaning strip": _wrapped(f"q 200 {MEDIA[3]} m {MEDIA[2]} {MEDIA[3]} l {MEDIA[2]} 200 l h W n", "Q"),
    "clipped to a circle": _wrapped(f"q {MEDIA[2]} 470 m 100 470 330 400 {MEDIA[2]} 300 c h W n", "Q"),
    "clipped to type": _wrapped(f"q BT 7 Tr /F1 10 Tf {mm(90)} {mm(140)} Td {glyphs('Window')} Tj ET 0 Tr", "Q"),
    "clear": _wrapped("q /Clear gs", "Q"),
    "off the sheet": _wrapped("q 1 0 0 1 0 2000 cm", "Q"),
    "of no size": _wrapped("q 0 0 0 0 100 100 cm", "Q"),
    "on a layer that is off": _wrapped("/OC /Layer BDC", "EMC"),
    "on a layer that is off, with a mark in it": _wrapped("/OC /Layer BDC /Span BMC", "EMC EMC"),
    "on layers of which none is on": _wrapped("/OC /Layers BDC", "EMC"),
    "on layers of which not all are on": _wrapped("/OC /AllLayers BDC", "EMC"),
    "on a layer by an expression": _wrapped("/OC /Expression BDC", "EMC"),
    "in a form whose box is aside": _form_elsewhere,
    "in a form on a layer that is off": _form_on_a_layer,
    "in a group that is clear": _group_that_is_clear,
}
SEEN = {
    "as it is": _as_it_is,
    "clipped to the page": _wrapped(f"q 0 0 {MEDIA[2]} {MEDIA[3]} re W n", "Q"),
    "clipped to a great circle": _wrapped(
        "q -900 200 m -900 1700 900 1700 900 200 c 900 -1400 -900 -1400 -900 200 c h W n", "Q"
    ),
    "clear before": _wrapped("q /Clear gs Q"),
    "clear and full again": _wrapped("q /Clear gs /Full gs", "Q"),
    "on a layer that is on": _wrapped("/OC /Shown BDC", "EMC"),
    "after a layer that is off": _wrapped("/OC /Layer BDC EMC"),
    "on layers of which one is on": _wrapped("/OC /AnyLayers BDC", "EMC"),
    "of another mark": _wrapped("/Span /Layer BDC", "EMC"),
}


def _write(art: str, way: Callable[[pikepdf.Pdf, str], str], folder: Path) -> Path:
    with good_pdf() as pdf:
        off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("Notes", "Text"))
        default = Dictionary(Order=Array([off, on]), OFF=Array([off]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=default)
        both = Array([off, on])
        draw(
            pdf,
            "n",
            Properties={
                "Layer": off,
                "Shown": on,
                "Layers": Dictionary(Type=Name.OCMD, OCGs=off),
                "AllLayers": Dictionary(Type=Name.OCMD, OCGs=both, P=Name.AllOn),
                "AnyLayers": Dictionary(Type=Name.OCMD, OCGs=both),
                "Expression": Dictionary(Type=Name.OCMD, VE=Array([Name.Not, Array([Name.Or, on, off])])),
            },
            ExtGState={
                "Clear": Dictionary(ca=0, CA=0),
                "Full": Dictionary(ca=1, CA=1),
                "Over": Dictionary(op=True, OPM=1),
                "Multiply": Dictionary(BM=Name.Multiply),
            },
            Shading={
                "Ramp": Dictionary(
                    ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=Dictionary(**_BAR)
                )
            },
            Font={"Reader": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)},
            XObject={
                "Picture": good_picture(pdf),
                "Colourful": picture_of(pdf, b"abc" * 120**2, 120, Name.DeviceRGB),
                "Empty": picture_of(pdf, b"", 120, Name.DeviceCMYK),
            },
        )
        draw(pdf, way(pdf, art))
        return save(pdf, folder / "painted.pdf")


def _all() -> str:
    return " ".join(f"q {art} Q" for art in ART.values())


@pytest.mark.parametrize("way", UNSEEN, ids=lambda way: way.replace(" ", "-"))
def test_what_is_not_painted_is_no_alarm(way: str, tmp_path: Path) -> None:
    report = preflight_file(_write(_all(), UNSEEN[way], tmp_path), printer())
    assert [str(found) for found in report] == []


@pytest.mark.parametrize("way", SEEN, ids=lambda way: way.replace(" ", "-"))
def test_what_is_painted_is_found(way: str, tmp_path: Path) -> None:
    report = preflight_file(_write(_all(), SEEN[way], tmp_path), printer())
    assert {found.rule for found in report} == {name.partition(",")[0] for name in ART}


def test_type_that_is_invisible_is_no_alarm(tmp_path: Path) -> None:
    art = " ".join(f"q 3 Tr {ART[name]} Q" for name in ("text-small", "text-safe", "font-not-embedded"))
    assert preflight_file(_write(art, _as_it_is, tmp_path), printer()).problems == []


def test_art_beside_its_clip_edge_to_edge_is_no_alarm(tmp_path: Path) -> None:
    art = f"q {mm(50)} {mm(50)} {mm(10)} {mm(10)} re W n 1 0 0 rg {mm(60)} {mm(50)} {mm(10)} {mm(10)} re f Q"
    assert preflight_file(_write(art, _as_it_is, tmp_path), printer()).problems == []


def test_a_place_is_that_of_what_shows(tmp_path: Path) -> None:
    art = f"q {mm(50)} {mm(50)} m {mm(60)} {mm(50)} l {mm(50)} {mm(60)} l h W n 1 0 0 rg {mm(20)} {mm(50)} {mm(35)} {mm(40)} re f Q"
    (found,) = preflight_file(_write(art, _as_it_is, tmp_path), printer())
    assert found.spot is not None
    assert (found.spot.width_mm, found.spot.height_mm) == (5.0, 10.0)


def test_a_page_on_which_nothing_shows_is_empty(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.pages[2].obj.Contents = pdf.make_stream(f"q {_ASIDE} W n 0 0 0 1 k {TILE} Q".encode())
        found = preflight_file(save(pdf, tmp_path / "empty.pdf"), printer())
    assert [one.rule for one in found] == ["page-empty"]


def test_art_that_is_clipped_to_the_trim_stops_short(tmp_path: Path) -> None:
    left, bottom, right, top = TRIM
    clip = f"q {left} {bottom} {right - left} {top - bottom} re W n"
    art = f"{clip} 0.5 0 0 0 k {BLEED[0]} {mm(50)} {mm(20)} {mm(10)} re f Q"
    assert [one.rule for one in preflight_file(_write(art, _as_it_is, tmp_path), printer())] == ["bleed-short"]
