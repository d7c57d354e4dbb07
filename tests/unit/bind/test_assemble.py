"""Pieces are taken apart and bound into one book: what each brings is there, what they share is there once."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from directory_pub.bind import FolioSheet, Leaf, PieceObjects, assemble_book, take_apart_folios, take_apart_pages
from directory_pub.pdf_writing.linearise import linearise
from directory_pub.storage.serialise import deserialise, serialise
from reading import read_tags
from unit.small_pieces import FACE, POSTSCRIPT_NAME, Link, Made, glyphs_of, opened

EMAIL, PRESS = "linearised", "plain"
SHARED, OWN = bytes(range(16)), bytes(range(100, 116))
STRANGE = [
    "12 0 R",
    "see 7 0 R and 8 0 R (1 0 R)",
    "50 %d of %% and %b",
    "a ( b",
    "a ) b",
    "((a) (b",
    "back\\slash \\( 3 0 R",
    "/StructParent 5",
    "/StructParents 0 /Parent 1 0 R >>",
    "endobj stream 9 0 obj",
    "Ålesund — 港 3 0 R",
    "<4d> 5 0 R <",
]

COVER = Made(key="cover", texts=["Cover"], bookmark="Cover", pictures={0: SHARED}, opens=True)
TOWNS = Made(key="towns", texts=["Towns"], bookmark="Towns", links={0: [Link("Quay", goal="quay")]})
QUAY = Made(
    key="quay",
    texts=["A quay", "and a mole"],
    bookmark="Quay",
    pictures={0: SHARED, 1: OWN},
    links={
        0: [Link("See", goal="mole"), Link("web", "https://quay.example/")],
        1: [Link("mail", "mailto:a@quay.example")],
    },
    note_id="note-1",
    alt="Boats",
)
MOLE = Made(key="mole", texts=["Jetty"], bookmark="Mole", links={0: [Link("back", goal="quay")]}, note_id="note-2")
MOLE_ALONE = replace(MOLE, links={})
BOOK = (COVER, TOWNS, QUAY, MOLE)
UNDER = {"quay": "towns", "mole": "towns"}


def objects_of(piece: Made, **how: Any) -> PieceObjects:
    """The objects of a piece as a worker hands them over: through bytes."""
    made = take_apart_pages(opened(piece.pdf()), opens=piece.opens, **how)
    made.titles = {piece.key: piece.key.title()}
    return deserialise(serialise(made, PieceObjects), PieceObjects)


def book_of(pieces: Sequence[Made], way: str, *, has_folio: bool = False) -> bytes:
    """The pieces bound, and linearised for the screen; with folios from a sheet that begins at 1."""
    leaves, at = [], 0
    for piece in pieces:
        made = objects_of(piece, has_folio=has_folio)
        leaves.append(Leaf("entry", piece.key, at, lambda made=made: made, UNDER.get(piece.key)))
        at += len(piece.texts)
    numbers = Made(key="folios", texts=[str(number) for number in range(1, at + 1)], tagged=False)
    sheet = take_apart_folios(opened(numbers.pdf()))
    folios = [FolioSheet("entry", 1, lambda: sheet)] if has_folio else []
    bound, out = io.BytesIO(), io.BytesIO()
    assemble_book(leaves, folios, {POSTSCRIPT_NAME: FACE}, bound, for_screen=way == EMAIL)
    if way == PRESS:
        return bound.getvalue()
    linearise(bound, out)
    return out.getvalue()


def without_bookmarks(pieces: Sequence[Made]) -> list[Made]:
    return [replace(piece, bookmark="") for piece in pieces]


@pytest.fixture(scope="module", params=[EMAIL, PRESS])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def content(way: str) -> bytes:
    """The book of four pieces; for the press without bookmarks, as finish hands pieces over."""
    return book_of(BOOK if way == EMAIL else without_bookmarks(BOOK), way)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


# -------------------------------------------------------------------- the file
def complaints(content: bytes, path: Path) -> list[str]:
    """What qpdf finds wrong, the one inside pikepdf and the one that is installed."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        found = [*opened.check_pdf_syntax(), *map(str, opened.get_warnings())]
        if opened.is_linearized and not opened.check_linearization(io.StringIO()):
            found.append("not linearised as it says")
    if shutil.which("qpdf"):
        path.write_bytes(content)
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False, timeout=60)
        found += [done.stderr] if done.returncode else []
    return found


