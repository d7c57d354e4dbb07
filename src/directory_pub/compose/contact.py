"""Contact rows as runs, what leads somewhere as links, all of it printed as it was typed; and their icons as CSS."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from msgspec.structs import replace

from directory_pub.compose.address_joints import is_address, meetings_of, plain_word
from directory_pub.compose.segments import MEETING, RATHER_HERE
from directory_pub.contact import split_row, split_spans
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Run, runs_within

__all__ = ["contact_css", "contact_runs", "name_runs", "parted_as_title", "split_runs"]

_LONG_LABEL = re.compile(r"[^\W\d_]{12}")  # shorter ones fit in any column


def contact_runs(
    row: ContactRow, table: ContactTable, country: str | None = None, entry: Entry | None = None
) -> tuple[Run, ...]:
    """A row's label and text; where its kind is not to be opened, nothing is a link.

    In its addresses the places are told where two words meet that its ``entry`` has.
    """
    is_linked, line = table.kind_of(row).is_linked, row.place.line or 0
    label = (Run(text=f"{row.label} ", line=line),) if row.label else ()
    parts = (
        Run(
            text=_with_meetings(part.text, entry),
            line=line,
            href=part.link if is_linked else None,
            language=part.language,
        )
        for part in split_row(row, country, table)
        if part.text
    )
    return (*label, *parts)


def parted_as_title(runs: Sequence[Run], title: Sequence[str]) -> tuple[Run, ...]:
    """Runs that have an entry's name, which would rather part where the lines of its ``title`` do."""
    name, parted = " ".join(title), RATHER_HERE.join(title)
    return tuple(replace(run, text=run.text.replace(name, parted)) for run in runs)


def _with_meetings(text: str, entry: Entry | None) -> str:
    """A text with the places in its addresses where two words of an entry meet."""
    if entry is None or not _LONG_LABEL.search(text) or not is_address(text):
        return text
    ends = [0, *meetings_of(text, _words_of(entry)), len(text)]
    return MEETING.join(text[start:end] for start, end in itertools.pairwise(ends))


def _words_of(entry: Entry) -> frozenset[str]:
    """The words that an entry has in its name, its text and its contact rows, as they stand in addresses."""
    texts = [entry.name, entry.subtitle or "", *(row.text for row in entry.contact)]
    texts += [run.text for runs in runs_within(entry.body) for run in runs]
    written = (part for text in texts for part in text.split() if not is_address(part))
    words = {plain_word(word) for part in written for word in re.split(r"[\W\d_]+", part)}
    return frozenset(word for word in words if len(word) > 1)


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
