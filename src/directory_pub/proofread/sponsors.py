"""Sponsors and logos: who is named twice, whose entry there is not, and of what nothing would be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from directory_pub.edition.model import Edition
from directory_pub.edition.pictures import Photo
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.sponsors import SPONSORS_KEY, Sponsors
from directory_pub.findings import Finding, Place, error, note
from directory_pub.pictures import UNREADABLE, InkFacts, find_picture, look_at_ink
from directory_pub.proofread.links import check_link
from directory_pub.storage.enclosure import Refused, read_bytes
from directory_pub.storage.hashes import file_hash
from directory_pub.storage.store import Store

__all__ = ["proofread_logos", "proofread_sponsors"]

_MUCH_SPACE = 0.6  # of a logo's file: with less ink than this it is larger than it looks


def proofread_sponsors(edition: Edition) -> Iterator[Finding]:
    """What is wrong with the names, entries and addresses of sponsors."""
    sponsors = edition.sponsors
    if sponsors is None:
        return
    yield from _key(edition, sponsors)
    yield from _twice(sponsors)
    known = {entry.key: entry.name for entry in edition.entries}
    for each in sponsors.all():
        if each.entry and each.entry not in known:
            remedy = did_you_mean(each.entry, known, "Name an entry's key, or take the line out.")
            yield error("reference-broken", each.entry_place or each.place, f"'{each.entry}' is no entry.", remedy)
        if each.web:
            yield from check_link(each.address or each.web, each.place)


def _key(edition: Edition, sponsors: Sponsors) -> Iterator[Finding]:
    """The pages of sponsors have an anchor of their own."""
    named = {section.key: section.place for section in edition.sections}
    named |= {entry.key: entry.place for entry in edition.entries} | {
        p.key: p.place for p in edition.text_pages.values()
    }
    if place := named.get(SPONSORS_KEY):
        message = f"'{SPONSORS_KEY}' is what the page of sponsors is called, which {sponsors.place} makes."
        yield error("name-duplicate", place, message, "Choose another key.")


def _twice(sponsors: Sponsors) -> Iterator[Finding]:
    names: dict[str, Place] = {}
    logos: dict[str, Place] = {}
    for each in sponsors.all():
        name = " ".join(unicodedata.normalize("NFC", each.name).casefold().split())
        logo = each.logo.file if each.logo else ""
        if first := names.get(name):
            yield error("entry-repeated", each.place, f"'{each.name}' stands in {first} already.", "Name it once.")
        elif logo and (other := logos.get(logo)):
            remedy = "Give each its own logo; one that carries the book twice is named once."
            yield error("entry-repeated", each.place, f"has the logo '{logo}' of {other}.", remedy)
        names.setdefault(name, each.place)
        logos.setdefault(logo, each.place)


# -------------------------------------------------------------------- logos
def proofread_logos(edition: Edition, store: Store) -> Iterator[Finding]:
    """What of the logos of entries and sponsors is to be seen on paper; of those that cannot be read others tell."""
    told = set[str]()
    logos = [entry.logo for entry in edition.entries if entry.logo]
    logos += edition.sponsors.logos if edition.sponsors else ()
    for logo in logos:
        ink = _ink_of(logo, edition, store)
        if ink is None or logo.file in told:
            continue
        told.add(logo.file)
        if not ink.is_seen:
            message = f"of '{logo.file}' nothing is to be seen on white paper."
            yield error("logo-unseen", logo.file_place, message, "Ask for the logo that is meant for a light ground.")
        elif ink.share < _MUCH_SPACE:
            message = f"'{logo.file}' is to {1 - ink.share:.0%} empty space round the logo, which does not count."
            yield note("logo-space", logo.file_place, message, "It is set by its ink; ask for a file cut to it.")


def _ink_of(logo: Photo, edition: Edition, store: Store) -> InkFacts | None:
    path = find_picture(edition.folder, logo.file)
    try:
        if path is None:
            return None
        content = read_bytes(path, edition.root, edition.folder)
        return store.recall("ink of a logo", InkFacts, lambda: look_at_ink(content), file_hash(path))
    except (Refused, *UNREADABLE):
        return None
