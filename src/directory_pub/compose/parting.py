"""Which words of a paragraph a line may part: by the rules of their language, and never a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from directory_pub.edition.hyphenation import Hyphenation, parts_of, usual_hyphenation
from directory_pub.edition.model import Edition
from directory_pub.edition.text import Run

__all__ = ["Parting", "parting_of"]

_WORD = re.compile(r"[^ \n\u2028]+")
# Letters alone, with what opens and closes round them: no figure, no hyphen, no address, no word that an editor parts.
_PLAIN = re.compile(r"[^\w\u00ad\u200b]*([^\W\d_]+)[^\w\u00ad\u200b]*")
_SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")
_CAPITALS = frozenset(("de", "lb", "gsw"))  # languages whose nouns begin with one; in others names do

Names = frozenset[tuple[str, ...]]


class Parting(Struct, frozen=True, kw_only=True):
    """How the words of a text in a ``language`` are parted: by what was ``asked`` for, but none of these ``names``."""

    language: str
    asked: tuple[tuple[str, Hyphenation], ...] = ()
    names: Names = frozenset()

    def places(self, runs: Sequence[Run], *, short: bool) -> Mapping[int, tuple[int, ...]]:
        """By the offset of each word of a paragraph that may be parted, the offsets in the word; lines may be
        ``short``.

        The last word is whole, and so is one before a break that was asked for.
        """
        text = "".join(run.text for run in runs)
        words = list(_WORD.finditer(text))
        named = set(_named([_bare(word[0]) for word in words], self.names))
        found: dict[int, tuple[int, ...]] = {}
        for number, (word, run) in enumerate(_with_run(words[:-1], runs)):
            if run is None or number in named or text[word.end()] == "\n":
                continue
            if parts := self._parts(word[0], run.language or self.language, short=short):
                found[word.start()] = parts
        return found

    def names_in(self, text: str) -> Names:
        """The names all of whose words a text has: another name changes no line of it."""
        words = set(map(_bare, text.split()))
        known = _by_first_word(self.names)
        return frozenset(name for word in words for name in known.get(word, ()) if words.issuperset(name))

    def _parts(self, word: str, language: str, *, short: bool) -> tuple[int, ...]:
        how = self._how(language)
        plain = _PLAIN.fullmatch(word) if how == "always" or (how == "narrow" and short) else None
        if plain is None:
            return ()
        letters, may_begin = plain[1], language.partition("-")[0].lower() in _CAPITALS
        if not (letters.islower() or (may_begin and letters[1:].islower())):
            return ()
        return tuple(plain.start(1) + at for at in parts_of(letters, language))

    def _how(self, language: str) -> Hyphenation:
        asked = {name.lower(): how for name, how in self.asked}
        tag = language.lower()
        return asked.get(tag) or asked.get(tag.partition("-")[0]) or usual_hyphenation(language)


def parting_of(edition: Edition) -> Parting:
    """How the words of an edition are parted, and the names that stand in it."""
    names = [entry.name for entry in edition.entries]
    names += [page.publisher.name for page in edition.text_pages.values() if page.publisher]
    names += [sponsor.name for sponsor in edition.sponsors.all()] if edition.sponsors else []
    sessions = [each for day in edition.programme.days for each in day.sessions] if edition.programme else []
    names += [person.name for session in sessions for person in session.people]
    told = (tuple(map(_bare, _SPAN.sub(r"\1", name).split())) for name in names)
    return Parting(
        language=edition.language, asked=edition.hyphenation, names=frozenset(words for words in told if words)
    )


def _bare(word: str) -> str:
    """A word without the marks round it."""
    return re.sub(r"^\W+|\W+$", "", word)


def _named(words: Sequence[str], names: Names) -> Iterator[int]:
    """The numbers of the words that are, or are part of, a name."""
    known = _by_first_word(names)
    for number, word in enumerate(words):
        for name in known.get(word, ()):
            if tuple(words[number : number + len(name)]) == name:
                yield from range(number, number + len(name))


@functools.lru_cache(maxsize=8)
def _by_first_word(names: Names) -> dict[str, list[tuple[str, ...]]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        known.setdefault(name[0], []).append(name)
    return known


def _with_run(words: Sequence[re.Match[str]], runs: Sequence[Run]) -> Iterator[tuple[re.Match[str], Run | None]]:
    """Words with the run of plain text that they stand in; one in several, or in bold, a link or an index, has none."""
    rest = iter(runs)
    run, start, end = None, 0, 0
    for word in words:
        while end <= word.start():
            run = next(rest)
            start, end = end, end + len(run.text)
        whole = run is not None and start <= word.start() and word.end() <= end
        is_plain = whole and run and not (run.bold or run.href or run.indexed or run.folio_of)
        yield word, run if is_plain else None
