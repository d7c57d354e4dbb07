"""A | in a name is where its title may rather break; elsewhere the name is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.model import Entry
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from small_edition import write_edition


def read(root: Path, name: str) -> tuple[Entry, list[Finding]]:
    edition, findings = read_edition(write_edition(root, {"one": f"name: {name}"}), root)
    assert edition is not None
    return edition.entries[0], [each for each in findings if each.place.field == "name"]


@pytest.mark.parametrize(
    ("written", "name", "breaks"),
    [
        ("Quay Towns", "Quay Towns", ()),
        ("Quay Towns | Society", "Quay Towns Society", (10,)),
        ("Quay | Towns of | the Coast", "Quay Towns of the Coast", (4, 13)),
        ("Quay|Towns", "Quay|Towns", ()),
        (r"Quay \| Towns | Society", "Quay | Towns Society", (12,)),
        ("'[Les Villes | du Quai]{lang=fr}'", "[Les Villes du Quai]{lang=fr}", (11,)),
    ],
)
def test_a_sign_between_two_words_is_no_part_of_the_name(
    tmp_path: Path, written: str, name: str, breaks: tuple[int, ...]
) -> None:
    entry, findings = read(tmp_path, written)
    assert (entry.name, entry.name_breaks, findings) == (name, breaks, [])


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("'| Quay Towns'", "at its beginning"),
        ("Quay Towns |", "at its end"),
        ("Quay | | Towns", "too many"),
        ("Quay || Towns", "too many"),
    ],
)
def test_a_sign_that_parts_nothing_is_told_of(tmp_path: Path, written: str, trouble: str) -> None:
    entry, (finding,) = read(tmp_path, written)
    assert (finding.code, finding.place.line) == ("value-type", 2)
    assert trouble in finding.message
    assert entry.name == "Quay Towns"
