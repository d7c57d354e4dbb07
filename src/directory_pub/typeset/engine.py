"""The engine, sealed, and the pages that it sets.

The engine is sealed: it reads what the project's folder holds and what compose made, opens no
connection, and sees no font but those of fonts/. Each of its warnings becomes a finding.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, TypeVar
from xml.etree.ElementTree import Element

import PIL

from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.design.project_files import ARTWORK, PHOTOS, ProjectFiles, refuse
from directory_pub.design.references import asked_by_drawing, asked_by_elements
from directory_pub.findings import Finding, Place, error
from directory_pub.pictures import plain_picture
from directory_pub.storage.enclosure import list_files, read_text
from directory_pub.typeset.element_marks import marking, number_elements
from directory_pub.typeset.engine_patches import import_engine
from directory_pub.typeset.note_breaks import NOTE_ROLE, find_note_breaks
from directory_pub.typeset.page_parts import parting
from directory_pub.typeset.typeset_piece import TypesetPiece, elements_as_json

__all__ = ["Anchor", "Engine", "TypesetPages", "face_rules"]

_HEAD_BYTES = 1024  # within which a drawing's first element begins
_PACKED_FACES = (b"wOFF", b"wOF2")  # the engine would unpack them, whatever their size
_MM_PER_PX = 25.4 / 96
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an element with an id begins: a page, and mm from the trim's top left corner."""

    page_index: int
    left_mm: float
    top_mm: float


@dataclass(slots=True)
class TypesetPages:
    """Pages that are known and not yet written, and the documents that they were set from."""

    document: Any  # weasyprint.Document: no other module looks inside
    roots: tuple[Element, ...]

    @property
    def elements(self) -> list[Element]:
        """The elements of the documents; what is written names them by their index."""
        return number_elements(self.roots)

    @property
    def page_count(self) -> int:
        return len(self.document.pages)

    def anchors(self) -> dict[str, Anchor]:
        """The first place of each id."""
        found: dict[str, Anchor] = {}
        for index, page in enumerate(self.document.pages):
            for name, point in page.anchors.items():
                found.setdefault(name, Anchor(index, point[0] * _MM_PER_PX, point[1] * _MM_PER_PX))
        return found

    def without_last(self) -> tuple[TypesetPages, int]:
        """All pages but the last, and the number (``data-row``) of the first row there."""
        *pages, last = self.document.pages
        rows = [box.element.get("data-row") for *_, box in last.links if box.element is not None]
        first = min((int(row) for row in rows if row), default=0)
        return TypesetPages(self.document.copy(pages), self.roots), first

    def write(self) -> bytes:
        """A tagged sRGB PDF; each page carries its bleed, each tag the number of its element."""
        with marking(self.elements):
            written: bytes = self.document.write_pdf(pdf_tags=True)
        return written


class _Listener(logging.Handler):
    """Turns what the engine logs into findings at the sheet or layout being read."""

    def __init__(self, file: str) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []
        self.file = file

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        at = re.search(r" at (\d+):\d+", message)
        place = Place(file=self.file, line=int(at[1]) if at else None)
        remedy = "Mend the rule or element that it names; the engine left it out."
        finding = error("engine-warning", place, message.rstrip(".") + ".", remedy)
        if finding not in self.findings:  # what is laid out again is not told of again
            self.findings.append(finding)


