"""The census of a page made by hand: every word, note, folio and head in its place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from directory_pub.census import Census, PageText, Word
from directory_pub.design.grid import Frame
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Cover, Edition, Entry, Mark
from directory_pub.findings import Finding, Place
from unit.hand_made import call, edition, entry, grid, line, page, paragraph, run, word

PLACE = Place(file="content/x/entries/quay.md", line=4)
BOLD = "SourceSans3-Bold"
QUAY = entry("quay", paragraph("A harbour is a", call("a", "First said."), " promise."))
LEFT = {0: 24.0, 1: 72.0}  # the main column of a recto and a verso
SIDE = {0: 147.0, 1: 18.0}


def pieces(*entries: Entry, pages: int = 1) -> list[Piece]:
    """Each entry's pieces from page 7 on."""
    return [
        Piece(kind="entry", key=e.key, pages=range(6 + n * pages, 6 + (n + 1) * pages), entry=e)
        for n, e in enumerate(entries)
    ]


def census(
    book: Edition,
    plan: Sequence[Piece],
    *pages: PageText,
    plates: dict[str, list[Frame]] | None = None,
) -> list[Finding]:
    """The census of all pieces on their pages, of which the first is that of the first piece."""
    taken = Census.of(book, grid(), plates or {})
    numbered = dict(enumerate(pages, plan[0].pages[0]))
    folios = {piece.key: str(piece.pages[0] + 1) for piece in plan}
    return [each for piece in plan for each in taken.count(piece, folios, numbered)]


