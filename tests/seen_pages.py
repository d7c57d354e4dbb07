"""Pages of a finished file as PDFium sees them, without the tool's own census: words with their places, and links."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

__all__ = ["SeenLink", "SeenPage", "SeenWords", "letters", "see_pages"]

_MM_PER_PT = 25.4 / 72
_HEAD = 0.09  # of a page's height: what stands higher is its head


def letters(text: str) -> str:
    """The letters and figures of a text alone, whatever broke its lines."""
    return "".join(each for each in unicodedata.normalize("NFC", text).casefold() if each.isalnum())


@dataclass(frozen=True)
class SeenWords:
    """Words that stand together in a line; places are in mm from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class SeenLink:
    """What a link's words are, and the index of the page, or the address, that it leads to."""

    text: str
    page: int | None
    address: str


@dataclass(frozen=True)
class SeenPage:
    """One page: what stands on it in the order of the file, and its links, each whole."""

    index: int
    width: float
    height: float
    words: list[SeenWords]
    links: list[SeenLink]

    @property
    def folio(self) -> int:
        return self.index + 1

    @property
    def head(self) -> str:
        """The words in the head, but the folio."""
        found = [each for each in self.words if each.bottom < _HEAD * self.height]
        return " ".join(each.text for each in sorted(found, key=lambda each: each.left) if not each.text.isdigit())

    @property
    def fore_edge(self) -> list[SeenWords]:
        """What stands at the fore edge, from the top."""
        margin = 8
        found = [
            each for each in self.words if (each.left > self.width - margin if self.folio % 2 else each.right < margin)
        ]
        return sorted(found, key=lambda each: each.top)

    @property
    def body(self) -> list[SeenWords]:
        """All that is neither in the head nor at the fore edge."""
        edge = self.fore_edge
        return [each for each in self.words if each.bottom >= _HEAD * self.height and each not in edge]

    @property
    def letters(self) -> str:
        """The letters of what is neither head nor fore edge."""
        return letters("".join(each.text for each in self.body))


def see_pages(pdf: Path) -> list[SeenPage]:
    """Every page of a file."""
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as file:
        links = list(_links(file))
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_see(document[index], index, links[index]) for index in range(len(document))]
    finally:
        document.close()


def _see(page: pypdfium2.PdfPage, index: int, links: list[tuple[str, tuple[float, ...], int | None]]) -> SeenPage:
    width, height = page.get_size()
    text = page.get_textpage()
    words = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        told = text.get_text_bounded(left, bottom, right, top).strip()
        if told:
            places = (left, height - top, right, height - bottom)
            words.append(SeenWords(" ".join(told.split()), *(each * _MM_PER_PT for each in places)))
    found: dict[str, tuple[str, int | None]] = {}
    for name, (left, bottom, right, top), goal in links:
        air = (top - bottom) / 5  # neighbours' accents reach into the line
        told = " ".join(text.get_text_bounded(left, bottom + air, right, top - air).split())
        found[name] = (f"{found[name][0]} {told}" if name in found else told, goal)
    seen = [SeenLink(told, goal, name if goal is None else "") for name, (told, goal) in found.items()]
    return SeenPage(index, width * _MM_PER_PT, height * _MM_PER_PT, words, seen)


def _links(file: pikepdf.Pdf) -> Iterator[list[tuple[str, tuple[float, ...], int | None]]]:
    """The links of each page: where to, by name or address, the place, and the page's index."""
    numbers = {page.objgen: index for index, page in enumerate(file.pages)}
    names = pikepdf.NameTree(file.Root.Names.Dests) if "/Names" in file.Root else {}
    goals = {str(name): numbers[goal[0].objgen] for name, goal in names.items()}
    for page in file.pages:
        found = []
        for each in page.get("/Annots", []):
            x0, y0, x1, y1 = (float(at) for at in each.Rect)
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if "/Dest" in each:
                is_place = isinstance(each.Dest, pikepdf.Array)
                name = f"{box}" if is_place else str(each.Dest)
                found.append((name, box, numbers[each.Dest[0].objgen] if is_place else goals[name]))
            else:
                found.append((str(each.A.URI), box, None))
        yield found
