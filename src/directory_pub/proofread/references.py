"""Names, marks, motifs, languages and links inside the book: what must lead somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.flatplan import FIXED_KINDS
from directory_pub.edition.languages import is_language
from directory_pub.edition.model import NO_MOTIF, Edition, Entry, TextPage
from directory_pub.edition.own_words import ENGLISH, own_words
from directory_pub.edition.spelling import did_you_mean, near_name
from directory_pub.edition.text import Run, runs_within
from directory_pub.findings import Finding, Place, error, note, warning
from directory_pub.proofread.links import (
    NationalNumber,
    check_link,
    check_row,
    check_shown,
    national_numbers,
    tell_of_country,
)
from directory_pub.storage.store import Store

__all__ = ["proofread_references"]

_SPAN = re.compile(r"\]\{lang=([^}]*)\}")


class Referred(Struct, frozen=True):
    """What one text refers to: languages, places in the book, and what is wrong with it whatever the book."""

    languages: tuple[tuple[str, Place], ...]
    anchors: tuple[tuple[str, Place], ...]
    links: tuple[Finding, ...]
    contact_languages: tuple[tuple[str, Place], ...]
    contact: tuple[Finding, ...]
    national: tuple[NationalNumber, ...]


def proofread_references(edition: Edition, motifs: Collection[str], store: Store | None = None) -> list[Finding]:
    """Findings on everything that refers to something else; ``store`` knows entries that were read before."""
    store = store or Store()
    texts = [_recall(text, edition, store) for text in edition.texts]
    return [
        *_layouts(edition),
        *_names(edition),
        *_marks(edition),
        *_motifs(edition, motifs),
        *_own_fields(edition),
        *_languages(edition, texts),
        *_own_words(edition),
        *_links(edition, texts),
        *_see_also(edition),
        *(finding for text in texts for finding in text.contact),
        *tell_of_country([number for text in texts for number in text.national]),
    ]


def _recall(text: Entry | TextPage, edition: Edition, store: Store) -> Referred:
    """What a text refers to; its numbers are dialled in its own country, else in the edition's."""
    country = (text.country if isinstance(text, Entry) else None) or edition.country
    table = edition.contact_table
    if not isinstance(text, Entry) or not text.digest:
        return _referred(text, country, table)
    told = (text.whereabouts, text.digest, country, table.digest)
    return store.recall("references", Referred, lambda: _referred(text, country, table), *told)


def _referred(text: Entry | TextPage, country: str | None, table: ContactTable) -> Referred:
    languages = [(text.language, text.place_of("language"))] if isinstance(text, Entry) and text.language else []
    anchors: list[tuple[str, Place]] = []
    links: list[Finding] = []
    for run in _runs(text):
        place = text.in_body(run.line)
        if run.language:
            languages.append((run.language, place))
        if run.href is not None and run.href.startswith("#"):
            anchors.append((run.href, place))
        elif run.href is not None:
            links += check_link(run.href, place)
            links += () if links else check_shown(run.text, run.href, place)
    rows = _contact_rows(text)
    return Referred(
        languages=tuple(languages),
        anchors=tuple(anchors),
        links=tuple(links),
        contact_languages=tuple((tag, row.place) for row in rows for tag in _SPAN.findall(row.text)),
        contact=tuple(finding for row in rows for finding in check_row(row, country, table)),
        national=tuple(number for row in rows for number in national_numbers(row, country, table)),
    )


# -------------------------------------------------------------------- names
_KINDS = ("text", "letter", "illustration", "plate")  # that a text may name


def _layouts(edition: Edition) -> Iterator[Finding]:
    """Every text page has a layout."""
    for page in edition.text_pages.values():
        layout = f"layouts/pages/{page.kind}.html.j2"
        if not edition.theme.find(layout):
            listed = "pages" if edition.pages else "front_matter"
            otherwise = f"Write {layout}, as docs/designers.md shows, or take '{page.key}' out of {listed}."
            remedy = did_you_mean(page.kind, _KINDS, f"There are {', '.join(_KINDS)}. {otherwise}")
            yield error("layout-fault", page.place, f"there is no layout for it: {layout}.", remedy)
        elif page.picture and "page.picture" not in edition.theme.read_text(layout):
            message = f"a page of the kind '{page.kind}' has no place for a picture."
            remedy = "Give it 'kind: letter', illustration or plate, or put the picture into the text."
            yield error("picture-unplaced", page.picture.file_place, message, remedy)


