"""Printers as data: three to choose from, and errors that name file, line and the nearest name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.edition.printers import DEFAULT_PRINTER, list_printers, read_printer
from directory_pub.edition.theme import Theme
from project import ROOT

FOLDER = ROOT / "printers"


@pytest.mark.parametrize("key", list_printers(Theme.of(ROOT)))
def test_every_printer_of_the_project_reads_without_a_finding(key: str) -> None:
    printer, findings = read_printer(Theme.of(ROOT), key)
    assert findings == []
    assert printer is not None
    assert "{key}" in printer.file_name


def test_the_default_prints_offset_under_fogra39() -> None:
    printer, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert printer is not None
    assert printer.condition is not None
    assert (printer.colour, printer.condition.identifier, printer.ink_limit_percent) == ("cmyk", "FOGRA39", 300)


def test_an_unknown_printer_is_told_the_nearest() -> None:
    printer, (finding,) = read_printer(Theme.of(ROOT), "ofset-fogra39")
    assert printer is None
    assert (finding.code, finding.remedy) == ("printer-unknown", "Did you mean 'offset-fogra39'?")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "remedy"),
    [
        ("ink_limit_percent: 300", "ink_limt_percent: 300", "key-unknown", 16, "Did you mean 'ink_limit_percent'?"),
        ("colour: cmyk ", "colour: cmky ", "value-type", 3, "Did you mean 'cmyk'?"),
        ("  crop: yes", "  crop: perhaps", "value-type", 8, "Write yes or no."),
        ("bleed_mm: 3", "bleed_mm: wide", "value-type", 4, "Write a number, such as 3."),
        ("ISOcoated_v2_300_bas.icc", "ISOuncoated.icc", "file-missing", 11, "Put the ICC profile beside"),
        ("cover: pages ", "cover: wrapped ", "value-type", 22, "Use pages or spread."),
        ("slug_mm: 10", "slug_mm: 5", "value-type", 7, "Give them 7 mm of slug"),
        ("condition:", "conditoin:", "key-unknown", 10, "Did you mean 'condition'?"),
    ],
)
def test_a_wrong_value_names_its_line(tmp_path: Path, *, old: str, new: str, code: str, line: int, remedy: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "printers")
    path = tmp_path / "printers" / "offset-fogra39.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    printer, findings = read_printer(Theme.of(tmp_path), "offset-fogra39")
    assert printer is None
    assert [(f.code, f.place.line) for f in findings] == [(code, line)]
    assert remedy in findings[0].remedy


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda profile: (ROOT / "styles" / "profiles" / "sRGB2014.icc").read_bytes(), "is for RGB, not for CMYK"),
        (lambda profile: profile[: len(profile) // 2], "breaks off"),
        (lambda profile: b"", "is no ICC profile"),
        (lambda profile: b"<html>not found</html>" * 20, "is no ICC profile"),
        (lambda profile: profile[:400] + bytes(len(profile) - 400), "is damaged"),
        (lambda profile: profile[:12] + b"link" + profile[16:], "is a device link"),
    ],
    ids=["of a screen", "cut off", "empty", "a web page", "damaged", "a device link"],
)
def test_a_profile_that_is_no_printing_condition_is_named_with_its_line(
    spoil: Callable[[bytes], bytes], told: str, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / "printers")
    profile = tmp_path / "printers" / "ISOcoated_v2_300_bas.icc"
    profile.write_bytes(spoil(profile.read_bytes()))
    printer, (finding,) = read_printer(Theme.of(tmp_path), DEFAULT_PRINTER)
    assert printer is None
    assert str(finding.place) == "printers/offset-fogra39.yaml:11"
    assert (finding.code, finding.place.field) == ("value-type", "condition.profile")
    assert told in finding.message


def test_inks_need_a_printing_condition_and_a_spread_needs_inks(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "printers")
    copier = tmp_path / "printers" / "office-copier.yaml"
    text = copier.read_text("utf-8")
    copier.write_text(text.replace("colour: rgb", "colour: cmyk"), "utf-8")
    _, (missing,) = read_printer(Theme.of(tmp_path), "office-copier")
    assert (missing.code, missing.place.field) == ("key-missing", "condition")
    copier.write_text(text.replace("cover: pages", "cover: spread"), "utf-8")
    _, (spread,) = read_printer(Theme.of(tmp_path), "office-copier")
    assert (spread.code, spread.place.field) == ("value-type", "cover")


def test_the_spine_is_the_leaves_times_their_paper() -> None:
    printer, _ = read_printer(Theme.of(ROOT), "digital-short-run")
    assert printer is not None
    assert printer.spine_mm(36) == pytest.approx(18 * 0.12)
