"""An edition says in which languages words are parted, and is told of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.read import read_edition
from small_edition import write_edition


def test_it_is_read_by_language(tmp_path: Path) -> None:
    more = "hyphenation:\n  narrow: de\n  always: [de-CH, sv]\n  never: en\n"
    edition, findings = read_edition(write_edition(tmp_path, {"one": ""}, more=more), tmp_path)
    assert edition is not None
    assert dict(edition.hyphenation) == {"de": "narrow", "de-CH": "always", "sv": "always", "en": "never"}
    assert not [each for each in findings if each.severity == "error"]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("allways: de", "key-unknown", "Did you mean 'always'?"),
        ("narrow: klingon", "value-type", "'klingon' is no language that there are rules in"),
        ("narrow: [de, ga]", "value-type", "'ga' is no language that there are rules in"),
        ("narrow: en", "value-type", "'en' stands under 'narrow' already"),
        ("narrow: {de: 3}", "value-type", "is a mapping, not text"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, line: str, code: str, message: str) -> None:
    folder = write_edition(tmp_path, {"one": ""}, more=f"hyphenation:\n  {line}\n  never: en\n")
    _, findings = read_edition(folder, tmp_path)
    (finding,) = [each for each in findings if each.code == code]
    assert finding.place.line in (7, 8)
    assert message in f"{finding.message} {finding.remedy}"
