"""The commands ``mail status`` and ``mail decide``, and what they share with sending: the open ledger."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from directory_pub.commands.console import EXIT_FINDINGS, print_findings, refuse, write_json
from directory_pub.commands.mail_progress import tell_reading

if TYPE_CHECKING:
    from directory_pub.mail.ledger import Entry, Ledger, State

__all__ = [
    "decide_command",
    "mailbox_key",
    "open_ledger",
    "print_attention",
    "register",
]


class Decision(StrEnum):
    """What a person found out."""

    SENT = "sent"
    AGAIN = "again"


_List = Annotated[Path, typer.Argument(help="The list that was sent to.", metavar="LIST.csv")]
_LedgerFile = Annotated[
    Path | None, typer.Option("--ledger", help="What was sent (LIST.ledger.sqlite if not given).", metavar="FILE")
]


def register(mail: typer.Typer) -> None:
    """Add the commands to the group."""
    mail.command("status")(mail_status)
    mail.command("decide")(mail_decide)


def mail_status(
    list_file: _List,
    *,
    ledger_file: _LedgerFile = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write it to this file as JSON ('-' for standard output).", metavar="FILE"),
    ] = None,
) -> None:
    """Show who has the mail, who waits, who failed and why, and what is to be decided.

    Exit codes: 0 shown, 1 the ledger cannot be read, 2 usage.
    """
    from directory_pub.mail.failures import failures_path
    from directory_pub.mail.ledger import State
    from directory_pub.mail.status import count_states, entry_row, status_lines

    path = _ledger_of(list_file, ledger_file)
    entries = _read_entries(list_file, path)
    write_json(json_file, [entry_row(entry) for entry in entries])
    if str(json_file) == "-":
        return
    for line in status_lines(entries):
        typer.echo(line)
    states = [entry.state for entry in entries]
    unknown = [entry for entry in entries if entry.state is State.UNKNOWN]
    typer.echo(f"{list_file}: {count_states(states)}.")
    print_attention(set(states), unknown, failures_path(path), decide_command(list_file, path))


def mail_decide(
    list_file: _List,
    address: Annotated[str, typer.Argument(help="Whose mail.", metavar="ADDRESS")],
    decision: Annotated[Decision, typer.Argument(help="'sent': they have it. 'again': send it at the next run.")],
    *,
    ledger_file: _LedgerFile = None,
) -> None:
    """Decide about a mail whose fate is unknown, or have one that failed tried again.

    Exit codes: 0 decided, 1 the ledger cannot be written, 2 there is nothing to decide.
    """
    from directory_pub.mail.ledger import State

    path = _ledger_of(list_file, ledger_file)
    if not path.is_file():
        refuse(
            f"there is no ledger {path}.", "Nothing was sent to this list yet, or its ledger is elsewhere: --ledger."
        )
    with open_ledger(path) as ledger:
        current = ledger.campaigns()[:1]
        entry = ledger.entries(current[0]).get(mailbox_key(address)) if current else None
        if entry is None:
            refuse(f"{address} is in no mail of this list.", f"See: directory-pub mail status {list_file}")
        if entry.state is not State.UNKNOWN and (entry.state is not State.FAILED or decision is Decision.SENT):
            refuse(f"there is nothing to decide about {address}: {entry.state}.", "Only 'unknown' is decided.")
        ledger.decide(current[0], entry.key, State.SENT if decision is Decision.SENT else State.WAITING)
    then = "counts as sent" if decision is Decision.SENT else "is sent the mail again at the next run"
    typer.echo(f"{entry.address} {then}.")


# -------------------------------------------------------------------- shared with sending
def _ledger_of(list_file: Path, named: Path | None) -> Path:
    """The list's ledger; refused where it was lost."""
    from directory_pub.mail.ledger import LedgerError
    from directory_pub.mail.ledger_place import check_not_lost, find_ledger

    path = find_ledger(list_file, named)
    try:
        check_not_lost(path)
    except LedgerError as fault:
        refuse(str(fault), fault.remedy, EXIT_FINDINGS)
    return path


