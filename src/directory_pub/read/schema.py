"""The schema of each file that editors write, with the names that their edition knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from directory_pub.artwork import MOTIFS
from directory_pub.edition.form import Form
from directory_pub.edition.json_schema import Schema, json_schema
from directory_pub.edition.theme import (
    DEFAULT_THEME,
    MOTIF_FOLDER,
    Theme,
    built_in_folder,
    find_root,
    open_theme,
    theme_names,
)
from directory_pub.edition.yaml_source import Node, parse_yaml
from directory_pub.read.contact_table import read_contact_table
from directory_pub.read.forms import EDITION, ENTRY, FRONT_MATTER, in_edition
from directory_pub.storage.enclosure import Refused, read_text

__all__ = ["FILES", "FileForm", "content_schema", "forms_of"]


@dataclass(frozen=True, slots=True)
class FileForm:
    """One kind of file: what it is called, what it is, and what stands in it."""

    title: str
    says: str
    form: Form


FILES = {
    "edition": FileForm(
        "edition.yaml", "The book: title, size, cover words, marks, the order of sections and entries.", EDITION
    ),
    "entry": FileForm("An entry", "The fields of an entry, between two lines of '---' above its text.", ENTRY),
    "front-matter": FileForm(
        "A page of front matter",
        "The fields of a page of front matter, between two lines of '---' above its text.",
        FRONT_MATTER,
    ),
}


def content_schema(file: str, folder: Path | None) -> Schema:
    """The schema of one of FILES for the edition in a folder; without one, for any with the built-in theme."""
    about = forms_of(folder)[file]
    return json_schema(about.form, about.title, about.says)


def forms_of(folder: Path | None) -> dict[str, FileForm]:
    """FILES with what an edition knows: the kinds of contact row, themes, marks and motifs by name."""
    theme, themes, marks = Theme.of(built_in_folder()), list[str](), tuple[str, ...]()
    if folder is not None:
        folder = folder.resolve()
        root = find_root(folder)
        themes = theme_names(root)
        name, marks = _theme_and_marks(folder, root)
        theme = open_theme(folder, root, name if name in themes else DEFAULT_THEME)
    table, _ = read_contact_table(theme)
    own = (PurePosixPath(name).stem for name in theme.names(MOTIF_FOLDER, ".svg"))
    known: dict[str, dict[str, Sequence[str]]] = {
        "edition": {"themes": themes},
        "entry": {"marks": marks, "motifs": sorted({*MOTIFS, *own})},
        "front-matter": {},
    }
    return {
        key: FileForm(about.title, about.says, in_edition(about.form, table=table, **known[key]))
        for key, about in FILES.items()
    }


def _theme_and_marks(folder: Path, root: Path) -> tuple[str, tuple[str, ...]]:
    """What edition.yaml names as its theme and its marks; nothing where it cannot be read, which a build tells of."""
    try:
        node, _ = parse_yaml(read_text(folder / "edition.yaml", root, folder), "edition.yaml")
    except Refused:
        return DEFAULT_THEME, ()
    fields = node.value if node and isinstance(node.value, dict) else {}
    nothing = Node("", node.place) if node else None
    theme, marks = fields.get("theme", nothing), fields.get("marks", nothing)
    named = theme.value if theme and isinstance(theme.value, str) else ""
    return named or DEFAULT_THEME, tuple(marks.value) if marks and isinstance(marks.value, dict) else ()
