"""Read in which languages an edition parts words at lines' ends, and where."""

from __future__ import annotations

from typing import get_args

from directory_pub.edition.hyphenation import Hyphenation
from directory_pub.edition.yaml_source import Fields

__all__ = ["read_hyphenation"]


def read_hyphenation(f: Fields | None) -> tuple[tuple[str, Hyphenation], ...]:
    """What is asked for, by language; a language that is named twice is a finding."""
    found: dict[str, Hyphenation] = {}
    if f is None:
        return ()
    for how in get_args(Hyphenation):
        for language in f.lines(how):
            if language in found:
                message = f"'{language}' stands under '{found[language]}' already."
                f.complain("value-type", f.places()[how], message, "Take it out of one of the two.")
            found.setdefault(language, how)
    f.close()
    return tuple(found.items())
