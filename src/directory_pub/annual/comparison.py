"""Two editions side by side: which entries are unchanged, changed, new or dropped, and what is another in each.

What was read is compared, not what was typed: a paragraph on other lines is the same paragraph. Of what is not
printed (remarks, queries, confirmations) nothing is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from directory_pub.annual.event import event_fields
from directory_pub.annual.parts import (
    Change,
    changed_fields,
    changed_order,
    changed_page,
    changed_picture,
    sheet_fields,
)
from directory_pub.edition.model import Edition, Entry, Section, TextPage
from directory_pub.edition.theme import find_root
from directory_pub.edition.yaml_source import Node, parse_yaml
from directory_pub.findings import Finding, Severity
from directory_pub.read import read_edition
from directory_pub.read.table_file import is_table
from directory_pub.storage.enclosure import Refused, read_text
from directory_pub.storage.store import Store

__all__ = ["Change", "Comparison", "PageComparison", "Side", "Status", "compare_editions"]

Status = Literal["unchanged", "changed", "new", "dropped", "unread"]
_SHEET = "edition.yaml"
_UNREAD = ("yaml-syntax", "yaml-alias")  # the fields of such a file are not known


class Side(Struct, frozen=True):
    """One of the two editions: the ``errors`` of reading it, the keys of entries that are ``unread``."""

    folder: Path
    title: str
    language: str
    errors: tuple[Finding, ...]
    unread: frozenset[str]


class PageComparison(Struct, frozen=True):
    """An entry or page of front matter in the two editions; of one that is in one of them, the other side is None.

    ``confirmed`` is the day on which an entry of the later edition was.
    """

    status: Status
    key: tuple[str | None, str | None]
    name: tuple[str | None, str | None]
    section: tuple[str | None, str | None] = (None, None)
    file: tuple[str | None, str | None] = (None, None)
    confirmed: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def shown_name(self) -> str:
        """Its name in the later edition that has it."""
        return self.name[1] or self.name[0] or ""


class Comparison(Struct, frozen=True):
    """All of it: ``sheet`` is edition.yaml with programme and sponsors and the order of sections and entries.

    ``pages`` is the front matter.
    """

    before: Side
    after: Side
    sheet: tuple[Change, ...]
    pages: tuple[PageComparison, ...]
    entries: tuple[PageComparison, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many entries are in each state."""
        found = Counter(entry.status for entry in self.entries)
        return {status: found[status] for status in ("unchanged", "changed", "new", "dropped", "unread")}

    @property
    def is_whole(self) -> bool:
        """Whether both editions were read without an error."""
        return not self.before.errors and not self.after.errors


def compare_editions(before: Path, after: Path, store: Store | None = None) -> tuple[Comparison | None, list[Finding]]:
    """Compare two editions' folders; None with findings where there is no edition.yaml that can be read.

    ``store`` knows entries that were read before.
    """
    read = [_read(folder, store or Store()) for folder in (before, after)]
    findings = [finding for _, _, found in read for finding in found]
    (old, old_sheet, _), (new, new_sheet, _) = read
    if old is None or new is None or old_sheet is None or new_sheet is None:
        return None, findings
    sides = (_side(before, old, old_sheet, read[0][2]), _side(after, new, new_sheet, read[1][2]))
    sections = _same_sections(old.sections, new.sections)
    known_as = {later: earlier for earlier, later in sections.items()}
    entries = list(_compare_entries(old, new, sections, sides))
    sheet = [
        *changed_fields(sheet_fields(old_sheet, {}), sheet_fields(new_sheet, known_as)),
        *changed_fields(event_fields(old), event_fields(new)),
        *_changed_cover(old, new),
        *_changed_orders(old, new, sections, entries),
    ]
    pages = tuple(_compare_front_matter(old, new))
    return Comparison(*sides, tuple(sheet), pages, tuple(entries)), findings


# -------------------------------------------------------------------- reading
def _read(folder: Path, store: Store) -> tuple[Edition | None, Node | None, list[Finding]]:
    """An edition, its sheet, and the errors of reading it."""
    root = find_root(folder)
    edition, findings = read_edition(folder, root, store)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if edition is None:
        return None, None, errors
    path = folder.resolve() / _SHEET
    try:
        node, _ = parse_yaml(read_text(path, root, folder), edition.place.file)
    except Refused as refused:  # gone since it was read
        return None, None, [*errors, refused.finding]
    return edition, node, errors


def _side(folder: Path, edition: Edition, sheet: Node, errors: Sequence[Finding]) -> Side:
    broken = {finding.place.file for finding in errors if finding.code in _UNREAD}
    read = {entry.key for entry in edition.entries if not entry.files & broken}
    listed = {key for section in _rows(sheet, "sections") for key in _listed(section)}
    return Side(folder, edition.full_title, edition.language, tuple(errors), frozenset(listed - read))


def _rows(sheet: Node, name: str) -> Iterator[Mapping[str, Node]]:
    fields = sheet.value if isinstance(sheet.value, dict) else {}
    rows = fields[name].value if name in fields else []
    yield from (row.value for row in (rows if isinstance(rows, list) else []) if isinstance(row.value, dict))


def _listed(section: Mapping[str, Node]) -> Iterator[str]:
    """The keys of the entries that a section lists."""
    keys = section["entries"].value if "entries" in section else []
    for key in keys if isinstance(keys, list) else ():
        if isinstance(key.value, str) and key.value and not is_table(key.value):
            yield key.value.removesuffix(".md")


