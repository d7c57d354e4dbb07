"""Which layers of a guest's file are hidden: what is on them is not shown, and not printed."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

__all__ = ["HiddenLayers"]


class HiddenLayers:
    """The layers that the file's own configuration switches off."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        layers = pdf.Root.get("/OCProperties", Dictionary())
        usual = layers.get("/D", Dictionary())
        every = [group.objgen for group in layers.get("/OCGs", Array())]
        on = {group.objgen for group in usual.get("/ON", Array())}
        off = {group.objgen for group in usual.get("/OFF", Array())}
        all_off = str(usual.get("/BaseState", "/ON")) == "/OFF"
        self._off = (set(every) - on) | off if all_off else off

    def hide(self, layer: Any) -> bool:
        """Whether a layer, or what depends on several, is not shown."""
        if not self._off or not isinstance(layer, Dictionary):
            return False
        if str(layer.get("/Type", "")) != "/OCMD":
            return layer.objgen in self._off
        groups = layer.get("/OCGs", Array())
        states = [group.objgen not in self._off for group in (groups if isinstance(groups, Array) else [groups])]
        shown = {
            "/AllOn": all(states), "/AnyOn": any(states), "/AnyOff": not all(states), "/AllOff": not any(states),
        }  # fmt: skip
        return bool(states) and not shown.get(str(layer.get("/P", "/AnyOn")), True)
