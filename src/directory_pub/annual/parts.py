"""What is another in two versions of a page: fields, contact rows, the picture and the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, Literal

from msgspec import Struct

from directory_pub.annual.words import Stretch, compare_texts, compare_words, opcodes
from directory_pub.annual.written import WrittenLine, body_lines, contact_line, one_line
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import photos_within, plain
from directory_pub.edition.yaml_source import Node
from directory_pub.pictures import find_picture
from directory_pub.storage.enclosure import Refused, open_file

__all__ = ["Change", "changed_fields", "changed_order", "changed_page", "changed_picture", "sheet_fields"]

What = Literal["key", "section", "field", "contact", "picture", "text", "order"]
How = Literal["changed", "new", "dropped", "moved"]
Fields = Mapping[str, tuple[str, int | None]]
"""Values by their names, each with its line."""

_BETWEEN = " · "
_USUAL = {"fit": "cover", "size": "tile"}  # of a picture
_PARAGRAPH = "¶"
_SECTION = "section "  # and its key
_NOT_PRINTED = ("confirm_since",)
_AT_ONCE = 1 << 20  # bytes of two pictures that are compared at a time


class Change(Struct, frozen=True):
    """One difference: ``before`` and ``after`` are the whole values, None where there is none; ``lines`` theirs.

    What is ``moved`` is the same in another place among others of its kind.
    """

    what: What
    name: str
    how: How
    before: str | None
    after: str | None
    words: tuple[Stretch, ...]
    lines: tuple[int | None, int | None] = (None, None)

    @classmethod
    def of(
        cls,
        what: What,
        name: str,
        before: str | None,
        after: str | None,
        *,
        lines: tuple[int | None, int | None] = (None, None),
        how: How | None = None,
    ) -> Change:
        """A difference between two texts, with their words compared."""
        kind: How = how or ("new" if before is None else "dropped" if after is None else "changed")
        return cls(what, name, kind, before, after, compare_texts(before or "", after or ""), lines)


# -------------------------------------------------------------------- fields
def sheet_fields(sheet: Node, known_as: Mapping[str, str]) -> dict[str, tuple[str, int | None]]:
    """All values of edition.yaml; lists of texts as one value, sections by their keys and without their entries.

    ``known_as`` is the key that a section is known by, where that is another.
    """
    return {name: value for name, value in _values(sheet, "", known_as) if name not in _NOT_PRINTED}


def changed_fields(before: Fields, after: Fields) -> Iterator[Change]:
    """What is another in two sets of fields, in the order of the later one."""
    for name in dict.fromkeys((*after, *before)):
        (old, old_line), (new, new_line) = before.get(name, (None, None)), after.get(name, (None, None))
        if old != new:
            yield Change.of("field", name, old, new, lines=(old_line, new_line))


def changed_order(name: str, before: Sequence[str], after: Sequence[str], shown: Mapping[str, str]) -> Iterator[Change]:
    """What stands elsewhere in a list of the same keys; ``shown`` are their names."""
    if list(before) != list(after):
        old, new = [shown[key] for key in before], [shown[key] for key in after]
        yield Change(
            "order", name, "changed", _BETWEEN.join(old), _BETWEEN.join(new), compare_words(old, new, _BETWEEN)
        )


def _values(node: Node, path: str, known_as: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, int | None]]]:
    match node.value:
        case str() as text:
            yield from [(path, (one_line(text), node.place.line))] if text.strip() else []
        case dict() as fields:
            for name, child in fields.items():
                if not (path.startswith(_SECTION) and name == "entries"):
                    between = " " if path.startswith(_SECTION) else "."
                    yield from _values(child, f"{path}{between}{name}" if path else name, known_as)
        case list() as rows if rows and all(isinstance(row.value, str) for row in rows):
            yield path, (_BETWEEN.join(one_line(str(row.value)) for row in rows), node.place.line)
        case list() as rows:
            for number, row in enumerate(rows, 1):
                key = row.value.get("key") if isinstance(row.value, dict) and path == "sections" else None
                named = str(key.value) if key else ""
                yield from _values(
                    row, f"{_SECTION}{known_as.get(named, named)}" if key else f"{path}[{number}]", known_as
                )


# -------------------------------------------------------------------- a page
def changed_page(one: Entry | TextPage, other: Entry | TextPage, editions: tuple[Edition, Edition]) -> Iterator[Change]:
    """What is another in two versions of an entry, or of a text page."""
    alike = isinstance(one, Entry) and isinstance(other, Entry) and one.digest and one.digest == other.digest
    if not alike:
        yield from changed_fields(_fields_of(one), _fields_of(other))
        yield from _changed_contact(_contact_of(one), _contact_of(other))
    if isinstance(one, Entry) and isinstance(other, Entry):
        yield from changed_picture("photo", one.photo, other.photo, editions)
        for before, after in zip_longest(one.photos, other.photos):
            yield from changed_picture("photos", before, after, editions)
        yield from changed_picture("closing_photo", one.closing_photo, other.closing_photo, editions)
        yield from changed_picture("logo", one.logo, other.logo, editions)
    if isinstance(one, TextPage) and isinstance(other, TextPage):
        yield from changed_picture("picture", one.picture, other.picture, editions)
        yield from changed_picture("publisher.logo", _logo_of(one), _logo_of(other), editions)
    if not alike:
        yield from _changed_text(list(body_lines(one.body)), list(body_lines(other.body)))
    yield from _redrawn_pictures(one, other, editions)


def _redrawn_pictures(
    one: Entry | TextPage, other: Entry | TextPage, editions: tuple[Edition, Edition]
) -> Iterator[Change]:
    """Pictures in a text that have kept their names and are others."""
    before = {photo.file: photo for photo in photos_within(one.body)}
    for photo in photos_within(other.body):
        if photo.file in before:
            yield from changed_picture("text", before[photo.file], photo, editions)


def _fields_of(page: Entry | TextPage) -> dict[str, tuple[str, int | None]]:
    """The fields that are printed, or that say how the page looks."""
    found: dict[str, tuple[str | None, int | None]] = {}
    if isinstance(page, Entry):
        for name in ("name", "short", "subtitle", "mark", "motif", "language", "country", "level", "sort", "qr"):
            found[name] = getattr(page, name), page.place_of(name).line
        found["place"] = page.locality, page.place_of("place").line
        found |= {value.field: (value.row.text, value.place.line) for value in page.values}
        found["see_also"] = _BETWEEN.join(each.key for each in page.see_also), page.place_of("see_also").line
        found |= _photo_fields("photo", page.photo)
        for number, photo in enumerate(page.photos, 1):
            found |= _photo_fields(f"photos[{number}]", photo)
        found |= _photo_fields("closing_photo", page.closing_photo)
        found |= _photo_fields("logo", page.logo)
        found |= _shown_to(page)
    else:
        found["title"] = page.title, page.place.line
        found["kind"] = page.kind if page.kind != page.key else None, page.place.line
        found["qr"] = page.qr.address if page.qr else None, page.place.line
        found |= _photo_fields("picture", page.picture)
        found |= _shown_to(page)
        if publisher := page.publisher:
            line = publisher.place.line
            found |= {
                "publisher.name": (publisher.name, line),
                "publisher.wordmark": (_BETWEEN.join(publisher.wordmark), line),
                "publisher.address": (publisher.address, line),
                **_photo_fields("publisher.logo", publisher.logo),
            }
    return {name: (one_line(value), line) for name, (value, line) in found.items() if value}


def _shown_to(page: Entry | TextPage) -> dict[str, tuple[str | None, int | None]]:
    """Where it, and what of it, is shown alone."""
    rules = {f"show.{rule.field}" if rule.field else "show": rule for rule in page.show}
    return {name: (_BETWEEN.join(rule.names), rule.place.line) for name, rule in rules.items()}


def _photo_fields(name: str, photo: Photo | None) -> dict[str, tuple[str | None, int | None]]:
    if photo is None:
        return {}
    values = {"alt": photo.alt, "credit": photo.credit, "focus": " ".join(f"{part:g}%" for part in photo.focus)}
    values |= {"caption": plain(photo.caption) or None}
    said = {"fit": photo.fit, "size": photo.size} if name == "photo" else {"fit": photo.fit}
    values |= {field: told for field, told in said.items() if told != _USUAL[field]}
    return {f"{name}.{field}": (value, photo.place.line) for field, value in values.items()}


def _logo_of(page: TextPage) -> Photo | None:
    return page.publisher.logo if page.publisher else None


def _contact_of(page: Entry | TextPage) -> Sequence[ContactRow]:
    if isinstance(page, Entry):
        return page.contact
    return page.publisher.contact if page.publisher else ()


# -------------------------------------------------------------------- contact
def _changed_contact(before: Sequence[ContactRow], after: Sequence[ContactRow]) -> Iterator[Change]:
    """Row by row: rows of one kind that are in neither list as they are in the other belong together in their order."""
    old, new = [contact_line(row) for row in before], [contact_line(row) for row in after]
    out: list[int] = []
    into: list[int] = []
    for same, a, b in opcodes(old, new):
        if not same:
            out += range(len(old))[a]
            into += range(len(new))[b]
    moved = [(i, _take(into, new, old[i])) for i in list(out)]
    for i, j in moved:
        if j is not None:
            out.remove(i)
            yield _row_change(before[i], after[j], how="moved")
    rest: dict[str, tuple[list[ContactRow], list[ContactRow]]] = defaultdict(lambda: ([], []))
    for i in out:
        rest[before[i].kind][0].append(before[i])
    for j in into:
        rest[after[j].kind][1].append(after[j])
    for gone, come in rest.values():
        for one, other in zip_longest(gone, come):
            yield _row_change(one, other)


def _take(numbers: list[int], texts: Sequence[str], text: str) -> int | None:
    """The first of some numbers whose text is this one, taken out of them."""
    found = next((number for number in numbers if texts[number] == text), None)
    if found is not None:
        numbers.remove(found)
    return found


def _row_change(one: ContactRow | None, other: ContactRow | None, how: How | None = None) -> Change:
    kind = (other or one).kind  # type: ignore[union-attr] # one of them is there
    texts = [contact_line(row).removeprefix(f"{kind}: ") if row else None for row in (one, other)]
    lines = (one.place.line if one else None, other.place.line if other else None)
    return Change.of("contact", kind, *texts, lines=lines, how=how)


# -------------------------------------------------------------------- picture
def changed_picture(
    name: str, one: Photo | None, other: Photo | None, editions: tuple[Edition, Edition]
) -> Iterator[Change]:
    """Another file, or another picture in a file of the same name."""
    files = (one.file if one else None, other.file if other else None)
    lines = (one.file_place.line if one else None, other.file_place.line if other else None)
    if files == (None, None):
        return
    if files[0] != files[1]:
        yield Change.of("picture", name, *files, lines=lines)
    elif not _same_content(*(_find_file(edition, str(files[0])) for edition in editions)):
        same = f"{files[0]}: another picture under this name"
        yield Change("picture", name, "changed", files[0], files[1], (Stretch("same", same),), lines)


_File = tuple[Path, Edition] | None


def _find_file(edition: Edition, name: str) -> _File:
    path = find_picture(edition.folder, name)
    return None if path is None else (path, edition)


def _same_content(one: _File, other: _File) -> bool:
    """Whether two files are the same to the byte; two that are not there are."""
    if one is None or other is None:
        return one is other
    if one[0].samefile(other[0]):
        return True
    if one[0].stat().st_size != other[0].stat().st_size:
        return False
    try:
        with _opened(*one) as first, _opened(*other) as second:
            while part := first.read(_AT_ONCE):
                if part != second.read(_AT_ONCE):
                    return False
    except (OSError, Refused):
        return False
    return True


def _opened(path: Path, edition: Edition) -> BinaryIO:
    return open_file(path, edition.root, edition.folder)


# -------------------------------------------------------------------- text
def _changed_text(before: Sequence[WrittenLine], after: Sequence[WrittenLine]) -> Iterator[Change]:
    """Each passage of lines that are not the same, its words compared as a whole."""
    for same, a, b in opcodes([each.text for each in before], [each.text for each in after]):
        if same:
            continue
        old, new = before[a], after[b]
        texts = [f" {_PARAGRAPH} ".join(each.text for each in lines) if lines else None for lines in (old, new)]
        lines = (old[0].line if old else None, new[0].line if new else None)
        yield Change.of("text", "text", *texts, lines=lines)
