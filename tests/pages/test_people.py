"""Pages of people: rows that agree, portraits or initials, nothing lost, and what the census finds if something is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word
from directory_pub.edition.key import key_of
from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.persons import name_in_order
from directory_pub.edition.sessions import PersonSession
from directory_pub.findings import Place
from directory_pub.pieces import Resources
from listed_pieces import ListedPieces
from made_people import PEOPLE, write_people
from seen_pages import letters, see_pages
from small_book import errors, lines_of, open_written

MM_PER_PT = 25.4 / 72
LONG = " ".join(f"In year {at} she kept what others had left behind, and wrote it down." for at in range(9))
ENDLESS = "\n\n".join(f"In year {at} she kept what ships had left behind, and wrote it down." for at in range(99))
KEYS = [key_of(name, "en") for name, *_ in PEOPLE]
CONTACT = "contact:\n  - web: www.example.org\n  - mail: office@example.org\n"
MORE = f"speaks: [Danish, English]\nplace: Lindhaven\n{CONTACT}"
Change = Callable[[str], str]


def open_people(folder: Path, **told: object) -> ListedPieces:
    opened = open_written(write_people(folder / "edition", **told))  # type: ignore[arg-type]
    return ListedPieces(opened, [piece for piece in opened.composed.plan() if piece.kind == "people"])


def keys_on(pieces: ListedPieces) -> list[list[str]]:
    return [[b.key for column in page.columns for b in column if not b.part] for page in pieces.listed]


def sized(page: PageText, size_mm: float) -> list[Word]:
    return [word for word in page.words if abs(word.size_pt * MM_PER_PT - size_mm) < 0.02]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> ListedPieces:
    """Twenty people, of whom the first six have a portrait, and one has all that a person may have."""
    return open_people(tmp_path_factory.mktemp("plain"), portraits=6, fields={"kofi-asantrey": MORE})


@pytest.fixture(scope="module")
def set_pages(plain: ListedPieces) -> list[PageText]:
    return [page for at in range(len(plain.plan)) for page in plain.set(at)]


@pytest.mark.quick("A5*")
# -------------------------------------------------------------------- rows
@pytest.mark.slow
@pytest.mark.parametrize(("trim", "rows"), [("170x240", 8), ("A5", 7), ("A4", 10)])
def test_so_many_stand_on_a_page(trim: str, rows: int, tmp_path: Path) -> None:
    """One more on the pages that follow, which have no title."""
    texts = dict.fromkeys(KEYS, "One line.")
    pieces = open_people(tmp_path, trim=trim, texts=texts, section="entries: all")
    full, rest = divmod(len(PEOPLE) - rows, rows + 1)
    assert [len(keys) for keys in keys_on(pieces)] == [rows] + [rows + 1] * full + [rest] * (rest > 0)
    assert [finding for at in range(len(pieces.plan)) for finding in pieces.count(at)] == []


@pytest.mark.slow
def test_the_rows_of_facing_pages_agree(plain: ListedPieces, set_pages: list[PageText]) -> None:
    name_mm = plain.context.grid.mm("person")
    tops = [sorted({round(word.baseline_mm, 2) for word in sized(page, name_mm)}) for page in set_pages]
    assert (len(tops[0]), len(tops[1])) == (8, 9)
    assert tops[0] == tops[1][1:]
    assert tops[2] == tops[1][: len(tops[2])]
    assert tops[1][0] == pytest.approx(plain.context.grid.mm("head") + plain.context.grid.baseline_mm, abs=0.01)
    steps = {round(below - above, 2) for above, below in zip(tops[0], tops[0][1:], strict=False)}
    assert steps == {round(5 * plain.context.grid.unit_mm, 2)}


def test_names_and_texts_begin_on_one_baseline_of_the_grid(plain: ListedPieces, set_pages: list[PageText]) -> None:
    grid = plain.context.grid
    for page in set_pages:
        for line in lines_of(page):
            if line and abs(line[0].size_pt * MM_PER_PT - grid.mm("person")) < 0.02 and line[0].left_mm < 60:
                units = (line[0].baseline_mm - grid.mm("head") - grid.baseline_mm) / grid.unit_mm
                assert abs(units - round(units)) < 0.02, line[0]


def test_the_section_has_its_title_on_its_first_page_alone(plain: ListedPieces, set_pages: list[PageText]) -> None:
    title_mm = plain.context.grid.mm("title")
    assert [[word.text for word in sized(page, title_mm)] for page in set_pages] == [["Speakers"], [], []]
    assert [piece.key for piece in plain.plan] == ["speakers", "speakers/2", "speakers/3"]
    assert "opener" not in {piece.kind for piece in plain.context.composed.plan()}


def test_people_stand_by_their_families(plain: ListedPieces) -> None:
    # Ä is an A in English, and "de la" belongs to a given name.
    assert [key for keys in keys_on(plain) for key in keys] == KEYS
    guides = [page.guide for page in plain.layout_pages()]
    assert guides == ["Abiolande – Brannigeen", "Caldeirão-Pim – Takamorre", "Van Torvalby – Zoë"]


def test_a_name_is_a_persons_voice_and_all_else_the_books(plain: ListedPieces, set_pages: list[PageText]) -> None:
    names = {word.text for page in set_pages for word in page.words if "Serif" in word.face}
    wanted = {word for name, *_ in PEOPLE for word in name.split()}
    assert wanted <= names
    assert {word for word in names - wanted if not word.isupper()} == set()  # initials are the person's, too


def test_who_somebody_is_stands_left_and_what_is_said_right(plain: ListedPieces, set_pages: list[PageText]) -> None:
    grid = plain.context.grid
    page = set_pages[0]  # as set alone, a recto
    says_mm = grid.mm("inner") + grid.person_text_left_mm
    words = [word for line in lines_of(page) for word in line]
    left = " ".join(word.text for word in words if grid.mm("inner") + 20 < word.left_mm < says_mm - 4)
    right = " ".join(word.text for word in words if word.left_mm >= says_mm - 0.1)
    assert "Kofi Asantrey Mayor Town of Kumeriba Lindhaven" in left
    assert "Organisation" not in left + right
    assert "high water interesting. Speaks Danish, English www.example.org office@example.org" in right


def test_a_leaf_that_is_narrow_has_the_text_below_the_name(tmp_path: Path) -> None:
    pieces = open_people(tmp_path, trim="A6", count=4, fields={"kofi-asantrey": MORE})
    (page,) = pieces.layout_pages()
    assert not pieces.context.grid.has_person_text
    assert [block.beside for block in page.columns[0]] == [()] * 4
    kinds = [strip.kind for strip in page.columns[0][3].strips]
    assert kinds == ["name", "where", "where", "where", "text", "field", "contact"]
    assert pieces.count() == []


# -------------------------------------------------------------------- long texts
def test_a_longer_text_makes_its_row_higher(tmp_path: Path) -> None:
    pieces = open_people(tmp_path, texts={"mateus-albergarde": LONG}, portraits=1)
    (page, *_) = pieces.layout_pages()
    heights = [block.lines for block in page.columns[0]]
    assert heights[0] == heights[2] == 5
    assert heights[1] == len([line for strip in page.columns[0][1].beside for line in strip.lines]) > 5
    assert pieces.count() == []


@pytest.mark.slow
def test_what_no_page_holds_goes_on_and_says_so(tmp_path: Path) -> None:
    pieces = open_people(tmp_path, texts={"mateus-albergarde": ENDLESS}, count=3)
    parts = [block for page in pieces.listed for block in page.columns[0] if block.key == "mateus-albergarde"]
    assert len(parts) > 1
    assert [finding for at in range(len(pieces.plan)) for finding in pieces.count(at)] == []
    pages = [page for at in range(len(pieces.plan)) for page in pieces.set(at)]
    said = " ".join(word.text for page in pages for word in page.words)
    assert said.count("Mateus Albergarde, continued") == len(parts) - 1
    assert all(f"In year {at} she" in said for at in range(99))
    assert said.count("MA") == 1  # their initials do not go on


def test_a_row_is_parted_only_where_no_page_holds_it(tmp_path: Path) -> None:
    pieces = open_people(tmp_path, texts=dict.fromkeys(KEYS, LONG))
    assert all(block.parts == 1 for page in pieces.listed for block in page.columns[0])
    assert all(len(keys) > 1 for keys in keys_on(pieces))


def test_nobody_stands_alone_on_the_last_page(tmp_path: Path) -> None:
    texts = dict.fromkeys(KEYS, "One line.")
    assert [len(keys) for keys in keys_on(open_people(tmp_path, count=18, texts=texts))] == [8, 8, 2]


@pytest.mark.slow
@pytest.mark.parametrize("group", ["by-letter", "{by: organisation}"])
def test_people_may_stand_in_groups(group: str, tmp_path: Path) -> None:
    pieces = open_people(tmp_path, section=f"entries: all, group: {group}")
    assert [finding for at in range(len(pieces.plan)) for finding in pieces.count(at)] == []
    heads = [block.key for page in pieces.listed for block in page.columns[0] if block.kind == "head"]
    assert heads[:2] == (["A", "B"] if group == "by-letter" else ["Ateliê Meia Rua", "Bureau of Street Figures"])
    for page in pieces.listed:
        assert page.columns[0][-1].kind == "entry"


@pytest.mark.quick("Speakersand*")
@pytest.mark.parametrize("title", ["Speakers " * 12, "Speakersandallthosewhoanswerthem"])
def test_a_long_title_has_room(title: str, tmp_path: Path) -> None:
    folder = write_people(tmp_path / "edition", trim="A5", count=9)
    sheet = folder / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("title: Speakers", f"title: {title.strip()}"), "utf-8")
    opened = open_written(folder)
    pieces = ListedPieces(opened, [piece for piece in opened.composed.plan() if piece.kind == "people"])
    assert not any(page.head for page in pieces.listed[1:])
    (page, *_) = pieces.set()
    last = max(word.baseline_mm for word in sized(page, opened.grid.mm("title")))
    assert min(word.baseline_mm for word in sized(page, opened.grid.mm("person"))) > last + opened.grid.unit_mm


# -------------------------------------------------------------------- portraits
def test_a_portrait_is_square_from_the_names_cap_height_down(plain: ListedPieces) -> None:
    grid = plain.context.grid
    html = plain.context.composed.piece(plain.plan[0])
    assert html.count("<figure") == 6
    assert html.count('alt="Nkechi Abiolande"') == 1
    assert "object-position: 50.0% 30.0%" in html  # faces stand above the middle
    assert 17 < grid.mm("portrait") < 18


def test_who_has_none_has_initials_in_its_place(plain: ListedPieces, set_pages: list[PageText]) -> None:
    size_mm = plain.context.grid.mm("person-initials")
    found = [word.text for page in set_pages for word in sized(page, size_mm)]
    assert found == ["IB", "AB", "IC", "VC", "RC", "FD", "MD", "SD", "ME", "LF", "JT", "SV", "OV", "Z"]


def test_portraits_may_be_round(tmp_path: Path) -> None:
    pieces = open_people(tmp_path, section="entries: all, portraits: round", portraits=2, count=4)
    assert 'class="people round' in pieces.context.composed.piece(pieces.plan[0])
    assert pieces.count() == []


# -------------------------------------------------------------------- what the census finds
def without(pattern: str) -> Change:
    return lambda html: re.sub(pattern, "", html, count=1, flags=re.DOTALL)


def put(old: str, new: str) -> Change:
    return lambda html: html.replace(old, new, 1)


def test_nothing_is_found_where_nothing_is_wrong(plain: ListedPieces) -> None:
    assert [finding for at in range(len(plain.plan)) for finding in plain.count(at)] == []


@pytest.mark.quick("*lost0")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without(r'<article class="listed person" id="greta-ambuhlen".*?</article>'), "words-lost"),
        (without(r'<p class="initials".*?</p>'), "words-unknown"),
        (put(">IB<", ">IX<"), "words-unknown"),
        (put(">Speakers</span>", "></span>"), "words-lost"),
        (put("Statistician", "Statistics"), "words-lost"),
        (without(r'<address class="contact">.*?</address>'), "words-lost"),
        (put("Town of Kumeriba", "Kumeriba Town of"), "words-moved"),
        (put('<div class="says">', '<div class="says" style="left: 1mm">'), "words-moved"),
        (put('data-guide="Abiolande', 'data-guide="Albergarde'), "folio-wrong"),
    ],
)
def test_a_fault_of_a_layout_is_found(plain: ListedPieces, change: Change, code: str) -> None:
    found = {finding.code for finding in plain.count(0, change)}
    assert code in found or (code == "words-moved" and found & {"words-lost", "words-overlap", "words-overset"}), found


# -------------------------------------------------------------------- the book
INDEXES = "index:\n  - {of: people, title: People}\n  - {of: organisations, title: Organisations}\n"


def build(folder: Path, edition: Path, cache: Path | None = None) -> BuildResult:
    return build_edition(edition, folder, resources=Resources(cache=cache))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {"jun-takamorre": "See [the baker](#mateus-albergarde)."}
    fields = {"kofi-asantrey": MORE, "zoe": "see_also: [kofi-asantrey]\n"}
    return write_people(
        tmp_path_factory.mktemp("book") / "edition", portraits=12, more=INDEXES, texts=texts, fields=fields
    )


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def book(edition: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return build(tmp_path_factory.mktemp("out"), edition, cache)


def test_both_files_are_delivered_with_their_labels(book: BuildResult) -> None:
    assert errors(book) == []
    assert {finding.code for finding in book.report} == {"portrait-missing", "index-empty"}
    assert set(book.files) == {"press", "email"}


def test_the_contents_have_a_row_for_the_section(book: BuildResult) -> None:
    pages = see_pages(book.files["email"])
    contents = next(page for page in pages if "Contents" in [words.text for words in page.body])
    assert [(link.text.rstrip(". 0123456789"), link.page) for link in contents.links] == [
        ("Speakers", 1),
        ("People", 4),
    ]


def test_bookmarks_of_people_hang_below_the_sections(book: BuildResult) -> None:
    with pikepdf.open(io.BytesIO(book.files["email"].read_bytes())) as file, file.open_outline() as outline:
        top = {item.title: [each.title for each in item.children] for item in outline.root}
    assert top["Speakers"] == [name for name, *_ in PEOPLE]
    assert set(top) == {"Contents", "Speakers", "People"}


def test_the_index_of_people_leads_to_each(book: BuildResult, edition: Path) -> None:
    opened = open_written(edition)
    pages = see_pages(book.files["email"])
    said = " ".join(words.text for words in pages[4].words)
    for entry in opened.edition.entries:
        folio = next(page.folio for page in pages[1:4] if letters(entry.name) in page.letters)
        assert f"{name_in_order(entry)} {folio}" in said.replace("\xa0", " ")
    assert {link.page for link in pages[4].links} == {1, 2, 3}


def test_a_reference_leads_to_the_persons_page(book: BuildResult) -> None:
    pages = see_pages(book.files["email"])
    links = {link.text: link.page for page in pages[1:4] for link in page.links if link.page is not None}
    assert links["the baker"] == 1
    assert links["Kofi Asantrey"] == 1


@pytest.mark.slow
def test_an_edited_person_costs_a_page(book: BuildResult, edition: Path, cache: Path, tmp_path: Path) -> None:
    path = edition / "speakers" / "vito-carraneghi.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Knows which stall", "Knows well which stall"), "utf-8")
    try:
        again = build(tmp_path / "again", edition, cache)
    finally:
        path.write_text(text, "utf-8")
    assert errors(again) == []
    assert list(again.pieces_set) == ["speakers/2"]


@pytest.mark.slow
def test_a_portrait_that_is_another_costs_a_page(book: BuildResult, edition: Path, cache: Path, tmp_path: Path) -> None:
    path = edition / "photos" / "nkechi-abiolande.png"
    before = path.read_bytes()
    path.write_bytes((edition / "photos" / "kofi-asantrey.png").read_bytes())
    try:
        again = build(tmp_path / "again", edition, cache)
    finally:
        path.write_bytes(before)
    assert list(again.pieces_set) == ["speakers"]


# -------------------------------------------------------------------- sessions
@pytest.fixture
def with_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A programme of which two speak: their sessions are on the pages of two others."""

    def sessions_of(edition: Edition, entry: Entry) -> tuple[PersonSession, ...]:
        place = Place(file="programme.yaml", line=4)
        told = {
            "kofi-asantrey": (PersonSession("Tue 14.00", "zoe", place), PersonSession("Wed 16.30", "vito-carraneghi", place)),
            "zoe": (PersonSession("Thu 9.00", "kofi-asantrey", place),),
        }  # fmt: skip
        return told.get(entry.key, ())

    monkeypatch.setattr(Edition, "sessions_of", sessions_of)


