"""Links, as they are written in a text and as they are built for a contact row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct

from directory_pub.contact import Trouble, mail_link, split_row, troubles_of, web_link
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.spelling import near_name
from directory_pub.findings import Finding, Place, Severity, error, note, warning

__all__ = [
    "NationalNumber",
    "check_link",
    "check_row",
    "check_shown",
    "leads_somewhere",
    "national_numbers",
    "tell_of_country",
]

_TO_DIAL = re.compile(r"\+?\d[\d-]*(?:;ext=\d+)?")
_MEANT = {
    Trouble.NO_MAIL: ("mail-syntax", "'{}' is no mail address.", "Write it as name@example.org."),
    Trouble.NO_WEB: ("link-syntax", "'{}' is no web address.", "Write it as www.example.org or https://example.org."),
    Trouble.SPACE: (
        "link-syntax",
        "'{}' has a space or a line end in it.",
        "Write it on one line, with %20 for a space; put what is none of it in brackets.",
    ),
}
_NUMBERS = {
    Trouble.LOCAL: ("'{}' has no area code.", "Write it with its area code."),
    Trouble.SHORT: ("'{}' is too short for its country.", "Ask for the number: a digit may be lost."),
    Trouble.IMPOSSIBLE: (
        "'{}' is not possible for its country.",
        "Ask for the number: a digit may be lost. One of another country has its code: +41 22 …, or the entry has"
        " 'country: CH' among its fields.",
    ),
}


class NationalNumber(Struct, frozen=True):
    """A telephone number without a country's code."""

    text: str
    place: Place


# -------------------------------------------------------------------- links
def check_link(href: str, place: Place) -> Iterator[Finding]:
    """What is wrong with an address that a reader may open."""
    parts = _split(href)
    if parts.scheme in ("file", "data", "javascript", "ftp") or href.startswith(("/", "..")):
        message = f"'{href}' leads out of the book to this computer."
        yield error("outside-project", place, message, "Link to a web page, a mail address or an entry.")
    elif parts.scheme in ("http", "https"):
        if not web_link(href):
            yield error("link-syntax", place, f"'{href}' has no host.", "Write it as https://example.org/page.")
    elif parts.scheme == "mailto":
        for address in unquote(parts.path).split(","):
            if not mail_link(address):
                message, remedy = f"'{address}' is no mail address.", "Write it as name@example.org."
                yield error("mail-syntax", place, message, remedy)
    elif parts.scheme not in ("tel", "sms"):
        yield error("link-syntax", place, f"'{href}' cannot be opened.", "Begin it with https://.")
    elif not _TO_DIAL.fullmatch(parts.path):
        message, remedy = f"'{parts.path}' cannot be dialled.", "Write it as tel:+41-22-910-45-05."
        yield warning("phone-number", place, message, remedy)


def leads_somewhere(href: str) -> bool:
    """Whether a link may stand in a book: it leads to a place in it, or opens what any reader's device can open."""
    return href.startswith("#") or not any(f.severity is Severity.ERROR for f in check_link(href, Place(file="")))


def _split(href: str) -> SplitResult:
    """The parts of an address; one that cannot be taken apart has none."""
    try:
        return urlsplit(href)
    except ValueError:
        return urlsplit("")


def check_shown(shown: str, href: str, place: Place) -> Iterator[Finding]:
    """A warning where words that are an address lead to another one's host."""
    text = shown.strip().rstrip(".,;:")
    said = (mail_link(text) if "@" in text else web_link(text)) if not re.search(r"\s", text) else None
    if said and not _leads_where_it_says(said, href):
        goal = href.removeprefix("mailto:")
        message, remedy = f"'{text}' leads to '{goal}'.", "Mend the address, or let the words say where it leads."
        yield warning("link-elsewhere", place, message, remedy)


def _leads_where_it_says(said: str, href: str) -> bool:
    """Whether two addresses are one mailbox, or have one host, or one that lies below the other."""
    if said.startswith("mailto:") and href.startswith("mailto:"):
        return unquote(said).casefold() == unquote(href).partition("?")[0].casefold()
    return not _host(href) or _of_one_house(_host(said), _host(href))


