"""The sheets of an edition in the order in which the engine hears them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.design.project_files import FACES
from directory_pub.design.tokens import Sheet
from directory_pub.edition.theme import Theme

__all__ = ["face_rules", "sheet_texts"]


def sheet_texts(grid: Grid, library: FontLibrary, made: Mapping[str, str], theme: Theme) -> list[Sheet]:
    """The sheets in the order in which they are heard; later ones win."""
    return [
        Sheet("fonts", "fonts", face_rules(library)),
        *(Sheet(name, theme.shown(name), text) for name, text in made.items()),
        *grid.sheets,
        Sheet("edition.yaml", "edition.yaml", grid.as_css()),
        *(Sheet(name, theme.shown(name), theme.read_text(name)) for name in _design_sheets(theme)),
    ]


def _design_sheets(theme: Theme) -> list[str]:
    """Page boxes and text first, then parts, then pages: what is nearer to a page wins."""
    first = [name for name in ("styles/page-boxes.css", "styles/text.css") if theme.find(name)]
    inner = [name for part in ("parts", "pages") for name in theme.names(f"styles/{part}", ".css")]
    return [*first, *(name for name in inner if len(PurePosixPath(name).parts) == len(("styles", "part", "sheet")))]


def face_rules(library: FontLibrary) -> str:
    """One @font-face for each face of fonts/: what is there is declared, and nothing else."""
    rules = []
    for face in library.faces:
        style, url = "italic" if face.italic else "normal", f"project:///{FACES}{library.address(face)}"
        traits = f"font-family:'{face.family}';font-weight:{face.weight};font-style:{style}"
        rules.append(f"@font-face{{{traits};src:url('{url}')}}")
    return "".join(rules)
