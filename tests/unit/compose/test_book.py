"""Where contact rows lead, what a layout may ask, and the numbers of notes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from jinja2 import TemplateRuntimeError

from directory_pub.compose.book import Composer, compose_book
from directory_pub.compose.text_styles import measure_styles
from directory_pub.design.inks import read_inks
from directory_pub.design.text_styles import read_text_styles
from directory_pub.edition.model import Edition, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import ItemList, Run
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place
from project import ROOT
from reference.whole_book import whole_html
from unit.hand_made import call, edition, entry, grid, library, numbered, paragraph

PLACE = Place(file="e.md", line=7)


def compose(book: Edition) -> str:
    inks, _ = read_inks(Theme.of(ROOT))
    return whole_html(compose_book(book, grid(), library(), inks), 2)


def composer(book: Edition) -> Composer:
    inks, _ = read_inks(Theme.of(ROOT))
    return compose_book(book, grid(), library(), inks).composer


# -------------------------------------------------------------------- lists
def test_a_list_has_the_numbers_of_its_items_and_room_for_them() -> None:
    inner = ItemList(items=((paragraph("c"),),), line=1)
    short = ItemList(items=((paragraph("a"),), (paragraph("b"), inner)), line=1, labels=("1.", "5)"))
    wide = ItemList(items=((paragraph("d"),),), line=1, labels=("11.",))
    html = compose(edition(entry("quay", short, wide), root=ROOT))
    assert '<ol>\n<li data-label="1.">' in html
    assert '<li data-label="5)">' in html
    assert '<ol class="wide">\n<li data-label="11.">' in html
    assert "<ul>\n<li>" in html


def test_each_list_within_a_list_is_set_narrower() -> None:
    styles = measure_styles(read_text_styles(Theme.of(ROOT))[0], grid(), library())
    widths = [styles[f"item-{depth}"].width_mm for depth in range(1, 9)]
    assert {round(before - after, 6) for before, after in pairwise([styles["text"].width_mm, *widths])} == {4.5}


# -------------------------------------------------------------------- notes
def front(key: str, *names: str) -> TextPage:
    body = (paragraph("x", *(call(name, name) for name in names)),)
    numbered(body, f"{key}.md")
    return TextPage(key=key, kind=key, place=Place(file=f"{key}.md"), body=body, title=key.title())


def test_notes_are_numbered_through_the_book_front_matter_first() -> None:
    one, other = (
        entry("quay", paragraph("x", call("a", "A"), call("b", "B"))),
        entry("mole", paragraph("y", call("a", "A"))),
    )
    book = edition(
        one, other, text_pages={"preface": front("preface", "p"), "imprint": front("imprint", "q")}, root=ROOT
    )
    notes = [note for page in book.texts for note in page.notes()]
    number_of = composer(book).number_of
    assert [number_of(note) for note in notes] == [1, 2, 3, 4, 5]


def test_a_composed_note_carries_its_number_at_its_call() -> None:
    html = compose(edition(entry("quay", paragraph("before", call("a", "The note."), " after")), root=ROOT))
    assert html.index("before") < html.index('id="note-1"') < html.index("The note.") < html.index(" after")


# -------------------------------------------------------------------- html
def test_authors_text_is_text_in_the_html() -> None:
    html = compose(edition(entry("quay", paragraph("a <b> & “c”"), name="Q & <i>"), root=ROOT, title="T <u>"))
    assert "a &lt;b&gt; &amp; “c”" in html
    assert "Q &amp; &lt;i&gt;" in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_a_language_is_told_to_the_html() -> None:
    html = compose(edition(entry("quay", paragraph("in ", Run(text="La Paix", line=1, language="fr"))), root=ROOT))
    assert '<span lang="fr">La Paix</span>' in html
    assert '<html lang="en-GB" class="capitals">' in html


def test_pieces_stand_in_the_order_of_the_edition() -> None:
    html = compose(
        edition(
            entry("quay", paragraph("x")),
            entry("mole", paragraph("y")),
            text_pages={"preface": front("preface")},
            root=ROOT,
        )
    )
    anchors = ['id="preface"', 'id="contents"', 'id="towns"', 'id="quay"', 'id="mole"']
    assert sorted(anchors, key=html.index) == anchors


def test_a_pictures_address_is_below_the_edition_and_quoted() -> None:
    photo = Photo(file="the quay #1.jpg", alt="A quay.", place=PLACE, file_place=PLACE)
    assert (
        composer(edition(entry("quay", photo=photo), root=ROOT)).pictures.photo_url(photo)
        == "project:///.edition/photos/the%20quay%20%231.jpg"
    )


def test_an_indent_or_a_marker_shortens_the_first_line_alone() -> None:
    made = composer(edition(entry("quay"), root=ROOT))
    text = (
        "The league is the union of the harbour towns, and it was founded on a winter night when every lamp on the coast went out. "
        * 2
    )
    plain, indented = made.set(text, "text"), made.set(text, "text", "indent")
    assert len(indented[0].text) < len(plain[0].text) + 4
    assert len(indented) >= len(plain)
    assert " ".join(line.text for line in indented) == " ".join(line.text for line in plain) == text.strip()


def test_a_style_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateRuntimeError, match="no-such-style"):
        composer(edition(entry("quay"), root=ROOT)).set("x", "no-such-style")
