"""The press PDF: sheets, marks, intent, pictures and what it says of itself."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pikepdf import Name
from PIL import Image

from directory_pub.edition.printers import Condition
from directory_pub.finish import Finished
from directory_pub.finish.geometry import points

Press = Callable[..., Finished]
Typeset = Callable[..., bytes]
HandSet = Callable[..., bytes]
Embedded = Callable[..., str]
Pictures = Callable[[pikepdf.Pdf], list[pikepdf.Stream]]

PROFILE = Path(__file__).parents[2] / "printers" / "ISOcoated_v2_300_bas.icc"
XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def opened(finished: Finished) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finished.pdf))


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(edge) for edge in page.obj[key].as_list()]


def test_the_boxes_are_exactly_trim_bleed_and_slug(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>One<p style='break-before: page'>Two"))) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            assert box(page, "/MediaBox") == [0, 0, points(126), points(166)]
            assert box(page, "/CropBox") == box(page, "/MediaBox")
            assert box(page, "/BleedBox") == [points(10), points(10), points(116), points(156)]
            assert box(page, "/TrimBox") == [points(13), points(13), points(113), points(153)]


def test_the_ink_of_a_full_page_fills_the_bleed_and_ends_with_it(press: Press, hand_set: HandSet) -> None:
    page = hand_set(b"0.070588 0.207843 0.356863 rg -99 -99 999 999 re f")
    image = pypdfium2.PdfDocument(press(page).pdf)[0].render(scale=4).to_pil().convert("L")
    clear = round(30 * 72 / 25.4 * 4)  # of the crop marks, the patches and the crosses
    edge = round(10 * 72 / 25.4 * 4)
    for inside, outside in (
        ((edge + 3, clear), (edge - 3, clear)),
        ((image.width - edge - 3, clear), (image.width - edge + 3, clear)),
        ((clear, image.height - edge - 3), (clear, image.height - edge + 3)),
    ):
        assert image.getpixel(inside) < 100
        assert image.getpixel(outside) == 255


def test_the_page_keeps_its_geometry(press: Press, typeset: Typeset) -> None:
    """Cut at the bleed, the sheet shows the typeset page: same letters in the same places."""
    source = typeset("<h1>Directory</h1><p>" + "Words of a paragraph. " * 20)
    before = pypdfium2.PdfDocument(source)[0].render(scale=4).to_pil().convert("L")
    after = pypdfium2.PdfDocument(press(source).pdf)[0].render(scale=4).to_pil().convert("L")
    moved_px = 10 * 72 / 25.4 * 4
    after = after.transform(
        before.size,
        Image.Transform.AFFINE,
        (1, 0, round(moved_px), 0, 1, round(moved_px)),
    )
    dark_before = before.point(lambda level: 255 * (level < 128)).getbbox()
    dark_after = after.point(lambda level: 255 * (level < 128)).getbbox()
    assert dark_before is not None
    assert dark_after is not None
    assert all(abs(a - b) <= 1 for a, b in zip(dark_before, dark_after, strict=True))


def test_a_page_whose_trim_lies_elsewhere_is_moved_onto_the_sheet(press: Press, hand_set: HandSet) -> None:
    content = b"0.070588 0.207843 0.356863 rg 200 300 141.73 198.43 re f"  # its lower left quarter
    finished = press(hand_set(content, origin=(200, 300)))
    assert finished.findings == []
    image = pypdfium2.PdfDocument(finished.pdf)[0].render(scale=1).to_pil().convert("L")
    left, bottom = points(13), image.height - points(13)
    assert image.getpixel((round(left) + 3, round(bottom) - 3)) < 100
    assert image.getpixel((round(left) + 3, round(bottom) + 3)) == 255
    assert image.getpixel((round(left) + 160, round(bottom) - 3)) == 255


def test_marks_are_drawn_once_and_stand_on_every_page(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>One<p style='break-before: page'>Two"))) as pdf:
        marks = {page.obj.Resources.XObject.Marks.objgen for page in pdf.pages}
        assert len(marks) == 1
        for page in pdf.pages:
            last = pikepdf.parse_content_stream(page)[-1]
            assert str(last.operator) == "Do"
            assert str(last.operands[0]) == "/Marks"


def test_a_page_set_for_another_leaf_is_found(press: Press, typeset: Typeset) -> None:
    finished = press(typeset("<p>Text"), trim_mm=(105, 148))
    assert [finding.code for finding in finished.findings] == ["trim-size", "bleed-short"]
    assert "100 x 140 mm" in finished.findings[0].message
    assert finished.findings[0].folio == 1


def test_a_page_with_too_little_bleed_is_found(press: Press, typeset: Typeset) -> None:
    finished = press(typeset("<p>Text"), bleed_mm=5)
    assert [finding.code for finding in finished.findings] == ["bleed-short"]
    assert "bleeds 3 mm" in finished.findings[0].message


def test_a_page_that_bleeds_more_than_the_printer_asks_for_is_cut_to_it(press: Press, typeset: Typeset) -> None:
    finished = press(typeset("<p>Text"), bleed_mm=2)
    assert finished.findings == []
    with opened(finished) as pdf:
        trim, bleed = pdf.pages[0].trimbox.as_list(), pdf.pages[0].obj.BleedBox.as_list()
        assert float(trim[0] - bleed[0]) == pytest.approx(points(2))


def test_the_output_intent_names_fogra39_and_embeds_its_profile(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>Text"))) as pdf:
        (intent,) = pdf.Root.OutputIntents.as_list()
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert intent.DestOutputProfile.read_bytes() == PROFILE.read_bytes()
        assert int(intent.DestOutputProfile.N) == 4


def test_the_output_intent_is_the_printers(press: Press, typeset: Typeset) -> None:
    uncoated = Condition(profile=PROFILE, identifier="FOGRA47", registry="http://x.org", description="Uncoated")
    with opened(press(typeset("<p>Text"), condition=uncoated)) as pdf:
        (intent,) = pdf.Root.OutputIntents.as_list()
        said = (intent.OutputConditionIdentifier, intent.RegistryName, intent.OutputCondition)
        assert [str(each) for each in said] == ["FOGRA47", "http://x.org", "Uncoated"]


def test_the_press_file_claims_no_label(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>Text"))) as pdf:
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        packet = pdf.Root.Metadata.read_bytes()
        assert b"pdfx" not in packet
        assert pdf.pdf_version == "1.6"


def test_a_printer_gets_no_tags_links_or_bookmarks(press: Press, typeset: Typeset) -> None:
    html = '<h1 id="top">Title</h1><p><a href="#top" style="color: inherit">Up</a>'
    with opened(press(typeset(html, "a { text-decoration: none }"))) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
        page = pdf.pages[0]
        assert not {"/Annots", "/StructParents", "/Tabs"} & set(page.obj.keys())
        seen = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
        assert not {"BDC", "BMC", "EMC", "DP", "MP"} & seen
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                assert str(each.get("/Type")) not in ("/StructElem", "/Annot", "/Outlines")


def test_information_and_xmp_say_the_same(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>Text"))) as pdf:
        told = {key: str(value) for key, value in pdf.docinfo.items()}
        packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
    assert told["/Title"] == "City <Networks> & others"
    assert told["/CreationDate"] == told["/ModDate"] == "D:20201005000000Z"
    assert told["/Trapped"] == "/False"
    for key, path in {
        "/Title": "//dc:title//rdf:li/text()",
        "/Author": "//dc:creator//rdf:li/text()",
        "/Subject": "//dc:description//rdf:li/text()",
        "/Creator": "//xmp:CreatorTool/text()",
        "/Producer": "//pdf:Producer/text()",
    }.items():
        assert packet.xpath(path, namespaces=XMP) == [told[key]]
    assert packet.xpath("//xmp:CreateDate/text()", namespaces=XMP) == ["2020-10-05T00:00:00Z"]
    assert packet.xpath("//pdf:Trapped/text()", namespaces=XMP) == ["False"]


def test_the_same_pages_give_the_same_bytes(press: Press, typeset: Typeset) -> None:
    source = typeset('<h1>Title</h1><p style="opacity: .5">Half')
    first, second = press(source).pdf, press(source).pdf
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_id_of_the_typeset_file_leaves_no_trace(press: Press, hand_set: HandSet) -> None:
    def name(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.ID = pikepdf.Array([pikepdf.String("a" * 16), pikepdf.String("b" * 16)])

    assert press(hand_set(b"", more=name)).pdf == press(hand_set(b"")).pdf


def test_pages_are_read_from_a_file_as_well(press: Press, typeset: Typeset, tmp_path: Path) -> None:
    source = typeset("<p>Text")
    path = tmp_path / "book.pdf"
    path.write_bytes(source)
    assert press(path).pdf == press(source).pdf


def test_the_press_file_is_sound(press: Press, typeset: Typeset) -> None:
    with opened(press(typeset("<p>Text"))) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_photo_is_cmyk_on_the_press_and_grey_stays_on_black(
    press: Press, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    photo = embedded(Image.effect_noise((60, 40), 50).convert("RGB"), "JPEG")
    grey = embedded(Image.linear_gradient("L"), "PNG")
    html = f'<img alt="a" src="{photo}"><img alt="b" src="{grey}" width="40">'
    finished = press(typeset(html))
    assert finished.findings == []
    with opened(finished) as pdf:
        assert {str(each.ColorSpace) for each in pictures(pdf)} == {"/DeviceCMYK", "/DeviceGray"}


def test_a_cmyk_jpeg_goes_to_the_press_byte_for_byte(
    press: Press, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    photo = Image.new("CMYK", (64, 64), (10, 200, 30, 5))
    saved = io.BytesIO()
    photo.save(saved, "JPEG")
    html = f'<img alt="a" src="{embedded(photo, "JPEG")}">'
    with opened(press(typeset(html))) as pdf:
        (picture,) = pictures(pdf)
        assert picture.read_raw_bytes() == saved.getvalue()
        assert picture.Decode.as_list() == [1, 0] * 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_looks_on_the_press_as_it_did_on_the_page(
    press: Press, typeset: Typeset, embedded: Embedded, kind: str
) -> None:
    picture = embedded(Image.new("RGB", (120, 120), (30, 110, 150)), kind)
    source = typeset(f'<img alt="a" style="display: block" src="{picture}">')
    before = pypdfium2.PdfDocument(source)[0].render(scale=1).to_pil()
    after = pypdfium2.PdfDocument(press(source).pdf)[0].render(scale=1).to_pil()
    place, moved = points(25), points(10)
    one = before.getpixel((round(place), round(place)))
    other = after.getpixel((round(place + moved), round(place + moved)))
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    # A viewer's own idea of CMYK lies some way off; an inverted picture would be far away.
    assert all(abs(a - b) < 60 for a, b in zip(one, other, strict=True))


def test_a_mask_stays_with_its_picture_and_makes_the_page_transparent(
    press: Press, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    picture = embedded(Image.new("RGBA", (64, 64), (255, 0, 0, 128)), "PNG")
    with opened(press(typeset(f'<img alt="a" src="{picture}">'))) as pdf:
        (image,) = pictures(pdf)
        assert str(image.ColorSpace) == "/DeviceCMYK"
        assert str(image.SMask.ColorSpace) == "/DeviceGray"
        assert set(image.SMask.read_bytes()) == {128}
        assert str(pdf.pages[0].obj.Group.CS) == "/DeviceCMYK"


def test_only_a_picture_far_above_the_press_resolution_is_made_smaller(
    press: Press, typeset: Typeset, embedded: Embedded, pictures: Pictures
) -> None:
    picture = embedded(Image.new("RGB", (900, 90), (30, 110, 150)), "PNG")
    widths = []
    for inches in (2, 1):  # 450 and 900 ppi
        html = f'<img alt="a" src="{picture}" style="width: {inches}in; height: auto">'
        with opened(press(typeset(html))) as pdf:
            widths.append(int(pictures(pdf)[0].Width))
    assert widths == [900, 300]


def test_a_truncated_photo_is_found_on_its_page(press: Press, hand_set: HandSet) -> None:
    saved = io.BytesIO()
    Image.effect_noise((100, 100), 60).convert("RGB").save(saved, "JPEG")

    def resources(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
        photo = pdf.make_stream(
            saved.getvalue()[:900],
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=100,
            Height=100,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        return pikepdf.Dictionary(XObject=pikepdf.Dictionary(i=photo))

    finished = press(hand_set(b"q 72 0 0 72 0 0 cm /i Do Q", resources))
    assert [(each.code, each.folio) for each in finished.findings] == [("photo-unreadable", 1)]
    assert "100 x 100 px" in finished.findings[0].message
