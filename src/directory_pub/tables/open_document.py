"""Read a sheet of an ODS workbook: it has what each cell shows beside its value, and says what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.tables.table import (
    HIDDEN_COLUMN,
    NO_RESULT,
    Fault,
    NoSuchSheet,
    NotATable,
    Table,
    TableRow,
    Tell,
    cell_name,
    check_unpacked,
    merged_with_others,
    shows_error,
)

__all__ = ["read_open_document"]

_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_HREF = "{http://www.w3.org/1999/xlink}href"
_ASIDE = (f"{_OFFICE}annotation", f"{_TABLE}detective")  # in a cell, and not shown in it
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T00:00:00(?:\.0+)?)?")
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
_MOST_CELLS = 20_000_000  # a cell may say that it stands there many times


def read_open_document(content: bytes, tell: Tell = lambda count: None, *, name: str = "") -> Table:
    """The sheet of a ``name``, or the first that is not hidden; raises NotATable and NoSuchSheet."""
    check_unpacked(content)
    try:
        sheets = _sheet_names(content)
        chosen = next((sheet for sheet, hidden in sheets.items() if (sheet == name if name else not hidden)), None)
        if chosen is None and name:
            raise NoSuchSheet(tuple(sheets))
        if chosen is None:
            raise ValueError("it has no sheet")
        reading = _Reading(chosen)
        reading.read(content, tell)
    except (zipfile.BadZipFile, KeyError, ValueError, ElementTree.ParseError, RecursionError) as problem:
        remedy = "Save it again as CSV (UTF-8) or as an ODS or XLSX workbook."
        raise NotATable("syntax", f"is no ODS workbook: {problem}.", remedy) from None
    return reading.finish(tuple(sheet for sheet, hidden in sheets.items() if sheet != chosen and not hidden))


def _events(content: bytes) -> Iterator[tuple[str, Element]]:
    """The begin and the end of each element of the content."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open("content.xml") as source:
        yield from ElementTree.iterparse(source, events=("start", "end"))


def _sheet_names(content: bytes) -> dict[str, bool]:
    """The sheets in their order, and whether each is hidden."""
    sheets: dict[str, bool] = {}
    unseen: set[str | None] = set()
    depth = 0
    for event, element in _events(content):
        if event == "end" and element.tag == f"{_STYLE}style":
            look = element.find(f"{_STYLE}table-properties")
            if look is not None and look.get(f"{_TABLE}display") == "false":
                unseen.add(element.get(f"{_STYLE}name"))
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                hidden = element.get(f"{_TABLE}style-name") in unseen
                sheets.setdefault(element.get(f"{_TABLE}name", ""), hidden)
        if event == "end" and element.tag in (f"{_TABLE}table-row", f"{_TABLE}table"):
            element.clear()
    return sheets