# -------------------------------------------------------------------- which is which
def _same_sections(old: Sequence[Section], new: Sequence[Section]) -> dict[str, str]:
    """The later key of each earlier section: the same, or that of a section with its title."""
    same = {section.key: section.key for section in old if any(section.key == each.key for each in new)}
    of_title = {section.title: section.key for section in new if section.key not in same.values()}
    left = [section for section in old if section.key not in same]
    return same | {section.key: of_title[section.title] for section in left if section.title in of_title}


class _Placed(Struct, frozen=True):
    """An entry in its section, or one that is listed and could not be read."""

    key: str
    section: Section | None = None
    entry: Entry | None = None


def _place(edition: Edition, side: Side) -> list[_Placed]:
    """The entries of an edition by their keys, which are one each; those not read are behind the others."""
    read = {
        entry.key: _Placed(entry.key, section, entry)
        for section in edition.sections
        for entry in section.entries
        if entry.key not in side.unread
    }
    return [*read.values(), *(_Placed(key) for key in sorted(side.unread))]


def _pairs(old: Sequence[_Placed], new: Sequence[_Placed]) -> Iterator[tuple[_Placed | None, _Placed | None]]:
    """What is the same entry: by its key, else by a name that one entry on either side has; in the later order."""
    of_key = {each.key: each for each in old}
    kept = {each.key for each in new} & of_key.keys()
    gone, come = [[each for each in side if each.key not in kept] for side in (old, new)]
    of_name = {name: each for name, each in _by_name(gone).items() if name in _by_name(come)}
    renamed = {_by_name(come)[name].key: each for name, each in of_name.items()}
    for each in new:
        yield of_key.get(each.key) or renamed.get(each.key), each
    found = {*kept, *(each.key for each in renamed.values())}
    yield from ((each, None) for each in old if each.key not in found)


def _by_name(entries: Sequence[_Placed]) -> dict[str, _Placed]:
    """Entries by names that only one of them has."""
    names = [" ".join(each.entry.name.casefold().split()) if each.entry else "" for each in entries]
    count = Counter(names)
    return {name: each for name, each in zip(names, entries, strict=True) if name and count[name] == 1}


# -------------------------------------------------------------------- entries
def _compare_entries(
    old: Edition, new: Edition, sections: Mapping[str, str], sides: tuple[Side, Side]
) -> Iterator[PageComparison]:
    for before, after in _pairs(_place(old, sides[0]), _place(new, sides[1])):
        each = (before, after)
        entries = [placed.entry if placed else None for placed in each]
        at = [placed.section if placed else None for placed in each]
        changes: tuple[Change, ...] = ()
        if any(placed and placed.entry is None for placed in each):
            status: Status = "unread"
        elif before is None or after is None:
            status = "new" if before is None else "dropped"
        else:
            changes = tuple(_entry_changes(before, after, sections, (old, new)))
            status = "changed" if changes else "unchanged"
        yield PageComparison(
            status,
            key=_two(placed.key if placed else None for placed in each),
            name=_two(
                entry.name if entry else placed.key if placed else None
                for entry, placed in zip(entries, each, strict=True)
            ),
            section=_two(section.title if section else None for section in at),
            file=_two(entry.place.file if entry else None for entry in entries),
            confirmed=entries[1].confirmed if entries[1] else None,
            changes=changes,
        )


def _entry_changes(
    before: _Placed, after: _Placed, sections: Mapping[str, str], editions: tuple[Edition, Edition]
) -> Iterator[Change]:
    one, other, first, second = before.entry, after.entry, before.section, after.section
    if one is None or other is None or first is None or second is None:
        return
    if one.key != other.key:
        yield Change.of("key", "key", one.key, other.key)
    if sections.get(first.key) != second.key:
        yield Change.of("section", "section", first.title, second.title)
    yield from changed_page(one, other, editions)


def _compare_front_matter(old: Edition, new: Edition) -> Iterator[PageComparison]:
    for kind in dict.fromkeys((*new.text_pages, *old.text_pages)):
        pages: list[TextPage | None] = [edition.text_pages.get(kind) for edition in (old, new)]
        changes: tuple[Change, ...] = ()
        one, other = pages
        if one and other:
            changes = tuple(changed_page(one, other, (old, new)))
        status: Status = "new" if one is None else "dropped" if other is None else "changed" if changes else "unchanged"
        names = _two((page.title or kind.capitalize()) if page else None for page in pages)
        files = _two(page.place.file if page else None for page in pages)
        keys = _two(kind if page else None for page in pages)
        yield PageComparison(status, key=keys, name=names, file=files, changes=changes)


def _changed_cover(old: Edition, new: Edition) -> Iterator[Change]:
    """Another picture under the name that the cover's has in both: another name is a field's change."""
    one, other = (edition.cover.picture if edition.cover else None for edition in (old, new))
    if one and other and one.file == other.file:
        yield from changed_picture("cover.picture", one, other, (old, new))


def _changed_orders(
    old: Edition, new: Edition, sections: Mapping[str, str], entries: Sequence[PageComparison]
) -> Iterator[Change]:
    """The order of sections, and that of the entries that are in a section in both years."""
    later = {section.key: section for section in new.sections}
    there = [section for section in old.sections if section.key in sections]
    kept = [sections[section.key] for section in there]
    titles = {section.key: section.title for section in new.sections}
    yield from changed_order("order of sections", kept, [key for key in later if key in kept], titles)
    now = {entry.key[0]: entry.key[1] for entry in entries if entry.status in ("changed", "unchanged")}
    for section in there:
        goal = later[sections[section.key]]
        names = {entry.key: entry.name for entry in goal.entries}
        before = [key for entry in section.entries if (key := now.get(entry.key)) in names and key]
        after = [key for key in names if key in before]
        yield from changed_order(f"order of “{goal.title}”", before, after, names)


def _two(values: Iterator[str | None]) -> tuple[str | None, str | None]:
    one, other = values
    return one, other
