"""What the email PDF says to someone who listens: the tags of both editions, read with pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, pairwise, zip_longest
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from directory_pub.build import BuildResult
from directory_pub.edition.contents import contents_form
from directory_pub.edition.model import Edition
from directory_pub.edition.targets import EMAIL
from directory_pub.edition.text import Block, Heading, ItemList, Paragraph, Quote, Run, TermList
from directory_pub.finish import finish_email
from directory_pub.production.book import Book
from directory_pub.production.context import PROFILE, SCREEN_PROFILE
from directory_pub.production.finishing import document_facts
from project import ROOT
from reading import PdfTags, Tag, read_tags
from reference.whole_book import build_whole

pytestmark = pytest.mark.quick("harbour*")

SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")


@pytest.fixture(scope="module", params=["book_2020", "harbour"])
def built(request: pytest.FixtureRequest) -> BuildResult:
    result = request.getfixturevalue(request.param)
    assert isinstance(result, BuildResult)
    return result


@pytest.fixture(scope="module")
def tags(built: BuildResult) -> PdfTags:
    return read_tags(built.files["email"])


@pytest.fixture(scope="module")
def tags_2020(book_2020: BuildResult) -> PdfTags:
    return read_tags(book_2020.files["email"])


@pytest.fixture(scope="module")
def tags_harbour(harbour: BuildResult) -> PdfTags:
    return read_tags(harbour.files["email"])


def parts(built: BuildResult) -> tuple[Edition, Book]:
    assert built.edition
    assert built.book
    return built.edition, built.book


def entry_of(tags: PdfTags, name: str) -> Tag:
    return next(art for art in tags.document.all("Art") if art.all("H2")[0].text == name)


# -------------------------------------------------------------------- what the content says
def told(edition: Edition, folios: dict[str, int]) -> Iterator[str]:
    """The words of the book behind its cover, as they are to be heard."""
    numbers = count(1)
    preface, imprint = edition.text_pages["preface"], edition.text_pages["imprint"]
    yield preface.title or ""
    yield from body(preface.body, numbers, folios)
    if publisher := imprint.publisher:
        yield from (*publisher.wordmark, publisher.name, publisher.address or "")
        yield from (f"{row.label or ''} {row.text}" for row in publisher.contact)
    yield from body(imprint.body, numbers, folios)
    yield edition.contents_title
    for section in edition.sections:
        yield f"{section.title} {folios[section.key]}"
        for entry in section.entries:
            name, shares = f"{entry.name}{edition.sign_of(entry)}", contents_form(edition) == "key"
            yield f"{name} {entry.subtitle or ''} {folios[entry.key]}" if shares else f"{name} {folios[entry.key]}"
            yield f"{entry.subtitle} {folios[entry.key]}" if entry.subtitle and not shares else ""
    yield from (f"{mark.sign} {mark.legend}" for mark in edition.marks)
    for section in edition.sections:
        yield section.title
        for entry in section.entries:
            yield from (entry.name, entry.subtitle or "", (entry.photo and entry.photo.credit) or "")
            yield from body(entry.body, numbers, folios)
            yield from (f"{row.label or ''} {row.text}" for row in entry.contact)
    yield edition.note_pages_title or "" if "notes" in folios else ""
    if imprint.publisher and edition.cover:
        yield from imprint.publisher.wordmark
        yield from (row.text for row in imprint.publisher.contact if row.kind == "web")


def body(blocks: Sequence[Block], numbers: Iterator[int], folios: dict[str, int]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield line(block.runs, numbers, folios)
            case ItemList():
                for label, item in zip_longest(block.labels, block.items, fillvalue=""):
                    yield str(label)
                    yield from body(item, numbers, folios)
            case TermList():
                for row in block.rows:
                    yield line(row.term, numbers, folios)
                    yield from body(row.paragraphs, numbers, folios)
            case Quote():
                yield from body(block.paragraphs, numbers, folios)
                yield from body([block.credit] if block.credit else [], numbers, folios)


def line(runs: Sequence[Run], numbers: Iterator[int], folios: dict[str, int]) -> str:
    """A line with each note behind its call (the call's figure, the note's own, its words) and the page of each link."""
    said = ""
    for run in runs:
        if run.note:
            number = next(numbers)
            said += f" {number} {number} {line(run.note.runs, numbers, folios)} "
        said += run.text
        if run.href and run.href.startswith("#"):
            said += f" (page {folios[run.href[1:]]})"
    return said


# -------------------------------------------------------------------- read aloud
def test_read_aloud_it_is_the_content_in_its_order_word_for_word(built: BuildResult, tags: PdfTags) -> None:
    edition, book = parts(built)
    folios = {piece.key: piece.pages[0] + 1 for piece in book.pieces}
    expected = SPAN.sub(r"\1", " ".join(told(edition, folios))).split()
    cover, *rest = [kid for kid in tags.document.kids if isinstance(kid, Tag)]
    assert " ".join(kid.text for kid in rest).split() == expected
    words = edition.cover
    assert words
    lines = (*words.series, *words.title, words.year or "", *words.words, *words.event, *words.theme)
    assert sorted(cover.text.split()) == sorted(" ".join((*lines, words.date or "", *words.venue)).split())


def test_folios_running_heads_and_leaders_are_artifacts(built: BuildResult, tags: PdfTags) -> None:
    edition, book = parts(built)
    for piece in book.pieces:
        if piece.kind != "entry" or piece.entry is None:
            continue
        section = next(each for each in edition.sections if piece.entry.key in [one.key for one in each.entries])
        for index in piece.pages:
            heads = [section.title] if index == piece.pages[0] else [section.title, piece.entry.name]
            assert tags.artifacts[index] == [*heads, str(index + 1)]
    contents = next(piece for piece in book.pieces if piece.kind == "contents").pages[0]
    leaders = {"."} - ({"."} if contents_form(edition) == "key" else set())
    assert set(tags.artifacts[contents]) == {*leaders, str(contents + 1)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["harbour", pytest.param("book_2020", marks=pytest.mark.slow)])
def test_tagging_moves_no_pixel(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Asked of the book set as one document, whose pages are those of the book of pieces to the pixel (test_pieces)."""
    made = request.getfixturevalue(name)
    folder = parts(made)[0].folder
    assert made.book is not None
    whole = build_whole(folder, tmp_path, [EMAIL], made.book.fits)
    edition, book = whole.edition, whole.book
    before, after = (
        pypdfium2.PdfDocument(
            finish_email(
                whole.typeset,
                profile=ROOT / PROFILE,
                screen_profile=ROOT / SCREEN_PROFILE,
                trim_mm=(edition.trim.width_mm, edition.trim.height_mm),
                document=document_facts(edition),
                elements=elements,
            ).pdf
        )
        for elements in ([], whole.elements)
    )
    assert len(before) == len(after) == book.page_count
    for index in range(len(before)):
        one, other = (document[index].render(scale=1.5).to_pil() for document in (before, after))
        assert ImageChops.difference(one, other).getbbox() is None, f"page {index + 1}"


