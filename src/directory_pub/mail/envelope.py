"""A letter as the bytes of a mail: head, text, HTML and the PDF.

Made twice from the same letter and date, a mail is the same to the byte: what is sent again
after a fault is the message that was sent before, and a server that has it can tell.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.attachment import Attachment
from directory_pub.mail.head import write_file_name, write_mailbox, write_words
from directory_pub.mail.letter_file import LetterFile
from directory_pub.mail.letters import Letter
from directory_pub.mail.wire import check_wire

__all__ = ["message_id", "write_mail"]


class _Line(str):
    """What follows a header's name, as it travels."""

    __slots__ = ()


class _WirePolicy(EmailPolicy):
    """email.policy.SMTP that leaves a finished line as it is.

    The library reads a text that is assigned to a header, and what looks like an encoded word in it is decoded: a
    recipient's name would become lines of the head. So nothing of the list or the letter is ever given to it to read.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """A line is kept; what the library itself says of a part, it may read."""
        return (name, value) if isinstance(value, _Line) else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as it travels."""
        return f"{name}: {value}\r\n".encode() if isinstance(value, _Line) else super().fold_binary(name, value)


_POLICY = _WirePolicy(linesep="\r\n", max_line_length=76)


def message_id(campaign: str, recipient: Mailbox, sender: Mailbox) -> str:
    """The same for one recipient of one campaign, whenever it is asked for; it does not give the address away."""
    digest = hashlib.sha256(f"{campaign}\n{recipient.key}".encode()).hexdigest()
    return f"<{digest[:40]}@{sender.domain}>"


def write_mail(
    letter: Letter, source: LetterFile, attachment: Attachment | None, *, campaign: str, date_s: int
) -> bytes:
    """A whole mail, lines ended by CRLF. ``date_s`` is seconds since 1970; the date is given in UTC.

    Raises WireError for one whose head is not what was meant, which is a fault of this program.
    """
    head = _write_head(letter, source, campaign, date_s)
    stem = hashlib.sha256(head["Message-ID"].encode()).hexdigest()[:24]
    mail = _write_parts(letter, attachment, stem)
    for name, value in head.items():
        mail[name] = _Line(value)
    frame = mail.as_bytes(policy=_POLICY)
    check_wire(frame, [*head, "Content-Type", "MIME-Version"], utf8=letter.recipient.mailbox.needs_utf8)
    if attachment is None:
        return frame
    # The PDF is the same in every mail: it is put in between the head of its part and the line that closes the mail.
    closing = f"\r\n--={stem}0=--\r\n".encode()
    return frame.removesuffix(closing) + attachment.encoded + closing


def _write_head(letter: Letter, source: LetterFile, campaign: str, date_s: int) -> dict[str, str]:
    """Each header once, in order, as it travels."""
    to = letter.recipient.mailbox
    head = {"From": write_mailbox(source.sender), "To": write_mailbox(to)}
    if source.reply_to:
        head["Reply-To"] = write_mailbox(source.reply_to)
    head["Subject"] = write_words(letter.subject)
    head["Date"] = format_datetime(datetime.fromtimestamp(date_s, UTC))
    head["Message-ID"] = message_id(campaign, to, source.sender)
    head["Auto-Submitted"] = "auto-generated"
    if letter.list_unsubscribe:
        head["List-Unsubscribe"] = f"<{letter.list_unsubscribe}>"
        if letter.list_unsubscribe.startswith("https:"):
            head["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if letter.language:
        head["Content-Language"] = letter.language
    return head


def _write_parts(letter: Letter, attachment: Attachment | None, stem: str) -> EmailMessage:
    """Text, HTML, and a part for the PDF that is still empty; boundaries begin with ``stem``."""
    mail = EmailMessage(policy=_POLICY)
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if attachment:
        mail.add_attachment(b"", maintype="application", subtype="pdf")
        part = list(mail.iter_attachments())[-1]
        part.replace_header("Content-Disposition", _Line(write_file_name(attachment.name)))
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={stem}{number}=")
    return mail
