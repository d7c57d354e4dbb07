"""The ink table: what a colour is on the screen, and what it is on the press.

Sheets, finish and preflight know colours by this table alone. It is read with its line
numbers, so that a wrong figure is a finding at its own line and never a wrong plate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import Fields, Node, parse_yaml
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["Cmyk", "Ink", "InkTable", "Srgb", "read_inks"]

Srgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]

# What the coated stock takes before it sets off on the next sheet; the profile keeps to it too.
TOTAL_INK_LIMIT_PERCENT = 300

_FILE = "styles/inks.yaml"
_PLATES = ("cyan", "magenta", "yellow", "black")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """One colour of the book: sRGB in 0-255 for the screen, CMYK in per cent for the press."""

    name: str
    srgb: Srgb
    cmyk_percent: Cmyk

    @property
    def hex(self) -> str:
        """The sRGB value as the sheets write it: ``#12355B``."""
        return "#{:02X}{:02X}{:02X}".format(*self.srgb)

    @property
    def cmyk(self) -> Cmyk:
        """The four plates from 0 to 1, as a content stream takes them."""
        cyan, magenta, yellow, black = self.cmyk_percent
        return (cyan / 100, magenta / 100, yellow / 100, black / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class InkTable:
    """The inks of the book in the order of their file, which is named below the project."""

    inks: tuple[Ink, ...]
    file: str
    _by_srgb: dict[Srgb, Ink] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_srgb", {ink.srgb: ink for ink in reversed(self.inks)})

    def of_srgb(self, srgb: Srgb) -> Ink | None:
        """The ink with exactly this sRGB value."""
        return self._by_srgb.get(srgb)

    def named(self, name: str) -> Ink | None:
        """The ink of that name."""
        return next((ink for ink in self.inks if ink.name == name), None)

    def nearest(self, srgb: Srgb) -> Ink | None:
        """The ink that lies closest in sRGB: a hint for a message, never a replacement."""
        return min(self.inks, key=lambda ink: _distance(ink.srgb, srgb), default=None)

    def as_css(self) -> str:
        """The table as custom properties: ``:root{--ink-navy:#12355B;...}``."""
        return ":root{" + "".join(f"--ink-{ink.name}:{ink.hex};" for ink in self.inks) + "}"


def read_inks(theme: Theme) -> tuple[InkTable, list[Finding]]:
    """Read the ink table; every wrong value is a finding, and an unreadable ink is left out."""
    place = Place(file=theme.shown(_FILE))
    try:
        root, findings = parse_yaml(theme.read_text(_FILE), place.file)
    except Refused as refused:
        return InkTable(inks=(), file=place.file), [refused.finding]
    table = Fields(root, place, findings)
    if not table.names() and not findings:
        findings.append(error("ink-value", place, "holds no ink.", "Write one ink a line."))
    inks: list[Ink] = []
    for name in table.names():
        row = table.fields(name, required=True)
        ink = _read_ink(name, row, findings) if row else None
        if row and ink:
            findings.extend(_twins(ink, inks, row.place))
            inks.append(ink)
    return InkTable(inks=tuple(inks), file=place.file), findings


def _read_ink(name: str, row: Fields, findings: list[Finding]) -> Ink | None:
    if not _NAME.fullmatch(name):
        row.complain(
            "ink-value",
            row.place,
            "is no ink's name: small letters, figures and hyphens.",
            "Rename it; sheets say var(--ink-NAME).",
        )
    srgb = _read_srgb(row)
    cmyk = _read_cmyk(row, findings)
    row.close()
    if srgb is None or cmyk is None or not _NAME.fullmatch(name):
        return None
    return Ink(name=name, srgb=srgb, cmyk_percent=cmyk)


def _read_srgb(row: Fields) -> Srgb | None:
    node = row.node("srgb", required=True)
    if node is None:
        return None
    text = node.value
    if isinstance(text, str) and _HEX.fullmatch(text):
        return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))
    shown = f"'{text}'" if isinstance(text, str) else node.kind
    row.complain(
        "ink-value",
        node.place,
        f"is {shown}, not #RRGGBB.",
        'Write six hexadecimal figures in quotes, such as "#12355B".',
    )
    return None


def _read_cmyk(row: Fields, findings: list[Finding]) -> Cmyk | None:
    node = row.node("cmyk", required=True)
    if node is None:
        return None
    figures = node.value
    if not isinstance(figures, list) or len(figures) != len(_PLATES):
        row.complain(
            "ink-value",
            node.place,
            "is not a list of four figures.",
            "Write per cent as [cyan, magenta, yellow, black].",
        )
        return None
    plates = [_read_plate(*each, findings) for each in zip(figures, _PLATES, strict=True)]
    cyan, magenta, yellow, black = plates
    if cyan is None or magenta is None or yellow is None or black is None:
        return None
    findings.extend(_overload(cyan + magenta + yellow + black, node.place))
    return (cyan, magenta, yellow, black)


def _read_plate(node: Node, plate: str, findings: list[Finding]) -> float | None:
    shown = f"'{node.value}'" if isinstance(node.value, str) else node.kind
    try:
        percent = float(node.value) if isinstance(node.value, str) else None
    except ValueError:
        percent = None
    if percent is not None and 0 <= percent <= 100:
        return percent
    message = f"{plate} is {shown}, not a figure from 0 to 100."
    findings.append(error("ink-value", node.place, message, "Write per cent of the full tone."))
    return None


def _overload(total_percent: float, place: Place) -> list[Finding]:
    if total_percent <= TOTAL_INK_LIMIT_PERCENT:
        return []
    message = f"lays {total_percent:g} % ink; the stock takes {TOTAL_INK_LIMIT_PERCENT} %."
    remedy = "Take out cyan, magenta and yellow alike, and add black."
    return [error("ink-value", place, message, remedy)]


def _twins(ink: Ink, before: Sequence[Ink], place: Place) -> list[Finding]:
    """Two inks with one sRGB value: finish could not tell them apart."""
    twin = next((other for other in before if other.srgb == ink.srgb), None)
    if twin is None:
        return []
    message = f"has the sRGB value of '{twin.name}', {ink.hex}."
    return [error("ink-duplicate", place, message, "Change one by a step, or use one ink.")]


def _distance(one: Srgb, other: Srgb) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
