"""The press PDF: every colour is an ink, wherever the page keeps it."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from directory_pub.design.inks import Ink, InkTable
from directory_pub.finish import Finished
from directory_pub.finish.rgb_left import find_rgb

Press = Callable[..., Finished]
Typeset = Callable[..., bytes]
HandSet = Callable[..., bytes]

NAVY = b"0.070588 0.207843 0.356863"
ORANGE = b"0.992157 0.615686 0.141176"
NAVY_INK = [1, 0.8, 0.35, 0.35]
ORANGE_INK = [0, 0.47, 0.95, 0]


def address(svg: str) -> str:
    """A drawing as the address of a background."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


DOT = address(
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="3" fill="#FD9D24"/></svg>'
)
STRIPE = address(
    '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="20mm">'
    '<rect width="10mm" height="20mm" fill="#12355B"/></svg>'
)

ARTWORK = f"""
<h1>Title</h1><p style="opacity: .5">Half</p>
<div style="background: linear-gradient(90deg, #12355B, #FD9D24 40%, #FFFFFF); height: 20pt"></div>
<div style="background: radial-gradient(#12355B, #FD9D24); height: 20pt"></div>
<div style="background: linear-gradient(#12355B, transparent); height: 20pt"></div>
<div style="background: url({DOT}); height: 24pt"></div>
<p style="box-shadow: 0 0 4pt #12355B">Shadow</p>
<svg width="80" height="40"><defs>
 <linearGradient id="g"><stop offset="0" stop-color="#12355B"/>
  <stop offset="1" stop-color="#FD9D24" stop-opacity=".3"/></linearGradient>
 <pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
  <rect width="5" height="5" fill="#FD9D24"/></pattern>
 <mask id="m"><rect width="40" height="40" fill="white"/></mask></defs>
 <rect width="40" height="40" fill="url(#g)"/>
 <rect x="40" width="40" height="40" fill="url(#p)" stroke="#12355B"/>
 <circle r="18" cx="40" cy="20" mask="url(#m)" fill="#FD9D24" fill-opacity=".4"/></svg>
"""


def opened(finished: Finished) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finished.pdf))


def streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object | pikepdf.Page]:
    yield from pdf.pages
    for each in pdf.objects:
        is_stream = isinstance(each, pikepdf.Stream)
        if is_stream and (each.get("/Subtype") == Name.Form or "/PatternType" in each):
            yield each


def operators(pdf: pikepdf.Pdf) -> set[str]:
    return {str(each.operator) for stream in streams(pdf) for each in pikepdf.parse_content_stream(stream)}


def colours(pdf: pikepdf.Pdf, operator: str = "k") -> list[list[float]]:
    """Every colour set by the operator in the pages and what they draw, marks left out."""
    marks = pdf.pages[0].obj.Resources.XObject.Marks.objgen
    return [
        [float(value) for value in each.operands]
        for stream in streams(pdf)
        if isinstance(stream, pikepdf.Page) or stream.objgen != marks
        for each in pikepdf.parse_content_stream(stream, operator)
    ]


