"""Small things made by hand: runs, entries, editions, and words on pages as the census reads them."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import force_setattr

from directory_pub.census import PageText, Word
from directory_pub.design.faces import FontLibrary, read_faces
from directory_pub.design.grid import Grid, read_grid
from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.model import Edition, Entry, Section, TrimSize
from directory_pub.edition.text import Block, Note, Paragraph, Run, notes_within
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place
from directory_pub.read.contact_table import read_contact_table
from directory_pub.typeset import Engine
from project import ROOT

A4 = TrimSize(width_mm=210, height_mm=297)
SANS, SERIF = "Source Sans 3", "Source Serif 4"
REGULAR = "SourceSans3-Regular"


@functools.cache
def library() -> FontLibrary:
    """The faces of fonts/."""
    return read_faces(Theme.of(ROOT))


@functools.cache
def grid(trim: TrimSize = A4) -> Grid:
    """The design's grid for a trim."""
    return read_grid(Theme.of(ROOT), trim, 3, library())


@functools.cache
def contact_table() -> ContactTable:
    """What contact rows may be."""
    table, findings = read_contact_table(Theme.of(ROOT))
    assert findings == []
    return table


# -------------------------------------------------------------------- content
def run(text: str, **style: Any) -> Run:
    return Run(text=text, **{"line": 1, **style})


def paragraph(*parts: str | Run, line: int = 1) -> Paragraph:
    return Paragraph(runs=tuple(run(part, line=line) if isinstance(part, str) else part for part in parts), line=line)


def call(key: str, text: str, line: int = 5) -> Run:
    """A footnote's call with its note."""
    return run("", note=Note(key=key, runs=(run(text, line=line),), line=line, call_line=1))


def entry(key: str, *body: Block, **fields: Any) -> Entry:
    """An entry whose notes know where they stand."""
    file = f"content/x/entries/{key}.md"
    notes = numbered(body, file)
    told = {"key": key, "name": key.title(), "place": Place(file=file, line=1), "body": body, "note_count": notes}
    return Entry(**{**told, **fields})


def numbered(body: tuple[Block, ...], file: str) -> int:
    """Tell the notes of a body their file and their number in it, as reading does; how many there are."""
    notes = list(notes_within(body))
    for index, note in enumerate(notes):
        for name, value in (("source", file), ("index", index)):
            force_setattr(note, name, value)
    return len(notes)


def edition(*entries: Entry, root: Path = Path("/x"), **fields: Any) -> Edition:
    """An edition with one section, TOWNS."""
    section = Section(key="towns", title="TOWNS", place=Place(file="content/x/edition.yaml", line=9), entries=entries)
    known: dict[str, Any] = {
        "root": root,
        "folder": root / "content" / "x",
        "place": Place(file="content/x/edition.yaml"),
        "key": "x",
        "title": "Register",
        "language": "en-GB",
        "trim": A4,
        "bleed_mm": 3.0,
        "created": "2031-03-02",
        "theme": Theme.of(root if root.is_dir() else ROOT),
        "sections": (section,),
        "contact_table": contact_table(),
    }
    return Edition(**{**known, **fields})


# -------------------------------------------------------------------- the engine
def small_engine(root: Path, css: str, artwork: dict[str, bytes] | None = None) -> Engine:
    """The engine on a project of one face, the tokens and one sheet, in an empty folder."""
    (root / "styles").mkdir(parents=True)
    (root / "fonts").mkdir()
    shutil.copy(ROOT / "styles" / "tokens.css", root / "styles")
    shutil.copy(ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf", root / "fonts")
    (root / "styles" / "text.css").write_text(
        f"@page {{ size: 100mm 100mm; margin: 0; bleed: 3mm }}\n* {{ margin: 0; font-family: 'Source Sans 3' }}\n{css}"
    )
    library = read_faces(Theme.of(root))
    return Engine(
        Theme.of(root),
        read_grid(Theme.of(root), A4, 3, library),
        library,
        {"inks": ":root{--ink-ink:#000}"},
        artwork or {},
    )


def set_pages(engine: Engine, body: str) -> bytes:
    """The PDF of a document that the engine has nothing to say about."""
    pages = engine.typeset(f'<html lang="en"><title>t</title><body>{body}', "book.html.j2")
    assert pages is not None
    pdf = engine.write(pages, "book.html.j2")
    assert pdf is not None
    assert engine.findings == []
    return pdf


# -------------------------------------------------------------------- pages
def word(text: str, left_mm: float, baseline_mm: float, size_pt: float = 9.75, face: str = REGULAR) -> Word:
    """A word that is 1.7 mm wide a letter."""
    return Word(text, left_mm, left_mm + 1.7 * len(text), baseline_mm, size_pt, face)


def line(text: str, left_mm: float, baseline_mm: float, size_pt: float = 9.75, face: str = REGULAR) -> list[Word]:
    """Words one behind the other."""
    words = []
    for part in text.split():
        words.append(word(part, left_mm, baseline_mm, size_pt, face))
        left_mm = words[-1].right_mm + 1
    return words


def page(*lines: Sequence[Word]) -> PageText:
    return PageText(tuple(w for words in lines for w in words), 210, 297)
