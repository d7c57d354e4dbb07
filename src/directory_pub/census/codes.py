"""The census of codes to scan: each is read from the page as a telephone reads it, and says what the content says.

What reads them (ZXing) shares no code with what drew them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pypdfium2
import zxingcpp

from directory_pub.cards import CodeContent, code_of_entry, code_of_page
from directory_pub.census.expected import Copy, text_copy
from directory_pub.census.tag_tree import SpokenLink, SpokenPicture
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.findings import Finding, error

__all__ = ["check_codes", "check_codes_said", "code_copy", "codes_on", "in_printed_order", "read_codes"]

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_PPI = 200  # what an eye of a telephone has of a page that it is held over
_ALSO_PPI = 400  # where a code of small modules is not read at once
_REMEDY = (
    "Nothing may stand on a code or next to it: mend the layout. If none does, this is a fault of ours: report it."
)


def codes_on(piece: Piece, edition: Edition) -> CodeContent | None:
    """What the code on a piece's pages says; None where it has none."""
    if piece.kind == "entry" and piece.entry:
        return code_of_entry(piece.entry, edition)
    page = edition.page_of(piece.kind, piece.key)
    return code_of_page(page, edition) if page else None


def code_copy(page: Entry | TextPage, edition: Edition, grid: Grid | None = None) -> list[Copy]:
    """The words with a code. Of an entry there are none on a ``grid`` without a side column: its rows stand beside."""
    if isinstance(page, Entry):
        content = code_of_entry(page, edition) if grid is None or grid.has_side else None
    else:
        content = code_of_page(page, edition)
    return list(text_copy(content.words, content.place)) if content else []


def in_printed_order(ways: Sequence[list[Copy]], printed: Sequence[str]) -> list[Copy]:
    """The one of several orders that words were printed or said in; the first, where they were in none of them.

    A word may be parted at the end of a line, so letters are held against letters.
    """
    shown = "".join(printed)
    return next((way for way in ways if "".join(copy.text for copy in way) == shown), ways[0])


def read_codes(page: pypdfium2.PdfPage, ppi: int = _PPI) -> list[str]:
    """What the codes on a page say."""
    picture = page.render(scale=ppi / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(picture, formats=_QR, try_invert=False)
    return [each.bytes.decode("utf-8", errors="replace") for each in found]


def check_codes(
    edition: Edition, pieces: Sequence[Piece], files: Mapping[str, bytes], first: int = 0
) -> Iterator[Finding]:
    """An error for each code that is not on the pages of its piece in one of the ``files``, or says something else."""
    for piece in pieces:
        content = codes_on(piece, edition)
        if content is None:
            continue
        for target, file in files.items():
            read = _read_in(file, [index - first for index in piece.pages], content.scanned)
            if content.scanned in read:
                continue
            wrong = f"the code on {piece.folios} of the {target} file "
            said = (
                f"says “{_short(read[0])}”, and the content “{_short(content.scanned)}”." if read else "cannot be read."
            )
            yield error("code-wrong", content.place, wrong + said, _REMEDY, piece.pages[0] + 1)
            break


def _read_in(file: bytes, pages: Sequence[int], wanted: str) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    read: list[str] = []
    try:
        for ppi in (_PPI, _ALSO_PPI):
            for index in pages:
                page = document[index]
                read += read_codes(page, ppi)
                page.close()
            if wanted in read:
                break
    finally:
        document.close()
    return read


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def check_codes_said(
    edition: Edition, piece: Piece, pictures: Sequence[SpokenPicture], links: Sequence[SpokenLink]
) -> Iterator[Finding]:
    """A code is told of in the email PDF, and is a link there to where it leads."""
    content = codes_on(piece, edition)
    if content is None:
        return
    if content.said not in [picture.alternative for picture in pictures]:
        message = f"nothing says “{content.said}” of the code on {piece.folios} in the email PDF."
        yield error("alt-wrong", content.place, message, "Mend the layout: the alt of a code is what is said of it.")
    if content.href and content.href not in [link.address for link in links]:
        message = f"the code on {piece.folios} is no link to '{content.href}' in the email PDF."
        yield error("link-wrong", content.place, message, "Mend the layout: a code stands within its link.")
