"""The census of what must not be there: it finds what is withheld in whatever form, and does not cry wolf."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, String

from directory_pub.census import check_withheld, check_withheld_texts
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Entry, OwnValue, Showing, Variant
from directory_pub.edition.pictures import Photo
from directory_pub.findings import Finding, Place
from unit.hand_made import call, contact_table, edition, entry, paragraph, run

PLACE = Place(file="content/x/entries/quay.md", line=4, field="contact[1].phone")
FILE = Place(file="content/x/entries/quay.md", line=1)


def rule(field: str, *names: str) -> Showing:
    return Showing(field=field, names=names or ("members",), place=FILE)


def row(kind: str, text: str, **more: Any) -> ContactRow:
    return ContactRow(kind=kind, text=text, place=PLACE, **more)


def book(*entries: Entry, show: tuple[Showing, ...] = ()) -> Edition:
    variants = (Variant(key="public", place=FILE), Variant(key="members", place=FILE))
    return replace(edition(*entries), variants=variants, show=show, contact_table=contact_table())


def in_texts(made: Edition, variant: str = "public") -> list[str]:
    """What is told of the texts that are shown, as the withheld value and the line."""
    return [f"{f.message[1:].partition('”')[0]}:{f.place.line}" for f in told(made, variant)]


def told(made: Edition, variant: str = "public") -> list[Finding]:
    return check_withheld_texts(made, variant, ["press", "email"])


def beside(text: str, *rows: ContactRow, **fields: Any) -> list[str]:
    """What is told where these rows are for members, and a text of another entry is for all."""
    quay = entry("quay", contact=rows, show=tuple(rule(each.kind) for each in rows), **fields)
    return in_texts(book(quay, entry("mole", paragraph(text, line=9))))


# -------------------------------------------------------------------- what is found in a text
@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("phone", "+41 22 910 45 05", "Ring 022 910 45 05 at night."),
        ("phone", "+41 22 910 45 05", "Ring +41229104505."),
        ("phone", "+41 (0)22 910 45 05", "Ring 0041-22-910.45.05."),
        ("phone", "022 910 45 05", "Ring (+41) 22 910 4505."),
        ("phone", "Tel: +47 55 55 01 32 (mornings)", "Ring 55550132."),
        ("phone", "+298 55 01 32", "Ring +298 550132 at once."),
        ("phone", "030 123456 / 030 123457", "Ring 030 123457."),
        ("phone", "+41 22 910 45 05 / 07", "Ring 022 910 45 07."),
        ("mail", "quay@example.org", "Write to Quay@Example.org."),
        ("mail", "The desk: quay@example.org", "Write to quay@exam\nple.org."),
        ("web", "https://www.quay.example.org/", "See quay.example.org for more."),
        ("web", "quay.example.org/boats", "See http://www.quay.example.org/boats."),
        ("person", "Ada Brandt", "We owe this to Ada Brandt."),
        ("person", "Ada Brandt, ada@example.org", "We owe this to Ada\u00a0Bran\u00addt and others."),
        ("person", "Secretary: Ada Brandt (mornings)", "We owe this to ADA BRANDT."),
        ("person", "Harbour master: Ada van der Brandt at ada@example.com", "We owe this to Ada van der Brandt."),
        ("person", "Ada Brandt: ada@example.com", "We owe this to Ada Brandt."),
        ("person", "Director Ada Brandt (mornings)", "We owe this to Ada Brandt."),
        ("person", "Ada Brandt & Bob Case", "We owe this to Bob Case."),
        ("person", "Ada van der Brandt", "Thanks to: Brandt, Ada van der, and others."),
        ("address", "4 Sluice Lane\n1201 Northport", "The door at 4 Sluice Lane is open."),
        ("address", "4 Sluice Lane, 1201 Northport", "Write to 4 Sluice Lane\n1201 Northport."),
        ("social", "@quay@towns.example", "Follow @quay@towns.example."),
    ],
)
def test_a_withheld_value_is_found_in_a_text_however_it_is_written(kind: str, value: str, text: str) -> None:
    (found,) = {each.rpartition(":")[2] for each in beside(text, row(kind, value))}
    assert found == "9"


def test_a_finding_names_the_line_of_the_text_the_value_and_where_it_is_withheld() -> None:
    quay = entry("quay", contact=(row("phone", "+41 22 910 45 05"),), show=(rule("phone"),))
    mole = entry("mole", paragraph(run("First line. ", line=9), run("Ring 022 910 45 05.", line=10)))
    (finding,) = told(book(quay, mole))
    assert (finding.code, finding.severity, finding.place.file, finding.place.line) == (
        "words-withheld",
        "error",
        mole.place.file,
        10,
    )
    assert "+41 22 910 45 05" in finding.message
    assert "quay.md:4, contact[1].phone" in finding.message
    assert "{phone: public}" in finding.remedy


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Quay, ring 022 910 45 05"},
        {"values": (OwnValue(field="hours", texts=("Ring +41 22 910 45 05 at night",), place=FILE),)},
        {"contact": (row("phone", "+41 22 910 45 05"), row("address", "4 Sluice Lane, 022 910 45 05"))},
    ],
    ids=["name", "own field", "address"],
)
def test_a_number_stands_in_no_other_field_of_its_entry(fields: dict[str, Any]) -> None:
    phone = (row("phone", "+41 22 910 45 05"),)
    quay = entry("quay", **{"contact": phone, **fields}, show=(rule("phone"),))
    assert [each.partition(":")[0] for each in in_texts(book(quay))] == ["+41 22 910 45 05"]


def test_somebody_elses_row_may_have_the_same_number() -> None:
    phone = (row("phone", "+41 22 910 45 05"),)
    quay, mole = entry("quay", contact=phone, show=(rule("phone"),)), entry("mole", contact=phone)
    assert in_texts(book(quay, mole)) == []


def test_it_is_found_in_notes_links_alternative_texts_and_subtitles() -> None:
    quay = entry("quay", contact=(row("mail", "quay@example.org"), row("person", "Ada Brandt")), name="Quay Town")
    limits = (rule("mail"), rule("person"))
    photo = Photo(file="a.jpg", alt="Ada Brandt at her desk.", place=FILE, file_place=FILE)
    others = [
        entry("mole", paragraph("See", call("a", "Ask Ada Brandt.", line=12))),
        entry("mole", paragraph(run("here", href="mailto:quay@example.org", line=7))),
        entry("mole", photo=photo),
        entry("mole", subtitle="Home of Ada Brandt"),
    ]
    for other in others:
        assert len(in_texts(book(quay, other, show=limits))) == 1


def test_an_entry_that_is_not_shown_must_not_be_spoken_of() -> None:
    desk = entry("desk", paragraph("We answer every question that anybody has."), name="Harbour Desk", show=(rule(""),))
    assert in_texts(book(desk, entry("mole", paragraph("Ask the Harbour Desk.", line=3)))) == ["Harbour Desk:3"]
    assert in_texts(book(desk, entry("mole", paragraph("Ask a desk of the harbour.")))) == []
    assert in_texts(book(replace(desk, name="Desk"), entry("mole", paragraph("Ask the desk.")))) == []


def test_own_values_are_withheld_with_the_numbers_and_addresses_in_them() -> None:
    value = OwnValue(field="duty", texts=("Nights: +41 22 910 45 05",), place=PLACE)
    quay = entry("quay", values=(value,), show=(rule("duty"),))
    assert in_texts(book(quay, entry("mole", paragraph("Ring 022 910 45 05.", line=5)))) == ["+41 22 910 45 05:5"]


# -------------------------------------------------------------------- what is no alarm
@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("address", "4 Sluice Lane, 1201 Northport", "We meet in Northport, and in 1201 Northport."),
        ("address", "Example City", "The people of Example City came."),
        ("address", "Room 12, Old House\nNorthport", "The old house has a room 14."),
        ("person", "The Secretary General", "The Secretary General came."),
        ("person", "Secretary", "The secretary came."),
        ("person", "Harbour Master: Ada Brandt", "The Harbour Master came."),
        ("person", "Ask at the desk of the mole", "Ask at the mole."),
        ("person", "Ada Brandt", "Canada Brandtson came; so did Ada."),
        ("mail", "quay@example.org", "Write to north.quay@example.org or quay@example.org.uk."),
        ("web", "www.example.org", "See sub.example.org, office@example.org, example.org/report and example.orgx."),
        ("phone", "+41 22 910 45 05", "Ring +41 22 910 45 06; 22 910 towns in 4505 lands."),
        ("phone", "117", "117 boats lie here."),
        ("social", "quay", "The quay is long."),
        ("fax", "no", "There is no fax."),
    ],
)
def test_words_that_anybody_may_have_are_no_alarm(kind: str, value: str, text: str) -> None:
    assert beside(text, row(kind, value, network="facebook" if kind == "social" else None)) == []


def test_what_another_entry_shows_in_a_field_is_no_alarm() -> None:
    rows = (row("phone", "+41 22 910 45 05"), row("mail", "office@example.org"), row("person", "Ada Brandt"))
    quay = entry("quay", contact=rows, show=(rule("contact"),))
    shared = (row("phone", "022 910 45 05"), row("mail", "Office@example.org"), row("person", "Ada Brandt, mayor"))
    text = paragraph("Ada Brandt, office@example.org, +41 22 910 45 05.")
    assert in_texts(book(quay, entry("mole", text, contact=shared))) == []
    assert len(in_texts(book(quay, entry("mole", text)))) == 3


def test_a_sentence_that_others_have_as_well_is_no_alarm() -> None:
    same = "Members meet twice a year in spring and autumn."
    quay = entry("quay", paragraph(same), show=(rule("text"),))
    assert in_texts(book(quay, entry("mole", paragraph(same)))) == []


def test_nothing_is_told_where_it_is_shown_or_where_nothing_is_limited() -> None:
    quay = entry("quay", paragraph("Ring +41 22 910 45 05."), contact=(row("phone", "+41 22 910 45 05"),))
    assert in_texts(book(quay, show=(rule("phone"),)), "members") == []
    assert in_texts(book(quay)) == []
    assert len(in_texts(book(quay, show=(rule("phone"),)))) == 1
    own = replace(quay, show=(rule("phone", "public"),))
    assert in_texts(book(own, show=(rule("phone"),))) == []


# -------------------------------------------------------------------- what is found in a file
QUAY = entry(
    "north-quay",
    paragraph("Nobody but members reads that boats lie here at night."),
    name="North Quay",
    show=(rule(""),),
    contact=(row("phone", "+41 22 910 45 05"), row("mail", "quay@example.org")),
)


def written(path: Path, change: Callable[[Pdf], None]) -> Path:
    """A file of one page that draws nothing, changed by hand."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(path)
    return path


