"""What a finding says, whatever stands in the file that it speaks of."""

from __future__ import annotations

import pytest

from directory_pub.findings import Place, error, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Straße 5 – “Łódź”\u00a0km 😀", "Straße 5 – “Łódź”\u00a0km 😀"),
        ("two\nlines\r\tand", r"two\nlines\r\tand"),
        ("\x1b[2J\x9b31m\x07", r"\x1b[2J\x9b31m\x07"),
        ("abc\u202etxt.exe\u2066", r"abc\u202etxt.exe\u2066"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("half \ud83d of one", r"half \ud83d of one"),
        ("C:\\new", "C:\\new"),
    ],
)
def test_a_text_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(text).encode()
    assert len(printable(text).splitlines()) == 1


def test_a_finding_is_two_lines_whatever_it_quotes() -> None:
    told = str(
        error("photo-missing", Place(file="a\nb.md", line=1), "'\x1b[31mquay\n' is not there.", "Put\nit there.")
    )
    assert told == "a\\nb.md:1: error[photo-missing]: '\\x1b[31mquay\\n' is not there.\n    Put\\nit there."
