"""A CSV file: its rows, and the line that each cell begins on."""

from __future__ import annotations

import pytest

from directory_pub.tables.csv_text import read_csv
from directory_pub.tables.table import NotATable


def test_each_cell_knows_the_line_that_it_begins_on() -> None:
    table = read_csv(b'name,text,fee\r\nQuay,"One\r\n\r\ntwo",7\r\nLock,"\nlate",8\r\n')
    assert [row.cells for row in table.rows[1:]] == [("Quay", "One\r\n\r\ntwo", "7"), ("Lock", "late", "8")]
    assert [[row.line_of(index) for index in range(3)] for row in table.rows] == [[1, 1, 1], [2, 2, 4], [5, 6, 6]]


def test_semicolons_part_cells_where_the_head_has_more_of_them() -> None:
    assert read_csv("\ufeffname;text\nQuay;a, b\n".encode()).rows[1].cells == ("Quay", "a, b")


@pytest.mark.parametrize(
    ("content", "why", "line"),
    [(b"PK\x03\x04", "kind", None), (b"a\n\xe4\n", "encoding", 2), (b'a\nb\n"c\n', "syntax", 3)],
)
def test_what_is_no_csv_is_refused_with_its_line(content: bytes, why: str, line: int | None) -> None:
    with pytest.raises(NotATable) as fault:
        read_csv(content)
    assert (fault.value.why, fault.value.line) == (why, line)
