"""An ODS workbook as a reader sees it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from directory_pub.tables.open_document import read_open_document
from directory_pub.tables.table import NoSuchSheet, NotATable, Table
from unit.made_tables import cell, ods, ods_rows, write_ods

HIDDEN = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'


def read(tmp_path: Path, *sheets: tuple[str, str], styles: str = "", name: str = "") -> Table:
    path = write_ods(tmp_path / "t.ods", ods(*sheets, styles=styles))
    return read_open_document(path.read_bytes(), name=name)


def of_rows(tmp_path: Path, inside: str) -> Table:
    return read(tmp_path, ("Members", f">{inside}"))


def test_cells_read_as_they_show_with_their_rows_numbers(tmp_path: Path) -> None:
    money = cell("1.234,50 €", 'office:value-type="currency" office:value="1234.5"')
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="9"/></table:table-row>'  # fmt: skip
    table = of_rows(tmp_path, ods_rows([["Name", "Fee"]]) + blank + ods_rows([["Quay", money]]) + end)
    assert [(row.line, row.cells) for row in table.rows] == [(1, ("Name", "Fee")), (5, ("Quay", "1.234,50 €"))]
    assert table.sheet == "Members"


def test_lines_spaces_and_words_in_other_faces_are_one_text_and_remarks_are_none(tmp_path: Path) -> None:
    remark = "<office:annotation><text:p>Ask her.</text:p></office:annotation>"
    inside = f"{remark}<text:p>One<text:s text:c='2'/>and <text:span>two<text:line-break/></text:span>three</text:p>"
    table = of_rows(tmp_path, ods_rows([[cell(inside=inside), cell("a\nb")]]))
    assert table.rows[0].cells == ("One  and two\nthree", "a\nb")


def test_cells_and_rows_that_stand_there_many_times_are_read_as_often(tmp_path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="2">' + cell("x", 'table:number-columns-repeated="3"')
    table = of_rows(tmp_path, row + "</table:table-row>")
    assert [(each.line, each.cells) for each in table.rows] == [(1, ("x", "x", "x")), (2, ("x", "x", "x"))]


def test_a_day_is_known_whatever_it_looks_like(tmp_path: Path) -> None:
    day = cell("4. März 99", 'office:value-type="date" office:date-value="1999-03-04"')
    moment = cell("4.3.99 12:00", 'office:value-type="date" office:date-value="1999-03-04T12:00:00"')
    (row,) = of_rows(tmp_path, ods_rows([[day, moment]])).rows
    assert (row.cells, row.days) == (("4. März 99", "4.3.99 12:00"), {0: "1999-03-04"})


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (cell("", 'table:formula="of:=A1"'), "formula"),
        (cell("#N/A", 'table:formula="of:=A1" office:value-type="string" calcext:value-type="error"'), "error"),
        (cell("Err:502", 'table:formula="of:=A1" office:value-type="string"'), "error"),
        (cell("x", 'table:number-columns-spanned="2" table:number-rows-spanned="1"'), "merged"),
        ("<table:covered-table-cell/>", "merged"),
    ],
)
def test_what_a_cell_shows_may_not_be_known(made: str, kind: str, tmp_path: Path) -> None:
    (row,) = of_rows(tmp_path, ods_rows([["Quay", made]])).rows
    assert {index: fault.kind for index, fault in row.faults.items()} == {1: kind}


def test_the_result_of_a_formula_and_a_text_like_an_error_are_read(tmp_path: Path) -> None:
    result = cell("7", 'table:formula="of:=A1" office:value-type="float" office:value="7"')
    (row,) = of_rows(tmp_path, ods_rows([[result, "#N/A"]])).rows
    assert (row.cells, dict(row.faults)) == (("7", "#N/A"), {})


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = ods_rows([["Name", "Fee"], ["Quay", "7"]])
    hidden = "".join(
        f'<table:table-row table:visibility="{how}">{cell(how)}</table:table-row>' for how in ("collapse", "filter")
    )
    table = of_rows(tmp_path, columns + rows + hidden)
    assert [row.line for row in table.rows] == [1, 2]
    assert (table.hidden, table.is_filtered) == ((3, 4), True)
    assert [fault.kind for fault in table.rows[1].faults.values()] == ["hidden"]


def test_the_first_sheet_that_is_not_hidden_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    sheets = [("Old", f' table:style-name="ta2">{ods_rows([["old"]])}'), ("New", f">{ods_rows([['new']])}")]
    table = read(tmp_path, *sheets, ("Third", ">"), styles=HIDDEN)
    assert (table.sheet, table.others, table.rows[0].cells) == ("New", ("Third",), ("new",))
    assert read(tmp_path, *sheets, styles=HIDDEN, name="Old").rows[0].cells == ("old",)
    with pytest.raises(NoSuchSheet) as missing:
        read(tmp_path, *sheets, styles=HIDDEN, name="Newer")
    assert missing.value.names == ("Old", "New")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"name\nQuay\n", b"PK\x03\x04 and no more"):
        with pytest.raises(NotATable):
            read_open_document(content)
    with pytest.raises(NotATable, match="is no ODS workbook"):
        read_open_document(write_ods(tmp_path / "t.ods", "<a><b></a>").read_bytes())
    with zipfile.ZipFile(tmp_path / "e.ods", "w") as packed:
        packed.writestr("mimetype", "x")
    with pytest.raises(NotATable):
        read_open_document((tmp_path / "e.ods").read_bytes())


@pytest.mark.slow
def test_what_unpacks_to_far_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("content.xml", "w") as part:
        for _ in range(201):
            part.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(NotATable, match="201 MB unpacked"):
        read_open_document(path.read_bytes())


def test_a_row_that_stands_there_too_often_is_refused_at_once(tmp_path: Path) -> None:
    row = f'<table:table-row table:number-rows-repeated="900000000">{cell("x")}</table:table-row>'
    with pytest.raises(NotATable, match="more rows than a sheet can have"):
        of_rows(tmp_path, row)
