"""The server's address and the login: nothing secret on the command line, in a message or in a representation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from directory_pub.mail.pace import Patience, parse_rate
from directory_pub.mail.server import PASSWORD, USER, Login, ServerError, find_login, read_server


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, False, False)),
        ("smtps://mail.example.org", ("mail.example.org", 465, True, False)),
        ("smtp://localhost:8025/", ("localhost", 8025, False, True)),
        ("smtp://127.8.9.10:25", ("127.8.9.10", 25, False, True)),
        ("smtps://[::1]:465", ("::1", 465, True, True)),
        ("smtp://localhost.example.org:25", ("localhost.example.org", 25, False, False)),
        ("smtp://192.0.2.1:25", ("192.0.2.1", 25, False, False)),
        ("smtp://127.0.0.1.example.org", ("127.0.0.1.example.org", 587, False, False)),
    ],
)
def test_a_server_is_read(text: str, expected: tuple[str, int, bool, bool]) -> None:
    server = read_server(text)
    assert (server.host, server.port, server.implicit_tls, server.is_loopback) == expected


@pytest.mark.parametrize(
    "text",
    ["mail.example.org", "http://example.org", "smtp://", "smtp://x:99999", "smtp://x:y", "smtp://x/path", "smtp://[::1"],
)  # fmt: skip
def test_what_is_no_server_is_refused(text: str) -> None:
    with pytest.raises(ServerError):
        read_server(text)


@pytest.mark.parametrize(
    "text", ["smtp://ada:s3cret@example.org:587", "smtps://s3cret@example.org", "smtp://a:s3cret@x:y"]
)
def test_a_login_in_the_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ServerError) as caught:
        read_server(text)
    assert "s3cret" not in str(caught.value) + caught.value.remedy


def test_a_login_comes_from_the_environment_or_a_private_file(tmp_path: Path) -> None:
    assert find_login(None, {}) is None
    assert find_login(None, {USER: "ada", PASSWORD: "s3cret"}) == Login(user="ada", password="s3cret")
    with pytest.raises(ServerError):
        find_login(None, {USER: "ada"})
    file = tmp_path / "login"
    file.write_text("ada\ns3 cret\n")
    file.chmod(0o600)
    assert find_login(file, {}) == Login(user="ada", password="s3 cret")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o601])
def test_a_file_that_others_can_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "login"
    file.write_text("ada\ns3cret\n")
    file.chmod(mode)
    with pytest.raises(ServerError, match="not yours alone"):
        find_login(file, {})


def test_a_link_is_refused_even_to_a_file_that_is_private(tmp_path: Path) -> None:
    (tmp_path / "login").write_text("ada\ns3cret\n")
    (tmp_path / "login").chmod(0o600)
    (tmp_path / "link").symlink_to(tmp_path / "login")
    with pytest.raises(ServerError, match="is a link"):
        find_login(tmp_path / "link", {})


def test_a_folder_a_pipe_another_form_and_no_file_are_refused_without_their_content(tmp_path: Path) -> None:
    file = tmp_path / "login"
    file.write_text("user: ada\npassword: s3cret\nmore\n")
    file.chmod(0o600)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (file, tmp_path, tmp_path / "none", tmp_path / "pipe"):
        with pytest.raises(ServerError) as caught:
            find_login(path, {})
        assert "s3cret" not in str(caught.value) + caught.value.remedy


def test_a_password_is_in_no_representation() -> None:
    assert "s3cret" not in repr(Login(user="ada", password="s3cret"))


@pytest.mark.parametrize(("text", "seconds"), [("30/min", 2), ("2/s", 0.5), ("500/h", 7.2)])
def test_a_rate_is_read(text: str, seconds: float) -> None:
    assert parse_rate(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["0/s", "30", "30/day", "-1/s", "1.5/s", "", "30/min "])
def test_what_is_no_rate_is_none(text: str) -> None:
    assert parse_rate(text) is None


def test_the_wait_doubles_to_a_bound_and_is_not_quite_the_same_twice() -> None:
    patience = Patience(first_s=10, longest_s=50)
    waits = [patience.delay_s(tries) for tries in (1, 2, 3, 4, 9)]
    for wait, bound in zip(waits, (10, 20, 40, 50, 50), strict=True):
        assert 0.66 * bound < wait <= bound
    assert len({patience.delay_s(1) for _ in range(20)}) > 1
