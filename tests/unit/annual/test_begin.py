"""Next year's edition: what is copied, what is left, and that nothing is ever half there."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from directory_pub.annual import Begun, NotBegun, begin_edition
from directory_pub.annual import begin as begin_module
from directory_pub.mail.failures import failures_path
from directory_pub.mail.ledger import Ledger
from directory_pub.mail.lock import RunLock
from directory_pub.proofread.confirmations import proofread_confirmations
from directory_pub.read import read_edition
from two_years import change, copy_2020

TODAY = date(2021, 1, 10)


@pytest.fixture
def last(tmp_path: Path) -> Path:
    return copy_2020(tmp_path / "project")


def begin(last: Path, name: str = "2021") -> Begun:
    return begin_edition(last, last.with_name(name), last.parent.parent, TODAY)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_there_and_only_the_sheet_is_another(last: Path) -> None:
    begun = begin(last)
    old, new = files(last), files(last.with_name("2021"))
    assert begun.files == len(old) == 20
    assert {name for name in old if new.pop(name) != old[name]} == {"edition.yaml"}
    assert not new


def test_what_belongs_to_the_edition_goes_along_and_what_came_of_it_does_not(last: Path) -> None:
    goes = ("styles/inks.yaml", "layouts/parts/entry.html.j2", "fonts/a/a.ttf", "printers/x.yaml", "icons/web.svg",
            "photos/quay.jpg", "mail/letter.md", "mail/members.csv", ".gitignore")  # fmt: skip
    stays = ("build/report.json", "build/a.pdf", "out/report.json", "out/deep/a.pdf", "mail/failed.eml",
             "entries/.uclg.md.swp", "entries/uclg.md~", ".git/config")  # fmt: skip
    for name in (*goes, *stays):
        (last / name).parent.mkdir(parents=True, exist_ok=True)
        (last / name).write_bytes(b"x\n")
    mail = last / "mail"
    for ledger in (mail / "members.ledger.sqlite", mail / "named-by-hand"):
        with RunLock(ledger) as lock:
            Ledger(ledger).close()
            lock.keep()
        failures_path(ledger).write_text("row,email\n")
    begun, new = begin(last), files(last.with_name("2021"))
    assert [name for name in goes if name not in new] == []
    assert sorted(set(files(last)) - set(new)) == sorted(
        [*stays, "mail/members.ledger.sqlite", "mail/members.ledger.sqlite.lock", "mail/members.failures.csv",
         "mail/named-by-hand", "mail/named-by-hand.lock", "mail/named-by-hand.failures.csv"]
    )  # fmt: skip
    assert {"build/", "out/", "mail/members.ledger.sqlite", "mail/named-by-hand"} <= set(begun.left)


def test_every_entry_begins_unconfirmed_even_one_that_was_confirmed_today(last: Path) -> None:
    change(last / "entries" / "uclg.md", "---\n", f"---\nconfirmed: {TODAY}\n")
    begin(last)
    edition, findings = read_edition(last.with_name("2021"), last.parent.parent)
    assert edition is not None
    assert findings == []
    assert edition.confirm_since == "2021-01-10"
    told = list(proofread_confirmations(edition))
    assert [finding.place.file for finding in told] == [entry.place.file for entry in edition.entries]
    assert {finding.severity.value for finding in told} == {"note"}
    change(last.with_name("2021") / "entries" / "uclg.md", "---\n", "---\nconfirmed: 2021-01-10\n")
    change(last.with_name("2021") / "entries" / "aimf.md", "---\n", "---\nconfirmed: 2021-01-09\n")
    edition, _ = read_edition(last.with_name("2021"), last.parent.parent)
    assert edition is not None
    left = {finding.place.file.rsplit("/", 1)[1]: finding for finding in proofread_confirmations(edition)}
    assert len(left) == 15
    assert "uclg.md" not in left
    assert (left["aimf.md"].place.line, "2021-01-09" in left["aimf.md"].message) == (2, True)


def test_what_may_be_last_years_is_listed_where_it_stands_in_the_new_edition(last: Path) -> None:
    change(last / "edition.yaml", "title: International", "title: 2020 International")
    change(last / "edition.yaml", "marks:\n", "marks:\n  new-2020: {sign: +, legend: New member 2020}\n")
    change(last / "entries" / "uclg.md", "---\n", "---\nmark: new-2020\n")
    (last / "photos").mkdir()
    (last / "photos" / "group-2020.jpg").write_bytes(b"x")
    (last / "fonts").mkdir()
    (last / "fonts" / "OFL.txt").write_text("Copyright 2020")
    begun = begin(last)
    new = last.with_name("2021")
    told = {(each.file, each.line) for each in begun.mentions}
    expected = set()
    for path in new.rglob("*"):
        name = path.relative_to(new).as_posix()
        if path.is_file() and path.suffix in (".md", ".yaml"):
            for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
                expected |= {(name, number)} if "2020" in line else set()
    sheet = (new / "edition.yaml").read_text("utf-8").split("\n")
    event = {"IN FOCUS", "SUPPORTING CITY", "FOR A RESILIENT", "5 OCTOBER", "CONFERENCE", "PALAIS", "GENEVA, SW"}
    expected |= {("edition.yaml", n) for n, line in enumerate(sheet, 1) if any(word in line for word in event)}
    assert told == expected | {("photos/group-2020.jpg", None)}
    assert "cover.date: 5 OCTOBER 2020" in [each.text for each in begun.mentions]


@pytest.mark.parametrize("day", [date(2020, 12, 1), date(2020, 10, 5)])
def test_the_year_of_the_day_on_which_it_is_begun_is_not_taken_for_last_years(last: Path, day: date) -> None:
    """The second day is that of last year's files."""
    begun = begin_edition(last, last.with_name("2021"), last.parent.parent, day)
    sheet = (last.with_name("2021") / "edition.yaml").read_text("utf-8").split("\n")
    lines = [sheet[each.line - 1] for each in begun.mentions if each.file == "edition.yaml" and each.line]
    assert not [line for line in lines if line.startswith(("created", "confirm_since", "#"))]


