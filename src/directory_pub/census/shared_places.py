"""Find words that are printed in one place: on other words, or on a small drawing such as an icon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory_pub.census.painting import address_of, share_within
from directory_pub.census.suspects import Glyph, Suspects, is_sign, meets

__all__ = ["find_shared_places"]

_SHARED = 0.2  # the share of a letter's box on which another letter, or a drawing, is no longer beside it


def find_shared_places(suspects: Suspects, glyphs: Sequence[Glyph]) -> dict[int, set[int | None]]:
    """For each word that shares its place the words that it shares it with; None stands for a drawing."""
    letters: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        letters.setdefault(address_of(glyph.handle), []).append(glyph)
    shared: dict[int, set[int | None]] = {}
    for one, other in suspects.crowded:
        for a, b in _meeting(letters.get(address_of(one.handle), ()), letters.get(address_of(other.handle), ())):
            shared.setdefault(a, set()).add(b)
            shared.setdefault(b, set()).add(a)
    for type_, drawing in suspects.signs:
        for glyph in letters.get(address_of(type_.handle), ()):
            if is_sign(drawing, glyph.type_height) and share_within(glyph.box, drawing.seen) > _SHARED:
                shared.setdefault(glyph.word, set()).add(None)
    return shared


def _meeting(some: Sequence[Glyph], others: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """The pairs of words that have letters in one place."""
    for one in some:
        for other in others:
            if one.word != other.word and meets(one.box, other.box):
                share = max(share_within(one.box, other.box), share_within(other.box, one.box))
                if share > _SHARED:
                    yield one.word, other.word
