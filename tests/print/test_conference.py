"""The made-up conference: an event booklet of everything, in both files, and what a fault in it comes to."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from conftest import built_once
from directory_pub.build import BuildResult, build_edition
from directory_pub.census import PageText, Word, read_pages
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.impose import impose_file
from directory_pub.pieces import Resources
from directory_pub.preflight import preflight_file
from made_editions.conference import conference_files
from made_editions.conference_pictures import advert
from made_editions.conference_words import DAYS, PEOPLE, ROOMS, SPONSORS
from project import ROOT, kept_pieces
from small_book import errors, lines_of

pytestmark = pytest.mark.slow
CONFERENCE = ROOT / "tests" / "editions" / "conference"
TOLD = {
    ("advert-poor", "plot.pdf"),  # in RGB
    ("advert-poor", "film.pdf"),  # coarse
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return built_once(tmp_path_factory, CONFERENCE)


@pytest.fixture(scope="module")
def pages(book: BuildResult) -> list[PageText]:
    """The pages of the email file."""
    return list(read_pages(book.files["email"]))


def pages_of(book: BuildResult, kind: str) -> Iterator[int]:
    assert book.book is not None
    for piece in book.book.pieces:
        if piece.kind == kind:
            yield from piece.pages


def words(page: PageText) -> str:
    return " ".join(word.text for line in lines_of(page) for word in line)


# -------------------------------------------------------------------- the book
def test_the_edition_is_as_it_is_written() -> None:
    written = dict(conference_files())
    there = {path.relative_to(CONFERENCE).as_posix() for path in CONFERENCE.rglob("*") if path.is_file()}
    assert there == set(written)
    texts = {name: content for name, content in written.items() if not name.endswith(".jpg")}  # encoded by a library
    assert {name: (CONFERENCE / name).read_bytes() for name in texts} == texts


def test_both_files_are_delivered_with_their_labels_and_only_the_sown_faults_are_told(book: BuildResult) -> None:
    assert errors(book) == []
    told = {(each.code, each.message.split("'")[1]) for each in book.report if each.code != "photo-resolution"}
    assert told == TOLD
    for finding in book.report:
        if finding.code == "advert-poor":
            assert finding.message.split(":")[0] in ("Rain Beds", "Slow River Pictures"), "whom to send it on to"
    press, email = (path.read_bytes() for path in (book.files["press"], book.files["email"]))
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in press
    assert b"<pdfuaid:part>1<" in email
    assert b"<pdfaid:conformance>A<" in email
    assert len(pypdfium2.PdfDocument(press)) == len(pypdfium2.PdfDocument(email)) == book.book.page_count  # type: ignore[union-attr]
    assert book.book.page_count % 4 == 0  # type: ignore[union-attr]


def test_preflight_finds_nothing_in_the_press_file_but_the_coarse_advert(book: BuildResult) -> None:
    printer, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert printer is not None
    problems = preflight_file(book.files["press"], printer).problems
    assert {each.rule for each in problems} <= {"picture-resolution"}


def test_the_booklet_imposes(book: BuildResult) -> None:
    with pypdfium2.PdfDocument(impose_file(book.files["press"]).pdf) as sheets:
        assert len(sheets) == book.book.page_count // 2  # type: ignore[union-attr]


# -------------------------------------------------------------------- whoever looks for a room at two o'clock
def test_every_session_is_on_its_day_in_its_room(book: BuildResult, pages: list[PageText]) -> None:
    assert book.edition is not None
    assert book.edition.programme is not None
    days = {day.key: day for day in book.edition.programme.days}
    found = 0
    for piece in book.book.pieces:  # type: ignore[union-attr]
        if piece.kind != "programme":
            continue
        day = days[piece.key]
        told = " ".join(words(pages[index]) for index in piece.pages)
        for session in DAYS[day.date]:
            for word in session.title.split():
                assert word in told, (day.date, session.title)
            found += 1
    assert found == sum(map(len, DAYS.values()))


def test_at_two_on_tuesday_each_room_has_its_session_below_its_name(book: BuildResult, pages: list[PageText]) -> None:
    page = pages[next(pages_of(book, "programme"))]
    heads = {name: left_of(page, name, first=True) for name, _ in ROOMS.values()}
    (two, *_) = [word for word in page.words if word.text in ("14:00", "14.00")]
    below = [word for word in page.words if 0 <= word.baseline_mm - two.baseline_mm < 25]
    for name, title in zip(heads, ("The price", "Wells by", "Gates that", "Marks on"), strict=True):
        first, second = title.split()
        starts = [word.left_mm for word in below if word.text == first]
        assert min(abs(left - heads[name]) for left in starts) < 8, (name, title, "stands below its room")
        assert any(word.text == second for word in below)


def left_of(page: PageText, name: str, *, first: bool) -> float:
    begins = name.split(maxsplit=1)[0]
    found: list[Word] = sorted((word for word in page.words if word.text == begins), key=lambda word: word.baseline_mm)
    return found[0 if first else -1].left_mm


def test_every_speaker_has_a_row_with_a_portrait_and_sessions_with_their_pages(
    book: BuildResult, pages: list[PageText]
) -> None:
    told = " ".join(words(pages[index]) for index in pages_of(book, "people"))
    for person in PEOPLE:
        for word in (*person.name.split(), *person.text.split()):
            assert word in told, person.name
    with pikepdf.open(book.files["email"]) as pdf:
        portraits = sum(len(pdf.pages[index].get_images()) for index in pages_of(book, "people"))
    assert portraits == len(PEOPLE)
    programme = {str(index + 1) for index in pages_of(book, "programme")}
    assert programme & set(told.split()), "a session's page"


def test_all_sponsors_and_adverts_are_there(book: BuildResult, pages: list[PageText]) -> None:
    told = " ".join(words(pages[index]) for index in pages_of(book, "sponsors"))
    for _, rows in SPONSORS:
        for name, _ in rows:
            assert name in told
    with pikepdf.open(book.files["press"]) as press:
        guests = [len(press.pages[index].Resources.get("/XObject", {})) for index in pages_of(book, "adverts")]
    assert len(guests) >= 2
    imprint = words(pages[next(pages_of(book, "imprint"))])
    assert all(name in imprint for name in ("Aldermouth Tramways", "Mill Bakery", "Rain Beds", "Slow River Pictures"))


# -------------------------------------------------------------------- what goes with it
def test_a_telephone_reads_the_codes_of_the_press_pages(book: BuildResult) -> None:
    read = []
    with pypdfium2.PdfDocument(book.files["press"]) as press:
        for index in pages_of(book, "entry"):
            read += [code.text for code in zxingcpp.read_barcodes(press[index].render(scale=300 / 72).to_pil())]
    assert len(read) == 2
    assert any("pontoon.example.org" in text.casefold() for text in read)
    assert any(text.startswith("BEGIN:VCARD") and "Common Risk" in text for text in read)


def test_the_calendar_and_the_addresses_go_with_the_email_file(book: BuildResult) -> None:
    with pikepdf.open(book.files["email"]) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        associated = [str(each.get("/UF")) for each in pdf.Root.AF.as_list()]
    assert sorted(files) == sorted(associated) == ["contacts.csv", "contacts.vcf", "programme.ics"]
    assert files["programme.ics"] == book.files["calendar"].read_bytes()
    assert files["programme.ics"].count(b"BEGIN:VEVENT") == sum(map(len, DAYS.values()))
    assert files["contacts.vcf"].count(b"BEGIN:VCARD") == len(PEOPLE) + 2
    rows = list(csv.reader(io.StringIO(files["contacts.csv"].decode("utf-8-sig"))))
    assert len(rows) == 1 + len(PEOPLE) + 2


# -------------------------------------------------------------------- faults
def test_adverts_that_cannot_be_printed_withhold_the_book_in_words_for_the_advertiser(
    book: BuildResult, tmp_path: Path
) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(CONFERENCE, edition)
    (edition / "adverts" / "tram.pdf").write_bytes(advert(170, 240, ("The last tram",), bleed_mm=0))
    (edition / "adverts" / "plot.pdf").write_bytes(advert(60, 60, ("Plot 61",), bleed_mm=0))
    result = build_edition(edition, tmp_path / "out", resources=Resources(cache=kept_pieces(book, tmp_path)))
    told = {each.message.split("'")[1]: each for each in errors(result)}
    assert set(told) == {"tram.pdf", "plot.pdf"}
    assert {each.code for each in told.values()} == {"advert-unfit"}
    assert told["tram.pdf"].message.startswith("Aldermouth Tramways: your advert 'tram.pdf'")
    assert "bleed" in f"{told['tram.pdf'].message} {told['tram.pdf'].remedy}"
    assert "67.5" in f"{told['plot.pdf'].message} {told['plot.pdf'].remedy}"
    assert {"press", "email"}.isdisjoint(result.files)
