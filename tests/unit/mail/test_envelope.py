"""The mail as bytes: read back by the standard library, it says what the list and the letter say, and no more."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory_pub.findings import Place
from directory_pub.mail.addresses import check_line, read_address, read_mailbox
from directory_pub.mail.attachment import Attachment, read_attachment
from directory_pub.mail.campaign import Campaign, write_mailing
from directory_pub.mail.envelope import write_mail
from directory_pub.mail.letter_file import LetterFile, read_letter_file
from directory_pub.mail.letters import write_letter
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.templates import TemplateError

PLACE = Place(file="people.csv", line=2)
PDF = b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 40
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
}  # fmt: skip
LETTER = """\
---
subject: "{{ title }}"
from: "Verzeichnis Łódź, Team <dir@example.org>"
language: pl
reply_to: office@example.org
list_unsubscribe: "{{ leave }}"
---
Dear {{ name }}

.\\
. a line with a dot at its head
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def source(folder: Path) -> LetterFile:
    (folder / "text.md").write_text(LETTER, "utf-8")
    found, findings = read_letter_file(folder / "text.md")
    assert found, findings
    return found


def attach(folder: Path, name: str) -> Attachment:
    (folder / name).write_bytes(PDF)
    found, findings = read_attachment(folder / name, PLACE, "…")
    assert found, findings
    return found


def recipient(address: str, name: str, **fields: str) -> Recipient | None:
    mailbox, findings = read_address(address, PLACE, name)
    if mailbox is None or findings or not name or check_line(name, PLACE, "the name"):
        return None
    values = {"title": "A title", "leave": "https://example.org/leave", **fields, "email": address, "name": name}
    return Recipient(place=PLACE, mailbox=mailbox, language="pl", fields=values)


def make(source: LetterFile, person: Recipient | None, attachment: Attachment | None, date_s: int = 10**9) -> bytes:
    assert person
    facts: dict[str, Any] = {"attached": bool(attachment), "pdf": {"name": "x", "size_mb": 1}}
    return write_mail(write_letter(source, person, facts), source, attachment, campaign="c0ffee", date_s=date_s)


def parse(content: bytes) -> EmailMessage:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def is_sound_on_the_wire(content: bytes) -> bool:
    """CRLF everywhere and nowhere else, no line over 998 bytes, no NUL."""
    lines = content.split(b"\r\n")
    bare = any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines)
    return content.endswith(b"\r\n") and not bare and max(map(len, lines)) <= 998


def test_a_mail_reads_back_as_it_was_meant(source: LetterFile, folder: Path) -> None:
    attachment = attach(folder, "Verzeichnis Łódź “2026”.pdf")
    content = make(source, recipient("ada@łódź.example.org", "Łódź, Ada"), attachment)
    mail = parse(content)
    assert is_sound_on_the_wire(content)
    assert content.isascii()
    assert mail["To"].addresses[0].display_name == "Łódź, Ada"
    assert mail["To"].addresses[0].addr_spec == "ada@xn--d-uga0v4h.example.org"
    assert mail["From"].addresses[0].display_name == "Verzeichnis Łódź, Team"
    assert mail["Reply-To"] == "office@example.org"
    assert mail["Date"] == "Sun, 09 Sep 2001 01:46:40 +0000"
    assert (mail["Auto-Submitted"], mail["Content-Language"], mail["MIME-Version"]) == ("auto-generated", "pl", "1.0")
    assert mail["List-Unsubscribe"] == "<https://example.org/leave>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", mail["Message-ID"])
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert page
    assert text.get_content().splitlines() == ["Dear Łódź, Ada", "", ".", ". a line with a dot at its head"]
    assert '<html lang="pl">' in page.get_content()
    (enclosed,) = mail.iter_attachments()
    assert (enclosed.get_content_type(), enclosed.get_filename()) == ("application/pdf", "Verzeichnis Łódź “2026”.pdf")
    assert enclosed.get_content() == PDF
    assert not set(mail.keys()) - HEADERS


def test_the_same_mail_is_the_same_to_the_byte_and_another_recipient_has_another_id(
    source: LetterFile, folder: Path
) -> None:
    attachment = attach(folder, "d.pdf")
    ada, bob = recipient("ada@example.org", "Ada"), recipient("bob@example.org", "Ada")
    assert make(source, ada, attachment) == make(source, ada, attachment)
    assert parse(make(source, ada, None))["Message-ID"] != parse(make(source, bob, None))["Message-ID"]
    same = recipient("ADA@example.org", "Ada")
    assert parse(make(source, ada, None))["Message-ID"] == parse(make(source, same, None))["Message-ID"]


