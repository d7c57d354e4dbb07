"""Contact rows as runs: what leads somewhere is a link, all of it printed as it was typed."""

from __future__ import annotations

from directory_pub.contact import split_row, split_spans
from directory_pub.edition.model import ContactRow, Run

__all__ = ["contact_runs", "split_runs"]


def contact_runs(row: ContactRow, country: str | None = None) -> tuple[Run, ...]:
    """A row's label and text; nobody rings up a fax."""
    line = row.place.line or 0
    label = (Run(text=f"{row.label} ", line=line),) if row.label else ()
    parts = (
        Run(text=part.text, line=line, href=part.link if row.kind != "fax" else None, language=part.language)
        for part in split_row(row, country)
        if part.text
    )
    return (*label, *parts)


def split_runs(text: str) -> tuple[Run, ...]:
    """Plain text as runs, keeping the editor's line breaks and language spans."""
    return tuple(Run(text=part, line=0, language=language) for part, language in split_spans(text))
