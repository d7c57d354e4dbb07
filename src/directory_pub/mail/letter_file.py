"""Read a letter: front matter that becomes the mail's head, and a Markdown body.

Both are templates; what they come to for a recipient is written in letters.py.
"""

from __future__ import annotations

from pathlib import Path

import langcodes
from msgspec import Struct

from directory_pub.edition.languages import is_language
from directory_pub.edition.yaml_source import Fields, parse_yaml
from directory_pub.findings import Finding, Place, Severity, error
from directory_pub.mail.addresses import Mailbox, is_web_address, read_mailbox
from directory_pub.mail.templates import Template, compile_line, compile_text

__all__ = ["MEGABYTE", "LetterFile", "read_letter_file"]

MEGABYTE = 1_000_000  # as file managers and the build count
_LIMIT_MB = 10.0


class LetterFile(Struct, frozen=True, kw_only=True):
    """A letter as written. ``content`` are its bytes, ``limit_bytes`` the most that a whole mail may weigh.

    ``language`` is what it is written in; a letter that asks for the recipient's language has none of its own.
    A mail above the limit goes with ``lighter_pdf`` or with the ``link`` alone; at most one of them is set.
    """

    place: Place
    content: bytes
    sender: Mailbox
    subject: Template
    body: Template
    language: str = ""
    reply_to: Mailbox | None = None
    list_unsubscribe: Template | None = None
    lighter_pdf: Path | None = None
    link: str = ""
    limit_bytes: int = int(_LIMIT_MB * MEGABYTE)


def read_letter_file(path: Path) -> tuple[LetterFile | None, list[Finding]]:
    """The letter, or None with all that is wrong with it."""
    place = Place(file=str(path))
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as problem:
        reason = (problem.strerror or "cannot be read").lower()
        return None, [error("file-missing", place, f"{reason}.", "Name the letter with --message.")]
    except UnicodeDecodeError as problem:
        place = Place(file=str(path), line=content[: problem.start].count(b"\n") + 1)
        return None, [error("file-encoding", place, "is not UTF-8 text.", "Save the file as UTF-8.")]
    head, body, body_line = _split(text)
    if head is None:
        remedy = "Begin the file with '---', the fields subject and from, and '---' again."
        return None, [error("yaml-syntax", Place(file=str(path), line=1), "has no front matter.", remedy)]
    node, findings = parse_yaml(head, str(path), 2)
    fields = Fields(node, Place(file=str(path), line=1), findings, unread=node is None)
    letter = _read(fields, content, body, Place(file=str(path), line=body_line))
    fields.close()
    told = (each for each in findings if each.severity is not Severity.NOTE)  # such as a field that was left blank
    findings = sorted(told, key=lambda finding: finding.place.line or 0)
    return (None if findings else letter), findings


def _split(text: str) -> tuple[str | None, str, int]:
    """Front matter, body, and the body's first line that is not blank."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, text, 1
    for index, line in enumerate(lines[1:], 1):
        if line.strip() == "---":
            begin = next((n for n in range(index + 1, len(lines)) if lines[n].strip()), index + 1)
            return "\n".join(lines[1:index]), "\n".join(lines[begin:]), begin + 1
    return None, text, 1


def _read(f: Fields, content: bytes, body: str, place: Place) -> LetterFile | None:
    subject = compile_line(f.text("subject", required=True) or "", f.places().get("subject", f.place), f.findings)
    sender = _read_sender(f, "from", required=True)
    unsubscribe = f.text("list_unsubscribe")
    compiled = compile_text(body, place, f.findings)
    if "<!--" in body:
        at = Place(file=place.file, line=(place.line or 1) + body[: body.index("<!--")].count("\n"))
        f.complain("raw-html", at, "a remark <!-- … --> would be mailed.", "Write {# … #}, or take it out.")
    if not body.strip():
        f.complain("key-missing", place, "has no text below its front matter.", "Write the letter.")
    letter = LetterFile(
        place=place,
        content=content,
        sender=sender or Mailbox(address="nobody@example.org"),
        subject=subject,
        body=compiled,
        language=_read_language(f),
        reply_to=_read_sender(f, "reply_to"),
        list_unsubscribe=compile_line(unsubscribe, f.places()["list_unsubscribe"], f.findings) if unsubscribe else None,
        lighter_pdf=_read_lighter(f),
        link=_read_link(f),
        limit_bytes=int(f.number("limit_mb", _LIMIT_MB, above=0, most=1000) * MEGABYTE),
    )
    _check_link(f, letter)
    return letter


def _read_sender(f: Fields, name: str, *, required: bool = False) -> Mailbox | None:
    text = f.text(name, required=required)
    if text is None:
        return None
    mailbox, findings = read_mailbox(text, f.places()[name])
    f.findings.extend(findings)
    return mailbox


def _read_language(f: Fields) -> str:
    tag = f.text("language") or ""
    if tag and not is_language(tag):
        f.complain("language-unknown", f.places()["language"], f"'{tag}' is no language.", "Write a tag such as en-GB.")
        return ""
    return langcodes.standardize_tag(tag) if tag else ""


def _read_lighter(f: Fields) -> Path | None:
    """The lighter PDF; its path is taken from the folder that the command is given in, as every other path."""
    text = f.text("lighter_pdf")
    return Path(text) if text else None


def _read_link(f: Fields) -> str:
    text = f.text("link") or ""
    if text and not is_web_address(text):
        remedy = "Write an address in plain letters that begins with https://."
        f.complain("letter-link", f.places()["link"], f"'{text}' cannot be opened.", remedy)
        return ""
    return text


def _check_link(f: Fields, letter: LetterFile) -> None:
    if letter.link and letter.lighter_pdf:
        message = "both 'link' and 'lighter_pdf' say what to do with a mail that is too large."
        f.complain("letter-link", f.places()["link"], message, "Keep one of them.")
    elif letter.link and letter.body.compiled and "link" not in letter.body.names:
        remedy = "Write {{ link }} where it should stand, perhaps between {% if not attached %} and {% endif %}."
        f.complain("letter-link", f.places()["link"], "the letter never shows the link.", remedy)
