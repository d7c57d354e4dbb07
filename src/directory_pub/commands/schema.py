"""``schema``: what may stand in the files that editors write, for the editors that they write them with."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from directory_pub.commands.console import EDITION, EditionFolder, check_file, edition_here, find_edition, write_json

__all__ = ["register"]


class SchemaFile(StrEnum):
    """A kind of file that has a schema."""

    EDITION = "edition"
    ENTRY = "entry"
    FRONT_MATTER = "front-matter"
    PROGRAMME = "programme"
    SPONSORS = "sponsors"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    file: Annotated[
        SchemaFile,
        typer.Argument(help="Which file: edition.yaml, an entry, a text, the programme, the sponsors."),
    ],
    edition: Annotated[EditionFolder, EDITION] = None,
    *,
    output: Annotated[
        Path | None, typer.Option(help="Write it to this file; to standard output without it.", metavar="FILE")
    ] = None,
) -> None:
    """Print the JSON Schema of a file that editors write.

    An editor with a YAML language server completes fields by it and marks what is wrong while one writes. In an
    edition's folder it knows that edition's contact rows, marks and themes.

    Exit codes: 0 printed, 2 usage.
    """
    from directory_pub.read.schema import content_schema  # takes a moment: --help must not wait for it

    check_file(output, "--output", ".json")
    folder = find_edition(edition) if edition else edition_here()
    write_json(output or Path("-"), content_schema(file.value, folder))
