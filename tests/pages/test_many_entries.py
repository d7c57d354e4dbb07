"""Three made-up editions with many entries: 150 members, 400 branches, and partners in two variants.

Their files are read by PDFium alone; what must stand in them is taken from the tables and files that they were made of.
"""

from __future__ import annotations

import csv
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from openpyxl import load_workbook

from conftest import built_once
from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Resources
from made_editions.branches import PLACES, branch_rows
from made_editions.members import HEADS, LONG, member_rows
from made_editions.partners import BOARD, partner_files
from project import ROOT, kept_pieces
from seen_pages import SeenPage, letters, see_pages
from small_book import errors, write_small

EDITIONS = ROOT / "tests" / "editions"
MEMBERS, BRANCHES, PARTNERS = (EDITIONS / name for name in ("members", "branches", "partners"))
MM_PER_PT = 25.4 / 72


# -------------------------------------------------------------------- what is kept is what is written
def test_the_workbook_is_as_it_is_written() -> None:
    sheet = load_workbook(MEMBERS / "members.xlsx").active
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == HEADS
    assert [dict(zip(head, row, strict=True)) for row in rows] == [
        {name: row.get(name) for name in HEADS} for row in member_rows()
    ]
    assert (MEMBERS / "members.xlsx").stat().st_size < 60_000


