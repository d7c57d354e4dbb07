"""``doctor``: whether this machine has what the program needs, each with the line that mends it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct
from rich.console import Console
from rich.markup import escape

from directory_pub import __version__
from directory_pub.commands.console import ENGINE_LIBRARIES, EXIT_MISSING, piece_folder
from directory_pub.edition.theme import PARTS, Theme, built_in_folder

__all__ = ["register"]

_PANGO_AT_LEAST = (1, 44)  # of the engine
_ROOM_BYTES = 200_000_000  # for a book of a hundred entries, its pieces and temporary files
_OPTIONAL = {
    "gs": ("Ghostscript, a second opinion on press files", "apt-get install ghostscript"),
    "java": ("Java, for validating the email file with veraPDF", "apt-get install default-jre-headless"),
}
_LIBRARIES = {"distributed": ("Dask, for --executor", "pip install 'directory-pub[dask]'")}


class _Told(Struct, frozen=True):
    """One thing that was looked at: ``is_well`` is None where it is missing and need not be there."""

    name: str
    found: str
    is_well: bool | None = True
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor() -> None:
    """Look at all that the program needs on this machine, and say how to mend what is missing.

    Exit codes: 0 all that is needed is there, 3 something is missing.
    """
    console = Console(highlight=False, soft_wrap=True)
    signs = {True: "[green]ok     [/]", None: "[dim]not here[/]", False: "[bold red]MISSING[/]"}
    is_well = True
    for look in (_program, _engine, _faces, _profiles, _folders, _extras):
        for told in look():
            console.print(f"{signs[told.is_well]:<8} {escape(told.name)}: {escape(told.found)}")
            if told.remedy:
                console.print(f"         {escape(told.remedy)}")
            is_well = is_well and told.is_well is not False
    if not is_well:
        raise typer.Exit(EXIT_MISSING)
    console.print("All that is needed is there.")


# -------------------------------------------------------------------- what is looked at
def _program() -> Iterator[_Told]:
    yield _Told("directory-pub", f"{__version__}, {Path(__file__).parent.parent}")
    yield _Told("Python", f"{platform.python_version()}, {sys.executable}")
    yield _Told("built in", str(built_in_folder()), *_missing_parts(built_in_folder()))


def _missing_parts(folder: Path) -> tuple[bool, str]:
    missing = [part for part in PARTS if not (folder / part).is_dir()]
    return (not missing, f"{', '.join(missing)} are not there: install directory-pub again." if missing else "")


def _engine() -> Iterator[_Told]:
    pinned = importlib.metadata.version("weasyprint")
    try:
        from directory_pub.typeset.engine_patches import import_engine

        weasyprint: Any = import_engine()
    except OSError as fault:
        missing = str(fault).split(":")[0]
        yield _Told("engine", f"WeasyPrint {pinned}: {missing}", False, f"apt-get install {ENGINE_LIBRARIES}")
        return
    yield _Told("engine", f"WeasyPrint {weasyprint.__version__}")
    number = weasyprint.text.ffi.pango.pango_version()
    version = (number // 10_000, number // 100 % 100, number % 100)
    shown = ".".join(map(str, version))
    if version < _PANGO_AT_LEAST:
        yield _Told("Pango", f"{shown}, which is too old", False, "Take a system with Pango 1.44 or later.")
    else:
        yield _Told("Pango", shown)
    harfbuzz = weasyprint.text.ffi.harfbuzz_subset
    remedy = "" if harfbuzz else f"apt-get install {ENGINE_LIBRARIES}"
    yield _Told("HarfBuzz", "makes subsets of faces" if harfbuzz else "cannot make subsets", bool(harfbuzz), remedy)


def _faces() -> Iterator[_Told]:
    from directory_pub.design.faces import read_faces
    from directory_pub.storage.enclosure import Refused

    try:
        library = read_faces(Theme.of(built_in_folder()))
    except Refused as refused:
        yield _Told("faces", str(refused.finding), False, "Install directory-pub again.")
        return
    families = sorted({face.family for face in library.faces})
    yield _Told("faces", f"{len(library.faces)} of {', '.join(families)}")


def _profiles() -> Iterator[_Told]:
    from directory_pub.pictures.icc import fault_of_picture_profile, fault_of_press_profile
    from directory_pub.production.context import PROFILE, SCREEN_PROFILE
    from directory_pub.storage.enclosure import Refused

    theme = Theme.of(built_in_folder())
    checks: dict[str, Callable[[bytes], str | None]] = {
        PROFILE: fault_of_press_profile,
        SCREEN_PROFILE: lambda profile: fault_of_picture_profile(profile, "RGB"),
    }
    for name, fault_of in checks.items():
        try:
            fault = fault_of(theme.read_bytes(name))
        except Refused as refused:
            fault = str(refused)
        yield _Told("profile", f"{name} {fault}" if fault else name, not fault, "Install it again." if fault else "")


def _folders() -> Iterator[_Told]:
    from directory_pub.storage.private_folder import PrivateFolder

    cache = piece_folder()
    if cache is None:
        yield _Told(
            "cache", "there is no home folder", None, "Set XDG_CACHE_HOME, so that builds begin where they ended."
        )
    else:
        fault = PrivateFolder(cache).fault()
        remedy = "Mend that, or set XDG_CACHE_HOME; until then every build begins anew." if fault else ""
        yield _Told("cache", f"{cache}: {fault}" if fault else str(cache), None if fault else True, remedy)
    for name, folder in (("here", Path.cwd()), ("temporary files", Path(tempfile.gettempdir()))):
        yield _writable(name, folder)


def _writable(name: str, folder: Path) -> _Told:
    if not os.access(folder, os.W_OK | os.X_OK):
        return _Told(
            name, f"{folder} cannot be written into", False, "Go to a folder of yours, or name one with --output."
        )
    free_bytes = shutil.disk_usage(folder).free
    shown = f"{folder}, {free_bytes / 1e9:,.1f} GB free"
    return _Told(name, shown, free_bytes > _ROOM_BYTES, "" if free_bytes > _ROOM_BYTES else "Make room there.")


def _extras() -> Iterator[_Told]:
    for program, (what, remedy) in _OPTIONAL.items():
        found = shutil.which(program)
        yield _Told(program, f"{what}{f', {found}' if found else ''}", True if found else None, "" if found else remedy)
    for library, (what, remedy) in _LIBRARIES.items():
        try:
            yield _Told(library, f"{what}, {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            yield _Told(library, what, None, remedy)
