"""Tags of small documents: what a layout may bring that our two editions do not have."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import page
import pypdfium2
import pytest
from PIL import Image, ImageChops

from directory_pub.finish import DocumentFacts, Finished, finish_email
from directory_pub.typeset import Engine
from labels import labelled
from project import ROOT
from reading import PdfTags, Tag, read_tags
from unit.hand_made import small_engine

CSS = """
th, td { border: 1pt solid #000 } thead { display: table-header-group }
.note { float: footnote } .note::footnote-call { content: "1" } .note::footnote-marker { content: none }
ul { list-style: none } .dash li::before { content: "– " }
.faint { opacity: 0.5 } .under { text-decoration: underline }
.page { break-before: page }
.side { position: running(side) } @page { @bottom-left { content: element(side) } @top-right { content: "Folio " counter(page) } }
"""
Read = Callable[[str], PdfTags]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(picture, "PNG")
    root = tmp_path_factory.mktemp("tagging") / "project"
    engine = small_engine(root, CSS)
    (root / "boat.png").write_bytes(picture.getvalue())
    return engine


@pytest.fixture(scope="module")
def finish(engine: Engine) -> Callable[..., Finished]:
    """The email file of a body; with ``tagged=False`` under the engine's own tags, or as part of a book."""

    def make(body: str, *, tagged: bool = True, **told: Any) -> Finished:
        pages = engine.typeset(f'<html lang="en"><meta charset="utf-8"><title>t</title><body>{body}', "x")
        assert pages is not None, engine.findings
        facts = DocumentFacts(
            **{
                "title": "T",
                "author": "A",
                "language": "en",
                "created": date(2031, 3, 2),
                **told,
            }
        )
        return finish_email(
            pages.write(),
            profile=ROOT / "printers" / "ISOcoated_v2_300_bas.icc",
            screen_profile=ROOT / "styles" / "profiles" / "sRGB2014.icc",
            trim_mm=(100, 100),
            document=facts,
            elements=pages.elements if tagged else (),
        )

    return make


@pytest.fixture(scope="module")
def read(finish: Callable[..., Finished]) -> Read:
    """The tags of a body; the file must pass both profiles and look as it did."""

    def tags(body: str) -> PdfTags:
        made, plain = finish(body), finish(body, tagged=False)
        assert made.findings == []
        with_label = labelled(made.pdf)
        for profile in ("ua1", "3a"):
            failures = page.validate_pdf_bytes(with_label, profile=profile).failures
            assert [f"{each.rule_id} {each.message}" for each in failures if "STREAM-LENGTH" not in each.rule_id] == []
        one, other = pypdfium2.PdfDocument(plain.pdf), pypdfium2.PdfDocument(made.pdf)
        for index in range(len(one)):
            images = [document[index].render(scale=2).to_pil() for document in (one, other)]
            assert ImageChops.difference(*images).getbbox() is None
        return read_tags(made.pdf)

    return tags


def shape(tag: Tag) -> str:
    """The roles at and below a tag: ``P(Link)``."""
    inner = ",".join(shape(kid) for kid in tag.kids if isinstance(kid, Tag))
    return f"{tag.role}({inner})" if inner else tag.role


# -------------------------------------------------------------------- tables
TABLE = """<h1>Fees</h1><table><caption>In francs</caption><thead><tr><th>Town</th><th>Fee</th></tr></thead>
<tbody><tr><th scope="row">Port</th><td>10</td></tr><tr><td colspan="2">and more</td></tr></tbody></table>"""


def test_heads_of_a_table_say_what_they_head(read: Read) -> None:
    (table,) = read(TABLE).document.all("Table")
    assert shape(table) == "Table(Caption,THead(TR(TH,TH)),TBody(TR(TH,TD),TR(TD)))"
    assert [(tag.text, tag.attribute("Scope")) for tag in table.all("TH")] == [
        ("Town", "/Column"),
        ("Fee", "/Column"),
        ("Port", "/Row"),
    ]
    assert table.all("TD")[1].attribute("ColSpan") == 2


def test_a_head_that_is_repeated_on_the_next_page_is_said_once(read: Read) -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(30))
    tags = read(f"<h1>T</h1><table><thead><tr><th>Number</th></tr></thead><tbody>{rows}</tbody></table>")
    (table,) = tags.document.all("Table")
    assert len(table.pages) > 1
    assert table.text == "Number " + " ".join(str(n) for n in range(30))
    assert any("Number" in loose for loose in tags.artifacts[1])


