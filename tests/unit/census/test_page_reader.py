"""What the census reads off a page: words with their places, pictures, and nothing that is hidden."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from directory_pub.census import PageText, read_pages, read_pictures
from unit.hand_made import set_pages, small_engine

AT = "position: absolute; white-space: nowrap;"


@pytest.fixture
def engine_folder(tmp_path: Path) -> Path:
    return tmp_path / "project"


def read(folder: Path, body: str, css: str = "") -> list[PageText]:
    return list(read_pages(set_pages(small_engine(folder, css), body)))


def words(page: PageText) -> list[str]:
    return [word.text for word in page.words]


# -------------------------------------------------------------------- words
def test_a_word_has_its_place_from_the_trim_its_size_and_its_face(engine_folder: Path) -> None:
    (page,) = read(
        engine_folder, f'<p style="{AT} left: 20mm; top: 30mm; font-size: 10pt; line-height: 10pt">Harbour</p>'
    )
    (word,) = page.words
    assert (word.text, word.face.rstrip(",")) == ("Harbour", "Source-Sans-3")
    assert (word.left_mm, word.size_pt) == (pytest.approx(20, abs=0.02), pytest.approx(10, abs=0.01))
    assert word.baseline_mm == pytest.approx(30 + 10 * 25.4 / 72 * (0.5 + 0.312), abs=0.1)
    assert (page.width_mm, page.height_mm) == (pytest.approx(100, abs=0.01), pytest.approx(100, abs=0.01))


def test_a_character_that_pdfium_tells_in_two_halves_is_one(engine_folder: Path) -> None:
    (page,) = read(engine_folder, "<p>a🔒b 🔒🔒 c")
    assert words(page) == ["a🔒b", "🔒🔒", "c"]


def test_spaces_baselines_sizes_and_gaps_end_a_word(engine_folder: Path) -> None:
    body = (
        'one two<sup style="font-size: 6pt; vertical-align: 3pt">3</sup> <span style="font-size: 20pt">four</span>'
        f'<b style="{AT} left: 60mm; top: 0">five</b>'
    )
    (page,) = read(engine_folder, f"<p>{body}</p>")
    assert sorted(words(page)) == sorted(["one", "two", "3", "four", "five"])


def test_a_word_in_two_colours_is_one(engine_folder: Path) -> None:
    (page,) = read(engine_folder, '<p>har<span style="color: #f00">bour</span></p>')
    assert words(page) == ["harbour"]


def test_ligatures_and_accents_read_as_letters(engine_folder: Path) -> None:
    (page,) = read(engine_folder, "<p>office affluent Łódź “été” 5\u00a0km</p>")
    assert words(page) == ["office", "affluent", "Łódź", "“été”", "5", "km"]


def test_a_hyphen_at_a_lines_end_stays_a_hyphen(engine_folder: Path) -> None:
    (page,) = read(engine_folder, "<p>sustainable-<br>development</p>")
    assert words(page) == ["sustainable-", "development"]


def test_each_page_has_its_own_words(engine_folder: Path) -> None:
    pages = read(engine_folder, '<p>one</p><p style="break-before: page">two</p><p style="break-before: page"></p>')
    assert [words(page) for page in pages] == [["one"], ["two"], []]


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        list(read_pages(b"no pdf"))


# -------------------------------------------------------------------- hidden text
@pytest.mark.parametrize(
    "style", ["height: 0; overflow: hidden", "width: 2mm; overflow: hidden", "height: 1.2mm; overflow: hidden"]
)
def test_text_that_a_clip_cuts_off_is_not_read(engine_folder: Path, style: str) -> None:
    (page,) = read(engine_folder, f'<p style="{AT} top: 60mm; {style}">Keeper</p><p>seen</p>')
    assert words(page) == ["seen"]


def test_a_word_that_a_clip_cuts_into_is_read_and_told(engine_folder: Path) -> None:
    (page,) = read(engine_folder, f'<p style="{AT} width: 10mm; overflow: hidden">Keeper</p>')
    assert words(page) == ["Keeper"]
    assert unseen(page) == [("Keeper", "cut")]


def test_text_inside_a_clip_is_read(engine_folder: Path) -> None:
    (page,) = read(engine_folder, '<p style="height: 10mm; overflow: hidden">Keeper</p>')
    assert words(page) == ["Keeper"]


def test_text_drawn_without_ink_is_not_read(engine_folder: Path) -> None:
    """Render mode 3, as a scanner writes it."""
    import pikepdf

    pdf = set_pages(small_engine(engine_folder, ""), "<p>Keeper</p>")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        stream = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)).replace(b"BT", b"BT 3 Tr")
        page.Contents = document.make_stream(stream)
        out = io.BytesIO()
        document.save(out)
    assert [words(page) for page in read_pages(out.getvalue())] == [[]]
    assert [words(page) for page in read_pages(pdf)] == [["Keeper"]]


# -------------------------------------------------------------------- pictures
def test_a_picture_has_its_place_and_its_resolution(engine_folder: Path) -> None:
    engine = small_engine(engine_folder, "")
    Image.new("RGB", (300, 200), (90, 90, 90)).save(engine_folder / "quay.png")
    pdf = set_pages(
        engine,
        f'<img src="project:///quay.png" alt="x" style="{AT} left: 10mm; top: 20mm; width: 25.4mm; height: 50.8mm">',
    )
    ((picture,),) = read_pictures(pdf)
    assert (picture.left_mm, picture.top_mm, picture.width_mm, picture.height_mm) == pytest.approx(
        (10, 20, 25.4, 50.8), abs=0.05
    )
    assert (picture.width_px, picture.height_px) == (300, 200)
    assert picture.resolution_ppi == pytest.approx(100, abs=0.5), "the direction that has fewer counts"


def test_a_page_of_text_has_no_pictures(engine_folder: Path) -> None:
    assert list(read_pictures(set_pages(small_engine(engine_folder, ""), "<p>x</p>"))) == [()]


# -------------------------------------------------------------------- unseen, or in one place
def unseen(page: PageText) -> list[tuple[str, str]]:
    return [(each.word.text, each.why) for each in page.unseen]


BOX = f"{AT} left: 0; top: 0; width: 60mm; height: 30mm"
ON_NAVY = f'<div style="{BOX}; background: #12355b"></div>'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{}</svg>'


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<p style="color: #fff">Keeper</p>', "ground"),
        ('<p style="color: #fdfdfd">Keeper</p>', "ground"),
        ('<p style="color: #c9d7e4">Keeper</p>', "ground"),
        (f'{ON_NAVY}<p style="position: relative; color: #12355b">Keeper</p>', "ground"),
        (f'{ON_NAVY}<p style="position: relative; color: #1b4471">Keeper</p>', "ground"),
        ('<p style="color: #12355b; background: #12355b">Keeper</p>', "ground"),
        ('<p style="color: rgba(29, 29, 27, 0.04)">Keeper</p>', "ground"),
        ('<p style="color: #fff; background: linear-gradient(to right, #fff, #eee)">Keeper</p>', "ground"),
        (f"<p>Keeper</p>{ON_NAVY}", "covered"),
        (f'<p>Keeper</p><div style="{BOX}; background: #fff"></div>', "covered"),
        (f'<p>Keeper</p><div style="{BOX}; background: linear-gradient(#fff, #fff)"></div>', "covered"),
        (f'<p>Keeper</p><div style="{BOX}; border-radius: 5mm; background: #5f86ac"></div>', "covered"),
        (f'<p>Keeper</p><div style="{BOX}; width: 5mm; background: #fff"></div>', "covered"),
        ('<p style="text-decoration: line-through">Keeper</p>', "struck"),
        (f'<p>Keeper</p><div style="{BOX}; top: 3mm; height: 0.2mm; background: #fd9d24"></div>', "struck"),
        ('<p style="letter-spacing: -0.2em">Keeper</p>', "tight"),
        ('<p style="font-size: 3pt">Keeper</p>', "tiny"),
        ('<p style="transform: scale(0.2)">Keeper</p>', "tiny"),
    ],
)  # fmt: skip
def test_a_word_that_nobody_can_see_is_told_with_its_reason(engine_folder: Path, body: str, why: str) -> None:
    (page,) = read(engine_folder, f'{body}<p style="{AT} top: 70mm">seen</p>')
    assert sorted(words(page)) == ["Keeper", "seen"], "it is in the file, and read"
    assert unseen(page) == [("Keeper", why)]


@pytest.mark.parametrize(
    "body",
    [
        f'{ON_NAVY}<p style="position: relative; color: #fff">Keeper</p>',
        '<p style="color: #fd9d24">Keeper</p>',
        '<p style="color: #5f86ac">Keeper</p>',
        '<p style="background: linear-gradient(to right, #fff, #e9eff4)">Keeper</p>',
        f'<p>Keeper</p><div style="{BOX}; top: 6mm; background: #12355b"></div>',
        f'<p style="text-decoration: underline">Keeper</p><p style="{BOX}; border: 0.5pt solid #12355b"></p>',
        f'<div style="{BOX}; border-radius: 8mm; background: #12355b; color: #fff; padding: 9mm">Keeper</div>',
        f'<div style="{BOX}; overflow: hidden; border-radius: 2mm">Keeper</div>',
    ],
)
def test_a_word_that_is_seen_is_not_told_of(engine_folder: Path, body: str) -> None:
    (page,) = read(engine_folder, body)
    assert words(page) == ["Keeper"]
    assert unseen(page) == []
    assert page.shared == ()


@pytest.mark.parametrize("space", ["-0.15em", "-0.3em"])
def test_words_that_run_into_one_another_are_told(engine_folder: Path, space: str) -> None:
    (page,) = read(engine_folder, f'<p style="word-spacing: {space}">Tide Office</p><p>Office affluent fjord</p>')
    assert unseen(page) == [("Tide", "tight"), ("Office", "tight")]


def test_accents_that_stand_over_their_letters_are_not_too_tight(engine_folder: Path) -> None:
    (page,) = read(engine_folder, f"<p>{unicodedata.normalize('NFD', 'Hồ Hộ Bế ở Łódź Dvořák')}</p>")
    assert unseen(page) == []
    assert page.shared == ()


def test_half_a_word_on_its_own_colour_is_a_word_unseen(engine_folder: Path) -> None:
    halves = f'<div style="{BOX}; width: 6mm; background: #12355b"></div>'
    (page,) = read(engine_folder, f'{halves}<p style="position: relative; color: #fff">Keeperships</p>')
    assert unseen(page) == [("Keeperships", "ground")]


@pytest.mark.parametrize(
    "other",
    [
        f'<p style="{AT} left: 3mm; top: 0">Founded</p>',
        f'<p style="{AT} left: 0.5mm; top: 1mm">Founded</p>',
    ],
)
def test_two_words_in_one_place_are_told(engine_folder: Path, other: str) -> None:
    (page,) = read(engine_folder, f"<p>Keeper</p>{other}")
    assert page.shared
    assert {word.text for each in page.shared for word in (each.word, *each.others)} == {*words(page)}


def test_a_word_on_an_icon_is_told(engine_folder: Path) -> None:
    engine = small_engine(engine_folder, "")
    (engine_folder / "icon.svg").write_text(DRAWING.format('<circle cx="2" cy="2" r="2" fill="#c9d7e4"/>'))
    icon = "url(project:///icon.svg) no-repeat 0 1mm / 3mm 3mm"
    body = f'<p style="padding-left: {{}}; background: {icon}">Keeper</p>'
    (on_it,), (beside,) = (list(read_pages(set_pages(engine, body.format(left)))) for left in ("0", "3.2mm"))
    assert [(each.word.text, each.others) for each in on_it.shared] == [("Keeper", ())]
    assert beside.shared == ()


def test_a_drawing_laid_over_a_word_hides_it(engine_folder: Path) -> None:
    engine = small_engine(engine_folder, "")
    (engine_folder / "art.svg").write_text(DRAWING.format('<path d="M0 0h4v4h-4z" fill="#e9eff4"/>'))
    art = f'<div style="{BOX}; background: url(project:///art.svg) 0 0 / 60mm 60mm"></div>'
    (page,) = read_pages(set_pages(engine, f"<p>Keeper</p>{art}"))
    assert unseen(page) == [("Keeper", "covered")]
    (page,) = read_pages(set_pages(engine, f'{art}<p style="position: relative">Keeper</p>'))
    assert unseen(page) == []


def test_close_lines_large_initials_and_accents_share_no_place(engine_folder: Path) -> None:
    body = (
        '<p style="font-weight: 700; font-size: 30pt; line-height: 0.95">gypsy<br>Łódź<br>ÅÄÖ</p>'
        '<p><span style="font-size: 20pt; line-height: 0">“</span>“Keeper”, office.<sup style="font-size: 5pt">12, 13</sup></p>'
    )
    (page,) = read(engine_folder, body)
    assert page.shared == ()


def test_a_word_on_a_box_far_beside_the_sheet_is_no_fault_of_the_reader(engine_folder: Path) -> None:
    body = f'<div style="{AT} left: -500mm; top: 30mm; background: #123"><b style="color: #fff">Harbour</b></div>'
    (page,) = read(engine_folder, f"{body}<p>Quay</p>")
    assert "Quay" in words(page)
