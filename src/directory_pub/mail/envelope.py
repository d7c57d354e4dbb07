"""A letter as the bytes of a mail: head, text, HTML and the PDF.

Made twice from the same letter and date, a mail is the same to the byte: what is sent again
after a fault is the message that was sent before, and a server that has it can tell.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, quote
from typing import Any

from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.attachment import Attachment
from directory_pub.mail.letter_file import LetterFile
from directory_pub.mail.letters import Letter

__all__ = ["message_id", "write_mail"]


class _WirePolicy(EmailPolicy):
    """email.policy.SMTP with a head that survives folding.

    CPython 3.11 drops the quotes of a long display name that it folds (gh-121284) and makes an
    encoded word of a long Message-ID or web address; those lines are laid out here.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as it travels."""
        match name.lower():
            case "from" | "to" | "reply-to":
                line = f"{name}: {', '.join(_mailbox(address, len(name) + 2) for address in value.addresses)}"
            case "subject":
                line = f"{name}: {_words(str(value), len(name) + 2)}"
            case "message-id" | "list-unsubscribe":
                line = f"{name}: {value}"
            case _:
                return super().fold_binary(name, value)
        return f"{line}\r\n".encode()


_POLICY = _WirePolicy(linesep="\r\n", cte_type="7bit")


def _words(text: str, used: int) -> str:
    """Words of a header: as they are in ASCII, encoded and folded otherwise."""
    if text.isascii() and "=?" not in text:
        return text
    return Header(text, "utf-8", maxlinelen=76, header_name=" " * (used - 2)).encode(linesep="\r\n")


def _mailbox(address: Address, used: int) -> str:
    name, at = address.display_name, f"<{address.addr_spec}>"
    if not name:
        return address.addr_spec
    if name.isascii() and "=?" not in name:
        return f'"{quote(name)}" {at}'
    return f"{_words(name, used)} {at}"


def message_id(campaign: str, recipient: Mailbox, sender: Mailbox) -> str:
    """The same for one recipient of one campaign, whenever it is asked for; it does not give the address away."""
    digest = hashlib.sha256(f"{campaign}\n{recipient.key}".encode()).hexdigest()
    return f"<{digest[:40]}@{sender.domain}>"


def write_mail(
    letter: Letter, source: LetterFile, attachment: Attachment | None, *, campaign: str, date_s: int
) -> bytes:
    """A whole mail, lines ended by CRLF. ``date_s`` is seconds since 1970; the date is given in UTC."""
    to = letter.recipient.mailbox
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(source.sender)
    mail["To"] = _address(to)
    if source.reply_to:
        mail["Reply-To"] = _address(source.reply_to)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(datetime.fromtimestamp(date_s, UTC))
    mail["Message-ID"] = message_id(campaign, to, source.sender)
    mail["Auto-Submitted"] = "auto-generated"
    if letter.list_unsubscribe:
        mail["List-Unsubscribe"] = f"<{letter.list_unsubscribe}>"
        if letter.list_unsubscribe.startswith("https:"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _write_parts(mail, letter, attachment)
    if letter.language:
        mail["Content-Language"] = letter.language  # put in before, it would go down into a part
    # Where the part before an @ is not ASCII, the head is UTF-8; the sender asks the server whether it takes that.
    return mail.as_bytes(policy=_POLICY.clone(utf8=True) if to.needs_utf8 else _POLICY)


def _address(mailbox: Mailbox) -> Address:
    local, _, domain = mailbox.address.rpartition("@")
    return Address(mailbox.name, local, domain)


def _write_parts(mail: EmailMessage, letter: Letter, attachment: Attachment | None) -> None:
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    if attachment:
        mail.add_attachment(b"", maintype="application", subtype="pdf", filename=attachment.name)
        list(mail.iter_attachments())[-1].set_payload(attachment.encoded)
    stem = hashlib.sha256(mail["Message-ID"].encode()).hexdigest()[:24]
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={stem}{number}=")
