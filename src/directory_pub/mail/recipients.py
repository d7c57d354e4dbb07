"""Who gets the mail: a list read whole, with everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import langcodes
from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.edition.languages import is_language
from directory_pub.findings import Finding, Place, error
from directory_pub.mail.addresses import Mailbox, check_line, read_address
from directory_pub.mail.tables import Row, read_rows
from directory_pub.tables.table import cell_name

__all__ = ["RESERVED", "Recipient", "read_recipients"]

_REQUIRED = ("email", "name")
_READ_HERE = (*_REQUIRED, "language")
# What a letter is told beside the recipient's fields; a column of that name would hide it.
RESERVED = ("attached", "link", "pdf")


_NONE: Mapping[str, Finding] = {}


class Recipient(Struct, frozen=True, kw_only=True):
    """One row of the list. ``fields`` are all its cells by column, as the letter's templates name them.

    Of a workbook, ``sheet`` is where it stands and ``faults`` are, by column, the cells that nobody could read.
    """

    place: Place
    mailbox: Mailbox
    language: str
    fields: Mapping[str, str]
    sheet: str = ""
    faults: Mapping[str, Finding] = field(default_factory=lambda: _NONE)

    @property
    def name(self) -> str:
        """How the list calls them."""
        return self.mailbox.name

    def place_of(self, column: str) -> Place:
        """Where the list has one of the fields: the column, or in a workbook the cell."""
        index = list(self.fields).index(column)
        named = cell_name(self.sheet, index, self.place.line or 1) if self.sheet else column
        return replace(self.place, field=named)


def read_recipients(
    path: Path, tell: Callable[[int], None] = lambda count: None
) -> tuple[list[Recipient], list[Finding]]:
    """Everybody on a CSV or XLSX list; whoever has a finding is not among them.

    ``tell`` hears how many rows are read.
    """
    rows, findings = read_rows(path, tell)
    if findings and len(rows) < 2:
        return [], findings
    place = Place(file=str(path), line=rows[0].line if rows else 1)
    columns, faults = _read_head(rows[0], place) if rows else ([], [])
    if not faults and len(rows) < 2:
        return [], [error("list-empty", place, "has nobody in it.", "Write a row for each recipient below the head.")]
    if faults:
        return [], [*findings, *faults]
    people: list[Recipient] = []
    first: dict[str, int] = {}
    for row in islice(rows, 1, None):
        person, faults = _read_row(row, columns, place.file, first)
        findings.extend(faults)
        people.extend([person] if person else [])
    return people, findings


def _read_head(row: Row, place: Place) -> tuple[list[str], list[Finding]]:
    columns = [re.sub(r"\W+", "_", cell.lower()).strip("_") for cell in row.cells]
    findings: list[Finding] = []

    def complain(message: str, remedy: str) -> None:
        findings.append(error("list-columns", place, message, remedy))

    for number, (name, cell) in enumerate(zip(columns, row.cells, strict=True), 1):
        if not name.isidentifier():
            complain(f"column {number} is headed '{cell}', which is no field's name.", "Head it with a word.")
        elif name in RESERVED:
            complain(f"column '{name}' has the name of something that every letter knows.", "Head it otherwise.")
        elif name in columns[: number - 1]:
            complain(f"column '{name}' is there twice.", "Rename or remove one of the two.")
    for name in _REQUIRED:
        if name not in columns:
            complain(
                f"has no column '{name}'.", f"The first row must head the columns: email,name,language,… ({name})."
            )
    return columns, findings


def _read_row(row: Row, columns: list[str], file: str, first: dict[str, int]) -> tuple[Recipient | None, list[Finding]]:
    """One row; ``first`` has the line on which each mailbox was met, and gains this one's."""
    place = Place(file=file, line=row.line)
    if len(row.cells) != len(columns):
        message = f"has {len(row.cells)} cells; the list has {len(columns)} columns."
        remedy = "Leave empty cells in their place, and put a cell with the separator in it between quotation marks."
        return None, [error("list-cells", place, message, remedy)]
    fields = dict(zip(columns, row.cells, strict=True))
    unread = {columns[index]: fault for index, fault in row.faults.items()} or _NONE
    if needed := [unread[column] for column in _READ_HERE if column in unread]:
        return None, needed
    name, language = fields["name"], fields.get("language", "")
    findings = check_line(name, place, "the name")
    if not name:
        findings.append(error("recipient-name", place, "has no name.", "Write whom the letter greets."))
    if language and not is_language(language):
        remedy = "Write a tag such as en, de or pt-BR."
        findings.append(error("language-unknown", place, f"'{language}' is no language.", remedy))
    mailbox, faults = read_address(fields["email"], place, name)
    findings.extend(faults)
    if mailbox and (line := first.setdefault(mailbox.key, row.line)) != row.line:
        message, remedy = f"{fields['email']} stands on line {line} already.", f"Keep line {line} or line {row.line}."
        findings.append(error("recipient-duplicate", place, message, remedy))
    if mailbox is None or findings:
        return None, findings
    tag = langcodes.standardize_tag(language) if language else ""
    return Recipient(place=place, mailbox=mailbox, language=tag, fields=fields, sheet=row.sheet, faults=unread), []
