"""An edition as it is shown in one variant and target: what is withheld there is taken out before it is composed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.collation import Collation
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.index_heads import index_heads
from directory_pub.edition.model import Edition, Entry, Group, Index, Section, Showing, TextPage
from directory_pub.edition.persons import is_people, name_in_order
from directory_pub.edition.programme import without_entries
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.sponsors import Sponsor
from directory_pub.edition.targets import PRESS, TARGETS, Target
from directory_pub.edition.text import Run
from directory_pub.findings import Finding, error

__all__ = ["check_something_shown", "check_variant", "shown_by_targets", "shown_in"]

T = TypeVar("T")


def check_variant(edition: Edition, variant: str | None) -> list[Finding]:
    """An error if an edition with variants is to be made without one, or in one that it does not have.

    Without a variant everything would be in the files, which is what nobody may have meant.
    """
    known = [each.key for each in edition.variants]
    place = edition.place_of("variants")
    if variant in known or (variant is None and not known):
        return []
    if variant is None:
        message = f"the edition has variants, and none is named: {', '.join(known)}."
        return [error("variant-unknown", place, message, f"Say which is to be made, as in --variant {known[0]}.")]
    otherwise = f"Use {', '.join(known)}." if known else "Leave --variant out, or declare it under 'variants'."
    message = f"'{variant}' is no variant of this edition."
    return [error("variant-unknown", place, message, did_you_mean(variant, known, otherwise))]


def check_something_shown(shown: Edition, whole: Edition) -> list[Finding]:
    """An error if nothing is left of the edition's entries."""
    if shown.entries or not whole.entries:
        return []
    where = f"the variant '{shown.variant}'" if shown.variant else "one of the targets"
    message = f"no entry is shown in {where}."
    place = whole.place_of("variants" if shown.variant else "sections")
    return [error("variant-unknown", place, message, "Look at what 'show' says in its entries and sections.")]


def shown_by_targets(
    edition: Edition, variant: str | None, targets: Sequence[Target]
) -> list[tuple[Edition, tuple[Target, ...]]]:
    """The edition as each target shows it, with the targets that show the same: usually one for all of them."""
    found: list[tuple[Edition, tuple[Target, ...]]] = []
    for target in targets:
        shown = shown_in(edition, variant, target)
        same = next((at for at, (other, _) in enumerate(found) if other == shown), None)
        if same is None:
            found.append((shown, (target,)))
        else:
            found[same] = (found[same][0], (*found[same][1], target))
    return found


def shown_in(edition: Edition, variant: str | None, target: Target) -> Edition:
    """The edition of one variant as one target shows it; the same object where nothing in it is limited.

    What the targets have apart (cross references with their pages, or as links alone) is that of this one for both.

    A rule is of variants and of targets: where it names some of either, it is shown in these alone. What a file says
    of its own goes before what the edition says. A section without entries, and a mark or field that nobody has any
    more, are left out; a link to what is left out is its words alone.
    """
    own = next((each for each in edition.variants if each.key == variant), None)
    titled = edition if own is None else replace(edition, variant=own.key, title=own.title or edition.title)
    if edition.press_references != edition.email_references:
        references = edition.press_references if target == PRESS else edition.email_references
        titled = replace(titled, press_references=references, email_references=references)
    audience = _Audience(frozenset(each.key for each in edition.variants), variant, target.name)
    shown = _Shown(edition.show, audience, Collation.of(edition.language, edition.ignored_articles))
    sections = tuple(filter(None, map(shown.section, edition.sections)))
    pages = {kind: page for kind, each in edition.text_pages.items() if (page := shown.page(each))}
    gone = _keys(edition.sections, edition.text_pages) - _keys(sections, pages)
    sponsors = edition.sponsors
    if gone:
        sponsors = sponsors and sponsors.with_each(
            lambda each: each if each.entry not in gone else _without_entry(each)
        )
        sections = tuple(_section_without(gone, section) for section in sections)
        pages = {kind: _without_links(page, gone) for kind, page in pages.items()}
        if titled.programme:
            titled = replace(titled, programme=without_entries(titled.programme, gone))
    left = [entry for section in sections for entry in section.entries]
    lost_marks = {entry.mark for entry in edition.entries} - {entry.mark for entry in left}
    marks = tuple(mark for mark in edition.marks if mark.key not in lost_marks)
    lost_fields = _filled(edition.entries) - _filled(left)
    own_fields = tuple(field for field in edition.fields if field.name not in lost_fields)
    if sections == edition.sections and pages == edition.text_pages and not edition.show and not edition.variants:
        return titled
    left_out = replace(titled, sections=sections, text_pages=pages, marks=marks, fields=own_fields, sponsors=sponsors)
    indexes = tuple(_indexes_of(left_out, edition)) if edition.indexes else ()
    return replace(left_out, indexes=indexes, variants=(), show=())


