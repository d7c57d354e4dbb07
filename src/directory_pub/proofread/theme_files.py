"""The files of an edition's own theme: each lies over one that is built in, or is used, or is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from directory_pub.design.inks import read_inks
from directory_pub.design.tokens import is_token_sheet
from directory_pub.edition.model import Edition
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import MOTIF_FOLDER, PARTS, Layer, Theme, built_in_folder, own_names
from directory_pub.findings import Finding, Place, warning
from directory_pub.read import is_for_makers

__all__ = ["proofread_theme"]

_LICENCES = (".txt", ".md", ".html")
_FACES = (".ttf", ".otf", ".woff", ".woff2", ".ttc", ".otc")
_TEXTS = {"layouts": "", "styles": ".css", "printers": ".yaml"}
_HEARD = ("styles/pages", "styles/parts")  # every sheet in them


def proofread_theme(edition: Edition) -> Iterator[Finding]:
    """A warning of each file that lies over nothing and that nothing uses: its name is wrong, or it is left over.

    Faces are not told of here: what they are is in the file, not in its name.
    """
    theme = edition.theme
    told: list[str] | None = None
    for layer, name in _standing_alone(theme):
        told = _texts(theme) if told is None else told
        if not _is_used(name, edition, told):
            yield _unused(layer, name, theme)
    yield from _unused_inks(edition)


def _standing_alone(theme: Theme) -> Iterator[tuple[Layer, str]]:
    """The editor's own files that lie over none of a lower layer, nor below one of a higher."""
    for index, layer in enumerate(theme.layers):
        if not layer.is_own or layer.folder == built_in_folder():
            continue
        others = (*theme.layers[:index], *theme.layers[index + 1 :])
        for name in (name for part in PARTS for name in own_names(layer, part)):
            if not any((other.folder / name).exists() for other in others):
                yield layer, name


def _texts(theme: Theme) -> list[str]:
    return [theme.read_text(name) for part, ending in _TEXTS.items() for name in theme.names(part, ending)]


def _is_used(name: str, edition: Edition, texts: list[str]) -> bool:
    path = PurePosixPath(name)
    if is_for_makers(path.name) or path.suffix.lower() in _LICENCES:
        return True
    match path.parts[0]:
        case "layouts":
            within = name.removeprefix("layouts/")
            kinds = {page.kind for page in edition.text_pages.values()}
            return within in {f"pages/{kind}.html.j2" for kind in kinds} or _is_named(within, texts)
        case "icons":
            table = edition.contact_table
            icons = {kind.icon for kind in table.kinds.values()} | {each.icon for each in table.networks.values()}
            return path.stem in icons or _is_named(f"icon-{path.stem}.svg", texts) or _is_named(name, texts)
        case "fonts":
            return path.suffix.lower() in _FACES
        case "printers":
            return (path.suffix == ".yaml" and len(path.parts) == len(("printers", "name"))) or _is_named(
                path.name, texts
            )
        case _:
            heard = (path.suffix == ".css" and str(path.parent) in _HEARD) or is_token_sheet(name)
            heard = heard or (path.suffix == ".svg" and str(path.parent) == MOTIF_FOLDER)
            return heard or _is_named(path.name, texts)


def _unused_inks(edition: Edition) -> Iterator[Finding]:
    """A warning of each ink of the edition's own that no sheet names; a logo may have any."""
    if edition.logo and edition.logo.is_drawing:
        return
    inks, _ = read_inks(edition.theme)
    texts = _texts(edition.theme) if inks.added else []
    known = [ink.name for ink in inks.inks if ink.name not in inks.added]
    for name, place in inks.added.items():
        if not any(re.search(rf"--ink-{name}\b(?!-)", text) for text in texts):
            remedy = did_you_mean(name, known, f"The theme has {', '.join(known)}; take it out, or name it in a sheet.")
            yield warning("ink-unused", place, "changes no ink of the theme, and nothing is printed in it.", remedy)


def _is_named(name: str, texts: list[str]) -> bool:
    return any(name in text for text in texts)


def _unused(layer: Layer, name: str, theme: Theme) -> Finding:
    part = name.split("/", maxsplit=1)[0]
    known = [each for each in theme.names(part) if each != name]
    usual = f"Take it out; 'directory-pub theme show' lists the files of {part}/ that there are."
    place = Place(file=f"{layer.shown}{name}")
    return warning(
        "file-unused",
        place,
        "lies over no file that is built in, and nothing uses it.",
        did_you_mean(name, known, usual),
    )
