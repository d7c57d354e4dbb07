"""What must lead somewhere: names, marks, motifs, languages, links, addresses and numbers."""

from __future__ import annotations

import pytest

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Mark, Reference, Section, TextPage
from directory_pub.edition.text import Note
from directory_pub.findings import Finding, Place
from directory_pub.proofread.references import proofread_references
from unit.hand_made import edition, entry, paragraph, run

PLACE = Place(file="content/x/entries/quay.md", line=9)


def told(book: Edition) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in proofread_references(book, ["quays", "square"])]


def of_link(href: str) -> list[Finding]:
    return proofread_references(edition(entry("quay", paragraph(run("here", href=href, line=5)))), [])


# -------------------------------------------------------------------- links
@pytest.mark.parametrize(
    "href",
    [
        "https://example.org",
        "http://www.example.org:8080/a?b=c#d",
        "mailto:ada@example.org",
        "mailto:ada@example.org?subject=Hi",
        "tel:+41-22",
        "#quay",
        "#towns",
    ],
)
def test_a_link_that_leads_somewhere_has_no_finding(href: str) -> None:
    assert of_link(href) == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("https://", "link-syntax"),
        ("https://example", "link-syntax"),
        ("https://a b.org", "link-syntax"),
        ("www.example.org", "link-syntax"),
        ("http://[::1", "link-syntax"),
        ("", "link-syntax"),
        ("mailto:ada", "mail-syntax"),
        ("mailto:ada@example", "mail-syntax"),
        ("#mole", "reference-broken"),
        ("#", "reference-broken"),
        ("file:///etc/passwd", "outside-project"),
        ("data:text/html,x", "outside-project"),
        ("javascript:alert(1)", "outside-project"),
        ("/other", "outside-project"),
        ("../other.md", "outside-project"),
        ("ftp://example.org/x", "outside-project"),
        ("FILE:///x", "outside-project"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_at_its_line(href: str, code: str) -> None:
    (finding,) = of_link(href)
    assert (finding.code, finding.severity, finding.place.line) == (code, "error", 5)


def test_a_link_inside_a_note_is_held_too() -> None:
    for href, found in (("#quay", []), ("#mole", [("reference-broken", "error")])):
        noted = run("", note=Note(key="a", runs=(run("x", href=href),), line=5, call_line=1))
        assert told(edition(entry("quay", paragraph(noted)))) == found


def test_a_broken_reference_names_the_nearest_key() -> None:
    assert of_link("#quai")[0].remedy == "Did you mean 'quay'?"


# -------------------------------------------------------------------- names, marks, motifs
@pytest.mark.parametrize(("one", "other"), [("Quay", "QUAY"), ("Mole é", "Mole e\u0301"), ("Old  Quay", "Old Quay")])
def test_two_entries_of_one_name_are_a_warning_for_there_may_be_two(one: str, other: str) -> None:
    assert told(edition(entry("quay", name=one), entry("mole", name=other))) == [("name-duplicate", "warning")]


def test_an_entry_that_is_listed_twice_is_told_of() -> None:
    assert told(edition(entry("quay"), entry("quay"))) == [("name-duplicate", "error")]


@pytest.mark.parametrize("key", ["cover", "contents", "notes", "towns"])
def test_a_key_that_the_book_uses_itself_is_refused(key: str) -> None:
    assert ("name-duplicate", "error") in told(edition(entry(key, name="A name")))


def test_two_sections_of_one_key_are_told_of() -> None:
    sections = tuple(Section(key="towns", title=title, place=PLACE, entries=()) for title in "AB")
    assert told(edition(sections=sections)) == [("name-duplicate", "error")]


@pytest.mark.parametrize("field", ["name", "subtitle"])
def test_a_note_in_a_heading_is_told_of(field: str) -> None:
    assert told(edition(entry("quay", **{field: "Quay[^a]"}))) == [("note-in-heading", "error")]


def test_marks_and_their_legends_need_each_other() -> None:
    guest = Mark(key="guest", sign="*", legend="A guest.", place=PLACE)
    assert told(edition(entry("quay", mark="guest"), marks=(guest,))) == []
    assert told(edition(entry("quay"), marks=(guest,))) == [("mark-unused", "warning")]
    assert told(edition(entry("quay", mark="gest"), marks=(guest,))) == [("mark-unknown", "error")]
    assert told(edition(entry("quay", mark="pilot"), marks=(guest,))) == [
        ("mark-unknown", "error"),
        ("mark-unused", "warning"),
    ]


def test_a_motif_must_be_one_of_the_artworks() -> None:
    assert told(edition(entry("quay", motif="quays"))) == []
    assert [code for code, _ in told(edition(entry("quay", motif="keys")))] == ["motif-unknown"]


# -------------------------------------------------------------------- languages
@pytest.mark.parametrize("tag", ["fr", "de-CH", "zh-Hant"])
def test_a_language_in_the_registry_that_is_declared_has_no_finding(tag: str) -> None:
    assert told(edition(entry("quay", paragraph(run("x", language=tag))), languages=("en-GB", tag))) == []


def test_a_language_that_is_unknown_or_not_declared_is_told_of() -> None:
    assert told(edition(entry("quay", paragraph(run("x", language="french"))))) == [("language-unknown", "error")]
    assert told(edition(entry("quay", paragraph(run("x", language="fr"))), languages=("nl",))) == [
        ("language-undeclared", "warning")
    ]
    assert told(edition(entry("quay", language="fr"), languages=("nl",))) == [("language-undeclared", "warning")]
    assert told(edition(entry("quay"), language="xx-nope-", languages=())) == [("language-unknown", "error")]


def test_a_span_in_a_contact_row_is_held_too() -> None:
    row = ContactRow(kind="person", text="[x]{lang=french}", place=PLACE)
    assert told(edition(entry("quay", contact=(row,)))) == [("language-unknown", "error")]


# -------------------------------------------------------------------- see also
def test_what_an_entry_refers_to_below_its_text_is_another_and_is_named_once() -> None:
    keys = ("mole", "towns", "mle", "quay", "mole")
    references = tuple(Reference(key=key, place=Place(file=PLACE.file, line=3 + n)) for n, key in enumerate(keys))
    book = edition(entry("quay", paragraph("W."), see_also=references), entry("mole", paragraph("W.")))
    found = [(each.place.line, each.code, each.remedy) for each in proofread_references(book, [])]
    assert found == [
        (5, "reference-broken", "Did you mean 'mole'?"),
        (6, "reference-broken", "Name another one's key, or take it out."),
        (7, "reference-broken", "Name it once."),
    ]


def test_a_page_of_front_matter_can_be_referred_to() -> None:
    front = {"preface": TextPage(key="preface", kind="preface", place=PLACE, body=(), title="Preface")}
    book = edition(entry("quay", paragraph(run("it", href="#preface", line=5))), text_pages=front)
    assert list(proofread_references(book, [])) == []


def test_english_words_of_references_are_told_in_a_language_without_words() -> None:
    texts = (
        entry("quay", paragraph("W."), see_also=(Reference(key="mole", place=PLACE),)),
        entry("mole", paragraph("W.")),
    )
    (finding,) = proofread_references(edition(*texts, language="mt", contents_title="Werrej"), [])
    assert finding.code == "words-english"
    assert "“page”, “See also”" in finding.message
