"""What is nested without end is a finding at its line, soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import parse_yaml
from directory_pub.read import check_theme
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.remarks import without_remarks

MANY = 100_000


@pytest.mark.parametrize(
    "nested",
    [
        "[" * MANY,
        "{a: " * MANY,
        "- " * MANY,
        "? " * MANY,
        "[" * 120 + "]" * 120,
        "\n".join(" " * depth + "a:" for depth in range(300)),
    ],
    ids=["lists", "mappings", "items", "keys", "a few too many", "lines"],
)
def test_yaml_that_is_nested_too_deep_is_told_of_at_its_line(nested: str) -> None:
    node, (finding,) = (
        parse_yaml(f"a: b\nc:\n {nested}", "x.yaml", 2) if "\n" not in nested else parse_yaml(nested, "x")
    )
    assert node is None
    assert (finding.code, finding.message) == ("yaml-syntax", "is nested too deep.")
    assert finding.place.line == (4 if "\n" not in nested else 101)


def test_yaml_as_deep_as_content_is_read() -> None:
    node, findings = parse_yaml("a: [{b: [{c: [[[[d]]]]}]}]", "x.yaml")
    assert node is not None
    assert findings == []


@pytest.mark.parametrize(
    "nested", ["*" * 10_000 + "a" + "*" * 10_000, "*a **b " * 300 + "b** a*" * 300], ids=["marks", "emphasis"]
)
def test_emphasis_that_is_nested_too_deep_is_told_of_at_its_line(nested: str) -> None:
    _, (finding,) = parse_markdown(f"Text.\n\n{nested}", "x.md", 5)
    assert (finding.code, finding.place.line) == ("markdown-unsupported", 7)
    assert finding.message == "is nested too deep."


@pytest.mark.parametrize("mark", [">", "> ", "- ", "1. "])
def test_blocks_that_are_nested_too_deep_are_told_of_at_their_line(mark: str) -> None:
    _, findings = parse_markdown(f"Text.\n\n{mark * 10_000}x", "x.md", 5)
    assert {(f.code, f.place.line) for f in findings} == {("markdown-unsupported", 7)}


def test_remarks_that_never_end_are_looked_through_once() -> None:
    body = without_remarks("<!-- a -->\n" + "<!--" * MANY, 1)
    assert body.unclosed == 2


@pytest.mark.parametrize("opening", ["(", "[", "{", "f("])
def test_a_sheet_that_is_nested_without_end_is_told_of_and_nothing_is_made(project: Path, opening: str) -> None:
    (project / "styles" / "parts" / "odd.css").write_text("a {\n  b: " + opening * 5_000)
    (found,) = check_theme(Theme.of(project))
    assert (found.code, found.place.file, found.place.line) == ("engine-warning", "styles/parts/odd.css", 2)
