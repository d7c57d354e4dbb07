"""Where pages begin, how an entry gives way to spare a page, and what stands larger where there is room."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from measure_pages import measure

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.pieces import Resources
from directory_pub.typeset import Engine
from small_book import build_small, errors, write_small

UNIT, HEAD, BASELINE, LINES = 4.5, 27.0, 3.324, 54  # mm on A4, and the lines of a page
LEAD_PT, TEXT_PT, LARGE_PT = 10.5, 9.75, 15.0
QUOTE = "We mend the lamps together.\n"


def line_of(word: Word) -> float:
    """The line of the page that a word stands on, from 1."""
    return (word.baseline_mm - HEAD - BASELINE) / UNIT + 1


def main(page: PageText) -> list[Word]:
    """The words of the main column below the running head, in the order of their lines."""
    folio = next((w for w in page.words if 14 < w.baseline_mm < 20 and w.text.isdigit()), None)
    inner = (24, 139) if folio is None or folio.left_mm > 100 else (71, 187)
    words = [w for w in page.words if inner[0] - 1 < w.left_mm < inner[1] and w.baseline_mm > 25 and w.size_pt < 90]
    return sorted(words, key=lambda word: (round(word.baseline_mm, 1), word.left_mm))


def paragraphs(count: int) -> str:
    """A lead, a head, and so many paragraphs of one line each: with a line above the head, three more than these."""
    return "A lead.\n\n## Lines\n\n" + "".join(f"Line {number} of a text.\n\n" for number in range(1, count + 1))


def pages_of(result: BuildResult) -> list[PageText]:
    assert not errors(result), errors(result)
    return list(read_pages(result.files["email"]))


def test_every_entry_of_the_directory_begins_on_the_sixth_line(
    book_2020: BuildResult, pages_2020: list[PageText]
) -> None:
    assert book_2020.book is not None
    first = {
        piece.key: min(line_of(word) for word in main(pages_2020[piece.pages[0]]) if word.size_pt < 11)
        for piece in book_2020.book.pieces
        if piece.kind == "entry"
    }
    assert len(first) == 16
    assert all(at == pytest.approx(6, abs=0.01) for at in first.values()), first


def test_every_page_that_goes_on_begins_on_the_first_line(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    assert book_2020.book is not None
    for piece in book_2020.book.pieces:
        for index in piece.pages[1:] if piece.kind == "entry" else ():
            assert line_of(main(pages_2020[index])[0]) == pytest.approx(1, abs=0.01), index + 1


def test_every_entry_has_its_lead(book_2020: BuildResult, pages_2020: list[PageText]) -> None:
    assert book_2020.book is not None
    for piece in book_2020.book.pieces:
        if piece.kind == "entry":
            words = [word for word in main(pages_2020[piece.pages[0]]) if word.size_pt < 11]
            assert words[0].size_pt == pytest.approx(LEAD_PT, abs=0.01), piece.key


def test_the_front_pages_stand_on_the_lines_of_the_text(pages_2020: list[PageText]) -> None:
    for folio in (4, 5):
        off = {w.text: round(line_of(w) % 1, 3) for w in pages_2020[folio - 1].words if w.baseline_mm > 25}
        assert all(min(rest, 1 - rest) < 0.01 for rest in off.values()), off
    preface = [w for w in main(pages_2020[2]) if w.size_pt == pytest.approx(12.5, abs=0.01)]
    assert line_of(preface[0]) == pytest.approx(6, abs=0.01)
    assert {round(line_of(w) * 2) / 2 for w in preface} == {round(line_of(w), 2) for w in preface}


def test_section_name_and_folio_stand_on_one_line(pages_2020: list[PageText]) -> None:
    for page in pages_2020[6:12]:
        head = [w.baseline_mm for w in page.words if 14 < w.baseline_mm < 20]
        assert max(head) - min(head) < 0.01


@pytest.mark.quick("48-1-raised")
@pytest.mark.parametrize(("count", "pages", "fit"), [(46, 1, "usual"), (48, 1, "raised"), (50, 2, "usual")])
def test_an_entry_is_raised_only_where_that_spares_a_page(count: int, pages: int, fit: str, tmp_path: Path) -> None:
    result = build_small(tmp_path, {"one": paragraphs(count)})
    written = pages_of(result)
    assert result.book is not None
    piece = next(piece for piece in result.book.pieces if piece.key == "one")
    assert len(piece.pages) == pages
    assert result.book.fits["one"] == fit
    first = min(line_of(word) for word in main(written[piece.pages[0]]) if word.size_pt < 11)
    assert first == pytest.approx(4 if fit == "raised" else 6, abs=0.01)


LONG = "The harbour keeps its lamps burning for whoever comes in late. " * 6


@pytest.mark.slow
def test_no_line_or_two_stand_alone_on_a_last_page(tmp_path: Path) -> None:
    entries = {f"lines-{count}": f"{paragraphs(count)}{LONG}\n" for count in range(42, 51, 2)}
    result = build_small(tmp_path, entries)
    written = pages_of(result)
    assert result.book is not None
    alone, fits = {}, set()
    for piece in (piece for piece in result.book.pieces if piece.kind == "entry"):
        lines = {round(word.baseline_mm, 1) for word in main(written[piece.pages[-1]]) if word.size_pt < 11}
        alone |= {piece.key: len(lines)} if len(piece.pages) > 1 and len(lines) < 3 else {}
        fits.add(result.book.fits[piece.key])
    assert not alone, fits
    assert "carried" in fits


@pytest.mark.slow
def test_what_ends_in_a_colon_stands_with_what_it_leads_to(tmp_path: Path) -> None:
    behind = "These are the towns that keep a lamp:\n\n**Quay.** Two.\n\n**Mole.** One.\n\n" + "A last line.\n\n" * 12
    entries = {f"lines-{count}": f"{paragraphs(count)}{behind}" for count in range(44, 48)}
    result = build_small(tmp_path, entries)
    written = pages_of(result)
    assert result.book is not None
    lasts = []
    for piece in (piece for piece in result.book.pieces if piece.kind == "entry"):
        words = main(written[piece.pages[0]])
        lasts.append(" ".join(word.text for word in words if abs(word.baseline_mm - words[-1].baseline_mm) < 0.1))
    assert len({*lasts}) > 2
    assert not [last for last in lasts if last.endswith(":")]


def test_a_short_quote_is_set_large_where_lines_are_free_and_small_where_that_would_take_a_page(
    tmp_path: Path,
) -> None:
    result = build_small(tmp_path, {"free": f"A lead.\n\n> {QUOTE}", "full": f"{paragraphs(44)}> {QUOTE}"})
    written = pages_of(result)
    assert result.book is not None
    sizes = {
        piece.key: {round(w.size_pt, 1) for w in written[piece.pages[0]].words if w.text.startswith("lamps")}
        for piece in result.book.pieces
        if piece.kind == "entry"
    }
    assert sizes == {"free": {LARGE_PT}, "full": {9.8}}
    assert [len(piece.pages) for piece in result.book.pieces if piece.kind == "entry"] == [1, 1]


@pytest.mark.slow
@pytest.mark.parametrize(("count", "size_pt"), [(39, LARGE_PT), (42, 9.8)])
def test_no_quote_goes_overleaf_because_it_is_large(count: int, size_pt: float, tmp_path: Path) -> None:
    """Where it would leave lines white above that it stands on as any other, it is no larger."""
    entry = f"{paragraphs(count)}> {' '.join([QUOTE.strip()] * 4)}\n\n## After\n\n{paragraphs(30)}"
    result = build_small(tmp_path, {"one": entry})
    (at,) = (piece.pages[0] for piece in result.book.pieces if piece.kind == "entry") if result.book else ()
    sizes = {round(word.size_pt, 1) for word in pages_of(result)[at].words if word.text.startswith("lamps")}
    assert sizes == {size_pt}


@pytest.mark.slow
def test_an_edited_entry_has_the_fit_of_a_first_build_and_is_set_once_where_its_lines_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes = {43: QUOTE, 44: QUOTE, 38: QUOTE.strip() * 5, 39: QUOTE.strip() * 5, 42: QUOTE.strip() * 5}
    entries = {f"lines-{count}": f"{paragraphs(count)}> {quote.strip()}\n" for count, quote in quotes.items()}
    store = Resources(jobs=1, cache=tmp_path / "store")
    build_edition(write_small(tmp_path / "edition", entries), tmp_path / "out", resources=store)
    edited = {key: text.replace("mend the lamps", "tend the lamps") for key, text in entries.items()}
    edition = write_small(tmp_path / "edition", edited)
    set_piece, keys = Engine.set_piece, []

    def counted(engine: Engine, html: str, layout: str, **more: bool) -> object:
        keys.extend(re.findall(r'id="end-([^"]+)"', html))
        return set_piece(engine, html, layout, **more)

    monkeypatch.setattr(Engine, "set_piece", counted)
    again = build_edition(edition, tmp_path / "out", resources=store)
    times = {key: keys.count(key) for key in entries}
    first = build_edition(edition, tmp_path / "first", resources=Resources(jobs=1))
    assert again.files["email"].read_bytes() == first.files["email"].read_bytes()
    assert again.book is not None
    one = [piece.key for piece in again.book.pieces if piece.kind == "entry" and len(piece.pages) == 1]
    full = [key for key in one if again.book.fits[key] == "usual"]
    assert full == ["lines-43", "lines-44", "lines-39", "lines-42"]
    assert set(times.values()) == {1}  # their lines are as many as before


def test_a_quote_that_is_short_is_so_in_a_narrow_column_too(tmp_path: Path) -> None:
    """Of three lines at A4, and four at 170 x 240: its letters count there."""
    quote = f"A lead.\n\n> {(QUOTE.strip() + ' ') * 5} By hand.\n"
    for trim, large_pt in (("A4", LARGE_PT), ("{width_mm: 170, height_mm: 240}", 14.0)):
        result = build_small(tmp_path / str(large_pt), {"free": quote}, trim=trim)
        assert {round(w.size_pt, 1) for page in pages_of(result) for w in page.words if w.text == "lamps"} == {large_pt}


@pytest.mark.slow
def test_no_item_of_a_list_goes_overleaf_alone(tmp_path: Path) -> None:
    items = "".join(f"- Item {n} of a list. {LONG * 2}\n" for n in range(3))
    entries = {f"lines-{count}": f"{paragraphs(count)}These are they:\n\n{items}" for count in range(20, 36, 2)}
    result = build_small(tmp_path, entries)
    written = pages_of(result)
    assert result.book is not None
    overleaf = [
        sum(word.text == "Item" for word in main(written[piece.pages[-1]]))
        for piece in result.book.pieces
        if piece.kind == "entry" and len(piece.pages) > 1
    ]
    assert 2 in overleaf
    assert 1 not in overleaf, overleaf


def test_a_quote_of_many_lines_is_never_set_large(tmp_path: Path) -> None:
    result = build_small(tmp_path, {"free": "A lead.\n\n> " + QUOTE.strip() * 20 + "\n"})
    assert {round(w.size_pt, 1) for page in pages_of(result) for w in page.words if w.text == "lamps"} == {9.8}


# -------------------------------------------------------------------- heads and quotes
LONG_QUOTE = (
    "“Where the water is still we meet, and " + "speak of it at length, and of much else besides, and " * 5 + "go.”"
)


def head_to_quote(page: PageText) -> float:
    """How many lines a quote that begins with "Where" stands below its head."""
    at = {word.text.strip("“"): line_of(word) for word in main(page)}
    return at["Where"] - at["VISION"]


@pytest.mark.quick("large")
@pytest.mark.parametrize(
    ("quote", "lines"), [(LONG_QUOTE, 2), ("“Where the water is still.”", 2)], ids=["as usual", "large"]
)
def test_air_stands_between_a_head_and_its_quote(quote: str, lines: float, tmp_path: Path) -> None:
    """A line, whatever its size."""
    result = build_small(tmp_path, {"one": f"A lead.\n\n## VISION\n\n> {quote}\n"})
    assert result.book is not None
    (index,) = next(piece.pages for piece in result.book.pieces if piece.key == "one")
    assert head_to_quote(pages_of(result)[index]) == pytest.approx(lines, abs=0.01)


@pytest.mark.slow
def test_an_entry_gives_that_line_up_before_it_is_raised(tmp_path: Path) -> None:
    text = "A lead.\n\n## VISION\n\n> " + LONG_QUOTE + "\n\n"
    entries = {f"e{n}": text + "".join(f"Line {at} of a text.\n\n" for at in range(n)) for n in range(36, 44)}
    result = build_small(tmp_path, entries)
    written = pages_of(result)
    assert result.book is not None
    pages = {piece.key: piece.pages for piece in result.book.pieces if piece.kind == "entry"}
    told = {(result.book.fits[key], len(at), round(head_to_quote(written[at[0]]), 2)) for key, at in pages.items()}
    assert told == {("usual", 1, 2.0), ("close", 1, 1.0), ("raised", 1, 1.0), ("usual", 2, 2.0)}


@pytest.mark.slow
def test_no_rule_beside_a_quote_is_a_speck_and_that_of_a_large_one_ends_with_it(tmp_path: Path) -> None:
    """Wherever a page parts the quote, by the measures of pages; large ones have two to five lines."""
    entries = {
        f"parted{n}": "A lead.\n\n" + "".join(f"Line {at} of a text.\n\n" for at in range(n)) + f"> {LONG_QUOTE}\n"
        for n in range(38, 46)
    }
    large = "Where the water is still, we meet."
    entries |= {f"large{n}": f"A lead.\n\nA text.\n\n> “{' '.join([large] * n)}”\n" for n in range(2, 6)}
    result = build_small(tmp_path, entries)
    assert not errors(result), errors(result)
    measured = next(each for each in measure(result.files["email"].read_bytes()) if each.title == "Rules")
    assert measured.findings == []


_PX_A_MM = 10
_NOTE = "A text.[^1]\n\n[^1]: A note of one line.\n\n"
_FRONT = "---\nname: Quay\ncontact:\n  - web: www.example.org\n---\n\n"


def rule_and_change(email: bytes) -> tuple[int, float]:
    """Where the rule of the contacts stands on the first page that has one, in px from the top, and on how much of
    the main column's width tones change there."""
    with pypdfium2.PdfDocument(email) as document:
        for number in range(len(document)):
            page = document[number].render(scale=_PX_A_MM * 25.4 / 72).to_pil().convert("L")
            side, main = ((1470, 1920), (240, 1380)) if number % 2 == 0 else ((180, 630), (720, 1860))
            rows = {y: page.crop((side[0], y, side[1], y + 1)).tobytes() for y in range(400, 2700)}
            ruled = [y for y, row in rows.items() if sum(tone < 235 for tone in row) > 0.95 * len(row)]
            if ruled and ruled[-1] - ruled[0] < 4:
                near = [page.crop((main[0], y, main[1], y + 1)).tobytes() for y in range(ruled[0] - 5, ruled[-1] + 6)]
                changes = [
                    sum(abs(a - b) > 3 for a, b in zip(one, other, strict=True)) for one, other in pairwise(near)
                ]
                return ruled[0], max(changes) / (main[1] - main[0])
    raise AssertionError("no page has a rule above contacts")


@pytest.mark.quick("A text*-14")
@pytest.mark.parametrize("lines", [4, 14])
@pytest.mark.parametrize("notes", ["", _NOTE])
def test_the_rule_above_contacts_meets_the_tops_of_plots_even_where_a_note_lifts_them(
    tmp_path: Path, lines: int, notes: str
) -> None:
    text = "A lead.\n\n" + "".join(f"Line {at} of a text.\n\n" for at in range(lines)) + notes
    result = build_small(tmp_path, {"quay": _FRONT + text})
    assert not errors(result), errors(result)
    rule, share = rule_and_change(result.files["email"].read_bytes())
    assert share > 0.3, rule


@pytest.mark.slow
def test_where_a_theme_draws_no_fields_a_note_moves_no_rule(tmp_path: Path) -> None:
    text = _FRONT + "A lead.\n\n" + "".join(f"Line {at} of a text.\n\n" for at in range(4))
    rules = set()
    for name, notes in (("plain", ""), ("noted", _NOTE)):
        result = build_small(tmp_path / name, {"quay": text + notes}, more="theme: plain\n")
        assert not errors(result), errors(result)
        rules.add(rule_and_change(result.files["email"].read_bytes())[0])
    assert len(rules) == 1, rules
