"""One cause, one finding: what follows from a defect that has been named is not told of as well.

What cannot be printed has a stand-in, so that the proof goes on and nothing else goes wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from directory_pub.design.faces import FontLibrary
from directory_pub.edition.model import Edition, Entry, Note, Quote, Run
from directory_pub.findings import Finding, Report, Severity
from directory_pub.proofread import UNUSABLE_PHOTO, leads_somewhere

__all__ = ["first_of_each_place", "printable_edition", "untold"]

_SUBJECT = re.compile(r"(?<=')[^']{4,}(?=')|U\+[0-9A-F]{4,}")
_UNDRAWN = ("glyph-missing", "character-unseen")
_UNOPENED = ("link-syntax", "mail-syntax", "outside-project")
_DRAWN = ("icon-wrong", "picture-lost")
_STAND_IN = "■"
_PRINTED = frozenset((
    "text", "label", "name", "subtitle", "credit", "title", "contents_title", "note_pages_title", "sign", "legend",
    "address", "wordmark", "series", "words", "event", "theme", "date", "venue", "year",
))  # fmt: skip
T = TypeVar("T")


def printable_edition(edition: Edition, findings: Sequence[Finding], library: FontLibrary) -> Edition:
    """The edition with a motif for each picture that is unusable, a mark for each character without a glyph, the
    words alone of a link that must not be opened, and no page of front matter that has no layout."""
    unusable = {finding.place for finding in findings if finding.code in UNUSABLE_PHOTO}
    unopened = {f.place.file for f in findings if f.code in _UNOPENED and f.severity is Severity.ERROR}
    without_layout = {finding.place for finding in findings if finding.code == "layout-fault"}
    undrawn = {f.place.file for f in findings if f.code in _UNDRAWN and f.severity is Severity.ERROR}

    def drawable(part: T, file: str) -> T:
        part = _without_dead_links(part) if file in unopened else part
        return _with_stand_ins(part, library, library.family("sans")) if file in undrawn else part

    def entry(each: Entry) -> Entry:
        if each.photo and each.photo.file_place in unusable:
            each = replace(each, photo=None)
        # Without the digest of a file that says something else.
        return replace(drawable(each, each.place.file), digest="") if each.place.file in undrawn | unopened else each

    file = edition.place.file
    sections = [
        replace(drawable(replace(s, entries=()), file), entries=tuple(map(entry, s.entries))) for s in edition.sections
    ]
    front = {
        kind: drawable(page, page.place.file)
        for kind, page in edition.front_matter.items()
        if page.place not in without_layout
    }
    own = drawable(replace(edition, sections=(), front_matter={}), file)
    return replace(own, sections=tuple(sections), front_matter=front)


def _with_stand_ins(part: T, library: FontLibrary, family: str, *, printed: bool = False) -> T:
    """A part of the model whose printed texts have nothing but what a family draws."""
    made: Any = part
    match part:
        case str() if printed:
            missing = [each for each in library.missing(part, family) if not each.isspace()]
            made = part.translate(dict.fromkeys(map(ord, missing), _STAND_IN))
        case tuple():
            made = tuple(_with_stand_ins(each, library, family, printed=printed) for each in part)
        case _ if is_dataclass(part):
            sans, serif = library.family("sans"), library.family("serif")
            own = serif if isinstance(part, Quote) else sans if isinstance(part, Note) else family
            changed = {
                name: _with_stand_ins(
                    getattr(part, name), library, sans if name == "credit" else own, printed=name in _PRINTED
                )
                for name in (each.name for each in fields(part))
            }
            made = replace(part, **changed)  # type: ignore[type-var] # it is a data class, as the case asks
    return cast("T", made)


def _without_dead_links(part: T) -> T:
    """A part of the model whose links all lead where a reader may go."""
    made: Any = part
    match part:
        case tuple():
            made = tuple(map(_without_dead_links, part))
        case _ if is_dataclass(part):
            changed = {each.name: _without_dead_links(getattr(part, each.name)) for each in fields(part)}
            if isinstance(part, Run) and part.href is not None and not leads_somewhere(part.href):
                changed["href"] = None
            made = replace(part, **changed)  # type: ignore[type-var] # it is a data class, as the case asks
    return cast("T", made)


def first_of_each_place(findings: Sequence[Finding], report: Report, *, refused: bool = False) -> list[Finding]:
    """What pages say of a place that no earlier step has called an error.

    Of a value in a front matter they speak once, for a name stands in its entry and in the contents; a line of a
    body may have several defects, each of its own. Where the engine was ``refused`` a file, what it draws is not there.
    """
    told = {finding.place for finding in report.of(Severity.ERROR) if finding.place.line}
    first = []
    for finding in findings:
        if finding.place not in told and not (refused and finding.code in _DRAWN):
            first.append(finding)
        if finding.place.field not in (None, "body"):
            told.add(finding.place)
    return first


def untold(findings: Sequence[Finding], report: Report) -> list[Finding]:
    """The engine's complaints that no earlier finding has named.

    What a finding is about stands in quotes or as a code point in its message.
    """
    subjects = {subject for finding in report for subject in _SUBJECT.findall(finding.message)}
    return [finding for finding in findings if not any(subject in finding.message for subject in subjects)]
