"""The sheets of an edition in the order in which the engine hears them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.storage.enclosure import list_files, read_text

__all__ = ["face_rules", "sheet_texts"]


def sheet_texts(grid: Grid, library: FontLibrary, made: Mapping[str, str], root: Path) -> list[tuple[str, str]]:
    """Each sheet's name and text in the order in which they are heard; later sheets win."""
    tokens, design = (
        [(path.relative_to(root).as_posix(), read_text(path, root)) for path in paths]
        for paths in (grid.sheets, _design_sheets(root))
    )
    return [("fonts", face_rules(library, root)), *made.items(), *tokens, ("edition.yaml", grid.as_css()), *design]


def _design_sheets(root: Path) -> list[Path]:
    """Page boxes and text first, then parts, then pages: what is nearer to a page wins."""
    styles = root / "styles"
    first = [styles / "page-boxes.css", styles / "text.css"]
    inner = [path for part in ("parts", "pages") for path in list_files(styles / part, root, ending=".css")]
    return [*(path for path in first if path.exists()), *(path for path in inner if path.parent.parent == styles)]


def face_rules(library: FontLibrary, root: Path) -> str:
    """One @font-face for each file of fonts/: what is there is declared, and nothing else."""
    rules = []
    for face in library.faces:
        style, url = "italic" if face.italic else "normal", f"project:///{face.path.relative_to(root).as_posix()}"
        traits = f"font-family:'{face.family}';font-weight:{face.weight};font-style:{style}"
        rules.append(f"@font-face{{{traits};src:url('{url}')}}")
    return "".join(rules)
