"""Sheets that hide text, each laid over a small book: no file comes out of it. Others hide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.targets import EMAIL
from small_book import build_small, errors, write_small

SHEETS = {
    ".contact { color: var(--ink-paper) }": "words-hidden",
    ".contact { background: var(--ink-ink) }": "words-hidden",
    ".entry { background: linear-gradient(var(--ink-ink), var(--ink-ink)) }": "words-hidden",
    "@page entry { @top-left { color: var(--ink-paper) } }": "words-hidden",
    "@page { @bottom-left { content: ''; background: var(--ink-paper); width: 100%; height: 100mm; margin-top: -100mm } }": "words-hidden",
    ".note { color: var(--ink-pale) }": "words-hidden",
    ".note { background: var(--ink-navy); color: var(--ink-navy-3) }": "words-hidden",
    ".entry li { background: url(project:///.artwork/icon-globe.svg) repeat 0 0 / 3mm 3mm }": "words-hidden",
    ".entry h1::after { content: ''; position: absolute; left: 0; top: 3.5mm; width: 100%; border-top: 1.6mm solid var(--ink-orange) }": "words-hidden",
    ".contents li a::after { color: var(--ink-paper) }": "words-hidden",
    ".cover .word { color: var(--ink-navy) }": "words-hidden",
    ".contact { word-spacing: -0.3em }": "words-hidden",
    ".note { letter-spacing: -0.2em }": "words-hidden",
    ".contact { font-size: 2pt }": "words-hidden",
    ".entry p { text-decoration: line-through }": "words-hidden",
    ".entry p { opacity: 0.02 }": "words-untagged",
    ".entry p { color: transparent }": "words-lost",
    ".entry p { max-height: 1mm; overflow: hidden }": "words-lost",
    ".entry p { text-indent: -300mm }": "words-overset",
    "ol > li::before { content: '' !important }": "words-lost",
    "blockquote::before { content: none !important }": "words-lost",
}
OF_HARBOUR = (".cover", ".entry li")  # has a cover, and lists whose letters lie on the dark of the drawing
HARMLESS = """
@page entry { background: var(--ink-pale) }
h2 { background: var(--ink-navy); color: var(--ink-paper) }
h3 { border-bottom: 0.4pt solid var(--ink-blue) }
.note { font-size: 7.25pt }
.contact { background: var(--ink-navy); color: var(--ink-paper) }
a { text-decoration: underline }
.entry .subtitle { color: var(--ink-blue) }
blockquote { background: var(--ink-haze) }
"""


ENTRY = """---
name: Quay
mark: guest
contact: [{person: Ada Brandt}, {phone: +41 22 910 45 05}, {mail: desk@example.org}, {web: www.example.org}]
---

The lamps are lit before the weather comes in, and whoever keeps them says so in a book.[^a]

## WHAT WE DO

- We keep the lamps.
- We keep the boats.

1. First the lamps.
2. Then the boats.

> We keep a light for everyone.

[^a]: It is the oldest book of the town.
"""


def build(project: Path, edition: Path, sheet: str) -> BuildResult:
    path = project / "styles" / "pages" / "proof.css"
    path.write_text(f"{path.read_text('utf-8')}\n{sheet}\n", encoding="utf-8")
    return build_edition(edition, project / "out", targets=(EMAIL,))


@pytest.mark.quick("*letter-spacing*")
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_that_hides_text_is_refused(sheet: str, project: Path) -> None:
    small = write_small(project / "content" / "small", {"quay": ENTRY})
    result = build(project, project / "content" / "harbour" if sheet.startswith(OF_HARBOUR) else small, sheet)
    assert {finding.code for finding in result.report} >= {SHEETS[sheet]}, list(map(str, result.report))
    assert result.failed
    assert "email" not in result.files


@pytest.mark.slow
def test_sheets_that_hide_nothing_are_not_refused(project: Path) -> None:
    small = write_small(project / "content" / "small", {"quay": ENTRY})
    for edition in (small, project / "content" / "harbour"):
        assert list(build(project, edition, HARMLESS).report) == []


def test_a_word_of_ligatures_is_not_taken_for_letters_on_one_another(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": "A lead of fifty.\n\nOf fifty, fifty fit.\n"}, more="theme: register\n")
    assert not errors(result)
    assert "email" in result.files
