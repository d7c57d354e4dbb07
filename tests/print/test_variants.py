"""One edition for different readers: in the files of a variant nothing is left of what it must not show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

import directory_pub.build
from directory_pub.build import BuildResult, build_edition, check_book
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.targets import EMAIL, PRESS, TARGETS, Target
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from directory_pub.handoff import hand_off
from directory_pub.pieces import Resources
from project import ROOT

pytestmark = pytest.mark.slow

SHEET = """\
key: river-towns
title: River Towns
language: en-GB
languages: [en-GB]
publisher: League of River Towns
country: CH
created: 2031-03-02
trim: A5
page_multiple: 2
front_matter: [imprint]
marks:
  donor: {sign: "+", legend: Gave a boat to the league.}
variants:
  public: {title: River Towns for All}
  members:
show:
  phone: members
  person: members
  mark: members
  fax: press
sections:
  - {key: towns, title: TOWNS, folder: entries, entries: [quay, mole]}
  - {key: lock-keepers, title: KEEPERS OF LOCKS, folder: keepers, entries: [night-desk], show: members}
"""
FILES = {
    "edition.yaml": SHEET,
    "front-matter/imprint.md": """\
---
publisher:
  name: League of River Towns
  address: 1 Mole Street, Northport
  contact:
    - mail: office@example.org
    - web: www.example.org
---

Anyone may copy this register.
""",
    "entries/quay.md": """\
---
name: Quay Town
mark: donor
contact:
  - phone: +41 22 910 45 05
  - fax: +41 22 910 45 06
  - person: "Ada Brandt, mayor"
  - mail: quay@example.org
  - address: |-
      4 Sluice Lane
      Northport
---

