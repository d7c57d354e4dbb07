"""Words that are on a page and cannot be read there: unseen, or in one place with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, SharedPlace, Word
from directory_pub.findings import Finding, error

__all__ = ["check_seen"]

_MOST_WORDS = 6
_UNSEEN = {
    "cut": (
        "is cut off",
        "are cut off",
        "Look at the proof there: shorten the copy, or mend the sheet that cuts it.",
    ),
    "ground": (
        "has the colour of what it stands on",
        "have the colour of what they stand on",
        "Give the words another ink in the sheet, or what they stand on.",
    ),
    "struck": (
        "is struck through",
        "are struck through",
        "Take the line away that runs through them, in the sheet or the layout.",
    ),
    "tight": (
        "is set into what stands beside it",
        "are set into one another",
        "Give back the space between words and letters in the sheet (word-spacing, letter-spacing).",
    ),
    "tiny": (
        "is too small to be read",
        "are too small to be read",
        "Set them in 4 pt or more: look at the sheet's sizes.",
    ),
    "covered": (
        "lies under what is painted over it",
        "lie under what is painted over them",
        "Look at the proof there, and take what covers them away or put it behind the words (z-index).",
    ),
}


def check_seen(index: int, page: PageText, located: Located) -> Iterator[Finding]:
    """One finding for all words of a page that are unseen for one reason, and one for all that share their places."""
    on_others = {shared.word for shared in page.shared}  # what they stand on is why they may be unseen
    for why, (one, many, remedy) in _UNSEEN.items():
        words = [unseen.word for unseen in page.unseen if unseen.why == why and unseen.word not in on_others]
        if words:
            what = f"{_quote(words)} {one if len(words) == 1 else many} on page {index + 1}."
            yield error("words-hidden", located.place_of(index, words[0]), what, remedy, index + 1)
    if page.shared:
        first = page.shared[0]
        remedy = "Look at the proof there: shorten one of them, or give it more room in the sheet."
        message = f"{_say_shared(first)} on page {index + 1}{_say_others(page.shared)}."
        yield error("words-overlap", located.place_of(index, first.word), message, remedy, index + 1)


def _say_shared(shared: SharedPlace) -> str:
    if not shared.others:
        return f"“{shared.word.text}” stands on a drawing"
    return f"“{shared.word.text}” and {_quote(shared.others)} are printed in one place"


def _say_others(shared: Sequence[SharedPlace]) -> str:
    met = {shared[0].word, *shared[0].others}
    others = [each.word for each in shared if each.word not in met]
    return f", and so are {_quote(others)}" if others else ""


def _quote(words: Sequence[Word]) -> str:
    return f"“{' '.join(word.text for word in words[:_MOST_WORDS])}{' …' if len(words) > _MOST_WORDS else ''}”"
