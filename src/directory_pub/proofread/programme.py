"""The programme: days in order, sessions that can take place as they are told, and names that lead to entries."""

from __future__ import annotations

import unicodedata
import zoneinfo
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from directory_pub.edition.languages import is_language
from directory_pub.edition.model import Edition
from directory_pub.edition.programme import PROGRAMME, Day, Programme, Session
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, programme_words
from directory_pub.edition.spelling import did_you_mean, near_name
from directory_pub.findings import Finding, error, note, warning

__all__ = ["proofread_programme"]

_LONG_PAUSE = 15  # minutes in which nothing is on: people change rooms in less


def proofread_programme(edition: Edition, motifs: Collection[str]) -> Iterator[Finding]:
    """Every finding on the programme, if the edition has one; ``motifs`` are those that there are."""
    programme = edition.programme
    if programme is None:
        return
    yield from _days(programme)
    yield from _rooms(programme, motifs)
    yield from _keys(edition, programme)
    yield from _zone(programme)
    yield from _own_words(edition, programme)
    for day in programme.days:
        yield from _times(day)
        yield from _overlaps(programme, day)
        yield from _gaps(day)
    yield from _names(edition, programme)


# -------------------------------------------------------------------- days, rooms, keys
def _days(programme: Programme) -> Iterator[Finding]:
    if not programme.days:
        yield error("programme-day", programme.place, "the programme has no day.", "Write its days and their sessions.")
    for day in programme.days:
        if not day.sessions:
            message = f"{day.date} has no session that can be printed."
            yield error("programme-day", day.place, message, "Write its sessions, or take the day out.")
    for before, after in pairwise(programme.days):
        if after.date < before.date:
            message = f"{after.date} stands behind {before.date}."
            remedy = "Put the days in their order: the book has them as they stand here."
            yield warning("programme-day", after.place, message, remedy)


def _rooms(programme: Programme, motifs: Collection[str]) -> Iterator[Finding]:
    used = {key for session in programme.sessions for key in session.rooms}
    for room in programme.rooms:
        if room.motif and room.motif not in motifs:
            remedy = did_you_mean(room.motif, sorted(motifs), "Leave it out to have one chosen by the key.")
            yield error("motif-unknown", room.motif_place or room.place, f"'{room.motif}' is no motif.", remedy)
        if room.key not in used:
            message = f"no session is in '{room.name}'."
            yield note("field-unused", room.place, message, "Take the room out, or name it in a session.")


def _keys(edition: Edition, programme: Programme) -> Iterator[Finding]:
    """What the programme is called in the book may be the key of nothing else."""
    own = {PROGRAMME, *(day.key for day in programme.days)}
    places = {text.key: text.place for text in edition.texts} | {each.key: each.place for each in edition.sections}
    for key in own & places.keys():
        message = f"'{key}' is what the programme is called in the book."
        yield error("name-duplicate", places[key], message, "Choose another key.")


def _zone(programme: Programme) -> Iterator[Finding]:
    """The time zone is one that this machine knows, if it knows any."""
    known = zoneinfo.available_timezones() if programme.timezone else set()
    if programme.timezone and known and programme.timezone not in known:
        remedy = did_you_mean(programme.timezone, sorted(known), "Write it as Europe/Zurich.")
        place = programme.timezone_place or programme.place
        yield error("value-type", place, f"'{programme.timezone}' is no time zone.", remedy)


def _own_words(edition: Edition, programme: Programme) -> Iterator[Finding]:
    """A note where words of the tool's own are printed in English in a book of another language."""
    if programme_words(edition.language) or not is_language(edition.language):
        return
    told = [ENGLISH_PROGRAMME.programme] if programme.title == ENGLISH_PROGRAMME.programme else []
    told += [ENGLISH_PROGRAMME.chair] if any(session.chair for session in programme.sessions) else []
    told += [ENGLISH_PROGRAMME.all_rooms] if any(session.in_all for session in programme.sessions) else []
    if told:
        message = (
            f"we have no words in '{edition.language}' for {', '.join(f'“{word}”' for word in told)} in a programme."
        )
        remedy = "Write 'title' in the programme, and the chair among the speakers."
        yield note("words-english", programme.place, message, remedy)


