"""Every rule catches the file that breaks it, and no other rule does."""

from __future__ import annotations

import functools
import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageFile

from directory_pub.findings import printable
from directory_pub.preflight import RULES, preflight_file, sarif_log
from directory_pub.preflight.effort import allow_for
from directory_pub.preflight.picture_data import Claim, open_coded
from preflight.good_pdf import as_bytes, claim, draw, good_pdf, good_picture, mm, printer, save
from preflight.seeded import CODE, write_seed
from preflight.seeded_x4 import SEEDS


@pytest.fixture
def good_file(tmp_path: Path) -> Path:
    """The good file on disk."""
    with good_pdf() as pdf:
        return save(pdf, tmp_path / "good.pdf")


def test_the_good_file_breaks_no_rule(good_file: Path) -> None:
    report = preflight_file(good_file, printer())
    assert report.problems == []
    assert report.page_count == 4


def test_every_rule_is_broken_by_a_seed() -> None:
    assert {rule for rule, _ in SEEDS} == set(RULES)


@pytest.mark.parametrize(("rule", "way"), SEEDS, ids=lambda part: part.replace(" ", "-"))
def test_a_broken_rule_is_caught_and_no_other(rule: str, way: str, tmp_path: Path) -> None:
    on_request = [rule] if RULES[rule].on_request else []
    report = preflight_file(write_seed(rule, way, tmp_path), printer(), only=on_request)
    assert [str(found) for found in report if found.rule != rule] == []
    assert [found.severity for found in report] == [RULES[rule].severity]


def test_a_jpeg_that_breaks_off_is_told_in_a_program_that_takes_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the engine does for the whole program
    test_a_broken_rule_is_caught_and_no_other("picture-data", "a JPEG that breaks off", tmp_path)


def test_a_page_tree_is_told_with_what_it_claims_and_what_it_holds(tmp_path: Path) -> None:
    (found,) = preflight_file(write_seed("page-tree", "fewer pages claimed than there are", tmp_path), printer())
    assert found.message == "the page tree says 2 pages; it holds 4."


@pytest.mark.parametrize(
    "way",
    [
        lambda top: top.Kids.__setitem__(3, top.Kids[1]),
        lambda top: top.Kids.append(Array([])),
        lambda top: top.Kids[1].__delitem__("/Type"),
    ],
    ids=["a page listed twice", "a kid that is none", "a page of no type"],
)
def test_a_page_tree_that_is_mended_as_it_opens_is_damaged_and_no_path_is_told(
    way: Callable[[pikepdf.Object], None], tmp_path: Path
) -> None:
    with good_pdf() as pdf:
        way(pdf.Root.Pages)
        report = preflight_file(save(pdf, tmp_path / "odd.pdf"), printer())
    assert "damaged" in {found.rule for found in report}
    assert "odd.pdf" not in " ".join(map(str, report))


def test_a_page_that_prints_at_double_size_is_told_in_its_real_size(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.pages[2].obj.UserUnit = 2
        path = save(pdf, tmp_path / "double.pdf")
    report = {found.rule: found for found in preflight_file(path, printer())}
    assert report["page-unit"].message == "a UserUnit of 2 makes the page 2 times as large: 200.00 × 280.00 mm."
    assert report["boxes-equal"].message == "the trim is 200.00 × 280.00 mm; that of page 1 is 100.00 × 140.00 mm."
    assert report["picture-resolution"].measured == pytest.approx(152, abs=1)
    assert {found.page for found in report.values()} == {3}
    assert [found.rule for found in preflight_file(path, printer(), only=["boxes-equal"])] == ["boxes-equal"]


@pytest.mark.parametrize(("kind", "told"), [("GoTo", ["warning"]), ("Named", ["error"])])
def test_a_bookmark_that_goes_to_a_page_is_a_warning(kind: str, told: list[str], tmp_path: Path) -> None:
    with good_pdf() as pdf:
        mark = pdf.make_indirect(Dictionary(Title=String("One"), A=Dictionary(S=Name(f"/{kind}"))))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=mark, Last=mark))
        report = preflight_file(save(pdf, tmp_path / "marked.pdf"), printer())
    assert [(found.rule, found.severity) for found in report] == [("action", severity) for severity in told]


