"""What a file says of itself, and what finish gives back."""

from __future__ import annotations

import uuid
from datetime import date
from xml.sax.saxutils import escape

import pikepdf
from msgspec import Struct
from pikepdf import Dictionary, Name, String

from directory_pub.findings import Finding, Place

__all__ = ["TYPESET_PAGES", "DocumentFacts", "Finished", "write_identity"]

TYPESET_PAGES = Place(file="typeset pages")

_PRODUCER = "directory_pub"
_ROOM = 2_000  # characters in the XMP packet for a label, which is written into its place


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """What the book says of itself; nothing here changes from one build to the next.

    ``author`` is who stands for it, a publisher as well. Where the pages are a part of the book,
    ``first_folio`` is the folio of the first, and ``heading_above`` the level of the heading that
    they stand below.
    """

    title: str
    author: str
    language: str
    created: date
    subject: str = ""
    first_folio: int = 1
    heading_above: int = 0


class Finished(Struct, frozen=True, kw_only=True):
    """The bytes of a finished PDF, and what was found on the way."""

    pdf: bytes
    findings: list[Finding]


def write_identity(pdf: pikepdf.Pdf, facts: DocumentFacts, *, for_press: bool) -> None:
    """Write the document information and the XMP packet, which say the same."""
    made_by = str(pdf.docinfo.get("/Producer", _PRODUCER))
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]  # or a part of it would outlive the pages that it names
    moment = String(f"D:{facts.created:%Y%m%d}000000Z")
    entries: dict[str, pikepdf.Object] = {
        "/Title": String(facts.title),
        "/Author": String(facts.author),
        "/Creator": String(made_by),
        "/Producer": String(_PRODUCER),
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    if facts.subject:
        entries["/Subject"] = String(facts.subject)
    if for_press:
        entries["/Trapped"] = Name("/False")
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))
    packet = pdf.make_stream(_xmp(facts, made_by, for_press=for_press).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet


def _xmp(facts: DocumentFacts, made_by: str, *, for_press: bool) -> str:
    moment = f"{facts.created.isoformat()}T00:00:00Z"
    title, author, subject = escape(facts.title), escape(facts.author), escape(facts.subject)
    language = escape(facts.language, {'"': "&quot;"})
    lines = [
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>",
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>",
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>",
        f"<xmp:MetadataDate>{moment}</xmp:MetadataDate>",
        f"<xmp:CreatorTool>{escape(made_by)}</xmp:CreatorTool>",
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer>",
    ]
    if facts.subject:
        alternatives = f'<rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
        lines.append(f"<dc:description>{alternatives}</dc:description>")
    if for_press:
        lines += _press_lines(facts)
    return _PACKET.format(properties="\n".join(lines), room=" " * _ROOM)


def _press_lines(facts: DocumentFacts) -> list[str]:
    """What a press file carries besides; its ids follow from the book, for the same bytes."""
    document = uuid.uuid5(uuid.NAMESPACE_URL, f"{facts.title}\n{facts.author}\n{facts.created}")
    return [
        "<pdf:Trapped>False</pdf:Trapped>",
        f"<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    ]


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
{room}
<?xpacket end="w"?>"""
