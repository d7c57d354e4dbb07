"""Read ``styles/contact.yaml``: what contact rows may be, and where names on social networks lead."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Collection
from pathlib import PurePath
from typing import cast, get_args
from urllib.parse import urlsplit

from directory_pub.edition.contact_table import ContactKind, ContactTable, ContactValue, NamedBy, Network
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import Fields, parse_yaml
from directory_pub.findings import Finding, Place
from directory_pub.read.patterns import may_go_on_for_ever
from directory_pub.storage.enclosure import Refused

__all__ = ["read_contact_table"]

_FILE = "styles/contact.yaml"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^{}]*\{value\}[^{}]*")
_CLASSES = ("line", "note")  # of the sheets
_ANYWHERE = "anywhere"


def read_contact_table(theme: Theme) -> tuple[ContactTable, list[Finding]]:
    """The table of a theme, with a finding of each value that is wrong: it is left out. Read once a process."""
    try:
        text = theme.read_text(_FILE)
    except Refused as refused:
        return ContactTable(), [refused.finding]
    icons = tuple(PurePath(name).stem for name in theme.names("icons", ".svg"))
    table, findings = _read(text, icons, theme.shown(_FILE))
    return table, list(findings)


@functools.lru_cache(maxsize=2)
def _read(text: str, icons: Collection[str], file: str) -> tuple[ContactTable, list[Finding]]:
    node, findings = parse_yaml(text, file)
    f = Fields(node, Place(file=file), findings, unread=node is None)
    kinds, networks = f.fields("kinds", required=True), f.fields("networks")
    table = ContactTable(
        kinds={name: _read_kind(name, row, icons) for name, row in _rows(kinds)},
        networks={name: _read_network(name, row, icons) for name, row in _rows(networks)},
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    f.close()
    return table, findings


def _rows(f: Fields | None) -> list[tuple[str, Fields]]:
    rows = [(name, row) for name in (f.names() if f else ()) if f and (row := f.fields(name))]
    for name, row in rows:
        if not _NAME.fullmatch(name) or name in _CLASSES:
            remedy = "Use small letters, figures and hyphens, and not 'line' or 'note': it is a class in the sheets."
            row.complain("value-type", row.place, f"'{name}' is no name of a contact row.", remedy)
    return rows


def _read_kind(name: str, f: Fields, icons: Collection[str]) -> ContactKind:
    pattern, link = _read_pattern(f), f.text("link")
    is_linked = link != "no"
    if is_linked and link is not None and not _LINK.fullmatch(link):
        remedy = "Write it as https://example.org/{value}, or 'no' where nothing is to be opened."
        f.complain("value-type", f.places()["link"], f"'{link}' is no address with one place for the value.", remedy)
        link = None
    kind = ContactKind(
        name=name,
        icon=_read_word(f, "icon", icons, "file-missing"),
        value=cast("ContactValue | None", _read_word(f, "value", get_args(ContactValue))),
        pattern=pattern,
        example=f.text("example", required=pattern is not None),
        link=link if is_linked else None,
        is_linked=is_linked,
        also=f.lines("also"),
    )
    if pattern is not None and kind.example is not None and not re.fullmatch(pattern, kind.example):
        message = f"the example '{kind.example}' does not match the pattern '{pattern}'."
        f.complain("value-type", f.places()["example"], message, "Show one that is taken.")
    f.close()
    return kind


def _read_pattern(f: Fields) -> str | None:
    text = f.text("pattern")
    return text if text is None or _is_pattern(text, f, f.places()["pattern"]) else None


def _is_pattern(text: str, f: Fields, place: Place) -> bool:
    try:
        re.compile(text)
    except re.error as fault:
        f.complain("value-type", place, f"'{text}' is no regular expression: {fault}.", "Mend it, or try it out first.")
        return False
    if may_go_on_for_ever(text):
        message = f"'{text}' may be tried in so many ways that a row takes for ever: something varies in a repeat."
        remedy = r"Repeat what does not vary, or take no step back in it: '(?:\.\w++)*' for '(?:\.\w+)*'."
        f.complain("value-type", place, message, remedy)
        return False
    return True


def _read_network(key: str, f: Fields, icons: Collection[str]) -> Network:
    site, pages = f.text("site") or "", f.fields("pages")
    by_pattern = [(each, pages.text(each) or "") for each in (pages.names() if pages else ()) if pages]
    network = Network(
        key=key,
        name=f.text("name", required=True) or key,
        site=site,
        page=f.text("page") or "",
        pages=tuple((each, page) for each, page in by_pattern if _is_pattern(each, f, f.places()["pages"])),
        icon=_read_word(f, "icon", icons, "file-missing"),
        named_by=cast("NamedBy", _read_word(f, "named_by", get_args(NamedBy)) or "name"),
        hosts=_read_hosts(f, site),
        also=f.lines("also"),
    )
    if not site and network.named_by != "address":
        f.complain("key-missing", f.place, "has no site for its names to lead to.", "Add 'site: https://….'.")
    f.close()
    return network


def _read_hosts(f: Fields, site: str) -> tuple[str, ...]:
    """The hosts of a network's pages, that of its site first."""
    hosts, own = f.lines("hosts"), urlsplit(site).hostname or ""
    return () if _ANYWHERE in hosts or not own else (own.removeprefix("www."), *hosts)


def _read_word(f: Fields, field: str, known: Collection[str], code: str = "value-type") -> str | None:
    """The value of a field that is one of some words, or None with a finding."""
    word = f.text(field)
    if word is not None and word not in known:
        remedy = did_you_mean(word, known, f"There are {', '.join(known)}.")
        f.complain(code, f.places()[field], f"'{word}' is not there.", remedy)
        return None
    return word
