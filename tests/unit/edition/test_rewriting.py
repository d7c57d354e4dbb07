"""Bodies with other runs: every text once, in reading order, and folios in the places that wait for them."""

from __future__ import annotations

from msgspec.structs import force_setattr

from directory_pub.edition.rewriting import edition_with_folios, named_folios, with_folios, with_runs
from directory_pub.edition.text import Heading, ItemList, Paragraph, Quote, Row, Run, TermList, runs_within
from directory_pub.findings import Place
from unit.hand_made import call, edition, entry, paragraph, run


def of(text: str) -> Paragraph:
    return paragraph(text)


BODY = (
    Heading(runs=(run("H"),), line=1),
    of("a"),
    ItemList(items=((of("b"), ItemList(items=((of("c"),),), line=1)), (of("d"),)), line=1),
    TermList(rows=(Row(term=(run("e"),), paragraphs=(of("f"),), line=1),), line=1),
    Quote(paragraphs=(of("g"), of("h")), credit=of("i"), line=1),
)


def words(blocks: tuple[object, ...]) -> str:
    return "".join(each.text for runs in runs_within(blocks) for each in runs)  # type: ignore[arg-type]


def test_each_text_is_changed_once_in_reading_order_and_headings_apart() -> None:
    met: list[str] = []

    def change(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        met.append(runs[0].text)
        return (*runs, run("+"))

    assert words(with_runs(BODY, change)) == "Ha+b+c+d+e+f+g+h+i+"
    assert met == list("abcdefghi")
    assert words(with_runs(BODY, lambda runs: runs, of_headings=lambda runs: (run("X"),))) == "Xabcdefghi"


def test_folios_are_written_where_they_are_named_also_in_notes() -> None:
    folio = run("", folio_of="mole")
    noted = call("n", "See ")
    assert noted.note is not None
    force_setattr(noted.note, "runs", (*noted.note.runs, run("", folio_of="pier")))
    body = (paragraph("See ", folio, noted, " and ", run("", folio_of="none")),)
    assert named_folios(body) == ("mole", "pier", "none")
    filled = with_folios(entry("quay", *body, names_folios=named_folios(body)), {"mole": "17", "pier": "5"})
    texts = [each.text for each in filled.body[0].runs]  # type: ignore[union-attr]
    assert texts == ["See ", "17", "", " and ", "?"]
    (note,) = filled.notes()
    assert [each.text for each in note.runs] == ["See ", "5"]


def test_what_names_no_folio_stays_the_same_object() -> None:
    one = entry("quay", paragraph("Words."))
    book = edition(one)
    assert with_folios(one, {"mole": "1"}) is one
    assert edition_with_folios(book, {"mole": "1"}) is book
    assert one.place == Place(file="content/x/entries/quay.md", line=1)
