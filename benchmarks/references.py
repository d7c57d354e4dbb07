"""What an edition's times are held against: Typst on a look-alike, and WeasyPrint on the whole book at once.

Each measurement is a fresh process that finds its input written and ends with a PDF on the disk.
Times are wall clock without imports; peak is the process's largest resident size. A warm Typst
process keeps one compiler, compiles once unmeasured, and then after each of its edits. Typst is
optional (``pip install typst``). ``pieces.py`` runs the cases beside its own.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edits import EDITED, ROOT, edit
from targets import peak_mb

if TYPE_CHECKING:
    from directory_pub.edition.model import Edition


@dataclass(frozen=True, slots=True)
class Bench:
    """The folder that holds an edition and what each reference is set from."""

    folder: Path

    @property
    def edition(self) -> Path:
        return self.folder / "edition"

    @property
    def typst(self) -> Path:
        return self.folder / "typst"

    @property
    def html(self) -> Path:
        return self.folder / "book.html"

    @property
    def artwork(self) -> Path:
        return self.folder / "artwork"

    def pdf(self, number: int = 0) -> Path:
        """Where a measurement writes its result."""
        return self.folder / f"measured-{number}.pdf"

    def read(self) -> Edition:
        """The edition, which must be without fault."""
        from directory_pub.read import read_edition

        edition, findings = read_edition(self.edition, ROOT)
        assert edition is not None, findings
        return edition


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process found: the seconds of each try, the pages of each PDF, the largest resident size.

    ``checked`` are the seconds after which every check was done as well.
    """

    seconds: list[float]
    pages: list[int]
    peak_mb: float
    checked: list[float] = field(default_factory=list)


# -------------------------------------------------------------------- input
def prepare_typst(bench: Bench) -> None:
    """Write the look-alike."""
    from typst_book import write_typst

    write_typst(bench.read(), bench.typst)


def prepare_weasyprint(bench: Bench) -> None:
    """Compose the edition, and write its HTML and the artwork that it names."""
    sys.path.insert(0, str(ROOT / "tests"))
    from directory_pub.production.page_count import guess_page_count
    from reference.whole_book import open_edition, whole_html

    context = open_edition(bench.edition)
    bench.html.write_text(whole_html(context.composed, len(str(guess_page_count(context.edition)))), "utf-8")
    bench.artwork.mkdir()
    for name, drawing in context.composed.artwork.items():
        (bench.artwork / name).write_bytes(drawing)


# -------------------------------------------------------------------- WeasyPrint
def set_whole(bench: Bench) -> Measured:
    """The whole book as one document, by WeasyPrint's own ``write_pdf``."""
    from directory_pub.compose import compose_book
    from directory_pub.design.faces import read_faces
    from directory_pub.design.grid import read_grid
    from directory_pub.design.inks import read_inks
    from directory_pub.edition.theme import Theme
    from directory_pub.typeset import Engine, import_engine

    import_engine()
    edition, html = bench.read(), bench.html.read_text("utf-8")
    inks, _ = read_inks(Theme.of(ROOT))
    library = read_faces(Theme.of(ROOT))
    grid = read_grid(Theme.of(ROOT), edition.trim, edition.bleed_mm, library)
    made = compose_book(edition, grid, library, inks).made_sheets
    artwork = {path.name: path.read_bytes() for path in bench.artwork.iterdir()}
    began = time.perf_counter()
    library = read_faces(Theme.of(ROOT))
    engine = Engine(Theme.of(ROOT), grid, library, made, artwork, root=ROOT, edition_folder=edition.folder)
    pages = engine.typeset(html, "book.html.j2")
    assert pages is not None, engine.findings
    pages.document.write_pdf(bench.pdf(), pdf_tags=True)
    seconds = time.perf_counter() - began
    return _told(bench, [seconds])


# -------------------------------------------------------------------- Typst
def compile_cold(bench: Bench) -> Measured:
    """A compiler of its own, and nothing known of the book."""
    import typst  # noqa: F401 (its import is not measured)

    began = time.perf_counter()
    _compile(_open_compiler(bench), bench.pdf())
    return _told(bench, [time.perf_counter() - began])


