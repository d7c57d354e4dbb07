"""The XMP packet, as far as it says what the document information says too."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

__all__ = ["NAMESPACES", "read_moment", "read_xmp"]

NAMESPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_QUALIFIED = re.compile(r"\{(.*)\}(.*)")
_MOMENT = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?(?:\.\d+)?"
    r"(?:(Z)|([+-])(\d\d):?'?(\d\d)?)?"
)


def read_xmp(packet: bytes) -> dict[str, str]:
    """The packet's properties by name, such as ``dc:title``; of a list the first entry, of
    one in several languages its default.

    Raises ValueError for a packet that is no XML, or that brings entities of its own.
    """
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise ValueError("the packet declares entities")
    try:
        tree = ElementTree.fromstring(packet.strip(b"\0 \r\n\t"))
    except ElementTree.ParseError as fault:
        raise ValueError(str(fault)) from fault
    values: dict[str, str] = {}
    for description in tree.iter(f"{_RDF}Description"):
        rows = [*description.attrib.items(), *((child.tag, _text(child)) for child in description)]
        for name, value in rows:
            qualified = _QUALIFIED.fullmatch(name)
            if qualified and qualified[1] in NAMESPACES:
                values[f"{NAMESPACES[qualified[1]]}:{qualified[2]}"] = value.strip()
    return values


def _text(element: ElementTree.Element) -> str:
    entries = list(element.iter(f"{_RDF}li"))
    default = (each for each in entries if each.get(_LANGUAGE) == "x-default")
    return next(default, entries[0] if entries else element).text or ""


def read_moment(text: str) -> datetime | None:
    """A date as PDF or XMP writes it, None for another text. Without a zone it is taken for UTC."""
    parts = _MOMENT.match(text)
    if parts is None:
        return None
    year, month, day, hour, minute, second = (
        int(part) if part else default for part, default in zip(parts.groups()[:6], (0, 1, 1, 0, 0, 0), strict=True)
    )
    offset = timedelta(hours=int(parts[9] or 0), minutes=int(parts[10] or 0)) * (-1 if parts[8] == "-" else 1)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
    except ValueError:
        return None
