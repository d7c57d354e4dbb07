"""Layers: which of them are switched off, so that what stands on them is not printed."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary

from directory_pub.preflight.streams import object_key

__all__ = ["Layers"]

_DEEPEST = 32


class Layers:
    """The layers of a file as its default configuration shows them."""

    def __init__(self, root: Any = None) -> None:
        written = root.get("/OCProperties") if root is not None else None
        groups = _row(written, "/OCGs")
        shown = written.get("/D") if isinstance(written, Dictionary) else None
        hides_all = isinstance(shown, Dictionary) and shown.get("/BaseState") == "/OFF"
        on, off = _keys(_row(shown, "/ON")), _keys(_row(shown, "/OFF"))
        self._off = (_keys(groups) - on if hides_all else set()) | off

    def hides(self, membership: Any) -> bool:
        """Whether what belongs to a layer, or to several by some policy, is not shown."""
        if not self._off or not isinstance(membership, Dictionary):
            return False
        if membership.get("/Type") != "/OCMD":
            return object_key(membership) in self._off
        if "/VE" in membership:
            return not self._shows(membership["/VE"], 0)
        groups = membership.get("/OCGs")
        keys = _keys(_row(membership, "/OCGs") or [groups])
        off = [key in self._off for key in keys]
        if not off:
            return False
        policy = str(membership.get("/P", "/AnyOn"))
        shown = {"/AllOn": not any(off), "/AnyOff": any(off), "/AllOff": all(off)}.get(policy, not all(off))
        return not shown

    def _shows(self, expression: Any, depth: int) -> bool:
        """What a visibility expression comes to: a layer, or And, Or and Not of others."""
        if not isinstance(expression, Array) or not len(expression) or depth > _DEEPEST:
            return object_key(expression) not in self._off if isinstance(expression, Dictionary) else True
        parts = [self._shows(part, depth + 1) for part in list(expression)[1:]]
        match str(expression[0]):
            case "/Not":
                return not all(parts)
            case "/Or":
                return any(parts)
        return all(parts)


def _row(written: Any, key: str) -> list[Any]:
    row = written.get(key) if isinstance(written, Dictionary) else None
    return list(row) if isinstance(row, Array) else []


def _keys(groups: list[Any]) -> set[Any]:
    return {object_key(group) for group in groups if isinstance(group, Dictionary)} - {None}
