"""Count the pages of sponsors: every name once and in its order, below its logo, with the page of its entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.census.columns import check_emphasis, check_frame
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import Copy, letters, text_copy
from directory_pub.census.frames import FramedPage
from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, Word
from directory_pub.census.tag_tree import SpokenPicture
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, error

__all__ = ["SponsorsCount", "check_sponsor_links", "count_sponsors", "sponsors_copy"]


class SponsorsCount(Struct, frozen=True):
    """What the count needs; ``folios`` are those that names must have behind them, by key."""

    edition: Edition
    grid: Grid
    folios: Mapping[str, str]
    families: Collection[str]


def sponsors_copy(edition: Edition, folios: Mapping[str, str]) -> Iterator[Copy]:
    """The title, and level by level its name and those of its sponsors, with the folio of each one's entry."""
    sponsors = edition.sponsors
    if sponsors is None:
        return
    yield from text_copy(sponsors.title, sponsors.place, heading=1)
    for level in sponsors.levels:
        yield from text_copy(level.title, level.place, heading=2)
        for each in level.sponsors:
            links = frozenset((f"#{each.entry}",)) if each.entry else frozenset[str]()
            yield from (replace(copy, bold=True, links=links) for copy in text_copy(each.name, each.place))
            if each.entry and each.entry in folios:
                yield from (replace(c, bold=True, links=links) for c in text_copy(folios[each.entry], each.place))


def count_sponsors(
    count: SponsorsCount, piece: Piece, pages: Mapping[int, PageText], see: Callable[[Located], Iterable[Finding]]
) -> Iterator[Iterable[Finding]]:
    """What is asked of these pages: whether all fits, whether all is there, then how it looks."""
    sponsors = count.edition.sponsors
    if sponsors is None:
        return
    copy, place = list(sponsors_copy(count.edition, count.folios)), sponsors.place
    framed = [_framed(at, pages[at], count.grid) for at in piece.pages]
    astray = list(_take_again(count.edition, framed, copy))
    words = [word for page in framed for word in page.main]
    located = Located(place)
    located.add(framed, "main", copy)
    yield [
        finding
        for page in framed
        for frame in count.grid.list_frames(1, recto=page.index % 2 == 0)
        for finding in check_frame(page.main, frame, "the page of sponsors", page.index, located)
    ]
    yield compare_copy(copy, words, piece.folios, place)
    yield chain(astray, check_emphasis(copy, words, count.families), _check_heads(count.edition, framed), see(located))


def _framed(at: int, page: PageText, grid: Grid) -> FramedPage:
    """A page's words in the order in which they are painted: a name may have two lines, beside others that have."""
    top_mm = grid.mm("head")
    head = [word for word in page.words if word.baseline_mm <= top_mm]
    return FramedPage(at, head=head, main=[word for word in page.words if word.baseline_mm > top_mm])


def _take_again(edition: Edition, framed: Sequence[FramedPage], copy: Sequence[Copy]) -> Iterator[Finding]:
    """Take the level's name off the head of pages that it goes on to; it must be that of the sponsor before."""
    sponsors = edition.sponsors
    assert sponsors is not None
    counted = len(framed[0].main) if framed else 0
    titles = {level.place: f"{level.title} ({edition.words.continued})" for level in sponsors.levels}
    levels = {each.place: level.place for level in sponsors.levels for each in level.sponsors} | {p: p for p in titles}
    for page in framed[1:]:
        before = copy[min(counted, len(copy)) - 1].place if copy else sponsors.place
        wanted = titles.get(levels.get(before, before), "")
        number = _begins_with(page.main, wanted)
        if not number and any(_begins_with(page.main, title) for title in titles.values()):
            message = f"page {page.index + 1} does not say that “{wanted}” goes on there."
            yield error("words-unknown", sponsors.place, message, "Look at the layout of sponsors.", page.index + 1)
        del page.main[:number]
        counted += len(page.main)


def _begins_with(words: Sequence[Word], text: str) -> int:
    """How many words, from the first, are this text; none where they are not."""
    wanted, read = letters(text), ""
    for number, word in enumerate(words, 1):
        read += letters(word.text)
        if read == wanted:
            return number
        if not wanted.startswith(read):
            return 0
    return 0


def _check_heads(edition: Edition, framed: Sequence[FramedPage]) -> Iterator[Finding]:
    """The title above every page but the first, on which it stands large."""
    sponsors = edition.sponsors
    for number, page in enumerate(framed):
        title = letters(sponsors.title) if number and sponsors else ""
        read = "".join(letters(word.text) for word in page.head)
        if read != title:
            message = f"the head of page {page.index + 1} reads “{' '.join(word.text for word in page.head)}”."
            remedy = f"It should read “{sponsors.title if number and sponsors else ''}”: look at page-boxes.css."
            place = sponsors.place if sponsors else edition.place
            yield error("folio-wrong", place, message, remedy, page.index + 1)


def check_sponsor_links(edition: Edition, pictures: Sequence[SpokenPicture]) -> Iterator[Finding]:
    """Each logo leads where its sponsor says, in the email PDF."""
    left = list(pictures)
    for each in edition.sponsors.all() if edition.sponsors else ():
        alternative = each.logo.alt if each.logo else None
        picture = next((one for one in left if one.alternative == alternative), None)
        if picture is None:
            continue
        left.remove(picture)
        if (picture.link or None) != each.address:
            told = f"leads to {picture.link}" if picture.link else "is no link"
            message = f"the logo of “{each.name}” {told} in the email PDF, and to {each.address} in the content."
            yield error("link-wrong", each.place, message, "Mend the layout: the link stands round the logo.")
