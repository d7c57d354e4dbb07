"""The sections that edition.yaml lists, with the entries' files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from directory_pub.edition.model import Entry, Section, SectionForm
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Fields, Node, is_nothing
from directory_pub.findings import Finding, Place, error, note, warning
from directory_pub.read.entry import read_entry
from directory_pub.read.files import find_file, is_for_makers
from directory_pub.read.forms import LISTED
from directory_pub.read.order import Collations, Order, arrange, nearly_by_name, read_order
from directory_pub.read.sources import Sources
from directory_pub.storage.enclosure import Refused, check_enclosed, list_files

__all__ = ["read_sections"]

_ENDING, _ALL = ".md", "all"


def read_sections(f: Fields, sources: Sources, ignored_articles: Sequence[str]) -> tuple[list[Section], set[Path]]:
    """The sections in their order, and the folders that they name; of names ``ignored_articles`` do not count."""
    sections, folders = [], set()
    listed: dict[Path, Place] = {}
    collations = Collations.of(sources.language, ignored_articles)
    for s in f.rows("sections"):
        name = s.text("folder") or ""
        folder = _find_folder(name, s, sources)
        folders |= {folder} if folder else set()
        sections.append(_read_section(s, folder, listed, collations, sources))
        s.close()
    node = f.node("sections")
    none_written = node and isinstance(node.value, list) and all(map(is_nothing, node.value))
    if node and (none_written or folders) and not any(section.entries for section in sections):
        remedy = "List at least one entry, and write its file."
        at = sections[0].place if sections else node.place
        sources.complain("key-missing", at, "no section has an entry that can be read.", remedy)
    return sections, folders


def _read_section(
    s: Fields, folder: Path | None, listed: dict[Path, Place], collations: Collations, sources: Sources
) -> Section:
    """One section with its entries, in its order."""
    form, takes_all = cast(SectionForm, s.word("form")), _takes_all(s)
    order = read_order(s, sources.own, form=form, takes_all=takes_all)
    nodes = s.nodes("entries", of=str)
    if takes_all:
        nodes = [Node(stem, nodes[0].place) for stem in _all_of(folder, sources)] if folder else []
    read = [(_read_listed(folder, node, listed, s, sources), node.place) for node in nodes] if folder else []
    entries, groups, findings = arrange([entry for entry, _ in read if entry], order, collations)
    sources.findings += [*findings, *(_without_level(entries) if form == "pages" else ())]
    if order == Order():
        places = {entry.key: place for entry, place in read if entry}
        sources.findings += nearly_by_name(entries, places, collations.names)
    return Section(
        key=s.text("key") or s.text("folder") or "",
        title=s.text("title") or "",
        place=s.place,
        entries=entries,
        form=form,
        groups=groups,
    )


def _takes_all(s: Fields) -> bool:
    """Whether a section has the word for all entries in the place of their list."""
    node = s.node("entries")
    return node is not None and node.value == _ALL


def _all_of(folder: Path, sources: Sources) -> list[str]:
    """The entries' files of a folder without their ending, in the order of their names."""
    there = list_files(folder, sources.root, sources.folder, ending=_ENDING)
    return [each.stem for each in there if each.parent == folder and not is_for_makers(each.name)]


def _without_level(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A note on each entry that is to stand out, where each has pages of its own."""
    for entry in entries:
        if entry.level != "plain":
            message = f"'{entry.level}' has no effect: each entry of the section has pages of its own."
            remedy = "Take it out, or give the section 'form: compact'."
            yield note("field-unused", entry.place_of("level"), message, remedy)


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
