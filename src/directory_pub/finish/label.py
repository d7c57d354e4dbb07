"""Write a file's labels: the last step, for a file that a check of its own has found nothing in."""

from __future__ import annotations

import io

import pikepdf

from directory_pub.finish.linearise import write_linearised

__all__ = ["label_email", "label_press"]

_END = "</rdf:Description>"
_PRESS_NAMESPACES = 'xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
_PRESS_LABEL = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
_EMAIL_NAMESPACES = (
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"\n'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)
# PDF/A knows no pdfuaid: a file that is both must bring the description of that schema along.
_EMAIL_LABEL = """<pdfaid:part>3</pdfaid:part>
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


def label_press(pdf: bytes) -> bytes:
    """The same file labelled PDF/X-4 in its XMP packet; the packet must be one of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _label(document, _PRESS_NAMESPACES, _PRESS_LABEL)
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def label_email(pdf: bytes) -> bytes:
    """The same file labelled PDF/UA-1 and PDF/A-3a in its XMP packet; the packet must be one of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _label(document, _EMAIL_NAMESPACES, _EMAIL_LABEL)
        return write_linearised(document)


def _label(document: pikepdf.Pdf, namespaces: str, label: str) -> None:
    packet = document.Root.Metadata.read_bytes().decode("utf-8")
    start = packet.index("<rdf:Description ") + len("<rdf:Description ")
    packet = f"{packet[:start]}{namespaces} {packet[start:]}"
    packet = packet.replace(_END, f"{label}\n{_END}", 1)
    document.Root.Metadata.write(packet.encode("utf-8"))