def test_qpdf_has_nothing_to_say(content: bytes, tmp_path: Path) -> None:
    assert complaints(content, tmp_path / "book.pdf") == []


def test_the_file_for_the_screen_is_linearised_and_the_one_for_the_press_is_not(pdf: Pdf, way: str) -> None:
    assert pdf.is_linearized == (way == EMAIL)
    assert ("/PageLabels" in pdf.Root, "/OpenAction" in pdf.Root) == (way == EMAIL, way == EMAIL)


def test_the_same_pieces_give_the_same_bytes(content: bytes, way: str) -> None:
    assert book_of(BOOK if way == EMAIL else without_bookmarks(BOOK), way) == content


def test_no_object_is_left_that_nothing_leads_to(pdf: Pdf, content: bytes) -> None:
    reached: set[tuple[int, int]] = set()
    waiting: list[Any] = [pdf.trailer]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Object) and each.is_indirect:
            if each.objgen in reached:
                continue
            reached.add(each.objgen)
        if isinstance(each, Array):
            waiting += each.as_list()
        elif isinstance(each, Dictionary | Stream):
            waiting += [value for _, value in each.items()]
    there = {each.objgen for each in pdf.objects if isinstance(each, pikepdf.Object)} - {(0, 0)}
    loose = [pdf.get_object(objgen) for objgen in there - reached]
    kinds = {
        str(each.get("/Type", each.get("/Linearized", "hints")))
        for each in loose
        if isinstance(each, Dictionary | Stream)
    }
    assert kinds <= {"/XRef", "/ObjStm", "1", "hints"}, kinds


# -------------------------------------------------------------------- pages
def test_there_is_one_page_tree_with_every_page_in_its_order(pdf: Pdf, content: bytes) -> None:
    root = pdf.Root.Pages
    assert int(root.Count) == len(pdf.pages) == 5
    assert [int(node.Count) for node in root.Kids] == [1, 1, 2, 1]
    assert len({page.obj.objgen for page in pdf.pages}) == 5
    for node in root.Kids:
        assert node.Parent.objgen == root.objgen
        assert all(page.Parent.objgen == node.objgen for page in node.Kids)
    assert texts(content) == ["Cover", "Towns", "A quay", "and a mole", "Jetty"]


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return found


def test_every_page_looks_as_its_piece_does(content: bytes) -> None:
    assert pictures(content) == [page for piece in BOOK for page in pictures(piece.pdf())]


