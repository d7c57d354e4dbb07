"""The drawn sheets: asked by their pixels, a pixel a millimetre."""

from __future__ import annotations

import io

import pikepdf
import pytest

from directory_pub.build import BuildResult
from directory_pub.impose import ImpositionError, impose_file
from directory_pub.impose.scheme import saddle
from impose.numbered import A4_MM, A5_MM, EDGE, MM, colour, draw, near, numbered

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


# -------------------------------------------------------------------- places
@pytest.mark.parametrize("binding", ["left", "right"])
def test_every_side_shows_its_two_pages_left_and_right_of_the_fold(binding: str) -> None:
    imposed = impose_file(numbered(10), binding=binding)
    for index, side in enumerate(saddle(10, right_to_left=binding == "right")):
        sheet = draw(imposed.pdf, index)
        for page, x in ((side.left, 105), (side.right, 315)):
            assert near(sheet.getpixel((x, 150)), WHITE if page is None else colour(page)), (side.label, x)


def test_page_1_stands_on_the_right_half_of_the_outer_front() -> None:
    sheet = draw(impose_file(numbered(36)).pdf, 0)
    assert near(sheet.getpixel((400, 280)), colour(0))
    assert near(sheet.getpixel((215, 5)), BLACK)  # its own top left corner
    assert near(sheet.getpixel((20, 280)), colour(35))


def test_a4_pages_stay_at_100_percent_on_a3_and_are_made_smaller_on_a4() -> None:
    large, small = impose_file(numbered(4)), impose_file(numbered(4), sheet="A4")
    assert large.scale == 1
    assert small.scale == pytest.approx(0.7071, abs=1e-3)
    assert "at 100 %" in large.summary
    assert "scaled to 70.7 %" in small.summary
    for imposed, size_mm in ((large, (420, 297)), (small, (297, 210))):
        with opened(imposed.pdf) as booklet:
            assert [float(edge) / MM for edge in booklet.pages[0].mediabox[2:]] == pytest.approx(size_mm, abs=1e-3)


def test_small_pages_stand_at_the_fold_in_the_middle_of_the_height() -> None:
    sheet = draw(impose_file(numbered(4, A5_MM)).pdf, 0)
    assert near(sheet.getpixel((212, 100)), colour(0))
    assert near(sheet.getpixel((210 + 146, 100)), colour(0))
    assert near(sheet.getpixel((210 + 151, 100)), WHITE)
    assert near(sheet.getpixel((300, 46)), colour(0))
    assert near(sheet.getpixel((300, 41)), WHITE)


def test_a_scale_that_is_asked_for_is_kept() -> None:
    assert impose_file(numbered(4, A5_MM), scale=1.25).scale == 1.25
    with pytest.raises(ImpositionError, match="larger than A3") as refused:
        impose_file(numbered(4, A5_MM), scale=1.5)
    assert "141 % is the most" in refused.value.remedy


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_and_boxes_away_from_the_origin_are_drawn_upright_in_their_place(rotate: int) -> None:
    sheet = draw(impose_file(numbered(4, A5_MM, origin=(-300, 170), rotate=rotate)).pdf, 0)
    assert near(sheet.getpixel((215, 50)), BLACK)
    assert near(sheet.getpixel((210 + 140, 50)), colour(0))
    assert near(sheet.getpixel((215, 240)), colour(0))
    assert near(sheet.getpixel((100, 240)), colour(3))


# -------------------------------------------------------------------- bleed, creep and marks
def test_bleed_is_drawn_outside_and_cut_at_the_fold() -> None:
    sheet = draw(impose_file(numbered(4, A5_MM, past_mm=8, bleed_mm=4)).pdf, 0)
    assert near(sheet.getpixel((300, 41)), EDGE)
    assert near(sheet.getpixel((210 + 150, 150)), EDGE)
    assert near(sheet.getpixel((210 + 154, 150)), WHITE)  # past the bleed
    assert near(sheet.getpixel((208, 150)), colour(3))
    assert near(sheet.getpixel((211, 150)), colour(0))


def test_what_lies_past_the_trim_is_no_bleed_without_a_box_that_says_so() -> None:
    sheet = draw(impose_file(numbered(4, A5_MM, past_mm=8)).pdf, 0)
    assert near(sheet.getpixel((300, 41)), WHITE)
    assert near(sheet.getpixel((210 + 150, 150)), WHITE)


