"""Open the table that a section names: the rows of its sheet, and what is wrong with the file."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.yaml_source import Node
from directory_pub.findings import Place, error, note
from directory_pub.read.files import find_file
from directory_pub.read.sources import Sources
from directory_pub.storage.enclosure import Refused, list_files, read_bytes
from directory_pub.tables.csv_text import read_csv
from directory_pub.tables.open_document import read_open_document
from directory_pub.tables.table import NoSuchSheet, NotATable, Table, cell_name

__all__ = ["find_table", "is_table", "open_table"]

_ENDINGS = (".xlsx", ".ods", ".csv")
_OTHERS = (".xls", ".xlsm", ".xlsb", ".numbers", ".tsv", ".tab", ".fods", ".gsheet")
_MOST_BYTES = 50_000_000
_MOST_NAMED = 8


def is_table(name: str) -> bool:
    """Whether a name under ``entries`` is a table's, also one that cannot be read."""
    return PurePath(name.lower()).suffix in (*_ENDINGS, *_OTHERS)


def find_table(node: Node, folder: Path | None, sources: Sources) -> Path | None:
    """The file of a table, beside edition.yaml or in the section's ``folder``; None with a finding."""
    name = str(node.value)
    if not name.lower().endswith(_ENDINGS):
        remedy = "Save it as XLSX, ODS or CSV (UTF-8), and name that file."
        sources.complain("value-type", node.place, f"'{name}' is no table that can be read.", remedy)
        return None
    folders = [sources.folder, *([folder] if folder else [])]
    found = [path for each in folders if os.path.lexists(path := find_file(each, *PurePath(name).parts))]
    if not found:
        there = [path for each in folders for path in list_files(each, sources.root, sources.folder, ending=_ENDINGS)]
        names = dict.fromkeys(path.name for path in there if path.parent in folders)
        remedy = did_you_mean(name, names, "Put it beside edition.yaml, or mend its name.")
        sources.complain("file-missing", node.place, f"'{name}' is not there.", remedy)
        return None
    return found[0]


def open_table(path: Path, sheet: Node | None, sources: Sources) -> Table | None:
    """The rows of a table's ``sheet``, or of the first that is not hidden; None with a finding."""
    file, name = sources.name(path), str(sheet.value) if sheet else ""
    sources.used.add(path)
    try:
        content = read_bytes(path, sources.root, sources.folder, most_bytes=_MOST_BYTES)
        table = _read(content, path, name)
    except Refused as refused:
        sources.findings.append(refused.finding)
        return None
    except NotATable as fault:
        code = "file-encoding" if fault.why == "encoding" else "table-unreadable"
        sources.complain(code, Place(file=file, line=fault.line), fault.message, fault.remedy)
        return None
    except NoSuchSheet as missing:
        remedy = did_you_mean(name, missing.names, f"It has {_listed(missing.names)}.")
        place = sheet.place if sheet else Place(file=file)
        sources.complain("table-unreadable", place, f"{path.name} has no sheet '{name}'.", remedy)
        return None
    if sheet and not table.sheet:
        sources.complain("table-unreadable", sheet.place, "a CSV file has no sheets.", "Take the line out.")
    _tell_of_hidden(table, file, sources)
    if table.others and not name:
        message = f"the entries are those of the sheet '{table.sheet}'; {_listed(table.others)} {_is(table.others)}."
        remedy = f"Write 'sheet: {table.sheet}' in the section, or name the sheet that is meant."
        sources.findings.append(note("table-unread", Place(file=file), message, remedy))
    return table


def _read(content: bytes, path: Path, sheet: str) -> Table:
    match path.suffix.lower():
        case ".xlsx":
            from directory_pub.tables.workbook import read_workbook  # takes a moment, and few books are read from one

            return read_workbook(content, name=sheet)
        case ".ods":
            return read_open_document(content, name=sheet)
        case _:
            return read_csv(content)


def _tell_of_hidden(table: Table, file: str, sources: Sources) -> None:
    """One finding for all rows that are hidden, by hand or by a filter."""
    if not table.hidden:
        return
    lines = table.hidden
    named = ", ".join(map(str, lines[:_MOST_NAMED])) + (" …" if len(lines) > _MOST_NAMED else "")
    subject = f"row {named} is" if len(lines) == 1 else f"{len(lines)} rows ({named}) are"
    place = Place(file=file, line=lines[0], cell=cell_name(table.sheet, 0, lines[0]))
    message = f"{subject} hidden{' by a filter' if table.is_filtered else ''}, and may be meant or not."
    remedy = "Show all rows, and take out those that are not to be printed."
    sources.findings.append(error("table-hidden", place, message, remedy))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _is(names: tuple[str, ...]) -> str:
    return "is not read" if len(names) == 1 else "are not read"