def decide_command(list_file: Path, ledger_file: Path) -> str:
    """The command to decide with, up to the address."""
    from directory_pub.mail.ledger_place import find_ledger

    elsewhere = [] if ledger_file == find_ledger(list_file, None) else ["--ledger", str(ledger_file)]
    return shlex.join(["directory-pub", "mail", "decide", *elsewhere, str(list_file)])


def mailbox_key(address: str) -> str:
    """The mailbox that an address on the command line means; one that cannot be written to is refused."""
    from directory_pub.findings import Place
    from directory_pub.mail.addresses import read_address

    mailbox, findings = read_address(address.strip(), Place(file=address))
    if mailbox is None:
        refuse(findings[0].message, findings[0].remedy)
    return mailbox.key


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger, locked and with the traces of a crash settled; a second run is refused."""
    from directory_pub.mail.ledger import Ledger, LedgerError
    from directory_pub.mail.ledger_place import check_not_emptied, check_not_lost
    from directory_pub.mail.lock import LockedError, RunLock

    try:
        with RunLock(path) as lock:
            check_not_lost(path, new_lock=lock.is_new)
            ledger = Ledger(path)
            lock.keep()
            try:
                check_not_emptied(ledger)
                ledger.settle()
                yield ledger
            finally:
                ledger.close()
    except LockedError:
        refuse(f"another run is writing to {path}.", "Wait until it ends, or stop it with Ctrl-C.")
    except LedgerError as fault:
        refuse(str(fault), fault.remedy, EXIT_FINDINGS)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        remedy = "Make room or the folder writable, or name a file elsewhere with --ledger; then run the command again."
        refuse(f"{problem.filename or path}: {reason}.", remedy, EXIT_FINDINGS)


def print_attention(states: set[State], unknown: Sequence[Entry], failures: Path, decide: str) -> None:
    """What a person must look at: those who failed, those who wait for the next run, and the unknown to decide about.

    ``states`` are those that anybody is in.
    """
    from directory_pub.mail.ledger import State
    from directory_pub.mail.status import unknown_lines

    if State.FAILED in states:
        typer.echo(f"Who failed, and the server's answers: {failures}")
    if State.DEFERRED in states:
        typer.echo("The server puts some off: run the same command again later.")
    for line in unknown_lines(unknown, decide):
        typer.echo(line)


def _read_entries(list_file: Path, path: Path) -> list[Entry]:
    """The current campaign's entries and the recipients added to the list since."""
    from directory_pub.mail.ledger import Entry, LedgerError, State
    from directory_pub.mail.recipients import read_recipients

    people, findings = read_recipients(list_file, tell_reading(list_file))
    print_findings(findings, strict=True)
    if findings and not path.is_file():
        raise typer.Exit(EXIT_FINDINGS)
    try:
        known = _read_current(path) if path.is_file() else {}
    except LedgerError as fault:
        refuse(str(fault), fault.remedy, EXIT_FINDINGS)
    on_list = {person.mailbox.key for person in people}
    # Whoever was taken off the list is not waited for; with a list that cannot be read nobody was.
    kept = [e for e in known.values() if findings or e.key in on_list or e.state not in {State.WAITING, State.DEFERRED}]
    added = [
        Entry(key=p.mailbox.key, row=p.place.line or 0, address=p.mailbox.address, name=p.name, message_id="")
        for p in people
        if p.mailbox.key not in known
    ]
    return [*kept, *added]


def _read_current(path: Path) -> dict[str, Entry]:
    """The current campaign; the traces of a crash are settled unless a run is going on, whose mails are in hand."""
    from directory_pub.mail.ledger import Ledger
    from directory_pub.mail.lock import LockedError, RunLock

    try:
        with RunLock(path) as lock:
            ledger = Ledger(path)
            lock.keep()
            ledger.settle()
    except (LockedError, OSError):  # nothing is written where nothing can be
        ledger = Ledger(path)
    try:
        current = ledger.campaigns()[:1]
        return ledger.entries(current[0]) if current else {}
    finally:
        ledger.close()
