"""What must stand on the pages of an index, in which order, and where its links must lead.

The folios are worked out here once more, from where each anchor and entry stands in the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from directory_pub.census.count_listed import is_guide
from directory_pub.census.expected import Copy, letters, text_copy
from directory_pub.census.frames import FramedPage
from directory_pub.census.tag_tree import Spoken
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.index_heads import IndexHead, index_heads
from directory_pub.edition.model import Edition, Index
from directory_pub.findings import Finding, Place, error

__all__ = ["check_index_head", "check_index_links", "index_copy", "index_of"]

_FIRST_FOLIO = re.compile(r"\d+")
_IN_A_RANGE = 3  # folios, at the least
_BETWEEN_PIECES = "book:"


def index_of(edition: Edition, piece: Piece) -> Index | None:
    """The index that a piece is a page of."""
    return next((index for index in edition.indexes if index.key == piece.key), None) if piece.kind == "index" else None


def index_copy(edition: Edition, index: Index, piece: Piece, folios: Mapping[str, str]) -> list[Copy]:
    """The words of some rows of an index; ``folios`` are those of all that has a name in the book."""
    heads, rows, words = index_heads(edition, index), piece.rows or range(0), edition.words
    copies = list(text_copy(index.title, index.place, heading=1)) if rows.start == 0 else []
    for number in rows:
        head = heads[number]
        is_first = number == 0 or heads[number - 1].letter != head.letter
        if is_first or number in piece.starts:
            copies += text_copy(head.letter, head.place)
        if number in piece.starts and head.below:
            copies += text_copy(f"{head.head} ({words.continued})", head.place)
        copies += text_copy(head.shown, head.place)
        copies += _folio_copy(head, folios)
        copies += _reference_copy(words.see, head.see, head.place)
        copies += _reference_copy(words.see_also, head.see_also, head.place)
    return copies


def _reference_copy(word: str, names: Sequence[str], place: Place) -> Iterator[Copy]:
    if names:
        yield from text_copy(f"{word} {'; '.join(names).replace('!', ', ')}", place)


def _folio_copy(head: IndexHead, folios: Mapping[str, str]) -> list[Copy]:
    """The folios of a row: each once and in order; of several, those where the head is at home are bold."""
    at_home = {int(folios[each.anchor]) for each in head.places if each.is_main and each.anchor in folios}
    every = {int(folios[each.anchor]): each.place for each in reversed(head.places) if each.anchor in folios}
    at_home = at_home if at_home != every.keys() else set()
    told: list[Copy] = []
    waiting = sorted(every)
    while waiting:
        first = waiting[0]
        run = [first]
        while run[-1] + 1 in every and (run[-1] + 1 in at_home) == (first in at_home):
            run.append(run[-1] + 1)
        parts = [f"{first}–{run[-1]}"] if len(run) >= _IN_A_RANGE else [str(folio) for folio in run]
        waiting = waiting[len(run) :]
        told += [Copy(part, every[first], bold=first in at_home) for part in parts]
    return [replace(copy, text=f"{copy.text},") for copy in told[:-1]] + told[-1:]


# -------------------------------------------------------------------- heads
def check_index_head(edition: Edition, index: Index, piece: Piece, framed: Sequence[FramedPage]) -> Iterator[Finding]:
    """The head of a page of an index: its title, but where this stands below it, and the first and last head."""
    heads, rows = index_heads(edition, index), piece.rows or range(0)
    first, last = heads[rows[0]].head, heads[rows[-1]].head
    title = index.title.split() if rows.start else []
    for page in framed:
        found = [word.text for word in page.head]
        rest = _without(found, title)
        if rest is None or not is_guide(" ".join(rest), first, last):
            message = f"the head of page {page.index + 1} reads “{' '.join(found)}”."
            wanted = " ".join((*title, f"{first} – {last}"))
            remedy = f"It should read “{wanted}”: look at page-boxes.css."
            yield error("folio-wrong", index.place, message, remedy, page.index + 1)


def _without(found: Sequence[str], title: Sequence[str]) -> list[str] | None:
    """The words of a head without those of a title, on whichever side of them it stands; None where it does not."""
    if list(found[: len(title)]) == list(title):
        return list(found[len(title) :])
    if title and list(found[-len(title) :]) == list(title):
        return list(found[: -len(title)])
    return None


# -------------------------------------------------------------------- where they lead
def check_index_links(
    edition: Edition, said: Iterable[Spoken], folios: Mapping[str, str], piece: Piece
) -> Iterator[Finding]:
    """Each folio of an index is a link to the page that it names; a finding at the first that is not."""
    index = index_of(edition, piece)
    for word in said if index else ():
        goals = [link.removeprefix("#").removeprefix(_BETWEEN_PIECES) for link in word.links]
        named = _FIRST_FOLIO.match(letters(word.text))
        wrong = [goal for goal in goals if named and goal in folios and folios[goal] != named[0]]
        if wrong:
            message = f"“{word.text}” leads to page {folios[wrong[0]]} on {piece.folios}, a page of an index."
            yield error(
                "link-wrong",
                index.place if index else edition.place,
                message,
                "A folio's link is that of its own anchor: mend the layout.",
            )
            return