@pytest.mark.parametrize("unit", [0, -1, 1e9])
def test_a_unit_that_is_no_size_is_damage(unit: float, tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.pages[2].obj.UserUnit = unit
        assert [found.rule for found in preflight_file(save(pdf, tmp_path / "odd.pdf"), printer())] == ["damaged"]


@pytest.mark.parametrize("text", ["a\nb\n\nc", "\x1b[31mred", "\u202eabc", "\x9b2J"])
def test_no_text_of_a_file_is_told_as_it_stands(text: str, tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.trailer.Info.Title = String(text)
        pdf.trailer.Info.CreationDate = String(text)
        pdf.Root.OutputIntents[0].OutputConditionIdentifier = String(text)
        font = pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0]
        del font.FontDescriptor["/FontFile2"]
        font.BaseFont = pdf.pages[0].obj.Resources.Font.F1.BaseFont = Name("/" + text)
        report = preflight_file(save(pdf, tmp_path / "odd.pdf"), printer())
    rules = {found.rule for found in report}
    assert {"document-title", "document-dates", "output-condition", "font-not-embedded"} <= rules
    told = json.dumps([report.rows(), sarif_log(report, tmp_path / "odd.pdf")], ensure_ascii=False)
    assert printable(told) == told
    assert all(len(str(found).splitlines()) == 2 for found in report)


def test_a_label_on_a_file_that_breaks_a_rule_is_unearned(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        claim(pdf, pdfxid_GTS_PDFXVersion="PDF/X-4")
        earned = preflight_file(save(pdf, tmp_path / "earned.pdf"), printer(), only=["label-missing", "label-unearned"])
        draw(pdf, "1 0 0 rg 100 100 20 20 re f")
        unearned = preflight_file(save(pdf, tmp_path / "unearned.pdf"), printer())
    assert earned.problems == []
    assert [found.rule for found in unearned] == ["colour-rgb", "label-unearned"]


def test_a_place_is_measured_from_the_top_left_of_the_trim(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        draw(pdf, "1 1 1 0.5 k 141.7323 283.4646 28.3465 56.6929 re f")
        (found,) = preflight_file(save(pdf, tmp_path / "dark.pdf"), printer())
    assert found.page == 2
    assert found.spot is not None
    assert (found.spot.x_mm, found.spot.y_mm) == (37.0, 33.0)  # 50 - 13 mm in; 153 - 120 mm down
    assert (found.spot.width_mm, found.spot.height_mm) == (10.0, 20.0)
    assert (found.measured, found.limit) == (350.0, 300.0)


def test_many_places_of_a_page_are_one_problem_with_the_worst(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        draw(pdf, "1 1 1 0.1 k 100 200 9 9 re f 1 1 1 0.4 k 120 200 9 9 re f 1 1 1 0.2 k 140 200 9 9 re f")
        (found,) = preflight_file(save(pdf, tmp_path / "dark.pdf"), printer())
    assert (found.count, found.measured) == (3, 340.0)


@pytest.mark.parametrize(("side_mm", "told"), [(10, []), (15, ["warning"]), (20.3, ["warning"]), (20.4, ["error"])])
def test_a_picture_weighs_as_much_as_the_reader_suffers(side_mm: float, told: list[str], tmp_path: Path) -> None:
    with good_pdf() as pdf:
        claim(pdf, pdfxid_GTS_PDFXVersion="PDF/X-4")
        picture = good_picture(pdf)  # 120 px: at 20.32 mm half of the 300 ppi that are asked for
        draw(pdf, f"{mm(side_mm)} 0 0 {mm(side_mm)} {mm(40)} {mm(60)} cm /L Do", XObject={"L": picture})
        report = preflight_file(save(pdf, tmp_path / "soft.pdf"), printer())
    assert [found.severity for found in report if found.rule == "picture-resolution"] == told
    assert any(found.rule == "label-unearned" for found in report) == ("error" in told)


def test_rules_are_chosen_by_name(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        draw(pdf, "1 0 0 rg 100 100 20 20 re f 0 G 0 w 100 150 m 200 150 l S")
        path = save(pdf, tmp_path / "two.pdf")
    assert [found.rule for found in preflight_file(path, printer(), only=["colour-rgb"])] == ["colour-rgb"]
    assert [found.rule for found in preflight_file(path, printer(), skip=["colour-rgb"])] == ["rule-hairline"]


# ------------------------------------------------------------------------------- files that are no good
def _rules(path: Path) -> list[str]:
    """The rules that a file breaks; reading that had no end would never come here."""
    return [found.rule for found in preflight_file(path, printer())]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_file_is_damaged(share: float, good_file: Path, tmp_path: Path) -> None:
    whole, cut = good_file.read_bytes(), tmp_path / "cut.pdf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged" in _rules(cut)


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"%PDF-1.6\n", b"%PDF-1.6\n%%EOF"])
def test_a_file_that_is_no_pdf_is_damaged(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.pdf").write_bytes(content)
    assert _rules(tmp_path / "odd.pdf") == ["damaged"]


def test_a_page_tree_that_loops_is_damaged(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        tree = pdf.Root.Pages
        inner = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([tree]), Count=1, Parent=tree))
        tree.Kids.append(inner)
        path = save(pdf, tmp_path / "loop.pdf")
    assert "damaged" in _rules(path)


def test_a_form_that_draws_itself_is_damaged(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        form = pdf.make_indirect(pdf.make_stream(b"/Self Do", Subtype=Name.Form, BBox=[0, 0, 300, 300]))
        form.Resources = Dictionary(XObject=Dictionary(Self=form))
        draw(pdf, "/Self Do", XObject={"Self": form})
        path = save(pdf, tmp_path / "self.pdf")
    assert _rules(path) == ["damaged"]


@pytest.fixture
def little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of four pages may take a hundredth of what it may, so that what has no end is soon there."""
    monkeypatch.setattr("directory_pub.preflight.effort._FEWEST_PAGES", 10)


@pytest.mark.usefixtures("little_effort")
def test_forms_that_multiply_are_damaged_and_ends(tmp_path: Path) -> None:
    with good_pdf() as pdf:
        form = pdf.make_stream(b"0 0 1 1 re f", Subtype=Name.Form, BBox=[0, 0, 300, 300])
        for _ in range(5):
            row = Dictionary(XObject=Dictionary(Inner=form))
            form = pdf.make_stream(b"/Inner Do " * 12, Subtype=Name.Form, BBox=[0, 0, 300, 300], Resources=row)
        draw(pdf, "/Outer Do", XObject={"Outer": form})
        path = save(pdf, tmp_path / "many.pdf")
    assert _rules(path) == ["damaged"]


@pytest.mark.usefixtures("little_effort")
@pytest.mark.parametrize("piece", [b"q ", b"q Q ", b"0 0 1 1 re f ", b"(", b"[ "])
def test_content_without_end_is_damaged_and_ends(piece: bytes, tmp_path: Path) -> None:
    with good_pdf() as pdf:
        pdf.pages[1].obj.Contents = pdf.make_stream(piece * 100_000)
        path = save(pdf, tmp_path / "long.pdf")
    assert _rules(path) == ["damaged"]


@pytest.mark.slow
def test_a_stream_that_unpacks_without_end_is_damaged(tmp_path: Path) -> None:
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()
    with good_pdf() as pdf:
        bomb = pikepdf.Stream(pdf, b"")
        bomb.write(packed, filter=Name.FlateDecode)
        pdf.pages[1].obj.Contents = bomb
        path = tmp_path / "bomb.pdf"
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False, force_version="1.6")
    assert "damaged" in _rules(path)


@functools.cache
def _plain() -> tuple[bytes, list[int]]:
    """The good file with nothing packed, and the places in it that are written and not drawn."""
    with good_pdf() as pdf:
        plain = as_bytes(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    written = [place for run in re.finditer(rb"[\x20-\x7e\r\n]{40,}", plain) for place in range(*run.span())]
    return plain, written


@pytest.mark.parametrize("seed", range(80))
def test_a_file_with_bytes_overwritten_is_reported_and_never_fails(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    good, written = _plain()
    odd = bytearray(good)
    for place in dice.sample(written, (4, 40, 400)[seed % 3]):
        odd[place] = dice.choice(b"/<>[]()01 aRq")
    (tmp_path / "odd.pdf").write_bytes(odd)
    assert preflight_file(tmp_path / "odd.pdf", printer()).problems


@pytest.mark.quick("2")
@pytest.mark.parametrize("resolutions", [1, 2, 6])
def test_a_jpeg_2000_is_opened_whatever_resolutions_it_has(resolutions: int) -> None:
    coded = io.BytesIO()
    Image.effect_noise((1500, 1200), 40).save(coded, "JPEG2000", num_resolutions=resolutions)
    with allow_for(1):
        assert open_coded(coded.getvalue(), "/JPXDecode", Claim(1500, 1200, 1, 8)) is not None


def test_a_picture_of_many_scans_is_not_gone_over_as_often(tmp_path: Path) -> None:
    coded = io.BytesIO()
    Image.effect_noise((900, 900), 40).save(coded, "JPEG", progressive=True)
    many = coded.getvalue().replace(b"\xff\xd9", b"\xff\xda\0\x02" * 5_000 + b"\xff\xd9")
    with allow_for(1):
        assert open_coded(many, "/DCTDecode", Claim(900, 900, 1, 8)) is None


@pytest.mark.parametrize("way", ["oblongs", "path", "outlines"])
def test_a_code_that_stands_free_in_black_breaks_no_rule(way: str, tmp_path: Path) -> None:
    with good_pdf() as pdf:
        draw(pdf, CODE(way=way))
        assert preflight_file(save(pdf, tmp_path / "code.pdf"), printer()).problems == []


def test_a_small_code_is_told_with_its_module_and_the_width_that_it_asks_for(tmp_path: Path) -> None:
    (found,) = preflight_file(write_seed("code-module", "outlines", tmp_path), printer())
    assert (found.measured, found.limit) == (pytest.approx(0.3, abs=0.01), 0.4)
    assert found.remedy == "Print it 10 mm wide, or let it say less."
