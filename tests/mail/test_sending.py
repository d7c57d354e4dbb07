"""Sending to real servers: once each, whatever the server does, and the ledger says so."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from directory_pub.mail import envelope, sending
from directory_pub.mail.wire import WireError
from mail.desk import LETTER, PDF, Desk
from mail.post_office import CUT_AFTER, CUT_BEFORE, CUT_REFUSED, Office, open_office

ADA, BOB, CY = "ada@example.org", "bob@example.org", "cy@example.org"


def at(step: str, address: str, *answers: str | float | None) -> Any:
    """A server that gives these answers in turn at one step for one address (or all), and is well-behaved after."""
    left = list(answers)
    return lambda s, a: left.pop(0) if left and s == step and a.startswith(address) else None


def always(step: str, address: str, answer: str) -> Any:
    return lambda s, a: answer if s == step and a.startswith(address) else None


# -------------------------------------------------------------------- a good day
def test_everybody_gets_the_mail_once_and_a_second_run_sends_nothing(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        first, second = send(office), send(office)
    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr
    assert office.addresses() == [ADA, BOB, CY]
    assert office.greetings == 1
    assert desk.states() == {ADA: "sent", BOB: "sent", CY: "sent"}
    assert "people.csv: 3 sent." in first.stdout
    assert desk.rows("code, answer")[2] == (250, "taken as 3")


def test_what_arrives_is_what_was_meant_to_the_byte(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        send(office)
    mail = office.mails()[0]
    assert [part.get_content() for part in mail.iter_attachments()] == [PDF]
    text = mail.get_body(("plain",)).get_content().splitlines()
    assert text == ["Dear Ada", "", ".", ". a dot at the head of a line. book-email.pdf, 0.1 MB."]
    assert office.taken[0][1].endswith(b"=--\r\n")
    assert [mail["Message-ID"] for mail in office.mails()] == [row[0] for row in desk.rows("message_id")]


def test_a_mail_whose_bytes_are_not_what_was_meant_fails_and_the_others_go(
    desk: Desk, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(mail: bytes, *_: object, **__: object) -> None:
        if b"bob@example.org" in mail:
            raise WireError("a line of its head is no header")

    monkeypatch.setattr(envelope, "check_wire", check)
    with open_office(Office()) as office:
        first = send(office)
        assert (first.exit_code, office.addresses()) == (1, [ADA, CY])
        assert send(office).exit_code == 1
    assert office.addresses() == [ADA, CY], "what failed is not tried again"
    assert desk.states() == {ADA: "sent", BOB: "failed", CY: "sent"}
    assert f"{BOB}: failed (it must not go out: a line of its head is no header)" in first.stderr
    assert BOB in (desk.folder / "people.failures.csv").read_text("utf-8-sig")


def test_a_connection_is_not_used_for_ever(desk: Desk, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_MAILS_PER_CONNECTION", 2)
    with open_office(Office()) as office:
        assert send(office).exit_code == 0
    assert (office.greetings, len(office.taken)) == (2, 3)


def test_some_of_a_list_may_be_sent_to(desk: Desk, mail: Any, send: Any) -> None:
    with open_office(Office()) as office:
        assert send(office, "--only", "BOB@example.org").exit_code == 0
        assert send(office, "--limit", 1).exit_code == 0
        assert office.addresses() == [BOB, ADA]
        assert send(office, "--only", "nobody@example.org").exit_code == 2
        assert send(office).exit_code == 0
    assert office.addresses() == [BOB, ADA, CY]


@pytest.mark.slow
def test_a_rate_is_kept_over_new_connections(desk: Desk, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_MAILS_PER_CONNECTION", 1)
    times: list[float] = []
    office = Office(behave=lambda step, _: times.append(time.monotonic()) if step == "MAIL" else None)
    with open_office(office):
        assert send(office, "--rate", "4/s").exit_code == 0
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert len(gaps) == 2
    assert all(gap > 0.12 for gap in gaps), gaps  # a quarter of a second, less what a busy machine shifts


def test_rows_that_are_added_are_sent_to_and_nobody_twice(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        send(office)
        desk.write_list(CY, "di@example.org", ADA)
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY, "di@example.org"]


def test_another_letter_or_pdf_is_refused_until_it_is_said_to_be_a_new_campaign(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        send(office, "--limit", 2)
        desk.write_letter(LETTER + "\nOne more word.\n")
        refused = send(office)
        assert (refused.exit_code, len(office.taken)) == (2, 2)
        assert "2 of people.csv have another letter or PDF already" in refused.stderr
        assert send(office, "--new-campaign", "--limit", 1).exit_code == 0
        assert send(office).exit_code == 0, "a campaign that was begun knowingly goes on"
        assert Counter(office.addresses()) == {ADA: 2, BOB: 2, CY: 1}
        desk.write_letter()
        assert send(office).exit_code == 2, "nor does one go back without knowing"
        assert send(office, "--new-campaign").exit_code == 0
    assert Counter(office.addresses()) == {ADA: 2, BOB: 2, CY: 2}
    assert len(set(office.ids())) == 6


def test_a_letter_may_be_mended_before_anybody_has_it(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=always("RCPT", "", "451 later"))) as office:
        assert send(office).exit_code == 1
        desk.write_letter(LETTER + "\nOne more word.\n")
        office.behave = lambda step, address: None
        assert send(office).exit_code == 0


# -------------------------------------------------------------------- refusals
def test_what_is_put_off_is_tried_again_in_the_same_run(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=at("RCPT", BOB, "451 4.7.1 greylisted", "450 later"))) as office:
        result = send(office)
    assert (result.exit_code, office.addresses()) == (0, [ADA, CY, BOB])
    assert "bob@example.org: deferred (451 4.7.1 greylisted)" in result.stderr
    assert dict(desk.rows("address, tries"))[BOB] == 3


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "text", "END"])
def test_what_is_put_off_for_ever_is_left_for_the_next_run(desk: Desk, send: Any, step: str) -> None:
    with open_office(Office(behave=always(step, "dir" if step == "MAIL" else BOB, "451 not now"))) as office:
        assert send(office).exit_code == 1
        assert desk.states()[BOB] == "deferred"
        assert dict(desk.rows("address, answer"))[BOB] == "not now"
        assert sum(heard == f"RCPT {BOB}" for heard in office.heard) == (0 if step == "MAIL" else 3)
        office.behave = lambda step, address: None
        assert send(office).exit_code == 0
    assert sorted(office.addresses()) == [ADA, BOB, CY]


@pytest.mark.parametrize(("step", "told"), [("RCPT", "RCPT"), ("text", "DATA"), ("END", "end of DATA")])
@pytest.mark.parametrize("answer", ["550 no such user", "552 5.3.4 too large"])
def test_a_refusal_goes_to_the_failures_and_the_rest_goes_on(
    desk: Desk, send: Any, step: str, told: str, answer: str
) -> None:
    with open_office(Office(behave=always(step, BOB, answer))) as office:
        result = send(office)
        assert (result.exit_code, office.addresses()) == (1, [ADA, CY])
        send(office)
    code, _, text = answer.partition(" ")
    rows = Path("people.failures.csv").read_text("utf-8-sig").splitlines()
    assert rows == ["row,email,name,step,code,answer", f"3,{BOB},Bob,{told},{code},{text}"]
    assert "people.failures.csv" in result.stdout
    assert office.addresses() == [ADA, CY], "a refusal for good is not tried again by itself"


def test_a_failed_one_is_tried_again_when_a_person_says_so(desk: Desk, send: Any, mail: Any) -> None:
    with open_office(Office(behave=at("RCPT", BOB, "550 full"))) as office:
        send(office)
        assert mail("decide", "people.csv", BOB, "again").exit_code == 0
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, CY, BOB]
    assert not Path("people.failures.csv").exists()


def test_a_refused_sender_stops_the_run_and_fails_nobody(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=always("MAIL", "", "550 who are you"))) as office:
        result = send(office)
        assert result.exit_code == 1
        assert "takes no mail from dir@example.org: 550 who are you" in result.stderr
        assert set(desk.states().values()) == {"waiting"}
        office.behave = lambda step, address: None
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "END"])
def test_a_server_that_hangs_up_is_called_again(desk: Desk, send: Any, step: str) -> None:
    with open_office(Office(behave=at(step, "", None, "421 busy"))) as office:
        result = send(office)
    assert result.exit_code == 0, result.stderr
    assert sorted(office.addresses()) == [ADA, BOB, CY]
    assert office.greetings == 2


@pytest.mark.slow
# -------------------------------------------------------------------- broken connections
def test_a_connection_cut_in_the_middle_of_the_text_is_made_again(desk: Desk, send: Any) -> None:
    # More than the buffers of a socket hold: less is on its way before the client can know of the cut.
    Path("build/book-email.pdf").write_bytes(PDF + bytes(12_000_000))
    desk.write_letter(LETTER.replace("---\nDear", "limit_mb: 30\n---\nDear"))
    with open_office(Office(behave=at("text", BOB, CUT_BEFORE, CUT_BEFORE))) as office:
        result = send(office)
    assert result.exit_code == 0, result.stderr
    assert sorted(office.addresses()) == [ADA, BOB, CY]
    assert len(set(office.ids())) == 3


@pytest.mark.parametrize("cut", [CUT_AFTER, CUT_REFUSED])
def test_a_connection_cut_after_the_end_leaves_a_fate_for_a_person_to_decide(
    desk: Desk, send: Any, mail: Any, cut: str
) -> None:
    with open_office(Office(behave=at("END", BOB, cut))) as office:
        first, second = send(office), send(office)
        assert (first.exit_code, second.exit_code) == (1, 1)
        assert desk.states() == {ADA: "sent", BOB: "unknown", CY: "sent"}
        (message_id,) = [row[1] for row in desk.rows("address, message_id") if row[0] == BOB]
        assert f"bob@example.org  Message-ID: {message_id}" in second.stdout
        has_it = message_id in office.ids()
        assert has_it == (cut == CUT_AFTER)
        assert mail("decide", "people.csv", BOB, "sent" if has_it else "again").exit_code == 0
        assert send(office).exit_code == 0
    assert sorted(office.addresses()) == [ADA, BOB, CY]
    assert len(set(office.ids())) == 3


@pytest.mark.slow
def test_an_answer_that_does_not_come_in_time_leaves_the_fate_unknown(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=at("END", BOB, 2.5))) as office:
        result = send(office)
        assert result.exit_code == 1
        assert desk.states() == {ADA: "sent", BOB: "unknown", CY: "sent"}
    assert "timed out" in result.stderr


@pytest.mark.slow
def test_a_slow_server_is_waited_for(desk: Desk, send: Any) -> None:
    with open_office(Office(behave=at("END", "", 0.5, 0.5))) as office:
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


def test_a_server_that_goes_away_stops_the_run_and_the_next_goes_on(desk: Desk, send: Any) -> None:
    office = Office(behave=at("RCPT", BOB, "421 going down"))
    with open_office(office):
        port = office.port
    gone = send(Office(port=port))
    assert gone.exit_code == 1
    assert "no connection to smtp://127.0.0.1" in gone.stderr
    with open_office(office):
        assert send(office).exit_code == 0
    assert sorted(office.addresses()) == [ADA, BOB, CY]


# -------------------------------------------------------------------- what the server can take
def test_the_servers_own_ceiling_counts(desk: Desk, send: Any) -> None:
    with open_office(Office(), size=4000) as office:
        refused = send(office)
        assert refused.exit_code == 1
        assert "error[letter-size]" in refused.stderr
        assert not office.heard[1:], "nothing is said to the server before every mail is known to fit"
        link = LETTER.replace("---\nDear", "link: https://example.org/d.pdf\n---\nSee {{ link }}. Dear")
        desk.write_letter(link)
        assert send(office).exit_code == 0
    assert len(office.taken) == 3
    assert all(list(mail.iter_attachments()) == [] for mail in office.mails())


def test_letters_before_the_at_sign_need_a_server_that_takes_them(desk: Desk, send: Any) -> None:
    desk.write_list(ADA, "żółw@example.org")
    with open_office(Office(), utf8=False) as office:
        result = send(office)
    assert (result.exit_code, office.addresses()) == (1, [ADA])
    assert "no SMTPUTF8" in Path("people.failures.csv").read_text("utf-8-sig")
    with open_office(Office()) as office:
        assert send(office, "--ledger", "another.sqlite").exit_code == 0
    assert office.addresses() == [ADA, "żółw@example.org"]
    assert "<żółw@example.org>".encode() in office.taken[1][1]


# -------------------------------------------------------------------- status
def test_status_shows_who_has_it_who_failed_and_why_and_who_waits(desk: Desk, send: Any, mail: Any) -> None:
    desk.write_list(ADA, BOB, CY, "di@example.org")

    def behave(step: str, address: str) -> str | None:
        return {f"RCPT {BOB}": "550 no such user", f"END {CY}": CUT_AFTER, "RCPT di@example.org": "451 later"}.get(
            f"{step} {address}"
        )

    with open_office(Office(behave=behave)) as office:
        send(office)
    desk.write_list(ADA, BOB, CY, "di@example.org", "ed@example.org")
    shown = mail("status", "people.csv")
    assert shown.exit_code == 0
    lines = {line.split("  ")[0].strip(): line for line in shown.stdout.splitlines()}
    assert ADA in lines["sent"]
    assert "RCPT: 550 no such user" in lines["failed"]
    assert "RCPT: 451 later (next try 2" in lines["deferred"]
    assert "ed@example.org" in lines["waiting"]
    assert CY in lines["unknown"]
    assert "1 sent, 1 waiting, 1 deferred, 1 failed, 1 unknown." in shown.stdout
    assert "directory-pub mail decide people.csv cy@example.org sent" in shown.stdout
    rows = json.loads(mail("status", "people.csv", "--json", "-").stdout)
    assert {row["email"]: row["state"] for row in rows} == {
        ADA: "sent", BOB: "failed", CY: "unknown", "di@example.org": "deferred", "ed@example.org": "waiting"
    }  # fmt: skip


def test_status_before_anything_was_sent_makes_no_ledger(desk: Desk, mail: Any) -> None:
    shown = mail("status", "people.csv")
    assert (shown.exit_code, desk.ledger.exists()) == (0, False)
    assert "3 waiting." in shown.stdout


def test_only_what_is_unknown_is_decided(desk: Desk, send: Any, mail: Any) -> None:
    assert mail("decide", "people.csv", ADA, "sent").exit_code == 2
    with open_office(Office()) as office:
        send(office)
    assert mail("decide", "people.csv", ADA, "again").exit_code == 2
    assert mail("decide", "people.csv", "nobody@example.org", "again").exit_code == 2
    assert mail("decide", "people.csv", ADA, "perhaps").exit_code == 2
    assert desk.states()[ADA] == "sent"
