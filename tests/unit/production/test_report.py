"""report.json: what was made, where pieces stand, and every finding; and the findings themselves."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from directory_pub.compose import EntryEnd
from directory_pub.edition.flatplan import Fit, Piece
from directory_pub.edition.targets import TARGETS
from directory_pub.finding_codes import CODES
from directory_pub.findings import Finding, Place, Report, Severity, error, note, warning
from directory_pub.production.report import write_report
from unit.hand_made import edition

HERE = Place(file="content/x/e.md", line=7, field="name")
LOST = error("words-lost", HERE, "“été” is lost.", "Look.", 9)


@dataclass
class Book:
    pieces: list[Piece]
    ends: list[EntryEnd]
    fits: dict[str, Fit] = field(default_factory=dict)
    closing_photos: tuple[str, ...] = ("quay",)


BOOK = Book(
    [Piece(kind="entry", key="quay", pages=range(6, 9))],
    [EntryEnd(key="quay", page_index=8, used_lines=40, note_lines=2, lines=54)],
)


def written(
    report: Report,
    folder: Path,
    *,
    files: dict[str, Path] | None = None,
    book: Book | None = BOOK,
    strict: bool = False,
) -> dict[str, Any]:
    path = write_report(edition(), report, files or {}, book, folder, strict=strict)
    rows: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return rows


# -------------------------------------------------------------------- report.json
def test_each_finding_is_written_with_its_place_and_page(tmp_path: Path) -> None:
    (row,) = written(Report([LOST]), tmp_path)["findings"]
    assert row == {
        "code": "words-lost",
        "severity": "error",
        "file": "content/x/e.md",
        "line": 7,
        "cell": None,
        "field": "name",
        "folio": 9,
        "message": "“été” is lost.",
        "remedy": "Look.",
    }


def test_pieces_and_room_are_told_in_folios(tmp_path: Path) -> None:
    rows = written(Report(), tmp_path)
    assert rows["pages"] == [{"kind": "entry", "key": "quay", "folio": 7, "pages": 3}]
    assert rows["room"] == [
        {"key": "quay", "last_folio": 9, "lines_used": 40, "lines_free": 12, "fit": "usual", "photo_closes": True}
    ]


def test_files_are_told_with_size_and_digest(tmp_path: Path) -> None:
    (tmp_path / "x-press.pdf").write_bytes(b"pdf")
    rows = written(Report(), tmp_path, files={"press": tmp_path / "x-press.pdf"})
    assert rows["files"] == {"press": {"name": "x-press.pdf", "bytes": 3, "sha256": hashlib.sha256(b"pdf").hexdigest()}}
    assert str(tmp_path) not in (tmp_path / "report.json").read_text()


@pytest.mark.parametrize(
    ("finding", "strict", "delivered"),
    [
        (None, False, True),
        (None, True, True),
        (LOST, False, False),
        (note("query", HERE, "?", "Ask."), False, True),
        (note("query", HERE, "?", "Ask."), True, False),
    ],
)
def test_delivered_means_that_nothing_withholds(
    tmp_path: Path, finding: Finding | None, strict: bool, delivered: bool
) -> None:
    assert written(Report([finding] if finding else []), tmp_path, strict=strict)["delivered"] is delivered


def test_without_an_edition_nothing_is_delivered(tmp_path: Path) -> None:
    rows = json.loads(write_report(None, Report(), {}, None, tmp_path, strict=False).read_text())
    assert (rows["edition"], rows["delivered"], rows["pages"]) == (None, False, [])


def test_letters_are_written_as_letters(tmp_path: Path) -> None:
    written(Report([LOST]), tmp_path)
    assert "“été”" in (tmp_path / "report.json").read_text("utf-8")


def test_half_a_character_in_a_message_is_no_fault_of_ours(tmp_path: Path) -> None:
    half = error("value-type", HERE, "‘\ud83d’ is half of one.", "Write it whole.")
    assert written(Report([half]), tmp_path)["findings"][0]["message"] == "‘\ud83d’ is half of one."


# -------------------------------------------------------------------- findings
def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        error("no-such-code", HERE, "m", "r")


def test_findings_keep_their_order_and_none_comes_twice() -> None:
    report = Report()
    asked, stale = note("query", HERE, "?", "Ask."), warning("query-stale", HERE, "!", "Mend.")
    report.add([stale, LOST])
    report.add(iter([LOST, asked, stale]))
    assert list(report) == [stale, LOST, asked]


def test_findings_that_differ_in_their_place_alone_are_two() -> None:
    report = Report()
    report.add(
        [LOST, error("words-lost", Place(file="content/x/e.md", line=8, field="name"), "“été” is lost.", "Look.", 9)]
    )
    assert len(list(report)) == 2


def test_only_errors_fail_a_build_that_is_not_strict() -> None:
    mild = Report([warning("query-stale", HERE, "!", "Mend."), note("query", HERE, "?", "Ask.")])
    assert (mild.fails(), mild.fails(strict=True), Report([LOST]).fails(), Report().fails(strict=True)) == (
        False,
        True,
        True,
        False,
    )
    assert [len(mild.of(severity)) for severity in Severity] == [0, 1, 1]


def test_a_finding_reads_as_one_line_of_what_and_one_of_what_to_do() -> None:
    assert str(LOST) == "content/x/e.md:7: error[words-lost]: name: “été” is lost.\n    Look."
    assert str(note("query", Place(file="e.md"), "?", "Ask.")) == "e.md: note[query]: ?\n    Ask."


def test_every_code_is_words_and_a_sentence() -> None:
    for code, meaning in CODES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code), code
        assert re.fullmatch(r"[A-Z].*\.", meaning), code


# -------------------------------------------------------------------- targets
def test_the_press_asks_for_more_pixels_than_email() -> None:
    assert list(TARGETS) == ["press", "email"]
    assert (TARGETS["press"].least_ppi, TARGETS["email"].least_ppi) == (300, 150)
