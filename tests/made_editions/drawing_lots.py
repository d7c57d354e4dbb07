"""Words by lot: every text of a bag is taken once before one is taken again."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

__all__ = ["Bag", "mail_name", "phone"]

# Ranges that are kept for films and books, by country.
_KEPT_FOR_FICTION = {
    "GB": ("+44 20 7946 0{:03}", "+44 117 496 0{:03}", "+44 131 496 0{:03}", "+44 113 496 0{:03}"),
    "DE": ("+49 30 23125 {:03}", "+49 40 66969 {:03}", "+49 69 90009 {:03}"),
    "SE": ("+46 8 465 004 {:02}", "+46 31 390 06 {:02}", "+46 40 628 04 {:02}"),
}


class Bag:
    """Texts in an order of chance; it is filled anew when it is empty."""

    def __init__(self, lots: random.Random, texts: Sequence[str]) -> None:
        self._lots, self._texts = lots, texts
        self._left: list[str] = []

    def take(self) -> str:
        """The next text."""
        if not self._left:
            self._left = list(self._texts)
            self._lots.shuffle(self._left)
        return self._left.pop()

    def some(self, count: int) -> list[str]:
        """So many texts, none of them twice."""
        found: list[str] = []
        while len(found) < count:
            text = self.take()
            found += [] if text in found else [text]
        return found


def phone(lots: random.Random, country: str) -> str:
    """A telephone number that nobody has."""
    form = lots.choice(_KEPT_FOR_FICTION[country])
    return form.format(lots.randrange(10, 100 if "{:02}" in form else 1000))


def mail_name(name: str) -> str:
    """A name as it stands in an address: small letters and hyphens."""
    folded = name.casefold().translate(str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "ß": "ss", "&": "and"}))
    plain = unicodedata.normalize("NFD", folded).encode("ascii", "ignore").decode()
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return "-".join([word for word in words if word not in ("the", "of", "at", "and", "for")][:2])
