"""A comparison as JSON."""

from __future__ import annotations

from typing import Any

from directory_pub.annual.comparison import Comparison, PageComparison, Side
from directory_pub.annual.parts import Change
from directory_pub.findings import Finding

__all__ = ["comparison_rows"]

_FORMAT = 1


def comparison_rows(comparison: Comparison) -> dict[str, Any]:
    """The whole comparison; docs/annual.md says what each part is."""
    return {
        "format": _FORMAT,
        "before": _side_row(comparison.before),
        "after": _side_row(comparison.after),
        "counts": comparison.counts,
        "edition": [_change_row(change) for change in comparison.sheet],
        "front_matter": [_page_row(page) for page in comparison.pages],
        "entries": [_page_row(entry) | {"confirmed": entry.confirmed} for entry in comparison.entries],
    }


def _side_row(side: Side) -> dict[str, Any]:
    return {
        "folder": str(side.folder),
        "title": side.title,
        "unread": sorted(side.unread),
        "errors": [_error_row(finding) for finding in side.errors],
    }


def _error_row(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "file": place.file,
        "line": place.line,
        "cell": place.cell,
        "message": finding.message,
    }


def _page_row(page: PageComparison) -> dict[str, Any]:
    row: dict[str, Any] = {"status": page.status}
    for name, pair in (("key", page.key), ("name", page.name), ("section", page.section), ("file", page.file)):
        if pair != (None, None) or name != "section":
            row |= {f"{name}_before": pair[0], f"{name}_after": pair[1]}
    return row | {"changes": [_change_row(change) for change in page.changes]}


def _change_row(change: Change) -> dict[str, Any]:
    return {
        "what": change.what,
        "name": change.name,
        "how": change.how,
        "before": change.before,
        "after": change.after,
        "line_before": change.lines[0],
        "line_after": change.lines[1],
        "words": [[stretch.kind, stretch.text] for stretch in change.words],
    }