@pytest.mark.slow
@pytest.mark.usefixtures("with_sessions")
@pytest.mark.parametrize("references", ["page", "link"])
def test_sessions_stand_below_the_name_with_their_pages(references: str, tmp_path: Path) -> None:
    edition = write_people(
        tmp_path / "edition", more=f"cross_references: {{press: {references}, email: {references}}}\n"
    )
    result = build_edition(edition, tmp_path / "out", resources=Resources(jobs=1))
    assert [str(finding) for finding in errors(result)] == []
    pages = see_pages(result.files["email"])
    told = {(link.text.replace("\xa0", " "), link.page) for page in pages for link in page.links}
    wanted = [("Tue 14.00", 3), ("Wed 16.30", 2), ("Thu 9.00", 1)]
    assert told >= {(f"{words} {page + 1}" if references == "page" else words, page) for words, page in wanted}


@pytest.mark.slow
@pytest.mark.usefixtures("with_sessions")
def test_a_session_that_moves_costs_the_pages_of_its_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = write_people(tmp_path / "edition")
    told = Resources(cache=tmp_path / "cache", jobs=1)
    build_edition(edition, tmp_path / "out", resources=told)
    before = Edition.sessions_of

    def moved(self: Edition, entry: Entry) -> tuple[PersonSession, ...]:
        return tuple(replace(each, words=each.words.replace("14.00", "15.00")) for each in before(self, entry))

    monkeypatch.setattr(Edition, "sessions_of", moved)
    assert list(build_edition(edition, tmp_path / "out", resources=told).pieces_set) == ["speakers"]


