"""What a cell of a workbook shows, as its number format writes its value."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from directory_pub.tables.number_formats import show

DAY = datetime.datetime(2015, 3, 4)
MOMENT = datetime.datetime(2015, 3, 4, 15, 7, 9)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1099, "00000", "01099"),
        (0.15, "0%", "15%"),
        (0.15, "0 %", "15 %"),
        (0.1234, "0.00%", "12.34%"),
        (DAY, "DD.MM.YYYY", "04.03.2015"),
        (DAY, "dd/mm/yyyy;@", "04/03/2015"),
        (DAY, "d/m/yy", "4/3/15"),
        (DAY, r"dd\.mm\.yyyy", "04.03.2015"),
        (datetime.date(2015, 3, 4), "yyyy-mm-dd", "2015-03-04"),
        (DAY, "yyyy-mm-dd h:mm:ss", "2015-03-04"),
        (MOMENT, "dd.mm.yyyy hh:mm", "04.03.2015 15:07"),
        (MOMENT, "h:mm AM/PM", "3:07 PM"),
        (MOMENT, "mm:ss", "07:09"),
        (DAY, "[$-809]d mmmm yyyy", "4 March 2015"),
        (DAY, 'YYYY"年"M"月"D"日"', "2015年3月4日"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (12.5, "#,##0.00 [$€-407]", "12.50 €"),
        (12.5, '"$"#,##0.00', "$12.50"),
        (-3.25, "#,##0.00;[Red](#,##0.00)", "(3.25)"),
        (0, '0;-0;"none"', "none"),
        (-0.001, "0.00", "0.00"),
        (-3, "0", "-3"),
        (1.005, "0.00", "1.01"),
        (12345.678, "0.0#", "12345.68"),
        (12345, "0.0#", "12345.0"),
        (123456789, "000-00-0000", "123-45-6789"),
        (7, '"No. "0000', "No. 0007"),
        (5, "General", "5"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (491761234567, "General", "491761234567"),
        (1e21, "General", "1E+21"),
        (5, ";;;", ""),
        ("abc", "@", "abc"),
        ("abc", "0.00", "abc"),
        ("x", '"Dr "@', "Dr x"),
        (True, "General", "TRUE"),
    ],
)
def test_a_value_reads_as_its_format_shows_it(value: Any, form: str, shown: str) -> None:
    assert show(value, form) == shown


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (DAY, "mm-dd-yy"),  # each computer's own short date
        (DAY, "[$-F800]dddd, mmmm dd, yyyy"),
        (DAY, "d mmmm yyyy"),  # in the language of the computer
        (DAY, "[$-407]d. mmmm yyyy"),
        (datetime.timedelta(hours=30), "[h]:mm"),
        (0.5, "# ?/?"),
        (5, "0.00E+00"),
        (1500, "0.0,"),
        (5, "[>100]0;0.0"),
    ],
)
def test_what_depends_on_the_computer_or_is_not_known_is_not_guessed(value: Any, form: str) -> None:
    assert show(value, form) is None
