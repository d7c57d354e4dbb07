"""Read the structure tree of a finished PDF: its words in the order of the tree, and what it says of each.

This is what a screen reader says, which is not what the page shows: it follows the tags.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String

__all__ = ["Spoken", "SpokenLink", "SpokenPicture", "SpokenTable", "TagTree", "characters_of", "read_tag_tree"]

# Elements inside a line whose words go on in the sentence round them; all others begin and end a word.
_IN_THE_LINE = frozenset({"/Span", "/Link", "/Quote", "/Code"})
_HEADING = re.compile(r"/H([1-6])")
_CODE = rb"<([0-9A-Fa-f]+)>\s*"
_CHARACTER = re.compile(_CODE + _CODE)
_RANGE = re.compile(_CODE + _CODE + rb"(?:" + _CODE + rb"|\[([^\]]*)\])")


class Spoken(Struct, frozen=True):
    """A word as it is said, and the page that it begins on (0-based).

    ``links`` are the addresses that it, or a part of it, leads to, ``languages`` those that it is said in;
    ``heading`` is the level of the heading that it stands in, 0 outside one.
    """

    text: str
    page_index: int
    links: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    heading: int = 0


class SpokenPicture(Struct, frozen=True):
    """A picture as it is said: its page (0-based) and its alternative text, the place that its tag gives (left, bottom,
    right and top, in points) and where it leads, if anywhere."""

    page_index: int
    alternative: str
    box: tuple[float, float, float, float] | None = None
    link: str | None = None


class SpokenLink(Struct, frozen=True):
    """An address that a page's link opens outside the book, whatever words it stands on."""

    page_index: int
    address: str


class SpokenCell(Struct, frozen=True):
    """A cell as it is said, and what it is the head of: Column, Row or nothing."""

    text: str
    scope: str


class SpokenTable(Struct, frozen=True):
    """A table as it is said: the page (0-based) that it begins on, and its cells row by row."""

    page_index: int
    rows: tuple[tuple[SpokenCell, ...], ...]


class TagTree(Struct, frozen=True):
    """Every word of a file's structure tree in its order, every picture, table and link out of the book; what is in
    no element is not said."""

    words: list[Spoken] = field(default_factory=list)
    pictures: list[SpokenPicture] = field(default_factory=list)
    links: list[SpokenLink] = field(default_factory=list)
    tables: list[SpokenTable] = field(default_factory=list)


class _Part(Struct, frozen=True):
    """A stretch of text, and what the elements round it say of it."""

    text: str = ""
    page_index: int | None = None
    link: str | None = None
    language: str = ""
    heading: int = 0


def read_tag_tree(pdf: bytes, first: int = 0) -> TagTree:
    """Read a file's tree; ``first`` is the index of its first page in the book."""
    tree = TagTree()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tree.links.extend(_links(document, first))
        if "/StructTreeRoot" not in document.Root:
            return tree
        walk = _Walk(document, first, tree)
        around = _Part(language=str(document.Root.get("/Lang", "")))
        tree.words.extend(_words(walk.parts(document.Root.StructTreeRoot.get("/K"), around)))
    return tree


def _links(document: pikepdf.Pdf, first: int) -> Iterator[SpokenLink]:
    for index, page in enumerate(document.pages, first):
        for annotation in page.obj.get("/Annots", Array()).as_list():
            action = annotation.get("/A", Dictionary())
            if "/URI" in action:
                yield SpokenLink(index, str(action.URI))


class _Walk:
    """One walk down a tree."""

    def __init__(self, document: pikepdf.Pdf, first: int, tree: TagTree) -> None:
        self._pages = {page.obj.objgen: index for index, page in enumerate(document.pages, first)}
        self._texts = {index: _texts(page) for index, page in enumerate(document.pages, first)}
        self._tree = tree

    def parts(self, kid: object, around: _Part) -> Iterator[_Part]:
        """The text of an entry of /K in reading order; a line end where words must not join."""
        if isinstance(kid, int):
            index = around.page_index
            yield replace(around, text=self._texts[index].get(kid, "") if index is not None else "")
        elif isinstance(kid, Array):
            for each in kid.as_list():
                yield from self.parts(each, around)
        elif isinstance(kid, Dictionary) and kid.get("/Type") != Name.OBJR:
            if "/Pg" in kid:
                around = replace(around, page_index=self._pages.get(kid.Pg.objgen))
            if kid.get("/Type") == Name.MCR:
                yield from self.parts(int(kid.MCID), around)
            else:
                yield from self._element(kid, around)

    def _element(self, element: pikepdf.Object, around: _Part) -> Iterator[_Part]:
        role = str(element.get("/S"))
        apart = replace(around, text="" if role in _IN_THE_LINE else "\n")
        if role == "/Figure":
            told = str(element.get("/Alt", ""))
            self._tree.pictures.append(SpokenPicture(around.page_index or 0, told, _box_of(element), around.link))
        if role == "/Table":
            rows = (tuple(self._cells(row, around)) for row in _rows_of(element))
            self._tree.tables.append(SpokenTable(around.page_index or 0, tuple(rows)))
        if heading := _HEADING.fullmatch(role):
            around = replace(around, heading=int(heading[1]))
        if "/Lang" in element:
            around = replace(around, language=str(element.Lang))
        if role == "/Link":
            around = replace(around, link=_address(element))
        yield apart
        yield from self.parts(element.get("/K"), around)
        yield apart

    def _cells(self, row: pikepdf.Object, around: _Part) -> Iterator[SpokenCell]:
        for cell in _kids_of(row):
            if str(cell.get("/S")) in ("/TH", "/TD"):
                attributes = cell.get("/A", Dictionary())
                scope = (
                    str(attributes.get("/Scope", "")).removeprefix("/") if isinstance(attributes, Dictionary) else ""
                )
                yield SpokenCell("".join(part.text for part in self.parts(cell, around)), scope)


