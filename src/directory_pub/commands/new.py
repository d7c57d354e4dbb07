"""The command for a beginning: a folder with a sample that builds at once."""

from __future__ import annotations

import shlex
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from directory_pub.commands.console import refuse
from directory_pub.findings import printable

__all__ = ["register"]


class LikeChoice(StrEnum):
    """What the book is like."""

    PROFILES = "profiles"
    BOOKLET = "booklet"
    MEMBERS = "members"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(new)


def new(
    folder: Annotated[
        Path, typer.Argument(help="The folder to make; one that is there must be empty.", metavar="FOLDER")
    ],
    *,
    like: Annotated[
        LikeChoice,
        typer.Option(
            help="What the book is like: profiles of organisations (A4), an event's booklet (170 x 240 mm), "
            "or members with short entries (A5)."
        ),
    ] = LikeChoice.PROFILES,
    title: Annotated[str | None, typer.Option(help="The name of the book.", metavar="TITLE")] = None,
    language: Annotated[
        str, typer.Option(help="Its language, such as de or en-GB; the sample is in English, German or French.")
    ] = "en-GB",
    trim: Annotated[
        str | None, typer.Option(help="The finished leaf, such as A5 or 170x240 (mm).", metavar="TRIM")
    ] = None,
) -> None:
    """Begin a book: make a folder with a sample that builds at once.

    It has edition.yaml with a remark at every field, a few entries of made-up organisations, a picture, and
    a README. Nothing that is there already is written over.

    Exit codes: 0 written, 2 usage, or something is there already, 3 the folder cannot be written to.
    """
    from directory_pub.begin import TakenError, Wanted, WantedError, begin_edition, language_of_sample

    wanted = Wanted(like=like.value, title=title, language=language, trim=trim, created=date.today())
    try:
        names = begin_edition(folder, wanted)
    except (TakenError, WantedError) as fault:
        refuse(str(fault), fault.remedy)
    typer.echo(f"{printable(str(folder))}: {len(names)} files. Begin with edition.yaml.")
    if language_of_sample(wanted) != language.partition("-")[0].casefold():
        typer.echo(f"What it says is in English: we have no sample in '{language}' yet.")
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(printable(f"Next: {there}directory-pub build"))