def _indexes_of(shown: Edition, whole: Edition) -> Iterator[Index]:
    """The indexes that something stands in, without references to what alone the others are shown."""
    for index in shown.indexes:
        before, after = ({each.head for each in index_heads(one, index) if each.places} for one in (whole, shown))
        see = tuple(each for each in index.see if each.to not in before - after)
        if after or see or not before:
            yield replace(index, see=see)


class _Audience(Struct, frozen=True):
    """Who looks at what is made: the readers of a ``variant``, one of several, in the file of a ``target``."""

    variants: frozenset[str]
    variant: str | None
    target: str

    def may_see(self, rule: Showing) -> bool:
        """Whether a rule lets them; one that names nobody that there is, lets nobody."""
        variants, targets = self.variants.intersection(rule.names), TARGETS.keys() & rule.names
        if not variants and not targets:
            return False
        return (not variants or self.variant in variants) and (not targets or self.target in targets)


class _Shown(Struct, frozen=True):
    """What an audience is shown by the edition's ``rules``; ``names`` is the order of names."""

    rules: Sequence[Showing]
    audience: _Audience
    names: Collation

    def section(self, section: Section) -> Section | None:
        """A section with what is shown of its entries; None where nothing is left of them.

        Where they stand in the order of a field that is withheld of one, they are put in that of their names.
        """
        entries = {entry.key: self._entry(entry, section) for entry in section.entries}
        left = tuple(entry for entry in entries.values() if entry)
        if left == section.entries:
            return section if left or self._whole(section.show) else None
        if not left:
            return None
        if section.ordered_by and not all(self._shows(section.ordered_by, entry.show) for entry in left):
            by_name = sorted(left, key=lambda entry: self.names.key(_name_in_order(entry, section)))
            return replace(section, entries=tuple(by_name), groups=(), ordered_by="")
        return replace(section, entries=left, groups=self._groups(section, entries))

    def page(self, page: TextPage) -> TextPage | None:
        """A page of front matter; None where it is not shown."""
        if not self._whole(page.show):
            return None
        publisher = page.publisher
        if publisher is None or (contact := self._contact(publisher.contact, page.show)) == publisher.contact:
            return page
        return replace(page, publisher=replace(publisher, contact=contact))

    def _entry(self, entry: Entry, section: Section) -> Entry | None:
        if not (entry.show or section.show or self.rules):
            return entry
        own = any(not rule.field for rule in entry.show)
        if not self._whole(entry.show if own else section.show):
            return None
        shown = replace(
            entry,
            subtitle=entry.subtitle if self._shows("subtitle", entry.show) else None,
            mark=entry.mark if self._shows("mark", entry.show) else None,
            photo=entry.photo if self._shows("photo", entry.show) else None,
            photos=entry.photos if self._shows("photos", entry.show) else (),
            closing_photo=entry.closing_photo if self._shows("closing_photo", entry.show) else None,
            logo=entry.logo if self._shows("logo", entry.show) else None,
            locality=entry.locality if self._shows("place", entry.show) else None,
            contact=self._contact(entry.contact, entry.show),
            values=tuple(each for each in entry.values if self._shows(each.field, entry.show)),
        )
        if not self._shows("text", entry.show):
            shown = replace(shown, body=(), note_count=0, queries=())
        # What is not the whole of its file does not have the file's digest.
        return entry if shown == entry else replace(shown, digest="")

    def _groups(self, section: Section, shown: dict[str, Entry | None]) -> tuple[Group, ...]:
        """The groups with what is left in them."""
        left = (
            replace(group, entries=tuple(entry for each in group.entries if (entry := shown[each.key])))
            for group in section.groups
        )
        return tuple(group for group in left if group.entries)

    def _whole(self, rules: Sequence[Showing]) -> bool:
        return all(self.audience.may_see(rule) for rule in rules if not rule.field)

    def _contact(self, rows: tuple[ContactRow, ...], own: Sequence[Showing]) -> tuple[ContactRow, ...]:
        return tuple(row for row in rows if self._shows(row.kind, own, "contact"))

    def _shows(self, field: str, own: Sequence[Showing], within: str = "") -> bool:
        """Whether a field is shown, by its own file's rule of it, or else by each that there is of it."""
        if rule := _rule_of(field, own):
            return self.audience.may_see(rule)
        rules = (_rule_of(field, self.rules), (_rule_of(within, own) or _rule_of(within, self.rules)))
        return all(self.audience.may_see(rule) for rule in rules if rule)


