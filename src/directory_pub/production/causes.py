"""One cause, one finding: what follows from a defect that has been reported is not reported as well.

What cannot be printed is replaced, so that the proof can be made and nothing else goes wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.design.faces import FontLibrary, read_style_families
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Entry, Section, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.rewriting import with_runs
from directory_pub.edition.text import Block, Note, Pictures, Quote, Run, Table, notes_within, photos_within
from directory_pub.findings import Finding, Place, Report, Severity
from directory_pub.proofread import UNUSABLE_PHOTO, leads_somewhere

__all__ = ["first_of_each_place", "printable_edition", "untold"]

_SUBJECT = re.compile(r"(?<=')[^']{4,}(?=')|U\+[0-9A-F]{4,}")
_UNDRAWN = ("glyph-missing", "character-unseen")
_UNOPENED = ("link-syntax", "mail-syntax", "outside-project")
_NO_FACE = ("face-missing", "face-unknown")
_DRAWN = ("icon-wrong", "picture-lost")
_REPLACEMENT = "■"
_PRINTED = frozenset((
    "text", "texts", "locality", "label", "name", "subtitle", "credit", "title", "contents_title", "note_pages_title",
    "sign", "legend", "initial", "address", "wordmark", "series", "words", "event", "theme", "date", "venue", "year",
))  # fmt: skip
_STYLES: dict[type, str] = {
    Photo: "picture-caption",
    Quote: "quote",
    Table: "table",
    Note: "note",
    ContactRow: "contact",
}
_FIELDS = {"credit": "credit", "name": "title"}  # set in a style of their own
T = TypeVar("T")


def printable_edition(edition: Edition, findings: Sequence[Finding], library: FontLibrary) -> Edition:
    """The edition with everything replaced that cannot be printed.

    An unusable picture becomes artwork or is left out, and so is one beside a logo in a listing; a character without a
    glyph becomes a mark, a link that must not be opened its words alone; a page of front matter without a layout is
    left out, and so are footnotes and tables in a listing.
    """
    unusable = {finding.place for finding in findings if finding.code in UNUSABLE_PHOTO}
    unplaced = {finding.place for finding in findings if finding.code == "picture-unplaced"}
    unopened = {f.place.file for f in findings if f.code in _UNOPENED and f.severity is Severity.ERROR}
    without_layout = {finding.place for finding in findings if finding.code == "layout-fault"}
    families = read_style_families(edition.theme, library)
    undrawn = {f.place.file for f in findings if f.code in _UNDRAWN and f.severity is Severity.ERROR}

    def drawable(part: T, files: Set[str]) -> T:
        part = _without_dead_links(part) if files & unopened else part
        return _with_replacements(part, library, families, "text") if files & undrawn else part

    listed = {
        entry.key for section in edition.sections if section.form in ("compact", "people") for entry in section.entries
    }

    def entry(each: Entry) -> Entry:
        if each.key in listed and each.note_count:
            each = replace(each, body=with_runs(each.body, _without_notes), note_count=0, digest="")
        if each.key in listed and any(isinstance(block, Table) for block in each.body):
            body = tuple(block for block in each.body if not isinstance(block, Table))
            each = replace(each, body=body, note_count=sum(1 for _ in notes_within(body)), digest="")
        each = _without_pictures(each, unusable, only_tile=each.key in listed)
        if each.logo and each.logo.file_place in unusable:
            each = replace(each, logo=None)
        if each.key in listed and each.photo and each.logo:
            each = replace(each, photo=None, digest="")
        # Changed text no longer has the digest of its file.
        return replace(drawable(each, each.files), digest="") if each.files & (undrawn | unopened) else each

    file = {edition.place.file}

    def section(each: Section) -> Section:
        # The heads of groups are from entries' files.
        told = file.union(*(one.files for one in each.entries))
        entries = list(map(entry, each.entries))
        return replace(drawable(replace(each, entries=()), told), entries=each.entries).with_entries(entries)

    sections = list(map(section, edition.sections))

    def front_page(page: TextPage) -> TextPage:
        publisher = page.publisher
        if publisher and publisher.logo and publisher.logo.file_place in unusable:
            page = replace(page, publisher=replace(publisher, logo=None))
        if page.picture and page.picture.file_place in unusable | unplaced:
            page = replace(page, picture=None)
        page = replace(page, body=_body_without(page.body, unusable))
        return drawable(page, {page.place.file})

    front = {kind: front_page(page) for kind, page in edition.text_pages.items() if page.place not in without_layout}
    cover = edition.cover
    if cover and cover.picture and cover.picture.file_place in unusable:
        cover = replace(cover, picture=None)
    programme = edition.programme and drawable(edition.programme, {edition.programme.place.file})
    if programme:
        days = tuple(day for day in programme.days if day.sessions)
        programme = replace(programme, days=days) if days else None
    sponsors = edition.sponsors and edition.sponsors.with_each(
        lambda each: replace(each, logo=None) if each.logo and each.logo.file_place in unusable else each
    )
    own = drawable(replace(edition, sections=(), text_pages={}, cover=cover, programme=None, sponsors=None), file)
    own = replace(own, programme=programme)
    if sponsors:
        own = replace(own, sponsors=drawable(sponsors, {sponsors.place.file}))
    return replace(own, sections=tuple(sections), text_pages=front)


def _without_pictures(entry: Entry, unusable: Set[Place], *, only_tile: bool) -> Entry:
    """An entry without the pictures that cannot be printed; if it is one of several on a page, with one at most."""
    unplaced = {each.file_place for each in entry.pictures if only_tile and each != entry.photo}
    gone = unusable | unplaced
    photo, closing = entry.photo, entry.closing_photo
    photo = photo if photo and photo.file_place not in gone else None
    shown = replace(
        entry,
        photo=replace(photo, size="tile") if photo and only_tile else photo,
        photos=tuple(each for each in entry.photos if each.file_place not in gone),
        closing_photo=closing if closing and closing.file_place not in gone else None,
        body=_body_without(entry.body, gone),
    )
    return entry if shown == entry else replace(shown, digest="")


def _body_without(body: Sequence[Block], unusable: Set[Place]) -> tuple[Block, ...]:
    """A text without some of its pictures."""
    if not any(photo.file_place in unusable for photo in photos_within(body)):
        return tuple(body)
    left: list[Block] = []
    for block in body:
        if isinstance(block, Pictures):
            photos = tuple(photo for photo in block.photos if photo.file_place not in unusable)
            left += [replace(block, photos=photos)] if photos else []
        else:
            left.append(block)
    return tuple(left)


def _without_notes(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.note is None)


def _with_replacements(
    part: T,
    library: FontLibrary,
    families: Mapping[str, str],
    style: str,
    *,
    printed: bool = False,
    within: Run | None = None,
) -> T:
    """A part of the model with a mark for each character of its printed texts that its style's family does not draw.

    ``within`` is the run that it stands in.
    """
    made: Any = part
    match part:
        case str() if printed:
            family = families.get(style) or library.family("sans")
            bold, italic = (within.bold, within.italic) if within else (False, False)
            undrawn = library.missing(part, family, bold=bold, italic=italic)
            missing = [each for each in undrawn if not each.isspace()]
            made = part.translate(dict.fromkeys(map(ord, missing), _REPLACEMENT))
        case tuple():
            made = tuple(_with_replacements(each, library, families, style, printed=printed) for each in part)
        case Struct():
            own = next((style for kind, style in _STYLES.items() if isinstance(part, kind)), style)
            run = part if isinstance(part, Run) else None
            changed = {}
            for name in part.__struct_fields__:
                value, drawn = getattr(part, name), _FIELDS.get(name, own)
                changed[name] = _with_replacements(
                    value, library, families, drawn, printed=name in _PRINTED, within=run
                )
            made = replace(part, **changed)
    return cast("T", made)


def _without_dead_links(part: T) -> T:
    """A part of the model without the addresses that must not be opened."""
    made: Any = part
    match part:
        case tuple():
            made = tuple(map(_without_dead_links, part))
        case Struct():
            changed = {name: _without_dead_links(getattr(part, name)) for name in part.__struct_fields__}
            if isinstance(part, Run) and part.href is not None and not leads_somewhere(part.href):
                changed["href"] = None
            made = replace(part, **changed)
    return cast("T", made)


def first_of_each_place(findings: Sequence[Finding], report: Report, *, refused: bool = False) -> list[Finding]:
    """The findings of pages at places where no earlier step has reported an error.

    A value in a front matter is reported once, as a name stands in its entry and in the contents; a
    line of a body may have several defects of its own. Where the engine was ``refused`` a file, what
    that file draws is not reported as missing; where fonts/ lacks a face, neither is what was drawn in its place,
    nor are the rows of an icon whose file cannot be read.
    """
    lacks_icon = any(finding.code == "icon-wrong" for finding in report)
    lacks_face = any(finding.code in _NO_FACE for finding in report)
    reported = {finding.place for finding in report.of(Severity.ERROR) if finding.place.line}
    first = []
    for finding in findings:
        follows = (refused and finding.code in _DRAWN) or (lacks_face and finding.code == "face-synthetic")
        follows = follows or (lacks_icon and finding.code == "icon-wrong")
        if finding.place not in reported and not follows:
            first.append(finding)
        if finding.place.field not in (None, "body"):
            reported.add(finding.place)
    return first


def untold(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """The engine's complaints about what no earlier finding has named.

    What a finding is about stands in its message, in quotes or as a code point.
    """
    subjects = {subject for finding in report for subject in _SUBJECT.findall(finding.message)}
    return [finding for finding in findings if not any(subject in finding.message for subject in subjects)]
