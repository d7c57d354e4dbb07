"""Write a file's labels: the last step, for a file that a check of its own has found nothing in.

The XMP packet is there as it is read, with room in it: a label is written in its place, and
no other byte of the file changes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

__all__ = ["EMAIL_LABEL", "PRESS_LABEL", "Label", "labelling"]

_BEGIN, _END = b"<?xpacket begin", b"<?xpacket end"
_SEARCHED_AT_ONCE = 1 << 20  # bytes
_MOST_BYTES = 1 << 24  # of a packet
_CLOSED = "</rdf:Description>"
_PRESS_NAMESPACES = 'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
_PRESS_LINES = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
_EMAIL_NAMESPACES = (
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"\n'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)
# PDF/A knows no pdfuaid: a file that is both must bring the description of that schema along.
_EMAIL_LINES = """<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


class Label(Struct, frozen=True):
    """What a label adds to the XMP packet: namespaces, and properties."""

    namespaces: str
    lines: str


PRESS_LABEL = Label(_PRESS_NAMESPACES, _PRESS_LINES)
"""PDF/X-4."""
EMAIL_LABEL = Label(_EMAIL_NAMESPACES, _EMAIL_LINES)
"""PDF/UA-1 and PDF/A-3a."""


class Trial(Struct):
    """A label that is on trial."""

    kept: bool = False

    def keep(self, earned: bool) -> None:
        """Whether the label stays."""
        self.kept = earned


@contextmanager
def labelling(path: Path, label: Label) -> Iterator[Trial]:
    """A file that carries a label inside the block, and behind it only if it was kept.

    Raises ValueError for a file whose packet is not one of ours or has no room.
    """
    before = _exchange(path, None, label)
    trial = Trial()
    try:
        yield trial
    finally:
        if not trial.kept:
            _exchange(path, before, label)


def _exchange(path: Path, packet: bytes | None, label: Label) -> bytes:
    """Write a packet (or the labelled one) into the place of the file's own, which comes back."""
    with path.open("r+b") as file:
        start = _find_last(file, _BEGIN)
        file.seek(max(start, 0))
        before, end, _ = file.read(_MOST_BYTES).partition(_END)
        if start < 0 or not end:
            raise ValueError(f"{path.name} has no XMP packet that can be read as it stands")
        file.seek(start)
        file.write(packet if packet is not None else _labelled(before, label, path))
    return before


def _find_last(file: BinaryIO, sought: bytes) -> int:
    """Where the last such bytes stand, -1 if nowhere; a file of any length is searched a part at a time."""
    end = file.seek(0, io.SEEK_END)
    while end > 0:
        begin = max(0, end - _SEARCHED_AT_ONCE)
        file.seek(begin)
        found = file.read(end - begin + len(sought) - 1).rfind(sought)
        if found >= 0:
            return begin + found
        end = begin
    return -1


def _labelled(packet: bytes, label: Label, path: Path) -> bytes:
    text = packet.decode("utf-8").rstrip()
    start = text.index("<rdf:Description ") + len("<rdf:Description ")
    text = f"{text[:start]}{label.namespaces} {text[start:]}".replace(_CLOSED, f"{label.lines}\n{_CLOSED}", 1)
    written = text.encode("utf-8")
    room = len(packet) - len(written) - 1
    if room < 0:
        raise ValueError(f"{path.name} has no room for a label in its XMP packet")
    return written + b" " * room + b"\n"
