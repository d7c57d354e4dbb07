"""``theme``: where each file that an edition is drawn with comes from, and a copy of one to edit."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from directory_pub.commands.console import EDITION, EditionFolder, find_edition, print_findings, refuse
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import PARTS, Theme, find_root
from directory_pub.storage.disk import writing_into

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    theme = typer.Typer(no_args_is_help=True, help="What an edition is drawn with: layouts, sheets, icons, faces.")
    theme.command("show")(show)
    theme.command("copy")(copy)
    app.add_typer(theme, name="theme")


def show(edition: Annotated[EditionFolder, EDITION] = None) -> None:
    """Say for each file of an edition's theme where it comes from.

    The edition's own files lie over the project's, those over the theme's that edition.yaml names, and those over
    what is built in.

    Exit codes: 0 shown, 2 usage.
    """
    theme = _theme_of(find_edition(edition))
    names = [name for part in PARTS for name in theme.names(part)]
    width = max(map(len, names))
    console = Console(highlight=False, soft_wrap=True)
    for name in names:
        giver, *below = theme.layers_of(name)
        over = f", over {' and '.join(layer.name for layer in below)}" if below else ""
        mark = "bold" if giver.is_own else "dim"
        console.print(f"{escape(name):{width}}  [{mark}]{escape(giver.name)}[/]{over}")
    for layer in theme.layers:
        count = sum(1 for name in names if theme.layers_of(name)[0] == layer)
        console.print(
            f"[bold]{escape(layer.name)}[/]: {count} file{'' if count == 1 else 's'}, {escape(str(layer.folder))}"
        )


def copy(
    names: Annotated[list[str], typer.Argument(help="Files, such as styles/tokens.css.", metavar="FILE...")],
    *,
    edition: Annotated[
        Path | None,
        typer.Option(help="The edition's folder; the one that you are in if none is named.", show_default=False),
    ] = None,
) -> None:
    """Copy files of an edition's theme into its folder, to be edited: they lie over those that they come from.

    Exit codes: 0 copied, 2 usage: a file that is there already, or that there is none of. Then nothing is copied.
    """
    folder = find_edition(edition)
    theme = _theme_of(folder)
    known = [name for part in PARTS for name in theme.names(part)]
    wanted = [PurePosixPath(name).as_posix() for name in names]
    for name in wanted:
        if name not in known:
            refuse(
                f"there is no file '{name}' in the theme.", did_you_mean(name, known, "See: directory-pub theme show")
            )
        if (folder / name).exists() or (folder / name).is_symlink():
            refuse(f"{folder / name} is there already.", "Edit it, or move it away first.")
    for name in dict.fromkeys(wanted):
        content = theme.read_bytes(name)
        with writing_into(folder):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("xb") as file:
                file.write(content)
        typer.echo(f"{folder / name}, from {theme.layers_of(name)[0].name}")


def _theme_of(folder: Path) -> Theme:
    """The theme of an edition; where its sheet cannot be read, what is wrong with it."""
    from directory_pub.read import read_edition  # takes a moment: --help must not wait for it

    edition, findings = read_edition(folder, find_root(folder))
    if edition is None:
        print_findings(findings, strict=True)
        refuse(f"{folder} cannot be read.", "Mend its edition.yaml first.")
    return edition.theme
