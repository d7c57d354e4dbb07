"""Spot inks on the press: one colour space each, tints of it wherever a page has colour, and no plate besides."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from directory_pub.build import BuildResult, build_edition
from directory_pub.design.inks import Ink, InkTable
from directory_pub.design.spot_inks import Spot
from directory_pub.edition.printers import Marks, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.findings import Severity
from directory_pub.finish import DocumentFacts, Finished
from directory_pub.handoff.job_sheet import Job, write_job_sheet
from directory_pub.impose import draw_cover
from directory_pub.pieces import Resources
from directory_pub.preflight import preflight_file
from impose.numbered import A5_MM, numbered
from project import ROOT
from small_book import write_small

Press = Callable[..., Finished]
Typeset = Callable[..., bytes]

NAVY, ORANGE = "PANTONE 534 C", "PANTONE 1375 C"
INKS = InkTable(
    file="styles/inks.yaml",
    inks=(
        Ink(name="ink", srgb=(29, 29, 27), cmyk_percent=(0, 0, 0, 100)),
        Ink(name="navy", srgb=(18, 53, 91), cmyk_percent=(100, 80, 35, 35), spot=Spot(NAVY)),
        Ink(name="blue", srgb=(95, 134, 172), cmyk_percent=(50, 40, 17, 17), spot=Spot(NAVY, 50)),
        Ink(name="orange", srgb=(253, 157, 36), cmyk_percent=(0, 47, 95, 0), spot=Spot(ORANGE)),
        Ink(name="paper", srgb=(255, 255, 255), cmyk_percent=(0, 0, 0, 0)),
    ),
)
BARE = Marks(slug_mm=0, crop=False, registration=False)
DRAWN = """<p style="color: #12355B">Navy</p><p style="border: 2pt solid #FD9D24; background: #5F86AC">Tile</p>
<svg width="80" height="40"><defs>
 <pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#FD9D24"/></pattern>
 <mask id="m"><rect width="40" height="40" fill="white"/></mask></defs>
 <rect width="40" height="40" fill="url(#p)" stroke="#12355B"/>
 <circle r="18" cx="40" cy="20" mask="url(#m)" fill="#12355B" fill-opacity=".4"/></svg>"""


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def spaces(pdf: pikepdf.Pdf, family: str = "/Separation") -> list[pikepdf.Object]:
    """The colour spaces of a family that a file has, each object once."""
    return [each for each in pdf.objects if isinstance(each, Array) and len(each) > 3 and each[0] == family]


def shadings(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and "/ShadingType" in each]


def plates_of(pdf: bytes, folder: Path) -> set[str]:
    """The plates on which Ghostscript puts ink within the trim of a page without marks."""
    (folder / "plates.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r36", "-dUseTrimBox"]
    subprocess.run([*command, "-o", str(folder / "page%d.tif"), str(folder / "plates.pdf")], check=True)
    inked: set[str] = set()
    for path in folder.glob("page*(*).tif"):
        with Image.open(path) as plate:
            darkest = plate.convert("L").getextrema()[0]
        name = re.search(r"\((.*)\)", path.name)
        if isinstance(darkest, int | float) and darkest < 250 and name:
            inked.add(name[1])
    return inked


# -------------------------------------------------------------------- colours
def test_a_spot_has_one_space_whatever_draws_in_it_and_however_pale(press: Press, typeset: Typeset) -> None:
    finished = press(typeset(DRAWN + '<p style="break-before: page; color: #5F86AC">Pale'), INKS, marks=BARE)
    assert finished.findings == []
    pdf = opened(finished.pdf)
    found = {str(each[1]): each for each in spaces(pdf)}
    assert set(found) == {f"/{NAVY}", f"/{ORANGE}"}
    assert len(spaces(pdf)) == 2
    assert b"/Separation /PANTONE#20534#20C /DeviceCMYK" in found[f"/{NAVY}"].unparse(resolved=True)
    lines = found[f"/{NAVY}"][3].Functions.as_list()
    assert [[float(tone) for tone in line.C1.as_list()] for line in lines] == [
        [0.5, 0.4, 0.17, 0.17],
        [1, 0.8, 0.35, 0.35],
    ]


def test_colours_are_tints_of_the_space_and_text_stays_on_black(press: Press, typeset: Typeset) -> None:
    with pikepdf.open(io.BytesIO(press(typeset(DRAWN + "<p>Text"), INKS, marks=BARE).pdf)) as pdf:
        page = pikepdf.parse_content_stream(pdf.pages[0], "scn SCN cs CS k K")
        operators = {(str(each.operator), *map(str, each.operands)) for each in page}
    assert ("cs", f"/Spot-{NAVY}") in operators
    assert ("scn", "0.5") in operators
    assert ("k", "0", "0", "0", "1") in operators
    assert {each for each in operators if each[0] in "kK"} == {("k", "0", "0", "0", "1")}


def test_masks_stay_grey(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, transparent); height: 20pt"></div>'
    finished = press(typeset(html), INKS, marks=BARE)
    assert finished.findings == []
    pdf = opened(finished.pdf)
    found = [each.ColorSpace for each in shadings(pdf)]
    assert sum(each == Name.DeviceGray for each in found) == 1
    assert sum(isinstance(each, Array) and each[1] == f"/{NAVY}" for each in found) == 1


def test_a_gradient_between_tints_of_one_spot_and_paper_is_on_its_plate(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, #5F86AC, #FFFFFF); height: 20pt"></div>'
    pdf = opened(press(typeset(html), INKS, marks=BARE).pdf)
    (shading,) = shadings(pdf)
    assert shading.ColorSpace[0] == Name.Separation
    first, second = shading.Function.Functions.as_list()
    stops = [[float(tint) for tint in each.as_list()] for each in (first.C0, first.C1, second.C0, second.C1)]
    assert stops == [[1], [0.5], [0.5], [0]]


def test_a_gradient_between_two_inks_runs_from_plate_to_plate(press: Press, typeset: Typeset) -> None:
    html = '<div style="background: linear-gradient(#12355B, #FD9D24 50%, #1D1D1B); height: 20pt"></div>'
    finished = press(typeset(html), INKS, marks=BARE)
    assert finished.findings == []
    pdf = opened(finished.pdf)
    (space,) = spaces(pdf, "/DeviceN")
    assert [str(name) for name in space[1].as_list()] == [f"/{NAVY}", f"/{ORANGE}", "/Black"]
    assert sorted(space[4].Colorants.keys()) == sorted((f"/{NAVY}", f"/{ORANGE}"))
    (shading,) = shadings(pdf)
    stops = [[float(tint) for tint in each.C0.as_list()] for each in shading.Function.Functions.as_list()]
    assert stops == [[1, 0, 0], [0, 1, 0]]
    samples = space[3].read_bytes()
    corners = [[round(int.from_bytes(samples[at + 2 * p : at + 2 * p + 2]) / 65535, 2) for p in range(4)]
               for at in range(0, len(samples), 8)]  # fmt: skip
    assert corners[1] == [1, 0.8, 0.35, 0.35]  # the first ink alone
    assert corners[2] == [0, 0.47, 0.95, 0]
    assert corners[3] == [1, 1, 1, 0.35]  # both, no plate beyond full
    assert corners[4] == [0, 0, 0, 1]


@pytest.mark.gs
def test_ghostscript_finds_ink_on_these_plates_alone(press: Press, typeset: Typeset, tmp_path: Path) -> None:
    gradient = '<div style="background: linear-gradient(#12355B, #FD9D24); height: 20pt"></div>'
    assert plates_of(press(typeset(DRAWN + gradient), INKS, marks=BARE).pdf, tmp_path) == {"Black", NAVY, ORANGE}


def test_marks_print_on_every_plate_and_patches_are_those_of_the_inks(press: Press, typeset: Typeset) -> None:
    body = '<p style="color: #12355B">Navy<p style="break-before: page">Text'
    with pikepdf.open(io.BytesIO(press(typeset(body), INKS).pdf)) as pdf:
        marks = pdf.pages[0].obj.Resources.XObject.Marks
        content = marks.read_bytes()
        assert marks.Resources.ColorSpace.All[1] == Name.All
        assert b"/All CS 1 SCN" in content
        assert re.findall(rb"(?m)^(.*) (?:k|scn) ", content) == [
            b"0 0 0 1",
            b"0 0 0 0.5",
            b"/Spot-PANTONE#20534#20C cs 1",
        ]
        marks = pdf.pages[1].obj.Resources.XObject.Marks  # no plate for a patch alone
        assert list(marks.Resources.ColorSpace.keys()) == ["/All"]


@pytest.mark.parametrize(("mode", "patches", "plates"), [("RGB", 7, 5), ("L", 3, 2)])
def test_a_picture_takes_the_plates_of_its_kind_and_their_patches(
    press: Press, typeset: Typeset, embedded: Callable[..., str], tmp_path: Path, mode: str, patches: int, plates: int
) -> None:
    picture = embedded(Image.effect_noise((400, 400), 90).convert(mode), "PNG")
    body = f'<p style="color: #12355B">Navy<img alt="Noise" src="{picture}" style="width: 20mm; display: block">'
    (tmp_path / "press.pdf").write_bytes(press(typeset(body), INKS).pdf)
    offset, _ = read_printer(Theme.of(ROOT), "offset-fogra39")
    assert offset is not None
    assert len(preflight_file(tmp_path / "press.pdf", offset).plates) == plates
    with pikepdf.open(tmp_path / "press.pdf") as pdf:
        assert pdf.pages[0].obj.Resources.XObject.Marks.read_bytes().count(b" re f") == patches


def test_without_a_spot_the_file_is_what_it_was(press: Press, typeset: Typeset) -> None:
    source = typeset(DRAWN)
    plain = press(source, INKS.in_process()).pdf
    with opened(plain) as pdf:
        assert spaces(pdf) == []
        assert b"1 1 1 1 K" in pdf.pages[0].obj.Resources.XObject.Marks.read_bytes()


# -------------------------------------------------------------------- covers and job sheets
def test_the_spine_of_a_cover_spread_lies_in_the_spot(document: DocumentFacts) -> None:
    marks = Marks(slug_mm=10, crop=True, registration=True)
    source = numbered(8, A5_MM, past_mm=3, bleed_mm=3)
    spread = draw_cover(source, spine_mm=10, bleed_mm=3, marks=marks, inks=INKS, ground="navy", document=document)
    with pikepdf.open(io.BytesIO(spread)) as pdf:
        outside = pdf.pages[0]
        assert b"/Spot-PANTONE#20534#20C cs 1 scn" in outside.Contents.read_bytes()
        assert outside.Resources.ColorSpace[f"/Spot-{NAVY}"][1] == f"/{NAVY}"
        assert b"1 1 1 1 K" not in outside.Contents.read_bytes()


def three_inks(folder: Path) -> BuildResult:
    edition = write_small(
        folder / "edition",
        {"here": "Text of the first entry.\n", "there": "And the other."},
        more="theme: three-inks\n",
    )
    return build_edition(edition, folder / "out")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    built = three_inks(tmp_path_factory.mktemp("three-inks"))
    assert not built.failed, [str(each) for each in built.report]
    return built


@pytest.mark.gs
def test_a_book_of_the_theme_of_three_inks_takes_three_plates(small: BuildResult, tmp_path: Path) -> None:
    press = small.files["press"]
    assert small.plates == ["Black", ORANGE, NAVY]
    offset, _ = read_printer(Theme.of(ROOT), "offset-fogra39")
    assert offset is not None
    report = preflight_file(press, offset)
    assert report.problems == []
    assert list(report.plates) == ["Black", ORANGE, NAVY]
    assert plates_of(press.read_bytes(), tmp_path) == {"Black", NAVY, ORANGE}


def test_the_bound_book_has_each_space_once_and_the_email_file_none(small: BuildResult) -> None:
    with pikepdf.open(small.files["press"]) as press, pikepdf.open(small.files["email"]) as email:
        assert sorted(str(each[1]) for each in spaces(press)) == ["/All", f"/{ORANGE}", f"/{NAVY}"]
        assert spaces(email) == []


def test_the_job_sheet_names_the_plates_and_how_much_of_each(small: BuildResult) -> None:
    offset, _ = read_printer(Theme.of(ROOT), "offset-fogra39")
    assert offset is not None
    assert small.edition is not None
    job = Job(edition=small.edition, printer=offset, inks=INKS, page_count=8, text_file="x.pdf", text_pages=8)
    with pikepdf.open(small.files["press"]) as pdf:
        sheet = write_job_sheet(job, pdf, {}, small.plates)
    assert f"| plates | 3: Black, {ORANGE}, {NAVY} |" in sheet
    assert f"| ink | C | M | Y | K | {NAVY} | {ORANGE} |" in sheet
    assert "| ink | 0 | 0 | 0 | 100 | 0 | 0 |" in sheet
    assert "| navy | 0 | 0 | 0 | 0 | 100 | 0 |" in sheet


@pytest.mark.slow
def test_a_kept_piece_is_finished_anew_where_its_ink_gets_a_plate_or_another_look(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "edition", {"here": "Text of the first entry.\n"})
    row = 'navy: {{ srgb: "#12355B", cmyk: [{cmyk}] {more} }}\n'
    built = []
    (folder / "styles").mkdir()
    for cmyk, more in (("100, 78, 32, 30", ""), ("90, 70, 30, 20", ""), ("90, 70, 30, 20", f", spot: {NAVY}")):
        (folder / "styles" / "inks.yaml").write_text(row.format(cmyk=cmyk, more=more), "utf-8")
        made = build_edition(folder, tmp_path / "out", resources=Resources(cache=tmp_path / "kept"))
        built.append((made.files["press"].read_bytes(), made.plates))
    assert len({press for press, _ in built}) == 3
    assert [NAVY in plates for _, plates in built] == [False, False, True]


@pytest.mark.slow
def test_a_book_with_more_spots_than_the_printer_has_plates_for_is_not_delivered(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "edition", {"here": "Text of the first entry.\n"}, more="theme: three-inks\n")
    (folder / "printers").mkdir()
    usual = (ROOT / "printers" / "offset-fogra39.yaml").read_text("utf-8")
    (folder / "printers" / "offset-fogra39.yaml").write_text(usual.replace("spot_inks: 2", "spot_inks: 1"), "utf-8")
    built = build_edition(folder, tmp_path / "out")
    assert [each.code for each in built.report.of(Severity.ERROR)] == ["preflight"]
    (told,) = built.report.of(Severity.ERROR)
    assert f"takes 1, and the file needs 2: '{NAVY}', '{ORANGE}'" in told.message
    assert "press" not in built.files


@pytest.mark.slow
@pytest.mark.gs
def test_the_directory_of_2020_is_printed_with_two_spots_and_black(tmp_path: Path) -> None:
    edition = tmp_path / "three"
    shutil.copytree(ROOT / "content" / "2020", edition)
    sheet = edition / "edition.yaml"
    sheet.write_text("theme: three-inks\n" + sheet.read_text("utf-8"), "utf-8")
    built = build_edition(edition, tmp_path / "out")
    assert built.plates == ["Black", ORANGE, NAVY]
    assert plates_of(built.files["press"].read_bytes(), tmp_path) == {"Black", NAVY, ORANGE}
    four = build_edition(ROOT / "content" / "2020", tmp_path / "four")
    assert built.files["email"].read_bytes() == four.files["email"].read_bytes()
