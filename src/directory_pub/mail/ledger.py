"""The ledger: what became of every mail, written down before and after each step that cannot be undone.

A mail is *claimed* before the server hears of it and *sealed* immediately before the line that ends
it: until then a server discards what it has, so a claimed mail is safely sent again, and only a
sealed one without an answer has a fate that nobody here knows.

One statement is one transaction. The journal is deleted at each commit and its folder synced
(synchronous=EXTRA): after a power cut a commit that returned is there, and at rest the ledger is one
file, so that copying it cannot leave the last commits behind as it can with a write-ahead log.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from directory_pub.findings import printable
from directory_pub.mail.ledger_rows import ROW_CHECKS, ROW_FUNCTIONS, SCHEMA

__all__ = ["Entry", "Ledger", "LedgerError", "State"]

_APPLICATION, _VERSION = 0x6450_6D6C, 1  # "dPml"
_FIELDS = "key, row, address, name, message_id, state, date_s, tries, next_try_s, changed_s, step, code, answer"


class State(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"  # not tried, or to be tried again
    CLAIMED = "claimed"  # the server may know of it; without the line that ends it, it discards it
    SEALED = "sealed"  # the line that ends it may be on its way
    SENT = "sent"  # the server took it
    DEFERRED = "deferred"  # not now
    FAILED = "failed"  # not ever
    UNKNOWN = "unknown"  # sealed, and no answer: a person decides


class LedgerError(Exception):
    """The ledger cannot be read or written; ``remedy`` is one line of what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Entry(Struct, frozen=True, kw_only=True):
    """One recipient of a campaign. Times are seconds since 1970; ``date_s`` is the mail's Date, set when first claimed.

    ``step`` is the SMTP command that ``code`` and ``answer`` were given to.
    """

    key: str
    row: int
    address: str
    name: str
    message_id: str
    state: State = State.WAITING
    date_s: int | None = None
    tries: int = 0
    next_try_s: float = 0
    changed_s: float = 0
    step: str = ""
    code: int = 0
    answer: str = ""


