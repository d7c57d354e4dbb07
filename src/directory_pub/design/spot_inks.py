"""Spot inks: inks that are mixed before they come to the press, and have a plate of their own there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from directory_pub.edition.yaml_source import Fields, Node

__all__ = [
    "PROCESS_PLATES",
    "Cmyk",
    "Spot",
    "SpotLook",
    "look_of_tint",
    "mixed_spot",
    "read_spot",
    "spelling_of",
    "too_like",
]

Cmyk = tuple[float, float, float, float]
SpotLook = tuple[tuple[float, Cmyk], ...]
"""What tints of a spot ink look like, in CMYK, from the palest to the full tone; what lies between is between."""

PROCESS_PLATES = ("cyan", "magenta", "yellow", "black")
_RESERVED = (*PROCESS_PLATES, "all", "none")
_MOST_LETTERS = 60
# What stands behind a number says for which paper a colour was shown: the ink in the tin is the same.
_PAPER = re.compile(r"(?<=\d)(c|u|m|cv|cvc|cp|up|pc)$")


class Spot(Struct, frozen=True):
    """How much of a spot ink is printed, in per cent; its name is the one that the print shop knows it by."""

    name: str
    tint_percent: float = 100

    @property
    def is_full(self) -> bool:
        """Whether it is the ink itself, and no tint of it."""
        return self.tint_percent == 100


def spelling_of(name: str) -> str:
    """A spot's name without what people write in several ways: capitals, spaces, hyphens, the kind of paper."""
    return _PAPER.sub("", re.sub(r"[\s_-]+", "", name.casefold()))


def read_spot(row: Fields) -> Spot | None:
    """The spot that a row of the ink table names; what cannot be one is a finding, and left out."""
    node, tint = row.node("spot"), row.number("tint", 100, above=0, most=100)
    if node is None:
        if "tint" in row.places():
            row.complain("ink-spot", row.places()["tint"], "is a tint of no spot ink.", "Name it: 'spot: …'.")
        return None
    name = node.value if isinstance(node.value, str) else None
    if isinstance(node.value, dict):
        inner = Fields(node, node.place, row.findings)
        name, tint = inner.text("name", required=True), inner.number("tint", tint, above=0, most=100)
        inner.close()
        if name is None:
            return None
    fault = _fault_of(name)
    if fault or name is None:
        row.complain("ink-spot", node.place, f"{_shown(node)} {fault}.", "Write it as on the print shop's colour fan.")
        return None
    return Spot(" ".join(name.split()), tint)


def _fault_of(name: str | None) -> str | None:
    if name is None:
        return "is no name of an ink"
    if name.casefold() in _RESERVED:
        return "is no spot ink: it is a plate that every job has, or a word that PDF keeps for itself"
    if not (name.isascii() and name.isprintable()):
        return "has letters that a press does not read: plain ones, figures and spaces"
    if len(name) > _MOST_LETTERS:
        return f"is longer than {_MOST_LETTERS} letters"
    return None


def _shown(node: Node) -> str:
    return f"'{node.value}'" if isinstance(node.value, str) else node.kind


def look_of_tint(tint: float, look: SpotLook) -> Cmyk:
    """What a tint looks like that lies between others."""
    below, above = (0.0, (0.0, 0.0, 0.0, 0.0)), look[-1]
    for each in look:
        if each[0] >= tint:
            above = each
            break
        below = each
    share = (tint - below[0]) / (above[0] - below[0])
    cyan, magenta, yellow, black = (
        round(low + share * (high - low), 1) for low, high in zip(below[1], above[1], strict=True)
    )
    return (cyan, magenta, yellow, black)


def mixed_spot(parts: Sequence[tuple[Spot | None, bool, float]]) -> tuple[Spot | None, bool]:
    """The spot that a mix of inks prints in, and whether the mix is of more than one spot ink and bare paper.

    A part is the spot of an ink, whether that ink is bare paper, and its share from 0 to 1.
    """
    names = {spot.name for spot, _, _ in parts if spot}
    if not names:
        return None, False
    if len(names) > 1 or any(spot is None and not is_paper for spot, is_paper, _ in parts):
        return None, True
    tint = round(sum(spot.tint_percent * share for spot, _, share in parts if spot))
    return Spot(names.pop(), float(max(1, tint))), False


def too_like(spots: Sequence[tuple[str, Spot]], least_step: float) -> Iterator[tuple[str, str]]:
    """The inks, two by two, whose tints of one spot are less than a step apart."""
    for number, (name, spot) in enumerate(spots):
        for other_name, other in spots[:number]:
            if spot.name == other.name and abs(spot.tint_percent - other.tint_percent) < least_step:
                yield other_name, name
