"""The words that a programme prints of its own, by language."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ENGLISH_PROGRAMME", "ProgrammeWords", "programme_words"]


class ProgrammeWords(NamedTuple):
    """The title, who leads a session, its end (``{}``), all rooms, and the room of one."""

    programme: str
    chair: str
    until: str
    all_rooms: str


ENGLISH_PROGRAMME = ProgrammeWords("Programme", "Chair", "until {}", "All rooms")
_BY_LANGUAGE = {
    "da": ProgrammeWords("Program", "Ordstyrer", "til {}", "Alle lokaler"),
    "de": ProgrammeWords("Programm", "Moderation", "bis {}", "Alle Räume"),
    "en": ENGLISH_PROGRAMME,
    "en-us": ProgrammeWords("Program", "Chair", "until {}", "All rooms"),
    "es": ProgrammeWords("Programa", "Modera", "hasta las {}", "Todas las salas"),
    "fr": ProgrammeWords("Programme", "Modération", "jusqu’à {}", "Toutes les salles"),
    "it": ProgrammeWords("Programma", "Modera", "fino alle {}", "Tutte le sale"),
    "nb": ProgrammeWords("Program", "Ordstyrer", "til {}", "Alle rom"),
    "nl": ProgrammeWords("Programma", "Voorzitter", "tot {}", "Alle zalen"),
    "pl": ProgrammeWords("Program", "Prowadzenie", "do {}", "Wszystkie sale"),
    "pt": ProgrammeWords("Programa", "Moderação", "até às {}", "Todas as salas"),
    "sv": ProgrammeWords("Program", "Moderator", "till {}", "Alla salar"),
}


def programme_words(language: str) -> ProgrammeWords | None:
    """The words of a language by its tag; None where we have none."""
    tag = language.casefold()
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0])