def _host(href: str) -> str:
    """The host that an address is at, without www; of a mail address the one behind its @."""
    parts = _split(href)
    host = parts.path.rpartition("@")[2].partition("?")[0] if parts.scheme == "mailto" else parts.hostname or ""
    return host.lower().removeprefix("www.").rstrip(".")


def _of_one_house(one: str, other: str) -> bool:
    """Whether two hosts are the same, or one lies below the other."""
    return f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")


# -------------------------------------------------------------------- contact rows
def check_row(row: ContactRow, country: str | None, table: ContactTable) -> Iterator[Finding]:
    """What is wrong with a contact row; links that were made for it are held like those that were written."""
    kind = table.kind_of(row)
    for text, trouble in troubles_of(row, country, table):
        if trouble in _MEANT:
            code, message, remedy = _MEANT[trouble]
            yield error(code, row.place, message.format(text), remedy)
        elif trouble in _NUMBERS:
            message, remedy = _NUMBERS[trouble]
            yield note("phone-number", row.place, message.format(text), remedy)
        elif trouble is Trouble.NO_NUMBER:
            message = f"'{text}' cannot be dialled: it prints as it is typed."
            remedy = "Write the number with its country code, such as +41 22 910 45 05, or make it an address row."
            yield warning("phone-number", row.place, message, remedy)
        elif trouble is Trouble.NO_VALUE:
            yield error("value-type", row.place, f"'{text}' has no {kind.name} in it.", f"Write it as {kind.example}.")
    for part in split_row(row, country, table):
        yield from check_link(part.link, row.place) if part.link else ()
    if kind.value == "profile":
        yield from _network(row, table)
        yield from _elsewhere(row, table)


def _network(row: ContactRow, table: ContactTable) -> Iterator[Finding]:
    """A network that is not known, or a name on one that no link can be made from."""
    linked, network = any(part.link for part in split_row(row, None, table)), table.network_of(row)
    if network is None:
        name = (row.label or "").removesuffix(":")
        near = near_name(name, table.networks)
        remedy = f"Did you mean '{near}'?" if near else "Give its address too: web: https://example.org/name."
        if near or not (linked or row.web):
            message = f"'{name}' is no network that we know: it prints with its name and a general icon."
            yield warning("network-unknown", row.place, message, remedy)
    elif not linked and network.named_by != "address":
        message = f"no address on {network.name} can be made from '{row.web or row.text}'."
        yield warning("link-syntax", row.place, message, "Write the name alone, or give the address: web: https://….")


def _elsewhere(row: ContactRow, table: ContactTable) -> Iterator[Finding]:
    """A name under a network's icon that leads to somebody else's site."""
    network = table.network_of(row)
    host = _host(web_link(row.web or "") or "")
    if network is None or not network.hosts or not host or any(_of_one_house(host, own) for own in network.hosts):
        return
    message = f"'{row.text}' stands for {network.name} and leads to {host}."
    yield warning("link-elsewhere", row.place, message, "Mend the address after 'web', or make it a web row.")


def national_numbers(row: ContactRow, country: str | None, table: ContactTable) -> Iterator[NationalNumber]:
    """The numbers of a row without a country's code, where no country is named."""
    for text, trouble in troubles_of(row, country, table):
        if trouble is Trouble.NATIONAL:
            yield NationalNumber(text, row.place)


def tell_of_country(numbers: Sequence[NationalNumber]) -> Iterator[Finding]:
    """One finding for all numbers that are no links because nobody said which country's they are."""
    if numbers:
        first = numbers[0]
        others = f", the first of {len(numbers)}" if len(numbers) > 1 else ""
        message = f"'{first.text}' is without a country code{others}: printed as typed, without a link."
        remedy = (
            "Name the country of such numbers, as in 'country: CH', in edition.yaml for the book or among an entry's"
            " fields for its own, or write +41 22 910 45 05."
        )
        yield note("phone-number", first.place, message, remedy)
