"""The persons that a contact row names, and how each stands in an index: by the family name."""

from __future__ import annotations

import re

__all__ = ["bare_name", "family_first", "persons_in"]

_ROLE = re.compile(r"^[^:]*:\s*(?=\S)")
_BEHIND = re.compile(
    r"[,;(\[|]|\s[–—]\s|:|\s+(?:at|unter|à|chez|bei)\s+(?=\S*@)|\S+@\S+|https?://\S+|www\.\S+|\+?\d[\d /().-]{4,}"
)
_AND = re.compile(r"\s+(?:and|und|et|e|y|en|og|och|i|ja|&|\+)\s+|\s*/\s*")
_TITLE_WORDS = """
    dr dr. prof prof. professor mr mr. ms ms. mrs mrs. mx mx. miss sir dame lord lady rev rev. mme m. mlle me herr frau
    ing ing. dipl.-ing. mag mag. dott. dott.ssa sr. sra. don doña dña. eng. hon. hr. fr. ir. drs. mgr. phdr. doc.
"""
# Of a family's name where they begin with a capital, of the given name's side where they do not.
_PARTICLE_WORDS = """
    a af al av ben bin da dal dalla das de degli dei del della der di do dos du el ibn la las le li lo los of van den
    ten ter 't te und y e von vom zu zum zur
"""
_TITLES, _PARTICLES = frozenset(_TITLE_WORDS.split()), frozenset(_PARTICLE_WORDS.split())


def persons_in(text: str) -> list[str]:
    """The names of a contact row that says who they are, as in "Harbour master: Ada Brandt, ada@example.org".

    A name ends at a comma, bracket, address or number; a role before it ends in a colon or is in small letters.
    """
    found = []
    for line in text.splitlines():
        behind = _ROLE.sub("", line) if ":" in line else line
        for told in (behind, line):
            names = [name for part in _AND.split(_BEHIND.split(told.strip(), maxsplit=1)[0]) if (name := _name(part))]
            if names:
                found += names
                break
    return found


def _name(part: str) -> str:
    """The name that a text is, without titles and what says in small letters what the person is."""
    words = part.split(" ")
    words = [word for word in words if word and word.casefold() not in _TITLES]
    last = max((at for at, word in enumerate(words) if _is_small(word) and word not in _PARTICLES), default=-1)
    words = words[last + 1 :]
    if len(words) > 2 and len(words[0]) <= 4 and words[0].isupper() and words[0].isalpha():
        del words[0]  # CEO and its kin
    if not words or _is_small(words[0]) or any(character.isdigit() for word in words for character in word):
        return ""
    return " ".join(words)


def _is_small(word: str) -> bool:
    return word[:1].islower()


def bare_name(name: str) -> str:
    """A name without the titles that it begins with; one that is nothing else, as it is."""
    words = name.split(" ")
    first = next((at for at, word in enumerate(words) if word.casefold() not in _TITLES), 0)
    return " ".join(words[first:])


def family_first(name: str) -> str:
    """A name as an index has it: "Brandt, Ada"; one in a single word, or that has a comma already, as it is.

    Particles in small letters stay with the given name ("Varga, Octavi de la"), those with a capital with the family's
    ("Van Dyke, Ann"). Words that a no-break space joins are one.
    """
    words = name.split(" ")
    if len(words) < 2 or "," in name:
        return name
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES and not _is_small(words[at - 1]):
        at -= 1
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"
