"""An edition of a few short entries, written for one test."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from project import ROOT

__all__ = ["write_edition", "write_entry"]


def write_edition(
    root: Path, entries: Mapping[str, str], *, section: str = "entries: all\n", more: str = "", language: str = "en-GB"
) -> Path:
    """An edition of one section, ``section`` being the rest of its fields and ``more`` those above the sections.

    ``entries`` are the fields of each beside its name, which is its key with a capital. ``more`` begins on line 6.
    """
    folder = root / "content" / "x"
    (folder / "entries").mkdir(parents=True)
    shutil.copytree(ROOT / "icons", root / "icons")
    (root / "styles").mkdir()
    shutil.copy(ROOT / "styles" / "contact.yaml", root / "styles")
    head = f"key: x\ntitle: Register\nlanguage: {language}\ncreated: 2031-03-02\ntrim: A4\n"
    sections = "sections:\n  - key: towns\n    title: TOWNS\n    folder: entries\n"
    rest = "".join(f"    {line}\n" for line in section.splitlines())
    (folder / "edition.yaml").write_text(head + more + sections + rest, "utf-8")
    for key, fields in entries.items():
        write_entry(folder, key, fields)
    return folder


def write_entry(folder: Path, key: str, fields: str) -> None:
    """An entry's file: its name, unless the fields have one, and these fields."""
    name = "" if fields.startswith("name:") else f"name: {key.capitalize()}\n"
    (folder / "entries" / f"{key}.md").write_text(f"---\n{name}{fields}\n---\n\nText.\n", "utf-8")
