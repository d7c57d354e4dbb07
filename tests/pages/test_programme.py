"""The programme on its pages: what stands where, where it leads, how it is read aloud, and that faults are found."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import Word, read_pages
from directory_pub.edition.flatplan import Piece, PlannedPiece
from directory_pub.findings import Finding
from directory_pub.pieces import Resources
from directory_pub.place import place_piece
from directory_pub.production.context import BuildContext
from programme_book import PROGRAMME, write_programme
from seen_pages import SeenPage, SeenWords, see_pages
from small_book import errors, lines_of, open_written

TUESDAY, WEDNESDAY, THURSDAY = (f"programme-2031-06-0{day}" for day in (3, 4, 5))
UNIT = 4.5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programme")


@pytest.fixture(scope="module")
def book(folder: Path) -> BuildResult:
    made = build_edition(
        write_programme(folder / "edition"), folder / "out", resources=Resources(cache=folder / "kept")
    )
    assert errors(made) == []
    return made


@pytest.fixture(scope="module")
def pages(book: BuildResult) -> list[SeenPage]:
    return see_pages(book.files["email"])


def pages_of(book: BuildResult, key: str) -> list[int]:
    assert book.book is not None
    return [index for piece in book.book.pieces if piece.key == key for index in piece.pages]


def find(page: SeenPage, words: str) -> SeenWords:
    return next(each for each in page.words if words in each.text)


# -------------------------------------------------------------------- what stands where
def test_a_day_begins_a_page_and_says_again_whose_its_second_is(book: BuildResult, pages: list[SeenPage]) -> None:
    first, second = pages_of(book, TUESDAY)
    assert pages_of(book, WEDNESDAY) == [second + 1]
    for index in (first, second):
        assert find(pages[index], "Tuesday").text.startswith("Tuesday")
        assert [find(pages[index], room).left for room in ("Harbour", "Station", "Market Hall", "Garden")] == sorted(
            find(pages[index], room).left for room in ("Harbour", "Station", "Market Hall", "Garden")
        )
    assert "Lunch" in " ".join(each.text for each in pages[second].words)  # rather before a break than elsewhere


def test_a_strip_of_the_hours_stands_above_the_rooms_of_each_page(book: BuildResult, pages: list[SeenPage]) -> None:
    """A figure an hour, as far from the next as any; it is read by the eye alone."""
    for index in pages_of(book, TUESDAY):
        page = pages[index]
        room, title = find(page, "Harbour"), find(page, "Tuesday")
        figures = [
            each for each in page.words if re.fullmatch(r"\d{1,2}", each.text) and title.top < each.top < room.top
        ]
        assert [int(each.text) for each in figures] == list(range(8, 8 + len(figures)))
        steps = [after.left - before.left for before, after in pairwise(figures)]
        assert max(steps) - min(steps) < 0.6, steps
    assert book.book is not None


def test_sessions_stand_below_the_heads_of_their_rooms_and_beside_their_hours(
    book: BuildResult, pages: list[SeenPage]
) -> None:
    page = pages[pages_of(book, TUESDAY)[0]]
    titles = {
        "Harbour": "From car park",
        "Station": "The last tram",
        "Market Hall": "Who may sell",
        "Garden": "Planting",
    }
    columns = [find(page, title).left for title in titles.values()]
    steps = [right - left for left, right in pairwise(columns)]
    assert steps == pytest.approx([32.0] * 3, abs=0.4)  # two columns of the page and their gutters; letters have sides
    assert find(page, "11:30").bottom == pytest.approx(find(page, "From car park").bottom, abs=0.6)
    assert find(page, "Doors").left == pytest.approx(columns[0], abs=0.3)
    assert find(page, "Foyer").right == pytest.approx(columns[3] + 28.6, abs=0.5)


def test_a_session_that_goes_on_has_its_end_and_one_in_two_rooms_both_columns(
    book: BuildResult, pages: list[SeenPage]
) -> None:
    page = pages[pages_of(book, TUESDAY)[1]]
    garden = find(page, "Build a rain garden")
    until = [each for each in page.words if "until 16:45" in each.text]
    assert {round(each.left, 1) for each in until} == {round(garden.left, 1), round(find(page, "Light that").left, 1)}
    assert find(page, "Light that lets you see the stars").right > find(page, "Kerbs").left


def test_every_line_of_a_column_stands_on_the_small_grid(book: BuildResult) -> None:
    page = list(read_pages(book.files["email"]))[pages_of(book, TUESDAY)[0]]
    small = [word.baseline_mm for word in page.words if word.size_pt < 9 and word.baseline_mm > 40]
    first = min(small)
    off = {round(((each - first) / (0.75 * UNIT)) % 1, 2) for each in small}
    assert all(each < 0.03 or each > 0.97 for each in off), sorted(off)


def test_people_of_one_hour_begin_on_one_line_below_the_longest_title(book: BuildResult) -> None:
    """A title of one line over two rooms, beside one of several in its own."""
    page = list(read_pages(book.files["email"]))[pages_of(book, TUESDAY)[1]]
    ends = {word.text: word.baseline_mm for word in page.words if word.text in ("stars", "inside")}
    assert ends["stars"] < ends["inside"] - 1
    names = [word.baseline_mm for word in page.words if word.text in ("Lindqvarn", "Varkondi-Ross") and word.baseline_mm > ends["stars"]]
    assert len(names) == 2
    assert names[0] == pytest.approx(names[1], abs=0.05)
    assert names[0] > ends["inside"] + 2


def test_the_day_of_one_room_is_a_list(book: BuildResult, pages: list[SeenPage]) -> None:
    page = pages[pages_of(book, THURSDAY)[0]]
    assert find(page, "09:45 – 10:30").bottom == pytest.approx(find(page, "Half a street").bottom, abs=1.2)
    assert "Chair:" in page.words[[each.text for each in page.words].index(find(page, "Chair").text)].text


def test_names_in_a_run_are_parted_by_no_line(book: BuildResult) -> None:
    page = list(read_pages(book.files["email"]))[pages_of(book, THURSDAY)[0]]
    told = [" ".join(word.text for word in line) for line in lines_of(page)]
    assert any("Greta Ambühlen" in line for line in told), told
    assert any("Chair: Amara Oduyelle" in line for line in told), told


def test_a_name_behind_a_label_turns_over_whole(book: BuildResult) -> None:
    """Where it has no room beside it, and a line of its own has."""
    page = list(read_pages(book.files["email"]))[pages_of(book, TUESDAY)[0]]
    small = [word for word in page.words if word.size_pt == pytest.approx(7.5, abs=0.1)]
    label = next(word for word in small if word.text == "Chair:" and beside(word, small) == [])
    below = sorted(
        (word for word in small if 2 < word.baseline_mm - label.baseline_mm < 4), key=lambda word: word.left_mm
    )
    name = [word.text for word in below if -1 < word.left_mm - label.left_mm < 28]
    assert name == ["Ilse", "Brandvold"]


def beside(word: Word, words: list[Word]) -> list[Word]:
    """What stands behind a word in its column."""
    return [
        each
        for each in words
        if abs(each.baseline_mm - word.baseline_mm) < 0.2 and 0 < each.left_mm - word.left_mm < 28
    ]


def test_the_head_of_a_page_stands_on_the_axis_of_its_sessions(book: BuildResult, pages: list[SeenPage]) -> None:
    for day, title in ((TUESDAY, "The square that"), (THURSDAY, "What a wall")):
        page = pages[pages_of(book, day)[0]]
        assert find(page, "Programme").left == pytest.approx(find(page, title).left, abs=0.4), day


# -------------------------------------------------------------------- where it leads
def test_names_that_are_entries_lead_to_their_pages_and_name_them(book: BuildResult, pages: list[SeenPage]) -> None:
    links = [link for index in pages_of(book, TUESDAY) for link in pages[index].links]
    assert len(links) >= 12
    for link in links:
        assert link.page is not None
        assert link.text.split()[-1] == str(link.page + 1), link
    assert not any("Somebody" in link.text for link in links)


def test_contents_and_bookmarks_lead_to_the_programme_and_to_each_day(book: BuildResult, pages: list[SeenPage]) -> None:
    first = pages_of(book, TUESDAY)[0]
    rows = {re.sub(r"[ .]+\d*$", "", link.text): link.page for link in pages[0].links}
    assert rows["Programme"] == rows["Tuesday 3 June"] == first
    assert rows["Workshops, Wednesday 4 June"] == first + 2
    with pikepdf.open(book.files["email"]) as pdf, pdf.open_outline() as outline:
        (programme,) = [each for each in outline.root if each.title == "Programme"]
        assert [each.title for each in programme.children] == [
            "Tuesday 3 June",
            "Workshops Wednesday 4 June",
            "Thursday 5 June",
        ]


def test_a_calendar_file_lies_beside_the_email_pdf(book: BuildResult) -> None:
    assert book.files["calendar"].name == "small.ics"
    assert book.files["calendar"].read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


# -------------------------------------------------------------------- tags
def elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    some = kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]
    below = [each for kid in some if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for each in elements(kid)]
    return [element, *below]


def test_each_page_is_a_table_whose_rows_have_as_many_columns_as_its_head(book: BuildResult) -> None:
    with pikepdf.open(book.files["email"]) as pdf:
        tables = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Table"]
        assert len(tables) == 4
        for table in tables:
            scopes = [str(each.A.Scope) for each in elements(table) if each.S == "/TH"]
            rows = [row for row in elements(table) if row.S == "/TR"]
            assert scopes.count("/Row") == len([row for row in rows if elements(row)[1].S == "/TH"])
            owed: dict[int, int] = {}
            widths = []
            for number, row in enumerate(rows):
                cells = [each for each in elements(row) if each.S in ("/TH", "/TD")]
                spans = [
                    (int(cell.get("/A", {}).get("/ColSpan", 1)), int(cell.get("/A", {}).get("/RowSpan", 1)))
                    for cell in cells
                ]
                widths.append(sum(across for across, _ in spans) + owed.get(number, 0))
                for across, down in spans:
                    for later in range(1, down):
                        owed[number + later] = owed.get(number + later, 0) + across
            assert len(set(widths)) == 1, widths


@pytest.mark.slow
# -------------------------------------------------------------------- other books
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"trim": "A5"}, ["Tuesday 3 June", "Market Hall"]),
        ({"language": "de"}, ["Dienstag, 3. Juni", "Moderation:", "bis 16:45", "Alle Räume"]),
        ({"language": "en-US"}, ["Tuesday, June 3", "9:30 AM", "until 4:45 PM"]),
        ({"more": "theme: register\n"}, ["Tuesday 3 June", "Market Hall"]),
    ],
)
def test_other_leaves_languages_and_themes(tmp_path: Path, told: dict[str, str], words: list[str]) -> None:
    edition = write_programme(tmp_path / "edition", **told)
    made = build_edition(edition, tmp_path / "out", resources=Resources(jobs=1))
    assert errors(made) == []
    found = " ".join(" ".join(word.text for word in page.words) for page in read_pages(made.files["email"]))
    for each in words:
        assert each in found.replace("\u00a0", " ")


@pytest.mark.slow
def test_on_a_pocket_leaf_four_rooms_are_a_list_and_two_stand(tmp_path: Path) -> None:
    made = build_edition(write_programme(tmp_path / "edition", trim="A6"), tmp_path / "out")
    assert errors(made) == []
    with pikepdf.open(made.files["email"]) as pdf:
        tables = [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Table"]
        rooms = [sum(str(each.A.Scope) == "/Column" for each in elements(table) if each.S == "/TH") for table in tables]
    assert sorted(rooms)[-2:] == [0, 2]


@pytest.mark.slow
def test_where_references_are_links_alone_no_page_is_named(tmp_path: Path) -> None:
    made = build_edition(write_programme(tmp_path / "edition", more="cross_references: link\n"), tmp_path / "out")
    assert errors(made) == []
    links = [link for index in pages_of(made, TUESDAY) for link in see_pages(made.files["email"])[index].links]
    assert links
    assert not any(char.isdigit() for link in links for char in link.text)


@pytest.mark.slow
def test_whoever_is_withheld_in_a_variant_keeps_the_name_and_leads_nowhere(tmp_path: Path) -> None:
    edition = write_programme(tmp_path / "edition", more="variants: {public: {}, members: {}}\n")
    file = edition / "entries" / "ilse-brandvold.md"
    file.write_text(file.read_text("utf-8").replace("\n---\n\n", "\nshow: members\n---\n\n"), "utf-8")
    made = build_edition(edition, tmp_path / "out", variant="public")
    assert errors(made) == []
    page = see_pages(made.files["email"])[pages_of(made, TUESDAY)[0]]
    assert find(page, "Brandvold").text.endswith("Brandvold")
    assert not any("Brandvold" in link.text for link in page.links)


@pytest.mark.slow
# -------------------------------------------------------------------- what an edit costs
def test_an_edited_session_costs_its_day_and_an_edit_elsewhere_none(book: BuildResult, folder: Path) -> None:
    edition = folder / "edition"
    sheet, entry = edition / "programme.yaml", edition / "entries" / "jun-takamorre.md"
    for path, old, new, costs in (
        (sheet, "title: Coffee, kind", "title: Tea, kind", {TUESDAY}),
        (sheet, "text: Bring boots.", "\n         text: Bring boots.", set()),  # a line lower, and the same words
        (entry, "has swept one", "has swept another", {"jun-takamorre"}),
    ):
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        made = build_edition(edition, folder / "again", resources=Resources(cache=folder / "kept"))
        assert errors(made) == []
        assert made.pieces_set.keys() == costs


# -------------------------------------------------------------------- faults
@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> BuildContext:
    return open_written(write_programme(tmp_path_factory.mktemp("faults")))


def same(html: str) -> str:
    return html


def count(context: BuildContext, key: str, change: Callable[[str], str] = same) -> list[Finding]:
    """The census of a day whose HTML was changed."""
    planned = context.composed.planned_day(key)
    folios: Mapping[str, str] = dict.fromkeys(context.composed.named_folios("programme", key), "12")
    html = context.composed.piece(PlannedPiece(kind="programme", key=key, planned=planned), folios)
    changed = change(html)
    assert change is same or changed != html
    made = context.engine.set_piece(changed, "pages/programme.html.j2")
    assert made is not None, context.engine.findings
    placed, out = place_piece(made, context.library, recto=True), io.BytesIO()
    placed.pdf.save(out)
    texts = dict(enumerate(read_pages(out.getvalue())))
    piece = Piece(kind="programme", key=key, pages=range(len(texts)), starts=planned.starts)
    return context.census.count(piece, folios, texts)


@pytest.mark.parametrize("key", [TUESDAY, WEDNESDAY, THURSDAY])
def test_a_day_as_it_is_set_has_no_finding(context: BuildContext, key: str) -> None:
    assert count(context, key) == []


def swapped(html: str, one: str, other: str) -> str:
    return html.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.quick("*Garden")
@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (
            lambda html: re.sub(r"<td[^>]*>(?:(?!</td>).)*Planting.*?</td>", "<td></td>", html, flags=re.DOTALL),
            "words-lost",
            "Garden",
        ),
        (lambda html: swapped(html, ">Station<", ">Garden<"), "words-lost", "above the column of"),
        (lambda html: html.replace(">11:30<", ">11:15<", 1), "words-lost", "11:30"),
        (lambda html: html.replace(">13:00<", ">13:30<", 1), "words-lost", "13:00"),
        (lambda html: html.replace(">Luc Ferranteau\u00a0", ">\u00a0", 1), "words-lost", "Ferranteau"),
        (lambda html: html.replace(">12</span>", ">13</span>", 1), "words-lost", "12"),
        (lambda html: html.replace("Foyer", "Cellar", 1), "words-lost", "Foyer"),
        (
            lambda html: re.sub(r'(<p class="hour"[^>]*>(?:<[^>]*>)*)11<', r"\g<1>12<", html, count=1),
            "words-lost",
            "in the strip of the hours",
        ),
        (lambda html: html.replace(">Chair:<", ">Speaks:<", 1), "words-lost", "Chair"),
        (lambda html: html.replace(">until\u00a016:45<", "><", 1), "words-lost", "until"),
        (
            lambda html: (
                html.replace('<h2 class="day"', '<p hidden="" class="day"')
                .replace("</h2>", "</p>")
                .replace(">3 June", ">4 June")
            ),
            "words-lost",
            "June",
        ),
        (lambda html: html.replace(">Bring boots.<", ">Bring Bring boots.<", 1), "words-doubled", "Bring"),
    ],
)
def test_what_goes_wrong_on_a_page_is_found(
    context: BuildContext, change: Callable[[str], str], code: str, words: str
) -> None:
    findings = count(context, TUESDAY, change)
    assert code in {finding.code for finding in findings}, findings
    assert any(words in finding.message for finding in findings), findings


@pytest.mark.slow
def test_sessions_whose_columns_are_swapped_are_found(context: BuildContext) -> None:
    def change(html: str) -> str:
        cell = re.compile(r'(<td id="[^"]*" style=)("left: [\d.]+mm; width: [\d.]+mm">)')
        first, second = list(dict.fromkeys(found[2] for found in cell.finditer(html)))[:2]
        other = {first: second, second: first}
        return cell.sub(lambda found: found[1] + other.get(found[2], found[2]), html)

    messages = [finding.message for finding in count(context, TUESDAY, change)]
    assert any("in the column of Harbour" in each for each in messages), messages


@pytest.mark.slow
def test_a_word_wider_than_its_column_is_told_in_millimetres(tmp_path: Path) -> None:
    long = PROGRAMME.replace("title: Planting what engineers leave over", "title: Donaudampfschifffahrtsgesellschaft")
    findings = count(open_written(write_programme(tmp_path, programme=long)), TUESDAY)
    assert [finding.code for finding in findings] == ["words-overset"]
    assert "mm outside the column of Garden" in findings[0].message
    assert findings[0].place.file.endswith("programme.yaml")


@pytest.mark.slow
def test_what_no_page_holds_is_told_in_millimetres_once(tmp_path: Path) -> None:
    long = PROGRAMME.replace("text: Bring boots.", f"text: {'Bring boots and a spade. ' * 200}")
    made = build_edition(write_programme(tmp_path / "edition", programme=long), tmp_path / "out")
    (told,) = errors(made)
    assert told.code == "words-overset"
    assert re.search(r"is \d+ mm higher than a page", told.message)
    assert told.place.field == "days[1].sessions[7].text"
