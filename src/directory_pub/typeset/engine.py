"""The engine, warm for the pieces of one edition.

The engine is sealed: it reads what the project's folder holds and what compose made, opens no
connection, and sees no font but those of fonts/. Each of its warnings becomes a finding.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

import PIL

from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.design.lengths import far_too_long, too_long
from directory_pub.design.project_files import ProjectFiles, refuse
from directory_pub.design.references import asked_by_elements
from directory_pub.design.tokens import Sheet
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.typeset.engine_patches import import_engine
from directory_pub.typeset.hyphen_breaks import HYPHEN, find_hyphen_breaks
from directory_pub.typeset.note_breaks import NOTE_ROLE, find_note_breaks
from directory_pub.typeset.page_parts import parting
from directory_pub.typeset.sealing import make_fetcher
from directory_pub.typeset.sheets import sheet_texts
from directory_pub.typeset.typeset_pages import TypesetPages
from directory_pub.typeset.typeset_piece import TypesetPiece, elements_as_json
from directory_pub.typeset.wide_blocks import find_wide_breaks, has_wide_blocks

__all__ = ["Engine"]

T = TypeVar("T")

_SHEETS_AT_HAND = 128  # about three times as many as an edition has
_FETCHING = re.compile(r"@(import|font-face|[\w-]*\\)", re.IGNORECASE)  # a keyword may be written with escapes


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
        theme: Theme,
        grid: Grid,
        library: FontLibrary,
        made: Mapping[str, str],
        artwork: dict[str, bytes],
        *,
        root: Path | None = None,
        edition_folder: Path | None = None,
    ) -> None:
        self.theme = theme
        self.findings: list[Finding] = []
        self._weasyprint = import_engine()
        self._files = ProjectFiles(theme, root, edition_folder or root, artwork, library.addresses)
        self._reading = "styles"  # the sheet or layout that the engine is at
        self._fetcher = make_fetcher(self._files, self._refuse)
        texts = sheet_texts(grid, library, made, theme)
        named = [f"{each.name}\n{each.text}\n{self._files.digest(each.text)}" for each in texts]
        self._digest = hashlib.sha256("\n".join((_maker_digest(self._weasyprint), *named)).encode()).hexdigest()
        self._sheets, self._fonts = self._parse_sheets(texts)
        self.findings += [
            far_too_long(length, Place(file=sheet.file, line=line))
            for sheet in texts
            for length, line in too_long(sheet.text)
        ]
        # A sheet that asks for something outside was not read, and nothing would look as it should.
        self._stopped = any(finding.code in ("outside-project", "value-type") for finding in self.findings)

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
            if self._leads_out(document.etree_element) or self._is_endless(document.etree_element):
                return None
            return TypesetPages(self._lay_out(document), (document.etree_element,))

        return self._listen(self.theme.shown(f"layouts/{layout}"), render)

    def _leads_out(self, document: Element) -> bool:
        """Whether a document asks for anything outside, each with a finding; most of it the engine would pass over."""
        outside = [each for each in asked_by_elements(document.iter()) if self._files.name_of(each) is None]
        for address in outside:
            self._refuse(address)
        return bool(outside)

    def _is_endless(self, document: Element) -> bool:
        """Whether a document's own styles have a length that no page can have, each with a finding at its layout."""
        styles = [each.text if each.tag == "style" else each.get("style") for each in document.iter()]
        lengths = [length for each in styles if each for length, _ in too_long(each)]
        found = [far_too_long(length, Place(file=self._reading)) for length in dict.fromkeys(lengths)]
        self.findings += [each for each in found if each not in self.findings]
        return bool(found)

    def _refuse(self, address: str) -> None:
        finding = refuse(address, _named_in_layouts(address, self.theme) or Place(file=self._reading))
        if finding not in self.findings:
            self.findings.append(finding)

    def _lay_out(self, document: Any) -> Any:
        """The pages of a document, laid out again until every note stands below its call or no more can be mended.

        What is as wide as both columns stands beside nothing in the side column then, and no page ends within a word
        that could go to the next.
        """
        pages = document.render(stylesheets=self._sheets, font_config=self._fonts)
        elements, has_wide = list(document.etree_element.iter()), has_wide_blocks(document.etree_element)
        marked = sum(each.get("role") == NOTE_ROLE or each.get("data-wide") is not None for each in elements)
        hyphens = sum(each.get("class") == HYPHEN for each in elements)
        for _ in range(2 * marked + min(hyphens, len(pages.pages))):
            breaks = (has_wide and find_wide_breaks(pages.pages)) or find_note_breaks(pages.pages)
            breaks = breaks or (find_hyphen_breaks(pages.pages) if hyphens else [])
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
        return self._listen(self.theme.shown(f"layouts/{layout}"), pages.write)

    def _parse_sheets(self, texts: Sequence[Sheet]) -> tuple[list[Any], Any]:
        """Parse each sheet on its own, so that a complaint names its file; those without one are parsed once."""
        key = f"{self.theme} {self._digest}"
        if key not in _parsed:
            fonts = self._weasyprint.text.fonts.FontConfiguration()
            sheets = [self._parse(sheet, fonts) for sheet in texts]
            if self.findings:
                return [sheet for sheet in sheets if sheet], fonts
            _parsed.clear()  # the engine works with one set of sheets at a time
            _parsed[key] = (sheets, fonts)
        return _parsed[key]

    def _parse(self, sheet: Sheet, fonts: Any) -> Any:
        """One sheet, or None with a finding; what asks for no file is the same in whatever set of sheets it stands."""
        key = (sheet.name, sheet.text)
        if key in _alone:
            return _alone[key]

        def parse() -> Any:
            return self._weasyprint.CSS(
                string=sheet.text, base_url=f"project:///{sheet.name}", url_fetcher=self._fetcher, font_config=fonts
            )

        told = len(self.findings)
        parsed = self._listen(sheet.file, parse)
        if len(self.findings) == told and not _FETCHING.search(sheet.text):
            if len(_alone) >= _SHEETS_AT_HAND:
                _alone.clear()
            _alone[key] = parsed
        return parsed

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
_alone: dict[tuple[str, str], Any] = {}


def _named_in_layouts(address: str, theme: Theme) -> Place | None:
    """Where a layout has an address as it stands; a part of many pages is one place."""
    for name in theme.names("layouts"):
        before, found, _ = theme.read_text(name).partition(address)
        if found:
            return Place(file=theme.shown(name), line=before.count("\n") + 1)
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