Boats lie here, and the lamps are kept by [others](#night-desk) all night long.
""",
    "entries/mole.md": """\
---
name: Mole
show: {mail: [members, press]}
contact:
  - phone: +41 22 910 45 07
  - mail: mole@example.org
---

Waves break here, and the town is very old.
""",
    "keepers/night-desk.md": """\
---
name: Night Desk
contact:
  - mail: desk@example.org
---

Whoever comes in at night is told where there is room.
""",
}
FOR_MEMBERS = (
    "910 45 05", "91045 05", "910-45-05", "910 45 07", "910-45-07", "Ada Brandt", "Gave a boat", "KEEPERS OF LOCKS",
    "Night Desk", "night-desk", "lock-keepers", "desk@example.org", "told where there is room",
)  # fmt: skip


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


class Desk:
    """That edition, the folder that it is built into, and the pieces that are kept."""

    def __init__(self, folder: Path) -> None:
        self.edition, self.out, self.resources = (
            written(folder / "towns"),
            folder / "out",
            Resources(cache=folder / "kept"),
        )

    def build(self, variant: str | None, **options: Any) -> BuildResult:
        return build_edition(self.edition, self.out, variant=variant, resources=self.resources, **options)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.edition / name).read_text("utf-8")
        assert old in text
        (self.edition / name).write_text(text.replace(old, new), "utf-8")

    def files(self) -> list[str]:
        return sorted(path.name for path in self.out.glob("*.pdf"))

    def report(self) -> Any:
        return json.loads((self.out / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Both variants, the members' first: its pieces are then in the store."""
    made = Desk(tmp_path_factory.mktemp("variants"))
    for variant in ("members", "public"):
        result = made.build(variant)
        assert not result.failed, list(result.report)
        assert list(result.report) == []
    return made


def all_texts(path: Path) -> str:
    """All that a file has: its text, its strings and its streams, and its name."""
    texts = [path.name]
    document = pypdfium2.PdfDocument(path)
    texts += [page.get_textpage().get_text_range() for page in document]
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            texts += [str(each) for each in strings_in(item)]
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != pikepdf.Name.Image:
                texts.append(item.read_bytes().decode("latin-1"))
    return re.sub(r"\s+", " ", "\n".join(texts))


def strings_in(item: Any) -> Iterator[Any]:
    if isinstance(item, pikepdf.String):
        yield item
    elif isinstance(item, pikepdf.Array):
        for each in item.as_list():
            yield from strings_in(each) if not getattr(each, "is_indirect", False) else ()
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for each in item.values():
            yield from strings_in(each) if not getattr(each, "is_indirect", False) else ()


# -------------------------------------------------------------------- the files
@pytest.mark.parametrize("target", TARGETS)
def test_the_public_files_have_nothing_of_what_is_for_members(built: Desk, target: str) -> None:
    texts = all_texts(built.out / f"river-towns-public-{target}.pdf")
    assert [each for each in FOR_MEMBERS if each.casefold() in texts.casefold()] == []
    assert all(each in texts for each in ("Quay Town", "4 Sluice Lane", "lamps are kept by others"))


def test_the_members_files_have_all_of_it(built: Desk) -> None:
    texts = all_texts(built.out / "river-towns-members-email.pdf")
    missing = [each for each in FOR_MEMBERS if each not in texts]
    assert set(missing) <= {"91045 05", "910 45 05", "910 45 07"}  # no-break spaces
    assert "River Towns for All" not in texts


def test_a_variant_has_its_own_title(built: Desk) -> None:
    for variant, title in (("public", "River Towns for All"), ("members", "River Towns")):
        with pikepdf.open(built.out / f"river-towns-{variant}-email.pdf") as pdf:
            assert str(pdf.docinfo.Title) == title


def test_what_is_for_one_target_is_in_its_file_alone(built: Desk) -> None:
    assert "910 45 06" in all_texts(built.out / "river-towns-public-press.pdf").replace("\xa0", " ")
    email = all_texts(built.out / "river-towns-public-email.pdf").replace("\xa0", " ")
    assert "910 45 06" not in email
    assert "910-45-06" not in email
    assert "mole@example.org" in all_texts(built.out / "river-towns-members-press.pdf")
    assert "mole@example.org" not in all_texts(built.out / "river-towns-members-email.pdf")
    assert "mole@example.org" not in all_texts(built.out / "river-towns-public-press.pdf")


def test_the_folder_has_both_variants_and_the_report_says_which_was_built(built: Desk) -> None:
    assert built.files() == [f"river-towns-{v}-{t}.pdf" for v in ("members", "public") for t in ("email", "press")]
    report = built.report()
    assert report["variant"] == "public"
    assert {name: row["variant"] for name, row in report["in_folder"].items()} == {
        name: name.split("-")[2] for name in built.files()
    }
    assert [row["key"] for row in report["pages"] if row["kind"] == "entry"] == ["quay", "mole"]
    assert list(report["other_books"]) == ["email"]


# -------------------------------------------------------------------- which is built
@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.resources = built.resources
    return made


def codes(result: BuildResult) -> list[str]:
    return [finding.code for finding in result.report]


@pytest.mark.parametrize("variant", [None, "publik"])
def test_nothing_is_made_without_a_variant_that_there_is(desk: Desk, variant: str | None) -> None:
    result = desk.build(variant)
    assert codes(result) == ["variant-unknown"]
    assert desk.files() == []
    assert codes(check_book(desk.edition, variant=variant)) == ["variant-unknown"]


def test_pieces_that_are_the_same_are_shared_by_variants_of_one_title(built: Desk, desk: Desk) -> None:
    desk.change("edition.yaml", "public: {title: River Towns for All}", "public: {}")
    desk.resources = replace(built.resources)
    desk.change("edition.yaml", "  mark: members\n", "")
    desk.change("entries/quay.md", "mark: donor\n", "")
    desk.change("edition.yaml", 'marks:\n  donor: {sign: "+", legend: Gave a boat to the league.}\n', "")
    assert not desk.build("members", targets=[PRESS]).failed
    kept = desk.build("public", targets=[PRESS]).pieces_kept
    assert "towns" in kept
    assert "quay" not in kept


def test_a_file_of_another_variant_is_not_left_under_this_ones_name(desk: Desk) -> None:
    assert not desk.build("public", targets=[EMAIL]).failed
    report = desk.report()
    report["in_folder"]["river-towns-public-email.pdf"]["variant"] = ""
    (desk.out / "report.json").write_text(json.dumps(report), "utf-8")
    desk.change("entries/mole.md", "very old.", "very old. Ring 022 910 45 05.")
    assert desk.build("public", targets=[EMAIL]).failed
    assert desk.files() == ["river-towns-public-PROOF.pdf"]


def test_a_failed_variant_leaves_the_proof_and_files_of_another(desk: Desk) -> None:
    desk.change("entries/mole.md", "very old.", "very old. Ring 022 910 45 05.")
    assert codes(desk.build("public")) == ["words-withheld"]
    assert not desk.build("members").failed
    assert desk.files() == [
        "river-towns-members-email.pdf",
        "river-towns-members-press.pdf",
        "river-towns-public-PROOF.pdf",
    ]


# -------------------------------------------------------------------- leaks
def test_a_value_that_an_editor_wrote_into_the_text_is_found_at_its_line_also_without_files(desk: Desk) -> None:
    desk.change("entries/mole.md", "very old.", "very\nold. Ring 022 910 45 05, or ask Ada Brandt.")
    found = [str(f.place).rpartition("/")[2] for f in check_book(desk.edition, variant="public").report]
    assert found == ["mole.md:10", "mole.md:10"]
    assert list(check_book(desk.edition, variant="members").report) == []


@pytest.mark.parametrize(
    "withheld",
    ["phone", "person", "an entry"],
)
def test_what_the_maker_forgets_to_take_out_is_found_in_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, withheld: str
) -> None:
    """The maker's edition has something too much, as a fault of ours would have it."""
    make = directory_pub.build.shown_by_targets

    def forgetful(
        edition: Edition, variant: str | None, targets: tuple[Target, ...]
    ) -> list[tuple[Edition, tuple[Target, ...]]]:
        less = replace(edition, show=tuple(rule for rule in edition.show if rule.field != withheld))
        if withheld == "an entry":
            less = replace(less, sections=tuple(replace(section, show=()) for section in less.sections))
        return make(less, variant, targets)

    monkeypatch.setattr(directory_pub.build, "shown_by_targets", forgetful)
    result = desk.build("public")
    assert set(codes(result)) == {"words-withheld"}
    assert desk.files() == ["river-towns-public-PROOF.pdf"]
    told = "\n".join(finding.message for finding in result.report)
    wanted = {"phone": "a link", "person": "page", "an entry": "a name that links lead to"}[withheld]
    assert "the press file has it" in told
    assert wanted in told


