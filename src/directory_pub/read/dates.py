"""Dates as they stand in content: year, month and day."""

from __future__ import annotations

import re
from datetime import date

from directory_pub.edition.yaml_source import Fields

__all__ = ["read_date"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_date(f: Fields, name: str, remedy: str, *, required: bool = False) -> str | None:
    """A field's date, such as ``2020-10-05``; None with a finding where it is none."""
    text = f.text(name, required=required)
    if text is None:
        return None
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "").isoformat()
    except ValueError:
        f.complain("value-type", f.places()[name], f"'{text}' is no date.", remedy)
        return None
