"""A contact row in parts: each address and number with its link, the words between them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.contact.addresses import is_unseen, web_link
from directory_pub.contact.networks import is_address, profile_link
from directory_pub.contact.trouble import Trouble
from directory_pub.contact.values import Value, mails_in, numbers_in, values_in, webs_in
from directory_pub.edition.contact_table import ContactKind, ContactRow, ContactTable

__all__ = ["Part", "split_row", "split_spans", "troubles_of"]

_SPAN = re.compile(r"\[([^\]]+)\]\{lang=([\w-]+)\}")
_WANTED = {"web": Trouble.NO_WEB, "mail": Trouble.NO_MAIL, "number": Trouble.NO_NUMBER}


class Part(Struct, frozen=True):
    """A stretch of a row: where it leads, or what keeps it from leading anywhere."""

    text: str
    link: str | None = None
    trouble: Trouble | None = None
    language: str | None = None


def split_spans(text: str) -> Iterator[tuple[str, str | None]]:
    """A text in stretches of one language, each with its tag or None."""
    at = 0
    for match in _SPAN.finditer(text):
        yield text[at : match.start()], None
        yield match[1], match[2]
        at = match.end()
    yield text[at:], None


def split_row(row: ContactRow, country: str | None, table: ContactTable) -> tuple[Part, ...]:
    """A row's text in parts, which together are what was typed; numbers without a country's code are ``country``'s."""
    kind, network = table.kind_of(row), table.network_of(row)
    if network:
        link = web_link(row.web) if row.web else profile_link(network, row.text)
        return (Part(row.text, link),)
    if kind.value == "profile" and row.web and row.text.endswith(row.web):
        link = web_link(row.web)
        return Part(row.text.removesuffix(row.web)), Part(row.web, link, None if link else Trouble.NO_WEB)
    return tuple(
        part
        for text, language in split_spans(row.text)
        for part in _parts(text, _values_as_typed(text, kind, country), language)
    )


def _values_as_typed(text: str, kind: ContactKind, country: str | None) -> Iterator[Value]:
    """The values of a text, whatever characters that nobody sees stand in them."""
    seen = [at for at, character in enumerate(text) if not is_unseen(character)]
    for value in _values("".join(text[at] for at in seen), kind, country):
        yield replace(value, start=seen[value.start], end=seen[value.end - 1] + 1)


def _values(text: str, kind: ContactKind, country: str | None) -> list[Value]:
    if kind.pattern:
        return _values_of_pattern(text, kind)
    match kind.value:
        case "web":
            return webs_in(text)
        case "profile":  # on a network that we do not know, where a name may look like anything
            return [value for value in webs_in(text) if value.link and is_address(text[value.start : value.end])]
        case "mail":
            return mails_in(text)
        case "number":
            return numbers_in(text, country)
        case _:
            return values_in(text)


def _values_of_pattern(text: str, kind: ContactKind) -> list[Value]:
    """All values of a kind's own pattern; a text with none is in trouble."""
    found = list(re.finditer(kind.pattern or "", text))
    links = [web_link(kind.link.replace("{value}", quote(match[0], safe=""))) if kind.link else None for match in found]
    values = [Value(*match.span(), link) for match, link in zip(found, links, strict=True) if match[0]]
    return values or [Value(0, len(text), trouble=Trouble.NO_VALUE)]


def _parts(text: str, values: Iterable[Value], language: str | None) -> Iterator[Part]:
    at = 0
    for value in values:
        yield Part(text[at : value.start], language=language)
        yield Part(text[value.start : value.end], value.link, value.trouble, language)
        at = value.end
    yield Part(text[at:], language=language)


def troubles_of(row: ContactRow, country: str | None, table: ContactTable) -> list[tuple[str, Trouble]]:
    """What in a row was meant to lead somewhere and does not; all of it, where its kind wants a value and has none."""
    parts, wanted = split_row(row, country, table), _WANTED.get(table.kind_of(row).value or "")
    if wanted and not any(part.link or part.trouble for part in parts):
        return [(row.text, wanted)]
    return [(part.text, part.trouble) for part in parts if part.trouble]
