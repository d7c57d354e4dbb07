"""The sections that edition.yaml lists, with the entries' files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from directory_pub.edition.model import Entry, Section, SectionForm
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Fields, Node, is_nothing
from directory_pub.findings import Finding, Place, error, note, warning
from directory_pub.read.column_names import COLUMNS, column_names
from directory_pub.read.entry import entry_form, read_entry
from directory_pub.read.files import find_file, is_for_makers
from directory_pub.read.forms import LISTED, in_edition
from directory_pub.read.order import Collations, Order, arrange, nearly_by_name, read_order
from directory_pub.read.people import read_people, with_portraits
from directory_pub.read.showing import read_show
from directory_pub.read.sources import Sources
from directory_pub.read.table import read_table
from directory_pub.read.table_file import is_table
from directory_pub.storage.enclosure import Refused, check_enclosed, list_files

__all__ = ["read_sections"]

_ENDING, _ALL = ".md", "all"
_Listed = tuple[Entry | None, Place]


def read_sections(f: Fields, sources: Sources, ignored_articles: Sequence[str]) -> tuple[list[Section], set[Path]]:
    """The sections in their order, and the folders that they name; of names ``ignored_articles`` do not count."""
    sections, folders = [], set()
    listed: dict[Path, Place] = {}
    collations = Collations.of(sources.language, ignored_articles)
    for s in f.rows("sections"):
        folder = _find_folder(s.text("folder") or s.text("key") or "", s, sources)
        folders |= {folder} if folder else set()
        form = cast(SectionForm, s.word("form"))
        # What stands in a register may stand in others, and elsewhere in full.
        own = {} if form == "register" else listed
        sections.append(_read_section(s, form, folder, own, collations=collations, sources=sources))
        s.close()
    sections = with_portraits(sections, sources.findings)
    sources.findings += _without_level(sections)
    sources.findings += _read_otherwise(sections)
    node = f.node("sections")
    none_written = node and isinstance(node.value, list) and all(map(is_nothing, node.value))
    is_told = "" in sources.fed.values()  # of a table that cannot be read
    if node and (none_written or folders) and not is_told and not any(section.entries for section in sections):
        remedy = "List at least one entry, and write its file."
        at = sections[0].place if sections else node.place
        sources.complain("key-missing", at, "no section has an entry that can be read.", remedy)
    return sections, folders


def _read_section(
    s: Fields,
    form: SectionForm,
    folder: Path | None,
    listed: dict[Path, Place],
    *,
    collations: Collations,
    sources: Sources,
) -> Section:
    """One section with its entries, in its order."""
    takes_all = _takes_all(s)
    order = read_order(s, sources.own, form=form, takes_all=takes_all)
    if table := _table_of(s):
        read: list[_Listed] = [(entry, entry.place) for entry in read_table(table, s, folder, sources)]
    else:
        read = _read_files(s, folder, listed, sources, takes_all=takes_all)
    entries, groups, findings = arrange([entry for entry, _ in read if entry], order, collations)
    sources.findings += findings
    if replace(order, of_people=False) == Order():
        places = {entry.key: place for entry, place in read if entry}
        sources.findings += nearly_by_name(entries, places, order, collations)
    return Section(
        key=s.text("key") or s.text("folder") or "",
        title=s.text("title") or "",
        place=s.place,
        entries=entries,
        form=form,
        groups=groups,
        ordered_by=order.field.name if order.field else "place" if order.how == "by-place" else "",
        **read_people(s, form, sources),
        show=read_show(s, None),
        short=s.text("short"),
    )


def _read_otherwise(sections: Sequence[Section]) -> Iterator[Finding]:
    """An error for a register that reads an entry in another way than the section in which that stands in full."""
    in_full = {entry.key: (entry, each) for each in sections if each.form != "register" for entry in each.entries}
    for register in (each for each in sections if each.form == "register"):
        for entry in register.entries:
            full, section = in_full.get(entry.key, (entry, register))
            if full != entry and full.place.file == entry.place.file:
                message = f"'{entry.name}' has other fields here than in the section '{section.key}'."
                remedy = (
                    f"Give both the same 'folder', 'columns' and 'sheet': the entry is one, as '{section.key}' has it."
                )
                yield error("table-column", register.place, message, remedy)
                break


def _table_of(s: Fields) -> Node | None:
    """The table that stands in the place of a section's list; what stands beside it is told of."""
    node = s.node("entries")
    nodes = node.value if node and isinstance(node.value, list) else [node] if node else []
    table = next((each for each in nodes if isinstance(each.value, str) and is_table(each.value)), None)
    for other in nodes if table else ():
        if other is not table:
            remedy = "Give the table a section of its own, or write the entry as a row of it."
            s.complain("value-type", other.place, "a table and other entries stand in one list.", remedy)
    return table