# -------------------------------------------------------------------- elements
def test_an_entry_is_one_element_however_many_pages_it_takes(built: BuildResult, tags: PdfTags) -> None:
    _, book = parts(built)
    entries = [piece for piece in book.pieces if piece.entry]
    articles = tags.document.all("Art")
    assert [article.all("H2")[0].text for article in articles] == [p.entry.name for p in entries if p.entry]
    assert [article.pages for article in articles] == [set(piece.pages) for piece in entries]


@pytest.mark.slow
def test_a_paragraph_that_runs_over_a_page_is_one_element(tags_2020: PdfTags) -> None:
    over = [tag for tag in tags_2020.document.all("P") if len(tag.pages) > 1]
    assert over
    assert all(tag.text[0].isupper() or tag.text[0] in "“‘" for tag in over)
    assert all(tag.text[-1] in ".”:;’" for tag in over)


def test_a_note_stands_behind_its_call_and_each_leads_to_the_other(built: BuildResult, tags: PdfTags) -> None:
    edition, _ = parts(built)
    notes = tags.document.all("Note")
    assert [note.text.split()[0] for note in notes] == [
        str(number) for number, _ in enumerate((note for text in edition.texts for note in text.notes()), 1)
    ]
    ids = [str(note.entries["/ID"]) for note in notes]
    assert len(set(ids)) == len(ids)
    assert [str(each) for each in tags.root["/IDTree"]["/Names"][::2]] == sorted(ids)
    for note in notes:
        siblings = note.parent.kids if note.parent else []
        call = siblings[siblings.index(note) - 1]
        assert isinstance(call, Tag)
        assert call.role == "Reference"
        label = note.kids[0]
        assert isinstance(label, Tag)
        assert label.role == "Lbl"
        there, back = (tag.all("Link")[0] for tag in (call, label))
        assert there.text.strip(", ") == back.text
        assert_leads(tags, there, to=note)
        assert_leads(tags, back, to=call)