def groups(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Group" in each]


def codes(finished: Finished) -> list[str]:
    return [finding.code for finding in finished.findings]


def test_text_in_the_ink_of_text_prints_on_black_alone(press: Press, typeset: Typeset) -> None:
    finished = press(typeset("<p>Text"))
    assert finished.findings == []
    with opened(finished) as pdf:
        assert colours(pdf) == [[0, 0, 0, 1]]


def test_every_colour_of_rich_artwork_becomes_an_ink(press: Press, typeset: Typeset) -> None:
    finished = press(typeset(ARTWORK))
    assert finished.findings == []
    with opened(finished) as pdf:
        assert not {"rg", "RG", "sc", "SC"} & operators(pdf)
        inks = ([0, 0, 0, 1], NAVY_INK, ORANGE_INK)
        assert all(colour in inks for colour in colours(pdf))


def test_no_object_of_the_press_file_names_rgb(press: Press, typeset: Typeset) -> None:
    finished = press(typeset(ARTWORK))
    with opened(finished) as pdf:
        for each in pdf.objects:
            written = Dictionary(dict(each.items())) if isinstance(each, pikepdf.Stream) else each
            assert b"RGB" not in written.unparse()


def test_the_stops_of_a_gradient_are_inks(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, #FD9D24); height: 20pt"></div>'
    with opened(press(typeset(html))) as pdf:
        (shading,) = [each for each in pdf.objects if isinstance(each, Dictionary) and "/ShadingType" in each]
        (step,) = shading.Function.Functions.as_list()
        assert shading.ColorSpace == Name.DeviceCMYK
        assert [float(value) for value in step.C0.as_list()] == NAVY_INK
        assert [float(value) for value in step.C1.as_list()] == ORANGE_INK


def test_an_unknown_colour_names_its_pages_and_the_nearest_ink(press: Press, typeset: Typeset) -> None:
    html = '<p>One<p style="break-before: page; color: #15395F">Two'
    (finding,) = press(typeset(html)).findings
    assert (finding.code, finding.severity, finding.folio) == ("ink-unknown", "error", 2)
    assert str(finding.place) == "styles/inks.yaml"
    assert finding.place.field == "#15395F"
    assert "page 2" in finding.message
    assert "'navy'" in finding.message


def test_an_unknown_colour_on_many_pages_is_one_finding(press: Press, typeset: Typeset) -> None:
    pages = '<p style="break-after: page; color: #15395F">A' * 6
    (finding,) = press(typeset(pages)).findings
    assert "pages 1, 2, 3 and 3 more" in finding.message


def test_an_unknown_stop_of_a_gradient_is_found(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, #FF0000); height: 20pt"></div>'
    (finding,) = press(typeset(html)).findings
    assert (finding.code, finding.place.field) == ("ink-unknown", "#FF0000")


def test_an_unknown_colour_in_a_tile_is_found(press: Press, typeset: Typeset) -> None:
    html = """<svg width="80" height="40"><defs>
      <pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
      <rect width="5" height="5" fill="#FF0000"/></pattern></defs>
      <rect width="40" height="40" fill="url(#p)"/></svg>"""
    (finding,) = press(typeset(html)).findings
    assert (finding.code, finding.place.field) == ("ink-unknown", "#FF0000")


def test_the_black_of_an_svg_that_was_told_no_colour_is_found(press: Press, typeset: Typeset) -> None:
    html = '<svg width="80" height="40"><rect width="40" height="40"/></svg>'
    (finding,) = press(typeset(html)).findings
    assert (finding.code, finding.place.field) == ("ink-unknown", "#000000")


def test_text_in_the_black_that_a_page_begins_with_is_found(press: Press, hand_set: HandSet) -> None:
    (finding,) = press(hand_set(b"BT /F 9 Tf (a) Tj ET")).findings
    assert finding.code == "ink-unknown"
    assert "no colour of its own" in finding.message


def test_the_black_that_a_page_begins_with_is_an_ink_where_the_table_has_it(press: Press, hand_set: HandSet) -> None:
    black = Ink(name="black", srgb=(0, 0, 0), cmyk_percent=(0, 0, 0, 100))
    table = InkTable(inks=(black,), file="styles/inks.yaml")
    finished = press(hand_set(b"10 10 50 50 re f"), table)
    assert finished.findings == []
    with opened(finished) as pdf:
        assert colours(pdf) == [[0, 0, 0, 1]]
        assert colours(pdf, "K") == [[0, 0, 0, 1]]


def form(pdf: pikepdf.Pdf, content: bytes, **resources: pikepdf.Object) -> pikepdf.Stream:
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 300, 400]),
        Resources=Dictionary(XObject=Dictionary(**resources)),
    )


def nested(inner: bytes, outer: bytes) -> Callable[[pikepdf.Pdf], Dictionary]:
    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        innermost = form(pdf, inner)
        return Dictionary(XObject=Dictionary(Outer=form(pdf, outer, Inner=innermost)))

    return resources


def test_a_colour_in_a_form_within_a_form_becomes_an_ink(press: Press, hand_set: HandSet) -> None:
    page = hand_set(b"/Outer Do", nested(NAVY + b" rg 0 0 9 9 re f", b"/Inner Do"))
    finished = press(page)
    assert finished.findings == []
    with opened(finished) as pdf:
        assert colours(pdf) == [NAVY_INK]


