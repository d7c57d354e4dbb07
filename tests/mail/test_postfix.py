"""Through a real mail server to mailboxes on disk: what is delivered is what was sent."""

from __future__ import annotations

import email
import email.policy
import re
import time
from email.message import EmailMessage
from typing import Any

import pytest

from mail.desk import LETTER, PDF, Desk
from mail.postfix import Postfix, open_postfix

pytestmark = pytest.mark.postfix

PEOPLE = [f"p{number:02d}@example.org" for number in range(20)]


def wait_for_delivery(office: Postfix) -> None:
    end = time.monotonic() + 30
    while any(not office.delivered(address) for address in PEOPLE):
        assert time.monotonic() < end, office.log()
        time.sleep(0.1)


def test_each_mailbox_gets_the_mail_once_and_whole(desk: Desk, send: Any) -> None:
    desk.write_list(*PEOPLE, "nobody@example.org", "somebody@example.com")
    with open_postfix(*PEOPLE) as office:
        first, second = send(office), send(office)
        wait_for_delivery(office)
        delivered = {address: office.delivered(address) for address in PEOPLE}
    assert (first.exit_code, second.exit_code) == (1, 1), first.stderr
    assert all(len(mails) == 1 for mails in delivered.values())
    ids = set()
    for address, (content,) in delivered.items():
        mail = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        assert [part.get_content() for part in mail.iter_attachments()] == [PDF]
        assert mail["To"].addresses[0].addr_spec == address
        assert mail["Return-Path"] == "<dir@example.org>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Unsubscribe"] == "<https://example.org/leave>"
        body = mail.get_body(("plain",))
        assert body
        assert ". a dot at the head of a line." in body.get_content()
        ids.add(str(mail["Message-ID"]))
    assert ids == {name for name, state in desk.rows("message_id, state") if state == "sent"}
    assert len(ids) == len(PEOPLE)
    states = desk.states()
    assert {address for address, state in states.items() if state == "sent"} == set(PEOPLE)
    failures = (desk.folder / "people.failures.csv").read_text("utf-8-sig")
    assert re.search(r"nobody@example.org,Nobody,RCPT,550,.*User unknown", failures)
    assert re.search(r"somebody@example.com,Somebody,RCPT,554,.*Relay access denied", failures)


def test_its_own_ceiling_is_kept_to(desk: Desk, send: Any) -> None:
    (desk.folder / "build" / "book-email.pdf").write_bytes(PDF + bytes(2_500_000))
    desk.write_list(*PEOPLE)
    with open_postfix(*PEOPLE) as office:
        refused = send(office)
        assert (refused.exit_code, "no more than 3.0 MB can go" in refused.stderr) == (1, True)
        (desk.folder / "light.pdf").write_bytes(PDF)
        desk.write_letter(LETTER.replace("---\nDear", "lighter_pdf: light.pdf\n---\nDear"))
        assert send(office).exit_code == 0
        wait_for_delivery(office)
        assert b"light.pdf" in office.delivered(PEOPLE[0])[0]
