"""A letter as one recipient gets it: subject, plain text and HTML, from the one source."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlsplit

from msgspec import Struct

from directory_pub.findings import Finding, Place, error
from directory_pub.mail import markdown
from directory_pub.mail.addresses import check_line, has_encoded_word, is_web_address
from directory_pub.mail.letter_file import LetterFile
from directory_pub.mail.letter_limits import LONGEST_LETTER
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.templates import Template, TemplateError, Trusted

__all__ = ["Letter", "write_letter"]

# Mail programs differ most where a style asks for much: one face, one measure, and the program's own colours.
_PAGE = """\
<!DOCTYPE html>
<html{lang}>
<head><meta charset="utf-8"><title>{subject}</title></head>
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 38em; margin: 1em;">
{body}</body>
</html>
"""
_MOST_AROUND = 16_000  # bytes: a head of lines that are bounded each, the heads of the parts, and what parts them
_LONGEST_WEB_ADDRESS = 900  # with the header's name, still one line of 998 bytes


class Letter(Struct, frozen=True, kw_only=True, dict=True):
    """What one recipient reads. ``language`` and ``list_unsubscribe`` may be empty.

    Its plain text is written when it is asked for: of most letters that are checked it never is.
    """

    recipient: Recipient
    language: str
    subject: str
    body: markdown.Marked
    html: str
    list_unsubscribe: str = ""

    @cached_property
    def text(self) -> str:
        """The plain text."""
        return self.body.text()

    @property
    def most_bytes(self) -> int:
        """What the mail has at most without an enclosure: three bytes for each, and all that stands around it."""
        return 4 * len(self.html.encode()) * (1 + self.body.growth) + _MOST_AROUND


def write_letter(source: LetterFile, recipient: Recipient, facts: Mapping[str, object]) -> Letter:
    """Fill in the letter; raises TemplateError for what it cannot be, or must not be, for this recipient.

    ``facts`` are ``pdf`` (its name and size_mb) and ``attached``, which every letter knows.
    """
    whose = f"{recipient.place}"
    values = {**recipient.fields, **facts, **({"link": Trusted(source.link)} if source.link else {})}
    subject = _line(source.subject, values, whose, "the subject")
    if not subject:
        message = f"is empty for {whose}."
        raise TemplateError(error("letter-subject", source.subject.place, message, "Say what the mail is about."))
    marked = markdown.parse(source.body.fill(values, whose))
    for finding in _check_body(marked, source.body):
        raise TemplateError(finding)
    # A letter that is the same for all is not in their languages, whatever the list says of them.
    language = source.language or (recipient.language if "language" in source.body.names else "")
    lang = f' lang="{html.escape(language)}"' if language else ""
    letter = Letter(
        recipient=recipient,
        language=language,
        subject=subject,
        body=marked,
        html=_PAGE.format(lang=lang, subject=html.escape(subject), body=marked.html()),
        list_unsubscribe=_unsubscribe(source, values, whose),
    )
    if len(letter.html) * marked.growth > LONGEST_LETTER and len(letter.text) > LONGEST_LETTER:
        message = f"is {len(letter.text)} characters long for {whose}; there is room for {LONGEST_LETTER}."
        raise TemplateError(error("letter-template", source.body.place, message, "Shorten it, or the field."))
    return letter


def _line(template: Template, values: Mapping[str, object], whose: str, what: str, longest: int = 200) -> str:
    text = template.fill(values, whose).strip()
    for finding in check_line(text, template.place, f"{what} for {whose}", longest):
        raise TemplateError(finding)
    return text


def _unsubscribe(source: LetterFile, values: Mapping[str, object], whose: str) -> str:
    template = source.list_unsubscribe
    if template is None:
        return ""
    address = _line(template, values, whose, "the address", _LONGEST_WEB_ADDRESS)
    if not (is_web_address(address) or is_mail_link(address)):
        remedy = "Write https://… or mailto:…; a field in it needs {{ field|urlencode }}."
        raise TemplateError(error("letter-link", template.place, f"'{address}' cannot be opened ({whose}).", remedy))
    if has_encoded_word(address):
        message = f"'{address}' has an encoded word in it ({whose}), which mail programs read as something else."
        raise TemplateError(error("letter-link", template.place, message, "Write %3F for each ? in it but the first."))
    return address


def is_mail_link(text: str) -> bool:
    """Whether it is mailto: with an address, in characters that need no quoting."""
    plain = text.isascii() and text.isprintable() and not set(' <>"\\,') & set(text)
    return plain and text.startswith("mailto:") and "@" in urlsplit(text).path


def _check_body(marked: markdown.Marked, body: Template) -> list[Finding]:
    findings = []
    if words := marked.too_deep:
        message = "has lists, quotes or emphasis too deep in one another."
        findings.append(error("letter-template", _where(body, words), message, "Write it flatter."))
    for address in marked.pictures:
        remedy = "Take it out; what is to be seen stands in the PDF."
        findings.append(error("letter-picture", _where(body, "!["), f"'{address}' is a picture.", remedy))
    for address in marked.links:
        if not (is_web_address(address) or is_mail_link(address) or address.startswith("tel:+")):
            remedy = "Links begin with https://, mailto: or tel:+; a field in one needs {{ field|urlencode }}."
            findings.append(error("letter-link", _where(body, address), f"'{address}' cannot be opened.", remedy))
    return findings


def _where(body: Template, words: str) -> Place:
    """The line of the source that has these words; its first where a template wrote them."""
    lines = body.source.split("\n")
    found = next((index for index, line in enumerate(lines) if words in line), 0)
    return Place(file=body.place.file, line=(body.place.line or 1) + found)
