"""The PDF as an attachment: encoded once, however many get it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from msgspec import Struct

from directory_pub.findings import Finding, Place, error
from directory_pub.mail.addresses import check_line

__all__ = ["Attachment", "read_attachment"]


class Attachment(Struct, frozen=True, kw_only=True):
    """A PDF; ``encoded`` is its base64 in lines of 76, each ended by CRLF."""

    name: str
    size_bytes: int
    sha256: str
    encoded: bytes

    @property
    def facts(self) -> dict[str, object]:
        """What a letter may say of it; ``size_mb`` to one decimal, never 0."""
        return {"name": self.name, "size_mb": max(0.1, round(self.size_bytes / 1e6, 1))}


def read_attachment(path: Path, place: Place, remedy: str) -> tuple[Attachment | None, list[Finding]]:
    """Read a PDF that ``place`` asks for."""
    findings = check_line(path.name, place, "the PDF's file name")
    try:
        content = path.read_bytes()
    except OSError as problem:
        message = f"{path}: {(problem.strerror or 'cannot be read').lower()}."
        return None, [error("file-missing", place, message, remedy)]
    if not content.startswith(b"%PDF-"):
        findings.append(error("value-type", place, f"{path} is no PDF.", remedy))
    if findings:
        return None, findings
    made = Attachment(
        name=path.name,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        encoded=base64.encodebytes(content).replace(b"\n", b"\r\n"),
    )
    return made, []
