"""The ledger: each move only from where it may begin, kept at once, and nothing guessed after a crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory_pub.mail.failures import failures_path, write_failures
from directory_pub.mail.ledger import Entry, Ledger, LedgerError, State
from directory_pub.mail.lock import LockedError, RunLock


def entry(key: str, row: int = 2) -> Entry:
    return Entry(key=key, row=row, address=key, name=key.partition("@")[0], message_id=f"<{key}>")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "people.ledger.sqlite")
    opened.take_up("one", "text.md", "d.pdf", [entry("ada@example.org"), entry("bob@example.org", 3)])
    yield opened
    opened.close()


def states(path: Path) -> dict[str, str]:
    """What another program reads in the file."""
    with sqlite3.connect(path) as base:
        found = dict(base.execute("SELECT key, state FROM entry WHERE campaign='one'").fetchall())
    base.close()
    return found


def answer(ledger: Ledger, state: State, key: str = "ada@example.org", text: str = "ok") -> None:
    ledger.record("one", key, state, step="RCPT", code=250, answer=text)


def test_every_step_is_in_the_file_when_the_call_returns(ledger: Ledger) -> None:
    seen = [states(ledger.path)["ada@example.org"]]
    ledger.claim("one", "ada@example.org")
    seen.append(states(ledger.path)["ada@example.org"])
    ledger.seal("one", "ada@example.org")
    seen.append(states(ledger.path)["ada@example.org"])
    answer(ledger, State.SENT)
    seen.append(states(ledger.path)["ada@example.org"])
    assert seen == ["waiting", "claimed", "sealed", "sent"]
    assert states(ledger.path)["bob@example.org"] == "waiting"


def test_a_step_out_of_order_is_refused(ledger: Ledger) -> None:
    for step in (
        lambda: ledger.seal("one", "ada@example.org"),
        lambda: answer(ledger, State.SENT),
        lambda: ledger.claim("one", "nobody@example.org"),
        lambda: ledger.decide("one", "ada@example.org", State.SENT),
    ):
        with pytest.raises(LedgerError):
            step()
    ledger.claim("one", "ada@example.org")
    with pytest.raises(LedgerError):
        ledger.claim("one", "ada@example.org")


def test_after_a_crash_what_was_claimed_waits_and_what_was_sealed_is_unknown(ledger: Ledger) -> None:
    for key in ("ada@example.org", "bob@example.org"):
        ledger.claim("one", key)
    ledger.seal("one", "bob@example.org")
    ledger.close()
    again = Ledger(ledger.path)
    again.settle()
    again.close()
    assert states(ledger.path) == {"ada@example.org": "waiting", "bob@example.org": "unknown"}


def test_the_date_of_a_mail_is_that_of_its_first_claim(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1000)
    assert ledger.claim("one", "ada@example.org") == 1000
    monkeypatch.setattr("time.time", lambda: 2000)
    answer(ledger, State.DEFERRED)
    assert ledger.claim("one", "ada@example.org") == 1000
    assert ledger.entries("one")["ada@example.org"].tries == 2


def test_a_person_decides_about_the_unknown_and_may_have_a_failed_one_tried_again(ledger: Ledger) -> None:
    for key, state in (("ada@example.org", State.UNKNOWN), ("bob@example.org", State.FAILED)):
        ledger.claim("one", key)
        answer(ledger, state, key)
    ledger.decide("one", "ada@example.org", State.SENT)
    ledger.decide("one", "bob@example.org", State.WAITING)
    assert states(ledger.path) == {"ada@example.org": "sent", "bob@example.org": "waiting"}


def test_a_campaign_taken_up_again_keeps_what_became_of_whom_and_gains_who_is_new(ledger: Ledger) -> None:
    ledger.claim("one", "ada@example.org")
    answer(ledger, State.SENT)
    ledger.take_up("two", "other.md", "d.pdf", [entry("ada@example.org")])
    assert ledger.campaigns() == ["two", "one"]
    ledger.take_up("one", "text.md", "d.pdf", [entry("ada@example.org", 7), entry("cy@example.org", 4)])
    assert ledger.campaigns() == ["one", "two"]
    entries = ledger.entries("one")
    assert [(e.key, e.row, e.state) for e in entries.values()] == [
        ("bob@example.org", 3, State.WAITING), ("cy@example.org", 4, State.WAITING), ("ada@example.org", 7, State.SENT)
    ]  # fmt: skip


def test_the_ledger_is_one_file_at_rest_and_syncs_its_folder(ledger: Ledger, tmp_path: Path) -> None:
    ledger.claim("one", "ada@example.org")
    assert [path.name for path in tmp_path.iterdir()] == ["people.ledger.sqlite"]
    assert ledger._base.execute("PRAGMA synchronous").fetchone()[0] == 3  # EXTRA
    assert ledger._base.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_a_full_disk_is_told_and_changes_nothing(ledger: Ledger) -> None:
    pages = ledger._base.execute("PRAGMA page_count").fetchone()[0]
    ledger._base.execute(f"PRAGMA max_page_count={pages}")
    many = [entry(f"p{number}@example.org") for number in range(500)]
    with pytest.raises(LedgerError, match="full"):
        ledger.take_up("two", "t", "p", many)
    assert ledger.campaigns() == ["one"]


def test_a_file_of_another_program_or_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (x)")
    base.close()
    with pytest.raises(LedgerError, match="another program"):
        Ledger(path)
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(LedgerError, match="not a database"):
        Ledger(path)
    path.unlink()
    Ledger(path).close()
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version=2")
    base.close()
    with pytest.raises(LedgerError, match="version 2"):
        Ledger(path)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "people.ledger.sqlite"
    with RunLock(path), pytest.raises(LockedError), RunLock(path):
        pass
    with RunLock(path):
        pass


def test_failures_are_a_table_that_a_spreadsheet_does_not_run(ledger: Ledger, tmp_path: Path) -> None:
    path = failures_path(ledger.path)
    assert path.name == "people.failures.csv"
    ledger.claim("one", "ada@example.org")
    answer(ledger, State.FAILED, text="=HYPERLINK(x) Łódź")
    write_failures(path, ledger.entries("one").values())
    text = path.read_text("utf-8-sig")
    assert text.splitlines()[1:] == ["2,ada@example.org,ada,RCPT,250,'=HYPERLINK(x) Łódź"]
    write_failures(path, [])
    assert not path.exists()