def _kids_of(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements right below one."""
    kids = element.get("/K", Array())
    for kid in kids.as_list() if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _rows_of(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The rows of a table, in or outside its groups."""
    for kid in _kids_of(table):
        if str(kid.S) == "/TR":
            yield kid
        elif str(kid.S) in ("/THead", "/TBody", "/TFoot"):
            yield from (row for row in _kids_of(kid) if str(row.S) == "/TR")


def _box_of(figure: pikepdf.Object) -> tuple[float, float, float, float] | None:
    attributes = figure.get("/A", Dictionary())
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return None
    left, bottom, right, top = (float(each) for each in attributes.BBox.as_list())
    return left, bottom, right, top


def _address(link: pikepdf.Object) -> str:
    """Where a link leads: an address, ``#`` and the name of a place in the book, or nothing that is known."""
    kids = link.get("/K", Array())
    for kid in kids.as_list() if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            action = kid.Obj.get("/A", Dictionary())
            goal = action.get("/D", kid.Obj.get("/Dest"))
            if "/URI" in action:
                return str(action.URI)
            if isinstance(goal, String | Name):
                return f"#{str(goal).removeprefix('/')}"
    return ""


def _words(parts: Iterator[_Part]) -> Iterator[Spoken]:
    held: Spoken | None = None
    for part in parts:
        links = frozenset((part.link,)) if part.link else frozenset()
        languages = frozenset((part.language,)) if part.language else frozenset()
        for bit in re.findall(r"\s+|\S+", part.text):
            if bit.isspace():
                if held:
                    yield held
                held = None
            elif held:
                held = replace(
                    held, text=held.text + bit, links=held.links | links, languages=held.languages | languages
                )
            else:
                held = Spoken(bit, part.page_index or 0, links, languages, part.heading)
    if held:
        yield held


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """What each numbered piece of a page's content says."""
    used = page.resources.get("/Font", Dictionary()).as_dict()
    fonts = {name: characters_of(_table(font)) for name, font in used.items()}
    texts: dict[int, str] = {}
    marks: list[int | None] = []
    font: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                marked = operands[1] if len(operands) > 1 else None
                marks.append(int(marked.MCID) if isinstance(marked, Dictionary) and "/MCID" in marked else None)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case _ if marks and marks[-1] is not None:
                texts[marks[-1]] = texts.get(marks[-1], "") + _decoded(operands[0], font)
    return texts


def _decoded(shown: pikepdf.Object, font: Mapping[int, str]) -> str:
    strings = shown.as_list() if isinstance(shown, Array) else [shown]
    codes = b"".join(bytes(each) for each in strings if isinstance(each, String))
    return "".join(font.get(high << 8 | low, "\ufffd") for high, low in zip(codes[::2], codes[1::2], strict=False))


def _table(font: pikepdf.Object) -> bytes:
    return font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""


def characters_of(to_unicode: bytes) -> dict[int, str]:
    """What each code reads as, from the content of a font's /ToUnicode."""
    table: dict[int, str] = {}
    for rows in re.findall(rb"beginbfchar(.*?)endbfchar", to_unicode, re.DOTALL):
        table |= {int(code, 16): _utf16(text) for code, text in _CHARACTER.findall(rows)}
    for rows in re.findall(rb"beginbfrange(.*?)endbfrange", to_unicode, re.DOTALL):
        for first, last, start, listed in _RANGE.findall(rows):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = [_utf16(text) for text in re.findall(rb"\w+", listed)]
            table |= dict(zip(codes, texts or _counted_on(_utf16(start), len(codes)), strict=False))
    return table


def _counted_on(start: str, count: int) -> list[str]:
    """Texts that differ in their last character, which counts on from the first text's."""
    return [start[:-1] + chr(ord(start[-1]) + at) for at in range(count)] if start else []


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