def test_all_is_listed_also_where_the_sheet_is_one_line(tmp_path: Path) -> None:
    last = tmp_path / "2027"
    (last / "entries").mkdir(parents=True)
    (last / "entries" / "rye.md").write_text("---\nname: Rye\n---\n\nIn 2027 as in 2027.\n")
    sheet = (
        "{key: a-2027, title: 'Towns 2027', language: en, trim: A4, year: 2027, created: 2027-01-01, cover: "
        "{year: '2027', event: [FAIR, 2027 TALKS], date: MAY}, sections: [{key: t, title: T, folder: entries, "
        "entries: [rye]}]}  # of 2027\n"
    )
    (last / "edition.yaml").write_text(sheet)
    begun = begin(last, "2028")
    told = [
        ("edition.yaml", 1, "Towns 2027"),
        ("edition.yaml", 1, "cover.event[1]: FAIR"),
        ("edition.yaml", 1, "cover.event[2]: 2027 TALKS"),
        ("edition.yaml", 1, "cover.date: MAY"),
        ("edition.yaml", 1, "# of 2027"),
        ("entries/rye.md", 5, "In 2027 as in 2027."),
        ("entries/rye.md", 5, "In 2027 as in 2027."),
    ]
    for each, (file, line, text) in zip(begun.mentions, told, strict=True):
        assert (each.file, each.line) == (file, line)
        assert text in each.text
    assert begun.entries == 1


def test_a_key_without_a_year_is_named_as_it_would_be_the_same(last: Path) -> None:
    change(last / "edition.yaml", "key: international-city-networks-directory-2020", "key: networks")
    first = begin(last).mentions[0]
    assert (first.file, first.line) == ("edition.yaml", 5)
    assert "key: networks" in first.text


def test_a_link_to_a_picture_of_the_project_becomes_the_picture(last: Path) -> None:
    (last.parent / "logo.svg").write_text("<svg/>")
    (last / "photos").mkdir()
    (last / "photos" / "logo.svg").symlink_to("../../logo.svg")
    begin(last, "2021")
    copy = last.with_name("2021") / "photos" / "logo.svg"
    assert (copy.is_symlink(), copy.read_text()) == (False, "<svg/>")


@pytest.mark.parametrize("broken", ["link", "outside"])
def test_of_an_edition_with_a_file_that_cannot_be_read_nothing_is_begun(
    last: Path, tmp_path: Path, broken: str
) -> None:
    (tmp_path / "secret.md").write_text("---\nname: A\n---\n")
    (last / "entries" / "x.md").symlink_to({"link": "nowhere.md", "outside": tmp_path / "secret.md"}[broken])
    with pytest.raises(NotBegun) as told:
        begin(last)
    assert [finding.place.file for finding in told.value.findings] == ["content/2020/entries/x.md"]
    assert os.listdir(last.parent) == ["2020"]


def test_an_edition_without_a_sheet_that_can_be_read_begins_nothing(last: Path) -> None:
    (last / "edition.yaml").write_text("key: [\n")
    with pytest.raises(NotBegun):
        begin(last)
    (last / "edition.yaml").write_text("title: A\n")
    undated = last.rename(last.with_name("spring"))
    with pytest.raises(NotBegun) as told:
        begin(undated)
    assert [finding.place.field for finding in told.value.findings] == ["year"]


def test_nothing_is_written_over_not_even_an_empty_folder_or_a_link(last: Path) -> None:
    for name in ("2021", "2022", "2023"):
        goal = last.with_name(name)
        {"2021": goal.mkdir, "2022": goal.touch, "2023": lambda goal=goal: goal.symlink_to("nowhere")}[name]()
        with pytest.raises(FileExistsError):
            begin(last, name)
    assert sorted(os.listdir(last.parent)) == ["2020", "2021", "2022", "2023"]
    assert os.listdir(last.with_name("2021")) == []


def test_when_it_is_ended_half_way_nothing_is_left_behind(last: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = []

    def stop(path: Path, *told: object) -> None:
        copied.append(path)
        if len(copied) == 7:
            raise KeyboardInterrupt
        path_copy(path, *told)

    path_copy = begin_module._copy
    monkeypatch.setattr(begin_module, "_copy", stop)
    with pytest.raises(KeyboardInterrupt):
        begin(last)
    assert os.listdir(last.parent) == ["2020"]


def test_a_table_goes_along_with_its_entries_counted_and_is_named_to_be_looked_through(tmp_path: Path) -> None:
    last = tmp_path / "content" / "2027"
    last.mkdir(parents=True)
    (last / "edition.yaml").write_text(
        "key: x-2027\ntitle: T\nyear: 2027\nlanguage: en-GB\ncreated: 2027-01-10\ntrim: A4\n"
        "sections: [{key: t, title: T, entries: members.csv}]\n"
    )
    (last / "members.csv").write_text("Name\nRye\nWeir\n")
    begun = begin_edition(last, last.with_name("2028"), tmp_path, TODAY)
    assert (begun.entries, (last.with_name("2028") / "members.csv").read_text()) == (2, "Name\nRye\nWeir\n")
    assert ("members.csv", None, "a table: its cells are not looked through") in [
        (each.file, each.line, each.text) for each in begun.mentions
    ]