def _names(edition: Edition) -> Iterator[Finding]:
    keys: dict[str, Place] = {}
    names: dict[tuple[str, str], Place] = {}
    for page in edition.text_pages.values():
        keys[page.key] = page.place
    for section in sorted(edition.sections, key=lambda section: section.form == "register"):
        yield from _key_once(keys, section.key, section.place, "Choose another key.")
        for entry in section.entries:
            # What stands in a register may stand elsewhere in full.
            if section.form != "register" or keys.get(entry.key) != entry.place:
                yield from _key_once(keys, entry.key, entry.place, "Rename the file, or list it once.")
            yield from _name_once(names, entry)
            yield from _no_notes(entry)


def _key_once(seen: dict[str, Place], key: str, place: Place, remedy: str) -> Iterator[Finding]:
    """A key is an anchor in the book: no two can have one."""
    if key in FIXED_KINDS:
        yield error("name-duplicate", place, f"'{key}' is a page of the book already.", remedy)
    elif key in seen:
        yield error("name-duplicate", place, f"the key '{key}' stands in {seen[key]} already.", remedy)
    seen.setdefault(key, place)


def _name_once(seen: dict[tuple[str, str], Place], entry: Entry) -> Iterator[Finding]:
    """Two entries of one name, whatever its case, accents' encoding and spaces, may be two that are called alike.

    In two places they are two.
    """
    told, place = " ".join(unicodedata.normalize("NFC", entry.name).casefold().split()), entry.place_of("name")
    name = (told, entry.locality or "")
    # An entry that is listed twice is told of by its key.
    if name in seen and seen[name] != place:
        message = f"the name '{entry.name}' stands in {seen[name]} already."
        remedy = "If they are two, tell them apart, as in 'Harbour Network (Bergen)'; otherwise take one out."
        yield warning("name-duplicate", place, message, remedy)
    seen.setdefault(name, place)


def _no_notes(entry: Entry) -> Iterator[Finding]:
    for field in ("name", "subtitle"):
        if "[^" in (getattr(entry, field) or ""):
            message, remedy = "a footnote is called in a heading.", "Move the call into the text below."
            yield error("note-in-heading", entry.place_of(field), message, remedy)


def _marks(edition: Edition) -> Iterator[Finding]:
    known = [mark.key for mark in edition.marks]
    for entry in edition.entries:
        if entry.mark and entry.mark not in known:
            yield error(
                "mark-unknown",
                entry.place_of("mark"),
                f"'{entry.mark}' is no mark of the edition.",
                did_you_mean(entry.mark, known, "Define it under 'marks' in edition.yaml."),
            )
    used = {entry.mark for entry in edition.entries}
    meant = {near_name(mark, known) for mark in used if mark and mark not in known}
    for mark in edition.marks:
        if mark.key not in used | meant:
            yield warning(
                "mark-unused",
                mark.place,
                f"no entry carries '{mark.key}', and its legend is printed.",
                "Take the mark out, or give it to an entry.",
            )


def _motifs(edition: Edition, motifs: Collection[str]) -> Iterator[Finding]:
    for entry in edition.entries:
        if entry.motif == NO_MOTIF:
            if not entry.pictures:
                remedy = "Give the entry a logo or a photo, or leave the line out to have a motif drawn."
                yield error("motif-unknown", entry.place_of("motif"), "nothing would stand in its place.", remedy)
        elif entry.motif and entry.motif not in motifs:
            yield error(
                "motif-unknown",
                entry.place_of("motif"),
                f"'{entry.motif}' is no motif.",
                did_you_mean(entry.motif, sorted(motifs), "Leave it out to have one drawn from the key."),
            )


def _own_fields(edition: Edition) -> Iterator[Finding]:
    """A note on each field of the edition's own that no entry fills."""
    filled = {value.field for entry in edition.entries for value in entry.values}
    for field in edition.fields:
        if field.name not in filled:
            remedy = "Take it out, or fill it in an entry."
            yield note("field-unused", field.place, f"no entry has anything in '{field.name}'.", remedy)


