"""The theme of an edition: layouts, sheets, icons, faces and printers, in layers that lie over one another.

A file is known by its name below a layer, such as ``styles/tokens.css``. The uppermost layer that has a
file of that name gives it: the edition's own folder, the project's, the theme that the edition names, and
what is built in. A layer lies over the next file by file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.storage.enclosure import (
    MOST_BYTES,
    Refused,
    check_enclosed,
    list_files,
    open_file,
    read_bytes,
    read_text,
)

__all__ = [
    "BUILT_IN",
    "DEFAULT_THEME",
    "EDITED_LAYERS",
    "FACE_ENDINGS",
    "MOTIF_FOLDER",
    "PARTS",
    "Layer",
    "Theme",
    "built_in_folder",
    "find_root",
    "folders_of_themes",
    "open_theme",
    "theme_names",
]

PARTS = ("layouts", "styles", "icons", "fonts", "printers")
"""The folders of a layer."""
BUILT_IN = "built in"
_FACES = (".ttf", ".otf", ".woff", ".woff2", ".ttc", ".otc")  # the last two are collections, which are refused
FACE_ENDINGS = (*_FACES, *map(str.upper, _FACES))
"""How the names of faces end."""
DEFAULT_THEME = "city"
"""The theme without a folder of its own: what is built in, as it is."""
EDITED_LAYERS = ("edition", "project")
"""The names of the layers that change a theme, and are none."""
MOTIF_FOLDER = "styles/motifs"
_THEMES = "themes"
_BUILT_IN_SHOWN = "built-in/"
_LEVELS_UP = 2  # from an edition's folder to its project's: content/2020 in a project


class Layer(Struct, frozen=True):
    """One folder of a theme. ``name`` says whose it is, ``shown`` is what its files' names begin with in findings.

    A file may lie in its ``folder``, or, by a link, in one of ``within``.
    """

    name: str
    folder: Path
    shown: str = ""
    within: tuple[Path, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is the edition's or the project's, and not of this program."""
        return not self.shown.startswith(_BUILT_IN_SHOWN)


