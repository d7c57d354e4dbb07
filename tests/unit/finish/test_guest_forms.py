"""Guests in the colours of each target: what is inked, what is left, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from directory_pub.edition.guests import GuestError
from directory_pub.edition.theme import Theme
from directory_pub.finish.functions import NoFunctionError, evaluate
from directory_pub.finish.guest_colours import GuestColours, read_space
from directory_pub.finish.guest_forms import GuestForms
from directory_pub.prepare import Colour
from made_guests import guest_pdf
from project import ROOT

PROFILE = Theme.of(ROOT).path("printers/ISOcoated_v2_300_bas.icc")
INDIGO = (0.0, 0.0, 0.6)


def colours(colour: Colour, limit: float | None = None) -> GuestColours:
    return GuestColours(colour=colour, profile=PROFILE, ink_limit_percent=limit)


def no_pictures(*_: Any) -> None:
    raise AssertionError("no picture is asked for")


def made(content: str, colour: Colour, **how: Any) -> tuple[str, pikepdf.Stream, pikepdf.Pdf]:
    """The content of a page of a guest, made anew."""
    pdf = pikepdf.open(io.BytesIO(guest_pdf(content=content, **how)))
    form = GuestForms(pdf, colours(colour), no_pictures).of_page(pdf.pages[0])
    return form.read_bytes().decode("latin-1"), form, pdf


def exponential(start: list[float], end: list[float], power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(start), C1=Array(end), N=power)


# -------------------------------------------------------------------- colours
def test_ink_stays_ink_on_the_press() -> None:
    content, _, _ = made("0.1 0.2 0.3 0.4 k 0 0 9 9 re f 0.5 g 0 0 9 9 re f", "cmyk")
    assert "0.1 0.2 0.3 0.4 k" in content
    assert "0.5 g" in content


def test_rgb_becomes_ink_by_the_profile_and_black_stays_black() -> None:
    content, _, _ = made("0 0 0 rg 0 0 9 9 re f 1 0 0 rg 0 0 9 9 re f", "cmyk")
    assert "0 0 0 1 k" in content
    red = [float(value) for value in content.split(" k\n")[-2].split("\n")[-1].split()]
    assert red[0] < 0.1
    assert min(red[1:3]) > 0.85
    assert " rg" not in content


def test_the_ink_limit_holds_for_what_is_converted() -> None:
    deep = colours("cmyk", 200).convert(read_space(Name.DeviceRGB, None), (0.02, 0.02, 0.1))
    assert sum(deep) <= 2.01


def test_ink_becomes_srgb_on_the_screen() -> None:
    content, _, _ = made("1 0 0 0 k 0 0 9 9 re f", "srgb")
    assert " k\n" not in content
    cyan = [float(value) for value in content.split(" rg")[0].split("\n")[-1].split()]
    assert cyan[0] < 0.1
    assert cyan[2] > 0.8


def test_a_spot_passes_on_the_press_and_has_its_likeness_on_the_screen() -> None:
    def spots(_: pikepdf.Pdf) -> Dictionary:
        return Dictionary(
            S=Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, exponential([0] * 4, [0, 0.3, 1, 0])])
        )

    how = {"resources": {"/ColorSpace": spots}}
    content, form, _ = made("/S cs 0.5 scn 0 0 9 9 re f", "cmyk", **how)
    assert "0.5 scn" in content
    assert form.Resources.ColorSpace.S[1] == "/Gold"
    content, form, _ = made("/S cs 0.5 scn 0 0 9 9 re f", "srgb", **how)
    assert " scn" not in content
    assert "/ColorSpace" not in form.Resources


def test_a_spot_described_in_lab_is_described_in_ink() -> None:
    def spots(_: pikepdf.Pdf) -> Dictionary:
        lab = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]), Range=Array([-128, 127, -128, 127]))])
        return Dictionary(S=Array([Name.Separation, Name("/Gold"), lab, exponential([100, 0, 0], [60, 10, 50])]))

    _, form, _ = made("/S cs 1 scn 0 0 9 9 re f", "cmyk", resources={"/ColorSpace": spots})
    written = form.Resources.ColorSpace.S
    assert written[1:3] == [Name("/Gold"), Name.DeviceCMYK]
    full = evaluate(written[3], [1.0])
    assert full[2] > full[0]
    assert evaluate(written[3], [0.0]) == pytest.approx((0, 0, 0, 0), abs=0.02)


def test_lab_has_its_srgb() -> None:
    space = read_space(Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]), None)
    assert colours("srgb").convert(space, (100, 0, 0)) == pytest.approx((1, 1, 1), abs=0.01)
    assert colours("srgb").convert(space, (53.4, 0, 0)) == pytest.approx((0.5, 0.5, 0.5), abs=0.02)


def test_a_gradient_in_rgb_is_one_in_ink() -> None:
    def shadings(_: pikepdf.Pdf) -> Dictionary:
        axial = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]))
        axial.Function = exponential([1, 1, 1], [1, 0, 0])
        return Dictionary(S=axial)

    _, form, _ = made("/S sh", "cmyk", resources={"/Shading": shadings})
    shading = form.Resources.Shading.S
    assert shading.ColorSpace == "/DeviceCMYK"
    assert evaluate(shading.Function, [0.0]) == pytest.approx((0, 0, 0, 0), abs=0.02)
    assert evaluate(shading.Function, [1.0])[1] > 0.85


# -------------------------------------------------------------------- what is left behind, and what is refused
def test_tags_and_hidden_layers_are_left_behind() -> None:
    def layers(pdf: pikepdf.Pdf) -> None:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(OFF=Array([off])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)

    content = "/P <</MCID 0>> BDC 1 0 0 0 k 0 0 9 9 re f EMC /OC /L BDC 0 1 0 0 k 5 5 9 9 re f EMC"
    written, _, _ = made(content, "cmyk", change=layers)
    assert "BDC" not in written
    assert "EMC" not in written
    assert written.count("\nf") == 1
    assert written.count("\nn") == 1


def test_the_state_begins_as_a_page_does() -> None:
    written, _, _ = made("0 0 9 9 re f", "cmyk")
    assert written.startswith("0 g 0 G 1 w")


@pytest.mark.parametrize("colour", ["cmyk", "srgb"])
def test_what_shows_through_blends_in_the_targets_colours(colour: Colour) -> None:
    def states(pdf: pikepdf.Pdf) -> Dictionary:
        mask = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        soft = Dictionary(S=Name.Luminosity, G=pdf.make_indirect(mask), BC=Array([0, 0, 0]))
        return Dictionary(G=Dictionary(SMask=soft, TR2=Name.Default, OP=True))

    _, form, _ = made("/G gs 0 0 9 9 re f", colour, resources={"/ExtGState": states})
    assert ("/DeviceCMYK" if colour == "cmyk" else "/DeviceRGB") == form.Group.CS
    state = form.Resources.ExtGState.G
    assert state.SMask.G.Group.CS == "/DeviceGray"
    assert b" g\n" in state.SMask.G.read_bytes()
    assert "/TR2" not in state
    assert ("/OP" in state) is (colour == "cmyk")


def within_itself(pdf: pikepdf.Pdf) -> Dictionary:
    form = pdf.make_indirect(pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    return Dictionary(F=form)


def postscript(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(F=pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS))


def mesh(pdf: pikepdf.Pdf) -> Dictionary:
    shading = pdf.make_stream(b"\0" * 40, ShadingType=4, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=8)
    return Dictionary(F=shading)


@pytest.mark.parametrize(
    ("content", "category", "resource", "why"),
    [
        ("/F Do", "/XObject", within_itself, "within itself"),
        ("/F Do", "/XObject", postscript, "PostScript"),
        ("/F sh", "/Shading", mesh, "mesh"),
        ("/F Do", "/XObject", lambda _: Dictionary(), "names F"),
    ],
)
def test_what_cannot_be_laid_in_says_why(
    content: str, category: str, resource: Callable[[pikepdf.Pdf], Any], why: str
) -> None:
    with pytest.raises(GuestError, match=why):
        made(content, "cmyk", resources={category: resource})


# -------------------------------------------------------------------- functions
def test_functions_are_worked_out() -> None:
    with pikepdf.new() as pdf:
        samples = pdf.make_stream(
            bytes([0, 255, 128, 0]), FunctionType=0, Domain=Array([0, 1]), Range=Array([0, 1, 0, 1]), Size=Array([2]),
            BitsPerSample=8,
        )  # fmt: skip
        assert evaluate(samples, [0.5]) == pytest.approx((64 / 255, 0.5), abs=0.01)
        stitched = Dictionary(FunctionType=3, Domain=Array([0, 1]), Bounds=Array([0.5]), Encode=Array([0, 1, 1, 0]))
        stitched.Functions = Array([exponential([0], [1]), exponential([0], [1])])
        assert evaluate(stitched, [0.25]) == pytest.approx((0.5,))
        assert evaluate(stitched, [0.75]) == pytest.approx((0.5,))
        program = b"{ dup 0.5 gt { 1 exch sub } { 2 mul } ifelse dup 3 1 roll pop 0 }"
        calculated = pdf.make_stream(program, FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1, 0, 1]))
        assert evaluate(calculated, [0.25]) == pytest.approx((0.5, 0))


@pytest.mark.parametrize("program", [b"{ 1", b"", b"{ pop pop pop }", b"{ 1 0 div }"])
def test_a_function_that_is_none_says_so(program: bytes) -> None:
    with pikepdf.new() as pdf:
        calculated = pdf.make_stream(program, FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))
        with pytest.raises(NoFunctionError):
            evaluate(calculated, [0.25])
