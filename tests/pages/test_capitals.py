"""Capitals are set apart and small letters are not, wherever a head, a part or a running head has either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import Word, read_pages
from directory_pub.design.faces import FontLibrary, read_faces
from directory_pub.edition.theme import Theme
from project import ROOT
from small_book import errors, write_small

pytestmark = pytest.mark.slow

MM_PER_PT = 25.4 / 72
LONG = "\n\n".join(["A hundred words say nothing, and these do not either, as they were asked for their number."] * 60)
FORMS = ("", "contents: {form: columns}\n", "contents: {form: key}\n")


@pytest.fixture(scope="module")
def library() -> FontLibrary:
    return read_faces(Theme.of(ROOT))


def build(folder: Path, form: str) -> BuildResult:
    """Two sections, one of them in capitals, whose only entries have heads of both kinds."""
    text = f"Lead.\n\n## WORKING\n\nText.\n\n## Resting\n\n{LONG}\n"
    edition = write_small(folder / "edition", {"quay": text})
    sheet = edition / "edition.yaml"
    more = "  - {key: others, title: Villages, folder: entries, entries: [mole]}\n"
    sheet.write_text(sheet.read_text("utf-8") + more + form, "utf-8")
    (edition / "entries" / "mole.md").write_text(f"---\nname: Mole\n---\n\n{LONG}\n", "utf-8")
    result = build_edition(edition, folder / "out")
    assert errors(result) == []
    return result


def found(result: BuildResult, text: str) -> Iterator[Word]:
    for page in read_pages(result.files["email"]):
        yield from (word for word in page.words if word.text == text and word.size_pt < 12)


def apart_em(word: Word, library: FontLibrary) -> float:
    """How much wider than its letters a word is, for each gap in it."""
    weight = 700 if "Bold" in word.face and "Semi" not in word.face else 600
    face = library.nearest(library.family("sans"), weight, False)
    assert face is not None
    drawn_em = (word.right_mm - word.left_mm) / MM_PER_PT / word.size_pt
    return (drawn_em - library.width_em(word.text, face)) / (len(word.text) - 1)


@pytest.mark.parametrize("form", FORMS, ids=["leaders", "columns", "key"])
def test_capitals_alone_are_set_apart(tmp_path: Path, form: str, library: FontLibrary) -> None:
    """In the contents, at the head of each page of an entry, and above its sections."""
    result = build(tmp_path, form)
    for text, at_least in (("TOWNS", 3), ("WORKING", 1), ("Villages", 3), ("Resting", 1)):
        words = list(found(result, text))
        assert len(words) >= at_least, text
        for word in words:
            assert (apart_em(word, library) > 0.025) == text.isupper(), (word, apart_em(word, library))
            assert apart_em(word, library) == pytest.approx(0.06 if text.isupper() else 0, abs=0.03), word