def file_of(tags: PdfTags) -> bytes:
    tags.reader.stream.seek(0)
    return tags.reader.stream.read()


def assert_leads(tags: PdfTags, link: Tag, *, to: Tag) -> None:
    """The link's one area lies on its own text, and its destination is on the page of the other."""
    (area,) = link.annotations
    (page,) = link.pages
    index = next(n for n, p in enumerate(tags.reader.pages) if p.indirect_reference == area["/Dest"][0])
    assert index in to.pages
    there = [tuple(map(float, each.get_object()["/Rect"])) for each in tags.reader.pages[page]["/Annots"]]
    assert there.count(tuple(map(float, area["/Rect"]))) == 1
    left, bottom, right, top = (float(edge) for edge in area["/Rect"])
    shown = pypdfium2.PdfDocument(file_of(tags))
    textpage = shown[page].get_textpage()
    assert link.text.strip(", ") in textpage.get_text_bounded(left, bottom, right, top)


def test_contents_is_a_toc_with_one_link_a_row(built: BuildResult, tags: PdfTags) -> None:
    edition, _ = parts(built)
    (toc,) = tags.document.all("TOC")
    rows = [kid for kid in toc.kids if isinstance(kid, Tag)]
    assert {row.role for row in rows} == {"TOCI"}
    is_key = contents_form(edition) == "key"
    own = sum(1 for s in edition.sections for e in s.entries if e.subtitle and not is_key)
    assert len(rows) == own + sum(1 + len(s.entries) for s in edition.sections)
    (page,) = toc.pages
    assert len(tags.reader.pages[page]["/Annots"]) == len(rows)
    for row in rows:
        (reference,) = row.kids
        (link,) = reference.kids
        assert (reference.role, link.role, len(link.annotations)) == ("Reference", "Link", 1)
        left, _, right, _ = (float(edge) for edge in link.annotations[0]["/Rect"])
        assert right - left > (30 if is_key else 200)  # the whole row, to the folio
        assert "." not in row.text.replace("…", "")


