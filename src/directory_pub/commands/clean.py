"""``clean``: remove what builds have written, and what they keep for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from directory_pub.commands.console import OUTPUT, piece_folder, refuse

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(clean)


def clean(
    *,
    output: Annotated[Path, typer.Option(help="The folder that builds write into.", metavar="DIR")] = Path(OUTPUT),
) -> None:
    """Remove the files that builds have made, and the pieces that are kept for later builds.

    Of the output folder only what a build has written there goes, and has not changed since; the folder itself
    goes if nothing else is in it. The next build sets every piece anew.

    Exit codes: 0 removed, 2 usage, 3 something could not be removed.
    """
    from directory_pub.production.earlier import REPORT, built_files
    from directory_pub.storage.disk import writing_into
    from directory_pub.storage.temporary import alone_in

    if output.exists() and not output.is_dir():
        refuse(f"{output} is no folder.", "Name the folder that builds write into.")
    removed_bytes, left = 0, []
    if output.is_dir() and (output / REPORT).is_file():
        with alone_in(output, lambda told: typer.echo(told, err=True)), writing_into(output):
            files = built_files(output)
            removed_bytes = _remove(iter([*files, output / REPORT]))
            left = sorted(path.name for path in output.iterdir())
            if not left:
                output.rmdir()
    _tell(str(output), removed_bytes)
    if left:
        typer.echo(f"    Left there, as no build wrote it or it was changed since: {', '.join(left)}.")
    cache = piece_folder()
    if cache is not None:
        kept_bytes = _remove(path for path in cache.rglob("*") if path.is_file() and not path.is_symlink())
        _tell(str(cache), kept_bytes)


def _remove(files: Iterator[Path]) -> int:
    """Remove files; the bytes that they had."""
    removed_bytes = 0
    for path in files:
        size_bytes = path.lstat().st_size
        path.unlink()
        removed_bytes += size_bytes
    return removed_bytes


def _tell(where: str, removed_bytes: int) -> None:
    typer.echo(f"{where}: {removed_bytes / 1e6:,.1f} MB removed" if removed_bytes else f"{where}: nothing to remove")
