"""What an earlier build delivered: it stays until something better takes its place, and is never taken for that."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import directory_pub.production.delivery
import directory_pub.production.labels
from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.edition.theme import Theme
from directory_pub.findings import error
from directory_pub.pieces import Resources
from directory_pub.preflight import preflight_file
from directory_pub.preflight.report import problem
from directory_pub.production.earlier import is_outdated
from project import ROOT
from small_book import write_small

ENTRIES = {"quay": "---\nname: Quay\nmark: guest\n---\n\nBoats lie here.", "mole": "Waves break here."}
BOTH = ("small-email.pdf", "small-press.pdf")


class Desk:
    """An edition, the folder that it is built into, and a folder of pieces that all tests share."""

    def __init__(self, folder: Path, kept: Path | None) -> None:
        self.edition, self.out, self.resources = folder / "one", folder / "out", Resources(cache=kept)

    def build(self, edition: Path | None = None, **options: Any) -> BuildResult:
        return build_edition(edition or self.edition, self.out, resources=self.resources, **options)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.out.glob("*.pdf"))}

    def change(self, old: str, new: str, file: str = "entries/mole.md") -> None:
        path = self.edition / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    def rows(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.out / "report.json").read_text("utf-8"))
        return told


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("built")
    write_small(folder / "desk" / "one", ENTRIES)
    made = Desk(folder / "desk", folder / "kept")
    assert not made.build().failed
    assert tuple(made.files()) == BOTH
    return made


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """That edition with what was built of it, in a place of its own."""
    shutil.copytree(built.edition.parent, tmp_path / "desk")
    return Desk(tmp_path / "desk", built.resources.cache)


SLIPS: dict[str, Callable[[Desk], object]] = {
    "a word of the text": lambda desk: desk.change("here", "here [x](nowhere"),
    "a field": lambda desk: desk.change("title:", "titel:", "edition.yaml"),
    "the key": lambda desk: desk.change("key: small", "key: Small Book", "edition.yaml"),
    "no YAML any more": lambda desk: desk.change("sections:", "sections: {[", "edition.yaml"),
    "an entry that is gone": lambda desk: (desk.edition / "entries" / "mole.md").unlink(),
    "no edition any more": lambda desk: (desk.edition / "edition.yaml").write_text(""),
}


@pytest.mark.quick("a word*", "the key")
# -------------------------------------------------------------------- a failed build
@pytest.mark.quick("the key")
@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_failed_build_leaves_what_was_delivered_and_says_that_it_is_old(
    desk: Desk, slip: Callable[[Desk], object]
) -> None:
    before = desk.files()
    slip(desk)
    result = desk.build()
    assert result.failed
    after = desk.files()
    assert {name: after[name] for name in BOTH} == before
    assert len(result.outdated) == 2
    assert all("is of an earlier build (" in line and "does not show the content" in line for line in result.outdated)
    told = desk.rows()
    assert set(told["files"]) <= {"PROOF"}
    assert [told["in_folder"][name]["shows_content"] for name in BOTH] == [False, False]
    assert is_outdated(desk.out / BOTH[0])


@pytest.mark.slow
def test_mended_again_all_is_delivered_and_no_proof_or_draft_is_left(desk: Desk) -> None:
    before = desk.files()
    desk.change("here", "here [x](nowhere")
    desk.build()
    assert "small-PROOF.pdf" in desk.files()
    (desk.out / "small-press-draft.pdf").write_bytes(b"of a build that was killed")
    desk.change("here [x](nowhere", "here")
    result = desk.build()
    assert (result.outdated, result.earlier) == ([], [])
    assert desk.files() == before
    assert not is_outdated(desk.out / BOTH[0])


def test_a_build_that_makes_no_proof_leaves_none_of_an_earlier_one(desk: Desk) -> None:
    before = desk.files()
    desk.change("here", "here [x](nowhere")
    desk.build()
    assert "small-PROOF.pdf" in desk.files()
    desk.change("sections:", "sections: {[", "edition.yaml")
    assert desk.build().failed
    assert desk.files() == before


def test_a_build_that_fails_for_another_reason_says_that_the_files_are_current(desk: Desk) -> None:
    desk.change("Waves", "The the waves", "entries/mole.md")
    desk.change("name: Mole", "name: Mole\nqueries:\n  - {at: waves, query: Which}", "entries/mole.md")
    assert not desk.build().failed
    result = desk.build(strict=True)
    assert result.failed
    assert all("and shows the content as it is now" in line for line in result.outdated)
    assert len(result.outdated) == 2


def test_a_warning_about_a_file_keeps_no_label_off_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    check = directory_pub.production.labels.preflight_file

    def warn(path: Path, *given: Any, **named: Any) -> Any:
        report = check(path, *given, **named)
        report.problems.append(problem("page-empty", "nothing is printed on the page.", "Take it out.", page=1))
        return report

    monkeypatch.setattr(directory_pub.production.labels, "preflight_file", warn)
    result = desk.build()
    assert not result.failed
    assert set(desk.files()) == set(BOTH)
    assert {finding.severity for finding in result.report} == {"warning"}
    monkeypatch.undo()
    printer, _ = read_printer(Theme.of(ROOT), DEFAULT_PRINTER)
    assert printer is not None
    told = preflight_file(desk.out / BOTH[1], printer)
    assert told.problems == []  # an absent label would be one


@pytest.mark.parametrize("refused", [PRESS, EMAIL])
def test_one_file_that_does_not_earn_its_labels_withholds_the_other_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, refused: Target
) -> None:
    before = desk.files()
    desk.change("Waves", "Breakers")
    check = directory_pub.production.delivery._check_labels

    def refuse(drafted: Any, candidate: Path) -> Any:
        found = check(drafted, candidate)
        place = drafted.order.edition.place
        return [error("preflight", place, "no.", "Mend it.")] if drafted.target == refused else found

    monkeypatch.setattr(directory_pub.production.delivery, "_check_labels", refuse)
    assert desk.build().failed
    after = desk.files()
    assert {name: after[name] for name in BOTH} == before
    assert sorted(set(after) - set(BOTH)) == ["small-PROOF.pdf", f"small-{refused.name}-draft.pdf"]
    monkeypatch.undo()
    assert not desk.build().failed
    assert tuple(desk.files()) == BOTH


def test_a_build_that_is_broken_off_leaves_what_was_delivered_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = desk.files(), sorted(path.name for path in desk.out.iterdir())
    desk.change("Waves", "Breakers")

    def interrupt(*told: Any) -> Any:
        assert (desk.out / "small-email-draft.pdf").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(directory_pub.production.delivery, "_check_labels", interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.build()
    assert desk.files() == before
    assert sorted(path.name for path in desk.out.iterdir()) == names


# -------------------------------------------------------------------- one target
@pytest.mark.slow
def test_a_build_of_one_target_leaves_the_other(desk: Desk) -> None:
    before = desk.files()
    result = desk.build(targets=[EMAIL])
    assert (desk.files(), result.outdated) == (before, [])
    desk.change("Waves", "Breakers")
    (line,) = desk.build(targets=[EMAIL]).outdated
    assert line.startswith(f"{desk.out / 'small-press.pdf'} is of an earlier build")
    assert desk.files()["small-press.pdf"] == before["small-press.pdf"]
    assert desk.files()["small-email.pdf"] != before["small-email.pdf"]
    assert (is_outdated(desk.out / BOTH[0]), is_outdated(desk.out / BOTH[1])) == (False, True)
    assert desk.build().outdated == []


def test_what_is_no_part_of_the_book_makes_no_file_old(desk: Desk) -> None:
    (desk.edition / "README.md").write_text("How we work.")
    (desk.edition / "mail").mkdir()
    (desk.edition / "mail" / "people.csv").write_text("email,name\n")
    assert desk.build(targets=[EMAIL]).outdated == []


@pytest.mark.quick("{", "content5")
@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"in_folder": 3}', '{"in_folder": {"small-press.pdf": 3}}', "[" * 99_999]
)
def test_without_a_report_that_can_be_read_nobody_knows_what_a_file_shows(desk: Desk, content: str) -> None:
    (desk.out / "report.json").write_text(content)
    (line,) = desk.build(targets=[EMAIL]).outdated
    assert "may not show the content as it is now" in line


def test_a_file_that_somebody_else_put_there_is_not_taken_for_ours(desk: Desk) -> None:
    (desk.out / "small-press.pdf").write_bytes(b"another")
    (line,) = desk.build(targets=[EMAIL]).outdated
    assert "may not show" in line
    assert desk.files()["small-press.pdf"] == b"another"


# -------------------------------------------------------------------- two editions with one key
@pytest.mark.parametrize("targets", [[PRESS, EMAIL], [PRESS], [EMAIL]])
def test_two_editions_with_one_key_do_not_overwrite_each_other(desk: Desk, targets: list[Target]) -> None:
    before = desk.files()
    two = Path(shutil.copytree(desk.edition, desk.edition.with_name("two")))
    for _ in range(2):  # its own report does not make it forget
        result = desk.build(two, targets=targets)
        (found,) = [finding for finding in result.report if finding.code == "key-taken"]
        assert (found.place.line, "one'" in found.message, "--output" in found.remedy) == (1, True, True)
        assert desk.files() == before
    assert not desk.build().failed, "the one that was there first goes on"


def test_the_same_key_in_another_folder_is_no_matter(desk: Desk) -> None:
    two = Path(shutil.copytree(desk.edition, desk.edition.with_name("two")))
    desk.out = desk.out.with_name("elsewhere")
    assert not desk.build(two).failed


@pytest.mark.slow
def test_another_key_in_the_same_folder_is_no_matter_and_each_keeps_its_own(desk: Desk) -> None:
    two = Path(shutil.copytree(desk.edition, desk.edition.with_name("two")))
    sheet = two / "edition.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("key: small", "key: other"), "utf-8")
    assert not desk.build(two).failed
    assert desk.rows()["in_folder"]["small-press.pdf"]["source"] == os.path.join("..", "one")
    assert desk.build(two).outdated == []
    third = Path(shutil.copytree(desk.edition, desk.edition.with_name("three")))
    assert [finding.code for finding in desk.build(third).report] == ["key-taken"]


@pytest.mark.parametrize("way", ["renamed", "another key", "files removed", "through a link"])
def test_an_edition_that_takes_the_others_place_is_no_false_alarm(desk: Desk, way: str) -> None:
    two = desk.edition.with_name("two")
    if way == "renamed":
        desk.edition.rename(two)
    elif way == "through a link":
        two.symlink_to(desk.edition)
    else:
        shutil.copytree(desk.edition, two)
    if way == "another key":
        desk.change("key: small", "key: older", "edition.yaml")
    elif way == "files removed":
        for path in desk.out.glob("small-*.pdf"):
            path.unlink()
    result = desk.build(two, targets=[EMAIL])
    assert not result.failed, list(map(str, result.report))
    assert result.outdated == []


def test_a_project_that_is_moved_with_its_output_goes_on(desk: Desk) -> None:
    """Its folder has moved since it was built; another lies where it was."""
    assert not desk.build().failed
