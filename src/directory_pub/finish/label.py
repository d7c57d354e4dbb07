"""Write the PDF/X-4 label: the last step, for a press file that preflight has found nothing in."""

from __future__ import annotations

import io

import pikepdf

__all__ = ["label_press"]

_NAMESPACE = 'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
_LABEL = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
_END = "</rdf:Description>"


def label_press(pdf: bytes) -> bytes:
    """The same file with the label in its XMP packet; the packet must be one of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes().decode("utf-8")
        start = packet.index("<rdf:Description ") + len("<rdf:Description ")
        packet = f"{packet[:start]}{_NAMESPACE} {packet[start:]}"
        packet = packet.replace(_END, f"{_LABEL}\n{_END}", 1)
        document.Root.Metadata.write(packet.encode("utf-8"))
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()
