"""The schema of each file that editors write, with the names that their edition knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct

from directory_pub.artwork import MOTIFS
from directory_pub.edition.form import Form
from directory_pub.edition.json_schema import Schema, json_schema
from directory_pub.edition.model import NO_MOTIF, OwnField
from directory_pub.edition.theme import (
    DEFAULT_THEME,
    MOTIF_FOLDER,
    Theme,
    built_in_folder,
    find_root,
    open_theme,
    theme_names,
)
from directory_pub.edition.yaml_source import Fields, Node, parse_yaml
from directory_pub.read.column_names import with_columns
from directory_pub.read.contact_table import read_contact_table
from directory_pub.read.forms import EDITION, ENTRY, TEXT_PAGE, in_edition
from directory_pub.read.own_fields import read_own_fields
from directory_pub.read.programme_forms import PROGRAMME_FILE
from directory_pub.read.sponsors import SPONSORS
from directory_pub.storage.enclosure import Refused, read_text

__all__ = ["FILES", "FileForm", "content_schema", "forms_of"]


class FileForm(Struct, frozen=True):
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
        TEXT_PAGE,
    ),
    "programme": FileForm("A programme", "The sessions of an event, day by day.", PROGRAMME_FILE),
    "sponsors": FileForm(
        "Sponsors", "The file that 'sponsors' in edition.yaml names: levels and who is on them.", SPONSORS
    ),
}


def content_schema(file: str, folder: Path | None) -> Schema:
    """The schema of one of FILES for the edition in a folder; without one, for any with the built-in theme."""
    about = forms_of(folder)[file]
    return json_schema(about.form, about.title, about.says)


def forms_of(folder: Path | None) -> dict[str, FileForm]:
    """FILES with what an edition knows: the kinds of contact row, themes, marks and motifs by name, its own fields."""
    theme, themes, names = Theme.of(built_in_folder()), list[str](), _Names()
    if folder is not None:
        folder = folder.resolve()
        root = find_root(folder)
        themes = theme_names(root)
        names = _read_names(folder, root)
        theme = open_theme(folder, root, names.theme if names.theme in themes else DEFAULT_THEME)
    table, _ = read_contact_table(theme)
    motifs = (PurePosixPath(name).stem for name in theme.names(MOTIF_FOLDER, ".svg"))
    known: dict[str, Callable[[Form], Form]] = {
        "edition": lambda form: with_columns(
            in_edition(form, table=table, themes=themes), in_edition(ENTRY, table=table, own=names.fields), table
        ),
        "entry": partial(
            in_edition, table=table, marks=names.marks, motifs=[*sorted({*MOTIFS, *motifs}), NO_MOTIF], own=names.fields
        ),
        "front-matter": partial(in_edition, table=table),
        "programme": in_edition,
        "sponsors": lambda form: form,
    }
    return {key: FileForm(about.title, about.says, known[key](about.form)) for key, about in FILES.items()}


class _Names(Struct, frozen=True):
    """What edition.yaml names: its theme, its marks, the fields of its own."""

    theme: str = DEFAULT_THEME
    marks: tuple[str, ...] = ()
    fields: tuple[OwnField, ...] = ()


def _read_names(folder: Path, root: Path) -> _Names:
    """What edition.yaml names; nothing where it cannot be read, which a build tells of."""
    try:
        node, _ = parse_yaml(read_text(folder / "edition.yaml", root, folder), "edition.yaml")
    except Refused:
        return _Names()
    if node is None or not isinstance(node.value, dict):
        return _Names()
    nothing = Node("", node.place)
    theme, marks = node.value.get("theme", nothing), node.value.get("marks", nothing)
    named = theme.value if isinstance(theme.value, str) else ""
    own = read_own_fields(Fields(node, node.place, [], EDITION))
    return _Names(named or DEFAULT_THEME, tuple(marks.value) if isinstance(marks.value, dict) else (), own)
