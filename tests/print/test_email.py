"""The email PDF: the same leaves at their trim, with everything a reader can use."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from directory_pub.finish import Finished
from directory_pub.finish.geometry import points

Email = Callable[..., Finished]
Typeset = Callable[..., bytes]
HandSet = Callable[..., bytes]
Embedded = Callable[..., str]
Pictures = Callable[[pikepdf.Pdf], list[pikepdf.Stream]]

BOOK = """<h1 id="top">Title</h1><p>Some text with a <a href="#end">link</a> and
<a href="https://example.org">another</a>.</p><h2 style="break-before: page">Second</h2>
<svg width="90" height="40"><circle cx="20" cy="20" r="20" fill="#FD9D24"/></svg>
<p id="end" style="background: linear-gradient(90deg, #12355B, #FD9D24); height: 20pt"></p>"""


def opened(finished: Finished) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finished.pdf))


def rendered(source: bytes, *, cropped: bool = False) -> list[Image.Image]:
    pages = pypdfium2.PdfDocument(source)
    if cropped:
        for page in pages:
            page.set_cropbox(*page.get_trimbox())
    return [page.render(scale=2).to_pil() for page in pages]


def test_each_page_is_the_typeset_page_cut_at_its_trim_pixel_for_pixel(email: Email, typeset: Typeset) -> None:
    source = typeset(BOOK, "@page { background: #12355B }")
    before, after = rendered(source, cropped=True), rendered(email(source).pdf)
    assert len(before) == len(after) == 2
    for one, other in zip(before, after, strict=True):
        assert one.size == other.size
        assert ImageChops.difference(one, other).getbbox() is None


def test_all_boxes_are_the_trim_at_the_origin(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK))) as pdf:
        for page in pdf.pages:
            for key in ("/MediaBox", "/CropBox", "/TrimBox"):
                edges = [float(edge) for edge in page.obj[key].as_list()]
                assert edges == [0, 0, points(100), points(140)]
            assert "/BleedBox" not in page.obj


def test_tags_links_and_bookmarks_are_kept(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.Root.StructTreeRoot.K) == 1
        assert pdf.Root.Outlines.Count == 2
        addresses = [str(link.A.URI) for link in pdf.pages[0].obj.Annots.as_list() if "/A" in link]
        assert addresses == ["https://example.org"]
        assert "end" in pikepdf.NameTree(pdf.Root.Names.Dests)
        seen = {str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0])}
        assert {"BDC", "EMC"} <= seen


def test_pages_without_tags_are_not_said_to_be_marked(email: Email, hand_set: HandSet) -> None:
    def claim(pdf: pikepdf.Pdf) -> None:
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    with opened(email(hand_set(b"0 0 9 9 re f", more=claim))) as pdf:
        assert "/MarkInfo" not in pdf.Root


def test_it_opens_as_a_book_at_its_first_page(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(root.PageMode) == "/UseOutlines"
        assert str(root.PageLayout) == "/TwoPageRight"
        assert root.OpenAction[0].objgen == pdf.pages[0].obj.objgen
        assert str(root.OpenAction[1]) == "/Fit"
        assert str(pdf.docinfo.Title) == "City <Networks> & others"
        with pdf.open_metadata() as told:
            assert told["dc:title"] == "City <Networks> & others"
            assert told["dc:language"] == {"en-GB"}


def test_it_may_open_one_page_at_a_time(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK), opens="single")) as pdf:
        assert str(pdf.Root.PageLayout) == "/SinglePage"


def test_without_bookmarks_no_empty_pane_opens(email: Email, hand_set: HandSet) -> None:
    with opened(email(hand_set(b"0 0 9 9 re f"))) as pdf:
        assert str(pdf.Root.PageMode) == "/UseNone"


def test_it_claims_no_label(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK))) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid" not in packet
        assert b"pdfaid" not in packet


def test_its_structure_is_sound(email: Email, typeset: Typeset) -> None:
    with opened(email(typeset(BOOK))) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_same_pages_give_the_same_bytes(email: Email, typeset: Typeset) -> None:
    source = typeset(BOOK)
    first, second = email(source).pdf, email(source).pdf
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_a_photo_has_150_ppi_as_it_is_placed(
    email: Email, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    photo = embedded(Image.effect_noise((1200, 800), 60).convert("RGB"), "JPEG")
    html = f'<img alt="a" src="{photo}" style="width: 2in; height: auto">'
    with opened(email(typeset(html))) as pdf:
        (picture,) = pictures(pdf)
        assert (int(picture.Width), int(picture.Height)) == (300, 200)
        assert str(picture.Filter) == "/DCTDecode"


def test_a_photo_placed_twice_is_sharp_enough_for_the_larger_place(
    email: Email, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    photo = embedded(Image.effect_noise((1200, 800), 60).convert("RGB"), "JPEG")
    html = "".join(f'<img alt="a" src="{photo}" style="width: {inches}in; height: auto">' for inches in (1, 3, 2))
    with opened(email(typeset(html))) as pdf:
        assert [int(each.Width) for each in pictures(pdf)] == [450]


@pytest.mark.parametrize("where", ["background", "opacity"])
def test_a_photo_is_measured_inside_a_tile_and_inside_a_group(
    email: Email, typeset: Typeset, embedded: Embedded, pictures: Pictures, where: str
) -> None:
    photo = embedded(Image.effect_noise((1200, 800), 60).convert("RGB"), "JPEG")
    html = {
        "background": f"""<div style="width: 2in; height: 2in; background: url({photo});
            background-size: 1in auto"></div>""",
        "opacity": f"""<div style="opacity: .5"><img alt="a" src="{photo}"
            style="width: 1in; height: auto"></div>""",
    }[where]
    with opened(email(typeset(html))) as pdf:
        assert [int(each.Width) for each in pictures(pdf)] == [150]


