"""A mail server on loopback that keeps a record of what it took, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

__all__ = ["CUT_AFTER", "CUT_BEFORE", "Office", "open_office"]

CUT_BEFORE = "cut before the end"  # the connection breaks in the middle of the text
CUT_AFTER = "cut after the end"  # the mail is taken, and the connection breaks before the answer
CUT_REFUSED = "cut after the end, mail lost"  # the connection breaks, and the mail is not taken


@dataclass(kw_only=True)
class Office:
    """``behave`` says what a step for an address answers: a reply, a cut, None for 250, or what to wait for before it
    (seconds or an event).

    ``taken`` are address and whole mail, in the order in which they were taken; ```heard`` is every command.
    """

    behave: Callable[[str, str], str | float | threading.Event | None] = lambda step, address: None
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    greetings: int = 0
    port: int = 0

    def mails(self) -> list[EmailMessage]:
        """What was taken, read by the standard library."""
        found = [email.message_from_bytes(content, policy=email.policy.default) for _, content in self.taken]
        assert all(isinstance(mail, EmailMessage) for mail in found)
        return found

    def addresses(self) -> list[str]:
        """To whom mails were taken, in order."""
        return [address for address, _ in self.taken]

    def ids(self) -> list[str]:
        """The Message-IDs that were taken."""
        return [str(mail["Message-ID"]) for mail in self.mails()]


class _Server(SMTP):
    """aiosmtpd's, which cannot break a connection in the middle of DATA."""

    office: Office

    async def smtp_DATA(self, arg: str) -> None:
        address = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        fault = self.office.behave("text", address)
        if fault == CUT_BEFORE:
            await self.push("354 go on")
            await self._reader.read(200)
            self.transport.abort()
            return
        if isinstance(fault, str):
            await self.push(fault)
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, office: Office) -> None:
        self.office = office

    async def _answer(self, server: SMTP, step: str, address: str) -> str | None:
        self.office.heard.append(f"{step} {address}".strip())
        fault = self.office.behave(step, address)
        if isinstance(fault, int | float):
            await asyncio.sleep(fault)
            return None
        if isinstance(fault, threading.Event):
            while not fault.is_set():
                await asyncio.sleep(0.01)
            return None
        if fault and fault.startswith("421"):
            asyncio.get_running_loop().call_later(0.02, server.transport.close)
        return fault

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        self.office.heard.append("EHLO tls" if session.ssl else "EHLO")
        self.office.greetings += 1
        session.host_name = name
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = await self._answer(server, "MAIL", " ".join([address, *options]))
        if not fault:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return fault or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = await self._answer(server, "RCPT", address)
        if not fault:
            envelope.rcpt_tos.append(address)
        return fault or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        fault = await self._answer(server, "END", address)
        content = envelope.original_content or b""
        if fault in {CUT_AFTER, CUT_REFUSED}:
            if fault == CUT_AFTER:
                self.office.taken.append((address, content))
            server.transport.abort()
            return "250 never heard"
        if fault:
            return fault
        self.office.taken.append((address, content))
        return f"250 taken as {len(self.office.taken)}"


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_office(
    office: Office,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    size: int | None = 33_554_432,
    utf8: bool = True,
) -> Iterator[Office]:
    """Serve on 127.0.0.1 until the end of ``with``; ``login`` is asked for after TLS alone."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        office.heard.append(f"AUTH {'tls' if session.ssl else 'open'}")
        return AuthResult(success=login == (data.login.decode(), data.password.decode()), handled=False)

    class Desk(Controller):
        def factory(self) -> SMTP:
            server = _Server(self.handler, **self.SMTP_kwargs)
            server.office = office
            return server

    office.port = free_port()
    controller = Desk(
        _Handler(office),
        hostname="127.0.0.1",
        port=office.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=bool(starttls),
        authenticator=check if login else None,
        auth_required=bool(login),
        auth_exclude_mechanism=None if login else ["LOGIN", "PLAIN"],
        auth_require_tls=bool(starttls),
        data_size_limit=size,
        enable_SMTPUTF8=utf8,
        decode_data=False,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
        assert threading.active_count() < 50
