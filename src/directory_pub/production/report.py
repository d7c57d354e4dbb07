"""The build's report: what was made, where each piece stands, and every finding."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from directory_pub.compose import EntryEnd
from directory_pub.edition.adverts import anchors_on
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, Report, Severity
from directory_pub.production.advert_checks import is_of_advert
from directory_pub.production.book import Book
from directory_pub.production.earlier import REPORT, BuiltFile, Source, folder_rows
from directory_pub.storage.files import write_whole

__all__ = ["finding_row", "write_report"]


def write_report(
    edition: Edition | None,
    report: Report,
    files: Mapping[str, Path],
    book: Book | None,
    output: Path,
    *,
    strict: bool,
    others: Mapping[str, Book] | None = None,
    source: Source | None = None,
    earlier: Sequence[BuiltFile] = (),
    plates: Sequence[str] = (),
) -> Path:
    """Write ``report.json`` into the output folder; return its path.

    ``others`` are the books of targets that show another edition than the first. ``source`` is what the build was
    made from, ``earlier`` the files of earlier builds in the folder, ``plates`` those of the press file.
    """
    rows: dict[str, Any] = {
        "edition": edition.key if edition else None,
        "variant": edition.variant if edition else None,
        "delivered": edition is not None and not report.fails(strict=strict),
        "counts": {severity.value: len(report.of(severity)) for severity in Severity},
        "files": {name: _file_row(path) for name, path in files.items()},
        "plates": list(plates),
        **_book_rows(book),
        "other_books": {target: _book_rows(other) for target, other in (others or {}).items()},
        "findings": [finding_row(finding) for finding in report],
        "adverts": list(_advert_rows(edition, report, book)) if edition else [],
        "in_folder": folder_rows(files, source, earlier, edition.variant if edition else None) if source else {},
    }
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    return write_whole(output / REPORT, text.encode(errors="backslashreplace"))  # half a character has no UTF-8


def _advert_rows(edition: Edition, report: Report, book: Book | None) -> Iterator[dict[str, Any]]:
    """Each advert with its folio, and what is to be told its advertiser."""
    folios = {key: piece.pages[0] + 1 for piece in (book.pieces if book else ()) for key in anchors_on(piece.key)
              if piece.kind == "adverts"}  # fmt: skip
    for advert in edition.adverts:
        told = [f"{each.message} {each.remedy}" for each in report if is_of_advert(each, advert)]
        yield {
            "key": advert.key,
            "advertiser": advert.advertiser,
            "file": advert.file,
            "size": advert.size,
            "folio": folios.get(advert.anchor),
            "tell": told,
        }


def finding_row(finding: Finding) -> dict[str, Any]:
    """One finding as JSON."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": place.file,
        "line": place.line,
        "cell": place.cell,
        "field": place.field,
        "folio": finding.folio,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _file_row(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return {"name": path.name, "bytes": file.tell(), "sha256": digest.hexdigest()}


def _book_rows(book: Book | None) -> dict[str, Any]:
    """Where each piece stands, and how much room there is behind each entry."""
    return {
        "pages": [_piece_row(piece) for piece in book.pieces] if book else [],
        "room": [_room_row(end, book) for end in book.ends] if book else [],
    }


def _piece_row(piece: Piece) -> dict[str, Any]:
    return {"kind": piece.kind, "key": piece.key, "folio": piece.pages[0] + 1, "pages": len(piece.pages)}


def _room_row(end: EntryEnd, book: Book) -> dict[str, Any]:
    return {
        "key": end.key,
        "last_folio": end.page_index + 1,
        "lines_used": end.used_lines,
        "lines_free": end.free_lines,
        "fit": book.fits.get(end.key, "usual"),
        "photo_closes": end.key in book.closing_photos,
    }
