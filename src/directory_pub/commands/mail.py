"""The command ``mail``: the email PDF to everybody on a list, as a dry run unless told to send."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from directory_pub.commands import mail_status
from directory_pub.commands.console import EXIT_FINDINGS, EXIT_USAGE, print_findings, refuse
from directory_pub.commands.mail_progress import tell_count, tell_reading
from directory_pub.findings import printable
from directory_pub.production.earlier import is_outdated

if TYPE_CHECKING:
    from directory_pub.findings import Finding
    from directory_pub.mail.campaign import Campaign, Mailing
    from directory_pub.mail.recipients import Recipient

__all__ = ["register"]

_BUILD = Path("build")
_FOLDER = _BUILD / "mail"


class _MailGroup(TyperGroup):
    """``mail LIST.csv …`` is ``mail to LIST.csv …``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in where it was left out."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["to", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    mail = typer.Typer(
        cls=_MailGroup,
        no_args_is_help=True,
        subcommand_metavar="[to] LIST.csv --message TEXT.md … | status LIST.csv | decide LIST.csv ADDRESS sent|again",
        help="Send the email PDF to a list: once each, politely, and with nothing lost if it ends early.",
    )
    mail.command("to")(mail_to)
    mail_status.register(mail)
    app.add_typer(mail, name="mail")


def mail_to(
    list_file: Annotated[
        Path, typer.Argument(help="Whom to send to: CSV or XLSX, columns email,name,language,…", metavar="LIST.csv")
    ],
    *,
    message: Annotated[
        Path, typer.Option(help="The letter: front matter (subject, from) and Markdown.", metavar="TEXT.md")
    ],
    pdf: Annotated[
        Path | None, typer.Option(help="The email PDF (the one in build/ if not given).", metavar="FILE")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send/--dry-run", help="Send; a dry run writes the mails to build/mail/ instead.")
    ] = False,
    server: Annotated[
        str | None, typer.Option(help="smtp:// (STARTTLS) or smtps:// (TLS).", metavar="smtp://HOST:PORT")
    ] = None,
    login: Annotated[
        Path | None,
        typer.Option(
            help="A file of mode 600: the user, and the password on the second line. Or set "
            "DIRECTORY_PUB_SMTP_USER and DIRECTORY_PUB_SMTP_PASSWORD.",
            metavar="FILE",
        ),
    ] = None,
    ca: Annotated[
        Path | None, typer.Option("--ca", help="The certificate that signed the server's, as PEM.", metavar="FILE")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many mails now.", metavar="N")] = None,
    only: Annotated[str | None, typer.Option(help="Only to this one of the list.", metavar="ADDRESS")] = None,
    rate: Annotated[
        str | None, typer.Option(help="So many in a time, evenly: 2/s, 30/min or 500/h.", metavar="N/min")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="What was sent (LIST.ledger.sqlite if not given).", metavar="FILE")
    ] = None,
    new_campaign: Annotated[
        bool, typer.Option("--new-campaign", help="Send although another letter or PDF went to this list.")
    ] = False,
) -> None:
    """Send the email PDF to a list, or write every mail to build/mail/ to look at first.

    Everything is read and every mail written before the first is sent. What was sent is in the
    ledger beside the list: run the same command again after anything that ended it early.

    Exit codes: 0 sent (or written), 1 findings, or mails that were not taken, 2 usage, 130 interrupted.
    """
    from directory_pub.commands.mail_send import check_options, send_campaign  # sending is a part of its own
    from directory_pub.mail.campaign import check_mailings, read_campaign

    options = check_options(send=send, server=server, login=login, ca=ca, rate=rate)
    campaign, findings = read_campaign(list_file, message, pdf or _find_pdf(), tell_reading(list_file))
    if campaign is None:
        _leave_with(findings)
    key = _find_key(campaign, only)
    if options:
        send_campaign(campaign, ledger, options, list_file, only=key, limit=limit, new_campaign=new_campaign)
        return
    tell = tell_count("Checked", len(campaign.recipients), "letters")
    if findings := check_mailings(campaign, campaign.recipients, campaign.source.limit_bytes, tell):
        _leave_with(findings)
    chosen = [each for each in campaign.recipients if key in {None, each.mailbox.key}][:limit]
    asked = {"--message": message, "--pdf": pdf, "--login": login, "--ca": ca, "--limit": limit, "--only": only}
    asked |= {"--rate": rate, "--ledger": ledger}
    words = [word for name, value in asked.items() if value is not None for word in (name, str(value))]
    command = ["directory-pub", "mail", str(list_file), *words, "--send", "--server", server or "smtp://HOST:PORT"]
    try:
        _dry_run(campaign, chosen, shlex.join(command))
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        remedy = "Make room or the folder writable, or look at fewer mails with --limit N."
        refuse(f"{problem.filename or _FOLDER}: {reason}.", remedy, EXIT_FINDINGS)