def _with_text(pdf: Pdf, text: str) -> None:
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[0].Contents = pdf.make_stream(f"BT /F 12 Tf 50 700 Td ({text}) Tj ET".encode())


def _with_marks(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"/Span << /ActualText (Ring 022 910 45 05) >> BDC EMC")


def _with_attachment(pdf: Pdf) -> None:
    pdf.attachments["list.csv"] = pikepdf.AttachedFileSpec(pdf, b"name,mail\nx,quay@example.org\n")


def _with_metadata(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "The North Quay"


def _put(pdf: Pdf, **entries: Any) -> None:
    pdf.Root.Held = pdf.make_indirect(Dictionary(**entries))


LEAKS: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "on a page": (lambda pdf: _with_text(pdf, "+41 22 910 4505"), "page 1"),
    "in small parts": (lambda pdf: _with_text(pdf, "N) Tj (orth Quay"), "page 1"),
    "marked content": (_with_marks, "what is read instead"),
    "an attachment": (_with_attachment, "a file in it"),
    "metadata": (_with_metadata, "its metadata"),
    "a link": (lambda pdf: _put(pdf, A=Dictionary(S=Name.URI, URI=String("tel:+41-22-910-45-05"))), "a link"),
    "a mail link": (lambda pdf: _put(pdf, URI=String("mailto:quay@example.org?subject=x")), "a link"),
    "a bookmark": (lambda pdf: _put(pdf, Title=String("North Quay")), "a bookmark or title"),
    "an alternative text": (lambda pdf: _put(pdf, Alt=String("The door of North Quay")), "an alternative text"),
    "a name": (lambda pdf: _put(pdf, Names=Array([String("north-quay"), 1])), "a name that links lead to"),
    "the facts": (lambda pdf: pdf.docinfo.__setitem__(Name.Subject, "Of North Quay"), "what the file says of itself"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "where"), LEAKS.values(), ids=LEAKS)
