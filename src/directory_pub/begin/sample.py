"""What a new edition is begun with: a sample of its kind, in its language, under its title.

``samples/`` has what all begin with, and for each kind its pictures and, by language, its words: ``book.yaml`` for
edition.yaml, and texts as they will lie in the edition's folder, with drawings that have words in them. An advert is
there for each trim that it was drawn for. All but pictures and adverts are templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jinja2
import yaml
from msgspec import Struct

from directory_pub.begin.key import make_key
from directory_pub.edition.languages import is_language
from directory_pub.edition.own_words import known_languages, own_words
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.trims import TRIMS
from directory_pub.read.schema import FILES, content_schema
from directory_pub.storage.enclosure import list_files, read_bytes, read_text

__all__ = ["LIKES", "Wanted", "WantedError", "draw_up", "language_of_sample"]

LIKES = {"profiles": "A4", "booklet": "170x240", "members": "A5"}
"""The kinds of sample, each with its usual trim."""
_SAMPLES = Path(__file__).resolve().parent / "samples"
_ENGLISH = "en"
_FRONT_MATTER = "front-matter"
_TEXTS = (_FRONT_MATTER, "pages")
_ABOUT = "book.yaml"
_PHOTOS, _ADVERTS = "photos", "adverts"
_SATURDAY = 5
_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:mm)?\s*[xX×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?")
_LONG_LINE = 11  # letters of a cover's title: more would be set small
_SHORT_WORD = 4
_MOST_LINES = 4


class WantedError(ValueError):
    """A wish that no edition can be made from: what is wrong with which option, and a ``remedy``."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Wanted(Struct, frozen=True, kw_only=True):
    """What a new edition is to be: ``title`` and ``trim`` are the sample's where none is given."""

    like: str = "profiles"
    title: str | None = None
    language: str = "en-GB"
    trim: str | None = None
    created: date


def draw_up(wanted: Wanted) -> dict[str, bytes]:
    """The files of a new edition by their names in its folder; raises WantedError."""
    spoken = language_of_sample(wanted)
    kind = _SAMPLES / wanted.like
    words = kind / spoken
    book = yaml.load(_render(words / _ABOUT, wanted), Loader=yaml.BaseLoader)
    trim = _read_trim(wanted.trim or LIKES[wanted.like])
    adverts = _files(words / _ADVERTS / trim) if trim in TRIMS else []
    if not adverts:
        book.pop("adverts", None)  # none was drawn for a leaf of this size
    lent = spoken if spoken != _primary(wanted.language) else None
    pictures = _files(kind / _PHOTOS)
    shown = _shown(wanted, book, lent) | {"picture": pictures[0].name, "trim": trim}
    files = {
        "edition.yaml": _render(_SAMPLES / "edition.yaml.j2", wanted, **shown),
        "README.md": _render(_SAMPLES / "README.md.j2", wanted, **shown),
        ".gitignore": read_text(_SAMPLES / "gitignore", _SAMPLES),
        **{f".schema/{kind}.json": _schema(kind) for kind in FILES},
    }
    for path in _files(words, ".md", ".yaml"):
        if path.name != _ABOUT:
            text = _render(path, wanted, **shown)
            files[path.relative_to(words).as_posix()] = _as_page(text, path, lent) if path.suffix == ".md" else text
    ready = {path.relative_to(kind).as_posix(): path for path in pictures}
    ready |= {path.relative_to(words).as_posix(): path for path in _files(words / _PHOTOS)}
    ready |= {f"{_ADVERTS}/{path.name}": path for path in adverts}
    return {name: text.encode() for name, text in files.items()} | {
        name: read_bytes(path, _SAMPLES) for name, path in ready.items()
    }


def _files(folder: Path, *ending: str) -> list[Path]:
    """The files of a folder of the samples; none where there is no such folder."""
    return list_files(folder, _SAMPLES, ending=ending or "") if folder.is_dir() else []


def _shown(wanted: Wanted, book: Mapping[str, Any], lent: str | None) -> dict[str, Any]:
    """What templates say of an edition; ``lent`` is the language of its words if that is another than its own."""
    year, title = _year_of(wanted), _read_title(wanted.title) or book["title"]
    return {
        **book,
        "title": title,
        "key": make_key(title, wanted.language, year),
        "cover_title": _break_title(title.removesuffix(year).rstrip(" ,–-/") or title),
        "language": wanted.language,
        "languages": [wanted.language, *([lent] if lent else []), *book["languages"]],
        "texts": "pages" if "pages" in book else _FRONT_MATTER,
        "trims": ", ".join(TRIMS),
        "preface": own_words(wanted.language).preface if lent else None,  # type: ignore[union-attr] # it is known
    }


