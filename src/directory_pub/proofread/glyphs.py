"""Characters that the faces cannot draw: one finding for each script of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fontTools import unicodedata as scripts
from msgspec import Struct, field

from directory_pub.design.faces import FontLibrary
from directory_pub.findings import Finding, Place, error

__all__ = ["PrintedText", "missing_glyphs"]

_NEEDS_NO_GLYPH = " \n\u00a0"
# What nobody would see: spaces, and what reading tells of.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs")
_COMMON = ("Zyyy", "Zinh", "Zzzz")
_EMOJI = re.compile("[\u200d\u20e3\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]")
_TOGETHER = {"Hira": "Hani", "Kana": "Hani", "Bopo": "Hani"}  # scripts that one language mixes
_SET = ("Latn", "Grek", "Cyrl")  # the scripts that the faces and the line setting are made for
_RATHER = (*_SET, "Arab", "Hebr", "Deva", "Hira", "Hani")  # whose a sign is taken for that many scripts share
_NOUNS = {
    "marks": "combining marks",
    "signs": "signs",
    "emoji": "characters of emoji",
    "Hang": "characters of Korean (Hangul)",
}
_QUOTED = 24  # characters of a text
_NAMED = 6  # lines


class PrintedText(Struct, frozen=True):
    """A text that is printed, where it was written, the text style that it is set in, and how it is marked."""

    text: str
    place: Place
    style: str = "text"
    bold: bool = False
    italic: bool = False


class _Gap(Struct):
    """What is missing of one script in one file: the characters, the first stretch of them, and their lines."""

    first: PrintedText
    sample: str
    characters: dict[str, None] = field(default_factory=dict)
    lines: dict[int, None] = field(default_factory=dict)


def missing_glyphs(
    texts: Iterable[PrintedText], families: Mapping[str, str], library: FontLibrary
) -> Iterator[Finding]:
    """A finding for each script, and each kind of sign, that a file has and the faces have not.

    ``families`` are those of the text styles, by their names.
    """
    gaps: dict[tuple[str, str], _Gap] = {}
    for text in texts:
        for kind, stretch in _stretches(text, _family(text, families, library), library):
            gap = gaps.setdefault((text.place.file, kind), _Gap(text, stretch))
            gap.characters |= dict.fromkeys(stretch)
            if text.place.line:
                gap.lines[text.place.line] = None
    for (_, kind), gap in gaps.items():
        yield _describe(kind, gap, families, library)


def _family(text: PrintedText, families: Mapping[str, str], library: FontLibrary) -> str:
    """The family that a text is set in; of a style that is not there, which has a finding of its own, the usual one."""
    return families.get(text.style) or library.family("sans")


def _stretches(text: PrintedText, family: str, library: FontLibrary) -> Iterator[tuple[str, str]]:
    """Stretches of characters without a glyph, each of one kind."""
    undrawn = library.missing(text.text, family, bold=text.bold, italic=text.italic)
    missing = [each for each in undrawn if _needs_glyph(each)]
    if not missing:
        return
    for match in re.finditer(f"[{re.escape(''.join(missing))}]+", text.text):
        held, kind = "", ""
        for character in match[0]:
            if held and _kind(character) != kind:
                yield kind, held
                held = ""
            kind = _kind(character)
            held += character
        yield kind, held


def _needs_glyph(character: str) -> bool:
    if character in _NEEDS_NO_GLYPH:
        return False
    return unicodedata.category(character) not in _UNSEEN or _EMOJI.match(character) is not None


def _kind(character: str) -> str:
    """The script of a character, or the kind of sign that it is."""
    if _EMOJI.match(character):
        return "emoji"
    script = scripts.script(character)
    if script in _COMMON:
        shared = scripts.script_extension(character) - set(_COMMON)
        script = next((each for each in (*_RATHER, *sorted(shared)) if each in shared), "")
    return _TOGETHER.get(script, script) or ("marks" if unicodedata.combining(character) else "signs")


# -------------------------------------------------------------------- what is told
def _describe(kind: str, gap: _Gap, families: Mapping[str, str], library: FontLibrary) -> Finding:
    family, characters = _family(gap.first, families, library), list(gap.characters)
    code_point = f"U+{ord(characters[0]):04X}"
    if len(characters) == 1:
        name = unicodedata.name(characters[0], "without a name").capitalize()
        what = f"‘{characters[0]}’ ({code_point}, {name})"
    else:
        sample = gap.sample[:_QUOTED] + ("…" if len(gap.sample) > _QUOTED else "")
        what = f"{len(characters)} {_noun(kind, characters)}, as in “{sample}” ({code_point})"
    message = f"{family} cannot draw {what}{_on_lines(list(gap.lines))}."
    return error("glyph-missing", gap.first.place, message, _remedy(kind, gap, families, library))


def _noun(kind: str, characters: Sequence[str]) -> str:
    if kind in _NOUNS:
        return _NOUNS[kind]
    if kind != "Hani":
        return f"characters of {scripts.script_name(kind)}"
    own = {scripts.script(each) for each in characters}
    names = ", ".join(scripts.script_name(each) for each in ("Hira", "Kana", "Bopo", "Hani") if each in own)
    return f"characters of {'Japanese' if own & {'Hira', 'Kana'} else 'Chinese or Japanese'} ({names or 'Han'})"


def _on_lines(lines: Sequence[int]) -> str:
    """Where else, if they are on several lines."""
    if len(lines) > _NAMED:
        return f", on {len(lines)} lines"
    return f", on lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}" if len(lines) > 1 else ""


def _remedy(kind: str, gap: _Gap, families: Mapping[str, str], library: FontLibrary) -> str:
    family, text = _family(gap.first, families, library), families.get("text") or library.family("sans")
    if gap.first.style == "quote" and not library.missing("".join(gap.characters), text):
        return f"Write it in words there, or outside the quote: {text} draws it."
    if kind in ("emoji", "signs"):
        return "Write it in words, or take it out."
    if kind in _SET or kind == "marks":
        return f"Write it with letters that {family} has."
    return "Write it in Latin letters: Latin, Greek and Cyrillic are the scripts that are set."