class Theme(Struct, frozen=True):
    """The layers of one edition, the uppermost first.

    A theme is opened for each build, and keeps what it has read: all of a build sees a text as it was first read.
    """

    layers: tuple[Layer, ...]
    _given_by: dict[str, Layer] = field(default_factory=dict)
    _listed: dict[tuple[str, str | tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    # What it has read makes it no other.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash(self.layers)

    def __repr__(self) -> str:
        return f"Theme({self.layers!r})"

    @classmethod
    def of(cls, folder: Path) -> Theme:
        """A theme of one layer, which has every file."""
        return cls((Layer("project", folder),))

    def layers_of(self, name: str) -> list[Layer]:
        """The layers that have a file of this name, the one that gives it first."""
        return [layer for layer in self.layers if _is_there(layer, name)]

    def heard(self, name: str) -> list[Layer]:
        """The layers of a file that is heard together with those below it, the uppermost first.

        They are those that edit a theme, and the theme's own, which is whole.
        """
        layers = self.layers_of(name)
        whole = next((index for index, layer in enumerate(layers) if layer.name not in EDITED_LAYERS), len(layers))
        return layers[: whole + 1]

    def alone(self, layer: Layer) -> Theme:
        """One of its layers as a theme."""
        return Theme((layer,))

    def find(self, name: str) -> Path | None:
        """The file of this name, or None."""
        return next((layer.folder / name for layer in self.layers if _is_there(layer, name)), None)

    def path(self, name: str) -> Path:
        """Where a file of this name lies, or would have to."""
        return self._layer(name).folder / name

    def names(self, folder: str, ending: str | tuple[str, ...] = "") -> list[str]:
        """The names of all files below a folder such as ``styles/pages`` that end so, in order."""
        if (folder, ending) not in self._listed:
            found = {name for layer in self.layers for name in own_names(layer, folder, ending)}
            self._listed[folder, ending] = tuple(sorted(found))
        return list(self._listed[folder, ending])

    def name_of(self, path: Path) -> str | None:
        """The name of a file of a layer by its path, or None."""
        return next(
            (path.relative_to(each.folder).as_posix() for each in self.layers if path.is_relative_to(each.folder)), None
        )

    def grounds(self) -> tuple[Path, ...]:
        """All folders that its files may lie in."""
        return tuple({folder: None for layer in self.layers for folder in (layer.folder, *layer.within)})

    def shown(self, name: str) -> str:
        """A file as its editor knows it: from the project's folder, or as one that is built in."""
        return f"{self._layer(name).shown}{name}"

    def read_text(self, name: str) -> str:
        """The text of a file in UTF-8 with plain line ends; raises Refused."""
        if name not in self._texts:
            layer = self._layer(name)
            with _named(layer):
                self._texts[name] = read_text(layer.folder / name, layer.folder, *layer.within)
        return self._texts[name]

    def read_bytes(self, name: str, *, most_bytes: int = MOST_BYTES) -> bytes:
        """The content of a file; raises Refused."""
        layer = self._layer(name)
        with _named(layer):
            return read_bytes(layer.folder / name, layer.folder, *layer.within, most_bytes=most_bytes)

    def open(self, name: str) -> BinaryIO:
        """A file, opened; raises Refused."""
        layer = self._layer(name)
        with _named(layer):
            return open_file(layer.folder / name, layer.folder, *layer.within)

    def check(self, name: str) -> Path:
        """Where a file lies, links followed; raises Refused where that is in none of its layer's folders."""
        layer = self._layer(name)
        with _named(layer):
            return check_enclosed(layer.folder / name, layer.folder, *layer.within)

    def _layer(self, name: str) -> Layer:
        """The layer that gives a file; of one that is nowhere, the uppermost that is a project's."""
        if name not in self._given_by:
            there = next((layer for layer in self.layers if _is_there(layer, name)), None)
            there = there or next((layer for layer in self.layers if not layer.shown), self.layers[0])
            self._given_by[name] = there
        return self._given_by[name]


def own_names(layer: Layer, folder: str, ending: str | tuple[str, ...] = "") -> Iterator[str]:
    """The names of a layer's files below a folder, those that lower layers have, too."""
    above = f"{layer.folder.as_posix().rstrip('/')}/"
    for path in list_files(layer.folder / folder, layer.folder, *layer.within, ending=ending):
        yield path.as_posix().removeprefix(above)


class _named:  # noqa: N801 # reads as a word of the statement it stands in
    """Whatever is refused inside is told of by the name that its layer shows."""

    def __init__(self, layer: Layer) -> None:
        self._shown = layer.shown

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, Refused) and self._shown:
            place = fault.finding.place
            fault.finding = replace(fault.finding, place=replace(place, file=f"{self._shown}{place.file}"))


def _is_there(layer: Layer, name: str) -> bool:
    """Whether a layer has a file of this name, be it a link that leads nowhere."""
    return os.path.lexists(os.path.join(layer.folder, name))


# -------------------------------------------------------------------- which layers
def open_theme(folder: Path, root: Path, name: str = DEFAULT_THEME) -> Theme:
    """The theme of an edition: its ``folder``, its project at ``root``, and the theme of that name."""
    below = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.as_posix()
    own, theme = built_in_folder(), f"{_THEMES}/{name}"
    layers = [
        Layer("edition", folder, "" if folder == root else f"{below}/", (root,)),
        Layer("project", root),
        Layer(f"theme {name}", root / theme, f"{theme}/", (root,)),
        Layer(f"theme {name}", own / theme, f"{_BUILT_IN_SHOWN}{theme}/"),
        Layer(BUILT_IN, own, _BUILT_IN_SHOWN),
    ]
    if name == DEFAULT_THEME:
        del layers[2:4]
    if root == own:  # this program's own sources are a project, whose files are what is built in: they lie lowest
        layers = [each for each in layers if each.name not in ("project", BUILT_IN)] + [Layer("project", root)]
    there: dict[Path, Layer] = {}
    for layer in layers:
        if layer is layers[-1] or any((layer.folder / part).is_dir() for part in PARTS):
            there.setdefault(layer.folder, layer)
    return Theme(tuple(there.values()))


def folders_of_themes(root: Path) -> list[Path]:
    """The folders that layers of a project's editions are, beside those of editions."""
    bases = dict.fromkeys((root, built_in_folder()))
    return [*bases, *(path for base in bases for path in sorted((base / _THEMES).glob("*")) if path.is_dir())]


def theme_names(root: Path) -> list[str]:
    """The themes that an edition of a project can name."""
    named = {path.name for path in folders_of_themes(root) if path.parent.name == _THEMES}
    return [DEFAULT_THEME, *sorted(named - {DEFAULT_THEME})]


@cache
def built_in_folder() -> Path:
    """Where the built-in files are: package data, or the project's top level where this runs from its sources."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "built_in"
    return installed if installed.is_dir() else package.parent.parent


def find_root(folder: Path) -> Path:
    """The project of an edition: a folder up to two above its own with a folder of PARTS in it, or one of themes.

    The nearest one counts; of an edition that is a link, first round what it leads to. It is not looked for above a
    repository's folder, nor is it the user's home. An edition without one is a project of its own.
    """
    real = folder.resolve()
    return _project_around(real) or _project_around(folder.absolute()) or real


def _project_around(edition: Path) -> Path | None:
    if (edition / ".git").exists():
        return None
    for parent in edition.parents[:_LEVELS_UP]:
        if parent in (Path.home(), Path(parent.anchor)):
            return None
        if any((parent / part).is_dir() for part in (*PARTS, _THEMES)):
            return parent.resolve()
        if (parent / ".git").exists():
            return None
    return None
