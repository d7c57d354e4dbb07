"""Write a PDF linearised: its first page can be shown before the rest of the file has arrived.

The one place where an email file is written, or written again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode

__all__ = ["write_linearised", "write_plain"]

# What PDF/UA-1 and PDF/A-3 are written for (ISO 32000-1).
_VERSION = "1.7"
_TO_OTHER_ITEMS = (Name.First, Name.Last, Name.Next, Name.Prev, Name.Parent)


def write_plain(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes in any order, for a part of a book: linearised is what it is bound into."""
    written = io.BytesIO()
    pdf.save(written, min_version=_VERSION, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


def write_linearised(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same for the same PDF; ``pdf`` itself is left as it was.

    Small objects are packed into streams as they are in the press file; only the bookmarks
    stand free, because the hint table says where in the file they begin (ISO 32000-1,
    Annex F), and qpdf counts wrongly where they are packed: docs/decisions/0005.
    """
    packed = io.BytesIO()
    mode = ObjectStreamMode.generate
    # The library would write the XMP packet anew, without the room in it.
    as_is: dict[str, Any] = {"deterministic_id": True, "fix_metadata_version": False}
    pdf.save(packed, min_version=_VERSION, object_stream_mode=mode, **as_is)
    written = io.BytesIO()
    with pikepdf.open(packed) as document:
        _unpack_bookmarks(document)
        document.save(written, linearize=True, object_stream_mode=ObjectStreamMode.preserve, **as_is)
    return written.getvalue()


def _unpack_bookmarks(pdf: pikepdf.Pdf) -> None:
    """Make each bookmark a new object: one that was packed would be packed again."""
    if Name.Outlines not in pdf.Root:
        return
    fresh = {item.objgen: pdf.make_indirect(Dictionary(dict(item.items()))) for item in _bookmarks(pdf.Root.Outlines)}
    for item in fresh.values():
        for key in _TO_OTHER_ITEMS:
            if key in item:
                item[key] = fresh[item[key].objgen]
    pdf.Root.Outlines = fresh[pdf.Root.Outlines.objgen]


def _bookmarks(outlines: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The outline dictionary, then its items in the order in which they are read."""
    waiting = [outlines]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += [item[key] for key in (Name.Next, Name.First) if key in item]