def told(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def head(folio: int, text: str = "TOWNS") -> list[Word]:
    left = LEFT[(folio - 1) % 2]
    return line(text, left, 15, 7.5)


def quay_page(*more: list[Word], note: str = "1 First said.", side: list[Word] | None = None) -> PageText:
    """The quay's only page as it should be."""
    return page(
        head(7),
        line("Quay", 24, 34, 23, BOLD),
        line("A harbour is a", 24, 50),
        [word("1", 50, 49, 6.5)],
        line("promise.", 55, 50),
        line(note, 24, 260, 7.5),
        side or [],
        *more,
    )


# -------------------------------------------------------------------- the whole entry
def test_a_page_as_it_should_be_has_no_finding() -> None:
    assert census(edition(QUAY), pieces(QUAY), quay_page()) == []


def test_a_strange_word_is_told_of_with_the_pages_folio() -> None:
    (finding,) = census(edition(QUAY), pieces(QUAY), quay_page(line("advertisement", 24, 70)))
    assert finding.code == "words-unknown"
    assert "on page 7" in finding.message


def test_a_word_beside_the_column_is_overset() -> None:
    found = census(edition(QUAY), pieces(QUAY), quay_page([word("wide", 24, 70), word("w" * 70, 31, 70)]))
    assert "words-overset" in told(found)
    overset = next(f for f in found if f.code == "words-overset")
    assert (overset.folio, "the main column on page 7" in overset.message) == (7, True)


# -------------------------------------------------------------------- notes
def two_pages(note_on: int, text: str = "First said.", calls_on: int = 0) -> list[PageText]:
    pages = []
    for n in (0, 1):
        lines = [
            head(7 + n, "TOWNS" if n == 0 else "TOWNS Quay"),
            line("Quay A harbour is a" if n == 0 else "promise.", LEFT[n], 50),
        ]
        lines += [[word("1", LEFT[n] + 40, 49, 6.5)]] if n == calls_on else []
        lines += [line(f"1 {text}", LEFT[n], 260, 7.5)] if n == note_on else []
        pages.append(page(*lines))
    return pages


def test_a_note_on_the_page_of_its_call_is_in_its_place() -> None:
    assert census(edition(QUAY), pieces(QUAY, pages=2), *two_pages(note_on=0)) == []


def test_a_note_on_the_next_page_has_moved() -> None:
    (finding,) = census(edition(QUAY), pieces(QUAY, pages=2), *two_pages(note_on=1))
    assert (finding.code, finding.folio, finding.place.line) == ("note-moved", 7, 5)
    assert "called on page 7 and stands on page 8" in finding.message


def test_a_note_that_is_nowhere_is_lost() -> None:
    assert told(census(edition(QUAY), pieces(QUAY, pages=2), *two_pages(note_on=9))) == ["note-lost"]


def test_a_call_that_is_nowhere_is_told_of() -> None:
    found = census(edition(QUAY), pieces(QUAY, pages=2), *two_pages(note_on=0, calls_on=9))
    assert told(found) == ["note-lost"]
    assert "the call of footnote 1" in found[0].message


def test_a_note_that_lost_its_end_is_told_of_at_its_own_line() -> None:
    (finding,) = census(edition(QUAY), pieces(QUAY), quay_page(note="1 First"))
    assert (finding.code, finding.place.line) == ("words-lost", 5)


def test_a_figure_in_one_note_is_not_taken_for_another_notes_number() -> None:
    """Note 1 names a 2, and note 2 stands on the next page."""
    quay = entry("quay", paragraph("One", call("a", "See goal 2 of", 5), " two", call("b", "Other.", 6)))
    one = page(head(7), line("Quay One", 24, 50), [word("1", 60, 49, 6.5)], line("1 See goal 2 of", 24, 260, 7.5))
    two = page(head(8, "TOWNS Quay"), line("two", 72, 50), [word("2", 90, 49, 6.5)], line("2 Other.", 72, 260, 7.5))
    assert census(edition(quay), pieces(quay, pages=2), one, two) == []


# -------------------------------------------------------------------- heads
@pytest.mark.parametrize("wrong", [head(7, "OFFICES"), [], head(7, "TOWNS Quay")])
def test_a_head_that_names_another_page_or_part_is_told_of(wrong: list[Word]) -> None:
    right = quay_page()
    body = tuple(w for w in right.words if w.baseline_mm > 20)
    assert told(census(edition(QUAY), pieces(QUAY), PageText((*wrong, *body), 210, 297))) == ["folio-wrong"]


def test_the_second_page_names_its_entry_even_one_with_the_folio_in_its_name() -> None:
    agenda = entry("agenda", paragraph("x y"), name="Agenda 8")
    one = page(head(7), line("Agenda 8 x", 24, 50))
    assert (
        census(edition(agenda), pieces(agenda, pages=2), one, page(head(8, "TOWNS Agenda 8"), line("y", 72, 50))) == []
    )
    assert told(
        census(edition(agenda), pieces(agenda, pages=2), one, page(head(8, "TOWNS Agenda"), line("y", 72, 50)))
    ) == ["folio-wrong"]


def test_a_head_that_has_a_folio_before_the_piece_is_bound_is_told_of() -> None:
    numbered = PageText((word("7", 180, 15, 8.25), *quay_page().words), 210, 297)
    assert told(census(edition(QUAY), pieces(QUAY), numbered)) == ["folio-wrong"]


def test_one_piece_is_counted_on_its_own_pages_with_the_notes_of_the_book_numbered_through() -> None:
    first = entry("mole", paragraph("x", call("a", "Before.")))
    second = entry("quay", paragraph("y", call("a", "After.")))
    plan = pieces(first, second)
    own = page(head(8), line("Quay y", 72, 50), [word("2", 90, 49, 6.5)], line("2 After.", 72, 260, 7.5))
    counting = Census.of(edition(first, second), grid(), {})
    assert list(counting.count(plan[1], plan, {7: own})) == []


# -------------------------------------------------------------------- side column, emphasis
def contact(*texts: str) -> Entry:
    return entry(
        "quay", QUAY.body[0], contact=tuple(ContactRow(kind="address", text=text, place=PLACE) for text in texts)
    )


def test_a_contact_block_is_read_beside_the_column() -> None:
    quay = contact("1 Mole Street", "Northport")
    book = edition(quay, contact_table=ContactTable())  # the words alone, without icons
    side = [*line("1 Mole Street", 147, 262, 7.75), *line("Northport", 147, 266.5, 7.75)]
    assert census(book, pieces(quay), quay_page(side=side)) == []
    assert told(census(book, pieces(quay), quay_page(side=side[:-1]))) == ["words-lost"]


def test_a_contact_block_that_climbs_into_the_tile_is_overset() -> None:
    quay = contact("1 Mole Street")
    (finding,) = census(edition(quay), pieces(quay), quay_page(side=line("1 Mole Street", 147, 60, 7.75)))
    assert finding.code == "words-overset"
    assert "into the tile on page 7" in finding.message


def test_a_side_word_beside_its_frame_is_overset() -> None:
    quay = contact("1", "Northport-on-the-Western-Bays")
    side = [word("1", 147, 262, 7.75), word("Northport-on-the-Western-Bays", 147, 266.5, 7.75)]
    (finding,) = census(edition(quay), pieces(quay), quay_page(side=side))
    assert finding.code == "words-overset"
    assert "the side column" in finding.message


def test_lines_of_the_side_that_touch_are_overset() -> None:
    quay = contact("1 Mole Street", "Northport")
    side = [*line("1 Mole Street", 147, 262, 7.75), *line("Northport", 147, 263.5, 7.75)]
    (finding,) = census(edition(quay), pieces(quay), quay_page(side=side))
    assert finding.code == "words-overset"
    assert "touch" in finding.message


@pytest.mark.parametrize(
    ("face", "codes"),
    [(BOLD, []), ("SourceSans3-Regular", ["face-synthetic"]), ("SourceSans3-Light", ["face-synthetic"])],
)
def test_a_bold_word_is_drawn_with_a_bold_face(face: str, codes: list[str]) -> None:
    quay = entry("quay", paragraph("A ", run("harbour", bold=True)))
    found = census(
        edition(quay), pieces(quay), page(head(7), line("Quay A", 24, 50), [word("harbour", 50, 50, 9.75, face)])
    )
    assert told(found) == codes


# -------------------------------------------------------------------- contents and plates
def test_a_contents_row_names_the_page_where_its_entry_starts() -> None:
    book = edition(entry("quay", mark="guest"), marks=(Mark(key="guest", sign="*", legend="A guest.", place=PLACE),))
    plan = [
        Piece(kind="contents", key="contents", pages=range(2, 3)),
        Piece(kind="opener", key="towns", pages=range(5, 6)),
        *pieces(*book.entries),
    ]

    def rows(folio: str) -> PageText:
        return page(
            line("Contents", 24, 40, 23),
            line("TOWNS ........ 6", 24, 60),
            line(f"Quay* . . . {folio}", 24, 70),
            line("* A guest.", 147, 260, 8.25),
        )

    rest = [page(), page(), page(line("TOWNS", 20, 100, 96)), page(head(7), line("Quay", 24, 50))]
    assert census(book, plan, rows("7"), *rest) == []
    assert "words-lost" in told(census(book, plan, rows("8"), *rest))


def test_words_of_a_plate_may_stand_in_any_order_but_in_their_areas() -> None:
    cover = Cover(place=PLACE, title=("HARBOUR", "TOWNS"), words=("CALM",), year="2031")
    plan, area = [Piece(kind="cover", key="cover", pages=range(0, 1))], Frame("plate", 10, 10, 190, 100)
    words = [*line("TOWNS 2031 CALM", 20, 60), word("HARBOUR", 20, 40)]
    assert census(edition(cover=cover), plan, page(words), plates={"cover": [area]}) == []
    assert told(census(edition(cover=cover), plan, page(words[1:]), plates={"cover": [area]})) == ["words-lost"]
    low = [*words[1:], word("TOWNS", 20, 200)]
    assert told(census(edition(cover=cover), plan, page(low), plates={"cover": [area]})) == ["words-overset"]