def test_a_form_that_takes_over_an_ink_is_in_order(press: Press, hand_set: HandSet) -> None:
    page = hand_set(NAVY + b" rg /Outer Do", nested(b"0 0 9 9 re f", b"/Inner Do"))
    assert press(page).findings == []


def test_a_form_that_takes_over_black_is_found(press: Press, hand_set: HandSet) -> None:
    page = hand_set(b"/Outer Do", nested(b"0 0 9 9 re f", b"/Inner Do"))
    assert codes(press(page)) == ["ink-unknown"]


def test_a_form_that_takes_over_an_unknown_colour_is_found(press: Press, hand_set: HandSet) -> None:
    page = hand_set(b"1 0 0 rg /Outer Do", nested(b"0 0 9 9 re f", b"/Inner Do"))
    assert press(page).findings[0].place.field == "#FF0000"


def test_what_no_page_draws_stays_behind(press: Press, hand_set: HandSet) -> None:
    page = hand_set(b"", nested(b"1 0 0 rg 0 0 9 9 re f", b"/Inner Do"))
    finished = press(page)
    assert finished.findings == []
    with opened(finished) as pdf:
        assert list(pdf.pages[0].obj.Resources.XObject.keys()) == ["/Marks"]


def test_resources_that_all_pages_inherit_are_inked_and_then_left_behind(press: Press, hand_set: HandSet) -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        drawing = form(pdf, NAVY + b" rg 0 0 9 9 re f")
        pdf.Root.Pages.Resources = Dictionary(XObject=Dictionary(Shared=drawing))
        del pdf.pages[0].obj.Resources

    finished = press(hand_set(b"/Shared Do", more=share))
    assert finished.findings == []
    with opened(finished) as pdf:
        assert "/Resources" not in pdf.Root.Pages
        assert colours(pdf) == [NAVY_INK]


def shaded(shading: Dictionary) -> Callable[[pikepdf.Pdf], Dictionary]:
    return lambda _: Dictionary(Shading=Dictionary(Sh=shading))


def axial(function: pikepdf.Object, space: Name = Name.DeviceRGB) -> Dictionary:
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 100, 0]), Function=function)


def test_a_shading_painted_by_the_page_itself_is_inked(press: Press, hand_set: HandSet) -> None:
    ramp = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        Range=Array([0, 1, 0, 1, 0, 1]),
        C0=Array([0.070588, 0.207843, 0.356863]),
        C1=Array([1, 1, 1]),
        N=1,
    )
    shading = axial(ramp)
    shading.Background = Array([0.992157, 0.615686, 0.141176])
    finished = press(hand_set(b"/Sh sh", shaded(shading)))
    assert finished.findings == []
    with opened(finished) as pdf:
        inked = pdf.pages[0].obj.Resources.Shading.Sh
        assert [float(value) for value in inked.Function.C0.as_list()] == NAVY_INK
        assert [float(value) for value in inked.Background.as_list()] == ORANGE_INK
        assert "/Range" not in inked.Function


def test_the_stops_that_a_grey_ramp_leaves_out_are_black_and_white(press: Press, hand_set: HandSet) -> None:
    ramp = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
    (finding,) = press(hand_set(b"/Sh sh", shaded(axial(ramp, Name.DeviceGray)))).findings
    assert finding.place.field == "#000000"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (Dictionary(FunctionType=4), "function type 4"),
        (Dictionary(FunctionType=0), "function type 0"),
        (Array([Dictionary(FunctionType=2, N=1)] * 3), "one function a channel"),
    ],
)
def test_a_shading_without_stops_is_refused(
    press: Press, hand_set: HandSet, function: pikepdf.Object, said: str
) -> None:
    finished = press(hand_set(b"/Sh sh", shaded(axial(function))))
    assert codes(finished) == ["colour-space"]
    assert said in finished.findings[0].message


def test_a_mesh_is_refused(press: Press, hand_set: HandSet) -> None:
    mesh = Dictionary(ShadingType=7, ColorSpace=Name.DeviceRGB)
    finished = press(hand_set(b"/Sh sh", shaded(mesh)))
    assert codes(finished) == ["colour-space"]


def test_cmyk_that_a_sheet_wrote_by_itself_is_refused(press: Press, typeset: Typeset) -> None:
    finished = press(typeset('<p style="color: device-cmyk(0 1 0 0)">Text'))
    assert "colour-space" in codes(finished)


