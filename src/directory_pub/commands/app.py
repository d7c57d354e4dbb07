"""The command line: every step of a build by its name, findings in the editor's words."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from directory_pub import __version__
from directory_pub.commands import build, clean, doctor, edition, handoff, mail, new, preview, schema, theme
from directory_pub.commands.console import ENGINE_LIBRARIES, EXIT_BUG, EXIT_MISSING, EXIT_USAGE
from directory_pub.commands.preflight import add_preflight
from directory_pub.findings import printable
from directory_pub.storage.disk import explain_unwritable

__all__ = ["app", "run"]


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Make a printed directory and its email edition from one content folder.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"directory-pub {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


# In the order in which somebody comes to need them: --help shows it.
new.register(app)
preview.register(app)
build.register(app)
edition.register(app)
theme.register(app)
schema.register(app)
add_preflight(app)
handoff.register(app)
mail.register(app)
doctor.register(app)
clean.register(app)


# -------------------------------------------------------------------- what goes wrong
def run() -> None:
    """Run the command that is asked for.

    A disk that is full or closed to us and a missing library are exit 3, what was named and cannot be read
    is 2, our own fault 70.
    """
    try:
        try:
            if not _is_somewhere():
                typer.echo("directory-pub: the folder that this is run in is gone.\n    Go to another one.", err=True)
                sys.exit(EXIT_USAGE)
            app(standalone_mode=True)
        finally:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
    except OSError as problem:
        if explained := explain_unwritable(problem):
            typer.echo("directory-pub: {}\n    {}".format(*map(printable, explained)), err=True)
            sys.exit(EXIT_MISSING)
        if problem.filename is not None and problem.strerror is not None:
            typer.echo(f"directory-pub: {printable(str(problem.filename))}: {problem.strerror.lower()}.", err=True)
            sys.exit(EXIT_USAGE)
        if "cannot load library" not in str(problem):
            _report_bug()
        typer.echo(
            f"directory-pub: the engine's libraries are missing ({str(problem).split(':')[0]}).\n"
            f"    On Debian or Ubuntu: apt-get install {ENGINE_LIBRARIES}",
            err=True,
        )
        sys.exit(EXIT_MISSING)
    except Exception:  # the last resort of a command line: a traceback, and the code that says whose fault it is
        _report_bug()


def _is_somewhere() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return False
    return True


def _report_bug() -> None:
    import traceback

    traceback.print_exc()
    typer.echo("directory-pub: this is our fault, not yours. Please report it with the lines above.", err=True)
    sys.exit(EXIT_BUG)
