"""The program of a face: one static OpenType file under a PostScript name of its own, for the engine and the PDF.

A static face with TrueType or CFF outlines is its own program. Of a variable face HarfBuzz makes an instance,
as it sets the tables of a PDF's subset, so that what is measured, set and embedded is one and the same file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import uharfbuzz

__all__ = ["is_plain", "make_instance", "with_name"]

_NAME, _WINDOWS, _UNICODE, _ENGLISH = 6, 3, 1, 0x409


def is_plain(face: uharfbuzz.Face) -> bool:
    """Whether a face is a program as it is: static, with outlines that a PDF can hold under codes that are glyphs."""
    tags = {str(tag) for tag in face.table_tags}
    return "fvar" not in tags and "CFF2" not in tags and not ("CFF " in tags and _has_own_codes(face))


def _has_own_codes(face: uharfbuzz.Face) -> bool:
    """Whether CFF outlines have numbers (CIDs) of their own, which need not be those of the glyphs."""
    table = face.reference_table("CFF ").data
    return b"\x0c\x1e" in table[:_TOP_BYTES]


_TOP_BYTES = 512  # within which the top dictionary stands; its operator ROS is 12 30


def make_instance(face: uharfbuzz.Face, location: Mapping[str, float]) -> bytes:
    """The static face at a place on all axes, in outlines that a PDF can hold, with all glyphs under their numbers."""
    flags = uharfbuzz.SubsetFlags
    asked = uharfbuzz.SubsetInput()
    asked.keep_everything()
    asked.flags = asked.flags | flags.DOWNGRADE_CFF2 | flags.CFF_IDENTITY_CHARSET
    for tag, value in location.items():
        asked.pin_axis_location(face, tag, value)
    return bytes(asked.subset(face).blob.data)


def with_name(content: bytes, name: str) -> bytes:
    """A face under another PostScript name, by which its program is known from the engine to the bound book."""
    from fontTools.ttLib import TTFont  # takes a moment, and few faces need it

    font, out = TTFont(io.BytesIO(content), lazy=True, recalcBBoxes=False, recalcTimestamp=False), io.BytesIO()
    font["name"].names = [record for record in font["name"].names if record.nameID != _NAME]
    font["name"].setName(name, _NAME, _WINDOWS, _UNICODE, _ENGLISH)
    if "DSIG" in font:
        del font["DSIG"]  # a signature of what is no longer so
    font.save(out, reorderTables=None)
    return out.getvalue()