class Engine:
    """WeasyPrint with one edition's sheets and fonts, warm for any number of documents.

    ``made`` are the sheets that are made out of data, by its file.
    """

    def __init__(
        self,
        root: Path,
        grid: Grid,
        library: FontLibrary,
        made: Mapping[str, str],
        artwork: dict[str, bytes],
        *,
        edition_folder: Path | None = None,
    ) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self._weasyprint = import_engine()
        self._files = ProjectFiles(root, edition_folder or root, artwork)
        self._reading = "styles"  # the sheet or layout that the engine is at
        self._fetcher = _make_fetcher(self._files, self._refuse)
        texts = _sheet_texts(grid, library, made, root)
        named = [f"{file}\n{text}\n{self._files.digest(text)}" for file, text in texts]
        self._digest = hashlib.sha256("\n".join((_maker_digest(self._weasyprint), *named)).encode()).hexdigest()
        self._sheets, self._fonts = self._parse_sheets(texts)
        # A sheet that asks for something outside was not read, and nothing would look as it should.
        self._stopped = any(finding.code == "outside-project" for finding in self.findings)

    @property
    def digest(self) -> str:
        """The hash of all that every piece is set from: the engine, sheets, faces, and what sheets draw."""
        return self._digest

    def files_digest(self, html: str) -> str:
        """The hash of the files that a document names."""
        return self._files.digest(html)

    def typeset(self, html: str, layout: str) -> TypesetPages | None:
        """Lay out one document, or None with a finding; ``layout`` is what complaints name."""
        if self._stopped:
            return None

        def render() -> TypesetPages | None:
            document = self._weasyprint.HTML(string=html, base_url="project:///", url_fetcher=self._fetcher)
            if self._leads_out(document.etree_element):
                return None
            return TypesetPages(self._lay_out(document), (document.etree_element,))

        return self._listen(f"layouts/{layout}", render)

    def _leads_out(self, document: Element) -> bool:
        """Whether a document asks for anything outside, each with a finding; most of it the engine would pass over."""
        outside = [each for each in asked_by_elements(document.iter()) if self._files.name_of(each) is None]
        for address in outside:
            self._refuse(address)
        return bool(outside)

    def _refuse(self, address: str) -> None:
        finding = refuse(address, _named_in_layouts(address, self.root) or Place(file=self._reading))
        if finding not in self.findings:
            self.findings.append(finding)

    def _lay_out(self, document: Any) -> Any:
        """The pages of a document, laid out again until every note stands below its call or no more can be mended."""
        pages = document.render(stylesheets=self._sheets, font_config=self._fonts)
        for _ in range(sum(1 for each in document.etree_element.iter() if each.get("role") == NOTE_ROLE)):
            breaks = find_note_breaks(pages.pages)
            if not breaks:
                break
            for each in breaks:
                each.insert()
            pages = document.render(stylesheets=self._sheets, font_config=self._fonts)
        return pages

    def set_piece(self, html: str, layout: str, *, goes_on: bool = False) -> TypesetPiece | None:
        """Lay out and draw one piece, which begins on a right-hand page, or None with a finding.

        Where there are more rows than were given (it ``goes_on``), its last page would not be full: if
        it has others, it ends before that.
        """
        pages = self.typeset(html, layout)
        if pages is None:
            return None
        next_row = 0
        if goes_on and pages.page_count > 1:
            pages, next_row = pages.without_last()
        with parting() as drawn:
            pdf = self.write(pages, layout)
        if pdf is None:
            return None
        anchors = {name: (anchor.page_index, anchor.top_mm) for name, anchor in pages.anchors().items()}
        elements = elements_as_json(pages.roots)
        has_folio = any(name.endswith("-corner") for name in drawn)
        return TypesetPiece(
            pdf=pdf,
            page_count=pages.page_count,
            has_folio=has_folio,
            anchors=anchors,
            elements=elements,
            next_row=next_row,
        )

    def write(self, pages: TypesetPages, layout: str) -> bytes | None:
        """Draw pages into a PDF, or None with a finding."""
        return self._listen(f"layouts/{layout}", pages.write)

    def _parse_sheets(self, texts: Sequence[tuple[str, str]]) -> tuple[list[Any], Any]:
        """Parse each sheet on its own, so that a complaint names its file; those without one are parsed once."""
        key = f"{self.root} {self._digest}"
        if key not in _parsed:
            fonts = self._weasyprint.text.fonts.FontConfiguration()
            sheets = [self._parse(file, text, fonts) for file, text in texts]
            if self.findings:
                return [sheet for sheet in sheets if sheet], fonts
            _parsed.clear()  # the engine works with one set of sheets at a time
            _parsed[key] = (sheets, fonts)
        return _parsed[key]

    def _parse(self, file: str, text: str, fonts: Any) -> Any:
        def parse() -> Any:
            return self._weasyprint.CSS(
                string=text, base_url=f"project:///{file}", url_fetcher=self._fetcher, font_config=fonts
            )

        return self._listen(file, parse)

    def _listen(self, file: str, act: Callable[[], T]) -> T | None:
        """Run one act of the engine; what it logs, and what stops it, become findings."""
        self._reading = file
        logger = logging.getLogger("weasyprint")
        listener = _Listener(file)
        logger.addHandler(listener)
        try:
            return act()
        except self._weasyprint.urls.FatalURLFetchingError:
            return None  # the fetcher has put down what was asked for
        finally:
            logger.removeHandler(listener)
            self.findings += listener.findings


