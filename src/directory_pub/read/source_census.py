"""A census of the source: every visible character of a body is in what was read, or is told of.

The text as it was typed is held against the model alone, line by line, with no knowledge of
the parser's rules: a mark counts as understood where the model has what it means (a head, a
list's label, a link with that address, a language, a note), and a character as read where the
model has it at that place. Whatever else is in the source would vanish from the book; whatever
else is in the model was written by nobody.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.common.utils import isValidEntityCode
from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Block, Heading, ItemList, Paragraph, Pictures, Quote, Run, Table, TermList
from directory_pub.findings import Finding, Place, error, warning
from directory_pub.read.remarks import Body

__all__ = ["count_source"]

_BULLET, _TERM, _CREDIT = r"[-+*](?!\S)", r":(?!\S)", "(?:[—–]|--)"
_SHIELD = 0xF0000  # a typed mark that is a letter, out of the way of those that are marks
_UNSHIELD = {_SHIELD + code: chr(code) for code in range(128)}
_TYPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|\\\n(?=[ \t]*\S)")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[\w.-]+)>")
_TAIL = re.compile(r"\]\(\s*(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)\s*\)")
_ATTRIBUTE = re.compile(r"(lang|index|index-of)\s*=\s*(?:\"([^\"\n]*)\"|'?([\w.:-]+)'?)\s*")
_ATTRIBUTES = re.compile(r"([\])])\{\s*((?:(?:lang|index|index-of)\s*=\s*(?:\"[^\"\n]*\"|'?[\w.:-]+'?)\s*)+)\}")
_IMAGE = re.compile(
    r"!\[([^\[\]]*)\]\(\s*(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)"
    r"(?:\s+(\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)(\{[^{}]*\})?"
)
_BEHIND_IMAGE = re.compile(r"(credit|size|fit|focus)\s*=\s*(?:\"([^\"]*)\"|([\w.:-]+))")
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_STARS = re.compile(r"[*_]+")
_CLOSING = re.compile(r"[ \t](#+)$")
_UNDERLINE = re.compile(r"\n[ \t]*(?:-+|=+)$")
_WITHOUT_MARKS = str.maketrans("", "", "*_[")
_CAPTION, _BESIDE_TABLE = "Table:", re.compile(r"^[ \t]*(?:[|: \t]*-[-|: \t]*|\{\s*\.?wide\s*\})$", re.MULTILINE)
_QUOTED = 60  # letters of a passage in a message


class _Leaf(Struct, frozen=True):
    """A text of the model, or a row of a table: its line, the marks that it begins with as patterns, its runs."""

    line: int
    opening: tuple[str, ...]
    runs: tuple[Run, ...]
    quoted: bool = False
    level: int = 0
    photos: tuple[Photo, ...] = ()
    in_table: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def count_source(body: Body, blocks: Sequence[Block], file: str, excused: Iterable[int]) -> Iterator[Finding]:
    """Hold a body's text against what was read of it; of lines that an error has named nothing more is told."""
    lines = body.text.split("\n")
    leaves = sorted({(leaf.line, leaf.opening): leaf for leaf in _leaves(blocks)}.values(), key=lambda leaf: leaf.line)
    rows = [_row_of(leaf, body.numbers, lines) for leaf in leaves]
    wrong = sorted(set(excused))
    start = _Leaf(body.numbers[0], (), ())
    for leaf, first, end in zip((start, *leaves), (0, *rows), (*rows, len(lines)), strict=True):
        numbers = body.numbers[first : end + 1]
        if bisect_left(wrong, numbers[0]) == bisect_left(wrong, numbers[-1]):
            yield from _compare(leaf, lines[first:end], numbers, file)


def _row_of(leaf: _Leaf, numbers: Sequence[int], lines: Sequence[str]) -> int:
    """The line (from 0) on which a text begins, with its marks: they may stand alone on a line above it."""
    row = bisect_right(numbers, leaf.line) - 1
    if leaf.opening and row and not re.match(_start(leaf), lines[row]) and re.fullmatch(_start(leaf), lines[row - 1]):
        return row - 1
    return row


def _start(leaf: _Leaf) -> str:
    """The marks that a text begins with, as a pattern."""
    return r"[\s>]*".join(("", *leaf.opening, "")) if leaf.opening else ""


