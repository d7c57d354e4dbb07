"""Days, months and years as a language writes them, on any computer."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from directory_pub.edition.dates import print_date, print_day, print_time
from directory_pub.edition.own_words import known_languages


@pytest.mark.parametrize(
    ("text", "language", "printed"),
    [
        ("2031-03-14", "en-GB", "14 March 2031"),
        ("2031-03-14", "en-US", "March 14, 2031"),
        ("2031-03-01", "de-CH", "1. März 2031"),
        ("2031-03-01", "fr", "1 mars 2031"),
        ("2031-03", "es", "marzo de 2031"),
        ("1987", "hu", "1987"),
        ("1291-08-01", "de", "1. August 1291"),  # the day that was written, in whatever calendar that was
        ("1582-10-10", "en-GB", "10 October 1582"),
        ("0800-12-25", "en-GB", "25 December 800"),
        ("2031-03-14", "xx", "2031-03-14"),
        ("2031-03-14", "zh", "2031-03-14"),  # we have no words in it
    ],
)
def test_a_date_is_printed_as_its_language_writes_it(text: str, language: str, printed: str) -> None:
    assert print_date(text, language) == printed


@pytest.mark.parametrize("language", known_languages())
def test_every_language_that_we_have_words_in_names_its_months(language: str) -> None:
    months = [print_date(f"2031-{month:02}-14", language) for month in range(1, 13)]
    assert len(set(months)) == 12
    for printed in months:
        assert "2031" in printed
        assert "14" in printed
        assert any(word.isalpha() and len(word) > 2 for word in printed.split()), printed


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/Anchorage", "nowhere"])
def test_a_day_is_the_same_wherever_the_book_is_made(zone: str) -> None:
    code = "from directory_pub.edition.dates import print_date; print(print_date('2011-12-30', 'en-GB'))"
    environment = os.environ | {"TZ": zone, "LANG": "de_DE.UTF-8", "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "30 December 2011\n"


@pytest.mark.parametrize(
    ("language", "parts", "time"),
    [
        ("en-GB", ("", "Tuesday", " 3 June"), "09:05"),
        ("en-US", ("", "Tuesday", ", June 3"), "9:05\u00a0AM"),
        ("de", ("", "Dienstag", ", 3. Juni"), "09:05"),
        ("fr", ("", "Mardi", " 3 juin"), "09:05"),
        ("hu", ("Június 3., ", "kedd", ""), "9:05"),
        ("xx", ("", "", "2031-06-03"), "09:05"),
    ],
)
def test_a_day_and_a_time_are_written_in_the_way_of_the_language(
    language: str, parts: tuple[str, str, str], time: str
) -> None:
    assert print_day("2031-06-03", language) == parts
    assert print_time(9 * 60 + 5, language) == time