def test_the_other_files_are_as_they_are_written() -> None:
    with (BRANCHES / "branches.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == [*branch_rows()]
    written = {f"partners/{path.name}": path.read_text("utf-8") for path in (PARTNERS / "partners").iterdir()}
    assert written == partner_files()


# -------------------------------------------------------------------- members
NAMES = [str(row["Organisation"]).replace("\u00ad", "") for row in member_rows()]


@pytest.fixture(scope="session")
def members(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return built_once(tmp_path_factory, MEMBERS)


@pytest.fixture(scope="session")
def member_pages(members: BuildResult) -> list[SeenPage]:
    return see_pages(members.files["email"])


def rows_of(pages: Sequence[SeenPage], title: str) -> list[tuple[str, SeenPage]]:
    """The rows of pages from the one headed by a title on that have links: their words, and where each leads.

    A row says the folio of its page; this is asked here of each.
    """
    start = next(at for at, page in enumerate(pages) if page.body and page.body[0].text == title)
    rows = []
    for page in pages[start:]:
        inner = [link for link in page.links if link.page is not None]
        if not inner:
            break
        for link in inner:
            words, _, folio = link.text.rpartition(" ")
            assert folio == str(link.page + 1), link
            rows.append((words, pages[link.page]))
    return rows


@pytest.fixture(scope="session")
def page_of(member_pages: list[SeenPage]) -> dict[str, SeenPage]:
    """The page that the contents give of each member, in their order."""
    known = {letters(name): name for name in NAMES} | {letters("The And A museum of one word"): "The And"}
    found = ((known.get(letters(words)), page) for words, page in rows_of(member_pages, "Contents"))
    return {name: page for name, page in found if name}


@pytest.mark.slow
def test_members_have_no_finding_but_a_note_on_a_column_that_is_not_printed(members: BuildResult) -> None:
    (finding,) = members.report
    assert (finding.code, finding.place.cell) == ("table-unread", "Members!Q1")
    assert "'Dues paid' (Q)" in finding.message


@pytest.mark.slow
def test_150_short_entries_take_at_most_45_pages_of_a5(member_pages: list[SeenPage]) -> None:
    assert len(NAMES) == len(set(NAMES)) == 150
    assert len(member_pages) <= 45
    assert {(round(page.width), round(page.height)) for page in member_pages} == {(148, 210)}


@pytest.mark.slow
def test_each_member_stands_on_the_page_that_the_contents_say_and_lead_to(page_of: dict[str, SeenPage]) -> None:
    assert set(page_of) == set(NAMES)
    assert [name for name, page in page_of.items() if letters(name) not in page.letters] == []


@pytest.mark.slow
def test_all_that_the_table_says_of_a_member_stands_on_its_page(page_of: dict[str, SeenPage]) -> None:
    printed = [head for head in HEADS if head not in ("Key", "Level", "Language", "Dues paid", "Founded", "Town")]
    lost = [
        (row["Organisation"], head)
        for row in member_rows()
        for head in printed
        if row.get(head)
        and letters(str(row[head]).replace("\u00ad", ""))
        not in page_of[str(row["Organisation"]).replace("\u00ad", "")].letters
    ]
    assert [each for each in lost if each[0] != "Old Harbour Store"] == []  # it goes on overleaf


@pytest.mark.slow
def test_members_are_in_the_order_of_names_without_articles(page_of: dict[str, SeenPage]) -> None:
    told = [_plain(name) for name in page_of]
    assert told[0] == "42 steps"
    assert told[1:] == sorted(told[1:], key=lambda name: re.sub(r"[^a-z ]", "", name).split())
    assert [page.index for page in page_of.values()] == sorted(page.index for page in page_of.values())


def _plain(name: str) -> str:
    """A name in small letters without article and accents."""
    folded = name.casefold().removeprefix("the ").replace("ł", "l")
    return unicodedata.normalize("NFD", folded).encode("ascii", "ignore").decode()


def _listed(pages: Sequence[SeenPage], page_of: dict[str, SeenPage]) -> Iterator[tuple[SeenPage, list[str]]]:
    """Each page of the listing with the names on it, and before them the one that goes on there."""
    for page in pages:
        here = [name for name, other in page_of.items() if other is page]
        going_on = [each.text.removesuffix(", continued") for each in page.body if each.text.endswith(", continued")]
        if here or going_on:
            yield page, [*going_on, *here]


@pytest.mark.slow
def test_guide_words_are_the_first_and_the_last_name_of_each_page(
    member_pages: list[SeenPage], page_of: dict[str, SeenPage]
) -> None:
    pages = list(_listed(member_pages, page_of))
    assert len(pages) > 30
    for page, names in pages:
        guide = page.head.replace("MEMBERS", "").strip()
        first, last = guide.split(" – ") if " – " in guide else (guide, guide)
        for told, name in ((first, names[0]), (last, names[-1])):
            assert name.startswith(told.removesuffix(" …")), (page.folio, guide)
            assert told == name or told.endswith(" …")


@pytest.mark.slow
def test_letters_at_the_fore_edge_are_those_of_the_page_and_step_down(
    member_pages: list[SeenPage], page_of: dict[str, SeenPage]
) -> None:
    height_of: dict[str, set[int]] = defaultdict(set)
    for page, names in _listed(member_pages, page_of):
        initials = [name[0].upper() if name[0].isalpha() else "#" for name in map(_plain, names)]
        assert [each.text for each in page.fore_edge] == list(dict.fromkeys(initials)), page.folio
        for each in page.fore_edge:
            height_of[each.text].add(round(each.top))
    heights = [min(found) for _, found in sorted(height_of.items())]
    assert all(len(found) <= 2 and max(found) - min(found) <= 2 for found in height_of.values())
    assert all(one < other for one, other in pairwise(heights))


@pytest.mark.slow
def test_the_tabs_bleed_on_the_press_sheet(
    members: BuildResult, member_pages: list[SeenPage], page_of: dict[str, SeenPage]
) -> None:
    page, _ = next(_listed(member_pages, page_of))
    (x0, y0, x1, y1), middle = _trim(members.files["press"], page.index), page.fore_edge[0]
    scale = 4
    document = pypdfium2.PdfDocument(members.files["press"])
    try:
        picture = document[page.index].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
    height = picture.height / scale
    outer = x1 + 2 / MM_PER_PT if page.folio % 2 else x0 - 2 / MM_PER_PT
    at = height - y1 + (middle.top + middle.bottom) / 2 / MM_PER_PT
    assert picture.getpixel((int(outer * scale), int(at * scale))) < 90
    below = height - y0 - 20 / MM_PER_PT
    assert picture.getpixel((int(outer * scale), int(below * scale))) > 240


def _trim(pdf: Path, index: int) -> tuple[float, ...]:
    with pikepdf.open(pdf) as file:
        return tuple(float(each) for each in file.pages[index].TrimBox)


@pytest.mark.slow
@pytest.mark.parametrize(("title", "head"), [("Topics", "Topics"), ("Places", "Town"), ("People", "Contact person")])
def test_an_index_leads_to_the_pages_of_its_members(
    title: str, head: str, member_pages: list[SeenPage], page_of: dict[str, SeenPage]
) -> None:
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in member_rows():
        name = str(row["Organisation"]).replace("\u00ad", "")
        for text in str(row.get(head) or "").split("; "):
            wanted[_as_indexed(text, title)].add(page_of[name].folio)
    wanted.pop("", None)
    (page,) = [page for page in member_pages if title in [each.text for each in page.body[:2]]]
    found: dict[str, set[int]] = defaultdict(set)
    current = ""
    for each in page.body:
        if re.fullmatch(r"[\d–, ]+", each.text):
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", each.text):
                found[current] |= set(range(int(first), int(last or first) + 1))
        else:
            current = each.text.rstrip(", ")
    assert found == wanted
    assert {link.page + 1 for link in page.links if link.page is not None} >= {min(each) for each in wanted.values()}


def _as_indexed(text: str, title: str) -> str:
    if title != "People" or not text:
        return text
    given, *family = text.partition(": ")[2].split()
    if "van" in family:  # a particle stands behind
        return f"{family[-1]}, {given} {' '.join(family[:-1])}"
    return f"{family[-1]}, {' '.join([given, *family[:-1]])}"


@pytest.mark.slow
def test_an_entry_longer_than_a_column_goes_on_overleaf(
    member_pages: list[SeenPage], page_of: dict[str, SeenPage]
) -> None:
    text = (MEMBERS / "members" / f"{LONG}.md").read_text("utf-8")
    first = page_of["Old Harbour Store"]
    second = member_pages[first.index + 1]
    assert min(second.body, key=lambda each: each.top).text == "Old Harbour Store, continued"
    for sentence in re.split(r"[.?!:;>\n]+ ?", text):
        plain = letters(re.sub(r"[-#*>]|^\d", "", sentence))
        assert not plain or plain[:12] in first.letters + second.letters, sentence


@pytest.mark.slow
def test_one_edited_row_sets_one_page_anew(members: BuildResult, tmp_path: Path) -> None:
    edition = Path(shutil.copytree(MEMBERS, tmp_path / "members"))
    book = load_workbook(edition / "members.xlsx")
    sheet: Any = book.active
    row, column = next(
        (row, HEADS.index("Phone") + 1)
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, HEADS.index("Organisation") + 1).value == "Lighthouse Trust"
    )
    sheet.cell(row, column).value = "+44 20 7946 0502"
    book.save(edition / "members.xlsx")
    built = build_edition(edition, tmp_path / "out", resources=Resources(cache=kept_pieces(members, tmp_path)))
    assert errors(built) == []
    assert [key for key in built.pieces_set if not key.startswith("members/")] == []
    assert len(built.pieces_set) == 1
    pages = see_pages(built.files["email"])
    assert [page.folio for page in pages if letters("+44 20 7946 0502") in page.letters]


# -------------------------------------------------------------------- branches
DANISH = (
    "Abildsted", "Adlerhagen", "Birkenau am Fließ", "Bolderslev Sø", "Bøgehave", "Dünenrade", "Egernskov", "Elbing-Nord",
    "Fjordbjerg", "Fuglsang Strand", "Föhrlingen", "Grönau", "Haderup", "Havneby Vest", "Ivenfleth", "Jernhatten", "Kølvig",
    "Lundum", "Møllehus", "Nørreby", "Oberlüth", "Ostrup", "Quickborg", "Rødhus", "Sankt Gertrud", "Tønsby", "Vesterbølle",
    "Wüstrow", "Überlangen", "Zellerup", "Ämterup", "Ängeltorp", "Ærøvang", "Öddersund", "Ørnekær", "Øsløs By", "Aabenholt",
    "Aadal", "Ållose", "Åsbæk",
)  # fmt: skip
GERMAN = (
    "Aabenholt", "Aadal", "Abildsted", "Adlerhagen", "Ærøvang", "Ållose", "Ämterup", "Ängeltorp", "Åsbæk", "Birkenau am Fließ",
    "Bøgehave", "Bolderslev Sø", "Dünenrade", "Egernskov", "Elbing-Nord", "Fjordbjerg", "Föhrlingen", "Fuglsang Strand", "Grönau",
    "Haderup", "Havneby Vest", "Ivenfleth", "Jernhatten", "Kølvig", "Lundum", "Møllehus", "Nørreby", "Oberlüth", "Öddersund",
    "Ørnekær", "Øsløs By", "Ostrup", "Quickborg", "Rødhus", "Sankt Gertrud", "Tønsby", "Überlangen", "Vesterbølle", "Wüstrow",
    "Zellerup",
)  # fmt: skip


@pytest.fixture(scope="session", params=["da", "de"])
def branches(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, BuildResult, list[SeenPage]]:
    """The branches in an edition of a language, and its pages that list them."""
    edition = BRANCHES
    if request.param == "de":
        edition = Path(shutil.copytree(BRANCHES, tmp_path_factory.mktemp("german") / "branches-de"))
        sheet = (edition / "edition.yaml").read_text("utf-8")
        (edition / "edition.yaml").write_text(sheet.replace("language: da", "language: de"), "utf-8")
    built = built_once(tmp_path_factory, edition)
    pages = see_pages(built.files["email"])
    start = next(page.index for page in pages if page.body and page.body[0].text == "AFDELINGER")
    return request.param, built, [page for page in pages[start + 1 :] if page.head]


@pytest.mark.slow
def test_places_are_in_the_order_of_the_language(branches: tuple[str, BuildResult, list[SeenPage]]) -> None:
    language, built, pages = branches
    assert list(built.report) == []
    wanted = DANISH if language == "da" else GERMAN
    assert set(wanted) == set(PLACES)
    heads = [each.text for page in pages for each in page.body if each.text in PLACES]
    assert heads == list(wanted)


@pytest.mark.slow
def test_each_branch_stands_once_below_its_place_with_its_number(
    branches: tuple[str, BuildResult, list[SeenPage]],
) -> None:
    *_, pages = branches
    below: dict[str, str] = defaultdict(str)
    current = ""
    for each in (each for page in pages for each in page.body):
        if each.text in PLACES:
            current = each.text
        elif not re.search(r", (fortsat|Fortsetzung)$", each.text):
            below[current] += letters(each.text)
    for place in PLACES:
        wanted = [letters(f"{name}{phone}") for _, name, at, phone in branch_rows() if at == place]
        assert sorted(_taken(below[place], wanted)) == sorted(wanted)


def _taken(told: str, rows: Sequence[str]) -> list[str]:
    """The rows that a text is made of, each once, with nothing between them."""
    found = []
    for row in sorted(rows, key=len, reverse=True):
        assert row in told, row
        told = told.replace(row, "|", 1)
        found.append(row)
    assert set(told) <= {"|"}, told
    return found


@pytest.mark.slow
def test_guide_words_of_a_register_by_place_are_places(branches: tuple[str, BuildResult, list[SeenPage]]) -> None:
    *_, pages = branches
    for page in pages:
        heads = [each.text for each in page.body if each.text in PLACES]
        going_on = [place for place in PLACES if any(each.text.startswith(f"{place}, ") for each in page.body[:1])]
        first, last = page.head.replace("AFDELINGER", "").strip().split(" – ")
        assert (first, last) == ((going_on or heads)[0], heads[-1])


@pytest.mark.slow
def test_400_branches_take_five_pages(branches: tuple[str, BuildResult, list[SeenPage]]) -> None:
    *_, pages = branches
    assert len([*branch_rows()]) == 400
    assert len(pages) == 5


# -------------------------------------------------------------------- partners
@pytest.fixture(scope="session", params=["public", "members"])
def partners(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, BuildResult, list[SeenPage]]:
    """A variant of the partners, and its pages."""
    built = built_once(tmp_path_factory, PARTNERS, variant=request.param)
    return request.param, built, see_pages(built.files["email"])


def field_of(text: str, name: str) -> str:
    """What a file says in a field, or in the row of its contact block."""
    found = re.search(rf"^(?:  - )?{name}: \"?(.*?)\"?$", text, re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.slow
def test_a_variant_shows_its_readers_what_is_theirs_and_nothing_else(
    partners: tuple[str, BuildResult, list[SeenPage]],
) -> None:
    variant, built, pages = partners
    assert list(built.report) == []
    told = "".join(page.letters for page in pages)
    for file, text in partner_files().items():
        is_shown = variant == "members"
        number, account = letters(field_of(text, "phone")), letters(field_of(text, "account"))
        assert (not number) or (number in told) == (is_shown or "jetty-keepers" in file), file
        assert (not account) or (account in told) == is_shown
        assert (letters(field_of(text, "name")) in told) == (is_shown or BOARD not in file)


@pytest.mark.slow
def test_a_row_of_the_register_says_the_page_of_its_entry(partners: tuple[str, BuildResult, list[SeenPage]]) -> None:
    variant, _, pages = partners
    contents = {letters(words): page for words, page in rows_of(pages, "Contents")}
    register = next(page for page in pages if "BY PLACE" in page.head)
    for file, text in partner_files().items():
        if variant == "public" and BOARD in file:
            continue
        name, subtitle = field_of(text, "name"), field_of(text, "subtitle")
        page = contents[letters(f"{name}{subtitle}")]
        assert letters(name) in page.letters
        (row,) = [
            link for link in register.links if letters(link.text) in (letters(name), letters(f"{name}{page.folio}"))
        ]
        assert row.page == page.index
        assert f"{letters(name)}" in register.letters


@pytest.mark.slow
def test_entries_of_two_forms_have_own_fields_references_and_addresses(
    partners: tuple[str, BuildResult, list[SeenPage]],
) -> None:
    _, _, pages = partners
    gangway = next(page for page in pages if page.head == "WARDENS" and "Gangway" in [each.text for each in page.body])
    assert "neighbours (page " in " ".join(each.text for each in gangway.body)
    lost = []
    for file, text in partner_files().items():
        if BOARD not in file and (handbook := re.search(r"https://(\S+/(?:handbook|carnet))", text)):
            lost += [] if letters(handbook[1]) in "".join(page.letters for page in pages) else [file]
    assert lost == []


@pytest.mark.slow
def test_harsh_entries_stand(partners: tuple[str, BuildResult, list[SeenPage]]) -> None:
    _, _, pages = partners
    (again,) = [page for page in pages if "Weir Watch, continued" in [each.text for each in page.body]]
    assert letters("It is looked at daily.") in again.letters
    assert letters("Where It Is, and of Some That Do Not") in "".join(page.letters for page in pages)
    (short,) = [page for page in pages if letters("You get wet.") in page.letters]
    assert {letters("Cold Ford"), letters("Repair")} <= {letters(each.text) for each in short.body}
    sizes = {
        name: [each.bottom - each.top for page in pages for each in page.body if each.text == name]
        for name in ("Lantern Crossing", "Jetty Keepers")
    }
    assert max(sizes["Lantern Crossing"]) > 1.3 * max(sizes["Jetty Keepers"])  # one is extended


@pytest.mark.slow
# -------------------------------------------------------------------- a register and what it names, in small
def test_a_register_of_entries_that_have_pages_is_read_aloud_in_each_ones_language(tmp_path: Path) -> None:
    quay = "---\nname: Quay\ncontact:\n  - phone: +44 20 7946 0123\n---\n\nBoats lie here.\n"
    ecluse = "---\nname: Écluse\nlanguage: fr\ncontact:\n  - phone: +44 20 7946 0124\n---\n\nElle est fermée.\n"
    edition = write_small(tmp_path / "edition", {"quay": quay, "ecluse": ecluse}, trim="A5")
    with (edition / "edition.yaml").open("a", encoding="utf-8") as sheet:
        sheet.write("  - {key: all, title: ALL, folder: entries, entries: all, form: register}\n")
    built = build_edition(edition, tmp_path / "out")
    assert errors(built) == []
