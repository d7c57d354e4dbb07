"""What the census reads off a page: words with their places, pictures, and nothing that is hidden."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from directory_pub.census import PageText, read_pages
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
    ((picture,),) = [page.pictures for page in read_pages(pdf)]
    assert (picture.left_mm, picture.top_mm, picture.width_mm, picture.height_mm) == pytest.approx(
        (10, 20, 25.4, 50.8), abs=0.05
    )
    assert (picture.width_px, picture.height_px) == (300, 200)
    assert picture.resolution_ppi == pytest.approx(100, abs=0.5), "the direction that has fewer counts"


def test_a_page_of_text_has_no_pictures(engine_folder: Path) -> None:
    (page,) = read(engine_folder, "<p>x</p>")
    assert page.pictures == ()