# -------------------------------------------------------------------- what may be said of a person
SAID = """See [the section](#speakers) and [Kofi](#kofi-asantrey).

- one
- two
  1. three

> Quoted at some length, so that it has two lines beside the names.
>
> — **ADA BRANDT,** KEEPER

## HEAD

Term
: Definition of it.

Other term
: Definition.
"""


@pytest.mark.quick("A6")
@pytest.mark.parametrize("trim", ["170x240", "A6"])
def test_a_text_may_have_every_kind_of_block(trim: str, tmp_path: Path) -> None:
    pieces = open_people(tmp_path, trim=trim, texts={"mateus-albergarde": SAID}, count=4)
    assert [finding for at in range(len(pieces.plan)) for finding in pieces.count(at)] == []


@pytest.mark.slow
def test_a_section_without_people_has_its_title_all_the_same(tmp_path: Path) -> None:
    edition = write_people(tmp_path / "edition", count=3, fields={"kofi-asantrey": MORE})
    sheet = edition / "edition.yaml"
    sheet.write_text(
        f"{sheet.read_text('utf-8')}  - {{key: board, title: Board, form: people, entries: []}}\n", "utf-8"
    )
    result = build_edition(edition, tmp_path / "out", resources=Resources())
    assert errors(result) == []
    pages = see_pages(result.files["email"])
    assert [words.text for words in pages[2].body] == ["Board"]


@pytest.mark.slow
def test_what_a_variant_does_not_show_is_not_there(tmp_path: Path) -> None:
    show = "variants: {members: {}, public: {}}\nshow: {contact: members}\n"
    edition = write_people(tmp_path / "edition", count=4, more=show, fields={"kofi-asantrey": CONTACT})
    said = {}
    for variant in ("members", "public"):
        result = build_edition(edition, tmp_path / "out", variant=variant, resources=Resources())
        assert errors(result) == []
        said[variant] = " ".join(words.text for page in see_pages(result.files["email"]) for words in page.words)
    assert "office@example.org" in said["members"]
    assert "office@example.org" not in said["public"]
