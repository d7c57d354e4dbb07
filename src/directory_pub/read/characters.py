"""Characters that nobody sees: each is told of with its code point, once a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from directory_pub.findings import Finding, Place, error, warning

__all__ = ["check_characters"]

_SOFT_HYPHEN = "\u00ad"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"  # soft hyphen, fillers, marks of direction
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # surrogates, tags, private use
    r"|(?<=\S)\t"
)
_NAMES = {
    "\t": "tab",
    "\x00": "NUL",
    "\u200b": "zero width space",
    "\ufeff": "byte order mark or zero width no-break space",
}


def check_characters(lines: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    """What is wrong with the characters of some texts of a file; ``lines`` are they with their places."""
    found: dict[tuple[str, bool], list[tuple[Place, str]]] = {}
    for text, place in lines:
        for match in () if text.isascii() and text.isprintable() else _UNSEEN.finditer(text):
            meant = match[0] == _SOFT_HYPHEN and text[match.end() : match.end() + 1].isalpha()
            if meant and text[: match.start()][-1:].isalpha():
                continue  # a place where the word may be broken
            found.setdefault((match[0], match[0] == _SOFT_HYPHEN), []).append((place, _around(text, match.start())))
    for (character, is_hyphen), places in found.items():
        place, words = places[0]
        more = f", and again in this file ({len(places)} in all)" if len(places) > 1 else ""
        message = f"{_name(character)} stands unseen in “{words}”{more}."
        if is_hyphen:
            remedy = "It prints nothing here: write - or – where a dash is meant."
            yield error("character-unseen", place, message, remedy)
        elif unicodedata.category(character) in ("Cc", "Cs", "Co") and character != "\t":
            remedy = "Take it out, or write the letter or sign that it stands for."
            yield error("character-unseen", place, message, remedy)
        else:
            yield warning("character-unseen", place, message, "Take it out, or write a space where one is meant.")


def _name(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "").lower() or _kind(character)
    return f"U+{ord(character):04X} ({name})"


def _kind(character: str) -> str:
    return {"Co": "private use", "Cs": "half a character"}.get(unicodedata.category(character), "control character")


def _around(text: str, at: int) -> str:
    """The words round a character, with a point for each that is unseen."""
    near = f"{text[max(0, at - 20) : at]}·{text[at + 1 : at + 21]}"
    return " ".join(_UNSEEN.sub("·", near).split())
