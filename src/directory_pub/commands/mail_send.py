"""What ``mail --send`` does around the sending: options, lock, ledger, the first connection, the outcome."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import typer
from msgspec import Struct
from msgspec.structs import replace

from directory_pub.commands.console import EXIT_FINDINGS, EXIT_INTERRUPTED, print_findings, refuse
from directory_pub.commands.mail_progress import tell_count
from directory_pub.commands.mail_status import decide_command, open_ledger, print_attention
from directory_pub.mail.campaign import Campaign, check_mailings, write_mailing
from directory_pub.mail.connection import Answer, Connection, LostError, Timeouts, connect
from directory_pub.mail.envelope import message_id
from directory_pub.mail.failures import add_failure, failures_path, write_failures
from directory_pub.mail.ledger import Entry, Ledger, State
from directory_pub.mail.ledger_place import check_new_list, find_ledger
from directory_pub.mail.pace import Pace, Patience, Stop, parse_rate
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.sending import Run
from directory_pub.mail.server import Login, Server, ServerError, find_login, read_server
from directory_pub.mail.status import count_states
from directory_pub.mail.templates import TemplateError

__all__ = ["SendOptions", "check_options", "send_campaign"]

_DUE = (State.WAITING, State.DEFERRED)


class SendOptions(Struct, frozen=True, kw_only=True):
    """Where to send to and how fast."""

    server: Server
    login: Login | None
    ca: Path | None
    interval_s: float
    patience: Patience
    timeouts: Timeouts

    def connect(self, campaign: Campaign) -> Connection:
        """Open a connection, introducing this machine by the sender's domain."""
        return connect(self.server, self.login, self.ca, campaign.source.sender.domain, self.timeouts)


def check_options(
    *, send: bool, server: str | None, login: Path | None, ca: Path | None, rate: str | None
) -> SendOptions | None:
    """The options of a sending, or None for a dry run; what cannot be meant is refused in either."""
    interval_s = parse_rate(rate) if rate else 0
    if interval_s is None:
        refuse(f"'{rate}' is no rate.", "Write a number and a time: 2/s, 30/min or 500/h.")
    if ca and not ca.is_file():
        refuse(f"there is no file {ca}.", "Name a certificate in PEM with --ca.")
    if send and server is None:
        refuse("--send needs to know the server.", "Add --server smtp://HOST:PORT or --server smtps://HOST:PORT.")
    try:
        found = read_server(server) if server else None
        if not send or found is None:
            return None
        return SendOptions(
            server=found,
            login=find_login(login, os.environ),
            ca=ca,
            interval_s=interval_s,
            patience=Patience(),
            timeouts=Timeouts(),
        )
    except ServerError as fault:
        refuse(str(fault), fault.remedy)


def send_campaign(
    campaign: Campaign,
    ledger_file: Path | None,
    options: SendOptions,
    list_file: Path,
    *,
    only: str | None,
    limit: int | None,
    new_campaign: bool,
) -> None:
    """Send what is due and say what became of it; leaves with 1 if anybody on the list cannot have it yet."""
    with open_ledger(find_ledger(list_file, ledger_file)) as ledger, Stop(_tell_stop) as stop:
        try:
            if ledger_file is None and not ledger.campaigns():
                keys = {recipient.mailbox.key for recipient in campaign.recipients}
                check_new_list(list_file, ledger.path, campaign.id, keys)
            _check_campaign(ledger, campaign, list_file, new_campaign=new_campaign)
            done = {key for key, state in ledger.states(campaign.id) if state not in _DUE}
            chosen = [r for r in campaign.recipients if only in {None, r.mailbox.key} and r.mailbox.key not in done]
            if chosen:
                _send(ledger, campaign, options, stop, chosen[:limit])
        except TemplateError as fault:  # checked before, and yet: a fault of this program that its last look found
            print_findings([fault.finding], strict=True)
            _print_end(ledger, campaign, list_file)
            raise typer.Exit(EXIT_FINDINGS) from None
        except ServerError as fault:
            _print_end(ledger, campaign, list_file)
            refuse(str(fault), fault.remedy, EXIT_FINDINGS)
        except KeyboardInterrupt:
            raise typer.Exit(EXIT_INTERRUPTED) from None
        states = _print_end(ledger, campaign, list_file)
        if stop.asked:
            raise typer.Exit(EXIT_INTERRUPTED)
        if states & {State.DEFERRED, State.FAILED, State.UNKNOWN}:
            raise typer.Exit(EXIT_FINDINGS)


def _tell_stop() -> None:
    typer.echo("Stopping after the mail in hand; Ctrl-C again breaks off.", err=True)


