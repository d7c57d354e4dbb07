"""Remedies that were tried: what a finding says to do is done, and the finding is gone with nothing in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from directory_pub.artwork import MOTIFS
from directory_pub.findings import Finding
from directory_pub.proofread import proofread
from directory_pub.read import read_edition
from project import ROOT, draw_picture
from unit.hand_made import library

EDITION = """\
key: quays
title: Quays
language: en-GB
languages: [en-GB, fr]
created: 2031-03-02
trim: A4
links: silent
marks:
  guest: {sign: "*", legend: A guest.}
sections:
  - key: towns
    title: TOWNS
    folder: entries
    entries: [quay, mole]
"""
QUAY = "---\nname: Quay\nmark: guest\ncontact:\n  - phone: +41 22 910 45 05\n---\n\nWe keep the lamps.\n"
MOLE = "---\nname: Mole\n---\n\nWe keep the boats.\n"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mistake (``old`` becomes ``bad`` in a file), its code, words of the remedy, and what was written then."""

    code: str
    file: str
    old: str
    bad: str
    remedy: str
    good: str


PHONE = "phone: +41 22 910 45 05"
TEXT = "We keep the lamps."
TRIED = [
    Tried("phone-number", "quay", PHONE, "phone: ask at the desk", "with its country code", "phone: +41 22 910 45 06"),
    Tried("phone-number", "quay", PHONE, "phone: ask at the desk", "an address row", "address: ask at the desk"),
    Tried("phone-number", "quay", PHONE, "phone: 022 910 45 05", "or write +41", "phone: +41 22 910 45 05"),
    Tried("phone-number", "quay", PHONE, "phone: +41 22 910", "a digit may be lost", "phone: +41 22 910 45 07"),
    Tried("phone-number", "quay", PHONE, "phone: 022 910 45 05", "among an entry's", "phone: 022 910 45 05\ncountry: CH"),
    Tried("value-blank", "quay", PHONE, "fax:", "take the row out", "person: Ada Brandt"),
    Tried("mail-syntax", "quay", PHONE, "mail: example.org", "name@example.org", "mail: name@example.org"),
    Tried("link-syntax", "quay", PHONE, "web: example", "www.example.org", "web: www.example.org"),
    Tried("link-syntax", "quay", PHONE, "web: www.example.org/my page", "%20", "web: www.example.org/my%20page"),
    Tried("link-syntax", "quay", PHONE, "web: example.org/fr page", "in brackets", "web: example.org/fr (page)"),
    Tried("network-unknown", "quay", PHONE, "social: {network: facebok, handle: quay}", "Did you mean 'facebook'?",
          "social: {network: facebook, handle: quay}"),
    Tried("network-unknown", "quay", PHONE, "social: {network: zzz, handle: quay}", "web: https://example.org/name",
          "social: {network: zzz, handle: quay, web: https://example.org/name}"),
    Tried("link-syntax", "quay", PHONE, "social: {network: facebook, handle: Our Quay}", "the name alone",
          "social: {network: facebook, handle: OurQuay}"),
    Tried("link-syntax", "quay", PHONE, "social: {network: facebook, handle: Our Quay}", "web: https://",
          "social: {network: facebook, handle: Our Quay, web: https://www.facebook.com/groups/1}"),
    Tried("value-type", "quay", PHONE, "social: '@quay@towns.example'", "{network: mastodon, handle:",
          "social: {network: mastodon, handle: '@quay@towns.example'}"),
    Tried("value-type", "quay", PHONE, "web: [example.org]", "Write one value", "web: example.org"),
    Tried("key-unknown", "quay", PHONE, "webb: example.org", "Did you mean 'web'?", "web: example.org"),
    Tried("name-duplicate", "mole", "name: Mole", "name: Quay", "tell them apart", "name: Quay (Bergen)"),
    Tried("mark-unknown", "quay", "mark: guest", "mark: gest", "Did you mean 'guest'?", "mark: guest"),
    Tried("mark-unused", "quay", "mark: guest\n", "", "give it to an entry", "mark: guest\n"),
    Tried("motif-unknown", "quay", "mark: guest", "mark: guest\nmotif: sqare", "Did you mean 'square'?",
          "mark: guest\nmotif: square"),
    Tried("motif-unknown", "quay", "mark: guest", "mark: guest\nmotif: xyz", "Leave it out", "mark: guest"),
    Tried("language-unknown", "quay", TEXT, "[Quai]{lang=french}.", "such as en-GB, fr", "[Quai]{lang=fr}."),
    Tried("language-undeclared", "quay", TEXT, "[Kade]{lang=nl}.", "or mend the tag", "[Quai]{lang=fr}."),
    Tried("note-in-heading", "quay", "name: Quay", 'name: "Quay[^a]"', "into the text below", "name: Quay"),
    Tried("reference-broken", "quay", TEXT, "See [it](#moles).", "Did you mean 'mole'?", "See [it](#mole)."),
    Tried("reference-broken", "quay", TEXT, "See [it](#xyz).", "an entry's key", "See [it](#mole)."),
    Tried("link-syntax", "quay", TEXT, "See [it](htp://example.org).", "https://", "See [it](https://example.org)."),
    Tried("link-syntax", "quay", TEXT, "See [it](https://).", "https://example.org/page",
          "See [it](https://example.org/page)."),
    Tried("mail-syntax", "quay", TEXT, "See [it](mailto:x).", "name@example.org", "See [it](mailto:name@example.org)."),
    Tried("phone-number", "quay", TEXT, "See [it](tel:desk).", "tel:+41-22", "See [it](tel:+41-22-910-45-05)."),
    Tried("outside-project", "quay", TEXT, "See [it](/etc/x).", "a web page", "See [it](https://example.org)."),
    Tried("glyph-missing", "quay", TEXT, "We 😀.", "in words", "We smile."),
    Tried("glyph-missing", "quay", TEXT, "We say שלום.", "in Latin letters", "We say shalom."),
    Tried("glyph-missing", "quay", TEXT, "We are in Ẋal.", "letters that Source Sans 3 has", "We are in Xal."),
    Tried("glyph-missing", "quay", TEXT, "> We keep 🔒.", "outside the quote", "We keep 🔒."),
    Tried("stop-doubled", "quay", TEXT, "We keep lamps..", "one full stop out", "We keep lamps."),
    Tried("note-undefined", "quay", TEXT, "We keep lamps.[^a]", "Add a paragraph '[^a]: …'",
          "We keep lamps.[^a]\n\n[^a]: Many."),
    Tried("note-uncalled", "quay", TEXT, TEXT + "\n\n[^a]: Many.", "Put [^a] where", "We keep[^a] lamps.\n\n[^a]: Many."),
    Tried("raw-html", "quay", PHONE, "address: Via Gola 7/A<br>20143 Milano", "each line on a line of its own",
          "address: |-\n      Via Gola 7/A\n      20143 Milano"),
    Tried("raw-html", "quay", "name: Quay", "name: Quay &amp; Mole", "Write & itself", "name: Quay & Mole"),
    Tried("raw-html", "quay", TEXT, "We <b>keep</b> lamps.", "**bold**", "We **keep** lamps."),
    Tried("markdown-unsupported", "quay", TEXT, "| a | b |\n|---|---|\n| 1 |", "'| |' for an empty one",
          "| a | b |\n|---|---|\n| 1 | |"),
    Tried("markdown-unsupported", "quay", TEXT, "| a | b |\n|---|\n| 1 | 2 |", "as many dashes",
          "| a | b |\n|---|---|\n| 1 | 2 |"),
    Tried("markdown-unsupported", "quay", TEXT, "> | a | b |\n> |---|---|\n> | 1 | 2 |", "before or after",
          "| a | b |\n|---|---|\n| 1 | 2 |"),
    Tried("markdown-unsupported", "quay", TEXT, "# Lamps\n\nMany.", "'## '", "## Lamps\n\nMany."),
    Tried("query-stale", "quay", "mark: guest", "mark: guest\nqueries:\n  - {at: oil, query: Why}", "take the query out",
          "mark: guest"),
    Tried("entry-missing", "edition", "[quay, mole]", "[quay, mole, pier]", "take it off the list", "[quay, mole]"),
    Tried("photo-missing", "quay", "mark: guest", "mark: guest\nphoto: {file: lamps.jpg, alt: Lamps.}",
          "Did you mean 'lamp.jpg'?", "mark: guest\nphoto: {file: lamp.jpg, alt: Lamps.}"),
    Tried("photo-alt", "quay", "mark: guest", "mark: guest\nphoto: {file: lamp.jpg}", "what the picture shows",
          "mark: guest\nphoto: {file: lamp.jpg, alt: A lamp on a quay.}"),
    Tried("value-type", "edition", "trim: A4", "trim: A44", "width_mm", "trim: {width_mm: 210, height_mm: 297}"),
    Tried("value-type", "edition", "created: 2031-03-02", "created: March", "2020-10-05", "created: 2020-10-05"),
    Tried("key-missing", "edition", "title: Quays\n", "", "Add 'title: …'", "title: Quays\n"),
]  # fmt: skip


