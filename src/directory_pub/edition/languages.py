"""Which tags are those of a language."""

from __future__ import annotations

import functools

from phonenumbers import SUPPORTED_REGIONS

from directory_pub.edition.own_words import known_languages

__all__ = ["is_language"]


@functools.lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Whether a tag is a language's by BCP 47, each part of it as it is registered.

    Most are a language that we have words in, with a region that has telephones: the library that knows all others
    takes longer to load than a page to set.
    """
    language, _, region = tag.partition("-")
    if language in known_languages() and (not region or region in SUPPORTED_REGIONS):
        return True
    import langcodes

    return bool(langcodes.tag_is_valid(tag))
