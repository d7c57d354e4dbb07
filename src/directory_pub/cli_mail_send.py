"""What ``mail --send`` does around the sending: options, lock, ledger, the first connection, the outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from directory_pub.cli_mail_status import decide_command, open_ledger, print_attention
from directory_pub.console import EXIT_FINDINGS, EXIT_INTERRUPTED, print_findings, refuse
from directory_pub.mail.campaign import Campaign, Mailing, write_mailings
from directory_pub.mail.connection import Connection, LostError, Timeouts, connect
from directory_pub.mail.envelope import message_id
from directory_pub.mail.failures import failures_path, write_failures
from directory_pub.mail.ledger import Entry, Ledger, State
from directory_pub.mail.pace import Pace, Patience, Stop, parse_rate
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.sending import Run
from directory_pub.mail.server import Login, Server, ServerError, find_login, read_server
from directory_pub.mail.status import count_states

__all__ = ["SendOptions", "check_options", "send_campaign"]

_DUE = (State.WAITING, State.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions:
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
    ledger_file: Path,
    options: SendOptions,
    list_file: Path,
    *,
    only: str | None,
    limit: int | None,
    new_campaign: bool,
) -> None:
    """Send what is due and say what became of it; leaves with 1 if anybody on the list cannot have it yet."""
    with open_ledger(ledger_file) as ledger, Stop(_tell_stop) as stop:
        try:
            _check_campaign(ledger, campaign, list_file, new_campaign=new_campaign)
            known = ledger.entries(campaign.id)
            chosen = [r for r in campaign.recipients if only in {None, r.mailbox.key} and _is_due(r, known)][:limit]
            if chosen:
                _send(ledger, campaign, options, stop, chosen)
        except ServerError as fault:
            _print_end(ledger, campaign, list_file)
            refuse(str(fault), fault.remedy, EXIT_FINDINGS)
        except KeyboardInterrupt:
            raise typer.Exit(EXIT_INTERRUPTED) from None
        entries = _print_end(ledger, campaign, list_file)
        if stop.asked:
            raise typer.Exit(EXIT_INTERRUPTED)
        if any(entry.state in {State.DEFERRED, State.FAILED, State.UNKNOWN} for entry in entries):
            raise typer.Exit(EXIT_FINDINGS)


def _is_due(recipient: Recipient, known: dict[str, Entry]) -> bool:
    entry = known.get(recipient.mailbox.key)
    return entry is None or entry.state in _DUE


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
        entries = list(ledger.entries(earlier).values())
        reached = sum(entry.state in {State.SENT, State.UNKNOWN} for entry in entries)
        if reached:
            refuse(
                f"{reached} of {list_file} have another letter or PDF already ({count_states(entries)}).",
                "Put the letter and the PDF back to go on with that one, or add --new-campaign to write to all again.",
            )


def _send(ledger: Ledger, campaign: Campaign, options: SendOptions, stop: Stop, chosen: Sequence[Recipient]) -> None:
    """Connect, write every mail of the list for this server's ceiling, and only then send those that are due."""
    try:
        connection = options.connect(campaign)
    except LostError as lost:
        message = f"no connection to {options.server}: {lost.reason}."
        raise ServerError(message, "Look at the host and the port.") from None
    limit = connection.size_limit_bytes
    ceiling = min(limit, campaign.source.limit_bytes) if limit else campaign.source.limit_bytes
    mailings, findings = write_mailings(campaign, campaign.recipients, ceiling)
    if findings:
        connection.quit()
        print_findings(findings, strict=True)
        refuse("nothing was sent.", "Mend the errors above first.", EXIT_FINDINGS)
    ledger.take_up(campaign.id, campaign.source.place.file, campaign.pdf.name, map(_entry(campaign), mailings))
    due = {recipient.mailbox.key for recipient in chosen}
    batch = [mailing for mailing in mailings if mailing.letter.recipient.mailbox.key in due]
    teller = _Teller(ledger=ledger, campaign=campaign, total=len(batch))
    run = Run(
        campaign=campaign,
        ledger=ledger,
        open_connection=lambda: options.connect(campaign),
        tell=teller.tell,
        tell_wait=_tell_wait,
        stop=stop,
        pace=Pace(interval_s=options.interval_s),
        patience=options.patience,
        connection=connection,
    )
    run.send(batch)


def _entry(campaign: Campaign) -> Callable[[Mailing], Entry]:
    def enter(mailing: Mailing) -> Entry:
        recipient = mailing.letter.recipient
        return Entry(
            key=recipient.mailbox.key,
            row=recipient.place.line or 0,
            address=recipient.mailbox.address,
            name=recipient.name,
            message_id=message_id(campaign.id, recipient.mailbox, campaign.source.sender),
        )

    return enter


@dataclass(slots=True, kw_only=True)
class _Teller:
    """One line a mail, and failures.csv after each failure."""

    ledger: Ledger
    campaign: Campaign
    total: int
    done: int = 0

    def tell(self, mailing: Mailing, state: State, answer: str) -> None:
        """Say what became of a mail; one that was put off is not done."""
        self.done += state is not State.DEFERRED
        why = "" if state is State.SENT else f" ({answer})"
        typer.echo(f"{self.done}/{self.total} {mailing.letter.recipient.mailbox.address}: {state}{why}", err=True)
        if state is State.FAILED:
            entries = self.ledger.entries(self.campaign.id).values()
            write_failures(failures_path(self.ledger.path), entries)


def _print_end(ledger: Ledger, campaign: Campaign, list_file: Path) -> list[Entry]:
    """The counts, where the failures are, what to decide; the entries of those who are on the list."""
    on_list = {recipient.mailbox.key for recipient in campaign.recipients}
    everybody = ledger.entries(campaign.id)
    entries = [entry for key, entry in everybody.items() if key in on_list]
    failures = failures_path(ledger.path)
    write_failures(failures, everybody.values())
    if entries:  # none before the first connection: then there is nothing to tell
        typer.echo(f"{list_file}: {count_states(entries)}.")
        print_attention(entries, failures, decide_command(list_file, ledger.path))
    return entries
