"""Characters that no face draws: found wherever they are printed, one finding for each script of a file."""

from __future__ import annotations

import pytest

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Publisher, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Quote
from directory_pub.edition.theme import open_theme
from directory_pub.findings import Finding, Place
from directory_pub.proofread.copy import proofread_copy
from project import ROOT
from unit.hand_made import call, edition, entry, library, paragraph

PLACE = Place(file="content/x/entries/quay.md", line=3)


def missing(*blocks: object, **fields: object) -> list[Finding]:
    findings = proofread_copy(edition(entry("quay", *blocks, **fields)), library())
    return [finding for finding in findings if finding.code == "glyph-missing"]


def told(*blocks: object, **fields: object) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in missing(*blocks, **fields)]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "日"},
        {"subtitle": "日"},
        {"contact": (ContactRow(kind="person", text="日", place=PLACE),)},
        {"photo": Photo(file="q", alt="a", credit="日", place=PLACE, file_place=PLACE)},
        {"body": (paragraph("x", call("n", "日")),)},
        {"body": (Quote(paragraphs=(paragraph("日"),), line=1),)},
    ],
)
def test_a_character_without_a_glyph_is_found_wherever_it_is_printed(fields: dict[str, object]) -> None:
    assert [code for code, _ in told(**fields)] == ["glyph-missing"]


def published(publisher: Publisher) -> TextPage:
    return TextPage(key="imprint", kind="imprint", place=PLACE, body=(), publisher=publisher)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "日"},
        {"contents_title": "日"},
        {"note_pages_title": "日"},
        {"text_pages": {"preface": TextPage(key="preface", kind="preface", place=PLACE, body=(), title="日")}},
        {"text_pages": {"imprint": published(Publisher(name="L", address="日", place=PLACE))}},
        {"text_pages": {"imprint": published(Publisher(name="L", wordmark=("日",), place=PLACE))}},
    ],
)
def test_titles_and_the_publisher_are_held_too(fields: dict[str, object]) -> None:
    (finding,) = proofread_copy(edition(entry("quay"), **fields), library())
    assert finding.code == "glyph-missing"
    assert "U+65E5" in finding.message


def test_spaces_and_breaks_need_no_glyph() -> None:
    assert told(paragraph("a\nb\u00a0c d")) == []


# -------------------------------------------------------------------- one a script
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("漢", "‘漢’ (U+6F22, "),
        ("提灯の会、とも", "7 characters of Japanese (Hiragana, Han), as in “提灯の会、とも” (U+63D0)"),
        ("カタカナ", "3 characters of Japanese (Katakana)"),
        ("中文", "2 characters of Chinese or Japanese (Han)"),
        ("한국", "2 characters of Korean (Hangul)"),
        ("تجتمع، كل", "7 characters of Arabic, as in “تجتمع،” (U+062A)"),
        ("סתיו", "4 characters of Hebrew"),
        ("ქართული", "7 characters of Georgian"),
        ("😀 👩\u200d👩\u200d👧 🇫🇷 👍🏽 1\ufe0f\u20e3", "10 characters of emoji, as in “😀” (U+1F600)"),
        ("ẋẏ ẋ", "‘ẋ’ (U+1E8B, "),
        ("\u0301x", None),
        ("a\x01b\u200bc\u202ed\u00ade", None),
    ],
)
def test_a_script_is_one_finding_that_names_and_quotes_it(text: str, what: str | None) -> None:
    assert [what in finding.message for finding in missing(paragraph(text))] == ([True] if what else [])


def test_every_script_and_kind_of_sign_of_a_file_is_told_of_once_with_its_lines() -> None:
    findings = missing(
        paragraph("日 😀", line=2), paragraph("ع 日本", line=4), paragraph("日", line=7), subtitle="日", places={}
    )
    assert [(f.place.line, f.message.partition(" cannot")[2]) for f in findings] == [
        (1, " draw 2 characters of Chinese or Japanese (Han), as in “日” (U+65E5), on lines 1, 2, 4 and 7."),
        (2, " draw ‘😀’ (U+1F600, Grinning face)."),
        (4, " draw ‘ع’ (U+0639, Arabic letter ain)."),
    ]


def test_the_remedy_is_one_that_works() -> None:
    (script,), (emoji,), (letter,) = missing(paragraph("ع")), missing(paragraph("😀")), missing(paragraph("ẋ"))
    assert "in Latin letters" in script.remedy
    assert "in words" in emoji.remedy
    assert "letters that Source Sans 3 has" in letter.remedy


def test_what_the_text_face_alone_draws_is_told_of_in_quotes() -> None:
    assert missing(paragraph("We keep 🔒 safe.")) == []
    (finding,) = missing(Quote(paragraphs=(paragraph("We keep 🔒 safe.", line=6),), line=6))
    assert finding.message == "Source Serif 4 cannot draw ‘🔒’ (U+1F512, Lock)."
    assert "outside the quote" in finding.remedy


def test_a_credit_line_is_in_the_text_face() -> None:
    said, credit = paragraph("We lit it.", line=6), paragraph("MAG.ᴬ 🔒 E. LINDQVIST", line=8)
    assert missing(Quote(paragraphs=(said,), credit=credit, line=6)) == []
    (finding,) = missing(Quote(paragraphs=(said,), credit=paragraph("日", line=8), line=6))
    assert finding.message.startswith("Source Sans 3 cannot draw")


def test_a_theme_in_serif_has_its_text_looked_for_there() -> None:
    register = open_theme(ROOT / "content" / "2020", ROOT, "register")

    def told(*blocks: object, **fields: object) -> list[Finding]:
        book = edition(entry("quay", *blocks, **fields), theme=register)
        return [finding for finding in proofread_copy(book, library()) if finding.code == "glyph-missing"]

    (finding,) = told(paragraph("We keep 🔒 safe."))
    assert finding.message == "Source Serif 4 cannot draw ‘🔒’ (U+1F512, Lock)."
    assert told(contact=(ContactRow(kind="person", text="🔒", place=PLACE),)) == [], "contact rows are in sans"