def test_one_click_is_offered_for_https_alone(source: LetterFile) -> None:
    mail = parse(make(source, recipient("ada@example.org", "Ada", leave="mailto:leave@example.org?subject=x"), None))
    assert mail["List-Unsubscribe"] == "<mailto:leave@example.org?subject=x>"
    assert "List-Unsubscribe-Post" not in mail


def test_letters_before_the_at_sign_make_the_head_utf8(source: LetterFile) -> None:
    content = make(source, recipient("żółw@example.org", "Żółw"), None)
    assert "<żółw@example.org>".encode() in content
    assert is_sound_on_the_wire(content)


def test_the_size_is_known_before_the_mail_is_made(source: LetterFile, folder: Path) -> None:
    for name in ("d.pdf", "Łódź.pdf"):
        attachment = attach(folder, name)
        person = recipient("ada@example.org", "Ada Łódź")
        assert person
        campaign = Campaign(recipients=(person,), source=source, pdf=attachment)
        mailing = write_mailing(campaign, person, 10**7)
        size = len(mailing.content(campaign, 10**9))
        assert size <= mailing.size_bytes
        assert write_mailing(campaign, person, size).size_bytes == size, "counted where it comes to that"


def test_a_long_quoted_name_does_not_come_apart_into_addresses(source: LetterFile) -> None:
    name = "a, evil@example.com, " * 9
    mail = parse(make(source, recipient("ada@example.org", name.strip()), None))
    assert [(box.display_name, box.addr_spec) for box in mail["To"].addresses] == [(name.strip(), "ada@example.org")]


def test_a_long_way_to_leave_is_not_encoded(source: LetterFile) -> None:
    address = "https://example.org/leave?" + "x" * 800
    content = make(source, recipient("ada@example.org", "Ada", leave=address), None)
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in content


@pytest.mark.parametrize("name", ["a\nb.pdf", "a\rb.pdf", "a\u2028b.pdf"])
def test_a_file_name_with_a_line_break_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(PDF)
    assert [finding.code for finding in read_attachment(folder / name, PLACE, "…")[1]] == ["header-break"]


# Everything that has broken a mail's head somewhere, and any text at all.
NASTY = st.text(
    st.one_of(st.sampled_from("\r\n\0\t\v\f\x1b\x85\u2028\u2029:,;<>@\"\\()[]=?_ \u202e"), st.characters()), max_size=90
) | st.sampled_from(["a\r\nBcc: x@example.com", "=?utf-8?q?a=0D=0ABcc:_x?=", "a\n\nbody", '"', "\\", "x" * 300, "a, b <c@d.e>"])  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NASTY, title=NASTY, leave=NASTY)
@example(name="=?utf-8?q?Bcc:_x?=", title="=?utf-8?b?QQ==?=", leave="https://example.org/>,<mailto:x@example.org")
@example(name='x" <evil@example.com>, "', title="a" * 78 + " b", leave="mailto:a@example.org")
def test_no_field_adds_a_header_or_changes_another(source: LetterFile, name: str, title: str, leave: str) -> None:
    person = recipient("ada@example.org", name.strip(), title=title, leave=leave)
    if person is None:
        return
    try:
        content = make(source, person, None)
    except TemplateError:
        return
    mail = parse(content)
    assert is_sound_on_the_wire(content)
    assert not set(mail.keys()) - HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert [(box.display_name, box.addr_spec) for box in mail["To"].addresses] == [(name.strip(), "ada@example.org")]
    assert [box.addr_spec for box in mail["From"].addresses] == ["dir@example.org"]
    assert " ".join(str(mail["Subject"]).split()) == " ".join(title.split())
    unsubscribe = mail["List-Unsubscribe"]
    assert unsubscribe is None or re.fullmatch(r"<(https?://|mailto:)[^<>\s]+>", unsubscribe)


@settings(max_examples=250, deadline=None)
@given(
    address=NASTY | NASTY.map(lambda text: f"{text}@example.org") | NASTY.map(lambda text: f"ada@{text}.example.org")
)
def test_an_address_that_is_let_through_is_one_word(address: str) -> None:
    mailbox, findings = read_address(address, PLACE)
    assert (mailbox is None) == bool(findings)
    if mailbox:
        assert re.fullmatch(r"[^\s<>,;:\\\"\[\]()\x00-\x20\x7f]+@[a-z0-9.-]+", mailbox.address)


@settings(max_examples=250, deadline=None)
@given(text=NASTY | NASTY.map(lambda text: f"{text} <dir@example.org>"))
def test_a_sender_that_is_let_through_is_one_line(text: str) -> None:
    mailbox, findings = read_mailbox(text, PLACE)
    assert (mailbox is None) == bool(findings)
    if mailbox:
        assert check_line(mailbox.name, PLACE, "the name") == []
        assert mailbox.address.isascii()
