"""A campaign: one letter and one PDF for one list, every mail of it checked before the first is sent."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.findings import Finding, Place, error
from directory_pub.mail.attachment import Attachment, read_attachment
from directory_pub.mail.envelope import write_mail
from directory_pub.mail.letter_file import LetterFile, read_letter_file
from directory_pub.mail.letters import Letter, write_letter
from directory_pub.mail.recipients import Recipient, read_recipients
from directory_pub.mail.templates import TemplateError
from directory_pub.mail.wire import WireError

__all__ = ["Campaign", "Mailing", "check_mailings", "read_campaign", "write_mailing"]


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")  # but white space, which folds


class Campaign(Struct, frozen=True, kw_only=True, dict=True):
    """What is sent to whom. Another PDF, lighter PDF or letter is another campaign; a longer list is not."""

    recipients: tuple[Recipient, ...]
    source: LetterFile
    pdf: Attachment
    lighter: Attachment | None = None

    @cached_property
    def id(self) -> str:
        """The same as long as what is sent is the same to the byte."""
        parts = (self.pdf.sha256, hashlib.sha256(self.source.content).hexdigest(), _sha256(self.lighter))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _sha256(attachment: Attachment | None) -> str:
    return attachment.sha256 if attachment else ""


class Mailing(Struct, frozen=True, kw_only=True):
    """One letter with what is enclosed; the whole mail has ``size_bytes`` at most as it travels."""

    letter: Letter
    attachment: Attachment | None
    size_bytes: int

    def content(self, campaign: Campaign, date_s: int) -> bytes:
        """The mail itself."""
        return write_mail(self.letter, campaign.source, self.attachment, campaign=campaign.id, date_s=date_s)


def read_campaign(
    list_path: Path, message_path: Path, pdf_path: Path, tell: Callable[[int], None] = lambda count: None
) -> tuple[Campaign | None, list[Finding]]:
    """Read all that a campaign is made of; None where anything is wrong, with everything that is.

    ``tell`` hears how many rows of the list are read.
    """
    recipients, findings = read_recipients(list_path, tell)
    source, faults = read_letter_file(message_path)
    findings.extend(faults)
    pdf, faults = read_attachment(pdf_path, Place(file=str(pdf_path)), "Name the email PDF with --pdf.")
    findings.extend(faults)
    lighter = None
    if source and source.lighter_pdf:
        place = replace(source.place, line=None, field="lighter_pdf")
        lighter, faults = read_attachment(source.lighter_pdf, place, "Build it, or take its name out of the letter.")
        findings.extend(faults)
    if source:
        findings += _check_fields(source, recipients)
    if source is None or pdf is None or findings:
        return None, findings
    return Campaign(recipients=tuple(recipients), source=source, pdf=pdf, lighter=lighter), findings


def _check_fields(source: LetterFile, recipients: Sequence[Recipient]) -> list[Finding]:
    """The fields that the letter shows and that are empty, or cannot be read, for somebody."""
    templates = [each for each in (source.subject, source.body, source.list_unsubscribe) if each]
    names = {name for each in templates for name in each.names}
    tested = {name for each in templates for name in each.tested}
    findings = []
    for column in [each for each in (recipients[0].fields if recipients else ()) if each in names]:
        faults: dict[str, Finding] = {}
        counts: Counter[str] = Counter()
        for person in recipients:
            if fault := person.faults.get(column) or _unfit(person, column, told=column in tested):
                faults.setdefault(fault.message, fault)
                counts[fault.message] += 1
        findings += [_tell_once(fault, counts[message]) for message, fault in faults.items()]
    return findings


def _unfit(person: Recipient, column: str, *, told: bool) -> Finding | None:
    text = person.fields[column]
    if control := _CONTROL.search(text):
        message = f"'{column}' has a control character in it (U+{ord(control[0]):04X}), and the letter asks for it."
        return error("list-field", person.place_of(column), message, "Type it again.")
    if text or told:
        return None
    remedy = f"Fill it in, or write in the letter {{% if {column} %}}…{{% else %}}…{{% endif %}} for those without."
    return error("list-field", person.place_of(column), f"'{column}' is empty, and the letter shows it.", remedy)


def check_mailings(
    campaign: Campaign, recipients: Iterable[Recipient], ceiling_bytes: int, tell: Callable[[int], None]
) -> list[Finding]:
    """What keeps any of these from getting a mail below the ceiling; ``tell`` hears how many are checked.

    No mail is kept: each is written again when it goes, and is the same. A fault that many share is told once, with
    their number.
    """
    faults: dict[tuple[str, Place], Finding] = {}
    counts: Counter[tuple[str, Place]] = Counter()
    for number, recipient in enumerate(recipients, 1):
        try:
            write_mailing(campaign, recipient, ceiling_bytes)
        except TemplateError as fault:
            kind = fault.finding.code, fault.finding.place
            faults.setdefault(kind, fault.finding)
            counts[kind] += 1
        tell(number)
    return [_tell_once(finding, counts[kind]) for kind, finding in faults.items()]


def _tell_once(finding: Finding, count: int) -> Finding:
    more = f" The same for {count - 1} more." if count > 1 else ""
    return replace(finding, message=finding.message + more)


def write_mailing(campaign: Campaign, recipient: Recipient, ceiling_bytes: int) -> Mailing:
    """The first that fits: the PDF, the lighter PDF, or the link alone; raises TemplateError where none does."""
    sizes = []
    for attachment in (campaign.pdf, campaign.lighter):
        if attachment:
            facts = {"attached": True, "pdf": attachment.facts}
            mailing = _weigh(campaign, write_letter(campaign.source, recipient, facts), attachment, ceiling_bytes)
            if mailing.size_bytes <= ceiling_bytes:
                return mailing
            sizes.append(mailing.size_bytes)
    if campaign.source.link:
        facts = {"attached": False, "pdf": campaign.pdf.facts}
        mailing = _weigh(campaign, write_letter(campaign.source, recipient, facts), None, ceiling_bytes)
        if mailing.size_bytes <= ceiling_bytes:
            return mailing
        sizes.append(mailing.size_bytes)
    raise TemplateError(_too_large(campaign, recipient, min(sizes), ceiling_bytes))


def _weigh(campaign: Campaign, letter: Letter, attachment: Attachment | None, enough_bytes: int) -> Mailing:
    """The size is counted, not made: the PDF is the same in every mail, and ten megabytes take their time.

    A letter that comes to no more than ``enough_bytes`` however it is encoded has that for its size.
    """
    enclosed = len(attachment.encoded) if attachment else 0
    if (most := letter.most_bytes + enclosed) <= enough_bytes:
        return Mailing(letter=letter, attachment=attachment, size_bytes=most)
    hollow = replace(attachment, encoded=b"") if attachment else None
    try:
        size = len(write_mail(letter, campaign.source, hollow, campaign=campaign.id, date_s=0))
    except WireError as fault:
        message = f"the mail to {letter.recipient.place} must not go out: {fault}."
        remedy = "This is a fault of directory-pub; look for odd characters in this row and in the letter's head."
        raise TemplateError(error("header-break", Place(file=campaign.source.place.file), message, remedy)) from fault
    return Mailing(letter=letter, attachment=attachment, size_bytes=size + enclosed)


def _too_large(campaign: Campaign, recipient: Recipient, size: int, ceiling_bytes: int) -> Finding:
    message = (
        f"the mail to {recipient.place} is {size / 1e6:.1f} MB with its attachment encoded; "
        f"no more than {ceiling_bytes / 1e6:.1f} MB can go."
    )
    # Base64 makes 4 characters of 3 bytes and adds a line end to 76; the letter itself needs a little room.
    room_mb = max(1, int(ceiling_bytes / 1e6 * 0.73))
    remedy = (
        f"Build a lighter PDF with 'directory-pub build --max-size {room_mb}MB', or say in the letter what goes "
        "instead: 'lighter_pdf: FILE' or 'link: https://…'."
    )
    return error("letter-size", Place(file=campaign.source.place.file), message, remedy)
