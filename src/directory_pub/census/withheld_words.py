"""What in a withheld text would give it away: whole values, and the numbers, addresses and names in them.

A town, a role or a single word stands in any text; what is looked for is what one would know the value by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import phonenumbers
from msgspec.structs import replace

from directory_pub.census.limited import Passage
from directory_pub.census.needle import GAP, LEAST_DIGITS, NUMBER, Needle, shape_of, words_of
from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.person_names import persons_in

__all__ = ["needles_of"]

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"“”,;]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>()\[\]\"“”,;]*)?"
)
_DIALLED = re.compile(rf"(?:\+|\(?0|\(\+){GAP}\d(?:{GAP}\d)*")
_LEAST_SHORT = 5  # digits
_STROKE = re.compile(r"\s*/\s*")
_LEAST_STREET, _POSTCODE = 9, 4  # letters and figures; figures
_LEAST_SENTENCE, _LEAST_VALUE, _LEAST_TITLE = 6, 4, 3  # words
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n")
_PARTS = re.compile(r"[,;()\[\]\n/|]|\s[–—-]\s")
_PARTICLES = frozenset((
    "de", "del", "della", "der", "den", "di", "da", "do", "dos", "du", "la", "le", "las", "los", "ter", "ten",
    "van", "von", "vom", "zu", "zur", "el", "al", "y", "e",
))  # fmt: skip
# What is said of a person besides the name; it stands in other texts as well.
_ROLES = frozenset((
    "abteilung", "adviser", "advisor", "assistant", "board", "bureau", "büro", "chair", "chairman",
    "chairperson", "chairwoman", "chief", "contact", "coordinator", "department", "deputy", "desk", "directeur",
    "director", "directora", "directrice", "direktor", "direktorin", "direttore", "direttrice", "executive",
    "general", "geschäftsführer", "geschäftsführerin", "head", "leiter", "leiterin", "manager", "mayor",
    "member", "office", "officer", "president", "presidenta", "presidente", "press", "président", "présidente",
    "responsable", "secretaria", "secretario", "secretary", "secrétaire", "segretario", "sekretariat",
    "service", "team", "ufficio", "unit", "vice", "vorsitzende", "vorsitzender",
))  # fmt: skip


# -------------------------------------------------------------------- what is looked for
def needles_of(passage: Passage, table: ContactTable) -> Iterator[Needle]:
    """What a withheld text is known by; nothing where others may well have the same."""
    strict = passage.kind not in ("running", "title")
    for needle in _needles_of(passage, table):
        yield replace(needle, strict=strict and needle.strict)


def _needles_of(passage: Passage, table: ContactTable) -> Iterator[Needle]:
    text, words = passage.text, words_of(passage.text)
    if passage.kind == "key":
        yield Needle(text, text.casefold(), passage, exact=True, strict=True)
        return
    yield from _addresses(passage)
    match passage.kind:
        case "contact" if not passage.link:
            yield from _contact_needles(passage, table)
        case "name" if len(words) > 1:
            yield _whole(text, passage)
        case "name":
            yield Needle(text, text.casefold(), passage, exact=True)
        case "title" if len(words) >= _LEAST_TITLE:
            yield _whole(text, passage)
        case "value":
            yield from _numbers(_DIALLED, passage)
            has_figures = any(word.isdigit() for word in words)
            yield from [_whole(text, passage, strict=False)] if len(words) >= _LEAST_VALUE - has_figures else []
        case "running" if not passage.link:
            yield from _numbers(_DIALLED, passage)
            sentences = [each for each in _SENTENCE.split(text) if len(words_of(each)) >= _LEAST_SENTENCE]
            yield from (_whole(each, passage) for each in sentences)


def _whole(text: str, passage: Passage, *, strict: bool = True) -> Needle:
    return Needle(" ".join(text.split()), shape_of(text), passage, strict=strict)


def _contact_needles(passage: Passage, table: ContactTable) -> Iterator[Needle]:
    row, text, words = passage.row, passage.text, words_of(passage.text)
    assert row is not None
    kind = table.kind_of(row)
    if kind.value == "profile":
        yield from _profile(passage, table)
    elif kind.name == "address":
        has_figure = any(word.isdigit() for word in words)
        yield from [_whole(text, passage)] if len(words) >= _LEAST_VALUE or (has_figure and len(words) > 1) else []
        yield from (_whole(each, passage) for each in _PARTS.split(text) if _is_street(each))
    else:
        yield from _numbers(NUMBER if kind.value == "number" else _DIALLED, passage)
        says_it = kind.value is None or not any(word.isdigit() or "@" in text for word in words)
        yield from [_whole(text, passage)] if says_it and len(words) >= _LEAST_VALUE else []
        names = {_name_in(text), *map(_without_roles, persons_in(text))} if kind.value is None else set()
        for name in sorted(names):
            if len(words_of(name)) > 1 and not _ROLES.intersection(words_of(name)):
                yield from _turned(name, passage)


def _is_street(text: str) -> bool:
    """Whether a part of an address has a street's number, and no postcode, which a whole town has."""
    words = words_of(text)
    figures = [word for word in words if any(map(str.isdigit, word))]
    return len(words) > 1 and len(shape_of(text)) >= _LEAST_STREET and len(figures) == 1 and len(figures[0]) < _POSTCODE