def test_a_withheld_value_is_found_wherever_a_file_has_it(
    tmp_path: Path, change: Callable[[Pdf], None], where: str
) -> None:
    path = written(tmp_path / "a.pdf", change)
    found = check_withheld(path, book(QUAY, entry("mole")), "public", "email", "x-public-email.pdf")
    assert found
    assert {finding.code for finding in found} == {"words-withheld"}
    assert any(where in finding.message and finding.place.file.endswith("quay.md") for finding in found), found
    assert check_withheld(path, book(QUAY, entry("mole")), "members", "email", "x.pdf") == []


def test_it_is_found_in_the_files_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", lambda pdf: None)
    (found,) = check_withheld(path, book(QUAY, entry("mole")), "public", "press", "towns-north-quay-public-press.pdf")
    assert "the file's name" in found.message


def test_keys_and_single_words_count_as_names_alone(tmp_path: Path) -> None:
    pier = entry("pier", name="Pier", show=(rule(""),))
    path = written(
        tmp_path / "a.pdf", lambda pdf: (_with_text(pdf, "Pier"), _put(pdf, Alt=String("pier"), Names=String("piers")))
    )
    assert check_withheld(path, book(pier, entry("mole")), "public", "email", "x.pdf") == []
    path = written(tmp_path / "b.pdf", lambda pdf: _put(pdf, Title=String("Pier"), Dest=String("pier")))
    found = check_withheld(path, book(pier, entry("mole")), "public", "email", "x.pdf")
    assert "a name that links lead to; a bookmark or title" in found[0].message


def test_a_profile_is_known_by_where_it_leads(tmp_path: Path) -> None:
    quay = entry("quay", contact=(row("social", "NorthQuay", network="facebook"),), show=(rule("social"),))
    path = written(tmp_path / "a.pdf", lambda pdf: _put(pdf, URI=String("https://www.facebook.com/NorthQuay")))
    assert check_withheld(path, book(quay), "public", "email", "x.pdf")
    path = written(tmp_path / "b.pdf", lambda pdf: _put(pdf, URI=String("https://example.org/NorthQuay")))
    assert check_withheld(path, book(quay), "public", "email", "x.pdf") == []
