"""Write a bound file linearised: its first page shows before the rest has arrived."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import ObjectStreamMode

from directory_pub.pdf_writing.attachments import AttachedFile, as_json, attach_files, from_json

__all__ = ["AS_IT_IS", "linearise", "linearise_file"]

AS_IT_IS: dict[str, Any] = {"deterministic_id": True, "fix_metadata_version": False}
"""The same bytes in every build; and the library would write the XMP packet anew, without the room in it."""
_MOST_TRIES = 8
_PACKET_END = b"<?xpacket end"
_HEAD_BYTES = 1024  # with the dictionary that says where the hints are
_HINTS_AT, _LENGTH, _DATA = re.compile(rb"/H \[ ?(\d+) (\d+) ?\]"), re.compile(rb"/Length (\d+)"), b"stream\n"
_APART_FROM_BYTES = 8_000_000  # it takes a quarter of a second to begin a process, and a second to write so much


def linearise(source: Path | BinaryIO, out: Path | BinaryIO, attached: Sequence[AttachedFile] = ()) -> None:
    """Write a file again in the order of ISO 32000-1, Annex F; the same file gives the same bytes.

    What is packed in object streams stays in them. Bookmarks must stand free, because the hint
    table says where in the file they begin, and qpdf counts wrongly where they are packed
    (docs/decisions/0005); bind writes them so. ``attached`` are the files
    that it gets with it. Raises PdfError for a file that is damaged.
    """
    with pikepdf.open(source, attempt_recovery=False) as pdf:
        attach_files(pdf, attached)
        for _ in range(_MOST_TRIES):
            written = io.BytesIO()
            pdf.save(written, linearize=True, object_stream_mode=ObjectStreamMode.preserve, **AS_IT_IS)
            if has_line_end_behind_hints(written.getbuffer()) or "/Metadata" not in pdf.Root:
                break
            pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(_PACKET_END, b" " + _PACKET_END))
    if isinstance(out, Path):
        out.write_bytes(written.getbuffer())
    else:
        out.write(written.getbuffer())


def has_line_end_behind_hints(pdf: bytes | memoryview) -> bool:
    """Whether a line ends between the hint tables and what ends their stream, as PDF/A asks of every stream.

    qpdf leaves it out where the last byte of the tables happens to be one. Moved by a byte, they are others.
    """
    told = _HINTS_AT.search(bytes(pdf[:_HEAD_BYTES]))
    if told is None:
        return True
    hints = bytes(pdf[int(told[1]) : int(told[1]) + int(told[2])])
    length = _LENGTH.search(hints)
    data = hints.find(_DATA)
    return length is None or data < 0 or not hints.startswith(b"endstream", data + len(_DATA) + int(length[1]))


def linearise_file(source: Path, out: Path, attached: Sequence[AttachedFile] = ()) -> None:
    """The same from file to file: a long one in a process of its own, which gives its memory back."""
    if source.stat().st_size < _APART_FROM_BYTES:
        with source.open("rb") as read, out.open("w+b") as written:  # a path may be no UTF-8
            linearise(read, written, attached)
        return
    package = Path(__file__).parents[2]
    where = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    # Without -P the folder that the user stands in comes first: a module there would be run in a library's place.
    command: list[str | bytes] = [sys.executable, "-P", "-m", __name__, os.fsencode(source), os.fsencode(out)]
    ended = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": where},
        input=as_json(attached).encode(),
        stderr=subprocess.PIPE,
        check=False,
    )
    if ended.returncode:
        told = ended.stderr.decode(errors="replace").strip().splitlines()
        raise pikepdf.PdfError(told[-1] if told else f"exit {ended.returncode}")


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as _source, open(sys.argv[2], "w+b") as _out:
        linearise(_source, _out, from_json(sys.stdin.read()))