def _name_in(text: str) -> str:
    """The person's name at the beginning of a text, or behind what it is called there; nothing for a role."""
    label, colon, behind = text.partition(":")
    return (colon and _leading_name(behind)) or _leading_name(label)


def _without_roles(name: str) -> str:
    words = name.split()
    return " ".join(words[next((at for at, word in enumerate(words) if word.casefold() not in _ROLES), 0) :])


def _turned(name: str, passage: Passage) -> Iterator[Needle]:
    """A name as it is said, and as an index has it: family name first."""
    words = name.split()
    yield from (_whole(" ".join((*words[at:], *words[:at])), passage) for at in range(len(words)))


def _leading_name(text: str) -> str:
    """The words at the beginning of a text that have capitals, or no case, and what stands between such."""
    words: list[str] = []
    for word in _PARTS.split(text.strip())[0].split():
        is_name = word[0].isalpha() and word[0] == word[0].upper() and "@" not in word
        if not is_name and word.casefold() not in _PARTICLES:
            break
        words.append(word)
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    found = " ".join(words)
    return found if len(words_of(found)) > 1 and not _ROLES.intersection(words_of(found)) else ""


def _profile(passage: Passage, table: ContactTable) -> Iterator[Needle]:
    """A name on a network: where it leads to there, and as it stands in a text."""
    row, handle = passage.row, passage.text.strip()
    network = table.network_of(row) if row else None
    bare = handle.lstrip("@")
    if network and network.named_by == "number":
        yield from _numbers(NUMBER, passage)
        return
    if "@" in bare or not shape_of(bare):  # an address is looked for as one; this is where it leads
        name, _, host = bare.partition("@")
        pattern = rf"{re.escape(host)}/@?{re.escape(name)}(?![\w-])"
        yield from [Needle(handle, shape_of(f"{host} {name}"), passage, pattern, strict=True)] if host else []
        return
    if network:
        hosts = "|".join(map(re.escape, filter(None, (*network.hosts, urlsplit(network.site).hostname))))
        pattern = rf"(?:{hosts})[^\s]*?[/@=]{re.escape(bare)}(?![\w-])"
        yield Needle(handle, shape_of(bare), passage, pattern=pattern, strict=True)
    if handle.startswith("@"):
        yield Needle(handle, shape_of(bare), passage, rf"(?<![\w.])@{_spaced(bare)}(?![\w-]|[.@]\w)", strict=True)


def _addresses(passage: Passage) -> Iterator[Needle]:
    """Mail and web addresses in a text, or the number that a link dials; a line may end inside of one."""
    text = passage.text
    if passage.link and text.startswith(("tel:", "sms:")):
        yield from _numbers(NUMBER, passage)
        return
    for found in _MAIL.findall(text):
        mail = found.strip(".")
        yield Needle(mail, shape_of(mail), passage, rf"(?<![\w.+%-]){_spaced(mail)}(?![\w-]|\.\w)", strict=True)
    if (passage.row and passage.row.kind == "address") or text.startswith("mailto:"):
        return
    for match in _WEB.finditer(_MAIL.sub(" ", text)):
        address = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0], flags=re.IGNORECASE).rstrip("/.:!?'")
        if "." in address:
            pattern = rf"(?:(?<![\w@.-])|(?<![\w.-])www\.){_spaced(address)}(?![\w-]|[./]\w)"
            yield Needle(match[0], shape_of(address), passage, pattern, strict=True)


def _spaced(text: str) -> str:
    """A pattern of a text in which a line may end anywhere."""
    return r"(?:\xad|\s*[\r\n]\s*)?".join(map(re.escape, text))


def _numbers(found_by: re.Pattern[str], passage: Passage) -> Iterator[Needle]:
    """The numbers of a text, without what is dialled before the area; a short one with it, too."""
    for match in (match for text in _apart(passage.text) for match in found_by.finditer(text)):
        digits = "".join(each for each in match[0] if each.isdigit()).removeprefix("00")
        own = _own_digits(match[0], digits)
        for each in dict.fromkeys((own, digits) if len(own) < LEAST_DIGITS else (own,)):
            if len(each) >= _LEAST_SHORT:
                yield Needle(match[0].strip(), each, passage, digits=True, strict=True)


def _apart(text: str) -> Iterator[str]:
    """A text, and where it has several numbers with strokes between them each of these: of "…32 / 34" both in full."""
    yield text
    first, *others = _STROKE.split(text)
    before = "".join(each for each in first if each.isdigit() or each == "+")
    if others and len(before) >= LEAST_DIGITS:
        yield first
        for other in others:
            figures = "".join(each for each in other if each.isdigit())
            if figures and len(figures) < _LEAST_SHORT:
                yield before[: -len(figures)] + figures
            else:
                yield other


def _own_digits(written: str, digits: str) -> str:
    """A number's digits behind its country's code, or behind the 0 before its area."""
    if "+" in written or written.lstrip("( ").startswith("00"):
        with suppress(phonenumbers.NumberParseException):
            return str(phonenumbers.parse(f"+{digits}", None).national_number)
    return digits.lstrip("0")