def pictures(content: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(content)
    found = [page.render(scale=1).to_pil().tobytes() for page in document]
    document.close()
    return found


def test_what_a_book_has_once_is_that_of_the_piece_that_opens_it(pdf: Pdf, way: str) -> None:
    assert pdf.pdf_version == "1.7"
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en-GB", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.docinfo[Name.Title] == "Harbour"
    (intent,) = pdf.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes() == b"a profile"
    with pikepdf.open(io.BytesIO(COVER.pdf())) as cover:
        assert pdf.Root.Metadata.read_bytes() == cover.Root.Metadata.read_bytes()


def test_the_metadata_can_be_read_as_they_stand(content: bytes) -> None:
    assert content.count(b"<?xpacket begin") == content.count(b"<?xpacket end") == 1


def test_a_page_calls_the_folio_that_the_book_gives_it(way: str, tmp_path: Path) -> None:
    numbered = book_of(without_bookmarks(BOOK), way, has_folio=True)
    assert complaints(numbered, tmp_path / "book.pdf") == []
    # A folio is drawn over the page from a form of its own, and is read after the page's words.
    assert [re.sub(r"\s", "", text) for text in texts(numbered)] == [
        "Cover1",
        "Towns2",
        "Aquay3",
        "andamole4",
        "Jetty5",
    ]
    with pikepdf.open(io.BytesIO(numbered)) as opened:
        forms = [page.obj.Resources.XObject.Folio for page in opened.pages]
        assert len({form.objgen for form in forms}) == 5
        assert [len(page.obj.Resources.XObject.keys()) for page in opened.pages] == [2, 1, 2, 2, 1]


# -------------------------------------------------------------------- tags
def test_there_is_one_structure_tree_with_all_pieces_below_one_document(pdf: Pdf, content: bytes) -> None:
    (document,) = pdf.Root.StructTreeRoot.K
    assert (document.S, document.P.objgen) == (Name.Document, pdf.Root.StructTreeRoot.objgen)
    assert [(each.S, each.P.objgen) for each in document.K] == [(Name.Art, document.objgen)] * 4
    tags = read_tags(content)  # fails if marked content is claimed twice or by nobody
    assert [article.pages for article in tags.document.all("Art")] == [{0}, {1}, {2, 3}, {4}]
    assert tags.document.all("Art")[2].text == "A quay and a mole"


def rows_of(node: Any) -> list[tuple[int, Any]]:
    """The rows of a number tree; each leaf must keep to its limits."""
    if "/Kids" in node:
        return [row for kid in node.Kids for row in rows_of(kid)]
    numbers = node.Nums.as_list()
    assert [int(each) for each in node.Limits] == [int(numbers[0]), int(numbers[-2])]
    return [(int(key), each) for key, each in zip(numbers[::2], numbers[1::2], strict=True)]


def test_the_parent_tree_has_no_row_that_is_doubled_or_not_reached(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    rows = rows_of(root.ParentTree)
    assert [key for key, _ in rows] == list(range(int(root.ParentTreeNextKey)))
    left = dict(rows)
    for page in pdf.pages:
        parents = left.pop(int(page.obj.StructParents))
        assert [(int(each.K[0]), each.Pg.objgen) for each in parents] == [
            (number, page.obj.objgen) for number in range(len(parents))
        ]
        for link in page.obj.get("/Annots", []):
            element = left.pop(int(link.StructParent))
            assert Name.Link == element.S
            assert (element.K[0].Obj.objgen, element.K[0].Pg.objgen) == (link.objgen, page.obj.objgen)
    assert left == {}


def test_there_is_one_tree_of_notes(pdf: Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names.as_list()
    assert [str(each) for each in names[::2]] == ["note-1", "note-2"]
    assert [str(each.ID) for each in names[1::2]] == ["note-1", "note-2"]


# -------------------------------------------------------------------- names, bookmarks, links
def test_there_is_one_tree_of_names_and_each_leads_to_its_page(pdf: Pdf) -> None:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found = {name: numbers[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    assert found == {"cover": 0, "towns": 1, "quay": 2, "mole": 4}
    keys = [str(key) for leaf in pdf.Root.Names.Dests.Kids for key in leaf.Names.as_list()[::2]]
    assert keys == sorted(keys)
    place = pikepdf.NameTree(pdf.Root.Names.Dests)["quay"]
    assert [place[1], *map(float, place[2:4]), place[4]] == [Name.XYZ, 20, 280, None]


def test_many_names_are_found_by_a_reader_that_looks_by_limits(way: str) -> None:
    many = [COVER, *(Made(key=f"town-{number}", texts=["x"]) for number in range(150))]
    with pikepdf.open(io.BytesIO(book_of(without_bookmarks(many), way))) as opened:
        leaves = list(opened.Root.Names.Dests.Kids)
        assert len(leaves) > 2
        limits = [(str(leaf.Limits[0]), str(leaf.Limits[1])) for leaf in leaves]
        assert limits == sorted(limits)
        for leaf, (first, last) in zip(leaves, limits, strict=True):
            keys = [str(key) for key in leaf.Names.as_list()[::2]]
            assert (keys[0], keys[-1]) == (first, last)
        pages = [page.obj.objgen for page in opened.pages]
        names = pikepdf.NameTree(opened.Root.Names.Dests)
        assert [names[f"town-{number}"][0].objgen for number in range(150)] == pages[1:]


@pytest.mark.parametrize("either", [EMAIL, PRESS])
def test_bookmarks_hang_below_that_of_their_section(either: str) -> None:
    with pikepdf.open(io.BytesIO(book_of(BOOK, either))) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Cover", "Towns"]
        assert [item.title for item in outline.root[1].children] == ["Quay", "Mole"]
        pages = {page.obj.objgen: index for index, page in enumerate(opened.pages)}
        items = [*outline.root, *outline.root[1].children]
        assert [pages[item.destination[0].objgen] for item in items] == [0, 1, 2, 4]
        assert int(opened.Root.Outlines.Count) == 4


def test_a_link_to_another_piece_says_where_it_leads(pdf: Pdf) -> None:
    descriptions = [str(link.Contents) for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert descriptions == ["Quay, 3", "See, Mole, 5", "web", "mail", "back, Quay, 3"]
    goals = [str(link.Dest) for page in pdf.pages for link in page.obj.get("/Annots", []) if "/Dest" in link]
    assert goals == ["quay", "mole", "quay"]


@pytest.mark.parametrize("links", [1, 40, 200])
def test_links_of_any_number_stand_with_their_pages(way: str, links: int, tmp_path: Path) -> None:
    pieces = [COVER]
    for number in range(4):
        listed = [Link(f"{number}.{each}", f"https://a.example/{number}/{each}") for each in range(links)]
        pieces.append(Made(key=f"town-{number}", texts=["x", "y"], links={number % 2: listed}))
    content = book_of(without_bookmarks(pieces), way)
    assert complaints(content, tmp_path / "book.pdf") == []
    with pikepdf.open(io.BytesIO(content)) as opened:
        found = [[str(link.Contents) for link in page.obj.get("/Annots", [])] for page in opened.pages]
    wanted = [[f"{number}.{each}" for each in range(links)] for number in range(4)]
    assert found == [[], wanted[0], [], [], wanted[1], wanted[2], [], [], wanted[3]]


def test_links_of_a_single_page_are_its_own(way: str) -> None:
    """Older versions of qpdf count such links to the structure tree, so only that of pikepdf is asked."""
    content = book_of(without_bookmarks([COVER, replace(QUAY, links={1: QUAY.links[0]}), MOLE_ALONE]), way)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.check_pdf_syntax() == []
        if way == EMAIL:
            assert opened.check_linearization(io.StringIO())
        assert [len(page.obj.get("/Annots", [])) for page in opened.pages] == [0, 0, 2, 0]


# -------------------------------------------------------------------- what is there once
def fonts(pdf: Pdf) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Subtype") == Name.Type0]


def test_each_face_is_there_once_with_the_glyphs_of_all_pieces(pdf: Pdf) -> None:
    (font,) = fonts(pdf)
    inner = font.DescendantFonts[0]
    wanted = dict(glyphs_of("".join(text for piece in BOOK for text in piece.texts)))
    rows = inner.W.as_list()
    codes = [int(first) + at for first, listed in zip(rows[::2], rows[1::2], strict=True) for at in range(len(listed))]
    assert codes == sorted(wanted)
    (rows_of_texts,) = re.findall(rb"beginbfchar\n(.*)\nendbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
    table = dict(re.findall(rb"<(\w{4})> <(\w{4})>", rows_of_texts))
    assert {int(code, 16): chr(int(text, 16)) for code, text in table.items()} == wanted
    box = [float(edge) for edge in inner.FontDescriptor.FontBBox]
    lowest = max(min(dict(glyphs_of("".join(piece.texts)))) for piece in BOOK)
    assert (box[1], box[3]) == (-lowest, max(wanted)), "the box holds those of all pieces"
    programs = [each for each in pdf.objects if isinstance(each, Dictionary) and "/FontFile2" in each]
    assert len(programs) == 1


def images(pdf: Pdf) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, Stream) and each.get("/Subtype") == Name.Image]


def test_a_picture_that_two_pieces_use_is_there_once(pdf: Pdf) -> None:
    assert sorted(each.read_bytes() for each in images(pdf)) == [SHARED, OWN]
    cover, quay = (pdf.pages[index].obj.Resources.XObject.P for index in (0, 2))
    assert cover.objgen == quay.objgen


def test_a_picture_that_one_page_uses_stands_beside_it(pdf: Pdf, content: bytes) -> None:
    own = next(each for each in images(pdf) if each.read_bytes() == OWN)
    begins = {int(found[1]): found.start() for found in re.finditer(rb"(?<=\n)(\d+) 0 obj\n", content)}
    page, after = (begins[pdf.pages[index].obj.objgen[0]] for index in (3, 4))
    assert page < begins[own.objgen[0]] < after


# -------------------------------------------------------------------- strings
@pytest.fixture(scope="module")
def strange(way: str) -> bytes:
    """A book whose strings look like what is filled in: in addresses, words, descriptions, bookmarks and notes."""
    pieces = [COVER]
    for number, text in enumerate(STRANGE):
        links = [Link(text, text), Link(text, goal="town-0")]
        key = f"town-{number}"
        pieces.append(
            Made(
                key=key,
                texts=["x"],
                pictures={0: OWN},
                links={0: links},
                bookmark=text,
                alt=text,
                note_id=f"{text}{number}",
            )
        )
    return book_of(pieces if way == EMAIL else without_bookmarks(pieces), way)


def test_strings_that_look_like_what_is_filled_in_come_through_unchanged(
    strange: bytes, way: str, tmp_path: Path
) -> None:
    assert complaints(strange, tmp_path / "book.pdf") == []
    with pikepdf.open(io.BytesIO(strange)) as opened:
        pages = [page.obj for page in opened.pages][1:]
        assert [str(page.Annots[0].A.URI) for page in pages] == STRANGE
        assert [str(page.Annots[0].Contents) for page in pages] == STRANGE
        assert [str(page.Annots[1].Contents) for page in pages] == [f"{text}, Town-0, 2" for text in STRANGE]
        figures = [each for each in opened.objects if isinstance(each, Dictionary) and each.get("/S") == Name.Figure]
        assert Counter(str(each.Alt) for each in figures) == Counter([*STRANGE, ""])  # the cover's has none
        ids = opened.Root.StructTreeRoot.IDTree.Names.as_list()[::2]
        assert {str(each) for each in ids} == {f"{text}{number}" for number, text in enumerate(STRANGE)}
        if way == EMAIL:
            with opened.open_outline() as outline:
                assert [item.title for item in outline.root][1:] == STRANGE


def test_names_may_hold_signs_that_mean_something_to_a_pdf(way: str) -> None:
    keys = ["%d", "a(b", "100%", "c\\d", "é"]
    pieces = [COVER, *(Made(key=key, texts=["x"], links={0: [Link("on", goal=keys[0])]}) for key in keys)]
    with pikepdf.open(io.BytesIO(book_of(without_bookmarks(pieces), way))) as opened:
        assert set(pikepdf.NameTree(opened.Root.Names.Dests).keys()) == {"cover", *keys}
        assert [str(page.obj.Annots[0].Dest) for page in opened.pages[1:]] == ["%d"] * len(keys)
        assert {str(page.obj.Annots[0].Contents) for page in opened.pages[1:]} == {"on, %D, 2"}


# -------------------------------------------------------------------- what cannot be bound
def change(pdf: bytes, how: Callable[[Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        how(opened)
        out = io.BytesIO()
        opened.save(out, fix_metadata_version=False)
        return out.getvalue()


def test_a_piece_with_an_object_that_holds_itself_is_refused() -> None:
    def tie(pdf: Pdf) -> None:
        loop = pdf.make_indirect(Dictionary(Name=String("a loop")))
        loop.Self = loop
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=loop)

    with pytest.raises(ValueError, match="holds itself"):
        take_apart_pages(opened(change(QUAY.pdf(), tie)))


def test_a_face_that_nobody_has_a_file_of_is_a_key_error() -> None:
    cover = objects_of(COVER)
    with pytest.raises(KeyError, match=POSTSCRIPT_NAME):
        assemble_book([Leaf("cover", "cover", 0, lambda: cover)], [], {}, io.BytesIO(), for_screen=True)


def test_a_folio_that_no_sheet_has_is_a_key_error() -> None:
    cover = objects_of(COVER, has_folio=True)
    with pytest.raises(KeyError):
        assemble_book(
            [Leaf("cover", "cover", 0, lambda: cover)], [], {POSTSCRIPT_NAME: FACE}, io.BytesIO(), for_screen=True
        )


def test_the_objects_of_a_piece_do_not_depend_on_their_numbers_in_its_file() -> None:
    again = change(QUAY.pdf(), lambda pdf: None)
    assert take_apart_pages(opened(again)) == take_apart_pages(opened(QUAY.pdf()))
