"""What the tags say of words, held against the content: links, languages, heading levels, pictures' texts.

The words themselves have been compared before, so that each is the one that the content has there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

import phonenumbers

from directory_pub.census.expected import Copy, letters
from directory_pub.census.tag_tree import Spoken, SpokenLink, SpokenPicture
from directory_pub.edition.adverts import Advert
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.pictures import Photo
from directory_pub.findings import Finding, Place, error

__all__ = [
    "check_addresses",
    "check_alternatives",
    "check_contact_links",
    "check_headings",
    "check_languages",
    "check_links",
]

Pairs = Sequence[tuple[Copy, Spoken]]
"""Words of the content, each with the word that is said."""

_BETWEEN_PIECES = "book:"  # a link to another piece, until the book is bound
_OPENS = re.compile(r"(?:https?://[!-~]+|(?:mailto|tel|sms):[!-~]+)")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_FEWEST_DIGITS = 3


# -------------------------------------------------------------------- links
def check_links(pairs: Pairs, rows: Mapping[Place, ContactRow]) -> Iterator[Finding]:
    """A finding at the first word that leads elsewhere than the content says; contact rows are apart."""
    for copy, word in pairs:
        wanted, found = {_plain(each) for each in copy.links}, {_plain(each) for each in word.links}
        if copy.place not in rows and wanted != found:
            message = f"“{word.text}” {_lead_to(found)} in the email PDF, and {_lead_to(wanted)} in the content."
            yield error("link-wrong", copy.place, message, _REMEDY)
            return


def check_contact_links(pairs: Pairs, rows: Mapping[Place, ContactRow], table: ContactTable) -> Iterator[Finding]:
    """Each row that can lead somewhere does, and to what it says."""
    found: dict[Place, set[str]] = {place: set() for place in rows}
    for copy, word in pairs:
        if copy.place in rows:
            found[copy.place] |= {_plain(each) for each in word.links}
    for place, row in rows.items():
        if _leads_somewhere(row, table) and not found[place]:
            yield error("link-wrong", place, f"“{row.text}” is no link in the email PDF.", _REMEDY)
        strange = [link for link in sorted(found[place]) if not _says(row, link, table)]
        if strange:
            yield error("link-wrong", place, f"“{row.text}” {_lead_to(set(strange))} in the email PDF.", _REMEDY)


def check_addresses(links: Sequence[SpokenLink], folios: str, place: Place) -> Iterator[Finding]:
    """Every link out of the book, whoever wrote it, opens a page, a letter or a call, and nothing else."""
    for link in links:
        if not _OPENS.fullmatch(link.address):
            message = f"a link on {folios} leads to '{link.address}' in the email PDF."
            yield error(
                "link-wrong", place, message, "Mend the layout: links begin with https:, http:, mailto: or tel:."
            )


def _leads_somewhere(row: ContactRow, table: ContactTable) -> bool:
    """Whether a row has something that any reader's device can open; numbers without a country's code are apart."""
    kind = table.kind_of(row)
    if not kind.is_linked:
        return False
    if kind.value == "number":
        found = phonenumbers.PhoneNumberMatcher(row.text, None)
        return any(phonenumbers.is_possible_number(match.number) for match in found)
    return (
        kind.value in ("web", "mail")
        or bool(kind.link)
        or (kind.value == "profile" and row.text.startswith("https://"))
    )


_REMEDY = "Mend the layout: a link's address is the content's, and stands round its own words."


def _plain(address: str) -> str:
    """An address as it is compared: what a browser would encode is not."""
    if address.startswith(_BETWEEN_PIECES):
        address = f"#{address.removeprefix(_BETWEEN_PIECES)}"
    return unquote(address)


def _lead_to(addresses: set[str]) -> str:
    return f"leads to {', '.join(sorted(addresses))}" if addresses else "is no link"


def _says(row: ContactRow, link: str, table: ContactTable) -> bool:
    """Whether a link leads to what a row says, in whichever form it was typed."""
    scheme, _, rest = link.partition(":")
    if scheme == "tel":
        said = re.sub(r"\D", "", row.text), re.sub(r"\D", "", row.text.upper().translate(_KEYPAD))
        dialled = re.sub(r"\D", "", rest.partition(";")[0])
        return any(dialled[-_FEWEST_DIGITS:] in digits for digits in said)
    if pattern := table.kind_of(row).link:
        before, _, behind = pattern.partition("{value}")
        value = link.removeprefix(before).removesuffix(behind)
        return link == f"{before}{value}{behind}" and value in row.text
    address, typed = _bare(rest), _bare(row.web or row.text)
    if table.network_of(row):  # a network has an order of its own for a name and its host
        return address in typed or all(part in address for part in re.findall(r"\w+", typed))
    return address in typed or typed in address


def _bare(address: str) -> str:
    """An address without what people leave out or nobody sees, in the letters that they write."""
    seen = "".join(each for each in address.casefold() if unicodedata.category(each) != "Cf")
    host = re.sub(r"xn--[a-z0-9-]+", lambda label: label[0].encode().decode("idna"), seen)
    return re.sub(r"^(https?:)?/*(www\.)?", "", letters(unquote(host))).strip("/@")


# -------------------------------------------------------------------- languages and headings
def check_languages(pairs: Pairs, language: str) -> Iterator[Finding]:
    """A finding at the first word that is said in another language; ``language`` is that of the text."""
    own = {language.casefold()}
    for copy, word in pairs:
        wanted = {each.casefold() for each in copy.languages}
        found = {each.casefold() for each in word.languages}
        if not (wanted or own) <= found <= wanted | own:
            is_said = ", ".join(sorted(word.languages)) or "none"
            should = ", ".join(sorted(copy.languages)) or language
            message = f"“{word.text}” is said in {is_said} in the email PDF, and should be in {should}."
            yield error("language-wrong", copy.place, message, "Mend the layout: lang=… stands round the words.")
            return


def check_headings(pairs: Pairs, top: int) -> Iterator[Finding]:
    """A finding at the first word that is in a heading of a wrong level; ``top`` is the level of the title.

    A heading stands one level below the one before it at the most, whatever an author wrote.
    """
    before, level, line = top, top, None
    for copy, word in pairs:
        if copy.heading and (copy.place.line, copy.heading) != line:
            level = min(top + copy.heading - 1, before + 1)
            before, line = level, (copy.place.line, copy.heading)
        elif not copy.heading:
            line = None  # several headings may stand in one cell of a table
        wanted = level if copy.heading else 0
        if word.heading != wanted:
            message = (
                f"“{word.text}” is {_say_level(word.heading)} in the email PDF, and should be {_say_level(wanted)}."
            )
            yield error("heading-wrong", copy.place, message, "Mend the layout: the element, or its aria-level.")
            return


def _say_level(level: int) -> str:
    return f"a heading of level {level}" if level else "no heading"


# -------------------------------------------------------------------- pictures
def check_alternatives(photos: Sequence[Photo | Advert], pictures: Sequence[SpokenPicture]) -> Iterator[Finding]:
    """Each picture is said as the content says it."""
    left = Counter(picture.alternative for picture in pictures)
    missing = []
    for photo in photos:
        if photo.alt and left[photo.alt]:
            left[photo.alt] -= 1  # two may be said in the same words
        elif photo.alt:
            missing.append(photo)
    for photo in missing:
        said = next((each for each in left.elements() if each not in [other.alt for other in photos]), "")
        message = f"'{photo.file}' is said as “{said}” in the email PDF, and “{photo.alt}” in the content."
        yield error("alt-wrong", photo.place, message, "Mend the layout: its alt is the content's.")