def test_lab_colours_are_refused(press: Press, typeset: Typeset) -> None:
    finished = press(typeset('<p style="color: lab(50 20 20)">Text'))
    assert "colour-space" in codes(finished)


def test_the_greys_of_a_mask_are_no_inks_and_stay_greys(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, transparent); height: 20pt"></div>'
    finished = press(typeset(html))
    assert finished.findings == []
    with opened(finished) as pdf:
        (mask,) = [each for each in groups(pdf) if str(each.Group.CS) == "/DeviceGray"]
        assert [str(each.ColorSpace) for _, each in mask.Resources.Shading.items()] == ["/DeviceGray"]


def test_transparency_is_mixed_in_cmyk(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset('<p style="opacity: .5">Half'))) as pdf:
        assert str(pdf.pages[0].obj.Group.CS) == "/DeviceCMYK"
        assert {str(each.Group.CS) for each in groups(pdf)} == {"/DeviceCMYK"}


@pytest.mark.parametrize("state", [Dictionary(ca=0.5), Dictionary(CA=0.5), Dictionary(BM=Name.Multiply)])
def test_a_page_on_which_something_shows_through_mixes_in_cmyk(
    press: Press, hand_set: HandSet, state: Dictionary
) -> None:
    resources = Dictionary(ExtGState=Dictionary(g=state))
    with opened(press(hand_set(b"/g gs " + NAVY + b" rg 0 0 9 9 re f", lambda _: resources))) as pdf:
        assert str(pdf.pages[0].obj.Group.CS) == "/DeviceCMYK"


def test_a_page_without_transparency_has_no_group(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>Plain"))) as pdf:
        assert "/Group" not in pdf.pages[0].obj


def test_a_gradient_and_a_tile_move_with_the_page_that_they_lie_on(press: Press, typeset: Typeset) -> None:
    """On the press sheet the page is moved; what is at the left of a gradient stays there."""
    html = f"""<div style="background: linear-gradient(90deg, #12355B, #FD9D24); height: 40mm">
      </div><div style="background: url({STRIPE}); height: 40mm"></div>"""
    css = "@page { margin: 0 }"
    source = typeset(html, css)
    before = pypdfium2.PdfDocument(source)[0].render(scale=2).to_pil().convert("L")
    after = pypdfium2.PdfDocument(press(source).pdf)[0].render(scale=2).to_pil().convert("L")
    moved_px = round(10 * 72 / 25.4 * 2)
    after = after.crop((moved_px, moved_px, moved_px + before.width, moved_px + before.height))
    seen = set()
    for x_mm, y_mm in ((8, 23), (30, 23), (90, 23), (5, 63), (18, 63), (50, 63), (92, 63)):
        place = (round(x_mm * 72 / 25.4 * 2), round(y_mm * 72 / 25.4 * 2))
        one, other = before.getpixel(place), after.getpixel(place)
        assert isinstance(one, int)
        assert isinstance(other, int)
        assert abs(one - other) < 40, f"{x_mm} mm, {y_mm} mm"
        seen.add(one // 40)
    assert len(seen) == 3, "stripes, paper and the tones between"


def test_rgb_that_is_left_is_found_wherever_it_is(hand_set: HandSet) -> None:
    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        profile = pdf.make_stream(b"", N=3)
        return Dictionary(
            ColorSpace=Dictionary(A=Array([Name.CalRGB, Dictionary()]), B=Name.DeviceRGB),
            XObject=Dictionary(F=form(pdf, b"1 0 0 RG")),
            Extra=Array([Name.ICCBased, profile]),
        )

    messages = " ".join(each.message for each in find_rgb(hand_set(b"1 0 0 rg", resources)))
    for place in ("page 1", "content of a form", "dictionary", "ICC profile"):
        assert place in messages


def test_the_finished_press_file_is_searched_for_rgb(press: Press, hand_set: HandSet) -> None:
    resources = Dictionary(Font=Dictionary(F=Dictionary(Strange=Array([Name.CalRGB]))))
    page = hand_set(NAVY + b" rg BT /F 9 Tf (a) Tj ET", lambda _: resources)
    assert codes(press(page)) == ["rgb-left"]
