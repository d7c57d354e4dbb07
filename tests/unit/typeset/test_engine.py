"""What we rely on in WeasyPrint 70: an upgrade that changes one of these shows itself here."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageFile

from directory_pub.typeset import import_engine
from project import ROOT

FACE = ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf"
HEAD = f"""<html lang="en"><meta charset="utf-8"><title>t</title><style>
@font-face {{ font-family: "Source Sans 3"; src: url({FACE.as_uri()}) }}
@page {{ size: 100mm 100mm; margin: 20mm; font-family: "Source Sans 3" }}
html {{ font: 10pt/12pt "Source Sans 3" }} body, p {{ margin: 0 }}
"""
Render = Callable[[str, str], Any]


@pytest.fixture
def render() -> Render:
    """Lay out a body with some more sheet."""

    def lay_out(css: str, body: str) -> Any:
        return import_engine().HTML(string=f"{HEAD}{css}</style>{body}", base_url="project:///").render()

    return lay_out


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def test_it_is_the_version_that_was_measured() -> None:
    assert import_engine().__version__ == "70.0"


def test_an_anchor_is_in_pixels_from_the_corner_of_the_trim(render: Render) -> None:
    page = render("@page { bleed: 5mm }", '<div id="here" style="margin: 10mm 0 0 5mm">x</div>').pages[0]
    left, top = page.anchors["here"][:2]
    assert (left, top) == pytest.approx((25 / 25.4 * 96, 30 / 25.4 * 96), abs=0.01)


def test_pages_of_two_documents_join_with_their_links(render: Render) -> None:
    one = render("", '<p><a href="#there">go</a></p>')
    two = render("", '<p id="there">come</p>')
    pdf = pikepdf.open(io.BytesIO(one.copy([*one.pages, *two.pages]).write_pdf()))
    assert len(pdf.pages) == 2
    assert str(pdf.pages[0].Annots[0].Dest) == "there"
    assert texts(one.copy([*one.pages, *two.pages]).write_pdf()) == ["go", "come"]


def test_a_background_that_is_not_repeated_is_vector_art_and_an_artifact(render: Render) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1'/></svg>"
    svg = f"data:image/svg+xml,{picture}"
    body = f'<div style="width: 9mm; height: 9mm; background: url(&quot;{svg}&quot;) no-repeat 0 0 / 100% 100%"></div>'
    pdf = pikepdf.open(io.BytesIO(render("", body).write_pdf(pdf_tags=True)))
    operators = [
        (str(operator), [str(o) for o in operands]) for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
    ]
    drawn = next(index for index, (operator, _) in enumerate(operators) if operator == "Do")
    assert ("BMC", ["/Artifact"]) in operators[:drawn]
    assert "/Pattern" not in pdf.pages[0].Resources or not pdf.pages[0].Resources.Pattern.keys()


def test_a_running_element_stands_on_the_page_where_it_is_last(render: Render) -> None:
    """The contact block: an empty one at the entry's start, the block at its end."""
    css = """@page { @bottom-left { content: element(block, last) } } .block { position: running(block) }"""
    body = '<div class="block"></div>' + "<p>line</p>" * 20 + '<div class="block">contact</div>'
    assert [text.count("contact") for text in texts(render(css, body).write_pdf())] == [0, 1]


def test_a_string_takes_the_lines_of_a_title_with_the_space_between_them(render: Render) -> None:
    css = """@page { @top-left { content: string(name); white-space: nowrap } }
        h1 { string-set: name content(text); font: 9pt/9pt 'Source Sans 3' }"""
    body = "<h1><span>One</span> <span>two</span></h1>"
    assert "One two One two" in texts(render(css, body).write_pdf())[0]


def test_a_nowrap_line_is_not_broken_and_lines_part_at_the_space_between(render: Render) -> None:
    css = "p { width: 30mm } .line { white-space: nowrap }"
    body = (
        '<p id="p"><span class="line">a line that is wide</span> <span class="line">short</span></p><p id="end">x</p>'
    )
    anchors = render(css, body).pages[0].anchors
    assert anchors["end"][1] - anchors["p"][1] == pytest.approx(2 * 12 / 72 * 96, abs=0.1)


def test_lengths_are_worked_out_from_tokens(render: Render) -> None:
    css = """:root { --unit: 4mm; --twice: calc(2 * var(--unit)) }
        div { margin-top: calc(var(--twice) - 0.5 * var(--unit)) }"""
    top = render(css, '<div id="here">x</div>').pages[0].anchors["here"][1]
    assert top == pytest.approx((20 + 6) / 25.4 * 96, abs=0.01)


def test_a_head_at_the_top_of_a_page_loses_its_margin_where_asked(render: Render) -> None:
    css = "h2 { margin: 12pt 0 0; margin-break: discard; break-before: page; font: 10pt/12pt 'Source Sans 3' }"
    pages = render(css, '<p>x</p><h2 id="head">Head</h2>').pages
    assert pages[1].anchors["head"][1] == pytest.approx(20 / 25.4 * 96, abs=0.5)


# -------------------------------------------------------------------- what it loses, and we guard
def test_it_loses_a_footnote_in_a_flex_container_without_a_word(
    render: Render, caplog: pytest.LogCaptureFixture
) -> None:
    css = ".note { float: footnote }"
    body = '<div style="display: flex"><p>text<span class="note">the note</span></p></div>'
    whole = '<div><p>text<span class="note">the note</span></p></div>'
    with caplog.at_level(logging.WARNING):
        flex, block = (
            texts(render(css, text).write_pdf())[0] for text in (body.replace("<p>", "").replace("</p>", ""), whole)
        )
    assert "the note" in block
    assert "the note" not in flex
    assert not caplog.messages


def test_it_sets_a_family_that_is_not_there_in_another_without_a_word(
    render: Render, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        pdf = render("p { font-family: 'Nowhere Sans' }", "<p>text</p>").write_pdf()
    assert texts(pdf) == ["text"]
    assert not caplog.messages


def test_a_complaint_about_a_sheet_names_the_line(render: Render, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        import_engine().CSS(string="p { color: red }\np { colour: red }")
    assert any(" at 2:5" in message for message in caplog.messages)


def test_a_missing_glyph_is_named_by_its_code_point(render: Render, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        render("", "<p>漢</p>").write_pdf()
    assert any("U+6F22" in message for message in caplog.messages)


def test_importing_it_lets_half_a_picture_pass_anywhere() -> None:
    """Why proofreading opens pictures with this switched off."""
    import_engine()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
