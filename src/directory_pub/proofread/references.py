"""Names, marks, motifs, languages, links and addresses: what must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import langcodes
import phonenumbers

from directory_pub.findings import Finding, Place, error, note, warning
from directory_pub.memo import Memo
from directory_pub.model import ContactRow, Edition, Entry, FrontMatter, Run, runs_within
from directory_pub.spelling import did_you_mean

__all__ = ["proofread_references"]

_RESERVED = frozenset({"cover", "inside-cover", "preface", "imprint", "contents", "notes", "back-cover"})
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?")
_SPAN = re.compile(r"\]\{lang=([^}]*)\}")
_NETWORKS = ("bluesky", "facebook", "instagram", "linkedin", "mastodon", "twitter", "youtube")


@dataclass(frozen=True, slots=True)
class Referred:
    """What one text refers to: languages, places in the book, and what is wrong with it whatever the book."""

    languages: tuple[tuple[str, Place], ...]
    anchors: tuple[tuple[str, Place], ...]
    links: tuple[Finding, ...]
    contact_languages: tuple[tuple[str, Place], ...]
    contact: tuple[Finding, ...]


def proofread_references(edition: Edition, motifs: Collection[str], memo: Memo | None = None) -> list[Finding]:
    """Findings on everything that refers to something else; ``memo`` knows entries that were read before."""
    memo = memo or Memo()
    texts = [_recall(text, memo) for text in edition.texts]
    return [
        *_names(edition),
        *_marks(edition),
        *_motifs(edition, motifs),
        *_languages(edition, texts),
        *_links(edition, texts),
        *(finding for text in texts for finding in text.contact),
    ]


def _recall(text: Entry | FrontMatter, memo: Memo) -> Referred:
    if not isinstance(text, Entry) or not text.digest:
        return _referred(text)
    return memo.recall("references", lambda: _referred(text), text.place.file, text.digest)


def _referred(text: Entry | FrontMatter) -> Referred:
    file = text.place.file
    languages = [(text.language, text.place_of("language"))] if isinstance(text, Entry) and text.language else []
    anchors: list[tuple[str, Place]] = []
    links: list[Finding] = []
    for run in _runs(text):
        place = Place(file=file, line=run.line, field="body")
        if run.language:
            languages.append((run.language, place))
        if run.href is not None and run.href.startswith("#"):
            anchors.append((run.href, place))
        elif run.href is not None:
            links += _link(run.href, place)
    rows = _contact_rows(text)
    return Referred(
        languages=tuple(languages),
        anchors=tuple(anchors),
        links=tuple(links),
        contact_languages=tuple((tag, row.place) for row in rows for tag in _SPAN.findall(row.text)),
        contact=tuple(finding for row in rows for finding in _contact(row)),
    )


# -------------------------------------------------------------------- names
def _names(edition: Edition) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for section in edition.sections:
        yield from _once(seen, f"key {section.key}", section.place, f"the key '{section.key}'")
        if section.key in _RESERVED:
            yield error(
                "name-duplicate",
                section.place,
                f"'{section.key}' is a page of the book already.",
                "Choose another key.",
            )
    for entry in edition.entries:
        yield from _once(seen, f"key {entry.key}", entry.place, f"the key '{entry.key}'")
        yield from _once(seen, f"name {entry.name.casefold()}", entry.place_of("name"), f"the name '{entry.name}'")
        if entry.key in _RESERVED:
            yield error(
                "name-duplicate", entry.place, f"'{entry.key}' is a page of the book already.", "Rename the file."
            )
        for field in ("name", "subtitle"):
            if "[^" in (getattr(entry, field) or ""):
                yield error(
                    "note-in-heading",
                    entry.place_of(field),
                    "a footnote is called in a heading.",
                    "Move the call into the text below.",
                )


def _once(seen: dict[str, Place], what: str, place: Place, name: str) -> Iterator[Finding]:
    if what in seen:
        yield error(
            "name-duplicate",
            place,
            f"{name} stands in {seen[what]} already.",
            "Each key and name is there once: change one.",
        )
    seen.setdefault(what, place)


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
    for mark in edition.marks:
        if not any(entry.mark == mark.key for entry in edition.entries):
            yield warning(
                "mark-unused",
                mark.place,
                f"no entry carries '{mark.key}', and its legend is printed.",
                "Take the mark out, or give it to an entry.",
            )


def _motifs(edition: Edition, motifs: Collection[str]) -> Iterator[Finding]:
    for entry in edition.entries:
        if entry.motif and entry.motif not in motifs:
            yield error(
                "motif-unknown",
                entry.place_of("motif"),
                f"'{entry.motif}' is no motif.",
                did_you_mean(entry.motif, sorted(motifs), "Leave it out to have one drawn from the key."),
            )


# -------------------------------------------------------------------- languages
def _languages(edition: Edition, texts: Sequence[Referred]) -> Iterator[Finding]:
    used = [(edition.language, edition.place_of("language"))]
    used += [(tag, edition.place_of("languages")) for tag in edition.languages]
    used += [each for text in texts for each in text.languages]
    used += [each for text in texts for each in text.contact_languages]
    for tag, place in used:
        if not langcodes.tag_is_valid(tag):
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


def _runs(page: Entry | FrontMatter) -> Iterator[Run]:
    """All runs of a page, footnotes included."""
    for runs in runs_within(page.body):
        for run in runs:
            yield run
            yield from run.note.runs if run.note else ()


# -------------------------------------------------------------------- links and contact
def _links(edition: Edition, texts: Sequence[Referred]) -> Iterator[Finding]:
    known = {entry.key for entry in edition.entries} | {section.key for section in edition.sections}
    for text in texts:
        for href, place in text.anchors:
            if href[1:] not in known:
                yield error(
                    "reference-broken",
                    place,
                    f"'{href}' leads to no entry or section.",
                    did_you_mean(href[1:], known, "Name an entry's key."),
                )
        yield from text.links


def _link(href: str, place: Place) -> Iterator[Finding]:
    parts = _split(href)
    if parts.scheme in ("file", "data", "javascript", "ftp") or href.startswith(("/", "..")):
        yield error(
            "outside-project",
            place,
            f"'{href}' leads out of the book to this computer.",
            "Link to a web page, a mail address or an entry.",
        )
    elif parts.scheme in ("http", "https"):
        if not _HOST.fullmatch(parts.netloc):
            yield error("link-syntax", place, f"'{href}' has no host.", "Write it as https://example.org/page.")
    elif parts.scheme == "mailto":
        if not _MAIL.fullmatch(parts.path):
            yield error("mail-syntax", place, f"'{parts.path}' is no mail address.", "Write it as name@example.org.")
    elif parts.scheme != "tel":
        yield error("link-syntax", place, f"'{href}' cannot be opened.", "Begin it with https://.")


def _split(href: str) -> SplitResult:
    """The parts of an address; one that cannot be taken apart has none."""
    try:
        return urlsplit(href)
    except ValueError:
        return urlsplit("")


def _contact_rows(text: Entry | FrontMatter) -> Sequence[ContactRow]:
    if isinstance(text, Entry):
        return text.contact
    return text.publisher.contact if text.publisher else ()


def _contact(row: ContactRow) -> Iterator[Finding]:
    match row.kind:
        case "web":
            host = _split(row.text if "://" in row.text else f"https://{row.text}").netloc
            if " " in row.text or not _HOST.fullmatch(host):
                yield error(
                    "link-syntax", row.place, f"'{row.text}' is no web address.", "Write it as www.example.org."
                )
        case "mail":
            if not _MAIL.fullmatch(row.text):
                yield error(
                    "mail-syntax", row.place, f"'{row.text}' is no mail address.", "Write it as name@example.org."
                )
        case "phone" | "fax":
            yield from _phone(row)
        case "social" if row.network not in _NETWORKS:
            yield error(
                "value-type",
                row.place,
                f"'{row.network}' is no network that we have an icon for.",
                did_you_mean(row.network or "", _NETWORKS, f"Known: {', '.join(_NETWORKS)}."),
            )


def _phone(row: ContactRow) -> Iterator[Finding]:
    try:
        number = phonenumbers.parse(row.text)
    except phonenumbers.NumberParseException:
        yield error(
            "phone-number",
            row.place,
            f"'{row.text}' cannot be dialled.",
            "Write it with its country code, such as +41 22 910 45 05.",
        )
        return
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        short = reason == phonenumbers.ValidationResult.TOO_SHORT
        yield note(
            "phone-number",
            row.place,
            f"'{row.text}' is {'too short' if short else 'not possible'} for its country.",
            "Ask for the number: a digit may be lost.",
        )
