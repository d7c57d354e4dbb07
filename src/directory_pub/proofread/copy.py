"""The text itself: queries, cut-off sentences, doubled stops, characters without a glyph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from directory_pub.design.faces import FontLibrary, read_style_families
from directory_pub.edition.model import Edition, Entry, Query, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import Programme
from directory_pub.edition.text import Pictures, Quote, Run, Table, photos_within, runs_within
from directory_pub.findings import Finding, Place, note, warning
from directory_pub.proofread.glyphs import PrintedText, missing_glyphs
from directory_pub.proofread.sentences import unfinished_sentences
from directory_pub.storage.enclosure import read_text
from directory_pub.storage.store import Store

__all__ = ["proofread_copy"]

_Said = tuple[list[Finding], list[Finding]]
_DOUBLED = re.compile(r"(?<!\.)\.\.(?!\.)")


def proofread_copy(edition: Edition, library: FontLibrary, store: Store | None = None) -> list[Finding]:
    """Findings on words, sentence by sentence; ``store`` knows entries that were read before."""
    store, families = store or Store(), read_style_families(edition.theme, library)
    findings: list[Finding] = []
    missing: list[Finding] = list(missing_glyphs(_edition_texts(edition), families, library))
    for page in edition.texts:
        if isinstance(page, Entry) and page.digest:
            question = (page.whereabouts, page.digest, library.digest, sorted(families.items()))
            words, glyphs = store.recall(
                "copy", _Said, partial(_read_page, page, edition, families, library), *question
            )
        else:
            words, glyphs = _read_page(page, edition, families, library)
        findings += words
        missing += glyphs
    return findings + missing


def _read_page(page: Entry | TextPage, edition: Edition, families: Mapping[str, str], library: FontLibrary) -> _Said:
    """What is to be said of a page's words, and of its characters."""
    queried = list(_query_findings(page, edition))
    asked = {(finding.place.file, finding.place.line) for finding in queried}
    said = (*_stops(page), *unfinished_sentences(page.body, page.in_body), *_credits(page))
    missing = list(missing_glyphs(_page_texts(page), families, library))
    return [*queried, *(f for f in said if (f.place.file, f.place.line) not in asked)], missing


# -------------------------------------------------------------------- queries
def _query_findings(page: Entry | TextPage, edition: Edition) -> Iterator[Finding]:
    file = page.queries[0].place.file if page.queries else ""
    text = read_text(edition.root / file, edition.root, edition.folder) if file else ""
    for query in page.queries:
        line = _line_of(query, text)
        if line is None:
            yield warning(
                "query-stale",
                query.place,
                f"“{query.at}” does not stand in this file.",
                "Mend the words after 'at', or take the query out if it is settled.",
            )
        else:
            yield note(
                "query",
                Place(file=file, line=line),
                f"“{query.at}”: {query.query}",
                "Ask who wrote it; the text stays as it is until then.",
            )


def _line_of(query: Query, text: str) -> int | None:
    """The line of a query's passage: in the body first, in the front matter outside the queries else."""
    lines = text.split("\n")
    fence = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    body = [i for i in range(fence + 1, len(lines)) if query.at in lines[i]]
    keys = [lines[i] for i in range(fence)]
    for i in range(1, fence):  # the key that each line stands below
        keys[i] = lines[i] if lines[i][:1].strip(" -#") else keys[i - 1]
    head = [i for i in range(fence) if query.at in lines[i] and not keys[i].startswith("queries:")]
    found = [*body, *head]
    return found[0] + 1 if found else None


# -------------------------------------------------------------------- sentences
def _stops(page: Entry | TextPage) -> Iterator[Finding]:
    for runs in runs_within(page.body):
        for run in runs:
            if match := _DOUBLED.search(run.text):
                around = run.text[max(0, match.start() - 24) : match.end()]
                yield note(
                    "stop-doubled",
                    page.in_body(run.line_at(match.start())),
                    f"“…{around}” ends twice.",
                    "Take one full stop out if it is a slip.",
                )


def _credits(page: Entry | TextPage) -> Iterator[Finding]:
    for block in page.body:
        if isinstance(block, Quote) and block.credit and block.credit.runs and block.credit.runs[0].bold:
            name = block.credit.runs[0].text.strip(" ,")
            if " " not in name:
                yield note(
                    "credit-cut-short",
                    page.in_body(block.credit.line),
                    f"the credit names “{name}” alone.",
                    "Ask for the full name.",
                )


