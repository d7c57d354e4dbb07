"""What an entry of a section of people has because it is a person: the name that it is looked up by, its initials."""

from __future__ import annotations

import re

from directory_pub.edition.model import Entry, Section
from directory_pub.edition.person_names import bare_name, family_first
from directory_pub.edition.pictures import Photo

__all__ = [
    "AFFILIATION",
    "affiliation_of",
    "family_name",
    "initials",
    "is_people",
    "name_in_order",
    "plain_name",
    "portrait_focus",
]

AFFILIATION = "organisation"
"""The field of the edition's own that says where people are from, where their section names no other."""

_SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")
_DEGREES = re.compile(r"(?:,\s*(?:[A-Z][\w.-]*[A-Z.][\w.-]*|Jr|Sr)\s*)+$")  # as in "Ada Brandt, PhD, M.A."
_UNSEEN = dict.fromkeys((0xAD, 0x200B))
_CENTRE, _FACE = (50.0, 50.0), (50.0, 30.0)


def is_people(section: Section) -> bool:
    """Whether the entries of a section are set as people."""
    return section.form == "people"


def name_in_order(entry: Entry) -> str:
    """A person's name as it is put in order and stands in an index, the family's first: "Brandt, Ada"."""
    return entry.sort or family_first(bare_name(_DEGREES.sub("", plain_name(entry))))


def family_name(entry: Entry) -> str:
    """What a person is looked up by at the head of a page."""
    return name_in_order(entry).partition(",")[0].strip()


def initials(entry: Entry) -> str:
    """The first letters of a person's given and family's name, which stand in the place of a portrait."""
    family, _, given = name_in_order(entry).partition(",")
    words = [given.split(), family.split()]
    letters = [next((each for each in part[0] if each.isalnum()), "") for part in words if part]
    return "".join(letters).upper()


def affiliation_of(entry: Entry, section: Section) -> str:
    """The field of the edition's own that is printed below what a person does, if the entry has it."""
    value = entry.value_of(section.affiliation or AFFILIATION)
    return value.field if value else ""


def portrait_focus(photo: Photo) -> tuple[float, float]:
    """The point that the crop of a portrait keeps: where nobody has said, faces stand above the middle."""
    return _FACE if photo.focus == _CENTRE else photo.focus


def plain_name(entry: Entry) -> str:
    """A name on one line, without its languages and the places where it may break."""
    return re.sub(r"[ \t\n]+", " ", _SPAN.sub(r"\1", entry.name).translate(_UNSEEN)).strip()
