"""The order of a section's entries, and the groups that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.collation import SIGNS, Collation
from directory_pub.edition.model import Entry, Group, OwnField
from directory_pub.edition.persons import name_in_order
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Finding, Place, error, note, warning

__all__ = ["Collations", "Order", "arrange", "nearly_by_name", "read_order"]

How = Literal["as-listed", "by-name", "by-place", "by-field"]

# Languages that have a point before decimals.
_WITH_POINT = frozenset(["cy", "en", "ga", "he", "ja", "ko", "mt", "th", "zh"])
_WITHOUT = "…"  # the head of those that have nothing to stand together by
_FEWEST = 8  # entries of which one may be out of place
_FOR_ANOTHER = 12  # and two
_TAKES = {"by-name": "by-letter"}  # what a group is called, where that is another word


class Order(Struct, frozen=True):
    """How a section's entries are put in order, by which ``field`` of the edition's own, and whether that groups them.

    ``is_written`` where edition.yaml says so. The names ``of_people`` begin with the family's.
    """

    how: How = "as-listed"
    field: OwnField | None = None
    place: Place | None = None
    is_written: bool = False
    groups: bool = False
    of_people: bool = False

    @property
    def words(self) -> str:
        """It as edition.yaml has it."""
        return f"{{by: {self.field.name}}}" if self.field else self.how

    def name_of(self, entry: Entry) -> str:
        """The name by which an entry is put in order."""
        return name_in_order(entry) if self.of_people else entry.sort or entry.name

    def names(self, collations: Collations) -> Collation:
        """How names are compared: no article begins a person's."""
        return collations.texts if self.of_people else collations.names

    def name_key(self, entry: Entry, collations: Collations) -> bytes:
        """What entries are sorted by where their names count; of people's the family's name first, then the given."""
        parts = self.name_of(entry).split(", ") if self.of_people else [self.name_of(entry)]
        return b"\0".join(self.names(collations).key(part) for part in parts)


class Collations(Struct, frozen=True):
    """How names are compared, without their articles, and all other texts."""

    names: Collation
    texts: Collation

    @classmethod
    def of(cls, language: str, ignored_articles: Sequence[str]) -> Collations:
        """Those of a language by its tag."""
        return cls(Collation.of(language, ignored_articles), Collation.of(language))


# -------------------------------------------------------------------- what edition.yaml says
def read_order(s: Fields, own: Sequence[OwnField], *, form: str, takes_all: bool) -> Order:
    """The order of a section; where it is grouped, the order follows from that, and must not contradict it."""
    order, group = _read_by(s, "order", own), _read_by(s, "group", own)
    if group and form == "pages":
        message = "entries that have pages of their own stand in no groups."
        remedy = "Add 'form: compact', 'register' or 'people' to the section, or take 'group' out."
        s.complain("group-unfit", group.place or s.place, message, remedy)
        group = None
    if group and order and (group.how, group.field) != (order.how, order.field):
        grouped = _TAKES.get(group.how, group.words)
        message = f"entries in the order '{order.words}' do not stand together '{grouped}'."
        s.complain("group-unfit", order.place or s.place, message, "Take 'order' out: it follows from 'group'.")
    found = group or order or Order("by-name" if takes_all else "as-listed")
    return replace(found, of_people=form == "people")


def _read_by(s: Fields, name: Literal["order", "group"], own: Sequence[OwnField]) -> Order | None:
    """What one of the two fields names; None where it is not there, or with a finding where nothing has that name."""
    node, groups = s.node(name), name == "group"
    if node is None:
        return None
    if not isinstance(node.value, dict):
        word = s.text(name)
        hows: dict[str | None, How] = {"by-letter": "by-name", "by-name": "by-name", "by-place": "by-place"}
        return Order(hows.get(word, "as-listed"), None, node.place, True, groups) if word else None
    inner = s.fields(name)
    by = inner.text("by") if inner else None
    if inner:
        inner.close()
    if inner is None or by is None:
        return None
    field = next((each for each in own if each.name == by), None)
    if field is None:
        place = inner.places().get("by", node.place)
        remedy = did_you_mean(by, [each.name for each in own], "Declare it under 'fields' in edition.yaml.")
        if by in ("name", "place"):
            remedy = f"Write '{name}: {'by-letter' if groups and by == 'name' else f'by-{by}'}'."
        s.complain("key-unknown", place, f"'{by}' is no field of the edition's own.", remedy)
        return None
    return Order("by-field", field, node.place, True, groups)


# -------------------------------------------------------------------- entries in order
def arrange(
    entries: Sequence[Entry], order: Order, collations: Collations
) -> tuple[tuple[Entry, ...], tuple[Group, ...], list[Finding]]:
    """The entries in their order, the groups that part them, and what is wrong with either."""
    findings = list(_without_place(entries)) if order.how == "by-place" else []
    if order.how != "as-listed":
        entries = sorted(entries, key=lambda entry: _key(entry, order, collations))
    if not order.groups:
        return tuple(entries), (), findings
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_head(entry, order, collations), []).append(entry)
    groups = tuple(_group(some, order, collations) for some in found.values())
    if order.field:
        findings += _without_value(entries, order.field)
    findings += _spelt_alike(groups, order, collations)
    return tuple(entry for group in groups for entry in group.entries), groups, findings