# -------------------------------------------------------------------- pictures
def test_a_picture_without_words_is_decoration(read: Read) -> None:
    tags = read(
        '<h1>A</h1><p><img src="project:///boat.png" alt="" style="width: 20mm; image-rendering: crisp-edges"></p>'
    )
    assert tags.document.all("Figure") == []


def test_a_picture_in_a_line_is_a_figure_with_words(read: Read) -> None:
    tags = read(
        '<h1>A</h1><p>See <img src="project:///boat.png" alt="A boat" style="width: 9mm; image-rendering: crisp-edges"> here.</p>'
    )
    (figure,) = tags.document.all("Figure")
    assert figure.entries["/Alt"] == "A boat"
    assert tags.document.text == "A See here."


def test_a_drawing_is_a_figure_where_it_has_a_title(read: Read) -> None:
    drawing = '<svg width="40" height="40" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">{}<rect width="9" height="9"/></svg>'
    tags = read(f"<h1>A</h1><div>{drawing.format('<title>A square</title>')}</div><div>{drawing.format('')}</div>")
    assert [figure.entries["/Alt"] for figure in tags.document.all("Figure")] == ["A square"]


# -------------------------------------------------------------------- lines
def test_text_and_elements_keep_their_order_in_a_line(read: Read) -> None:
    tags = read(
        '<h1>A</h1><p>One <b>two</b> three <a href="https://example.org">four</a> five <i>six</i><br>seven.</p>'
    )
    assert tags.document.text == "A One two three four five six seven."


def test_a_link_that_the_engine_breaks_is_one_link(read: Read) -> None:
    words = " ".join(["word"] * 40)
    tags = read(f'<h1>A</h1><p><a href="https://example.org/x">{words}</a></p>')
    (link,) = tags.document.all("Link")
    assert len(link.annotations) > 1
    assert link.text == words
    assert "https" not in link.annotations[0]["/Contents"] or "example.org/x" in link.annotations[0]["/Contents"]


def test_a_rule_under_a_word_is_no_artifact_inside_a_piece(read: Read) -> None:
    assert (
        read('<h1>A</h1><p>One <span class="under">two three</span> four.</p>').document.text == "A One two three four."
    )


def test_a_word_that_a_break_parts_is_one_word_where_the_layout_says_so(read: Read) -> None:
    assert read('<h1>A</h1><p>one-<br class="joined">two<br>three</p>').document.text == "A one-two three"


def test_a_passage_in_another_language_is_told_as_block_and_in_the_line(read: Read) -> None:
    tags = read(
        '<h1>A</h1><p>The <span lang="fr">quai</span>.</p><div lang="de"><p>Der Hafen.</p></div><p lang="nl">De haven.</p>'
    )
    told = {(tag.role, tag.entries["/Lang"]): tag.text for tag in tags.document.all() if "/Lang" in tag.entries}
    assert told == {("Span", "fr"): "quai", ("Div", "de"): "Der Hafen.", ("P", "nl"): "De haven."}


# -------------------------------------------------------------------- blocks
def test_what_a_sheet_draws_before_an_item_is_its_label(read: Read) -> None:
    tags = read('<h1>A</h1><ul class="dash"><li>One<ul><li>inner</li></ul></li><li><p>Two</p></li></ul>')
    outer = tags.document.all("L")[0]
    assert shape(outer) == "L(LI(Lbl,LBody(P,L(LI(Lbl,LBody)))),LI(Lbl,LBody(P)))"


