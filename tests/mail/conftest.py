"""Servers and desks for the tests of mail."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme

from directory_pub.commands import mail_send
from directory_pub.mail.connection import Timeouts
from directory_pub.mail.pace import Patience
from mail.desk import Desk, make_desk
from mail.post_office import Office
from program import run

PLAIN = "smtp://127.0.0.1"
Mail = Callable[..., Any]


@dataclass(frozen=True)
class Authority:
    """A private certificate authority and what it signed for localhost."""

    ca: Path
    context: ssl.SSLContext


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """A private CA; its certificate is a file to name with --ca."""
    return make_authority(tmp_path, "localhost")


def make_authority(folder: Path, host: str) -> Authority:
    made = trustme.CA()
    made.cert_pem.write_to_path(folder / f"{host}-ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.issue_cert(host).configure_cert(context)
    return Authority(ca=folder / f"{host}-ca.pem", context=context)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder to send from, with the waits of a test."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.delenv("DIRECTORY_PUB_SMTP_USER", raising=False)
    monkeypatch.delenv("DIRECTORY_PUB_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(mail_send, "Patience", partial(Patience, tries=3, first_s=0.05, longest_s=0.1))
    monkeypatch.setattr(mail_send, "Timeouts", partial(Timeouts, command_s=5, end_of_data_s=1))
    return make_desk(tmp_path / "desk")


@pytest.fixture
def mail(desk: Desk) -> Mail:
    """Gives the command ``mail``."""
    return partial(run, "mail")


@pytest.fixture
def send(mail: Mail) -> Mail:
    """Sends the desk's letter to its list over a plain office, or another server if one is named."""

    def give(office: Office, *words: object, server: str = PLAIN) -> Any:
        address = f"{server}:{office.port}"
        return mail("people.csv", "--message", "text.md", "--send", "--server", address, *words)

    return give