def test_what_a_layout_prints_or_says_is_withheld_from_delivery(desk: Desk, tmp_path: Path) -> None:
    """Whatever finds it first."""
    layouts = desk.edition / "layouts" / "parts"
    layouts.mkdir(parents=True)
    text = (ROOT / "layouts" / "parts" / "entry.html.j2").read_text("utf-8")
    (layouts / "entry.html.j2").write_text(text + '<p aria-label="Ada Brandt">Ring 022 910 45 05</p>', "utf-8")
    result = desk.build("public")
    assert result.failed
    assert not [name for name in desk.files() if not name.endswith("PROOF.pdf")]


# -------------------------------------------------------------------- to the printer
def test_the_printers_folder_is_of_a_variant(desk: Desk) -> None:
    printer, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert printer is not None
    assert codes(hand_off(desk.edition, desk.out, printer).build) == ["variant-unknown"]
    made = hand_off(desk.edition, desk.out, printer, variant="public")
    assert made.folder is not None
    assert made.folder.name == f"river-towns-public-for-{printer.key}"
    files = [path for path in made.folder.iterdir() if path.suffix == ".pdf"]
    assert [path.name for path in files if "public" not in path.name and path.name != "overview.pdf"] == []
    texts = " ".join(all_texts(path) for path in files)
    assert [each for each in FOR_MEMBERS if each in texts] == []


# -------------------------------------------------------------------- what else targets have apart
def test_cross_references_have_their_page_on_paper_alone_where_the_edition_wishes(desk: Desk) -> None:
    desk.change("edition.yaml", "trim: A5\n", "trim: A5\ncross_references: {press: page, email: link}\n")
    desk.change("entries/quay.md", "[others](#night-desk)", "those of [the mole](#mole)")
    desk.change("edition.yaml", "  fax: press\n", "")
    desk.change("entries/mole.md", "show: {mail: [members, press]}\n", "see_also: [quay, night-desk]\n")
    result = desk.build("public")
    assert list(result.report) == []
    press, email = (all_texts(desk.out / f"river-towns-public-{target}.pdf") for target in ("press", "email"))
    words = [re.search(r"the mole ?(.page.\d+.)?", each.replace("\xa0", " ")) for each in (press, email)]
    assert [bool(found and found[1]) for found in words] == [True, False]
    assert [each for each in FOR_MEMBERS if each in press + email] == []


def test_findings_of_books_that_targets_have_apart_are_told_once(desk: Desk) -> None:
    desk.change("entries/quay.md", "all night long.", "all night long..")
    result = desk.build("public")
    found: list[Finding] = list(result.report)
    assert len({(finding.code, finding.place) for finding in found}) == len(found) > 0
