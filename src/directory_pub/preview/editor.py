"""The user's own settings, and the text editor that they name."""

from __future__ import annotations

import os
import shlex
import shutil
import string
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from directory_pub.edition.form import Form, Text
from directory_pub.edition.yaml_source import Fields, parse_yaml
from directory_pub.findings import Finding, Place
from directory_pub.storage.enclosure import Refused, read_text

__all__ = ["SETTINGS", "Editor", "read_editor", "settings_file"]

SETTINGS = Form(
    Text(
        "editor",
        "What opens a file at a line, as it is typed in a terminal, with {file} and {line} where they belong.",
        "code -g {file}:{line}",
    )
)
"""What the settings of a user may say."""
_KNOWN = {"file", "line"}


class Editor(Struct, frozen=True):
    """A program and its words, in which ``{file}`` and ``{line}`` stand for what is to be opened."""

    words: tuple[str, ...]

    def open(self, file: Path, line: int | None) -> str:
        """Open a file at a line, and wait for nothing; what went wrong, if it could not be begun."""
        told = {"{file}": str(file.absolute()), "{line}": str(line or 1)}
        try:
            begun = subprocess.Popen(
                [_filled(word, told) for word in self.words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C ends the preview, and no editor
            )
        except OSError as fault:
            return f"{self.words[0]} cannot be run: {(fault.strerror or str(fault)).lower()}."
        threading.Thread(target=begun.wait, daemon=True).start()
        return ""


def _filled(word: str, told: Mapping[str, str]) -> str:
    for name, value in told.items():
        word = word.replace(name, value)
    return word


def settings_file(environment: Mapping[str, str]) -> Path:
    """Where a user's settings are, by the standard that names the variable; a path that is not absolute counts not."""
    named = environment.get("XDG_CONFIG_HOME", "")
    folder = Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~/.config"))
    return folder / "directory-pub" / "settings.yaml"


def read_editor(file: Path) -> tuple[Editor | None, list[Finding]]:
    """The editor that the settings name, or None; and what is wrong with the settings.

    They are the user's own, and never a book's: a book that comes from elsewhere must not say what is run here.
    """
    if not file.exists():
        return None, []
    try:
        node, findings = parse_yaml(read_text(file, file.parent), str(file))
    except Refused as refused:
        return None, [refused.finding]
    fields = Fields(node, Place(file=str(file), line=1), findings, SETTINGS, unread=node is None)
    written = fields.text("editor")
    editor = _editor_of(written, fields) if written else None
    fields.close()
    return (None if findings else editor), findings


def _editor_of(written: str, fields: Fields) -> Editor | None:
    place, remedy = fields.places()["editor"], "Write it as 'editor: code -g {file}:{line}'."
    try:
        words = shlex.split(written)
        named = {name for word in words for _, name, _, _ in string.Formatter().parse(word) if name is not None}
    except ValueError as fault:
        fields.complain("value-type", place, f"cannot be read: {str(fault).lower()}.", remedy)
        return None
    if unknown := sorted(named - _KNOWN):
        fields.complain("value-type", place, f"has {{{unknown[0]}}}, which is not known.", remedy)
    elif "file" not in named:
        fields.complain("value-type", place, "does not say where the file's name belongs.", remedy)
    elif shutil.which(words[0]) is None:
        fields.complain("value-type", place, f"names '{words[0]}', which is no program here.", "Write its whole path.")
    return Editor(tuple(words))