def _read_files(
    s: Fields, folder: Path | None, listed: dict[Path, Place], sources: Sources, *, takes_all: bool
) -> list[_Listed]:
    """The entries of the files that a section lists, each with the line that names it."""
    s.named(COLUMNS, column_names(in_edition(entry_form(sources), table=sources.contact), sources.contact))
    s.text("sheet")
    for name in ("sheet", COLUMNS):
        if node := s.node(name):
            message, remedy = "has no effect: the section's entries are no table.", "Take it out, or name the table."
            sources.findings.append(note("field-unused", node.place, message, remedy))
    nodes = s.nodes("entries", of=str)
    if takes_all:
        nodes = [Node(stem, nodes[0].place) for stem in _all_of(folder, sources)] if folder else []
    return [(_read_listed(folder, node, listed, s, sources), node.place) for node in nodes] if folder else []


def _takes_all(s: Fields) -> bool:
    """Whether a section has the word for all entries in the place of their list."""
    node = s.node("entries")
    return node is not None and node.value == _ALL


def _all_of(folder: Path, sources: Sources) -> list[str]:
    """The entries' files of a folder without their ending, in the order of their names."""
    there = list_files(folder, sources.root, sources.folder, ending=_ENDING)
    return [each.stem for each in there if each.parent == folder and not is_for_makers(each.name)]


def _without_level(sections: Sequence[Section]) -> Iterator[Finding]:
    """A note on each entry that is to stand out, and does not in any section, since all are set alike there."""
    told = {entry.key for section in sections if section.form == "compact" for entry in section.entries}
    for section in sections:
        alike = "people are all set alike" if section.form == "people" else "a register sets all entries alike"
        if section.form == "pages":
            alike = "each entry of the section has pages of its own"
        for entry in section.entries:
            if entry.level != "plain" and entry.key not in told:
                told.add(entry.key)
                remedy = "Take it out, or give the section 'form: compact'."
                yield note("field-unused", entry.place_of("level"), f"'{entry.level}' has no effect: {alike}.", remedy)


def _find_folder(name: str, s: Fields, sources: Sources) -> Path | None:
    """The folder of this name below the edition's, or None with a finding where it leads elsewhere."""
    try:
        check_enclosed(sources.folder / name, sources.root, sources.folder)
        folder = find_file(sources.folder, *Path(name).parts)
        check_enclosed(folder, sources.root, sources.folder)
    except Refused as refused:
        remedy = "Name a folder in the edition's, and put the entries themselves there."
        sources.findings.append(replace(refused.at(s.places().get("folder", s.place), name), remedy=remedy))
        return None
    return folder


def _read_listed(folder: Path, node: Node, listed: dict[Path, Place], s: Fields, sources: Sources) -> Entry | None:
    """The entry that a line of the list names, once."""
    written = str(node.value)
    stem = written.removesuffix(_ENDING)
    s.has_shape(node, LISTED)
    if stem != written:
        message = f"'{written}' is a file's name; an entry is listed by its key."
        sources.findings.append(warning("value-type", node.place, message, f"Leave '{_ENDING}' out: '{stem}'."))
    path = find_file(folder, f"{stem}{_ENDING}")
    if path in listed:
        message = f"'{stem}' is listed on line {listed[path].line} already."
        sources.findings.append(error("entry-repeated", node.place, message, "Keep one of the two."))
        return None
    listed[path] = node.place
    if not os.path.lexists(path):
        there = list_files(folder, sources.root, sources.folder, ending=_ENDING)
        others = [each.stem for each in there if each.parent == folder]
        remedy = did_you_mean(stem, others, "Write the entry's file, or take it off the list.")
        sources.complain("entry-missing", node.place, f"{sources.name(path)} is not there.", remedy)
        return None
    return read_entry(path, sources)
