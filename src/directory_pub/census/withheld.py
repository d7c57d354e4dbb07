"""The census of what must not be there: what a variant or target withholds is in no text and no file of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pypdfium2

from directory_pub.census.file_strings import A_NAME, A_TITLE, file_strings
from directory_pub.census.limited import Passage, passages
from directory_pub.census.needle import Needle, Search
from directory_pub.census.withheld_words import needles_of
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, Place, error

__all__ = ["check_withheld", "check_withheld_texts"]

_IN_LAYOUTS = "Look for it in layouts and sheets; where it stands in none of them, this is a fault of ours: report it."
_MOST_WHERE = 3


def check_withheld_texts(edition: Edition, variant: str | None, targets: Iterable[str]) -> list[Finding]:
    """An error for each text that is shown and has something in it that is withheld in one of the targets."""
    found: dict[Finding, None] = {}
    told: list[Passage] = []
    for target in targets if _is_limited(edition) else ():
        before, told = told, list(passages(edition, variant, target))
        if told == before and variant:
            continue  # and it is said of the variant
        search = Search(_withheld(told, edition))
        for passage in told:
            if passage.is_shown and passage.kind != "key":
                for needle, offset in search.find(passage.text):
                    if needle.exact:
                        continue
                    found[_in_text(needle, passage.place_at(offset), edition, variant, target)] = None
    return list(found)


def check_withheld(path: Path, edition: Edition, variant: str | None, target: str, name: str) -> list[Finding]:
    """An error for each value that is withheld and that the file at ``path`` has, wherever in it.

    The edition is the whole one; the file will be called by a ``name``.
    """
    if not _is_limited(edition):
        return []
    search = Search(_withheld(list(passages(edition, variant, target)), edition))
    found: dict[Place, tuple[Needle, list[str], int | None]] = {}
    for where, text, folio in _texts(path, name):
        for needle, _ in search.find(text):
            if needle.exact and where != (A_NAME if needle.passage.kind == "key" else A_TITLE):
                continue  # a single word, which any text may have
            _, places, _ = found.setdefault(needle.passage.place, (needle, [], folio))
            if where not in places:
                places.append(where)
    return [
        error(
            "words-withheld",
            needle.passage.place,
            f"“{needle.written}” is withheld from {_audience(variant, target)}, and the {target} file has it: "
            f"{'; '.join(places[:_MOST_WHERE])}{' and elsewhere' if len(places) > _MOST_WHERE else ''}.",
            _IN_LAYOUTS,
            folio,
        )
        for needle, places, folio in found.values()
    ]


def _is_limited(edition: Edition) -> bool:
    pages, sections, entries = edition.text_pages.values(), edition.sections, edition.entries
    own = (*(page.show for page in pages), *(each.show for each in sections), *(each.show for each in entries))
    return bool(edition.show) or any(own)


def _withheld(told: Sequence[Passage], edition: Edition) -> list[Needle]:
    """What to look for: what is withheld, and stands nowhere else where it may be shown."""
    table = edition.contact_table
    hidden = [each for passage in told if not passage.is_shown for each in needles_of(passage, table)]
    if not hidden:
        return []
    shown = [passage for passage in told if passage.is_shown]
    fields = [passage for passage in shown if passage.kind != "running"]
    alike = [(each, passage) for passage in fields for each in needles_of(passage, table)]
    owners = defaultdict[tuple[str, str, bool], list[Passage]](list)
    for each, passage in alike:
        owners[each.looks].append(passage)
    left = [each for each in hidden if not any(_may_have(each, passage) for passage in owners[each.looks])]
    in_fields = {id(needle) for needle, passage in _found_in(fields, left) if _may_have(needle, passage)}
    left = [each for each in left if id(each) not in in_fields]
    in_texts = {id(needle) for needle, _ in _found_in(shown, (each for each in left if not each.strict))}
    return [each for each in left if id(each) not in in_texts]


def _may_have(needle: Needle, passage: Passage) -> bool:
    """Whether a field that is shown may have what is withheld elsewhere: a number or address in a contact row or
    value of somebody else's; all else, whosever field it is.
    """
    if not (needle.digits or "@" in needle.written):
        return True
    own = needle.passage.entry and needle.passage.entry == passage.entry
    return passage.kind in ("contact", "value") and not own


def _found_in(texts: Iterable[Passage], needles: Iterable[Needle]) -> Iterator[tuple[Needle, Passage]]:
    search = Search(needles)
    for passage in texts:
        yield from ((needle, passage) for needle, _ in search.find(passage.text))


# -------------------------------------------------------------------- the file
def _texts(path: Path, name: str) -> Iterator[tuple[str, str, int | None]]:
    """Every text of a file with where it stands: those of the pages with their folios, all others, and its name."""
    yield "the file's name", Path(name).stem, None
    document = pypdfium2.PdfDocument(path)
    try:
        for folio, page in enumerate(document, 1):
            textpage = page.get_textpage()
            yield f"page {folio}", textpage.get_text_range(), folio
            textpage.close()
            page.close()
    finally:
        document.close()
    with pikepdf.open(path) as pdf:
        yield from ((where, text, None) for where, text in file_strings(pdf))


# -------------------------------------------------------------------- what is said
def _in_text(needle: Needle, place: Place, edition: Edition, variant: str | None, target: str) -> Finding:
    passage = needle.passage
    at = f"{passage.place}{f', {passage.place.field}' if passage.place.field else ''}"
    message = f"“{needle.written}” stands here, and is withheld from {_audience(variant, target)} ({at})."
    limited = passage.row.kind if passage.row else passage.place.field or ""
    may = f"'show: {{{limited}: {variant or target}}}'" if passage.kind in ("contact", "value") else "'show' there"
    return error("words-withheld", place, message, f"Take it out of this text, or let it be shown by {may}.")


def _audience(variant: str | None, target: str) -> str:
    return f"the variant '{variant}'" if variant else f"the {target} file"