class Ledger:
    """An open ledger file. Whoever writes to it holds its lock (lock.py)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            is_new = not path.exists()
            self._base = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._base.row_factory = sqlite3.Row
            for name, function in ROW_FUNCTIONS.items():
                self._base.create_function(name, 1, function, deterministic=True)
            self._base.execute("PRAGMA journal_mode=DELETE")
            self._base.execute("PRAGMA synchronous=EXTRA")
            self._base.execute("PRAGMA foreign_keys=ON")
            try:
                self._prepare(is_new=is_new)
            except BaseException:
                self._base.close()
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever SQLite says, in words that name the file."""
        try:
            yield
        except sqlite3.Error as problem:
            remedy = (
                "Nothing was sent that is not written down. Make room or mend the file, then run the command again."
            )
            raise LedgerError(f"the ledger {self.path} cannot be kept: {problem}.", remedy) from problem

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Several statements as one transaction."""
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.rollback()
                raise
            self._base.execute("COMMIT")

    def _prepare(self, *, is_new: bool) -> None:
        application, version, tables = (
            self._base.execute(question).fetchone()[0]
            for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if is_new:
            with self._whole():
                for statement in SCHEMA.split(";"):
                    self._base.execute(statement)
                self._base.execute(f"PRAGMA application_id={_APPLICATION}")
                self._base.execute(f"PRAGMA user_version={_VERSION}")
            return
        if tables == 0 and application == 0:
            message = f"the ledger {self.path} is empty: what became of the mails is not in it any more."
            raise LedgerError(message, "Put a copy of it in its place. If nobody has the mail yet, remove it.")
        if application != _APPLICATION:
            raise LedgerError(f"{self.path} is a database of another program.", "Name another file with --ledger.")
        if version != _VERSION:
            message = f"the ledger {self.path} is of version {version}; this program knows version {_VERSION}."
            raise LedgerError(message, "Use the version of directory-pub that it was begun with.")
        self._check()

    def _check(self) -> None:
        """The file is whole, and every row is one that this program may have written."""
        remedy = "Put a copy of the ledger in its place, or set the row right with a program for SQLite."
        for table, question in ROW_CHECKS.items():
            for number, column in self._base.execute(question):
                message = f"{table} {number} of the ledger {self.path} has a '{column}' that is never written there."
                raise LedgerError(message, remedy)
        fault = self._base.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise LedgerError(f"the ledger {self.path} is damaged: {printable(str(fault))}.", remedy)
        for (campaign,) in self._base.execute("SELECT id FROM campaign WHERE id NOT IN (SELECT campaign FROM entry)"):
            raise LedgerError(f"the ledger {self.path} has lost everybody of its campaign {campaign}.", remedy)

    # -------------------------------------------------------------------- campaigns
    def campaigns(self) -> list[str]:
        """The campaigns of this list, the current one first."""
        with self._told():
            return [row[0] for row in self._base.execute("SELECT id FROM campaign ORDER BY taken_up DESC")]

    def take_up(self, campaign: str, letter: str, pdf: str, entries: Iterable[Entry]) -> None:
        """Make a campaign the current one and enter who is not in it yet; nobody's state changes."""
        with self._whole():
            self._base.execute(
                "INSERT INTO campaign SELECT ?, ?, ?, coalesce(max(taken_up), 0) + 1 FROM campaign WHERE true "
                "ON CONFLICT (id) DO UPDATE SET letter=excluded.letter, pdf=excluded.pdf, taken_up=excluded.taken_up",
                (campaign, letter, pdf),
            )
            self._base.executemany(
                "INSERT INTO entry (campaign, key, row, address, name, message_id, state, changed_s) "
                "VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) "
                "ON CONFLICT DO UPDATE SET row=excluded.row, name=excluded.name",
                ((campaign, e.key, e.row, e.address, e.name, e.message_id, time.time()) for e in entries),
            )

    def states(self, campaign: str) -> Iterator[tuple[str, State]]:
        """Everybody's key and state, one after the other."""
        with self._told():
            for key, state in self._base.execute("SELECT key, state FROM entry WHERE campaign=?", (campaign,)):
                yield key, State(state)

    def next_tries(self, campaign: str) -> dict[str, float]:
        """By key, when those who were put off are due."""
        with self._told():
            question = "SELECT key, next_try_s FROM entry WHERE campaign=? AND state='deferred'"
            return {key: float(due_s) for key, due_s in self._base.execute(question, (campaign,))}

    def entries(self, campaign: str, *among: State) -> dict[str, Entry]:
        """Everybody of a campaign by key, in the order of the list; those in some states where these are named."""
        states = among or tuple(State)
        wanted = f"campaign=? AND state IN ({', '.join('?' * len(states))})"
        with self._told():
            question = f"SELECT {_FIELDS} FROM entry WHERE {wanted} ORDER BY row, key"
            rows = self._base.execute(question, (campaign, *states))
            return {row["key"]: Entry(**{**dict(row), "state": State(row["state"])}) for row in rows}

    def settle(self) -> None:
        """After a crash: what was only claimed waits again, what was sealed is for a person to decide."""
        with self._whole():
            self._base.execute("UPDATE entry SET state='waiting' WHERE state='claimed'")
            self._base.execute(
                "UPDATE entry SET state='unknown', step='end of DATA', answer='the program ended before the answer' "
                "WHERE state='sealed'"
            )

    # -------------------------------------------------------------------- one mail
    def claim(self, campaign: str, key: str) -> int:
        """Take a mail on before the server hears of it; its Date, the same at every try."""
        self._move(
            campaign,
            key,
            (State.WAITING, State.DEFERRED),
            "state='claimed', tries=tries+1, date_s=coalesce(date_s, ?)",
            int(time.time()),
        )
        with self._told():
            question = "SELECT date_s FROM entry WHERE campaign=? AND key=?"
            return int(self._base.execute(question, (campaign, key)).fetchone()[0])

    def seal(self, campaign: str, key: str) -> None:
        """Immediately before the line that ends the mail."""
        self._move(campaign, key, (State.CLAIMED,), "state='sealed'")

    def release(self, campaign: str, key: str) -> None:
        """Give a claim back that came to nothing through no fault of the recipient's."""
        self._move(campaign, key, (State.CLAIMED,), "state='waiting', tries=tries-1")

    def record(
        self, campaign: str, key: str, state: State, *, step: str, code: int, answer: str, next_try_s: float = 0
    ) -> None:
        """Write down what became of a claimed or sealed mail."""
        change = "state=?, step=?, code=?, answer=?, next_try_s=?"
        self._move(campaign, key, (State.CLAIMED, State.SEALED), change, state.value, step, code, answer, next_try_s)

    def decide(self, campaign: str, key: str, state: State) -> None:
        """A person's word on a mail whose fate is unknown, or on one that failed and is to be tried again."""
        change = "state=?, next_try_s=0, answer=?"
        self._move(campaign, key, (State.UNKNOWN, State.FAILED), change, state.value, "decided by a person")

    def _move(self, campaign: str, key: str, before: tuple[State, ...], change: str, *values: object) -> None:
        marks = ", ".join("?" * len(before))
        statement = f"UPDATE entry SET {change}, changed_s=? WHERE campaign=? AND key=? AND state IN ({marks})"
        with self._told():
            moved = self._base.execute(statement, (*values, time.time(), campaign, key, *before)).rowcount
        if moved != 1:
            raise LedgerError(
                f"{key} is not {' or '.join(before)} in {self.path}.", "Is another program writing to it?"
            )