def _key(entry: Entry, order: Order, collations: Collations) -> tuple[bool, Decimal, bytes, bytes]:
    """What entries are sorted by; those without it come last, those that have the same in the order of names."""
    text = _text(entry, order)
    name = order.name_key(entry, collations)
    if order.how == "by-name":
        return False, Decimal(), name, b""
    if text is None:
        return True, Decimal(), b"", name
    if order.field and order.field.type == "number":
        return False, _number(text, collations.names.language), b"", name
    is_date = order.field is not None and order.field.type == "date"
    return False, Decimal(), text.encode() if is_date else collations.texts.key(text), name


def _number(text: str, language: str) -> Decimal:
    """The value of a number as its language writes it: of point and comma one stands before decimals, and the other,
    before three figures, is nothing.
    """
    figures = re.sub(r"[\s'’]", "", text).replace("−", "-")
    decimal, group = (".", ",") if language.partition("-")[0].casefold() in _WITH_POINT else (",", ".")
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", figures)
    doubled = next((sign for sign in ".," if figures.count(sign) > 1), "")
    figures = figures.replace(group if grouped else doubled, "") if grouped or doubled else figures
    return Decimal(figures.replace(",", "."))


def _text(entry: Entry, order: Order) -> str | None:
    """The text that an entry is put in order by, as it was written; None where it has none."""
    if order.field is None:
        return entry.locality if order.how == "by-place" else order.name_of(entry)
    value = entry.value_of(order.field.name)
    return (value.written or value.texts[0]) if value else None


def _head(entry: Entry, order: Order, collations: Collations) -> str:
    """What one group has in common."""
    if order.how == "by-name":
        return order.names(collations).initial(order.name_of(entry))
    return " ".join((_text(entry, order) or "").split())


def _group(entries: Sequence[Entry], order: Order, collations: Collations) -> Group:
    first = entries[0]
    title = _head(first, order, collations)
    if order.how == "by-name":
        return Group(title=title, initial=title, entries=tuple(entries))
    is_text = order.field is None or order.field.type in ("text", "list")
    initial = (collations.texts.initial(title) if is_text else SIGNS) if title else _WITHOUT
    value = first.value_of(order.field.name) if order.field else None
    return Group(title=(value.texts[0] if value else title) or _WITHOUT, initial=initial, entries=tuple(entries))


# -------------------------------------------------------------------- what is told
def _without_place(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if not entry.locality:
            message = "is not there, and the section is in the order of its entries' places."
            remedy = "Write 'place: …' among its fields, such as 'place: Hamburg', or in its row of a table."
            yield error("key-missing", _at(entry, "place"), message, remedy)


def _without_value(entries: Sequence[Entry], field: OwnField) -> Iterator[Finding]:
    for entry in entries:
        if entry.value_of(field.name) is None:
            message = f"is not there, and the section is grouped by it: the entry stands last, under “{_WITHOUT}”."
            yield warning(
                "key-missing",
                _at(entry, field.name),
                message,
                f"Write '{field.name}: …' among its fields, or in its row.",
            )


def _at(entry: Entry, name: str) -> Place:
    """Where a field stands, or would."""
    return replace(entry.place_of(name), field=name)


def _spelt_alike(groups: Sequence[Group], order: Order, collations: Collations) -> Iterator[Finding]:
    """A warning where two heads differ in case or accents alone."""
    if order.how == "by-name":
        return
    seen: dict[bytes, str] = {}
    for group in groups:
        other = seen.setdefault(collations.texts.letters_key(group.title), group.title)
        if other != group.title:
            message = f"“{group.title}” and “{other}” are two groups."
            place = _at(group.entries[0], order.field.name if order.field else "place")
            yield warning("name-duplicate", place, message, "Write it in one way, if the same is meant.")


def nearly_by_name(
    entries: Sequence[Entry], places: Mapping[str, Place], order: Order, collations: Collations
) -> Iterator[Finding]:
    """A note on each of the few entries that stand out of the order of names in a list that otherwise keeps it.

    ``places`` are the lines of the list, by the entries' keys.
    """
    if len(entries) < _FEWEST:
        return
    keys = [order.name_key(entry, collations) for entry in entries]
    in_order = _longest_in_order(keys)
    astray = [at for at in range(len(keys)) if at not in in_order]
    if len(astray) > (2 if len(entries) >= _FOR_ANOTHER else 1):
        return
    by_name = sorted(range(len(keys)), key=keys.__getitem__)
    for at in astray:
        before = by_name.index(at)
        where = f"behind “{entries[by_name[before - 1]].name}”" if before else "first"
        message = f"“{entries[at].name}” is out of the order of names that the list has; it would stand {where}."
        remedy = "Move it there, or write 'order: by-name'; 'order: as-listed' says that it is meant to stand here."
        yield note("entry-unordered", places[entries[at].key], message, remedy)


def _longest_in_order(keys: Sequence[bytes]) -> set[int]:
    """The numbers of the most keys that are in order as they stand."""
    ends: list[int] = []  # of the runs in order of each length, the last key that is lowest
    lowest: list[bytes] = []  # and the key itself
    before: dict[int, int | None] = {}
    for at, key in enumerate(keys):
        length = bisect_right(lowest, key)
        before[at] = ends[length - 1] if length else None
        ends[length : length + 1] = [at]
        lowest[length : length + 1] = [key]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
