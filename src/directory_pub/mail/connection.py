"""One connection to a mail server, and one mail over it in steps that can be told apart.

smtplib sends a mail's text and the line that ends it in one go. Here they are two, and what the
ledger must know in between is written down in between.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import unicodedata
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.server import Login, Server, ServerError
from directory_pub.mail.wire import stuff as _stuff

__all__ = ["END_OF_DATA", "Answer", "Connection", "LostError", "Timeouts", "connect"]

END_OF_DATA = "end of DATA"
_TEXT = "the text of the mail"
_HANG_UP = 421


class Timeouts(Struct, frozen=True, kw_only=True):
    """How long to wait for an answer, in seconds (RFC 5321, 4.5.3.2, asks for as much)."""

    command_s: float = 300
    # A server may scan the whole mail before it answers, and giving up on it leaves a fate unknown.
    end_of_data_s: float = 600


class Answer(Struct, frozen=True, kw_only=True):
    """What the server said to one command: a code of three digits and its text on one line."""

    step: str
    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}" if self.code else self.text

    @property
    def hangs_up(self) -> bool:
        """Whether the server closes the connection with it."""
        return self.code == _HANG_UP


class LostError(Exception):
    """The connection broke at a step; ``sealed`` if the line that ends the mail may have reached the server."""

    def __init__(self, step: str, reason: str, *, sealed: bool = False) -> None:
        super().__init__(f"the connection broke at {step}: {reason}")
        self.step = step
        self.reason = reason
        self.sealed = sealed


class Connection:
    """An open connection that is past TLS and login."""

    def __init__(self, smtp: smtplib.SMTP, timeouts: Timeouts) -> None:
        self._smtp = smtp
        self._timeouts = timeouts
        self.mails = 0
        # Nagle would hold the line that ends a mail back until the text is acknowledged: what is sealed goes at once.
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def size_limit_bytes(self) -> int | None:
        """The most that the server takes in one mail, if it says so."""
        text = self._smtp.esmtp_features.get("size", "")
        return int(text) if text.isdecimal() and int(text) > 0 else None

    @property
    def takes_utf8(self) -> bool:
        """Whether addresses may have letters that are not ASCII before the @."""
        return self._smtp.has_extn("smtputf8")

    def close(self) -> None:
        """Hang up without a word: with a mail half sent, a word would be part of it."""
        self._smtp.close()

    def quit(self) -> None:
        """Take leave between two mails."""
        try:
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def reset(self) -> None:
        """Begin a new mail on a connection that had one; raises LostError if it has gone meanwhile."""
        if self.mails:
            answer = self._ask("RSET", self._smtp.rset, 2)
            if answer.code // 100 != 2:
                raise LostError("RSET", f"{answer.code} {answer.text}")

    def deliver(self, sender: Mailbox, to: Mailbox, content: bytes, seal: Callable[[], None]) -> Answer:
        """Hand one mail over and return the answer that decided it.

        ``seal`` is called when the server has all of the mail but the line that ends it. Raises LostError.
        """
        self.mails += 1
        options = [f"SIZE={len(content)}"] if self._smtp.has_extn("size") else []
        if to.needs_utf8:
            options += ["SMTPUTF8", *(["BODY=8BITMIME"] if self._smtp.has_extn("8bitmime") else [])]
        try:
            for step, ask, wanted in (
                ("MAIL", lambda: self._smtp.mail(sender.address, options), 2),
                ("RCPT", lambda: self._smtp.rcpt(to.address), 2),
                ("DATA", lambda: self._smtp.docmd("DATA"), 3),
            ):
                answer = self._ask(step, ask, wanted)
                if answer.code // 100 != wanted:
                    return answer
            return self._finish(content, seal)
        except BaseException:
            self.close()
            raise

    def _finish(self, content: bytes, seal: Callable[[], None]) -> Answer:
        """The text, the seal, the line that ends the mail, and the answer to all of it."""
        try:
            self._smtp.send(_stuff(content))
            self._check_still_there()
        except (smtplib.SMTPException, OSError) as problem:
            raise LostError(_TEXT, _reason(problem)) from None
        seal()
        try:
            self._smtp.send(b".\r\n")
            answer = self._ask(END_OF_DATA, self._smtp.getreply, 2, self._timeouts.end_of_data_s)
        except LostError as lost:
            lost.sealed = True
            raise
        except (smtplib.SMTPException, OSError) as problem:
            raise LostError(END_OF_DATA, _reason(problem), sealed=True) from None
        return answer

    def _check_still_there(self) -> None:
        """A server that speaks or hangs up before the end has given the mail up; known now, no fate is left unknown."""
        sock = self._socket()
        sock.settimeout(0)
        try:
            early = sock.recv(1000)
        except (BlockingIOError, ssl.SSLWantReadError):
            return  # nothing to hear, as it should be
        finally:
            sock.settimeout(self._timeouts.command_s)
        raise LostError(_TEXT, _one_line(early) or "connection unexpectedly closed")

    def _socket(self) -> socket.socket:
        if self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        return self._smtp.sock

    def _ask(self, step: str, ask: Callable[[], tuple[int, bytes]], wanted: int, wait_s: float | None = None) -> Answer:
        """One command and its answer: the kind that is ``wanted``, or a refusal (4xx, 5xx)."""
        try:
            self._socket().settimeout(wait_s or self._timeouts.command_s)
            code, text = ask()
        except (smtplib.SMTPException, OSError) as problem:
            raise LostError(step, _reason(problem)) from None
        if code // 100 not in (wanted, 4, 5):
            raise LostError(step, f"an answer that has no place here: {code} {_one_line(text)}")
        return Answer(step=step, code=code, text=_one_line(text))


def connect(server: Server, login: Login | None, ca: Path | None, name: str, timeouts: Timeouts) -> Connection:
    """Connect, start TLS and log in, saying ``name`` for this machine.

    Raises ServerError where trying again is of no use (certificate, login), LostError where it may be.
    """
    smtp: smtplib.SMTP | None = None
    try:
        context = ssl.create_default_context(cafile=str(ca) if ca else None)
        smtp = _greet(server, context, name, timeouts)
        if login:
            smtp.login(login.user, login.password)
    except BaseException as problem:
        if smtp:
            smtp.close()
        if isinstance(problem, smtplib.SMTPException | OSError):
            raise _explain(problem, server, ca) from None  # what smtplib remembers of a login goes no further
        raise
    return Connection(smtp, timeouts)


def _greet(server: Server, context: ssl.SSLContext, name: str, timeouts: Timeouts) -> smtplib.SMTP:
    if server.implicit_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=timeouts.command_s, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=timeouts.command_s)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.implicit_tls and (smtp.has_extn("starttls") or not server.is_loopback):
            _start_tls(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _start_tls(smtp: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if not smtp.has_extn("starttls"):
        remedy = "Use the server's submission port (587), or smtps:// for port 465. Nothing goes in the open."
        raise ServerError(f"{server} offers no STARTTLS.", remedy)
    smtp.starttls(context=context)
    smtp.ehlo()  # what was offered before TLS may have been put there by somebody else


def _explain(problem: Exception, server: Server, ca: Path | None) -> Exception:
    """Whether trying again is of use, in words."""
    match problem:
        case ssl.SSLCertVerificationError():
            remedy = "If the server is your own, name the certificate that signed its one with --ca FILE."
            return ServerError(f"the certificate of {server} is not trusted: {problem.verify_message}.", remedy)
        case ssl.SSLError() if not isinstance(problem, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            remedy = f"Look at {ca}." if ca else "smtps:// is for port 465, smtp:// with STARTTLS for port 587."
            return ServerError(f"no TLS with {server}: {problem.reason or problem}.", remedy)
        case smtplib.SMTPAuthenticationError() if problem.smtp_code >= 500:
            remedy = "Look at the user and the password; some services want a password made for programs."
            text = _one_line(problem.smtp_error)
            return ServerError(f"{server} does not take the login: {problem.smtp_code} {text}", remedy)
        case smtplib.SMTPException() if not isinstance(
            problem, smtplib.SMTPResponseException | smtplib.SMTPServerDisconnected
        ):
            return ServerError(f"{server} takes no login here: {_reason(problem)}", "Try port 587 or 465.")
    return LostError("the greeting", _reason(problem))


def _reason(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_one_line(problem.smtp_error)}"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror.lower()
    return str(problem).lower() or type(problem).__name__


def _one_line(text: bytes | str) -> str:
    """A server's words without what could move a terminal's cursor."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in words).split())[:500]