# -------------------------------------------------------------------- what is printed
def _edition_texts(edition: Edition) -> Iterator[PrintedText]:
    """Every printed text of edition.yaml with its place."""
    yield PrintedText(edition.title, edition.place_of("title"))
    yield PrintedText(edition.contents_title, edition.place_of("contents"))
    yield PrintedText(edition.note_pages_title or "", edition.place_of("note_pages"))
    if cover := edition.cover:
        words = (
            *cover.series,
            *cover.title,
            *cover.words,
            *cover.event,
            *cover.theme,
            *cover.venue,
            cover.year or "",
            cover.date or "",
        )
        yield PrintedText(" ".join(words), cover.place, "plate")
        if cover.picture:
            yield PrintedText(cover.picture.credit or "", cover.picture.place, "legal")
    for section in edition.sections:
        yield PrintedText(section.title, section.place, "plate")
        for entry in section.entries if section.form != "pages" else ():
            yield PrintedText(entry.locality or "", entry.place_of("place"))
    for field in edition.fields:
        yield PrintedText(field.label, field.place, bold=True)
    for index in edition.indexes:
        yield PrintedText(index.title, index.place, "title")
        yield from (PrintedText(f"{each.head} {each.to}", each.place, "index-head") for each in index.see)
    yield from _programme_texts(edition.programme) if edition.programme else ()
    if sponsors := edition.sponsors:
        yield PrintedText(sponsors.title, sponsors.place, "title")
        yield from (PrintedText(level.title, level.place, "sponsor-level") for level in sponsors.levels)
        yield from (PrintedText(each.name, each.place, "sponsor-name", bold=True) for each in sponsors.all())
    for mark in edition.marks:
        yield PrintedText(mark.sign + mark.legend, mark.place, "legend")


def _programme_texts(programme: Programme) -> Iterator[PrintedText]:
    yield PrintedText(programme.title, programme.place)
    yield from (PrintedText(room.name, room.place, "programme-room") for room in programme.rooms)
    yield from (PrintedText(each.name, each.place, "programme-where") for each in programme.elsewhere)
    for day in programme.days:
        yield PrintedText(day.title, day.place, "programme-day")
    for session in programme.sessions:
        yield PrintedText(session.title, session.place, "programme-title")
        yield PrintedText(session.kind, session.place_of("kind"), "programme-label")
        yield PrintedText(session.text, session.place_of("text"), "programme-text")
        yield from (PrintedText(each.name, each.place, "programme-people") for each in session.people)


def _page_texts(page: Entry | TextPage) -> Iterator[PrintedText]:
    if isinstance(page, Entry):
        yield PrintedText(page.name, page.place_of("name"), "title")
        yield PrintedText(page.short or "", page.place_of("short"), "guide")
        yield PrintedText(page.subtitle or "", page.place_of("subtitle"), "subtitle")
        for row in page.contact:
            yield PrintedText(f"{row.label or ''}{row.text}", row.place, "contact")
        for value in page.values:
            yield PrintedText(value.row.text, value.place)
        for photo in page.pictures:
            yield from _photo_texts(photo)
    if isinstance(page, TextPage):
        yield PrintedText(page.title or "", page.place, "title")
        if publisher := page.publisher:
            told = " ".join((publisher.name, *publisher.wordmark, publisher.address or ""))
            yield PrintedText(told, publisher.place, "publisher")
            for row in publisher.contact:
                yield PrintedText(f"{row.label or ''}{row.text}", row.place, "publisher")
        for photo in (*((page.picture,) if page.picture else ()), *photos_within(page.body)):
            yield from _photo_texts(photo)
    for block in (each for each in page.body if not isinstance(each, Pictures)):
        credit = block.credit.runs if isinstance(block, Quote) and block.credit else None
        for runs in runs_within((block,)):
            own = "quote" if isinstance(block, Quote) else "table" if isinstance(block, Table) else "text"
            style = "credit" if runs is credit else own
            for run in runs:
                yield from _run_texts(run, page.in_body, style)


def _photo_texts(photo: Photo) -> Iterator[PrintedText]:
    yield PrintedText(photo.credit or "", photo.place, "picture-caption")
    for run in photo.caption:
        yield from _run_texts(run, lambda line: replace(photo.place, line=line), "picture-caption")


def _run_texts(run: Run, at: Callable[[int], Place], style: str) -> Iterator[PrintedText]:
    yield PrintedText(run.text, at(run.line), style, run.bold, run.italic)
    if run.indexed:
        yield PrintedText(run.indexed.head, run.indexed.place, "index-head")
    if run.note:
        for inner in run.note.runs:
            yield PrintedText(inner.text, at(inner.line), "note", inner.bold, inner.italic)
