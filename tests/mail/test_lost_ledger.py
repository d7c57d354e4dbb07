"""A ledger that is lost, or a list under another name, is no new list: nobody gets the mail again by it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory_pub.commands import mail_send
from mail.desk import LETTER, Desk
from mail.post_office import Office, open_office

ADA, BOB, CY = "ada@example.org", "bob@example.org", "cy@example.org"
LOCK, FAILURES = Path("people.ledger.sqlite.lock"), Path("people.failures.csv")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_tables(path: Path) -> None:
    path.unlink()
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version=1")
    base.close()


def change(*statements: str) -> Callable[[Path], None]:
    """Another program writes to the ledger."""

    def do(path: Path) -> None:
        base = sqlite3.connect(path, isolation_level=None)
        base.execute("PRAGMA ignore_check_constraints=1")
        for statement in statements:
            base.execute(statement)
        base.close()

    return do


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def scribble(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * 4096 + content[8192:])


LOST = {
    "gone": Path.unlink,
    "empty": empty,
    "folder": make_folder,
    "no tables": no_tables,
    "cut": cut,
    "scribbled": scribble,
    "nobody": change("DELETE FROM entry"),
    "other": lambda path: path.write_bytes(b"PK\x03\x04 something else" * 500),
    "utf-16": lambda path: path.write_text("people", "utf-16"),
}
ODD = {
    "state": ["'gone'", "3", "x'00'", "NULL OR 1"],
    "row": ["'two'", "-1", "99999999999999", "1e300"],
    "tries": ["'many'", "-1", "9223372036854775807", "1.5"],
    "date_s": ["'today'", "1e300", "-5", "9223372036854775807"],
    "next_try_s": ["'soon'", "1e300", "-1", "9e999"],
    "changed_s": ["'now'", "1e300", "-1", "9e999"],
    "name": ["x'ff'", "'a' || char(0) || 'b'", "'a' || char(10) || 'b'", "CAST(x'ff41' AS TEXT)", "CAST(x'eda080' AS TEXT)"],
    "address": ["'zed@example.org'", "x'61'", "char(27) || '[2J'"],
    "message_id": ["7", "char(13)"],
    "code": ["'x'", "-1", "100000"],
    "step": ["x'41'"],
    "answer": ["char(10)", "CAST(x'c328' AS TEXT)"],
}  # fmt: skip


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_a_ledger_that_is_lost_is_told_of_and_nothing_is_sent(
    desk: Desk, send: Any, mail: Any, lost: Callable[[Path], None]
) -> None:
    with open_office(Office(behave=lambda step, to: "550 no" if (step, to) == ("RCPT", BOB) else None)) as office:
        send(office)
        lost(desk.ledger)
        again = send(office)
        assert (again.exit_code, office.addresses()) == (1, [ADA, CY])
        assert "people.ledger.sqlite" in again.stderr
        assert "directory-pub: " in again.stderr
        assert again.exception is None or isinstance(again.exception, SystemExit)
    for words in (
        ("status", "people.csv"),
        ("status", "people.csv", "--json", "-"),
        ("decide", "people.csv", ADA, "sent"),
    ):
        told = mail(*words)
        assert told.exit_code in {1, 2}
        assert isinstance(told.exception, SystemExit)
        assert "people.ledger.sqlite" in told.stderr


@pytest.mark.parametrize("trace", [LOCK, FAILURES])
def test_either_trace_is_enough_and_without_any_the_list_is_new(desk: Desk, send: Any, trace: Path) -> None:
    trace.write_text("")
    with open_office(Office()) as office:
        refused = send(office)
        assert (refused.exit_code, office.heard) == (1, [])
        assert f"{trace} of an earlier run is there" in refused.stderr
        assert f"remove {trace}" in refused.stderr
        trace.unlink()
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


def test_an_empty_ledger_of_nobody_beside_failures_is_refused(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        send(office)
        change("DELETE FROM entry", "DELETE FROM campaign")(desk.ledger)
        FAILURES.write_text("")
        assert send(office).exit_code == 1
    assert office.addresses() == [ADA, BOB, CY]


@pytest.mark.quick("state-*", "tries-*")
@pytest.mark.parametrize(("column", "value"), [(column, value) for column, values in ODD.items() for value in values])
def test_an_odd_value_in_a_row_is_told_with_the_row(desk: Desk, send: Any, mail: Any, column: str, value: str) -> None:
    with open_office(Office()) as office:
        send(office, "--limit", 1)
        change(f"UPDATE entry SET {column}={value} WHERE key='{BOB}'")(desk.ledger)
        for told in (send(office), mail("status", "people.csv"), mail("decide", "people.csv", BOB, "again")):
            assert isinstance(told.exception, SystemExit), value
            assert told.exit_code == 1
            assert "row 2 of the ledger people.ledger.sqlite" in told.stderr
            assert f"'{column}'" in told.stderr or (column, "'key'" in told.stderr) == ("address", True)
    assert office.addresses() == [ADA]


def test_a_ledger_with_a_column_less_is_told_of(desk: Desk, send: Any, mail: Any) -> None:
    with open_office(Office()) as office:
        send(office, "--limit", 1)
        change("ALTER TABLE entry DROP COLUMN answer")(desk.ledger)
        assert (send(office).exit_code, mail("status", "people.csv").exit_code) == (1, 1)
    assert office.addresses() == [ADA]


NAMES: dict[str, Callable[[], str]] = {
    "./": lambda: "./people.csv",
    "..": lambda: "../desk/people.csv",
    "absolute": lambda: os.path.abspath("people.csv"),
    "link": lambda: _put("other.csv", lambda path: path.symlink_to("people.csv")),
    "link elsewhere": lambda: _put("sub/list.csv", lambda path: path.symlink_to(os.path.abspath("people.csv"))),
    "link to a link": lambda: _put("b.csv", lambda p: p.symlink_to(_put("a.csv", lambda q: q.symlink_to("people.csv")))),
    "link to the folder": lambda: f"{_put('../seen', lambda path: path.symlink_to('desk'))}/people.csv",
    "hard link": lambda: _put("other.csv", lambda path: path.hardlink_to("people.csv")),
    "hard link elsewhere": lambda: _put("sub/other.csv", lambda path: path.hardlink_to("people.csv")),
    "copy": lambda: _put("copy.csv", lambda path: shutil.copy("people.csv", path)),
    "renamed": lambda: _put("new.csv", lambda path: Path("people.csv").rename(path)),
}  # fmt: skip


def _put(name: str, do: Callable[[Path], object]) -> str:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    do(path)
    return name


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_list_under_another_name_is_no_new_list(desk: Desk, send: Any, mail: Any, name: Callable[[], str]) -> None:
    with open_office(Office()) as office:
        send(office, "--limit", 2)
        words = ("--message", "text.md", "--send", "--server", f"smtp://127.0.0.1:{office.port}")
        other = name()
        again = mail(other, *words)
        assert isinstance(again.exception, SystemExit) or again.exit_code == 0
        assert office.addresses() in ([ADA, BOB], [ADA, BOB, CY])
        assert again.exit_code == (0 if len(office.taken) == 3 else 1)
        assert mail(other, *words, "--ledger", "people.ledger.sqlite").exit_code == 0
        assert office.addresses() == [ADA, BOB, CY]


def test_a_copy_of_a_list_of_which_few_have_the_mail_is_no_new_list(desk: Desk, send: Any, mail: Any) -> None:
    with open_office(Office()) as office:
        send(office, "--limit", 1)
        shutil.copy("people.csv", "copy.csv")
        again = mail("copy.csv", "--message", "text.md", "--send", "--server", f"smtp://127.0.0.1:{office.port}")
        assert again.exit_code == 1
        assert office.addresses() == [ADA]


def test_a_ledger_by_a_link_has_its_lock_and_failures_beside_itself(desk: Desk, send: Any, mail: Any) -> None:
    Path("safe").mkdir()
    desk.ledger.symlink_to("safe/kept.sqlite")
    with open_office(Office(behave=lambda step, to: "550 no" if to == BOB else None)) as office:
        assert send(office).exit_code == 1
        assert sorted(path.name for path in Path("safe").iterdir()) == [
            "kept.failures.csv",
            "kept.sqlite",
            "kept.sqlite.lock",
        ]
        assert "1 failed" in mail("status", "people.csv").stdout
        Path("safe/kept.sqlite").unlink()
        assert send(office).exit_code == 1
    assert office.addresses() == [ADA, CY]


def test_two_lists_that_share_somebody_are_two_lists(desk: Desk, send: Any, mail: Any) -> None:
    with open_office(Office()) as office:
        send(office)
        Path("friends.csv").write_text("email,name\nada@example.org,Ada\ndi@example.org,Di\n")
        words = ("--message", "text.md", "--send", "--server", f"smtp://127.0.0.1:{office.port}")
        assert mail("friends.csv", *words).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY, ADA, "di@example.org"]


def test_a_ledger_that_is_deleted_while_a_run_goes_on_stops_it(desk: Desk, send: Any) -> None:
    def behave(step: str, address: str) -> None:
        if (step, address) == ("RCPT", BOB):
            desk.ledger.unlink()

    with open_office(Office(behave=behave)) as office:
        first = send(office)
        assert isinstance(first.exception, SystemExit)
        assert first.exit_code == 1
        assert send(office).exit_code == 1
    assert office.addresses() in ([ADA], [ADA, BOB])


def test_a_run_that_came_to_nothing_leaves_no_trace_to_stumble_over(
    desk: Desk, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(Office()) as office:
        refused = send(office, "--ledger", "none/people.ledger.sqlite")
        assert refused.exit_code == 1
        port = office.port
    gone = send(Office(port=port))
    assert gone.exit_code == 1
    with open_office(Office()) as office:
        desk.write_letter(LETTER + "\nMended.\n")
        assert send(office).exit_code == 0
    assert mail_send
    assert office.addresses() == [ADA, BOB, CY]


def test_a_clock_that_was_wrong_does_not_put_a_mail_off_for_ever(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=lambda step, to: "451 later" if to == BOB else None)) as office:
        send(office)
        change("UPDATE entry SET next_try_s=9e9 WHERE state='deferred'")(desk.ledger)
        office.behave = lambda step, address: None
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, CY, BOB]
