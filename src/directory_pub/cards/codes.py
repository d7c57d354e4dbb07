"""What a code says: the web address of an entry, its card, or the address that a page gives; as it is shown."""

from __future__ import annotations

from msgspec import Struct

from directory_pub.cards.cards import card_of
from directory_pub.cards.matrix import as_scanned
from directory_pub.cards.values import values_of
from directory_pub.edition.card_words import card_words
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.findings import Place

__all__ = ["CodeContent", "code_of_entry", "code_of_page"]


class CodeContent(Struct, frozen=True):
    """What a code says to who scans it, the words beside it, and where it leads in the email PDF."""

    key: str
    text: str
    words: str
    said: str
    place: Place
    href: str | None = None

    @property
    def scanned(self) -> str:
        """What a telephone reads."""
        return as_scanned(self.text)


def code_of_entry(entry: Entry, edition: Edition) -> CodeContent | None:
    """The code of an entry that stands on pages of its own; None where it has none, or nothing to say in it."""
    wanted, place, told = entry.qr or edition.qr, entry.place_of("qr"), card_words(edition.language)
    if wanted == "web":
        webs = (each for each in values_of(entry, edition) if each.sort == "web" and each.link)
        if web := next(webs, None):
            words = _bare(web.text)
            return CodeContent(entry.key, str(web.link), words, told.scan.format(words), place, web.link)
    if wanted == "vcard" and entry.contact:
        words = told.card
        said = told.scan.format(f"{words}, {' '.join(entry.name.split())}")
        return CodeContent(entry.key, card_of(entry, edition), words, said, place)
    return None


def code_of_page(page: TextPage, edition: Edition) -> CodeContent | None:
    """The code of a text page; None where it has none."""
    if page.qr is None:
        return None
    words = _bare(page.qr.address)
    said = card_words(edition.language).scan.format(words)
    return CodeContent(page.key, page.qr.address, words, said, page.qr.place, page.qr.address)


def _bare(address: str) -> str:
    """An address as people write it."""
    bare = address.partition("://")[2] or address
    return bare.rstrip("/")