def _tell_wait(until_s: float) -> None:
    clock = datetime.fromtimestamp(until_s).strftime("%H:%M:%S")
    typer.echo(f"Waiting until {clock} to try again what the server put off.", err=True)


def _check_campaign(ledger: Ledger, campaign: Campaign, list_file: Path, *, new_campaign: bool) -> None:
    """Another letter or PDF that somebody on the list has already is another campaign, and begun knowingly."""
    for earlier in ledger.campaigns():
        if earlier == campaign.id or new_campaign:
            return
        counts = Counter(state for _, state in ledger.states(earlier))
        reached = counts[State.SENT] + counts[State.UNKNOWN]
        if reached:
            states = count_states(counts.elements())
            refuse(
                f"{reached} of {list_file} have another letter or PDF already ({states}).",
                "Put the letter and the PDF back to go on with that one, or add --new-campaign to write to all again.",
            )


def _send(ledger: Ledger, campaign: Campaign, options: SendOptions, stop: Stop, chosen: Sequence[Recipient]) -> None:
    """Connect, check every mail of the list for this server's ceiling, and only then send those that are due."""
    try:
        connection = options.connect(campaign)
    except LostError as lost:
        message = f"no connection to {options.server}: {lost.reason}."
        raise ServerError(message, "Look at the host and the port.") from None
    limit = connection.size_limit_bytes
    ceiling = min(limit, campaign.source.limit_bytes) if limit else campaign.source.limit_bytes
    tell = tell_count("Checked", len(campaign.recipients), "letters")
    findings = check_mailings(campaign, campaign.recipients, ceiling, tell)
    if findings:
        connection.quit()
        print_findings(findings, strict=True)
        refuse("nothing was sent.", "Mend the errors above first.", EXIT_FINDINGS)
    entries = map(_entry(campaign), campaign.recipients)
    ledger.take_up(campaign.id, campaign.source.place.file, campaign.pdf.name, entries)
    write_failures(failures_path(ledger.path), ledger.entries(campaign.id, State.FAILED).values())
    teller = _Teller(failures=failures_path(ledger.path), enter=_entry(campaign), total=len(chosen))
    run = Run(
        campaign=campaign,
        ledger=ledger,
        open_connection=lambda: options.connect(campaign),
        write=lambda recipient: write_mailing(campaign, recipient, ceiling),
        tell=teller.tell,
        tell_wait=_tell_wait,
        stop=stop,
        pace=Pace(interval_s=options.interval_s),
        patience=options.patience,
        connection=connection,
    )
    run.send(chosen)


def _entry(campaign: Campaign) -> Callable[[Recipient], Entry]:
    def enter(recipient: Recipient) -> Entry:
        return Entry(
            key=recipient.mailbox.key,
            row=recipient.place.line or 0,
            address=recipient.mailbox.address,
            name=recipient.name,
            message_id=message_id(campaign.id, recipient.mailbox, campaign.source.sender),
        )

    return enter


class _Teller(Struct, kw_only=True):
    """One line a mail, and one in failures.csv for each failure."""

    failures: Path
    enter: Callable[[Recipient], Entry]
    total: int
    done: int = 0

    def tell(self, recipient: Recipient, state: State, answer: Answer) -> None:
        """Say what became of a mail; one that was put off is not done."""
        self.done += state is not State.DEFERRED
        why = "" if state is State.SENT else f" ({answer})"
        typer.echo(f"{self.done}/{self.total} {recipient.mailbox.address}: {state}{why}", err=True)
        if state is State.FAILED:
            entry = replace(self.enter(recipient), step=answer.step, code=answer.code, answer=answer.text)
            add_failure(self.failures, replace(entry, state=state))


def _print_end(ledger: Ledger, campaign: Campaign, list_file: Path) -> set[State]:
    """The counts, where the failures are, what to decide; the states that those on the list are in."""
    on_list = {recipient.mailbox.key for recipient in campaign.recipients}
    counts = Counter(state for key, state in ledger.states(campaign.id) if key in on_list)
    failures = failures_path(ledger.path)
    if ledger.campaigns():
        write_failures(failures, ledger.entries(campaign.id, State.FAILED).values())
    if counts:  # none before the first connection: then there is nothing to tell
        typer.echo(f"{list_file}: {count_states(counts.elements())}.")
        unknown = [each for key, each in ledger.entries(campaign.id, State.UNKNOWN).items() if key in on_list]
        print_attention(set(counts), unknown, failures, decide_command(list_file, ledger.path))
    return set(counts)
