"""Whatever an editor types: every visible character is on the entry's pages, or a finding names its line.

Each example is an edition of entries that Hypothesis wrote, built whole. What is on the pages is read
with pypdf, not with the census. Paragraphs with a finding are left out, and of the others nothing may be
gone but what is a mark.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.targets import EMAIL
from project import HARBOUR, copy_project

ENTRIES = 8
MARKS = set("*_`[](){}<>#+-~|\\:!>=.&;\"'“”/")  # what Markdown, YAML or the style may do something with
EDITION = """\
key: whatever
title: Whatever is typed
language: en-GB
languages: [fr, de]
created: 2031-03-02
trim: A4
sections:
  - key: all
    title: ALL
    folder: entries
    entries: [{keys}]
"""

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFÅéßøŁ0123456789", min_size=1, max_size=9)
SIGNS = st.text("*_`[](){}<>#+-~|\\:!=.&;\"'%@$€§,?^/–—“”«»…\u00ad\u200b\u00a0\t", min_size=1, max_size=4)
WORD = st.one_of(
    LETTERS,
    LETTERS,
    LETTERS,
    st.builds(lambda a, s, b: f"{a}{s}{b}", LETTERS, SIGNS, LETTERS),
    st.builds(lambda s, a: f"{s}{a}", SIGNS, LETTERS),
    st.builds(lambda a, s: f"{a}{s}", LETTERS, SIGNS),
    SIGNS,
    st.sampled_from(
        ["[w](https://example.org)", "[m]{lang=fr}", "**b**", "*i*", "`c`", "[x]{.y}", "<!-- r -->", "&amp;"]
    ),
)
LINE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
OPENING = st.sampled_from(
    ["", "", "", "- ", "1. ", "7) ", "> ", "## ", "### ", ": ", "* ", "+ ", "    ", "> - ", "- - ", "# ", "~ ", "| "]
)
BODY = st.lists(st.one_of(st.builds("{}{}".format, OPENING, LINE), st.just("")), min_size=1, max_size=12).map("\n".join)
VALUE = st.one_of(
    LINE,
    LINE.map(lambda line: "'" + line.replace("'", "''") + "'"),
    LINE.map(lambda line: f"|-\n    {line}"),
    LINE.map(lambda line: f">-\n    {line}"),
)
SOURCE = st.builds(
    "---\nname: Name{}\nsubtitle: {}\ncontact:\n  - web: www.example.org\n---\n\n{}\n\nThe end.\n".format,
    LETTERS,
    VALUE,
    BODY,
)


def build(sources: list[str], folder: Path) -> BuildResult:
    edition = copy_project(folder, HARBOUR)
    shutil.rmtree(edition)
    (edition / "entries").mkdir(parents=True)
    keys = [f"entry-{number}" for number in range(len(sources))]
    (edition / "edition.yaml").write_text(EDITION.format(keys=", ".join(keys)), encoding="utf-8")
    for key, source in zip(keys, sources, strict=True):
        (edition / "entries" / f"{key}.md").write_text(source, encoding="utf-8")
    return build_edition(edition, folder / "out", targets=(EMAIL,))


def visible(text: str) -> Counter[str]:
    """What of a text is seen, less what may be a mark: letters of a ligature apart, accents with their letters."""
    return Counter(
        character
        for character in unicodedata.normalize("NFKC", text)
        if character not in MARKS and not character.isspace() and unicodedata.category(character) != "Cf"
    )


def printed(result: BuildResult) -> Mapping[str, Counter[str]]:
    """What stands on the pages of each entry."""
    assert result.book is not None
    reader = PdfReader(next(iter(result.files.values())))
    pages = [page.extract_text() for page in reader.pages]
    return {
        piece.key: visible("".join(pages[index] for index in piece.pages))
        for piece in result.book.pieces
        if piece.entry
    }


@pytest.mark.slow
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],  # an example is a book: a smaller one is sought by hand
)
@given(st.lists(SOURCE, min_size=ENTRIES, max_size=ENTRIES))
def test_every_visible_character_is_printed_or_named(sources: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = build(sources, Path(folder))
        told: dict[str, set[int]] = {}
        for finding in result.report:
            told.setdefault(Path(finding.place.file).stem, set()).add(finding.place.line or 0)
        if result.book is None:
            assert result.failed, "nothing was set, and nobody was told"
            return
        for key, shown in printed(result).items():
            source = sources[int(key.removeprefix("entry-"))]
            typed = visible(_without_marks("\n".join(_untold(source, told.get(key, set())))))
            lost = {
                character: count - shown[character] for character, count in typed.items() if count > shown[character]
            }
            assert not lost, f"{lost} of\n{source}\nis lost; told: {sorted(told.get(key, ()))}"


def _untold(source: str, told: set[int]) -> Iterator[str]:
    """The lines of paragraphs in which no line has a finding."""
    held: list[str] = []
    clean = True
    for number, line in enumerate([*source.split("\n"), ""], 1):
        clean = clean and number not in told
        if line.strip():
            held.append(line)
        else:
            yield from held if clean else ()
            held, clean = [], True


def _without_marks(text: str) -> str:
    """The source without what is understood and not printed: remarks, addresses of links, languages, keys."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"\]\(https://example\.org\)", "]", text)
    text = re.sub(r"\{lang=fr\}", "", text).replace("&amp;", "&")
    return re.sub(r"^(name|subtitle|contact|  - web|  - person):", "", text, flags=re.MULTILINE)
