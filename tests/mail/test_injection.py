"""Text of a list or a letter is text: on the wire it is one mail to one person, and it arrives as it was typed."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory_pub.findings import Place
from directory_pub.mail import connection
from directory_pub.mail.addresses import Mailbox, check_line, read_address, read_mailbox
from directory_pub.mail.attachment import Attachment
from directory_pub.mail.connection import Connection, Timeouts, connect
from directory_pub.mail.envelope import write_mail
from directory_pub.mail.letter_file import LetterFile, read_letter_file
from directory_pub.mail.letters import Letter, write_letter
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.server import read_server
from directory_pub.mail.templates import TemplateError
from directory_pub.mail.wire import WireError, check_wire
from mail.post_office import Office, open_office

PLACE = Place(file="people.csv", line=2)
WAY = "https://example.org/leave"
PDF = b"JVBERi0=\r\n"
LETTER = """\
---
subject: Hello {{ name }}{{ title }}
from: dir@example.org
list_unsubscribe: "{{ leave }}"
---
Dear {{ name }}, {{ title }}

[words {{ title }}](https://example.org/{{ title|urlencode }})
"""
ATTACKS = [
    "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
    "=?utf-8?q?=0A.=0D=0AMAIL_FROM:<evil@example.org>=0D=0ARCPT_TO:<b@example.org>=0D=0ADATA?=",
    "=?utf-8?q?plain?=",
    "=?UTF-8?B?QmNjOiBldmlsQGV4YW1wbGUub3Jn?=",
    "=?iso-8859-1*en?q?caf=E9?=",
    "a =?utf-8?q?b?= =?utf-8?q?c?= d",
    "\"=?utf-8?q?x?=\"",
    "=?utf-8?q?Łódź?=",
    "=?utf-8?q?",
    "?=",
    "a  b   c",
    "utf-8''x%0D%0ABcc",
    "x\"; filename=\"evil.exe",
    "a\\",
    "(comment) a",
    "a, b <c@example.org>",
    "group: a;",
    "\u202egpj",
    ".",
    "..",
    "Łódź " * 30,
    "😀" * 90,
]  # fmt: skip
TEXT = st.sampled_from(ATTACKS) | st.text(st.sampled_from("=?_qQbB:;,<>@\"\\()[].% utf-8\r\n\0\u2028é😀") | st.characters(), max_size=60)  # fmt: skip
SMUGGLED = [
    ahead + dot + behind + b"MAIL FROM:<evil@example.org>"
    for ahead in (b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r\n")
    for dot in (b".", b"..", b".\0")
    for behind in (b"\n", b"\r", b"\r\n")
]


class Line:
    """A server and a connection to it that is used for mail after mail."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self.office = office
        self.connection = connection

    def send(self, to: Mailbox, content: bytes) -> list[str]:
        """What the server heard of one mail."""
        before = len(self.office.heard)
        self.connection.reset()
        answer = self.connection.deliver(Mailbox(address="dir@example.org"), to, content, lambda: None)
        assert answer.code == 250
        return [heard.split(" ")[0] for heard in self.office.heard[before:]]

    def last(self) -> EmailMessage:
        """What it took, read by a parser."""
        mail = BytesParser(policy=email.policy.default).parsebytes(self.office.taken[-1][1])
        assert isinstance(mail, EmailMessage)
        return mail


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with open_office(Office()) as office:
        link = connect(read_server(f"smtp://127.0.0.1:{office.port}"), None, None, "example.org", Timeouts())
        yield Line(office, link)
        link.quit()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> LetterFile:
    path: Path = tmp_path_factory.mktemp("letter") / "text.md"
    path.write_text(LETTER, "utf-8")
    found, findings = read_letter_file(path)
    assert found, findings
    return found


def may_stand(text: str) -> bool:
    return bool(text) and text == text.strip() and check_line(text, PLACE, "it") == []


def name_in(content: bytes, header: str) -> str:
    """The name before an address; the newer parser puts spaces between the encoded words of a long one (gh-92081)."""
    raw = str(BytesParser(policy=email.policy.compat32).parsebytes(content)[header])
    return str(make_header(decode_header(parseaddr(raw)[0])))


def write_any(source: LetterFile, person: Recipient, facts: dict[str, Any]) -> Letter | None:
    """The letter, or None where a field cannot stand in it, which is a finding of its own."""
    try:
        return write_letter(source, person, facts)
    except TemplateError as fault:
        told = fault.finding.code
    assert told in {"header-break", "header-long", "letter-link"}
    return None


def one_line(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(name=TEXT, title=TEXT, sender=TEXT, reply=TEXT, file=TEXT, leave=TEXT)
@example(*[ATTACKS[0]] * 6)
@example(*[ATTACKS[1]] * 6)
@example(*[ATTACKS[2]] * 6)
def test_what_is_typed_arrives_as_it_was_typed_in_one_mail_to_one_person(
    line: Line, source: LetterFile, name: str, title: str, sender: str, reply: str, file: str, leave: str
) -> None:
    name, sender, reply, title = (text.strip() for text in (name, sender, reply, title))
    for text in (name, file, sender, reply):
        assume(may_stand(text))
    fields = {"email": "ada@example.org", "name": name, "title": title, "leave": f"https://example.org/{leave}"}
    person = Recipient(
        place=PLACE,
        mailbox=Mailbox(address="ada@example.org", name=name),
        language="en",
        fields=fields,
    )
    written = replace(
        source,
        sender=Mailbox(address="dir@example.org", name=sender),
        reply_to=Mailbox(address="office@example.org", name=reply),
    )
    pdf = Attachment(name=file, size_bytes=5, sha256="", encoded=PDF)
    facts: dict[str, Any] = {"attached": True, "pdf": pdf.facts}
    letter = write_any(written, person, facts) or write_any(
        written, replace(person, fields={**fields, "leave": WAY}), facts
    )
    if letter is None:
        return
    heard = line.send(person.mailbox, write_mail(letter, written, pdf, campaign="c0ffee", date_s=10**9))
    assert heard in (["MAIL", "RCPT", "END"], ["RSET", "MAIL", "RCPT", "END"])
    address, content = line.office.taken[-1]
    mail = line.last()
    assert address == "ada@example.org"
    assert mail["Subject"] == letter.subject == f"Hello {name}{title}"
    for header, words, box in (
        ("From", sender, "dir@example.org"),
        ("To", name, "ada@example.org"),
        ("Reply-To", reply, "office@example.org"),
    ):
        assert [each.addr_spec for each in mail[header].addresses] == [box]
        assert name_in(content, header) == words
    assert mail["List-Unsubscribe"] in {f"<{fields['leave'].strip()}>", f"<{WAY}>"}  # the ends are no part
    assert sorted(mail.keys()) == sorted(
        [
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type",
        ]
    )
    (enclosed,) = mail.iter_attachments()
    assert enclosed["Content-Disposition"].params["filename"] == file  # get_filename takes quotation marks off
    assert enclosed.get_content() == b"%PDF-"
    text = mail.get_body(("plain",))
    assert text
    read = one_line(text.get_content())
    assert one_line(f"Dear {name}, {title}") in read
    assert f"words {one_line(title)}".strip() in read
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\0|[^\n]{1000}", content)


@pytest.mark.parametrize("smuggled", SMUGGLED)
def test_a_dot_behind_anything_that_a_server_may_take_for_a_line_end_ends_nothing(smuggled: bytes) -> None:
    stuffed = connection._stuff(b"a" + smuggled + smuggled)
    for end in (b"\n", b"\r"):
        for behind in (b"\n", b"\r"):
            assert end + b"." + behind not in stuffed
    assert connection._stuff(b".\r\n") == b"..\r\n"


GOOD = b"From: a\r\nSubject: =?utf-8?b?QQ==?=\r\n =?utf-8?b?QQ==?=\r\n\r\nbody\r\n"


def test_a_sound_mail_is_let_through() -> None:
    check_wire(GOOD, ["From", "Subject"])
    check_wire(GOOD.replace(b": a", ": ł".encode()), ["From", "Subject"], utf8=True)


@pytest.mark.parametrize(
    "mail",
    [
        GOOD.replace(b": a", b": a\r\nBcc: b"),
        GOOD.replace(b": a", b": a\r\nFrom: b"),
        GOOD.replace(b"From: a\r\n", b""),
        GOOD.replace(b": a", b": a\nBcc: b"),
        GOOD.replace(b": a", b": a\rBcc: b"),
        GOOD.replace(b": a", b": a\r\n\r\nb"),
        GOOD.replace(b": a", b": a\r\n \r\n b"),
        GOOD.replace(b": a", b": a\r\nno header"),
        GOOD.replace(b": a", b": a\0"),
        GOOD.replace(b": a", ": ł".encode()),
        GOOD.replace(b": a", b": " + b"a" * 999),
        GOOD.replace(b"body", b"bo\ndy"),
        GOOD.replace(b"body", b"bo\rdy"),
        GOOD.replace(b"body", b"bo\0dy"),
        GOOD.replace(b"body", b"b" * 999),
        GOOD.replace(b"body", "ł".encode()),
        GOOD.removesuffix(b"\r\n"),
        b"\r\n" + GOOD,
        b" x\r\n" + GOOD,
        GOOD.partition(b"\r\n\r\n")[0],
        b"",
    ],
)
def test_any_other_mail_is_not(mail: bytes) -> None:
    with pytest.raises(WireError):
        check_wire(mail, ["From", "Subject"])


@pytest.mark.parametrize("word", ["=?utf-8?q?x?=", "a=?utf-8?Q?x=0D=0A?=b", "=?x?b?QQ==?="])
def test_an_encoded_word_is_no_address_and_no_way_to_leave(source: LetterFile, word: str) -> None:
    assert [finding.code for finding in read_address(f"{word}@example.org", PLACE)[1]] == ["mail-syntax"]
    assert [finding.code for finding in read_mailbox(f"A <{word}@example.org>", PLACE)[1]] == ["mail-syntax"]
    fields = {"email": "a@example.org", "name": "Ada", "title": "", "leave": f"https://example.org/?{word}"}
    person = Recipient(place=PLACE, mailbox=Mailbox(address="a@example.org", name="Ada"), language="", fields=fields)
    with pytest.raises(TemplateError, match="encoded word"):
        write_letter(source, person, {"attached": True, "pdf": {}})
    assert read_address("a=?b@example.org", PLACE)[0]