def test_a_line_beside_a_block_becomes_a_paragraph(read: Read) -> None:
    tags = read("<h1>A</h1><section>Loose <p>set</p> end</section>")
    assert shape(tags.document.all("Sect")[0]) == "Sect(P,P,P)"
    assert tags.document.text == "A Loose set end"


def test_a_note_in_a_list_and_the_space_behind_it(read: Read) -> None:
    note = '<span class="note" role="doc-footnote" id="n1"><span role="doc-backlink">1</span> Words of the note.</span>'
    tags = read(f"<h1>A</h1><ul class='dash'><li>Before{note}<br>after.</li></ul>")
    (body,) = tags.document.all("LBody")
    assert body.text == "Before 1 1 Words of the note. after."
    (found,) = tags.document.all("Note")
    assert str(found.entries["/ID"]) == "n1"


def test_what_is_hidden_from_readers_is_an_artifact(read: Read) -> None:
    tags = read('<h1>A</h1><p aria-hidden="true">Ornament</p><p>Said.</p>')
    assert tags.document.text == "A Said."
    assert "Ornament" in tags.artifacts[0]


def test_a_running_block_is_said_where_it_was_written(read: Read) -> None:
    tags = read(
        '<h1>A</h1><p>First.</p><div class="side"><p>Tel: <a href="tel:+41">41</a> now</p></div><p>Last.</p><p class="page">Over.</p>'
    )
    assert tags.document.text == "A First. Tel: 41 now Last. Over."
    assert tags.artifacts == [["Folio 1"], ["Tel: ", "Folio 2"]] or "Folio 2" in tags.artifacts[1]


def test_headings_never_leave_a_level_out(read: Read) -> None:
    tags = read("<h1>A</h1><h4>B</h4><h2>C</h2><h3 aria-level='6'>D</h3>")
    assert [tag.role for tag in tags.document.all("H1", "H2", "H3", "H4", "H5", "H6")] == ["H1", "H2", "H2", "H3"]


def test_headings_of_a_part_go_on_below_the_heading_above_it(finish: Callable[..., Finished]) -> None:
    body = "<h2>A</h2><h5>B</h5><h1>C</h1>"
    assert [tag.role for tag in heads(finish(body).pdf)] == ["H1", "H2", "H1"]
    assert [tag.role for tag in heads(finish(body, heading_above=1).pdf)] == ["H2", "H3", "H1"]


def heads(pdf: bytes) -> list[Tag]:
    return read_tags(pdf).document.all("H1", "H2", "H3", "H4", "H5", "H6")


def test_a_link_of_a_part_names_no_page(finish: Callable[..., Finished]) -> None:
    body = '<h1>A</h1><p><a href="#b">See</a></p><h2 id="b">Below</h2>'
    links = read_tags(finish(body).pdf).document.all("Link")
    assert [str(link.annotations[0]["/Contents"]) for link in links] == ["See"]


def test_words_in_a_transparent_group_are_told_of(finish: Callable[..., Finished]) -> None:
    findings = finish('<h1>A</h1><p class="faint">Pale words.</p>').findings
    assert [finding.code for finding in findings] == ["words-untagged"]
    assert findings[0].folio == 1


def test_words_that_are_not_tagged_in_a_part_are_told_of_by_the_folio_in_the_book(
    finish: Callable[..., Finished],
) -> None:
    (finding,) = finish('<h1>A</h1><p class="faint">Pale words.</p>', first_folio=41).findings
    assert (finding.code, finding.folio) == ("words-untagged", 41)
    assert "page 41" in finding.message


def test_the_same_pages_are_tagged_with_the_same_bytes(finish: Callable[..., Finished]) -> None:
    assert finish(TABLE).pdf == finish(TABLE).pdf


def test_a_label_takes_the_room_that_is_kept_for_it_and_no_more(finish: Callable[..., Finished]) -> None:
    made = finish(TABLE).pdf
    assert labelled(made) != made
    assert len(labelled(made)) == len(made)
