"""What has changed between two editions, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_WHAT_WIDTH = 18
_STYLES = {"same": "", "gap": "dim", "out": "red strike", "in": "green underline"}
_MARKS = {"same": ("", ""), "gap": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
_STATUS = {"changed": "yellow", "new": "green", "dropped": "red", "unread": "bold red", "unchanged": ""}
_UNREAD = "cannot be read; see the errors above"


def print_comparison(comparison: Comparison, console: Console) -> None:
    """The table of all that has changed, and how many entries are in each state.

    Words that are out or in have colours; where there are none they stand between ``[-`` ``-]`` and ``{+`` ``+}``.
    """
    before, after = comparison.before, comparison.after
    console.print(Text(_shown(f"{before.folder} → {after.folder}"), "bold"))
    coloured = console.color_system is not None and console.is_terminal
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=False)
    table.add_column(width=_WHAT_WIDTH, overflow="fold")
    table.add_column(overflow="fold")
    if comparison.sheet:
        _add_head(table, "edition.yaml")
        _add_changes(table, comparison.sheet, coloured=coloured)
    for page in (*comparison.pages, *comparison.entries):
        if page.status != "unchanged":
            _add_head(table, page.shown_name, page.status)
            _add_changes(table, page.changes, coloured=coloured)
            for what, said in _said_of(page):
                table.add_row(f"  {what}", Text(_shown(said)))
    if table.row_count:
        console.print(table)
    console.print(_summary(comparison))


def _add_head(table: Table, name: str, status: str = "changed") -> None:
    table.add_section()
    table.add_row(Text(status, _STATUS[status]), Text(_shown(name), "bold"))


def _add_changes(table: Table, changes: Sequence[Change], *, coloured: bool) -> None:
    for change in changes:
        name = change.name if change.how == "changed" else f"{change.name}, {change.how}"
        table.add_row(Text(f"  {_shown(name)}"), _in_words(change.words, coloured=coloured))


def _said_of(page: PageComparison) -> Iterator[tuple[str, str]]:
    if page.status == "unread":
        yield "", _UNREAD
    elif page.status in ("new", "dropped"):
        file = page.file[1] or page.file[0]
        section = page.section[1] or page.section[0]
        yield from [("section", section)] if section else []
        yield "file", file or ""


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
    counts = [f"{count} {status}" for status, count in comparison.counts.items() if count]
    kinds = {"key": "renamed", "section": "moved"}
    for what, word in kinds.items():
        count = sum(any(change.what == what for change in entry.changes) for entry in comparison.entries)
        counts += [f"{count} {word}"] if count else []
    return Text(f"{len(comparison.entries)} entries: {', '.join(counts) or 'none'}.")


def _shown(text: str) -> str:
    return printable(text)
