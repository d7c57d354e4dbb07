"""Write a finished part plain, and a bound file linearised: its first page shows before the rest has arrived."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import ObjectStreamMode

__all__ = ["linearise", "write_plain"]

# What PDF/UA-1 and PDF/A-3 are written for (ISO 32000-1).
_VERSION = "1.7"
# The same bytes in every build; and the library would write the XMP packet anew, without the room in it.
_AS_IT_IS: dict[str, Any] = {"deterministic_id": True, "fix_metadata_version": False}


def write_plain(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes in any order, for what is bound into a book."""
    written = io.BytesIO()
    pdf.save(written, min_version=_VERSION, **_AS_IT_IS)
    return written.getvalue()


def linearise(source: Path | BinaryIO, out: Path | BinaryIO) -> None:
    """Write a file again in the order of ISO 32000-1, Annex F; the same file gives the same bytes.

    What is packed in object streams stays in them. Bookmarks must stand free, because the hint
    table says where in the file they begin, and qpdf counts wrongly where they are packed
    (docs/decisions/0005); bind writes them so. Raises PdfError for a file that is damaged.
    """
    with pikepdf.open(source, attempt_recovery=False) as pdf:
        pdf.save(out, linearize=True, object_stream_mode=ObjectStreamMode.preserve, **_AS_IT_IS)