def _name_in_order(entry: Entry, section: Section) -> str:
    return name_in_order(entry) if is_people(section) else entry.sort or entry.name


def _rule_of(field: str, rules: Sequence[Showing]) -> Showing | None:
    return next((rule for rule in rules if field and rule.field == field), None)


def _filled(entries: Iterable[Entry]) -> set[str]:
    """The edition's own fields that entries have something in."""
    return {value.field for entry in entries for value in entry.values}


# -------------------------------------------------------------------- links to what is not there
def _keys(sections: Sequence[Section], pages: Collection[str]) -> set[str]:
    """What links inside the book lead to."""
    keys = {*pages, *(section.key for section in sections)}
    return keys | {entry.key for section in sections for entry in section.entries}


def _without_entry(sponsor: Sponsor) -> Sponsor:
    return replace(sponsor, entry=None)


def _section_without(gone: Collection[str], section: Section) -> Section:
    entries = {entry.key: _without_links(entry, gone) for entry in section.entries}
    groups = tuple(replace(g, entries=tuple(entries[each.key] for each in g.entries)) for g in section.groups)
    left = tuple(entries.values())
    return section if left == section.entries else replace(section, entries=left, groups=groups)


def _without_links(page: T, gone: Collection[str]) -> T:
    """An entry or page whose text leads to nothing that is ``gone``; the same where it does not."""
    assert isinstance(page, Entry | TextPage)
    body, changed = _parts_without(page.body, gone), page
    if body != page.body:
        changed = replace(page, body=body, digest="") if isinstance(page, Entry) else replace(page, body=body)
    if isinstance(changed, Entry) and any(each.key in gone for each in changed.see_also):
        left = tuple(each for each in changed.see_also if each.key not in gone)
        changed = replace(changed, see_also=left, digest="")
    return cast("T", changed)


def _parts_without(part: T, gone: Collection[str]) -> T:
    made: Any = part
    match part:
        case tuple():
            made = tuple(_parts_without(each, gone) for each in part)
        case Run(href=str(href)) if href.startswith("#") and href[1:] in gone:
            made = replace(part, href=None)
        case Struct():
            changed = {name: _parts_without(getattr(part, name), gone) for name in part.__struct_fields__}
            made = replace(part, **changed)
    return cast("T", made)
