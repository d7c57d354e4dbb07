"""The dry run: files to look at, a summary, and not a word to anybody."""

from __future__ import annotations

import email
import email.policy
import json
import shlex
import socket
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from directory_pub.commands import mail_progress
from directory_pub.mail import dry_run
from mail.desk import LETTER, PDF, Desk

RUN = ("people.csv", "--message", "text.md")


@pytest.fixture(autouse=True)
def nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a dry run opened a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def names() -> list[str]:
    return sorted(path.name for path in Path("build/mail").iterdir())


def test_a_dry_run_is_the_default_and_writes_one_file_a_recipient(desk: Desk, mail: Any) -> None:
    result = mail(*RUN)
    assert result.exit_code == 0, result.stderr
    assert names() == ["0002-ada@example.org.eml", "0003-bob@example.org.eml", "0004-cy@example.org.eml"]
    read = email.message_from_bytes(
        Path("build/mail/0002-ada@example.org.eml").read_bytes(), policy=email.policy.default
    )
    assert isinstance(read, EmailMessage)
    assert read["Subject"] == "The directory for Ada"
    assert [part.get_content() for part in read.iter_attachments()] == [PDF]
    assert not desk.ledger.exists()


def test_the_summary_says_how_many_how_large_and_how_to_send(desk: Desk, mail: Any) -> None:
    Path("people.csv").write_text("email,name,language\na@example.org,A,en\nb@example.org,B,de\nc@example.org,C,en\n")
    lines = mail(*RUN, "--rate", "30/min", "--server", "smtps://mail.example.org").stdout.splitlines()
    assert lines[0] == "3 mails (2 en, 1 de)."
    assert lines[1].startswith("3 mails with book-email.pdf attached: 0.01")
    assert lines[2] == "Look at build/mail/0002-a@example.org.eml and 2 more beside it."
    assert shlex.split(lines[4]) == [
        "directory-pub", "mail", "people.csv", "--message", "text.md", "--rate", "30/min",
        "--send", "--server", "smtps://mail.example.org",
    ]  # fmt: skip


def test_files_of_an_earlier_dry_run_are_removed_and_nothing_else(desk: Desk, mail: Any) -> None:
    mail(*RUN)
    Path("build/mail/notes.txt").write_text("mine")
    desk.write_list("di@example.org")
    mail(*RUN)
    assert names() == ["0002-di@example.org.eml", "notes.txt"]
    assert mail(*RUN, "--only", "DI@example.org").exit_code == 0
    desk.write_list("ada@example.org", "di@example.org")
    mail(*RUN, "--limit", 1)
    assert names() == ["0002-ada@example.org.eml", "notes.txt"]


def test_an_address_makes_a_harmless_file_name(desk: Desk, mail: Any) -> None:
    desk.write_list("../../x@example.org", "a/b@example.org", "żółw@example.org")
    assert mail(*RUN).exit_code == 1
    desk.write_list("a/b@example.org", "a|b@example.org", "żółw@example.org")
    assert mail(*RUN).exit_code == 0
    assert names() == ["0002-a_b@example.org.eml", "0003-a_b@example.org.eml", "0004-___w@example.org.eml"]


def test_findings_stop_it_before_a_file_is_written(desk: Desk, mail: Any) -> None:
    desk.write_list("ada@example.org", "Ada@example.org", "bad")
    desk.write_letter(LETTER.replace("from:", "form:"))
    result = mail(*RUN)
    assert result.exit_code == 1
    assert "people.csv:3: error[recipient-duplicate]" in result.stderr
    assert "people.csv:4: error[mail-syntax]" in result.stderr
    assert "text.md:3: error[key-unknown]: form: is no known key.\n    Did you mean 'from'?" in result.stderr
    assert "3 errors. Nothing was sent." in result.stderr
    desk.write_list("ada@example.org")
    desk.write_letter(LETTER + "{{ town }}\n")
    assert "text.md:10: error[letter-template]: cannot be filled in for people.csv:2" in mail(*RUN).stderr
    assert not Path("build/mail").exists()


def test_which_pdf_is_meant_is_not_guessed(desk: Desk, mail: Any) -> None:
    Path("build/other-email.pdf").write_bytes(PDF)
    several = mail(*RUN)
    assert (several.exit_code, "build/book-email.pdf, build/other-email.pdf" in several.stderr) == (2, True)
    assert mail(*RUN, "--pdf", "build/other-email.pdf").exit_code == 0
    for path in Path("build").glob("*.pdf"):
        path.unlink()
    none = mail(*RUN)
    assert (none.exit_code, "no email PDF in build/" in none.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Usage"),
        (("people.csv",), "--message"),
        ((*RUN, "--send"), "--send needs to know the server"),
        ((*RUN, "--rate", "fast"), "'fast' is no rate"),
        ((*RUN, "--send", "--server", "mail.example.org"), "cannot be read"),
        ((*RUN, "--send", "--server", "smtp://x", "--ca", "none.pem"), "there is no file none.pem"),
        ((*RUN, "--only", "nobody@example.org"), "is not on the list"),
        ((*RUN, "--only", "nobody"), "cannot be written to"),
        ((*RUN, "--limit", "0"), "--limit"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, mail: Any, words: tuple[str, ...], told: str) -> None:
    result = mail(*words)
    assert result.exit_code == 2
    assert told in result.stdout + result.stderr
    assert not desk.ledger.exists()


def test_to_may_be_written_and_left_out(desk: Desk, mail: Any) -> None:
    assert mail("to", *RUN).exit_code == 0
    assert mail("--message", "text.md", "people.csv").exit_code == 0
    assert mail("--help").exit_code == 0
    assert "status" in mail("--help").stdout


def test_a_pdf_that_does_not_show_the_content_goes_only_if_it_is_named(desk: Desk, mail: Any) -> None:
    shown = {"book-email.pdf": {"shows_content": False}}
    Path("build/report.json").write_text(json.dumps({"in_folder": shown}))
    result = mail(*RUN)
    assert result.exit_code == 2
    assert "build/book-email.pdf is of an earlier build and does not show the content as it is now" in result.stderr
    assert not Path("build/mail").exists()
    assert mail(*RUN, "--pdf", "build/book-email.pdf").exit_code == 0
    shown["book-email.pdf"]["shows_content"] = True
    Path("build/report.json").write_text(json.dumps({"in_folder": shown}))
    assert mail(*RUN).exit_code == 0


def test_a_disk_without_room_for_all_is_told_of_before_the_first_is_written(
    desk: Desk, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run.shutil, "disk_usage", lambda folder: SimpleNamespace(free=2 * len(PDF)))
    result = mail(*RUN)
    assert (result.exit_code, names()) == (1, [])
    assert "build/mail: no space left on device" in result.stderr
    assert "--limit" in result.stderr
    assert mail(*RUN, "--limit", 1).exit_code == 0


def test_a_long_list_is_told_of_at_once_and_then_how_far_it_is(
    desk: Desk, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_progress, "_AT_ONCE", 2)
    monkeypatch.setattr(mail_progress, "_LONG_BYTES", 20)
    result = mail(*RUN)
    told = ["Reading people.csv.", "Read 2 rows.", "Read 4 rows.", "Checked 2 of 3 letters.", "Wrote 2 of 3 mails."]
    assert result.stderr.splitlines() == told
