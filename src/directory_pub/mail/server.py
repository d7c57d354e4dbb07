"""Which server takes the mail, and who one is there: the password comes from the environment or a private file."""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

__all__ = ["Login", "Server", "ServerError", "find_login", "read_server"]

USER, PASSWORD = "DIRECTORY_PUB_SMTP_USER", "DIRECTORY_PUB_SMTP_PASSWORD"
_PORTS = {"smtp": 587, "smtps": 465}


class ServerError(Exception):
    """There is no use in going on with this server or login; ``remedy`` is one line of what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Server(Struct, frozen=True, kw_only=True):
    """``implicit_tls`` is smtps://, TLS from the first byte; otherwise STARTTLS comes before anything else."""

    host: str
    port: int
    implicit_tls: bool

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine by its address or as localhost: no name is looked up to find out."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'smtps' if self.implicit_tls else 'smtp'}://{host}:{self.port}"


class Login(Struct, frozen=True, kw_only=True):
    """A user and the password, which no representation shows."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login(user={self.user!r})"


def read_server(text: str) -> Server:
    """smtp://HOST:PORT or smtps://HOST:PORT. The text is never repeated: a password may be in it."""
    remedy = "Write --server smtp://HOST:PORT (STARTTLS) or smtps://HOST:PORT (TLS)."
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ServerError("the server's port is no port.", remedy) from None
    if "@" in text:
        remedy = f"Set {USER} and {PASSWORD}, or name a private file with --login."
        raise ServerError("a login has no place in the server's address.", remedy)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ServerError("the server's address cannot be read.", remedy)
    return Server(
        host=parts.hostname,
        port=_PORTS[parts.scheme] if port is None else port,
        implicit_tls=parts.scheme == "smtps",
    )


def find_login(file: Path | None, environment: Mapping[str, str]) -> Login | None:
    """The login: a file's if one is named, otherwise the environment's, or None where there is none."""
    if file is not None:
        return _read_login(file)
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise ServerError(f"only one of {USER} and {PASSWORD} is set.", "Set both or neither.")
    return Login(user=user, password=password) if user else None


def _read_login(file: Path) -> Login:
    """Two lines, the user and the password; opened once, so that what was checked is what is read."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        reason = "is a link" if file.is_symlink() else (problem.strerror or "cannot be read").lower()
        raise ServerError(f"{file}: {reason}.", "Name the file itself, with the user and the password in it.") from None
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077 or facts.st_uid != os.geteuid():
            raise ServerError(f"{file} is not yours alone to read.", f"Make it so: chmod 600 {file}")
        lines = os.read(handle, 4096).decode("utf-8-sig", "replace").splitlines()
    finally:
        os.close(handle)
    if len(lines) != 2 or not all(line.strip() for line in lines):
        remedy = "Write the user on the first line and the password on the second, and nothing else."
        raise ServerError(f"{file} is not two lines.", remedy)
    return Login(user=lines[0].strip(), password=lines[1])
