"""The commands ``edition new`` and ``edition compare``: the annual work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from directory_pub.commands.console import (
    EXIT_FINDINGS,
    check_file,
    editions_here,
    find_edition,
    is_standard_output,
    name_some,
    piece_folder,
    print_findings,
    refuse,
    write_json,
)
from directory_pub.edition.theme import find_root
from directory_pub.findings import printable

if TYPE_CHECKING:
    from directory_pub.annual import Begun
    from directory_pub.findings import Finding

__all__ = ["register"]

_SHEET = "edition.yaml"
_MOST_ERRORS = 12
_MOST_PLAIN = 100  # columns of a table that goes into a file


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    edition = typer.Typer(no_args_is_help=True, help="Begin next year's edition, and hold two editions side by side.")
    edition.command("new")(edition_new)
    edition.command("compare")(edition_compare)
    app.add_typer(edition, name="edition")


def edition_new(
    name: Annotated[
        Path, typer.Argument(help="The new edition's folder; its name has the year in it.", metavar="FOLDER")
    ],
    *,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="The edition to begin from; without it the one that you are in, or the only one.",
            metavar="EDITION",
        ),
    ] = None,
) -> None:
    """Begin a new edition from last year's: its structure, texts, pictures, layouts, styles, fonts and printers.

    A name without a path is a folder beside last year's. The year in the fields that are surely the edition's is
    carried on; whatever else may be last year's is left as it is and listed with file and line. Every entry is a note
    in every build until its file says when it was confirmed. Nothing is written over.

    Exit codes: 0 begun, 1 findings in last year's edition, 2 usage, 3 a folder cannot be written to.
    """
    from directory_pub.annual import NotBegun, begin_edition, year_in

    last = _find_last(source)
    goal = _beside(last, name)
    if year_in(goal.name) is None:
        refuse(f"'{goal.name}' has no year in it.", "Name the folder by the new year, such as 2028 or members-2028.")
    if os.path.lexists(goal):
        _refuse_taken(goal)
    if goal.resolve().is_relative_to(last.resolve()):
        refuse(f"{goal} would lie in {last}.", "Name a folder beside it.")
    try:
        begun = begin_edition(last, goal, find_root(last), date.today())
    except FileExistsError:
        _refuse_taken(goal)
    except NotBegun as fault:
        print_findings(fault.findings, strict=True)
        refuse(f"nothing is begun from {last}.", "Mend the errors above first.", EXIT_FINDINGS)
    _print_begun(begun, last, goal)


def edition_compare(
    before: Annotated[Path, typer.Argument(help="The earlier edition.", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="The later edition.", metavar="AFTER")],
    *,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write it to this file as JSON ('-' for standard output).", metavar="FILE"),
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", help="Write it to this file as a page to read and print.", metavar="FILE")
    ] = None,
) -> None:
    """Say what has changed from one edition to another: entries, words, contacts, pictures, fields.

    What is printed is compared, not how it was typed. Of an edition with errors, what can be read is compared.

    Exit codes: 0 compared, whether or not anything has changed; 1 there are errors, and what cannot be read is not
    compared; 2 usage.
    """
    check_file(json_file, "--json", ".json")
    check_file(html_file, "--html", ".html")
    from directory_pub.annual import compare_editions, comparison_rows, html_page
    from directory_pub.commands.comparison_table import print_comparison
    from directory_pub.storage.files import write_whole
    from directory_pub.storage.store import Store

    folders = (_find_named(before), _find_named(after))
    with Store(piece_folder(), asks="compare") as store:
        comparison, findings = compare_editions(*folders, store)
        store.save_answers()
    _print_first(findings)
    if comparison is None:
        refuse("nothing is compared.", "Mend the errors above first.", EXIT_FINDINGS)
    write_json(json_file, comparison_rows(comparison) if json_file else None)
    if html_file:
        write_whole(html_file, html_page(comparison).encode())
    if not is_standard_output(json_file) and not is_standard_output(html_file):
        console = Console(highlight=False)
        console.width = console.width if console.is_terminal else max(console.width, _MOST_PLAIN)
        print_comparison(comparison, console)
    if not comparison.is_whole:
        raise typer.Exit(EXIT_FINDINGS)


def _refuse_taken(goal: Path) -> NoReturn:
    refuse(f"{goal} is there already, and nothing is written over.", "Name another folder, or move it away.")


# -------------------------------------------------------------------- which folders
def _find_last(named: Path | None) -> Path:
    """The edition to begin from: the one that is named, that the user stands in, or the only one that there is."""
    if named is not None:
        return _find_named(named)
    found = editions_here()
    if len(found) > 1 and not Path(_SHEET).is_file():
        refuse(f"there are {len(found)} editions here.", f"Say which with --from: {name_some(found)}.")
    return find_edition(None)


def _find_named(named: Path) -> Path:
    """An edition by its path, or by its folder's name among those that are here."""
    if not (named / _SHEET).is_file():
        same = [path for path in editions_here() if path.resolve().name == str(named)]
        if len(same) == 1:
            return same[0]
    return find_edition(named)


def _beside(last: Path, name: Path) -> Path:
    """The new edition's folder: a name alone is one beside last year's."""
    if name.is_absolute() or len(name.parts) != 1 or name.name in ("", os.pardir):
        return name
    parent = last.parent if last.name not in ("", os.pardir) else Path(os.path.relpath(last.resolve().parent))
    return parent / name


# -------------------------------------------------------------------- what is said
def _print_first(findings: Sequence[Finding]) -> None:
    """The errors of reading the editions; of many the first ones."""
    print_findings(findings[:_MOST_ERRORS], strict=True)
    more = len(findings) - _MOST_ERRORS
    if more > 0:
        typer.echo(f"{more} more errors are not shown here: directory-pub build tells of each.", err=True)


def _print_begun(begun: Begun, last: Path, goal: Path) -> None:
    _say(f"{goal}: begun from {last}, {begun.files} files, {begun.entries} entries.")
    _say("Carried on:")
    for each in begun.carried:
        change = f"{each.before} → {each.after}" if each.before is not None else f"{each.after} (new)"
        _say(f"  {goal / _SHEET}:{each.line}: {each.field}: {change}")
    if begun.left:
        _say(f"Not copied: {', '.join(begun.left)}.")
    if begun.mentions:
        _say(f"Left as it is, and may be last year's ({len(begun.mentions)} to look at):")
    for mention in begun.mentions:
        line = f":{mention.line}" if mention.line else ""
        _say(f"  {goal / mention.file}{line}: {mention.text}")
    _say("Every entry is unconfirmed: builds say so until 'confirmed: DATE' stands among its fields.")
    root, new_root = find_root(last), find_root(goal)
    if root not in (new_root, last.resolve()):
        _say(f"The theme of {root} does not lie over an edition at {goal}: it is drawn with what is built in.")


def _say(text: str) -> None:
    typer.echo(printable(text))
