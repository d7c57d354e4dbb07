"""Measure the typography of a book from its finished PDFs alone.

python scripts/measure_pages.py EMAIL.pdf [--press PRESS.pdf] [--profile printers/ISOcoated_v2_300_bas.icc]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pypdfium2
from page_measures.baselines import measure_baselines, measure_first_lines
from page_measures.book import read_book
from page_measures.colour import Profile
from page_measures.contrast import draw_grounds, measure_contrast
from page_measures.edges import measure_edges
from page_measures.findings import Finding, Section
from page_measures.heads import measure_foot, measure_heads, measure_overlaps
from page_measures.inks import measure_inks, measure_small_type
from page_measures.pages import read_pages
from page_measures.paragraphs import read_paragraphs
from page_measures.rag import measure_last_lines, measure_line_ends, measure_rag
from page_measures.rules import measure_rules
from page_measures.sizes import measure_sizes

__all__ = ["main", "measure"]

_PROFILE = Path(__file__).resolve().parent.parent / "printers" / "ISOcoated_v2_300_bas.icc"
_WIDTH = 38  # characters of the table's first column
_TOLD = 3  # findings of one kind on one page; the others are counted


def measure(email: bytes, press: bytes | None = None, profile: Profile | None = None) -> list[Section]:
    """All parts of the table; ``profile`` is that of the press file.

    A file that is damaged raises ``ValueError``, ``pypdfium2.PdfiumError`` or ``pikepdf.PdfError``.
    """
    pages = read_pages(email)
    grounds = draw_grounds(email)
    book = read_book(pages, [page.number for page, ground in zip(pages, grounds, strict=True) if ground.is_plate])
    paragraphs = read_paragraphs(book)
    rags, running = measure_rag(book, paragraphs)
    sections = [
        measure_baselines(book),
        measure_first_lines(book),
        measure_edges(book),
        measure_rules(book),
        *rags,
        measure_last_lines(running),
        measure_line_ends(running),
        measure_sizes(pages),
        measure_contrast(pages, grounds),
        measure_heads(book),
        measure_overlaps(book, pages),
        measure_foot(book, paragraphs),
        measure_inks(email, None),
    ]
    if press is not None:
        sections += [measure_inks(press, profile), measure_small_type(press)]
    return sections


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 measured, 1 with ``--check`` where a limit is broken, 2 where a file cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        profile = Profile(asked.profile) if asked.press else None
        email, press = _read(asked.email), _read(asked.press) if asked.press else None
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        sections = measure(email, press, profile)
    except (ValueError, pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        print(f"{asked.email}: a page is damaged ({error}); give a file that opens whole", file=sys.stderr)
        return 2
    for section in sections:
        print(_table(section))
    faults = [finding for section in sections for finding in section.findings if finding.is_fault]
    others = sum(len(section.findings) for section in sections) - len(faults)
    print(f"\n{len(faults)} beyond a limit, {others} to look at.")
    if asked.json:
        asked.json.write_text(json.dumps(_figures(sections), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if asked.check and faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure the typography of a book from its finished PDFs alone.")
    parser.add_argument("email", type=Path, metavar="EMAIL.pdf", help="the PDF that is measured, in sRGB")
    parser.add_argument("--press", type=Path, metavar="PRESS.pdf", help="its press file: inks and small type")
    parser.add_argument("--profile", type=Path, default=_PROFILE, metavar="FILE.icc", help="how the press prints")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures and findings there, too")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is broken")
    return parser


def _read(file: Path) -> bytes:
    """A PDF; one that nothing can be measured of raises ``ValueError`` with what is wrong."""
    try:
        pdf = file.read_bytes()
        document = pypdfium2.PdfDocument(pdf)
        pages = len(document)
        document.close()
        pikepdf.open(file).close()
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from None
    except pikepdf.PasswordError:
        raise ValueError(f"{file} is locked with a password; give a copy without one") from None
    except (pypdfium2.PdfiumError, pikepdf.PdfError):
        raise ValueError(f"{file} is no PDF that can be opened; give a finished one") from None
    if not pages:
        raise ValueError(f"{file} has no pages")
    return pdf


def _table(section: Section) -> str:
    lines = ["", section.title.upper()]
    for name, figures in section.rows:
        lines.append(f"  {name:<{_WIDTH}}  {figures}")
    return "\n".join([*lines, *_told(section.findings)])


def _told(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings, those that are the same on many pages once, and of the others the first of each page."""
    pages: dict[tuple[str, str, str, bool], list[int]] = {}
    for finding in findings:
        pages.setdefault((finding.kind, finding.place, finding.figure, finding.is_fault), []).append(finding.page)
    told: Counter[tuple[int, str]] = Counter()
    for (kind, place, figure, is_fault), where in pages.items():
        told[where[0], kind] += 1
        if told[where[0], kind] <= _TOLD:
            numbers = " ".join(map(str, dict.fromkeys(where)))
            yield f"  {'✗' if is_fault else '·'} p{numbers} {place}: {kind}, {figure}"
    yield from (f"  … p{page} {count - _TOLD} more: {kind}" for (page, kind), count in told.items() if count > _TOLD)


def _figures(sections: Sequence[Section]) -> list[dict[str, object]]:
    return [
        {
            "title": section.title,
            "rows": dict(section.rows),
            "figures": section.figures,
            "findings": [asdict(finding) for finding in section.findings],
        }
        for section in sections
    ]


if __name__ == "__main__":
    sys.exit(main())
