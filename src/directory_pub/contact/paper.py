"""Addresses on paper: which of a text's links show theirs, which only lead there, and how one is printed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from directory_pub.contact.addresses import mail_link, web_link
from directory_pub.contact.rows import split_row
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.model import Entry, TextPage
from directory_pub.edition.text import Block, Heading, blocks_within, runs_within

__all__ = ["UnshownLink", "bare_address", "printed_address", "unshown_links"]

_BRACKETS = "()[]{}<>"
_AROUND = "«»‹›“”„‟‘’‚‛\"'.,;:!?…*"  # stands round an address and is none of it
_LEAST_DIGITS = 6  # of a number that says that it is one


class UnshownLink(NamedTuple):
    """A link whose address stands nowhere on paper: its words, its address, its line, whether it is in a heading."""

    words: str
    href: str
    line: int
    in_heading: bool


def printed_address(href: str) -> str:
    """An address as it is printed: without what a reader need not type."""
    scheme, _, rest = href.partition(":")
    if scheme in ("http", "https"):
        host, slash, path = rest.removeprefix("//").partition("/")
        return f"{host}{slash}{path}".rstrip("/")
    if scheme == "mailto":
        return unquote(rest.partition("?")[0])
    return rest.partition(";")[0].replace("-", "\u00a0")


def bare_address(href: str) -> str:
    """An address as it is compared: the same for all ways to write one goal."""
    scheme, _, rest = href.partition(":")
    if scheme in ("http", "https"):
        try:
            parts = urlsplit(web_link(href) or href)
        except ValueError:
            return href
        more = "".join(f"{sign}{each}" for sign, each in (("?", parts.query), ("#", parts.fragment)) if each)
        return f"{parts.netloc.lower().removeprefix('www.')}{unquote(parts.path).rstrip('/')}{more}"
    if scheme in ("tel", "sms"):
        return f"tel:{''.join(filter(str.isdigit, rest.partition(';')[0]))}"
    return unquote(rest.partition("?")[0]).casefold()


def unshown_links(text: Entry | TextPage, table: ContactTable, country: str | None = None) -> list[UnshownLink]:
    """The links of a text whose addresses stand in no contact row of it and nowhere in its words, each address once.

    Its notes are part of it, and a link below a heading goes before one in it. Numbers without a country's code are
    ``country``'s.
    """
    leading = [link for link in _links(text.body) if link.href.startswith(("http:", "https:", "mailto:", "tel:"))]
    if not leading:
        return []
    shown = _shown(text, table, country)
    found: dict[str, UnshownLink] = {}
    for link in sorted(leading, key=lambda link: link.in_heading):
        address = bare_address(link.href)
        if address not in shown | set(_in_words(link.words)) and not _says_number(link.words, address):
            found.setdefault(address, link)
    return sorted(found.values(), key=lambda link: link.line)


def _links(body: Sequence[Block]) -> Iterator[UnshownLink]:
    """All links of a body and its notes, each with all of its words."""
    headings = {id(block.runs) for block in blocks_within(body) if isinstance(block, Heading)}
    for runs in runs_within(body):
        for texts in (runs, *(run.note.runs for run in runs if run.note)):
            for href, parts in itertools.groupby(texts, lambda run: run.href):
                told = list(parts)
                if href:
                    words = "".join(run.text for run in told)
                    yield UnshownLink(words, href, told[0].line, id(runs) in headings)


def _shown(text: Entry | TextPage, table: ContactTable, country: str | None) -> set[str]:
    """All addresses, as they are compared, that a reader of the text on paper can tell."""
    rows: Sequence[ContactRow] = ()
    if isinstance(text, Entry):
        rows = (*text.contact, *(value.row for value in text.values))
    if isinstance(text, TextPage) and text.publisher:
        rows = text.publisher.contact
    shown = {bare_address(part.link) for row in rows for part in split_row(row, country, table) if part.link}
    for runs in runs_within(text.body):
        for texts in (runs, *(run.note.runs for run in runs if run.note)):
            shown.update(_in_words("".join(run.text for run in texts)))
    return shown


def _in_words(text: str) -> Iterator[str]:
    """The addresses among the words of a text."""
    for word in text.split():
        for token in {word.strip(_AROUND), word.strip(_AROUND + _BRACKETS)} if "." in word else ():
            if link := mail_link(token) if "@" in token else web_link(token):
                yield bare_address(link)


def _says_number(words: str, address: str) -> bool:
    """Whether a link's own words are the number that it dials, with or without the country's code."""
    digits = "".join(filter(str.isdigit, words))
    return address.startswith("tel:") and len(digits) >= _LEAST_DIGITS and address.endswith(digits.lstrip("0"))