# -------------------------------------------------------------------- languages
def _languages(edition: Edition, texts: Sequence[Referred]) -> Iterator[Finding]:
    used = [(edition.language, edition.place_of("language"))]
    used += [(tag, edition.place_of("languages")) for tag in edition.languages]
    used += [each for text in texts for each in text.languages]
    used += [each for text in texts for each in text.contact_languages]
    for tag, place in used:
        if not is_language(tag):
            yield error(
                "language-unknown", place, f"'{tag}' is no language tag.", "Use a tag such as en-GB, fr or de-CH."
            )
        elif edition.languages and tag not in (*edition.languages, edition.language):
            yield warning(
                "language-undeclared",
                place,
                f"'{tag}' is not among the edition's languages.",
                "Add it to 'languages' in edition.yaml, or mend the tag.",
            )


def _own_words(edition: Edition) -> Iterator[Finding]:
    """A note where the tool has no words of its own in the book's language, and prints or says some."""
    if own_words(edition.language) or not is_language(edition.language):
        return
    told = [ENGLISH.cover] if edition.cover else []
    told += [ENGLISH.contents] if edition.contents_title == ENGLISH.contents else []
    titles = {page.title: ENGLISH.title_of(page.key) for page in edition.text_pages.values()}
    told += [own for title, own in titles.items() if own and title == own]
    told += _words_of_references(edition)
    told += _words_of_indexes(edition)
    if told:
        message = f"we have no words in '{edition.language}' for {', '.join(f'“{word}”' for word in told)}."
        remedy = (
            "Write 'contents: {title: …}' in edition.yaml and 'title: …' in preface.md; the cover's bookmark stays."
        )
        yield note("words-english", edition.place_of("language"), message, remedy)


def _words_of_indexes(edition: Edition) -> list[str]:
    """The titles and words of indexes that are in English."""
    told = [index.title for index in edition.indexes if index.title == ENGLISH.title_of(index.of)]
    told += [ENGLISH.see] if any(each.only for index in edition.indexes for each in index.see) else []
    told += [ENGLISH.see_also] if any(not each.only for index in edition.indexes for each in index.see) else []
    return list(dict.fromkeys(told))


def _words_of_references(edition: Edition) -> list[str]:
    """The English words that are printed with cross references."""
    has_row = any(entry.see_also for entry in edition.entries)
    names_page = edition.press_references == "page" or edition.email_references == "page"
    refers = names_page and (
        has_row or any((run.href or "")[:1] == "#" for text in edition.texts for run in _runs(text))
    )
    return [ENGLISH.page.partition(" ")[0]] * refers + [ENGLISH.see_also.capitalize()] * has_row


def _runs(page: Entry | TextPage) -> Iterator[Run]:
    """All runs of a page, footnotes included."""
    for runs in runs_within(page.body):
        for run in runs:
            yield run
            yield from run.note.runs if run.note else ()


# -------------------------------------------------------------------- links inside the book
def _links(edition: Edition, texts: Sequence[Referred]) -> Iterator[Finding]:
    known = {text.key for text in edition.texts} | {part.key for part in edition.order}
    for text in texts:
        for href, place in text.anchors:
            if href[1:] not in known:
                remedy = did_you_mean(href[1:], known, "Name an entry's key.")
                yield error("reference-broken", place, f"'{href}' leads to no entry or section.", remedy)
        yield from text.links


def _see_also(edition: Edition) -> Iterator[Finding]:
    """Every key that an entry refers to below its text is another's, and is named once."""
    known = {text.key for text in edition.texts} | {section.key for section in edition.sections}
    for entry in edition.entries:
        keys = [reference.key for reference in entry.see_also]
        for at, reference in enumerate(entry.see_also):
            if reference.key not in known:
                remedy = did_you_mean(reference.key, known - {entry.key}, "Name an entry's key.")
                message = f"'{reference.key}' is no entry or section."
            elif reference.key == entry.key:
                message, remedy = f"'{reference.key}' is this entry.", "Name another one's key, or take it out."
            elif reference.key in keys[:at]:
                message, remedy = f"'{reference.key}' is named already.", "Name it once."
            else:
                continue
            yield error("reference-broken", reference.place, message, remedy)


def _contact_rows(text: Entry | TextPage) -> Sequence[ContactRow]:
    if isinstance(text, Entry):
        return (*text.contact, *(value.row for value in text.values))
    return text.publisher.contact if text.publisher else ()