# -------------------------------------------------------------------- what was read
def _leaves(blocks: Sequence[Block], opening: tuple[str, ...] = (), *, quoted: bool = False) -> Iterator[_Leaf]:
    """Every text of a body with its notes; ``opening`` stands before the first."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _texts(_Leaf(block.line, opening, block.runs, quoted))
            case Heading():
                yield from _texts(_Leaf(block.line, opening, block.runs, quoted, block.level))
            case ItemList():
                for index, item in enumerate(block.items):
                    label = rf"{re.escape(block.labels[index])}(?!\S)" if block.labels else _BULLET
                    yield from _leaves(item, (*opening, label), quoted=quoted)
                    opening = ()
            case TermList():
                for row in block.rows:
                    line = row.term[0].line if row.term else row.line
                    yield from _texts(_Leaf(line, opening, row.term, quoted))
                    yield from _leaves(row.paragraphs, (_TERM,), quoted=quoted)
                    opening = ()
            case Pictures():
                yield _Leaf(block.line, opening, (), quoted, photos=block.photos)
            case Quote():
                yield from _leaves(block.paragraphs, opening, quoted=True)
                if block.credit:
                    yield from _texts(_Leaf(block.credit.line, (_CREDIT,), block.credit.runs, quoted=True))
            case Table():
                if block.caption:
                    yield from _texts(_Leaf(block.caption.line, (_CAPTION,), block.caption.runs))
                for told in (block.head, *block.rows):
                    between = Run(text=" ", line=told.line)
                    runs = tuple(run for cell in told.cells for run in (*cell, between))
                    yield from _texts(_Leaf(told.line, (), runs, in_table=True))
        opening = ()


def _texts(leaf: _Leaf) -> Iterator[_Leaf]:
    """A text where there is one, and its notes, each at its own place."""
    if leaf.runs:
        yield leaf
    for note in (run.note for run in leaf.runs if run.note):
        yield _Leaf(note.line, (re.escape(f"[^{note.key}]:"),), note.runs, leaf.quoted)


# -------------------------------------------------------------------- holding one against the other
def _compare(leaf: _Leaf, lines: Sequence[str], numbers: Sequence[int], file: str) -> Iterator[Finding]:
    """What differs between some lines of the source and the text that begins on the first of them."""
    typed, read = _understand(lines, leaf), _letters(leaf.text)
    if typed.letters != read:
        for row, lost, added in _differences(leaf, lines, typed.letters, read):
            place = Place(file=file, line=numbers[row], field="body")
            message = f"“{lost}” would not be printed." if lost else f"“{added}” would be printed and was not written."
            remedy = "Put \\ before a mark that is to be printed; take out what is not."
            yield error("text-unread", place, message, remedy)
    elif typed.brackets != leaf.text.count("["):
        place = Place(file=file, line=leaf.line, field="body")
        remedy = "Put \\ before each bracket that is to be printed."
        yield error("text-unread", place, f"a bracket of “{leaf.text[:_QUOTED]}” would not be printed.", remedy)
    elif typed.stars > _most_stars(leaf):
        place = Place(file=file, line=leaf.line, field="body")
        message = f"emphasis within emphasis in “{leaf.text[:_QUOTED]}” has no effect, and its marks are not printed."
        yield warning(
            "emphasis-stray", place, message, "Take the inner marks out, or put \\ before them to print them."
        )


class _Typed(Struct, frozen=True):
    """What is left of lines of the source without the marks that were understood."""

    letters: str
    brackets: int
    stars: int


def _understand(lines: Sequence[str], leaf: _Leaf) -> _Typed:
    """The source without what the model says of it in another way."""
    source = "\n".join(_unquoted(line, leaf) for line in lines)
    text = _TYPED.sub(_shielded, re.sub(f"^{_start(leaf)}", "", source))
    if leaf.photos:
        photos = iter(leaf.photos)
        text = _IMAGE.sub(lambda image: "" if _is_shown(image, next(photos, None), leaf) else image[0], text)
    if leaf.level:
        text = _without_head(text.strip(), leaf.level)
    if leaf.in_table:  # what stands between cells, below the head, and behind the last row
        text = _BESIDE_TABLE.sub("", text).replace("|", " ")
    links = {_address(run.href) for run in leaf.runs if run.href}
    keys = {run.note.key for run in leaf.runs if run.note}
    taken = 0

    def take(tail: str, *, known: bool, bracket: bool = True) -> str:
        nonlocal taken
        taken += known and bracket
        return "" if known else tail

    text = _CALL.sub(lambda call: take(call[0], known=call[1] in keys, bracket=False), text)
    text = _AUTOLINK.sub(lambda link: link[1] if _address(link[1]) in links else link[0], text)
    text = _ATTRIBUTES.sub(
        lambda tail: take(tail[0], known=_is_read(tail[2], leaf), bracket=tail[1] == "]") or tail[1].strip("]"), text
    )
    text = _TAIL.sub(lambda tail: take(tail[0], known=_address(tail[1].strip("<>")) in links), text)
    text = text.translate(_UNSHIELD)
    return _Typed(_letters(text), text.count("[") - taken, len(_STARS.findall(text)))


def _is_read(attributes: str, leaf: _Leaf) -> bool:
    """Whether the model has what is said of a passage: its language, and what it is in an index."""
    marks = [run.indexed for run in leaf.runs if run.indexed]
    known: dict[str, set[str | None]] = {
        "lang": {run.language for run in leaf.runs},
        "index": {mark.head for mark in marks},
        "index-of": {mark.of for mark in marks},
    }
    told = (each.groups() for each in _ATTRIBUTE.finditer(attributes.translate(_UNSHIELD)))
    return all(" ".join((quoted or bare or "").split()) in known[name] for name, quoted, bare in told)


def _is_shown(image: re.Match[str], photo: Photo | None, leaf: _Leaf) -> bool:
    """Whether the model has all that is written of a picture: its file, what is said of it, how it stands."""
    if photo is None:
        return False
    alt, file, caption, attributes = ((part or "").translate(_UNSHIELD) for part in image.groups())
    below = replace(leaf, opening=(), runs=photo.caption, level=0, photos=())
    known = {"credit": photo.credit, "size": photo.size, "fit": photo.fit, "focus": _point(photo.focus)}
    told = {name: quoted or bare or "" for name, quoted, bare in _BEHIND_IMAGE.findall(attributes)}
    return (
        _letters(alt) == _letters(photo.alt)
        and unquote(file.strip("<>")) == photo.file
        and _understand([caption.strip()[1:-1]], below).letters == _letters(below.text)
        and not _BEHIND_IMAGE.sub("", attributes).strip("{ }\n")
        and all(_as_point(told[name]) == _as_point(known.get(name) or "") for name in told)
    )


def _point(focus: tuple[float, float]) -> str:
    return "{}% {}%".format(*focus)


def _as_point(value: str) -> list[str] | list[float]:
    """A value as it is compared: a point by its numbers, anything else by its words."""
    words = value.split()
    is_point = len(words) == 2 and all(re.fullmatch(r"[\d.]+%", word) for word in words)  # two sides
    return [float(word[:-1]) for word in words] if is_point else words


def _unquoted(line: str, leaf: _Leaf) -> str:
    """A line without the > of its quote."""
    if not line.strip(" \t>"):
        return ""
    return re.sub(r"^\s*>", "", line) if leaf.quoted else line


def _shielded(typed: re.Match[str]) -> str:
    """A character as it is printed, kept from being taken for a mark."""
    mark, hexadecimal, decimal, name = typed.groups()
    if name:
        return "".join(map(_shield, html5.get(f"{name};", typed[0])))
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return _shield(chr(code) if isValidEntityCode(code) else "\ufffd")
    return _shield(mark) if mark else "\n"


def _shield(character: str) -> str:
    return chr(_SHIELD + ord(character)) if character.isascii() and not character.isalnum() else character


def _without_head(text: str, level: int) -> str:
    """A heading's words: without its marks before and as many behind, or the line below."""
    if not text.startswith("#" * level):
        return _UNDERLINE.sub("", text)
    closing = _CLOSING.search(text)
    return text[level : closing.start() if closing and len(closing[1]) == level else None]


