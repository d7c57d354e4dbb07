"""Variants and rules of who is shown what, as an editor writes them and makes slips in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.model import Edition, Showing
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from project import ROOT
from small_book import write_small


def read(folder: Path, sheet: str = "", entry: str = "", section: str = "") -> tuple[Edition, list[Finding]]:
    """A small edition with more lines in edition.yaml, in its entry, and in its section."""
    write_small(folder, {"quay": f"---\nname: Quay\n{entry}---\n\nBoats lie here.\n"})
    path = folder / "edition.yaml"
    path.write_text(sheet + path.read_text("utf-8").replace("entries: [quay]", f"entries: [quay]{section}"), "utf-8")
    edition, findings = read_edition(folder, ROOT)
    assert edition is not None
    return edition, findings


def rules(found: tuple[Showing, ...]) -> dict[str, tuple[str, ...]]:
    return {rule.field: rule.names for rule in found}


VARIANTS = "variants:\n  public: {title: For all}\n  members:\n"


def test_variants_and_rules_are_read(tmp_path: Path) -> None:
    sheet = VARIANTS + "show:\n  phone: members\n  subtitle: [press, members]\n"
    edition, findings = read(tmp_path, sheet, "show: {mail: email}\n", ", show: members")
    assert findings == []
    assert [(each.key, each.title) for each in edition.variants] == [("public", "For all"), ("members", None)]
    assert rules(edition.show) == {"phone": ("members",), "subtitle": ("press", "members")}
    assert rules(edition.entries[0].show) == {"mail": ("email",)}
    assert rules(edition.sections[0].show) == {"": ("members",)}


@pytest.mark.parametrize("written", ["members", "[members]"])
def test_a_whole_entry_is_limited_by_a_name_or_a_list(tmp_path: Path, written: str) -> None:
    edition, findings = read(tmp_path, VARIANTS, f"show: {written}\n")
    assert findings == []
    assert rules(edition.entries[0].show) == {"": ("members",)}


@pytest.mark.parametrize(
    ("sheet", "entry", "code", "remedy"),
    [
        (VARIANTS + "show: {phone: memebrs}\n", "", "variant-unknown", "Did you mean 'members'?"),
        (VARIANTS + "show: {phone: staff}\n", "", "variant-unknown", "Use public, members, press, email."),
        ("show: {phone: members}\n", "", "variant-unknown", "Declare it under 'variants'"),
        (VARIANTS + "show: {phonne: members}\n", "", "key-unknown", "Did you mean 'phone'?"),
        (VARIANTS + "show: {telephone: members}\n", "", "key-unknown", "Did you mean 'phone'?"),
        (VARIANTS + "show: members\n", "", "value-type", "Write the field"),
        (VARIANTS, "show: {phone: [members, {x: y}]}\n", "value-type", "Name the variants"),
        (VARIANTS, "show: memebrs\n", "variant-unknown", "Did you mean 'members'?"),
        ("variants: {press: {}}\n", "", "value-type", "rules of 'show' name targets"),
        ("variants: {Public: {}}\n", "", "value-type", "small letters"),
        ("variants: public\n", "", "value-type", "on a line of its own"),
        ("variants:\n  public: {titel: x}\n", "", "key-unknown", "Did you mean 'title'?"),
    ],
)
def test_a_slip_is_told_with_the_name_that_was_meant(
    tmp_path: Path, sheet: str, entry: str, code: str, remedy: str
) -> None:
    _, findings = read(tmp_path, sheet, entry)
    assert [(finding.code, finding.severity) for finding in findings] == [(code, "error")]
    assert remedy in findings[0].remedy


@pytest.mark.parametrize("written", ["show:\n", "show: []\n", "show: {}\n"])
def test_a_blank_rule_of_an_entry_shows_nothing_and_is_an_error(tmp_path: Path, written: str) -> None:
    edition, findings = read(tmp_path, VARIANTS, written)
    if written == "show: {}\n":
        assert edition.entries[0].show == ()
        return
    assert [(finding.code, finding.severity) for finding in findings] == [("value-blank", "error")]
    assert rules(edition.entries[0].show) == {"": ()}


def test_a_blank_rule_of_a_field_shows_it_nowhere_and_is_an_error(tmp_path: Path) -> None:
    edition, findings = read(tmp_path, VARIANTS + "show:\n  phone:\n")
    assert [(finding.code, finding.severity) for finding in findings] == [("value-blank", "error")]
    assert rules(edition.show) == {"phone": ()}