def found(folder: Path, file: str, old: str, new: str) -> list[Finding]:
    """What is told of the edition with one passage changed."""
    texts = {"edition": EDITION, "quay": QUAY, "mole": MOLE}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    (folder / "entries").mkdir(exist_ok=True)
    (folder / "edition.yaml").write_text(texts.pop("edition"), "utf-8")
    for name, text in texts.items():
        (folder / "entries" / f"{name}.md").write_text(text, "utf-8")
    book, findings = read_edition(folder, ROOT)
    assert book is not None
    # The sheets of the project are no part of what an editor wrote.
    return [
        each for each in (*findings, *proofread(book, library(), MOTIFS)) if not each.place.file.startswith("styles")
    ]


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: f"{tried.code}: {tried.remedy}")
def test_a_remedy_mends_what_was_found(tried: Tried, tmp_path: Path) -> None:
    if "photo" in tried.bad:
        (tmp_path / "photos").mkdir()
        draw_picture(tmp_path / "photos" / "lamp.jpg", [1200, 900])
    told = found(tmp_path, tried.file, tried.old, tried.bad)
    assert any(finding.code == tried.code and tried.remedy in finding.remedy for finding in told), told
    assert len({finding.code for finding in told}) == 1, told
    assert found(tmp_path, tried.file, tried.old, tried.good) == []


def test_a_country_makes_links_of_numbers_without_a_code(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "quay.md").write_text(QUAY.replace("+41 22", "022"), "utf-8")
    (tmp_path / "entries" / "mole.md").write_text(MOLE, "utf-8")
    told = []
    for text in (EDITION, f"country: CH\n{EDITION}"):
        (tmp_path / "edition.yaml").write_text(text, "utf-8")
        book, _ = read_edition(tmp_path, ROOT)
        assert book is not None
        told.append([finding.code for finding in proofread(book, library(), MOTIFS)])
    assert told == [["phone-number"], []]