class _Reading(Struct):
    """What is known of a sheet's rows and columns so far."""

    sheet: str
    rows: dict[int, TableRow] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    is_filtered: bool = False
    line: int = 0
    column: int = 0
    cells: int = 0

    def read(self, content: bytes, tell: Tell) -> None:
        """Read the rows of the sheet; what stands in a table within a cell is in no row of it."""
        depth, inside = 0, False
        for event, element in _events(content):
            match event, element.tag.removeprefix(_TABLE):
                case "start", "table":
                    depth += 1
                    inside = inside or (depth == 1 and element.get(f"{_TABLE}name", "") == self.sheet)
                case "end", "table":
                    depth -= 1
                    if inside and depth == 0:
                        return
                case "end", "table-column" if inside and depth == 1:
                    self.add_column(element)
                case "end", "table-row" if depth == 1:
                    if inside:
                        self.add_row(element)
                        tell(self.line)
                    element.clear()
                case _:
                    pass

    def add_column(self, element: Element) -> None:
        """Note whether a column, or several of a kind, are hidden."""
        count = min(_repeats(element, "number-columns-repeated"), _MOST_COLUMNS)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            self.hidden_columns.update(range(self.column, self.column + count))
        self.column += count

    def add_row(self, element: Element) -> None:
        """Read a row as often as it stands there."""
        first, count = self.line + 1, _repeats(element, "number-rows-repeated")
        self.line += count
        row = self._read_cells(element, first)
        texts = row.cells
        if not any(texts) and not row.faults:
            return
        self.cells += len(texts) * count
        if self.line > _MOST_ROWS or self.cells > _MOST_CELLS:
            raise ValueError("it has more rows than a sheet can have")
        visibility = element.get(f"{_TABLE}visibility", "visible")
        self.is_filtered = self.is_filtered or visibility == "filter"
        for line in range(first, first + count):
            if visibility == "visible":
                self.rows[line] = replace(row, line=line)
            else:
                self.hidden.append(line)

    def _read_cells(self, row: Element, line: int) -> TableRow:
        texts: list[str] = []
        days: dict[int, str] = {}
        links: dict[int, str] = {}
        faults: dict[int, Fault] = {}
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            count = min(_repeats(cell, "number-columns-repeated"), _MOST_COLUMNS - len(texts))
            text, fault = _shown(cell), self._fault_of(cell, len(texts), line)
            for index in range(len(texts), len(texts) + count) if text or fault else ():
                hidden = HIDDEN_COLUMN if text and index in self.hidden_columns else None
                if found := fault or hidden:
                    faults[index] = found
                if _DAY.fullmatch(day := cell.get(f"{_OFFICE}date-value", "")):
                    days[index] = day[:10]
                if goal := next((link.get(_HREF, "") for link in cell.iter(f"{_TEXT}a")), ""):
                    links[index] = goal
            texts += [text] * count
        while texts and not texts[-1] and len(texts) - 1 not in faults:
            texts.pop()
        return TableRow(line=line, cells=tuple(texts), faults=faults, days=days, links=links)

    def _fault_of(self, cell: Element, index: int, line: int) -> Fault | None:
        columns, rows = _repeats(cell, "number-columns-spanned"), _repeats(cell, "number-rows-spanned")
        if columns * rows > 1:
            first, last = (
                cell_name("", at, number).removeprefix("!")
                for at, number in ((index, line), (index + columns - 1, line + rows - 1))
            )
            return merged_with_others(f"{first}:{last}")
        if cell.tag == f"{_TABLE}covered-table-cell":
            return merged_with_others("above or beside it")
        text = _shown(cell)
        if cell.get(f"{_TABLE}formula") is not None and not text and f"{_OFFICE}value-type" not in cell.attrib:
            return NO_RESULT
        if cell.get(_CALC_TYPE) == "error" or (cell.get(f"{_TABLE}formula") is not None and _ERROR.fullmatch(text)):
            return shows_error(text)
        return None

    def finish(self, others: tuple[str, ...]) -> Table:
        """The table; ``others`` are the sheets that are seen beside it."""
        return Table(
            rows=[self.rows[line] for line in sorted(self.rows)],
            sheet=self.sheet,
            others=others,
            hidden=tuple(self.hidden),
            is_filtered=self.is_filtered,
        )


def _repeats(element: Element, name: str) -> int:
    """How often an element stands there, or how many it spans; raises ValueError for what is no number."""
    return max(1, int(element.get(f"{_TABLE}{name}", "1")))


def _shown(cell: Element) -> str:
    """The paragraphs of a cell as lines."""
    return "\n".join("".join(_texts(part)) for part in cell if part.tag == f"{_TEXT}p").strip()


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        match part.tag.removeprefix(_TEXT):
            case "s":
                yield " " * min(int(part.get(f"{_TEXT}c", "1")), _MOST_COLUMNS)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case _ if part.tag not in _ASIDE:
                yield from _texts(part)
        yield part.tail or ""
