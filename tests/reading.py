"""A PDF as a screen reader takes it: the structure tree walked with pypdf, text by its marked pieces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

__all__ = ["PdfTags", "Tag", "read_tags"]

_INSIDE_A_LINE = {"Span", "Link", "Quote", "Code"}


@dataclass(eq=False)
class Tag:
    """One structure element: its type, entries, and what it holds (tags, text, annotations) in order."""

    role: str
    entries: DictionaryObject
    parent: Tag | None
    kids: list[Tag | str | DictionaryObject] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def all(self, *roles: str) -> list[Tag]:
        """The tags of these types at or below this one, in reading order; all of them where none is named."""
        return [tag for tag in self.walk() if not roles or tag.role in roles]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    @property
    def text(self) -> str:
        """What is said: words joined only where the text joins them, notes and labels apart."""
        return " ".join("".join(self._said()).split())

    def _said(self) -> Iterator[str]:
        apart = "" if self.role in _INSIDE_A_LINE else "\n"
        yield apart
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid._said()
            elif isinstance(kid, str):
                yield kid
        yield apart

    @property
    def annotations(self) -> list[DictionaryObject]:
        return [kid for kid in self.kids if isinstance(kid, DictionaryObject)]

    def attribute(self, name: str) -> Any:
        return self.entries.get("/A", {}).get(f"/{name}")


@dataclass
class PdfTags:
    """The document's tag, the file, and each page's numbered pieces and artifacts."""

    reader: PdfReader
    document: Tag
    pieces: list[dict[int, str]]
    artifacts: list[list[str]]

    @property
    def root(self) -> DictionaryObject:
        return self.reader.trailer["/Root"]["/StructTreeRoot"]


def read_tags(pdf: Path | bytes) -> PdfTags:
    """Read the tags of a file; a piece that is claimed twice or by no one fails here."""
    reader = PdfReader(io.BytesIO(pdf if isinstance(pdf, bytes) else pdf.read_bytes()))
    read = [_read_page(page) for page in reader.pages]
    pieces, artifacts = [numbered for numbered, _ in read], [loose for _, loose in read]
    pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}
    claimed: set[tuple[int, int]] = set()

    def build(element: Any, parent: Tag | None) -> Tag:
        tag = Tag(str(element["/S"])[1:], element, parent)
        own = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else None
        kids = element.get("/K", ArrayObject())
        for kid in [each.get_object() for each in (kids if isinstance(kids, ArrayObject) else [kids])]:
            if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR":
                tag.kids.append(kid["/Obj"])
            elif isinstance(kid, DictionaryObject) and kid.get("/Type") != "/MCR":
                assert kid.raw_get("/P").idnum == element.indirect_reference.idnum
                inner = build(kid, tag)
                tag.kids.append(inner)
                tag.pages |= inner.pages
            else:
                page = own if not isinstance(kid, DictionaryObject) else pages[kid.raw_get("/Pg").idnum]
                number = int(kid if not isinstance(kid, DictionaryObject) else kid["/MCID"])
                assert page is not None
                assert number in pieces[page], (tag.role, page, number)
                assert (page, number) not in claimed, f"page {page + 1}, piece {number} is claimed twice"
                claimed.add((page, number))
                tag.kids.append(pieces[page][number])
                tag.pages.add(page)
        return tag

    top = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    document = build(top, None)
    assert claimed == {(page, number) for page, found in enumerate(pieces) for number in found}
    return PdfTags(reader, document, pieces, artifacts)


def _read_page(page: Any) -> tuple[dict[int, str], list[str]]:
    """The text of each numbered piece, and of what is an artifact."""
    numbered: dict[int, str] = {}
    loose: list[str] = []
    marks: list[int | None] = []

    def before(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            number = (
                operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else None
            )
            assert number is None or not [each for each in marks if each is not None], "a piece inside a piece"
            marks.append(None if number is None else int(number))
            if number is not None:
                assert int(number) not in numbered, "a number twice on one page"
                numbered[int(number)] = ""
        elif operator == b"EMC":
            marks.pop()

    def text(shown: str, *_: Any) -> None:
        number = next((each for each in marks if each is not None), None)
        if number is None:
            loose.append(shown)
        else:
            numbered[number] += shown.replace("\n", "")

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return numbered, [each.strip() for each in loose if each.strip()]
