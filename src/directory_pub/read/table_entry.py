"""The entry of a table's row, together with the Markdown file of its key."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.form import Form
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Block
from directory_pub.edition.yaml_source import Fields, scalars
from directory_pub.findings import Finding, Place, error
from directory_pub.read.characters import check_characters
from directory_pub.read.column_names import TEXT_FIELD
from directory_pub.read.entry import make_entry, told_of_own
from directory_pub.read.files import find_file
from directory_pub.read.sources import Sources, check_fields
from directory_pub.read.table_columns import Columns
from directory_pub.read.table_rows import RowPlaces, cell_of, fields_of, merged
from directory_pub.read.table_text import read_cell_text
from directory_pub.tables.table import TableRow

__all__ = ["RowReader"]

_Read = tuple[Entry, list[Finding]]
_Text = tuple[tuple[Block, ...], Place | None]


class RowReader(Struct, frozen=True):
    """Reads rows by their ``columns`` and the ``form`` of an entry; the files of more lie in ``folder``."""

    columns: Columns
    places: RowPlaces
    form: Form
    folder: Path | None
    sources: Sources

    def read(self, row: TableRow, key: str, at: Place) -> Entry:
        """The entry of a row, which begins ``at`` a cell; one that was read before is remembered."""
        path = find_file(self.folder, f"{key}.md") if self.folder else None
        path = path if path and os.path.lexists(path) else None
        text = self.sources.text(path) if path else None
        cells = [(column.path, cell_of(row, column)) for column in self.columns.taken]
        told = (key, repr(cells), text or "", *told_of_own(self.sources))
        where = repr([at, *(self.places.of(row, column) for column in self.columns.taken)])
        beside = path if text is not None else None
        known = (where, self.sources.name(beside) if beside else "", self.sources.contact.digest)
        entry, findings = self.sources.store.recall(
            "entry", _Read, lambda: self._read(row, key, at, beside, told), *known, *told
        )
        self.sources.findings.extend(findings)
        return entry

    def _read(self, row: TableRow, key: str, at: Place, path: Path | None, told: tuple[str, ...]) -> _Read:
        alone = self.sources.alone()
        node = fields_of(row, self.columns.taken, self.places, at)
        alone.findings += [*check_characters(scalars(node)), *check_fields(node)]
        body, body_place = self._text(row, alone)
        if path:
            more, blocks = alone.more_of(alone.text(path) or "", path)
            node, findings = merged(node, more)
            alone.findings += findings
            body, body_place = _one_text((body, body_place), (blocks, Place(file=alone.name(path))), alone)
        f = Fields(node, at, alone.findings, self.form)
        entry = make_entry(f, body, alone, key=key, place=at, told=told, body_place=body_place)
        return entry, alone.findings

    def _text(self, row: TableRow, alone: Sources) -> _Text:
        """The text of a row, and its cell."""
        column = self.columns.of(TEXT_FIELD)
        text = cell_of(row, column)
        if column is None or not text:
            return (), None
        place = replace(self.places.of(row, column), field=None)
        blocks, findings = read_cell_text(text, place, has_lines=not self.places.sheet)
        alone.findings += findings
        return blocks, place


def _one_text(cell: _Text, file: _Text, alone: Sources) -> _Text:
    """The text of an entry, which stands in its row or in its file."""
    (body, at), (blocks, beside) = cell, file
    if body and blocks and beside:
        place = replace(beside, line=blocks[0].line, field="body")
        alone.findings.append(
            error("key-duplicate", place, f"'{TEXT_FIELD}' stands in {at}, too.", "Keep one of the two.")
        )
    return cell if body or not blocks else file
