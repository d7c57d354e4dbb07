"""Adverts held against a printer: every fault that files have, told to the advertiser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

import made_guests
from directory_pub.design.faces import read_faces
from directory_pub.design.grid import read_grid
from directory_pub.edition.printers import Printer, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Severity
from directory_pub.production.advert_checks import check_adverts_for, unusable_adverts
from directory_pub.read import read_edition
from made_guests import PT, guest_pdf, picture_bytes
from project import ROOT
from small_book import write_small

WIDTH, HEIGHT = 176 * PT, 246 * PT
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def coarse(pdf: pikepdf.Pdf) -> Dictionary:
    picture = pdf.make_stream(picture_bytes(200, 280, mode="CMYK"), Filter=Name.DCTDecode, Decode=Array([1, 0] * 4))
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 200, 280
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceCMYK
    return Dictionary(P=picture)


def multiplied(_: pikepdf.Pdf) -> Dictionary:
    return Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply))


FINE = {
    "good": guest_pdf(),
    "marks in a slug": guest_pdf(slug_mm=7),
    "no boxes, with bleed": guest_pdf(176, 246, boxes=False),
    "turned": guest_pdf(turn=90),
    "large unit": guest_pdf(unit=2.0),
    "boxes off origin": guest_pdf(origin=(100, -300)),
    "transparency": guest_pdf(more="/G gs 100 100 90 90 re f", resources={"/ExtGState": multiplied}),
}
FAULTS: dict[str, tuple[bytes, Severity, str]] = {
    "RGB": (guest_pdf(ground="0.1 0.2 0.7 rg"), NOTE, "RGB, which become CMYK"),
    "no bleed": (guest_pdf(bleed_mm=0), ERROR, "has no bleed; it should be 170 x 240 mm with 3 mm of bleed"),
    "short of the bleed": (guest_pdf(bleed_mm=1), ERROR, "has 1.0 mm of bleed"),
    "small": (guest_pdf(166, 236), ERROR, "measures 166 x 236 mm; it should be 170 x 240 mm with 3 mm of bleed on each"),
    "on its side": (guest_pdf(240, 170), ERROR, "lies on its side"),
    "foreign font": (guest_pdf(embedded=False), ERROR, "the font Helvetica is not in the file"),
    "coarse": (guest_pdf(content=f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q", resources={"/XObject": coarse}), ERROR, "29 ppi"),
    "two pages": (guest_pdf(pages=2), ERROR, "has 2 pages"),
    "locked": (guest_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), ERROR, "opens only with a password"),
    "restricted": (guest_pdf(encryption=pikepdf.Encryption(owner="a", user="")), ERROR, "encrypted"),
    "cut short": (guest_pdf()[:900], ERROR, "cannot be read"),
    "no PDF": (b"hello", ERROR, "cannot be read as PDF, JPEG, PNG or WEBP"),
    "empty": (b"", ERROR, "cannot be read as PDF"),
    "spot": (guest_pdf(more="/Spot cs 1 scn 9 9 99 99 re f", resources={"/ColorSpace": made_guests.spot}), ERROR, "PANTONE"),
    "script": (guest_pdf(change=made_guests.script), WARNING, "JavaScript"),
    "field": (guest_pdf(change=made_guests.form_field), ERROR, "a form to fill in"),
    "ink": (guest_pdf(ground="1 1 1 1 k"), ERROR, "400 % ink"),
    "small type": (guest_pdf(more="BT 0 0 0 1 k /F1 3 Tf 99 99 Td (x) Tj ET"), WARNING, "3.00 pt"),
    "ground to the trim": (guest_pdf(content=f"1 0 0 0 k {3 * PT} {3 * PT} {170 * PT} {240 * PT} re f"), ERROR, "stops 3.0 mm"),
}  # fmt: skip


def printer_with(**change: object) -> Printer:
    printer, _ = read_printer(Theme.of(ROOT), str(change.pop("key", "offset-fogra39")))
    assert printer is not None
    return replace(printer, **change)  # type: ignore[arg-type]


Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def check(
        content: bytes | None, printer: Printer | None = None, *, more: str = "", name: str = "a.pdf"
    ) -> list[Finding]:
        row = f'adverts: [{{key: a, file: {name}, advertiser: Quay Bank, alt: "A bank."{more}}}]\n'
        folder = write_small(tmp_path / "x", {"alba": "Text."}, trim="170x240", more=row)
        (folder / "adverts").mkdir()
        if content is not None:
            (folder / "adverts" / name).write_bytes(content)
        edition, findings = read_edition(folder, ROOT)
        assert edition is not None
        assert not findings
        grid = read_grid(edition.theme, edition.trim, edition.bleed_mm, read_faces(edition.theme))
        found = list(check_adverts_for(printer or printer_with(), edition, grid))
        failed = any(each.severity is ERROR for each in found)
        assert unusable_adverts(edition, found).adverts[0].usable is not failed
        return found

    return check


@pytest.mark.parametrize("content", FINE.values(), ids=FINE)
def test_a_good_page_has_no_finding(check: Check, content: bytes) -> None:
    assert check(content) == []


@pytest.mark.quick("RGB", "no bleed", "two pages", "cut short", "no PDF")
@pytest.mark.parametrize(("content", "severity", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_once_at_the_advert_and_to_its_advertiser(
    check: Check, content: bytes, severity: Severity, says: str
) -> None:
    (found,) = check(content)
    assert found.severity is severity
    assert found.code == ("advert-unfit" if severity is ERROR else "advert-poor")
    assert found.message.startswith("Quay Bank: your advert 'a.pdf'")
    assert says in found.message
    assert found.remedy
    assert found.place.file.endswith("edition.yaml")
    assert found.place.field == "adverts[1].file"


def test_a_missing_file_is_told_at_its_advert(check: Check) -> None:
    (found,) = check(None)
    assert found.code == "file-missing"
    assert found.place.field == "adverts[1].file"


def test_a_half_is_asked_for_by_the_grid_and_without_bleed(check: Check) -> None:
    assert check(guest_pdf(139.5, 96.75, bleed_mm=0), more=", size: half") == []


def test_a_quarter_of_another_size_is_told_its_own(check: Check) -> None:
    (found,) = check(guest_pdf(68.5, 98, bleed_mm=0), more=", size: quarter")
    assert "measures 68.5 x 98 mm; it should be 67.5 x 96.75 mm, without bleed" in found.message


def test_a_picture_without_the_shape_is_told(check: Check) -> None:
    (found, *_) = check(picture_bytes(1000, 1000), name="a.jpg")
    assert "measures 170 x 170 mm" in found.message


def test_a_printer_may_refuse_rgb(check: Check) -> None:
    (found,) = check(guest_pdf(ground="0.1 0.2 0.7 rg"), printer_with(advert_rgb="refuse"))
    assert found.severity is ERROR


def test_a_spot_that_the_printer_prints_is_fine(check: Check) -> None:
    content = guest_pdf(more="/Spot cs 1 scn 9 9 99 99 re f", resources={"/ColorSpace": made_guests.spot})
    assert check(content, printer_with(advert_spots=("PANTONE 286 C",))) == []


def test_a_copier_asks_for_no_bleed_and_takes_rgb(check: Check) -> None:
    assert check(guest_pdf(bleed_mm=0, ground="0.1 0.2 0.7 rg"), printer_with(key="office-copier")) == []
