"""Read a name with the signs at which its title may rather go on to a second line."""

from __future__ import annotations

import re

from directory_pub.edition.yaml_source import Fields

__all__ = ["read_name"]

_SIGN = "|"
_REMEDY = "Write | between two words where the second line of the title may begin, and \\| where the name has the sign."


def read_name(f: Fields) -> tuple[str, tuple[int, ...]] | None:
    """A name as it is written everywhere, and the offsets of the spaces in it at which a title may rather break.

    None, with a finding, where it has no letter or figure.
    """
    written = f.text("name")
    if written is None:
        return None
    if not any(character.isalnum() for character in written):
        f.complain("value-blank", f.places()["name"], f"“{written}” has no letters.", "Write the organization's name.")
        return None
    words = re.split(r"(\s+)", written)
    parts, spaces = words[::2], ["", *words[1::2]]
    if trouble := _trouble(parts):
        f.complain("value-type", f.places()["name"], f"“{written}” has a | {trouble}.", _REMEDY)
    name, breaks, is_open = "", [], False
    for part, space in zip(parts, spaces, strict=True):
        if part and not part.strip(_SIGN):
            is_open = True
            continue
        if is_open and name:
            breaks.append(len(name))
        name += " " if is_open and name else space if name else ""
        name, is_open = name + part.replace("\\|", _SIGN), False
    return name, tuple(breaks)


def _trouble(parts: list[str]) -> str | None:
    """What is wrong with the signs among the words of a name."""
    signs = [number for number, part in enumerate(parts) if part and not part.strip(_SIGN)]
    if any(len(parts[number]) > 1 or number + 1 in signs for number in signs):
        return "too many"
    if signs and (signs[0] == 0 or signs[-1] == len(parts) - 1):
        return "at its beginning" if signs[0] == 0 else "at its end"
    return None