def test_a_cmyk_photo_is_srgb_on_the_screen(
    email: Email, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    photo = embedded(Image.new("CMYK", (64, 64), (255, 204, 89, 89)), "JPEG")
    finished = email(typeset(f'<img alt="a" style="display: block" src="{photo}">'))
    (page,) = rendered(finished.pdf)
    pixel = page.getpixel((80, 80))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) < 16 for a, b in zip(pixel, (18, 53, 91), strict=True))
    with opened(finished) as pdf:
        assert [str(each.ColorSpace) for each in pictures(pdf)] == ["/DeviceRGB"]


def test_a_mask_is_made_smaller_with_its_picture(
    email: Email, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    picture = embedded(Image.new("RGBA", (600, 600), (255, 0, 0, 128)), "PNG")
    html = f'<img alt="a" src="{picture}" style="width: 1in; height: auto">'
    with opened(email(typeset(html))) as pdf:
        (image,) = pictures(pdf)
        assert int(image.Width) == int(image.SMask.Width) == 150
        assert set(image.SMask.read_bytes()) == {128}


def moved_page(pdf: pikepdf.Pdf) -> None:
    """A page with a link, a destination and a bookmark, on a trim that begins at 200, 300."""
    page = pdf.pages[0].obj
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([210, 310, 230, 320]),
        QuadPoints=Array([210, 320, 230, 320, 210, 310, 230, 310]),
        Dest=Array([page, Name.XYZ, 205, None, 0]),
    )
    page.Annots = Array([pdf.make_indirect(link)])
    target = pdf.make_indirect(Array([page, Name.XYZ, 210, 340, 0]))
    tree = Dictionary(Names=Array([String("a"), target, String("b"), target]))
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(tree))
    action = Dictionary(S=Name.GoTo, D=Array([page, Name.FitH, 350]))
    item = pdf.make_indirect(Dictionary(Title=String("Item"), A=action))
    pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)


def test_what_points_at_a_place_moves_with_it(email: Email, hand_set: HandSet) -> None:
    source = hand_set(b"0 0 9 9 re f", origin=(200, 300), more=moved_page)
    with opened(email(source)) as pdf:
        (link,) = pdf.pages[0].obj.Annots.as_list()
        assert link.Rect.as_list() == [10, 10, 30, 20]
        assert link.QuadPoints.as_list() == [10, 20, 30, 20, 10, 10, 30, 10]
        assert [link.Dest[2], link.Dest[3]] == [5, None]
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        assert [named[name][2:4] for name in ("a", "b")] == [[10, 40], [10, 40]]
        assert pdf.Root.Outlines.First.A.D[2] == 50


def test_content_and_its_patterns_move_with_the_page(email: Email, hand_set: HandSet) -> None:
    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        tile = pdf.make_stream(
            b"0.07 0.2 0.36 rg 0 0 20 400 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 47, 400]),
            XStep=47,
            YStep=400,
            Matrix=Array([1, 0, 0, 1, 205, 300]),
            Resources=Dictionary(),
        )
        return Dictionary(Pattern=Dictionary(p=tile))

    content = b"/Pattern cs /p scn 200 300 283.46 396.85 re f"
    source = hand_set(content, resources, origin=(200, 300))
    before, after = rendered(source, cropped=True)[0], rendered(email(source).pdf)[0]
    assert before.convert("L").getextrema()[0] < 100
    assert ImageChops.difference(before, after).convert("L").getextrema()[1] < 8
