"""The script that measures pages: a known fault of each kind is found at its place, and none on clean pages."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from measure_pages import main, measure
from page_measures.colour import Profile
from page_measures.findings import Finding, Section

from project import ROOT
from unit.measured_pdf import SENTENCES, column, field, line, make_pdf

PROFILE = Profile(ROOT / "printers" / "ISOcoated_v2_300_bas.icc")
TWO = [*column(SENTENCES), *column(SENTENCES, down=62 + 11 * 14)]  # a page of two paragraphs


def section(sections: list[Section], title: str) -> dict[str, str]:
    return next(dict(each.rows) for each in sections if each.title.startswith(title))


def faults(sections: list[Section]) -> list[Finding]:
    return [finding for each in sections for finding in each.findings if finding.is_fault]


def folio(number: int) -> str:
    return line(str(number), 250, 24, size=8)


def book(*changed: list[str]) -> bytes:
    """Six pages with folios: clean ones, and in the place of the third and those behind it, others."""
    pages = [TWO] * 2 + list(changed)
    pages += [TWO] * (6 - len(pages))
    return make_pdf(*([folio(number), *steps] for number, steps in enumerate(pages, 1)))


def test_clean_pages_have_no_fault() -> None:
    measured = measure(book())
    assert faults(measured) == []
    baselines = section(measured, "Baselines")
    assert baselines["grid"].startswith("14.0000 pt (4.939 mm)")
    assert baselines["pages with text on the grid"] == "6 of 6"
    assert baselines["facing pages agree within 0.02 pt"] == "2 of 2"
    assert section(measured, "First lines")["pages that go on"] == "6, 6 on line 1"
    rag = section(measured, "Rag of Helvetica 10")
    assert (rag["full lines"], rag["leading ratio"]) == ("108", "1.400")
    assert rag["word space (em) median, 5 to 95 %"].startswith("0.278")
    assert section(measured, "Running heads")["pages with running head or folio"] == "6"


def test_a_line_off_the_grid_is_found() -> None:
    steps = [*TWO[:4], line(SENTENCES[4], 40, 62 + 4 * 14 + 0.3), *TWO[5:]]
    found = faults(measure(book(steps)))
    assert [(f.kind, f.page, f.figure) for f in found] == [
        ("line off the grid", 3, "+0.300 pt"),
        ("facing baselines disagree", 2, "0.300 pt"),
    ]
    assert "key. Letters are" in found[0].place


def test_a_page_that_begins_a_line_low_is_found() -> None:
    low = [*column(SENTENCES, down=62 + 14), *column(SENTENCES, down=62 + 12 * 14)]
    found = faults(measure(book(low)))
    assert [(f.kind, f.page, f.figure) for f in found] == [("page begins low or high", 3, "line 2, others on line 1")]


def test_a_grid_of_three_quarters_is_one_of_its_own() -> None:
    notes = [line("Of these the first and the second alone", 40, 376 - number * 10.5, size=7) for number in range(3)]
    measured = measure(book([*column(SENTENCES), *notes], [*column(SENTENCES), *notes]))
    assert faults(measured) == []
    assert section(measured, "Baselines")["other leadings, of the grid's"] == "Helvetica 7 at 0.750"


def test_text_on_four_thirds_of_a_listing_s_line_stands_on_its_grid() -> None:
    rows = [line("Of these the first and the second alone", 40, 62 + number * 10.5, size=7) for number in range(30)]
    measured = measure(make_pdf(*[rows] * 4, TWO))
    assert section(measured, "Baselines")["pages with text on the grid"] == "5 of 5"
    assert section(measured, "Baselines")["grid"].startswith("10.5000 pt")


def test_a_sentence_that_begins_at_a_line_s_end_is_found() -> None:
    texts = [*SENTENCES[:3], "there, what failed, and why. The", *SENTENCES[4:]]
    measured = measure(make_pdf([*column(texts), *column(SENTENCES, down=216)]))
    assert [(f.kind, f.page, f.figure) for f in faults(measured)] == [("sentence begins at a line's end", 1, "“The”")]
    assert section(measured, "Ends of lines")["sentences that begin at a line's end"] == "1 of 18 full lines (p1 “The”)"


def test_last_lines_of_one_word_are_found_and_addresses_among_them() -> None:
    pages = [*column(SENTENCES, last="seashore."), *column(SENTENCES, down=216, last="garden.example.org")]
    measured = measure(make_pdf(pages))
    assert [(f.kind, f.place) for f in faults(measured)] == [("one word in the last line", "“seashore.” at 188.0 pt")]
    assert section(measured, "Last lines")["last line of one word"] == "2, 1 of them addresses (p1)"


def test_lines_that_end_in_hyphens_are_counted_and_two_running_found() -> None:
    texts = [
        *SENTENCES[:2],
        "and writes once a year of what gar-",
        "deners say of it, and who had the gar-",
        *SENTENCES[4:],
    ]
    measured = measure(make_pdf([*column(texts), *column(SENTENCES, down=216)]))
    assert section(measured, "Ends of lines")["lines that end in a hyphen"] == "2 (p1)"
    assert [f.kind for f in faults(measured)] == ["two lines running end in a hyphen"]


def test_edges_that_nearly_meet_are_found() -> None:
    rule = field(43, 300, 100, 0.5, "0 g")  # 3 pt right of the text
    low = field(180, 303, 80, 0.5, "0 g")  # 3 pt below the rule beside it
    found = faults(measure(make_pdf([*column(SENTENCES), rule, low])))
    assert [(f.kind, f.figure) for f in found] == [
        ("left edges nearly meet", "1.06 mm"),
        ("horizontals nearly meet", "1.06 mm"),
    ]


def test_rules_that_are_stubs_or_end_in_the_air_are_found() -> None:
    """Beside a paragraph of ten lines, from 50 to 192 points down."""

    def beside(top: float, height: float, *more: str) -> list[str]:
        return [field(25, top, 1, height, "0.2 0.4 0.6 rg"), *more, *column(SENTENCES), line("below", 40, 380)]

    paper = field(24, 170, 3, 50, "1 1 1 rg")
    for steps, found in (
        (beside(50, 142), []),
        (beside(50, 165), [("rule ends in the air", "9.52 mm")]),
        (beside(50, 165, paper), []),
        (beside(50, 10), [("rule is a stub", "3.53 mm")]),
        (beside(50, 142, field(24, 50, 3, 132, "1 1 1 rg")), [("rule is a stub", "3.53 mm")]),
        (beside(50, 340), []),  # to the foot of the page: it goes on
    ):
        told = [(each.kind, " ".join(each.figure.split()[:2])) for each in faults(measure(make_pdf(steps)))]
        assert [each for each in told if "rule" in each[0]] == found


def test_pale_type_is_found() -> None:
    pale = line("Pale words upon a pale ground", 44, 320, colour="0.6 0.6 0.7 rg")
    dark = line("White words upon a dark ground", 44, 360, colour="1 g")
    steps = [
        *column(SENTENCES),
        field(40, 300, 220, 30, "0.9 0.9 1 rg"),
        pale,
        field(40, 340, 220, 30, "0.1 0.1 0.4 rg"),
        dark,
    ]
    measured = measure(make_pdf(steps))
    kinds = [(f.kind, f.page) for f in faults(measured) if "contrast" in f.kind]
    assert kinds == [("contrast below AA", 1)]
    assert section(measured, "Contrast")["lowest"] == "p1 2.26"


def test_a_running_head_off_the_folio_s_line_or_on_other_words_is_found() -> None:
    heads = [line("The gardens", 40, 23.7, size=8)]
    pages = [[folio(number), *heads, *TWO] for number in range(1, 5)]
    pages[3].append(line("Over the words", 60, 63, size=10))
    found = {f.kind for f in faults(measure(make_pdf(*pages)))}
    assert found >= {"running head and folio apart", "lines overlap"}


def test_a_line_alone_at_the_head_of_a_page_is_found() -> None:
    going_on = [*column(SENTENCES), *column(SENTENCES, down=216, last="and of all the lakes, which hold the")]
    alone = [line("rain of a whole year.", 40, 62), *column(SENTENCES, down=62 + 28)]
    found = faults(measure(book(going_on, alone)))
    assert [(f.kind, f.page) for f in found] == [("one line alone at the head", 4)]


def test_tones_that_fall_together_on_the_press_are_found_at_their_page() -> None:
    navy, near, far = "1 0.78 0.32 0.3 k", "1 0.83 0.33 0.2 k", "0.6 0.3 0.1 0 k"
    plate = [field(0, 0, 300, 420, navy), field(40, 40, 90, 90, near), field(160, 40, 90, 90, far)]
    press = make_pdf(TWO, plate)
    found = faults(measure(press, press, PROFILE))
    assert [(f.kind, f.page, f.place) for f in found] == [
        ("neighbours too close", 2, "[100 78 32 30] beside [100 83 33 20]")
    ]
    assert re.match(r"3\.\d \(limit 6\)", found[0].figure)


def test_inks_in_a_form_and_under_a_spot_s_name_are_read() -> None:
    document = pikepdf.open(io.BytesIO(make_pdf([field(0, 0, 300, 420, "0 0 0 0.5 k"), "/X Do"])))
    form = document.make_stream(b"/S cs 0.5 scn 50 50 100 100 re f")
    full = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0.6, 0, 0], N=1)
    spot = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/Harbour Blue"), pikepdf.Name.DeviceCMYK, full])
    form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 300, 420]})
    form["/Resources"] = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(S=spot))
    document.pages[0].obj.Resources["/XObject"] = pikepdf.Dictionary(X=form)
    written = io.BytesIO()
    document.save(written)
    measured = measure(written.getvalue(), written.getvalue(), PROFILE)
    assert "[0 0 0 50] beside Harbour Blue 50" in section(measured, "Inks that touch, press")


def test_small_type_in_several_inks_is_found() -> None:
    words = [line("Two plates for seven points", 40, 300, size=7, colour="0.5 0.5 0 0 k"),
             line("One plate for seven points", 40, 320, size=7, colour="0 0 0 1 k")]  # fmt: skip
    press = make_pdf([*column(SENTENCES), *words])
    found = [f for f in faults(measure(press, press, PROFILE)) if f.kind.startswith("small type")]
    assert [(f.page, f.place, f.figure) for f in found] == [(1, "7 pt in [50 50 0 0]", "23 characters, 2 plates")]


@pytest.mark.parametrize(
    "pages",
    [
        [[]],
        [[field(20, 20, 200, 200, "0.2 0.4 0.6 rg")]] * 3,
        [[line("7", 150, 400)]],
        [[line("One line alone on its page", 40, 62)]],
        [[*column(SENTENCES, left=20), *column(SENTENCES, left=220)]] * 2,
        [["BT /F9 10 Tf (lost face) Tj ET", "Q Q q", "/P0 scn 0 0 10 10 re f", "/Nowhere Do", "1 2 k"]],
    ],
    ids=["empty", "drawings", "folio alone", "one line", "two columns", "broken"],
)
def test_any_pages_are_measured(pages: list[list[str]]) -> None:
    made = make_pdf(*pages, size=(420, 420))
    assert measure(made, made, PROFILE)


def test_the_command_prints_a_table_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(book())
    bad.write_bytes(book([*TWO[:4], line(SENTENCES[4], 40, 62 + 4 * 14 + 0.3), *TWO[5:]]))
    assert main([str(good), "--check"]) == 0
    assert main([str(bad)]) == 0
    capsys.readouterr()
    assert main([str(bad), "--check", "--json", str(tmp_path / "figures.json")]) == 1
    printed = capsys.readouterr().out
    assert "✗ p3 “key. Letters are read aloud in …” at 118.3 pt: line off the grid, +0.300 pt" in printed
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures[0]["title"] == "Baselines"
    assert figures[0]["figures"]["off_pt"]["3"] == 0.3


@pytest.mark.parametrize("content", [b"", b"not a PDF", None, "locked"])
def test_what_is_no_pdf_is_told_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | str | None
) -> None:
    file = tmp_path / "book.pdf"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content == "locked":
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert main([str(file)]) == 2
    told = capsys.readouterr().err
    assert str(file) in told
    assert "Traceback" not in told


def test_a_damaged_page_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "book.pdf"
    with pikepdf.open(io.BytesIO(book())) as document:
        document.pages[2].obj.Contents.write(b"no deflated data", filter=pikepdf.Name.FlateDecode)
        document.save(file)
    assert main([str(file)]) == 2
    assert "damaged" in capsys.readouterr().err


def test_a_profile_that_is_none_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(book())
    assert main([str(file), "--press", str(file), "--profile", str(file)]) == 2
    assert "no profile of CMYK" in capsys.readouterr().err
