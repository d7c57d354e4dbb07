"""Contact rows as runs, what leads somewhere as links, all of it printed as it was typed; and their icons as CSS."""

from __future__ import annotations

from directory_pub.compose.segments import RATHER_HERE
from directory_pub.contact import split_row, split_spans
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Run

__all__ = ["contact_css", "contact_runs", "name_runs", "split_runs"]


def contact_runs(row: ContactRow, table: ContactTable, country: str | None = None) -> tuple[Run, ...]:
    """A row's label and text; where its kind is not to be opened, nothing is a link."""
    is_linked, line = table.kind_of(row).is_linked, row.place.line or 0
    label = (Run(text=f"{row.label} ", line=line),) if row.label else ()
    parts = (
        Run(text=part.text, line=line, href=part.link if is_linked else None, language=part.language)
        for part in split_row(row, country, table)
        if part.text
    )
    return (*label, *parts)


def contact_css(table: ContactTable) -> str:
    """The icon of each kind of row, and of each network, which goes before its kind's."""
    icons = [(kind.name, kind.icon) for kind in table.kinds.values()]
    icons += [(network.key, network.icon) for network in table.networks.values()]
    return "".join(
        f".contact .{name}{{background-image:url(project:///.artwork/icon-{icon}.svg)}}" for name, icon in icons if icon
    )


def split_runs(text: str) -> tuple[Run, ...]:
    """Plain text as runs, keeping the editor's line breaks and language spans."""
    return tuple(Run(text=part, line=0, language=language) for part, language in split_spans(text))


def name_runs(entry: Entry) -> tuple[Run, ...]:
    """An entry's name as runs for a title, with the places at which an editor would rather have it break."""
    letters = list(entry.name)
    for at in entry.name_breaks:
        letters[at] = RATHER_HERE
    return split_runs("".join(letters))
