"""What has changed between two editions, on a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from directory_pub.annual import Comparison
from directory_pub.annual.comparison import PageComparison
from directory_pub.annual.parts import Change
from directory_pub.annual.words import Stretch
from directory_pub.findings import printable

__all__ = ["print_comparison"]

_MOST = 400  # letters of a stretch; a page or a JSON file has them all
_NAME_WIDTH = 18
_STYLES = {"same": "", "gap": "dim", "out": "red strike", "in": "green underline"}
_MARKS = {"same": ("", ""), "gap": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
_STATUS = {"changed": "yellow", "new": "green", "dropped": "red", "unread": "bold red", "unchanged": ""}
_UNREAD = "cannot be read; see the errors above"


def print_comparison(comparison: Comparison, console: Console) -> None:
    """The table of all that has changed, and how many entries are in each state.

    Words that are out or in have colours; where there are none they stand between ``[-`` ``-]`` and ``{+`` ``+}``.
    """
    before, after = comparison.before.folder, comparison.after.folder
    coloured = console.color_system is not None and console.is_terminal
    folders = [str(each if each.name not in ("", os.pardir) else each.resolve().name) for each in (before, after)]
    console.print(Text(_shown(" → ".join(folders)), "bold"))
    if comparison.sheet:
        _print_part(console, "edition.yaml", "changed", _change_rows(comparison.sheet, coloured=coloured))
    for page in (*comparison.pages, *comparison.entries):
        if page.status != "unchanged":
            rows = [*_change_rows(page.changes, coloured=coloured), *_said_of(page)]
            _print_part(console, page.shown_name, page.status, rows)
    console.print()
    console.print(_summary(comparison))


def _print_part(console: Console, name: str, status: str, rows: Iterable[tuple[str, Text]]) -> None:
    """A head, and a row for each of its changes."""
    console.print()
    console.print(Text.assemble((_shown(name), "bold"), "  ", (status, _STATUS[status])))
    table = Table(box=None, padding=(0, 1, 0, 2), show_header=False)
    table.add_column(width=_NAME_WIDTH)
    table.add_column(overflow="fold")
    for what, text in rows:
        table.add_row(Text(_shown(what)), text)
    if table.row_count:
        console.print(table)


def _change_rows(changes: Sequence[Change], *, coloured: bool) -> Iterator[tuple[str, Text]]:
    for change in changes:
        name = change.name if change.how == "changed" else f"{change.name}, {change.how}"
        yield name, _in_words(change.words, coloured=coloured)


def _said_of(page: PageComparison) -> Iterator[tuple[str, Text]]:
    """What is said of a page that cannot be compared with another."""
    if page.status == "unread":
        yield "", Text(_UNREAD)
    elif page.status in ("new", "dropped"):
        place = (page.section[1] or page.section[0], page.file[1] or page.file[0])
        yield "in", Text(_shown(", ".join(part for part in place if part)))


def _in_words(words: Sequence[Stretch], *, coloured: bool) -> Text:
    text = Text()
    for number, stretch in enumerate(words):
        before, behind = ("", "") if coloured else _MARKS[stretch.kind]
        shown = _shown(stretch.text)
        if len(shown) > _MOST:
            shown = f"{shown[:_MOST].rsplit(' ', 1)[0]} … ({len(stretch.text.split())} words)"
        text.append(" " if number else "")
        text.append(f"{before}{shown}{behind}", _STYLES[stretch.kind] if coloured else "")
    return text


def _summary(comparison: Comparison) -> Text:
    counts = comparison.counts
    of_them = [
        f"{count} {word}"
        for what, word in (("key", "renamed"), ("section", "moved"))
        if (count := sum(any(change.what == what for change in entry.changes) for entry in comparison.entries))
    ]
    among = f" ({', '.join(of_them)})" if of_them else ""
    said = [f"{count} {status}{among if status == 'changed' else ''}" for status, count in counts.items() if count]
    return Text(f"{len(comparison.entries)} entries: {', '.join(said) or 'none'}.", "bold")


def _shown(text: str) -> str:
    return printable(text)
