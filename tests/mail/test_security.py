"""TLS, certificates and logins, against servers that offer less than they should."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from mail.conftest import Authority, make_authority
from mail.desk import Desk
from mail.post_office import Office, open_office

SECRET = "s3cret-word"


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A login in the environment."""
    monkeypatch.setenv("DIRECTORY_PUB_SMTP_USER", "ada")
    monkeypatch.setenv("DIRECTORY_PUB_SMTP_PASSWORD", SECRET)
    return "ada", SECRET


def nothing_was_said(office: Office) -> bool:
    """Neither a login nor a mail reached the server."""
    return not any(heard.startswith(("AUTH", "MAIL")) for heard in office.heard) and not office.taken


def is_secret_kept(desk: Desk, result: Any) -> bool:
    """The password is in no output and in no file."""
    files = b"".join(path.read_bytes() for path in desk.folder.rglob("*") if path.is_file() and path.name != "login")
    return SECRET not in result.output + result.stderr and SECRET.encode() not in files


def test_starttls_comes_before_the_login_and_the_login_before_any_mail(
    desk: Desk, send: Any, authority: Authority, login: tuple[str, str]
) -> None:
    with open_office(Office(), starttls=authority.context, login=login) as office:
        result = send(office, "--ca", authority.ca, server="smtp://localhost")
    assert result.exit_code == 0, result.stderr
    assert office.heard[:3] == ["EHLO", "EHLO tls", "AUTH tls"]
    assert office.heard[3].startswith("MAIL")
    assert len(office.taken) == 3
    assert is_secret_kept(desk, result)


def test_tls_from_the_first_byte(desk: Desk, send: Any, authority: Authority) -> None:
    with open_office(Office(), tls=authority.context) as office:
        result = send(office, "--ca", authority.ca, server="smtps://localhost")
    assert result.exit_code == 0, result.stderr
    assert len(office.taken) == 3


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_trusts_is_refused(
    desk: Desk, send: Any, authority: Authority, login: tuple[str, str], scheme: str
) -> None:
    kind = {"smtp": "starttls", "smtps": "tls"}[scheme]
    with open_office(Office(), **{kind: authority.context}) as office:
        result = send(office, server=f"{scheme}://localhost")
    assert result.exit_code == 1
    assert "is not trusted" in result.stderr
    assert "--ca FILE" in result.stderr
    assert nothing_was_said(office)
    assert set(desk.states().values()) == set()


def test_a_certificate_for_another_host_is_refused(desk: Desk, send: Any, tmp_path: Path) -> None:
    other = make_authority(tmp_path, "mail.example.org")
    with open_office(Office(), starttls=other.context) as office:
        result = send(office, "--ca", other.ca, server="smtp://localhost")
    assert result.exit_code == 1
    assert "Hostname mismatch" in result.stderr
    assert nothing_was_said(office)


def elsewhere(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    """A host that is not this one by its name; whatever is said to it comes here."""
    here = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda to, *rest: here(("127.0.0.1", office.port), *rest))


def test_a_server_elsewhere_without_starttls_hears_nothing(
    desk: Desk, send: Any, login: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(Office()) as office:
        elsewhere(monkeypatch, office)
        result = send(office, server="smtp://mail.example.org")
    assert result.exit_code == 1
    assert "offers no STARTTLS" in result.stderr
    assert nothing_was_said(office)


def test_starttls_that_is_there_is_used_on_loopback_too_and_never_given_up(
    desk: Desk, send: Any, authority: Authority, login: tuple[str, str]
) -> None:
    with open_office(Office(), starttls=authority.context, login=login) as office:
        assert send(office, server="smtp://localhost").exit_code == 1
    assert nothing_was_said(office)


def test_a_wrong_password_stops_the_run_and_is_not_repeated(
    desk: Desk, send: Any, authority: Authority, login: tuple[str, str]
) -> None:
    with open_office(Office(), starttls=authority.context, login=("ada", "another")) as office:
        result = send(office, "--ca", authority.ca, server="smtp://localhost")
    assert result.exit_code == 1
    assert "does not take the login: 535" in result.stderr
    assert "Traceback" not in result.stderr
    assert office.taken == []
    assert is_secret_kept(desk, result)


def test_a_server_that_takes_no_login_is_told_of(desk: Desk, send: Any, login: tuple[str, str]) -> None:
    with open_office(Office()) as office:
        result = send(office)
    assert result.exit_code == 1
    assert "takes no login here" in result.stderr
    assert nothing_was_said(office)


def test_a_server_that_wants_a_login_is_told_of(desk: Desk, send: Any, authority: Authority) -> None:
    with open_office(Office(), starttls=authority.context, login=("ada", SECRET)) as office:
        result = send(office, "--ca", authority.ca, server="smtp://localhost")
    assert result.exit_code == 1
    assert "530 5.7.0 Authentication required" in result.stderr
    assert set(desk.states().values()) == {"waiting"}


def test_a_login_file_is_used_and_must_be_private(desk: Desk, send: Any, authority: Authority) -> None:
    file = desk.folder / "login"
    file.write_text(f"ada\n{SECRET}\n")
    file.chmod(0o644)
    with open_office(Office(), starttls=authority.context, login=("ada", SECRET)) as office:
        words = ("--ca", authority.ca, "--login", file)
        refused = send(office, *words, server="smtp://localhost")
        assert (refused.exit_code, office.heard) == (2, [])
        assert "chmod 600" in refused.stderr
        file.chmod(0o600)
        assert send(office, *words, server="smtp://localhost").exit_code == 0
    assert len(office.taken) == 3


def test_a_password_in_the_address_is_refused_before_anything_else(desk: Desk, mail: Any) -> None:
    result = mail("people.csv", "--message", "text.md", "--send", "--server", f"smtp://ada:{SECRET}@localhost:25")
    assert result.exit_code == 2
    assert is_secret_kept(desk, result)


def test_tls_where_there_is_none_and_a_certificate_that_is_none_are_told_of(
    desk: Desk, send: Any, authority: Authority
) -> None:
    with open_office(Office()) as office:
        assert "no TLS with smtps://localhost" in send(office, server="smtps://localhost").stderr
    Path("not.pem").write_text("no certificate")
    with open_office(Office(), starttls=authority.context) as office:
        result = send(office, "--ca", "not.pem", server="smtp://localhost")
        assert (result.exit_code, "Look at not.pem." in result.stderr) == (1, True)
        assert send(office, "--ca", "none.pem").exit_code == 2