def test_headings_go_down_one_level_at_a_time(tags: PdfTags) -> None:
    levels = [int(tag.role[1]) for tag in tags.document.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {1, 2, 3} <= set(levels)


def test_a_picture_has_words_and_its_caption(tags_harbour: PdfTags) -> None:
    (figure,) = tags_harbour.document.all("Figure")
    assert figure.entries["/Alt"] == "A red boat moored at a stone quay under a pale sky."
    assert [tag.text for tag in figure.all("Caption")] == ["Photo: A. Example"]
    left, bottom, right, top = (float(edge) for edge in figure.attribute("BBox"))
    image = next(
        item.get_bounds()
        for item in pypdfium2.PdfDocument(file_of(tags_harbour))[8].get_objects(max_depth=4)
        if item.type == 3
    )
    assert (left, bottom, right, top) == pytest.approx(image, abs=0.5)


def test_lists_say_how_they_are_numbered_and_carry_their_labels(tags_harbour: PdfTags) -> None:
    found = [
        (tag.attribute("ListNumbering"), [lbl.text for li in tag.kids for lbl in li.kids if lbl.role == "Lbl"])
        for tag in tags_harbour.document.all("L")
    ]
    assert found == [(None, ["1901", "1954"]), ("/Decimal", ["1.", "2."]), ("/Disc", []), ("/Disc", [])]
    for item in tags_harbour.document.all("LI"):
        assert [kid.role for kid in item.kids if isinstance(kid, Tag)][-1] == "LBody"


def test_a_quote_holds_its_paragraphs_and_its_credit(tags_harbour: PdfTags) -> None:
    (quote,) = tags_harbour.document.all("BlockQuote")
    assert [kid.role for kid in quote.kids] == ["P", "P", "P"]
    assert quote.kids[0].text.startswith("“A harbour is a promise.")
    assert quote.kids[2].text.startswith("ADA BRANDT, HARBOUR MASTER")


def test_every_foreign_passage_says_its_language(built: BuildResult, tags: PdfTags) -> None:
    tagged = [(str(tag.entries["/Lang"]), tag.text) for tag in tags.document.all() if "/Lang" in tag.entries]
    folder = parts(built)[0].folder
    written = [
        (lang, " ".join(text.split()))
        for path in sorted(folder.rglob("*.md"))
        for text, lang in re.findall(r"\[([^\]]+)\]\{lang=([\w-]+)\}", path.read_text("utf-8"))
    ]
    assert written
    for lang, passage in written:
        assert any(lang == told_lang and passage in text for told_lang, text in tagged), passage
    for lang, text in tagged:
        rest = text
        for passage in sorted((passage for wanted, passage in written if wanted == lang), key=len, reverse=True):
            rest = rest.replace(passage, "")
        assert not rest.strip(), f"{text} is not all {lang}"


# -------------------------------------------------------------------- links
def test_each_link_is_live_and_says_where_it_leads(built: BuildResult, tags: PdfTags) -> None:
    linked = [annotation for tag in tags.document.all("Link") for annotation in tag.annotations]
    on_pages = [each for page in tags.reader.pages for each in page.get("/Annots", [])]
    assert len(linked) == len(on_pages)
    for annotation in linked:
        assert str(annotation["/Contents"]).strip()
        assert int(annotation["/F"]) & 4
        assert "/Dest" in annotation or str(annotation["/A"]["/URI"]).startswith(
            ("https://", "http://", "mailto:", "tel:")
        )
    schemes = {str(each["/A"]["/URI"]).split(":")[0] for each in linked if "/A" in each}
    assert {"https", "mailto", "tel"} <= schemes


@pytest.mark.slow
def test_an_address_over_two_lines_is_one_link_with_two_areas(tags_2020: PdfTags) -> None:
    parted = [tag for tag in tags_2020.document.all("Link") if len(tag.annotations) > 1]
    assert parted
    for tag in parted:
        targets = {str(each["/A"]["/URI"]) for each in tag.annotations}
        assert len(targets) == 1
        assert " " not in tag.text or not tag.text.startswith("http")


def test_the_parent_tree_names_each_piece_and_link_once(tags: PdfTags) -> None:
    rows = rows_of(tags.root["/ParentTree"])
    assert [key for key, _ in rows] == list(range(int(tags.root["/ParentTreeNextKey"])))
    named = dict(rows)
    for page, pieces in zip(tags.reader.pages, tags.pieces, strict=True):
        parents = named.pop(int(page["/StructParents"]))
        assert len(parents) == len(pieces)
        assert sorted(pieces) == list(range(len(pieces)))
    for tag in tags.document.all("Link"):
        for annotation in tag.annotations:
            assert named.pop(int(annotation["/StructParent"])) == tag.entries
    assert named == {}, "a row that no page and no link names"


def rows_of(node: Any) -> list[tuple[int, Any]]:
    """The rows of a number tree in order; each leaf must keep to the limits that it tells."""
    if "/Kids" in node:
        return [row for kid in node["/Kids"] for row in rows_of(kid)]
    keys = [int(key) for key in node["/Nums"][::2]]
    assert [int(each) for each in node.get("/Limits", [keys[0], keys[-1]])] == [keys[0], keys[-1]]
    return list(zip(keys, [each.get_object() for each in node["/Nums"][1::2]], strict=True))


# -------------------------------------------------------------------- a book to open
def test_bookmarks_lead_to_every_section_and_entry(built: BuildResult) -> None:
    edition, book = parts(built)
    starts = {piece.key: piece.pages[0] for piece in book.pieces}
    expected = [
        (title, starts[key])
        for section in edition.sections
        for key, title in ((section.key, section.title), *((e.key, e.name) for e in section.entries))
    ]
    with pikepdf.open(built.files["email"]) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        found = []
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            found.append((" ".join(str(item.title).split()), pages[item.destination[0].objgen]))
            waiting[:0] = item.children
        assert [each for each in found if each in expected] == expected
        assert found[0][1] == 0
        assert [page.label for page in pdf.pages] == [str(n + 1) for n in range(len(pdf.pages))]


def test_it_is_labelled_and_says_what_its_colours_mean(built: BuildResult) -> None:
    with pikepdf.open(built.files["email"]) as pdf:
        with pdf.open_metadata() as told_by_packet:
            assert told_by_packet["pdfuaid:part"] == "1"
            assert told_by_packet["pdfaid:part"] == "3"
            assert told_by_packet["pdfaid:conformance"] == "A"
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == (ROOT / SCREEN_PROFILE).read_bytes()
        assert pdf.is_linearized
