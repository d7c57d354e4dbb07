"""The programme as a calendar file (RFC 5545), one event a session: what phones and calendars take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from directory_pub.edition.model import Edition
from directory_pub.edition.programme import Day, Programme, Session
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, programme_words
from directory_pub.production.time_zone import time_zone_lines
from directory_pub.storage.hashes import hash_of

__all__ = ["programme_ics"]

_MOST_OCTETS = 75  # of a line, without its end
_MIDNIGHT = 24 * 60
_SPAN = re.compile(r"\[([^\]]+)\]\{lang=[\w-]+\}")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b")


def programme_ics(edition: Edition) -> bytes:
    """The file, the same to the byte in every build; empty where the edition has no programme.

    Times are those of the programme's time zone, or of whatever clock a reader goes by. An event keeps its name in
    other calendars while its day, its title and the order of sessions of that title stay.
    """
    if edition.programme is None:
        return b""
    return b"".join(_folded(line) for line in _lines(edition, edition.programme))


def _lines(edition: Edition, programme: Programme) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//directory_pub//{_text(edition.file_key)}//{edition.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{_text(edition.full_title)}"
    if programme.timezone:
        yield f"X-WR-TIMEZONE:{programme.timezone}"
    if programme.timezone and programme.timezone != "UTC" and programme.days:
        dates = sorted(date.fromisoformat(day.date) for day in programme.days)
        yield from time_zone_lines(programme.timezone, dates[0], dates[-1])
    stamp = f"{edition.created.replace('-', '')}T120000Z"
    for day in programme.days:
        known: dict[str, int] = {}
        for session in sorted(day.sessions, key=lambda each: (each.start, each.end)):
            number = known[session.title] = known.get(session.title, 0) + 1
            uid = hash_of(day.date, session.title, number)[:20]
            yield from ("BEGIN:VEVENT", f"UID:{uid}@{edition.key}", f"DTSTAMP:{stamp}")
            yield from _event(edition, programme, day, session)
    yield "END:VCALENDAR"


def _event(edition: Edition, programme: Programme, day: Day, session: Session) -> Iterator[str]:
    words = programme_words(edition.language) or ENGLISH_PROGRAMME
    yield _time("DTSTART", day, session.start, programme.timezone)
    yield _time("DTEND", day, session.end, programme.timezone)
    yield f"SUMMARY:{_text(session.title)}"
    where = words.all_rooms if session.in_all else ", ".join(programme.room(key).name for key in session.rooms)
    if where:
        yield f"LOCATION:{_text(where)}"
    told = [", ".join(each.name for each in session.speakers)]
    told += [f"{words.chair}: {session.chair.name}"] if session.chair else []
    told += [session.text, ", ".join(each.name for each in session.entries)]
    if description := "\n".join(filter(None, told)):
        yield f"DESCRIPTION:{_text(description)}"
    if session.kind and not session.is_break:
        yield f"CATEGORIES:{_text(session.kind)}"
    if session.is_break:
        yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _time(name: str, day: Day, minute: int, zone: str | None) -> str:
    """A day and a minute of it; midnight at its end is the next day's beginning."""
    on = date.fromisoformat(day.date) + timedelta(days=minute // _MIDNIGHT)
    minute %= _MIDNIGHT
    told = f"{on:%Y%m%d}T{minute // 60:02}{minute % 60:02}00"
    if zone == "UTC":
        return f"{name}:{told}Z"
    return f"{name};TZID={zone}:{told}" if zone else f"{name}:{told}"


def _text(text: str) -> str:
    """A text as a value: without language spans and what nobody sees, its signs escaped."""
    plain = _SPAN.sub(r"\1", text).translate(_UNSEEN).replace("\r\n", "\n").strip()
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line in lines of 75 octets, no character of which is parted; what goes on begins with a space."""
    out, held = b"", b""
    for character in line:
        octets = character.encode()
        if len(held) + len(octets) > _MOST_OCTETS:
            out, held = out + held + b"\r\n", b" "
        held += octets
    return out + held + b"\r\n"
