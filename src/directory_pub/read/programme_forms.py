"""What may stand in a programme: every field, once."""

from __future__ import annotations

from directory_pub.edition.form import Form, Lines, Rows, Shape, Table, Text, TextOrNested

__all__ = ["DAY_TITLE", "PROGRAMME_FIELD", "PROGRAMME_FILE", "SESSION_FIELDS", "TIME"]

_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::00)?(?: ?[AaPp][Mm])?|24:00"
TIME = Shape(
    noun="time of the day",
    pattern=_CLOCK,
    remedy='Write hours and minutes with a colon, as in "9:30" or "14:00"; the end of a day is "24:00".',
)
_DATE = Shape(
    noun="day of the calendar",
    pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}",
    day=True,
    remedy="Write it as 2031-06-03: year, month, day.",
)
_SOURCE = Shape(
    noun="programme that can be read",
    pattern=r".*\S\.([yY][aA]?[mM][lL]|[xX][lL][sS][xX]|[oO][dD][sS]|[cC][sS][vV])",
    remedy="Name a file such as programme.yaml, or a table such as programme.xlsx.",
)
_ZONE = Shape(
    noun="time zone",
    pattern=r"UTC|[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+)+",
    remedy="Write the continent and the city whose clocks it goes by, as in Europe/Zurich.",
)
_ROOM = Form(
    Text("name", "What the room is called.", "Great Hall", required=True),
    Text("motif", "The drawing that is its sign; without it one is chosen by its key.", "arches"),
)
DAY_TITLE = Text("title", "What the day is called, before its date.", "Opening")
_TITLE = Text("title", "What the programme is called, if not by the book's own word for it.", "Programme")
_ROOMS = Table(
    "rooms",
    "The rooms in the order of their columns, each by a short name that sessions give.",
    "great-hall",
    _ROOM,
)
_TIMEZONE = Text(
    "timezone",
    "The city by whose clocks the times are, for the calendar file; without it they are those of any clock.",
    "Europe/Zurich",
    shape=_ZONE,
)
SESSION_FIELDS = (
    Text("start", "When it begins, in quotes.", "9:30", required=True, shape=TIME),
    Text("end", "When it ends, in quotes.", "11:00", required=True, shape=TIME),
    Text("title", "What it is called.", "The square that nobody owns", required=True),
    Lines("rooms", "The rooms that it is in; or 'all'.", ("great-hall",)),
    Text("kind", "'break' for what parts the sessions, such as lunch; any other word is printed.", "Keynote"),
    Lines("speakers", "Who speaks: keys of entries, which print with their pages, or names.", ("quay", "Ada Brandt")),
    Text("chair", "Who leads it: the key of an entry, or a name.", "Ada Brandt"),
    Lines("entries", "The keys of other entries that it refers to.", ("quay",)),
    Text("text", "What is said of it, in a sentence or two.", "On who sweeps a square, and who may sit there."),
)
_SESSION = Form(*SESSION_FIELDS)
_DAY = Form(
    Text("date", "The day: year, month, day.", "2031-06-03", required=True, shape=_DATE),
    DAY_TITLE,
    Rows("sessions", "Its sessions and breaks.", _SESSION),
)
PROGRAMME_FILE = Form(_TITLE, _TIMEZONE, _ROOMS, Rows("days", "The days in their order.", _DAY))
PROGRAMME_FIELD = TextOrNested(
    "programme",
    "The programme of an event: its file, beside edition.yaml; or the file, with what a table cannot say of it.",
    "programme.yaml",
    shape=_SOURCE,
    form=Form(
        Text(
            "file", "The file: YAML, or a table with one row a session.", "programme.xlsx", required=True, shape=_SOURCE
        ),
        Text("sheet", "Of a workbook, the sheet to read, if it is not the first that is not hidden.", "Sessions"),
        _TITLE,
        _TIMEZONE,
        _ROOMS,
    ),
)
