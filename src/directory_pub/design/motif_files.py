"""Motifs of a theme's own: SVG files in styles/motifs/, drawn in the five colours that stand for the five tones."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from xml.parsers import expat

from directory_pub.artwork.motifs import Drawing, Layer, Tone
from directory_pub.artwork.shapes import disc, polygon, rect
from directory_pub.edition.theme import MOTIF_FOLDER, Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["TONE_COLOURS", "read_motifs"]

TONE_COLOURS: Mapping[str, Tone] = {
    "#E9EFF4": "ground",
    "#12355B": "strong",
    "#5F86AC": "middle",
    "#C9D7E4": "faint",
    "#FD9D24": "accent",
}
"""The colours that a motif is drawn in, whatever the inks of the book: those of a tile as it is built in."""
_FILE = re.compile(rf"{MOTIF_FOLDER}/([a-z][a-z0-9-]*)\.svg")
_SQUARE = [0.0, 0.0, 100.0, 100.0]
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]+")
_FILL = re.compile(r"(?:^|;)\s*fill\s*:\s*([^;]+)")
_SILENT = ("title", "desc", "metadata", "defs")
_WHOLE: Layer = ("ground", rect(0, 0, 100, 100))


class _Wrong(ValueError):  # noqa: N818 # what is wrong is a finding
    """What is wrong with a drawing, on which line, and what to do."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line, self.remedy = line, remedy


def read_motifs(theme: Theme) -> tuple[dict[str, Drawing], list[Finding]]:
    """The drawings in styles/motifs/ by name, with a finding of each that is none: the whole square is its drawing."""
    drawings: dict[str, Drawing] = {}
    findings: list[Finding] = []
    for name in theme.names(MOTIF_FOLDER, ".svg"):
        match, place = _FILE.fullmatch(name), Place(file=theme.shown(name))
        if match is None:
            remedy = "Name it in small letters, figures and hyphens, such as water-tower.svg."
            findings.append(error("motif-unreadable", place, "is no name of a motif.", remedy))
            continue
        drawings[match[1]] = (_WHOLE,)
        try:
            drawings[match[1]] = _read(theme.read_bytes(name))
        except Refused as refused:
            findings.append(refused.finding)
        except _Wrong as wrong:
            place = Place(file=place.file, line=wrong.line)
            findings.append(error("motif-unreadable", place, f"{wrong}.", wrong.remedy))
    return drawings, findings


@functools.lru_cache(maxsize=256)
def _read(svg: bytes) -> Drawing:
    layers: list[Layer] = []
    fills: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        name, line = tag.rpartition("}")[2], parser.CurrentLineNumber
        if not fills:
            _check_square(name, attributes, line)
        styled = _FILL.search(attributes.get("style", ""))
        fills.append((styled[1] if styled else attributes.get("fill", fills[-1] if fills else "")).strip())
        if name in _SILENT or ("}" in tag and not tag.startswith("http://www.w3.org/2000/svg}")):
            return
        if "transform" in attributes:
            raise _Wrong(line, "a shape is moved by 'transform'", "Flatten its transforms, then save it again.")
        if name not in ("svg", "g") and fills[-1] != "none":
            layers.append((_tone(fills[-1], line), _path(name, attributes, line)))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: fills.pop()
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as problem:
        raise _Wrong(problem.lineno, f"cannot be read ({problem})", "Save it again as SVG.") from problem
    return tuple(layers) if any(tone == "ground" for tone, _ in layers) else (_WHOLE, *layers)


def _check_square(name: str, attributes: Mapping[str, str], line: int) -> None:
    try:
        box = [float(each) for each in attributes.get("viewBox", "").replace(",", " ").split()]
    except ValueError:
        box = []
    if name != "svg" or box != _SQUARE:
        raise _Wrong(line, "is not drawn in a square of 100 units", 'Give its <svg> viewBox="0 0 100 100".')


def _tone(fill: str, line: int) -> Tone:
    tone = TONE_COLOURS.get(fill.upper())
    if tone is None:
        known = ", ".join(f"{colour} ({tone})" for colour, tone in TONE_COLOURS.items())
        shown = f"the fill '{fill}' is none of the five" if fill else "a shape has no fill"
        raise _Wrong(line, shown, f"Fill it with one of {known}.")
    return tone


def _path(name: str, attributes: Mapping[str, str], line: int) -> str:
    """The path data of a shape."""
    if attributes.get("stroke", "none") != "none":
        raise _Wrong(line, "a shape has a stroke", "Expand strokes to shapes: a motif has flat fills alone.")

    def length(key: str) -> float:
        return float(attributes.get(key, "0"))

    try:
        match name:
            case "path" if _PATH.fullmatch(attributes.get("d", "")):
                return attributes["d"]
            case "rect" if "rx" not in attributes and "ry" not in attributes:
                return rect(length("x"), length("y"), length("width"), length("height"))
            case "circle":
                return disc(length("cx"), length("cy"), length("r"))
            case "polygon":
                told = [float(each) for each in attributes.get("points", "").replace(",", " ").split()]
                return polygon(*zip(told[::2], told[1::2], strict=True))
            case _:
                pass
    except ValueError:
        pass
    remedy = "Draw it as path, rect, circle or polygon, and save it again."
    raise _Wrong(line, f"<{name}> is no shape of a motif", remedy)
