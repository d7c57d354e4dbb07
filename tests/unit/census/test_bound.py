"""A bound book is held against its pieces: a page, a folio, a link or a row of tags that is not theirs is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name, String

from directory_pub.bind import FolioSheet, Leaf, PieceObjects, assemble_book, take_apart_folios, take_apart_pages
from directory_pub.census import PageFingerprint, check_bound, fingerprint_folios, fingerprint_pages
from directory_pub.findings import Place
from directory_pub.pdf_writing.linearise import linearise
from project import ROOT
from unit.small_pieces import FACE, POSTSCRIPT_NAME, Link, Made, opened

HERE = Place(file="edition.yaml")
ONE = Made(key="one", texts=["First words", "More of them"], opens=True, links={1: [Link("two", goal="two")]})
TWO = Made(key="two", texts=["Second words"], pictures={0: bytes(range(16))}, alt="A grey field")
FOLIOS = Made(key="folios", texts=["1", "2", "3"], tagged=False)
Fingerprints = list[PageFingerprint]


def given(objects: PieceObjects) -> Callable[[], PieceObjects]:
    return lambda: objects


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, Fingerprints]:
    """Two pieces bound with their folios and linearised, and the fingerprints of their pages."""
    path = tmp_path / "book.pdf"
    leaves = [
        Leaf("entry", made.key, at, given(take_apart_pages(opened(made.pdf()), has_folio=True, opens=at == 0)))
        for made, at in ((ONE, 0), (TWO, 2))
    ]
    sheet = FolioSheet("entry", 1, given(take_apart_folios(opened(FOLIOS.pdf()))))
    with io.BytesIO() as bound:
        assemble_book(leaves, [sheet], {POSTSCRIPT_NAME: FACE}, bound, for_screen=True)
        linearise(bound, path)
    pages = [*fingerprint_pages(opened(ONE.pdf())), *fingerprint_pages(opened(TWO.pdf()))]
    folios = fingerprint_folios(opened(FOLIOS.pdf()))
    return path, [PageFingerprint(*each) for each in zip(pages, folios, strict=True)]


def messages_of(path: Path, fingerprints: Fingerprints) -> list[str]:
    findings = check_bound(path, fingerprints, len(fingerprints), {}, HERE)
    assert {finding.code for finding in findings} <= {"book-unlike-pieces"}
    return [finding.message for finding in findings]


def test_a_book_of_its_pieces_has_no_finding(book: tuple[Path, Fingerprints]) -> None:
    assert messages_of(*book) == []


def change(path: Path, act: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        act(pdf)
        pdf.save(path)


def other_words(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents
    content.write(content.read_bytes().replace(b"Td <", b"Td <0003"))


def other_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.pages[2].Resources.XObject.P
    picture.write(bytes(16))


def no_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj["/Annots"]


def folios_swapped(pdf: pikepdf.Pdf) -> None:
    one, other = (pdf.pages[at].Resources.XObject for at in (0, 1))
    one.Folio, other.Folio = other.Folio, one.Folio


def link_astray(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for link in page.obj.get("/Annots", Array()):
            link.Dest = String("nowhere")


def other_face(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[1].Resources.Font.F1
    program = (ROOT / "fonts" / "source-sans-3" / "SourceSans3_700Bold.ttf").read_bytes()
    font.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(program)


def row_gone(pdf: pikepdf.Pdf) -> None:
    leaf = pdf.Root.StructTreeRoot.ParentTree.Kids[0]
    leaf.Nums = Array(list(leaf.Nums)[2:])


def row_doubled(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.StructParents = 0


def other_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj[Name.TrimBox] = Array([0, 0, 190, 300])


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (other_words, "page 2 draws other things than the page that was checked."),
        (other_picture, "page 3 draws other things than the page that was checked."),
        (other_face, "page 1 draws other things than the page that was checked."),
        (no_link, "page 2 draws other things than the page that was checked."),
        (other_box, "page 1 draws other things than the page that was checked."),
        (folios_swapped, "page 1 has a folio of another page, or none."),
        (link_astray, "a link of page 2 leads to 'nowhere', which is not in the book."),
        (row_gone, "rows of the parent tree, which has"),
        (row_doubled, "rows of the parent tree, which has"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_is_not_of_the_pieces_is_found(
    book: tuple[Path, Fingerprints], act: Callable[[pikepdf.Pdf], None], said: str
) -> None:
    change(book[0], act)
    messages = messages_of(*book)
    assert any(said in message for message in messages), messages


def cut_short(content: bytes) -> bytes:
    return content[: content.rindex(b"startxref")]


def stream_damaged(content: bytes) -> bytes:
    """A byte of what page 2 draws is another one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        stream = pdf.pages[1].Contents.read_raw_bytes()
    at = content.index(stream) + len(stream) // 2
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def other_object(content: bytes) -> bytes:
    """Another object stands where the table says that a page does; a reader that mends would find the page."""
    at = content.rindex(b" 0 obj", 0, content.index(b"/Type /Page "))
    return content[: at - 1] + (b"1" if content[at - 1 : at] == b"0" else b"0") + content[at:]


@pytest.mark.parametrize("damage", [cut_short, stream_damaged, other_object])
def test_a_damaged_file_is_found(book: tuple[Path, Fingerprints], damage: Callable[[bytes], bytes]) -> None:
    path, fingerprints = book
    path.write_bytes(damage(path.read_bytes()))
    messages = messages_of(path, fingerprints)
    assert len(messages) == 1
    assert "cannot be read as written" in messages[0] or "page 2 draws other things" in messages[0]


def test_a_missing_page_is_found(book: tuple[Path, Fingerprints]) -> None:
    path, fingerprints = book
    assert messages_of(path, [*fingerprints, fingerprints[0]]) == ["the book has 3 pages; its pieces have 4."]
