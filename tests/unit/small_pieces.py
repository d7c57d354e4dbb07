"""Finished pieces made by hand: a page or some, with the tags, names, links and faces that finish gives them."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from directory_pub.finish import DocumentFacts
from directory_pub.finish.document import write_identity
from directory_pub.pdf_writing.fonts import cut_face, to_unicode, widths_array
from project import ROOT

__all__ = ["FACE", "POSTSCRIPT_NAME", "Link", "Made", "glyphs_of"]

FACE = (ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf").read_bytes()
POSTSCRIPT_NAME = "SourceSans3-Regular"
_SIZE = (200, 300)


@dataclass(frozen=True)
class Link:
    """A link's words, and where it leads: an address, or a name of the book."""

    words: str
    address: str = ""
    goal: str = ""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What stands on a piece's pages; ``pictures`` and ``links`` are by page index."""

    key: str
    texts: Sequence[str]
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    links: Mapping[int, Sequence[Link]] = field(default_factory=dict)
    bookmark: str = ""
    note_id: str = ""
    alt: str = ""
    opens: bool = False
    tagged: bool = True

    def pdf(self) -> bytes:
        """The finished file."""
        with pikepdf.new() as pdf:
            font = _font(pdf, "".join(self.texts))
            pages = [self._page(pdf, index, text, font) for index, text in enumerate(self.texts)]
            if self.tagged:
                self._tag(pdf, pages)
                names = pikepdf.NameTree.new(pdf)
                names[self.key] = Array([pages[0], Name.XYZ, 20, 280, None])
                pdf.Root.Names = Dictionary(Dests=names.obj)
            if self.bookmark:
                with pdf.open_outline() as outline:
                    outline.root.append(OutlineItem(self.bookmark, 0, "XYZ", left=20, top=280))
            if self.opens:
                _open(pdf)
            out = io.BytesIO()
            pdf.save(out, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()

    def _page(self, pdf: Pdf, index: int, text: str, font: pikepdf.Object) -> pikepdf.Object:
        page = pdf.add_blank_page(page_size=_SIZE).obj
        page.TrimBox = page.MediaBox
        page.Resources = Dictionary(Font=Dictionary({"/F1": font}))
        shown = "".join(f"{glyph:04x}" for glyph, _ in glyphs_of(text)).encode()
        content = b"/P <</MCID 0>> BDC BT /F1 14 Tf 20 250 Td <%b> Tj ET EMC" % shown
        if index in self.pictures:
            page.Resources.XObject = Dictionary(P=_picture(pdf, self.pictures[index]))
            content += b"\n/Figure <</MCID 1>> BDC q 60 0 0 60 20 100 cm /P Do Q EMC"
        page.Contents = pdf.make_stream(content)
        if self.links.get(index):
            page.Annots = Array([_link(pdf, at, link) for at, link in enumerate(self.links[index])])
        return page

    def _tag(self, pdf: Pdf, pages: Sequence[pikepdf.Object]) -> None:
        """An article with a paragraph a page, a figure for each picture, an element for each link."""
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = _element(pdf, "Document", root)
        article = _element(pdf, "Art", document)
        document.K = Array([article])
        root.K = Array([document])
        rows: list[pikepdf.Object] = []
        below: list[tuple[pikepdf.Object, pikepdf.Object]] = []
        for index, page in enumerate(pages):
            page.StructParents = index
            paragraph = _element(pdf, "Note" if self.note_id and not index else "P", article, page)
            paragraph.K = Array([0])
            if self.note_id and not index:
                paragraph.ID = String(self.note_id)
            article.K.append(paragraph)
            row = [paragraph]
            if index in self.pictures:
                figure = _element(pdf, "Figure", article, page)
                figure.Alt, figure.K = String(self.alt), Array([1])
                article.K.append(figure)
                row.append(figure)
            rows.append(pdf.make_indirect(Array(row)))
            below += [(link, page) for link in page.get("/Annots", Array()).as_list()]
        for link, page in below:
            link.StructParent = len(rows)
            element = _element(pdf, "Link", article, page)
            element.K = Array([Dictionary(Type=Name.OBJR, Obj=link, Pg=page)])
            article.K.append(element)
            rows.append(element)
        root.ParentTree = Dictionary(Nums=Array([each for pair in enumerate(rows) for each in pair]))
        root.ParentTreeNextKey = len(rows)
        if self.note_id:
            root.IDTree = Dictionary(Names=Array([String(self.note_id), article.K[0]]))
        pdf.Root.StructTreeRoot = root


def _element(pdf: Pdf, role: str, parent: pikepdf.Object, page: pikepdf.Object | None = None) -> pikepdf.Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, K=Array()))
    if page is not None:
        element.Pg = page
    return element


def _link(pdf: Pdf, at: int, link: Link) -> pikepdf.Object:
    area = Array([20, 20 * at, 90, 20 * at + 15])
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=area, F=4, Contents=String(link.words))
    if link.goal:
        made.Dest = String(link.goal)
    else:
        made.A = Dictionary(S=Name.URI, URI=String(link.address))
    return pdf.make_indirect(made)


def _picture(pdf: Pdf, samples: bytes) -> pikepdf.Object:
    """Four by four grey pixels."""
    picture = pdf.make_stream(samples, Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    return picture


def _open(pdf: Pdf) -> None:
    """What a book has once."""
    facts = DocumentFacts(title="Harbour", author="A publisher", language="en-GB", created=date(2031, 3, 2))
    write_identity(pdf, facts, for_press=False)
    pdf.Root.Lang = String("en-GB")
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    intent = Dictionary(Type=Name.OutputIntent, S=Name("/GTS_PDFA1"), OutputConditionIdentifier=String("a profile"))
    intent.DestOutputProfile = pdf.make_stream(b"a profile", N=3)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


# -------------------------------------------------------------------- the face
@functools.cache
def _face() -> tuple[uharfbuzz.Face, uharfbuzz.Font]:
    face = uharfbuzz.Face(uharfbuzz.Blob(FACE))
    return face, uharfbuzz.Font(face)


def glyphs_of(text: str) -> list[tuple[int, str]]:
    """Each character's glyph."""
    return [(_face()[1].get_nominal_glyph(ord(each)) or 0, each) for each in text]


def _font(pdf: Pdf, text: str) -> pikepdf.Object:
    """The face as the engine embeds it: with the glyphs of a text."""
    face, font = _face()
    glyphs = dict(glyphs_of(text))
    widths = {glyph: round(font.get_glyph_h_advance(glyph) * 1000 / face.upem) for glyph in glyphs}
    texts = {b"%04x" % glyph: each.encode("utf-16-be").hex().encode() for glyph, each in glyphs.items()}
    name = Name("/ABCDEF+Source-Sans-3")
    program = cut_face(FACE, frozenset(glyphs))
    box = Array([0, -min(glyphs), 500, max(glyphs)])
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=box, ItalicAngle=0, Ascent=900, Descent=-300,
            CapHeight=660, StemV=80, FontFile2=pdf.make_stream(program, Length1=len(program)),
        )
    )  # fmt: skip
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    inner = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDSystemInfo=system, CIDToGIDMap=Name.Identity,
            W=pikepdf.Object.parse(widths_array(widths)), FontDescriptor=descriptor,
        )
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([inner]), ToUnicode=pdf.make_stream(to_unicode(texts)),
        )
    )  # fmt: skip


def opened(pdf: bytes) -> pikepdf.Pdf:
    """A file as a step that goes on with it gets it."""
    return pikepdf.open(io.BytesIO(pdf))