def compile_warm(bench: Bench, kind: str, edits: int) -> Measured:
    """One compiler for an edition that is edited, and edited again; ``kind`` is that of ``edit``.

    A growing entry grows further each time, so that no page behind it has had the folio that it gets.
    """
    from typst_book import write_entry

    from directory_pub.read.entry import read_entry
    from directory_pub.read.sources import Sources

    edition = bench.read()
    section = next(part for part in edition.sections for entry in part.entries if entry.key == EDITED)
    path = bench.edition / "entries" / f"{EDITED}.md"
    first, compiler = path.read_text("utf-8"), _open_compiler(bench)
    _compile(compiler, bench.pdf())
    seconds, stamps = [], []
    for number in range(1, edits + 1):
        if kind == "edited":
            path.write_text(first, "utf-8")
        edit(kind, bench.edition)
        stamps.append(re.findall(r"\d{19}", path.read_text("utf-8"))[-1])
        entry = read_entry(path, Sources(ROOT, bench.edition, contact=edition.contact_table))
        assert entry is not None
        write_entry(entry, section, bench.typst, edition.contact_table)
        began = time.perf_counter()
        _compile(compiler, bench.pdf(number))
        seconds.append(time.perf_counter() - began)
    path.write_text(first, "utf-8")
    write_entry(
        next(entry for entry in section.entries if entry.key == EDITED), section, bench.typst, edition.contact_table
    )
    found = _told(bench, seconds, first=1)
    _check_edits(bench, found, kind, stamps, [entry.key for entry in edition.entries].index(EDITED) + 1)
    return found


def _open_compiler(bench: Bench) -> Any:
    """A compiler that sees no font but those of fonts/."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ROOT / "fonts")])
    return typst.Compiler(str(bench.typst / "main.typ"), root=str(bench.typst), font_paths=fonts)


def _compile(compiler: Any, target: Path) -> None:
    target.write_bytes(compiler.compile(format="pdf", pdf_tags=True))


def _check_edits(bench: Bench, found: Measured, kind: str, stamps: list[str], following: int) -> None:
    """Every PDF must have the text of its edit, and the entry behind it must stay, or move on each time."""
    pages, _, starts = _read_pdf(bench.pdf())
    place = starts[following]
    for number, stamp in enumerate(stamps, start=1):
        _, text, starts = _read_pdf(bench.pdf(number))
        if stamp not in text:
            raise SystemExit(f"The compiler kept the old text: {stamp} is not in PDF {number}.")
        if kind == "edited" and (found.pages[number - 1], starts[following]) != (pages, place):
            raise SystemExit(f"Edit {number} moved the entries behind it.")
        if kind == "grown" and starts[following] <= place:
            raise SystemExit(f"Edit {number} did not move the entries behind it.")
        place = starts[following]


def _read_pdf(path: Path) -> tuple[int, str, list[int]]:
    """How many pages a PDF has, their text, and where its bookmarks say that each entry begins."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
        starts = [mark.get_dest().get_index() for mark in pdf.get_toc() if mark.level == 1]
        return len(pdf), text, starts


def _told(bench: Bench, seconds: list[float], first: int = 0) -> Measured:
    """What was measured; the PDFs are counted after the peak is taken."""
    import pypdfium2

    peak, pages = peak_mb(), []
    for number in range(first, first + len(seconds)):
        with pypdfium2.PdfDocument(bench.pdf(number)) as pdf:
            pages.append(len(pdf))
    return Measured(seconds, pages, peak)


# -------------------------------------------------------------------- cases
@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table, and how it is measured with so many edits."""

    key: str
    name: str
    measure: Callable[[Bench, int], Measured]

    @property
    def tool(self) -> str:
        return self.key.partition("-")[0]


CASES = (
    Case("weasyprint-whole", "whole WeasyPrint, tagged", lambda bench, _: set_whole(bench)),
    Case("typst-cold", "Typst, cold", lambda bench, _: compile_cold(bench)),
    Case(
        "typst-edited",
        "Typst, warm, one entry edited, same pages",
        lambda bench, edits: compile_warm(bench, "edited", edits),
    ),
    Case(
        "typst-grown",
        "Typst, warm, one entry grows a page, all folios shift",
        lambda bench, edits: compile_warm(bench, "grown", edits),
    ),
)
PREPARE = {"typst": prepare_typst, "weasyprint": prepare_weasyprint}
