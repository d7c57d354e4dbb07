"""The tool's own words: in the edition's language wherever a reader meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from directory_pub.build import build_edition
from directory_pub.edition.own_words import own_words

EDITION = """\
key: hafen
title: Hafenstädte
language: de-CH
created: 2031-03-02
trim: A4
page_multiple: 2
cover: {title: [HAFEN]}
sections:
  - key: orte
    title: ORTE
    folder: entries
    entries: [kai]
"""


@pytest.mark.parametrize(
    ("tag", "contents"),
    [("en-GB", "Contents"), ("de-CH", "Inhalt"), ("FR", "Sommaire"), ("pt-BR", "Índice"), ("nb-NO", "Innhold")],
)
def test_a_language_is_known_whatever_its_country(tag: str, contents: str) -> None:
    words = own_words(tag)
    assert words is not None
    assert words.contents == contents


def test_a_language_that_we_have_no_words_in_has_none() -> None:
    assert own_words("mt") is None


@pytest.mark.slow
def test_a_german_book_has_german_bookmarks_and_titles(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "front-matter").mkdir()
    (tmp_path / "edition.yaml").write_text(EDITION, "utf-8")
    (tmp_path / "front-matter" / "preface.md").write_text("---\n---\n\nGuten Tag.\n", "utf-8")
    (tmp_path / "entries" / "kai.md").write_text("---\nname: Kai\n---\n\nText.\n", "utf-8")
    result = build_edition(tmp_path, tmp_path / "out")
    assert list(result.report) == []
    reader = PdfReader(result.files["email"])
    titles = [row.title for row in reader.outline if not isinstance(row, list)]
    assert titles == ["Umschlag", "Vorwort", "Inhalt", "ORTE"]
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Vorwort" in text
    assert "Inhalt" in text
    assert not {"Cover", "Preface", "Contents"} & set(text.split())