def _saturday(year: str) -> int:
    """The day of an event of two days in June: a Saturday, with two figures like the day behind it."""
    tenth = date(int(year), 6, 10)
    return (tenth + timedelta((_SATURDAY - tenth.weekday()) % 7)).day


def _year_of(wanted: Wanted) -> str:
    """The year of an edition: the last one that its title has, or this one."""
    named: list[str] = _YEAR.findall(wanted.title or "")
    return named[-1] if named else str(wanted.created.year)


# -------------------------------------------------------------------- options
def language_of_sample(wanted: Wanted) -> str:
    """The language of the words that an edition is begun with: its own, or English; raises WantedError."""
    tag = wanted.language
    if own_words(tag) is None or not is_language(tag):
        known = known_languages()
        remedy = did_you_mean(tag, known, f"Use one of {', '.join(known)}, with or without a country, as in de-AT.")
        raise WantedError(f"--language: there are no words in '{tag}'.", remedy)
    spoken = _primary(tag)
    return spoken if (_SAMPLES / wanted.like / spoken).is_dir() else _ENGLISH


def _primary(tag: str) -> str:
    return tag.partition("-")[0].casefold()


def _read_title(title: str | None) -> str | None:
    """A title in one line; one without letters, or with what nobody sees, is refused."""
    one_line = " ".join((title or "").split())
    if title is not None and not any(each.isalnum() for each in one_line):
        raise WantedError(f"--title: '{title}' has no letters.", "Write the book's name, or leave it out.")
    if not one_line.isprintable():
        raise WantedError(f"--title: a character of '{title}' is not seen.", "Write the title anew, letter by letter.")
    return one_line or None


def _read_trim(trim: str) -> str:
    """A trim as edition.yaml has it: its name, or width and height."""
    named = {name.casefold(): name for name in TRIMS}.get(trim.strip().casefold())
    if named:
        return named
    size = _SIZE.fullmatch(trim.strip())
    return f"{{width_mm: {size[1]}, height_mm: {size[2]}}}" if size else _as_yaml(trim)


# -------------------------------------------------------------------- texts
def _render(path: Path, wanted: Wanted, **shown: Any) -> str:
    """A template of the samples, filled in."""
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["yaml"] = _as_yaml
    template = environment.from_string(read_text(path, _SAMPLES))
    year = _year_of(wanted)
    return template.render(year=year, saturday=_saturday(year), created=wanted.created.isoformat(), **shown)


def _as_yaml(value: Any) -> str:
    """A text or a list of texts as YAML on one line, in quotes where it needs them."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.removesuffix("...\n").rstrip("\n")


def _break_title(title: str) -> list[str]:
    """A title in as few lines as the cover can show large; no line is a short word alone where that can be."""
    words = title.split()
    lines = [title]
    for count in range(1, min(_MOST_LINES, len(words)) + 1):
        ways = [way for way in _broken(words, count) if count == 1 or min(map(len, way)) >= _SHORT_WORD]
        lines = min([lines, *ways], key=lambda way: max(map(len, way)))
        if max(map(len, lines)) <= _LONG_LINE:
            break
    return lines


def _broken(words: list[str], count: int) -> Iterator[list[str]]:
    """All ways to put words into so many lines."""
    if count == 1:
        yield [" ".join(words)]
        return
    for at in range(1, len(words) - count + 2):
        yield from ([" ".join(words[:at]), *rest] for rest in _broken(words[at:], count - 1))


def _as_page(text: str, path: Path, lent: str | None) -> str:
    """A text as it lies in the edition; ``lent`` is its language if that is another than the book's."""
    return _with_schema(_lend(text, path, lent) if lent else text, path)


def _lend(text: str, path: Path, language: str) -> str:
    """A text in a book of another language, marked with its own: an entry as a whole, any other by paragraphs."""
    _, fields, body = text.split("---\n", 2)
    if path.parent.name not in _TEXTS:
        fields = re.sub(r"^(name: .*\n)", rf"\1language: {language}\n", fields, count=1, flags=re.MULTILINE)
    else:
        body = re.sub(r"^(\S.*)$", rf"[\1]{{lang={language}}}", body, flags=re.MULTILINE)
    return f"---\n{fields}---\n{body}"


# -------------------------------------------------------------------- schemas
def _schema(kind: str) -> str:
    """The schema of a kind of file, for the program that it is written with: it completes and marks fields.

    It is that of any edition: one that knew the marks of this one would refuse those that are added.
    """
    return json.dumps(content_schema(kind, None), ensure_ascii=False, indent=2) + "\n"


def _with_schema(text: str, path: Path) -> str:
    """A text with the line that leads to the schema of its fields."""
    kind = _FRONT_MATTER if path.parent.name in _TEXTS else "entry"
    return text.replace("---\n", f"---\n# yaml-language-server: $schema=../.schema/{kind}.json\n", 1)