def test_creep_moves_the_inner_pages_towards_the_fold_and_the_outer_not_at_all() -> None:
    imposed = impose_file(numbered(12, A5_MM), creep_mm=6)
    outer_edges = []
    for front in (0, 2, 4):
        sheet = draw(imposed.pdf, front)
        outer_edges.append(max(x for x in range(210, 420) if not near(sheet.getpixel((x, 150)), WHITE)) + 1 - 210)
    assert outer_edges == [148, 145, 142]
    innermost = draw(imposed.pdf, 4)
    assert near(innermost.getpixel((211, 150)), colour(4))
    assert near(innermost.getpixel((208, 150)), colour(7))


def test_marks_stand_where_there_is_room_and_nowhere_else() -> None:
    def count_marks(pdf: bytes) -> int:
        with opened(pdf) as booklet:
            return sum(str(each.operator) == "S" for each in pikepdf.parse_content_stream(booklet.pages[0]))

    assert count_marks(impose_file(numbered(4), sheet="A3").pdf) == 0
    assert count_marks(impose_file(numbered(4), sheet="SRA3").pdf) == 10  # eight at the corners, two at the fold
    assert count_marks(impose_file(numbered(4, past_mm=9, bleed_mm=9), sheet="SRA3").pdf) == 4  # room at the sides only


def test_no_mark_lies_on_a_page_or_its_bleed() -> None:
    sheet = draw(impose_file(numbered(4, past_mm=3, bleed_mm=3), sheet="SRA3").pdf, 0)
    for x in range(13, 437):
        for y in (9, 310):
            assert not near(sheet.getpixel((x, y)), BLACK)


# -------------------------------------------------------------------- what the file says
def test_the_file_names_the_edge_to_flip_at_and_labels_its_sides() -> None:
    imposed = impose_file(numbered(6))
    assert imposed.flip == "short edge"
    with opened(imposed.pdf) as booklet:
        assert "flip on the short edge" in str(booklet.docinfo["/Title"])
        assert booklet.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        labels = [pikepdf.Page(page).label for page in booklet.pages]
    assert labels == ["1 front: 6 | 1", "1 back: 2 | blank", "2 front: blank | 3", "2 back: 4 | 5"]


def test_the_same_file_gives_the_same_bytes() -> None:
    source = numbered(8)
    assert impose_file(source).pdf == impose_file(source).pdf


def test_the_2020_edition_is_9_sheets_in_order(book_2020: BuildResult) -> None:
    press = impose_file(book_2020.files["press"], sheet="SRA3", creep_mm=1)
    email = impose_file(book_2020.files["email"])
    assert (press.sheet_count, press.scale, email.sheet_count, email.scale) == (9, 1, 9, 1)
    with opened(press.pdf) as booklet:
        assert booklet.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA39"
        assert not any("/Annots" in page.obj for page in booklet.pages)


# -------------------------------------------------------------------- refusals
def encrypted(password: str) -> bytes:
    written = io.BytesIO()
    with opened(numbered(4)) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return written.getvalue()


def without_pages() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(written)
    return written.getvalue()


def with_box(box: list[object]) -> bytes:
    written = io.BytesIO()
    with opened(numbered(4)) as pdf:
        pdf.pages[2].obj.TrimBox = pikepdf.Array(box)
        pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (encrypted("secret"), "encrypted"),
        (encrypted(""), "encrypted"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"", "damaged"),
        (numbered(4)[:-200], "damaged"),
        (without_pages(), "no pages"),
        (numbered(4, sizes_mm=[A4_MM, A4_MM, A5_MM, A4_MM]), r"page 3 is 148 x 210 mm, page 1 is 210 x 297 mm"),
        (numbered(4, (600, 900)), "fit on A3 at 33 % only"),
        (with_box([0, 0, 1]), "page 3 has a box"),
        (with_box([5, 5, 5, 5]), "page 3 has no size"),
    ],
    ids=["password", "locked", "no-pdf", "empty", "truncated", "no-pages", "mixed", "too-large", "box", "no-size"],
)
def test_what_cannot_be_imposed_is_refused_with_the_reason(source: bytes, told: str) -> None:
    with pytest.raises(ImpositionError, match=told) as refused:
        impose_file(source)
    assert refused.value.remedy.endswith(".")


def test_an_unknown_sheet_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="A6"):
        impose_file(numbered(4), sheet="A6")
