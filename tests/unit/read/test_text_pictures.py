"""Pictures in a text: what is read of them, and what is told of one that cannot stand there."""

from __future__ import annotations

import pytest

from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Paragraph, Pictures, photos_within, plain, runs_within
from directory_pub.findings import Place
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.table_text import read_cell_text


def photos(text: str) -> list[Photo]:
    blocks, findings = parse_markdown(text, "x.md", 3)
    assert findings == []
    return list(photos_within(blocks))


def told(text: str) -> list[tuple[str, int | None]]:
    return [(each.code, each.place.line) for each in parse_markdown(text, "x.md", 3)[1]]


def test_a_picture_has_what_is_written_of_it() -> None:
    (photo,) = photos(
        '![A *red* boat.](low%20tide.jpg "The quay at *low* tide."){credit="Photo: A. B." size=page fit=contain focus="20% 5.5%"}'
    )
    assert (photo.file, photo.alt, photo.credit) == ("low tide.jpg", "A red boat.", "Photo: A. B.")
    assert (photo.size, photo.fit, photo.focus) == ("page", "contain", (20.0, 5.5))
    assert plain(photo.caption) == "The quay at low tide."
    assert [run.text for run in photo.caption if run.italic] == ["low"]


def test_a_picture_is_as_wide_as_the_text_and_has_no_caption_if_nothing_is_said() -> None:
    (photo,) = photos("![A boat.](a.jpg)")
    assert (photo.size, photo.fit, photo.credit, photo.caption, photo.focus) == ("column", "cover", None, (), (50, 50))


def test_pictures_of_one_paragraph_stand_together_each_at_its_line() -> None:
    blocks, _ = parse_markdown('Text.\n\n![A.](a.jpg "On\ntwo lines.") ![B.](b.jpg)\n![C.](c.jpg)\n\nMore.', "x.md", 3)
    assert [type(block) for block in blocks] == [Paragraph, Pictures, Paragraph]
    assert [(photo.file, photo.place.line) for photo in photos_within(blocks)] == [
        ("a.jpg", 5),
        ("b.jpg", 6),
        ("c.jpg", 7),
    ]
    assert [plain(runs) for runs in runs_within(blocks)] == ["Text.", "On two lines.", "More."]


def test_two_pictures_of_a_line_have_places_of_their_own() -> None:
    one, other = photos("![A.](a.jpg) ![B.](b.jpg)")
    assert one.file_place != other.file_place


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Words and ![A boat.](a.jpg) more.", "markdown-unsupported"),
        ('![A boat.](a.jpg) {credit="x"}', "markdown-unsupported"),
        ("[![A boat.](a.jpg)](https://example.org)", "markdown-unsupported"),
        ("- ![A boat.](a.jpg)", "markdown-unsupported"),
        ("> ![A boat.](a.jpg)", "markdown-unsupported"),
        ("![](a.jpg)", "photo-alt"),
        ("![A boat.]()", "photo-missing"),
        ("![A boat.](a.jpg){size=wide}", "value-type"),
        ("![A boat.](a.jpg){fit=fill}", "value-type"),
        ('![A boat.](a.jpg){focus="left"}', "value-type"),
        ("![A boat.](a.jpg){width=20}", "key-unknown"),
        ("![A boat.](a.jpg){lang=fr}", "key-unknown"),
        ("![A boat [red].](a.jpg)", "text-unread"),
        ('![A boat.](a.jpg){credit="Two\nlines"}', "text-unread"),
    ],
)
def test_what_cannot_be_printed_of_a_picture_is_told_of_at_its_line(text: str, code: str) -> None:
    assert told(text)[0] == (code, 3)


def test_a_caption_calls_no_footnote() -> None:
    assert ("note-undefined", 3) in told('![A boat.](a.jpg "See.[^1]")\n\n[^1]: There.')


def test_words_of_a_caption_may_be_in_an_index_with_an_anchor_of_their_own() -> None:
    text = '[Ada]{index="Brandt, Ada"} came.\n\n![A.](a.jpg \'[Ada]{index="Brandt, Ada"} again.\')'
    blocks, _ = parse_markdown(text, "x.md", 3)
    anchors = [run.indexed.anchor for runs in runs_within(blocks) for run in runs if run.indexed]
    assert len(anchors) == len(set(anchors)) == 2


def test_pictures_in_a_cell_have_places_of_their_own_there() -> None:
    cell = Place(file="members.xlsx", line=4, cell="Members!D4")
    blocks, findings = read_cell_text("Text.\n![A.](a.jpg)\n![B.](b.jpg) ![C.](c.jpg)", cell, has_lines=False)
    assert findings == []
    places = [photo.file_place for photo in photos_within(blocks)]
    assert {(each.file, each.cell) for each in places} == {("members.xlsx", "Members!D4")}
    assert len(set(places)) == 3