def _address(typed: str) -> str:
    """An address as one may compare it, however it was escaped."""
    plain = typed.translate(_UNSHIELD)
    mail = "@" in plain and ":" not in plain
    return unquote(normalizeLinkText(normalizeLink(f"mailto:{plain}" if mail else plain)))


def _letters(text: str) -> str:
    """A text without spaces, and without the marks that are counted apart."""
    return "".join(unquote(text).translate(_WITHOUT_MARKS).split())


def _most_stars(leaf: _Leaf) -> int:
    """How many times emphasis may be marked: a run for itself on both sides, and stars that are letters."""
    return 2 * sum(run.bold or run.italic for run in leaf.runs) + len(_STARS.findall(leaf.text))


def _row_of_letter(at: int, lines: Sequence[str], leaf: _Leaf) -> int:
    """The line (from 0) on which a letter of what was typed stands."""
    rows = range(len(lines) - 1)
    return bisect_right(rows, at, key=lambda row: len(_understand(lines[: row + 1], leaf).letters))


def _differences(leaf: _Leaf, lines: Sequence[str], typed: str, read: str) -> Iterator[tuple[int, str, str]]:
    """What each line has that was not read, and what was read and is on no line."""
    alike = zip(typed, read, strict=False)
    same = next((at for at, (one, other) in enumerate(alike) if one != other), min(len(typed), len(read)))
    typed_on, read_on = typed[same:], read[same:]
    lost: dict[int, list[str]] = {}
    added: list[str] = []
    for kind, start, end, from_read, to_read in difflib.SequenceMatcher(None, typed_on, read_on, False).get_opcodes():
        if kind == "insert":
            added.append(read_on[from_read:to_read][:_QUOTED])
        elif kind != "equal":
            row = _row_of_letter(same + start, lines, leaf)
            passage = typed_on[start:end][:_QUOTED]
            lost.setdefault(row, []).append(f"[…{passage}" if passage.startswith("]") else passage)
    for row, parts in lost.items():
        yield row, " … ".join(parts), ""
    if added and not lost:
        yield 0, "", " … ".join(added)
