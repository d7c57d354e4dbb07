"""One cause, one finding: a messy edition has as many findings as somebody made mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import build_edition
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Note, Quote, Run, plain, runs_within
from directory_pub.findings import Finding, Place, error
from directory_pub.production.causes import printable_edition
from unit.hand_made import call, edition, entry, library, paragraph

EDITION = """\
key: messy
title: Messy
language: en-GB
created: 2031-03-02
trim: A4
page_multiple: 2
sections:
  - key: towns
    title: TOWNS
    folder: entries
    entries: [rows, letters, note, block, name, picture]
"""
WORDS = "the lamps of the quay are lit by the keeper "
# Of each entry: its file, and the code and line of the one mistake or of each.
ENTRIES: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "rows": (
        "---\nname: Rows\ncontact:\n  - web: [a.org]\n  - mail: nobody\n  - web: www example org\n"
        "  - social: '@rows'\n---\n\nText.\n",
        [("value-type", 4), ("mail-syntax", 5), ("link-syntax", 6), ("value-type", 7)],
    ),
    "letters": (
        "---\nname: Letters 提灯\n---\n\nJoin us 😀 👩‍👩‍👧 today.\n\nهنا تجتمع الرابطة.\n\n> סתיו\n",
        [("glyph-missing", 2), ("glyph-missing", 5), ("glyph-missing", 7), ("glyph-missing", 9)],
    ),
    "note": (f"---\nname: Note\n---\n\nOne.[^a]\n\nTwo.\n\n[^a]: {WORDS * 250}.\n", [("note-lost", 9)]),
    "block": (
        "---\nname: Block\ncontact:\n" + "".join(f"  - person: Person {n}\n" for n in range(70)) + "---\n\nText.\n",
        [("words-overset", 13)],
    ),
    "name": (f"---\nname: {'Donaudampfschifffahrt' * 8}\n---\n\nText.\n", [("words-overset", 2)]),
    "picture": ("---\nname: Picture\nphoto: {file: none.jpg, alt: None.}\n---\n\nText.\n", [("photo-missing", 3)]),
}


@pytest.mark.slow
def test_a_messy_edition_has_one_finding_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "edition.yaml").write_text(EDITION, "utf-8")
    for key, (text, _) in ENTRIES.items():
        (tmp_path / "entries" / f"{key}.md").write_text(text, "utf-8")
    result = build_edition(tmp_path, tmp_path / "out")
    found = sorted((Path(f.place.file).stem, f.code, f.place.line or 0) for f in result.report)
    wanted = sorted((key, code, line) for key, (_, causes) in ENTRIES.items() for code, line in causes)
    assert found == wanted, "\n".join(map(str, result.report))


# -------------------------------------------------------------------- replacements
def drawable(made: Entry) -> Entry:
    missing = error("glyph-missing", Place(file=made.place.file, line=1), "x", "y")
    return printable_edition(edition(made), [missing], library()).entries[0]


def test_a_mark_stands_for_each_character_that_is_not_drawn_and_for_no_other() -> None:
    body = (paragraph("a 日 b", call("n", "note 日")), Quote(paragraphs=(paragraph("🔒 said"),), line=2))
    shown = drawable(entry("quay", *body, name="Quay 日本", subtitle="日"))
    assert (shown.name, shown.subtitle, shown.key) == ("Quay ■■", "■", "quay")
    assert [plain(runs) for runs in runs_within(shown.body)] == ["a ■ b", "■ said"]
    (note,) = shown.notes()
    assert isinstance(note, Note)
    assert note.runs == (Run(text="note ■", line=5),)


def test_what_is_drawn_in_the_text_stays_there_and_not_in_quotes() -> None:
    shown = drawable(entry("quay", paragraph("🔒"), Quote(paragraphs=(paragraph("🔒"),), line=2)))
    assert [plain(runs) for runs in runs_within(shown.body)] == ["🔒", "■"]


def test_what_is_drawn_in_the_text_stays_in_a_credit_line() -> None:
    quote = Quote(paragraphs=(paragraph("🔒"),), credit=paragraph("🔒 日", call("n", "🔒")), line=2)
    shown = drawable(entry("quay", quote))
    assert [plain(runs) for runs in runs_within(shown.body)] == ["■", "🔒 ■"]


def test_an_entry_that_was_changed_is_not_taken_for_its_file() -> None:
    made = entry("quay", name="日", digest="abc")
    assert drawable(made).digest == ""


def test_an_edition_that_can_be_printed_is_left_as_it_is() -> None:
    book = edition(entry("quay", paragraph("a")))
    findings: list[Finding] = []
    assert printable_edition(book, findings, library()) == book
