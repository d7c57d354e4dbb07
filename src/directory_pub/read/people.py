"""What edition.yaml says of a section of people, and what a portrait of one says to those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, cast

from msgspec.structs import replace

from directory_pub.edition.model import Entry, Portraits, Section, SectionForm
from directory_pub.edition.persons import AFFILIATION, is_people, plain_name
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Finding, Place, note
from directory_pub.read.sources import Sources

__all__ = ["read_people", "with_portraits"]

_OF_PEOPLE = ("portraits", "affiliation")


class PeopleFields(TypedDict, total=False):
    """The fields that only a section of people has."""

    portraits: Portraits
    affiliation: str


def read_people(s: Fields, form: SectionForm, sources: Sources) -> PeopleFields:
    """The fields of a section of people; on one of another form they are told of."""
    portraits, affiliation = cast(Portraits, s.word("portraits")), s.word("affiliation")
    if form != "people":
        for name in _OF_PEOPLE:
            if node := s.node(name):
                message, remedy = (
                    "has no effect: the section is none of people.",
                    "Take it out, or write 'form: people'.",
                )
                sources.findings.append(note("field-unused", node.place, message, remedy))
        return {}
    known = [field.name for field in sources.own]
    if affiliation not in known:
        if node := s.node("affiliation"):
            remedy = did_you_mean(affiliation, known, "Declare it under 'fields' in edition.yaml.")
            s.complain("key-unknown", node.place, f"'{affiliation}' is no field of the edition's own.", remedy)
        affiliation = AFFILIATION
    return {"portraits": portraits, "affiliation": affiliation}


def with_portraits(sections: Sequence[Section], findings: list[Finding]) -> list[Section]:
    """The sections with the name of each person for a text that their portrait lacks; of those nothing is told.

    An entry of a section of people is the same person where a register has it, too.
    """
    unsaid = {
        entry.key: entry
        for section in sections
        if is_people(section)
        for entry in section.entries
        if entry.photo and not entry.photo.alt
    }
    if not unsaid:
        return list(sections)
    findings[:] = [
        each for each in findings if each.code != "photo-alt" or not any(_is_of(each.place, e) for e in unsaid.values())
    ]
    return [
        section.with_entries([_named(each) if each.key in unsaid else each for each in section.entries])
        for section in sections
    ]


def _is_of(place: Place, entry: Entry) -> bool:
    """Whether a place is that of an entry's portrait: in its file, or in its row of a table."""
    own = entry.photo.file_place if entry.photo else entry.place
    return place.file == own.file and (place.line == own.line or own.file.endswith(".md"))


def _named(entry: Entry) -> Entry:
    photo = entry.photo
    return replace(entry, photo=replace(photo, alt=plain_name(entry))) if photo and not photo.alt else entry
