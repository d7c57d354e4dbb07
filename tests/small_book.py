"""A small book written for one test: its pieces, set without being finished, or built whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.design.faces import read_faces
from directory_pub.design.inks import read_inks
from directory_pub.edition.flatplan import PlannedPiece
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from directory_pub.production.context import BuildContext, open_context
from directory_pub.read import read_edition
from directory_pub.typeset import TypesetPiece
from project import ROOT

__all__ = ["SmallPiece", "build_small", "errors", "lines_of", "open_small", "open_written", "write_small"]

_EDITION = """\
key: small
title: A Small Book
language: {language}
languages: [en-GB, fr, de, sv, pl, es]
publisher: Lantern League
created: 2031-03-02
trim: {trim}
bleed_mm: 3
page_multiple: 2
marks:
  guest: {{sign: "*", legend: A guest of the league.}}
{more}sections:
  - {{key: towns, title: TOWNS, folder: entries, entries: [{keys}]}}
"""


def write_small(
    folder: Path, entries: Mapping[str, str], *, trim: str = "A4", language: str = "en-GB", more: str = ""
) -> Path:
    """Write an edition with these entry files, and ``more`` fields; an entry that does not begin with any gets a name."""
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    sheet = _EDITION.format(trim=trim, language=language, keys=", ".join(entries), more=more)
    (folder / "edition.yaml").write_text(sheet, "utf-8")
    for key, text in entries.items():
        told = text if text.startswith("---") else f"---\nname: {key.title()}\n---\n\n{text}"
        (folder / "entries" / f"{key}.md").write_text(told, "utf-8")
    return folder


def open_small(folder: Path, entries: Mapping[str, str], **told: str) -> BuildContext:
    """The build context of such an edition."""
    return open_written(write_small(folder, entries, **told))


def open_written(folder: Path) -> BuildContext:
    """The build context of an edition that was written before."""
    edition, findings = read_edition(folder, ROOT)
    assert edition is not None, findings
    assert not [finding for finding in findings if finding.severity == "error"], findings
    inks, _ = read_inks(Theme.of(ROOT))
    printer, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert printer is not None
    return open_context(edition, printer, inks, read_faces(Theme.of(ROOT)))


def build_small(folder: Path, entries: Mapping[str, str], **told: str) -> BuildResult:
    """The book of such an edition, built without a cache."""
    edition = write_small(folder / "edition", entries, **told)
    return build_edition(edition, folder / "out")


@dataclass(frozen=True)
class SmallPiece:
    """One entry of a small book as it was set: on the pages, and as it was written there line by line."""

    context: BuildContext
    piece: TypesetPiece
    pages: list[PageText]
    set_lines: list[str]

    @classmethod
    def of(cls, context: BuildContext, key: str) -> SmallPiece:
        section, entry = context.composed.places[key]
        html = context.composed.piece(PlannedPiece(kind="entry", key=key, section=section, entry=entry))
        piece = context.engine.set_piece(html, "piece.html.j2")
        assert piece is not None, context.engine.findings
        assert context.engine.findings == []
        lines = [
            "".join(_words(each)) for root in piece.roots() for each in root.iter("span") if each.get("class") == "line"
        ]
        return cls(context, piece, list(read_pages(piece.pdf)), lines)


def _words(element: Element) -> Iterator[str]:
    """The text of a line without that of its notes and of the commas between their calls."""
    yield element.text or ""
    for child in element:
        if child.get("class") not in ("note", "comma"):
            yield from _words(child)
        yield child.tail or ""


def lines_of(page: PageText) -> list[list[Word]]:
    """The words of a page by baseline, from the top, each line from the left."""
    lines: dict[float, list[Word]] = {}
    for word in sorted(page.words, key=lambda word: word.baseline_mm):
        near = next((at for at in lines if abs(at - word.baseline_mm) < 0.1), word.baseline_mm)
        lines.setdefault(near, []).append(word)
    return [sorted(words, key=lambda word: word.left_mm) for words in lines.values()]


def errors(result: BuildResult) -> list[Finding]:
    """What withholds a book."""
    return [finding for finding in result.report if finding.severity == "error"]
