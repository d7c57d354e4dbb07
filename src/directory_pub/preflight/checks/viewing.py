"""What the catalogue says on how the file is to be shown: layers, presentations, the part of a page that prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

from directory_pub.preflight.report import Problem, problem
from directory_pub.preflight.streams import object_key

__all__ = ["check_viewing"]

_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def check_viewing(root: Any) -> Iterator[Problem]:
    """The viewer's preferences, alternate presentations and the configurations of layers."""
    preferences = root.get("/ViewerPreferences", {})
    for key in _AREAS:
        box = str(preferences.get(key, "/MediaBox"))
        if box not in ("/MediaBox", "/BleedBox"):
            yield problem(
                "print-area",
                f"{key[1:]} cuts the pages to their {box[1:]}: the bleed is lost.",
                f"Take {key[1:]} out, or name the BleedBox.",
                measured=box[1:],
                limit="MediaBox or BleedBox",
            )
    if "/AlternatePresentations" in root.get("/Names", {}):
        yield problem("presentation", "the file has other presentations of its pages.", "Take them out.")
    layers = root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        yield from _check_layers(layers)


def _check_layers(layers: Any) -> Iterator[Problem]:
    """Each configuration is of its own name, names every layer, and leaves what shows to no event."""
    others = [one for one in layers.get("/Configs", []) if isinstance(one, Dictionary)]
    default = layers.get("/D")
    names = [str(one.get("/Name", "")) for one in others]
    known = {object_key(group) for group in layers.get("/OCGs", [])}
    if not isinstance(default, Dictionary):
        yield _layers("have no default configuration", "/D")
        return
    if "" in names or len(set(names)) < len(names):
        yield _layers("have configurations without a name of their own", "/Name")
    for one in (default, *others):
        if "/AS" in one:
            yield _layers("switch themselves on and off, by zoom, on screen or in print", "/AS")
        if "/Order" in one and known - _listed(one.Order, 0):
            yield _layers("are not all listed in the order that a reader shows", "/Order")


def _listed(order: Any, depth: int) -> set[Any]:
    """The layers in a list of layers, which may hold lists."""
    if not isinstance(order, Array):
        return {object_key(order)} if isinstance(order, Dictionary) else set()
    return set().union(*(_listed(entry, depth + 1) for entry in order)) if depth < 32 else set()


def _layers(how: str, measured: str) -> Problem:
    remedy = "Keep the layers that print, with one configuration, or flatten them."
    return problem("layers", f"the file's layers {how}.", remedy, measured=measured)