def _leave_with(findings: Sequence[Finding]) -> NoReturn:
    """Print what is wrong and leave: nothing is written and nothing sent."""
    print_findings(findings, strict=True)
    count = len(findings)
    typer.echo(f"{count} error{'' if count == 1 else 's'}. Nothing was sent.", err=True)
    raise typer.Exit(EXIT_FINDINGS)


def _find_pdf() -> Path:
    """The email PDF of the last build; which of several is meant is not guessed."""
    found = sorted(_BUILD.glob("*-email.pdf"))
    if not found:
        refuse("there is no email PDF in build/.", "Run directory-pub build first, or name a file with --pdf.")
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        refuse(f"there are {len(found)} email PDFs: {names}.", "Name the one to send with --pdf.", EXIT_USAGE)
    if is_outdated(found[0]):
        message = f"{found[0]} is of an earlier build and does not show the content as it is now."
        refuse(message, "Build again, or name it with --pdf to send it all the same.")
    return found[0]


def _find_key(campaign: Campaign, only: str | None) -> str | None:
    if only is None:
        return None
    key = mail_status.mailbox_key(only)
    if key not in {recipient.mailbox.key for recipient in campaign.recipients}:
        refuse(f"{only} is not on the list.", "Add a row for it first; --only sends to nobody else.")
    return key


def _dry_run(campaign: Campaign, chosen: Sequence[Recipient], command: str) -> None:
    from directory_pub.mail.campaign import write_mailing
    from directory_pub.mail.dry_run import write_eml_files

    ceiling = campaign.source.limit_bytes
    languages: Counter[str] = Counter()
    sizes: dict[str, Counter[str]] = {}
    first_path, count = _FOLDER, 0
    tell = tell_count("Wrote", len(chosen), "mails")
    mailings = (write_mailing(campaign, recipient, ceiling) for recipient in chosen)
    enclosed = write_mailing(campaign, chosen[0], ceiling).attachment
    most_bytes = len(chosen) * (len(enclosed.encoded) if enclosed else 0)
    for mailing, path, size_bytes in write_eml_files(_FOLDER, campaign, mailings, most_bytes):
        first_path, count = first_path if count else path, count + 1
        languages[mailing.letter.recipient.language or "no language"] += 1
        sizes.setdefault(_enclosed(mailing), Counter())[f"{size_bytes / 1e6:.2f}"] += 1
        tell(count)
    if campaign.recipients[0].sheet:
        first = campaign.recipients[0]
        typer.echo(f"The list is the sheet '{printable(first.sheet)}' of {first.place.file}.")
    typer.echo(f"{_many(count)} ({', '.join(f'{count} {tag}' for tag, count in languages.most_common())}).")
    for what, counts in sizes.items():
        size = " to ".join(dict.fromkeys((min(counts, key=float), max(counts, key=float))))
        typer.echo(f"{_many(counts.total())} with {what}: {size} MB, ceiling {ceiling / 1e6:g} MB.")
    typer.echo(f"Look at {first_path}{f' and {count - 1} more beside it' if count > 1 else ''}.")
    typer.echo(f"Nothing was sent. To send:\n    {command}")


def _enclosed(mailing: Mailing) -> str:
    return f"{mailing.attachment.name} attached" if mailing.attachment else "the link instead of the PDF"


def _many(count: int) -> str:
    return f"{count} mail{'' if count == 1 else 's'}"
