"""The key of an edition: its title as a key, and the year."""

from __future__ import annotations

from directory_pub.edition.key import key_of

__all__ = ["make_key"]


def make_key(title: str, language: str, year: str) -> str:
    """The key of an edition: its title in Latin letters as its ``language`` spells them, and the year.

    A title in a script that the book cannot be set in is a directory's.
    """
    words = key_of(title, language).split("-") if key_of(title, language) else ["directory"]
    return "-".join([*words, *([] if year in words else [year])])
