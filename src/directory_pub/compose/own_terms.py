"""What an entry has in the edition's own fields, as a list of terms."""

from __future__ import annotations

from directory_pub.compose.contact import contact_runs
from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.text import Paragraph, Row, Run, TermList

__all__ = ["own_terms"]


def own_terms(entry: Entry, edition: Edition) -> TermList:
    """A row for each field that an entry fills: its label, and its value with the addresses in it as links."""
    rows = []
    for field, value in edition.own_values(entry):
        line = value.place.line or 0
        runs = contact_runs(value.row, edition.contact_table, entry.country or edition.country)
        term, said = (Run(text=field.label, line=line),), Paragraph(runs=runs, line=line)
        rows.append(Row(term=term, paragraphs=(said,), line=line))
    return TermList(rows=tuple(rows), line=entry.place.line or 0)