_parsed: dict[str, tuple[list[Any], Any]] = {}


def _sheet_texts(grid: Grid, library: FontLibrary, made: Mapping[str, str], root: Path) -> list[tuple[str, str]]:
    """Each sheet's name and text in the order in which they are heard; later sheets win."""
    tokens, design = (
        [(path.relative_to(root).as_posix(), read_text(path, root)) for path in paths]
        for paths in (grid.sheets, _design_sheets(root))
    )
    return [("fonts", face_rules(library, root)), *made.items(), *tokens, ("edition.yaml", grid.as_css()), *design]


def _named_in_layouts(address: str, root: Path) -> Place | None:
    """Where a layout has an address as it stands; a part of many pages is one place."""
    for path in list_files(root / "layouts", root):
        before, found, _ = read_text(path, root).partition(address)
        if found:
            return Place(file=path.relative_to(root).as_posix(), line=before.count("\n") + 1)
    return None


@functools.cache
def _maker_digest(weasyprint: ModuleType) -> str:
    """The hash of what sets a page besides its input: the engine, the library that shapes its text, this package,
    and what makes its pictures plain."""
    told = f"{weasyprint.__version__} {weasyprint.text.ffi.pango.pango_version()} {PIL.__version__}"
    digest = hashlib.sha256(told.encode())
    package = Path(__file__).parent
    for path in sorted((*package.glob("*.py"), *package.parent.glob("pictures/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _design_sheets(root: Path) -> list[Path]:
    """Page boxes and text first, then parts, then pages: what is nearer to a page wins."""
    styles = root / "styles"
    first = [styles / "page-boxes.css", styles / "text.css"]
    inner = [path for part in ("parts", "pages") for path in list_files(styles / part, root, ending=".css")]
    return [*(path for path in first if path.exists()), *(path for path in inner if path.parent.parent == styles)]


def face_rules(library: FontLibrary, root: Path) -> str:
    """One @font-face for each file of fonts/: what is there is declared, and nothing else."""
    rules = []
    for face in library.faces:
        style, url = "italic" if face.italic else "normal", f"project:///{face.path.relative_to(root).as_posix()}"
        traits = f"font-family:'{face.family}';font-weight:{face.weight};font-style:{style}"
        rules.append(f"@font-face{{{traits};src:url('{url}')}}")
    return "".join(rules)


def _make_fetcher(files: ProjectFiles, refused: Callable[[str], None]) -> Any:
    """A fetcher that reads the project's files, and stops the build at anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    # The engine ships no types, so mypy sees the base as Any.
    class SealedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            name = files.name_of(url)
            if name is None:
                self._refuse(url)
            body = files.read(name)
            # A picture is told by its first bytes: its ending may be wrong.
            kind = "" if name.startswith(PHOTOS) else _TYPES.get(Path(name).suffix.lower(), "")
            body = plain_picture(body) if name.startswith(PHOTOS) else body
            if not name.startswith(ARTWORK) and b"<" in body[:_HEAD_BYTES]:
                for address in asked_by_drawing(body):
                    if files.name_of(address) is None:
                        self._refuse(address)
            if body.startswith(_PACKED_FACES):
                raise ValueError("WOFF is no face of a book: fonts/ has TrueType files")
            return URLFetcherResponse(url, body, {"Content-Type": kind})

        def _refuse(self, address: str) -> NoReturn:
            refused(address)
            raise FatalURLFetchingError(address)

    return SealedFetcher()


_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
    ".css": "text/css",
}