# -------------------------------------------------------------------- times
def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _times(day: Day) -> Iterator[Finding]:
    for session in day.sessions:
        if session.end <= session.start:
            message = f"“{session.title}” ends at {_clock(session.end)}, and begins at {_clock(session.start)}."
            remedy = 'Mend one of the two; what goes on past midnight ends at "24:00".'
            yield error("session-time", session.place_of("end"), message, remedy)
    for before, after in pairwise(day.sessions):
        # Whoever writes room by room begins again with each.
        if after.start < before.start and (before.rooms == after.rooms or before.in_all or after.in_all):
            message = f"“{after.title}” begins before “{before.title}”, which stands above it."
            remedy = "Mend its time, or put it in its place: the book has the sessions in the order of the clock."
            yield warning("session-time", after.place_of("start"), message, remedy)


def _overlaps(programme: Programme, day: Day) -> Iterator[Finding]:
    """Two sessions in one room, and one person in two rooms."""
    timely = [session for session in day.sessions if session.start < session.end]
    for one, other in combinations(timely, 2):
        if not one.overlaps(other):
            continue
        both = set(one.rooms) & set(other.rooms) & {room.key for room in programme.rooms}
        if both or ((one.in_all or other.in_all) and not (one.is_break or other.is_break)):
            where = " and ".join(programme.room(key).name for key in sorted(both)) or "all rooms"
            message = f"“{other.title}” is in {where} at {_clock(other.start)}, when “{one.title}” is there."
            remedy = f"Mend a time or a room: “{one.title}”, {_at(one)}, ends at {_clock(one.end)}."
            yield error("session-overlap", other.place, message, remedy)
            continue
        known = {_person(each.name) for each in one.people}
        for each in other.people:
            if _person(each.name) in known:
                message = f"{each.name} is in “{one.title}” ({_at(one)}) when “{other.title}” begins."
                yield warning("session-overlap", each.place, message, "Mend a time, or name the person once.")


def _at(session: Session) -> str:
    return str(session.place)


def _gaps(day: Day) -> Iterator[Finding]:
    """Time between two sessions in which nothing is on anywhere: a break that was forgotten, or a wrong time."""
    ordered = sorted((session for session in day.sessions if session.start < session.end), key=lambda each: each.start)
    last = ordered[0] if ordered else None
    for session in ordered[1:]:
        assert last is not None
        if session.start - last.end > _LONG_PAUSE and not session.is_break and not last.is_break:
            message = f"nothing is on from {_clock(last.end)} to {_clock(session.start)}, before “{session.title}”."
            remedy = "Write a session of the kind break, or mend a time."
            yield note("session-gap", session.place_of("start"), message, remedy)
        last = max(last, session, key=lambda each: each.end)


# -------------------------------------------------------------------- names
def _names(edition: Edition, programme: Programme) -> Iterator[Finding]:
    """A note on each name that is an entry's, or nearly, and leads nowhere; each name is told of once."""
    names = {" ".join(entry.name.split()): entry.key for entry in edition.entries}
    alike = {_person(name): key for name, key in names.items()}
    told: set[str] = set()
    for session in programme.sessions:
        for each in session.people:
            if each.key or each.name in told:
                continue
            told.add(each.name)
            key = alike.get(_person(each.name))
            near = None if key else near_name(each.name, names)
            if key or (near and _differs_little(each.name, near)):
                found = key or names[near or ""]
                what = "is the name of an entry" if key else f"is nearly “{near}”, the name of an entry"
                message = f"“{each.name}” {what}, and leads to no page."
                yield note(
                    "person-unlinked", each.place, message, f"Write its key, '{found}', if that is who is meant."
                )


def _differs_little(one: str, other: str) -> bool:
    """Whether two names differ in one word alone, as by a slip: two of one family are two."""
    words, others = _person(one).split(), _person(other).split()
    return (
        len(words) == len(others) > 1
        and sum(a != b for a, b in zip(words, others, strict=True)) == 1
        and all(near_name(a, [b]) for a, b in zip(words, others, strict=True))
    )


def _person(name: str) -> str:
    """A name without case and accents."""
    bare = (each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return " ".join("".join(bare).split())
