"""The ink table: what a colour is on the screen, and what it is on the press.

Sheets, finish and preflight know colours by this table alone. It is read with its line
numbers, so that a wrong figure is a finding at its own line and never a wrong plate.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from math import dist

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.design.spot_inks import (
    PROCESS_PLATES,
    Cmyk,
    Spot,
    SpotLook,
    look_of_tint,
    mixed_spot,
    read_spot,
    spelling_of,
    too_like,
)
from directory_pub.edition.theme import Layer, Theme
from directory_pub.edition.yaml_source import Fields, Node, parse_yaml
from directory_pub.findings import Finding, Place, error, warning
from directory_pub.storage.enclosure import Refused

__all__ = ["LEAST_DIFFERENCE", "Cmyk", "Ink", "InkTable", "Srgb", "difference", "read_inks"]

Srgb = tuple[int, int, int]

# What the coated stock takes before it sets off on the next sheet; the profile keeps to it too.
TOTAL_INK_LIMIT_PERCENT = 300

LEAST_CONTRAST = 4.5
"""What type needs to be read by everybody, by WCAG 2.2."""
LEAST_DIFFERENCE = 3.0
"""What two tones need to be seen as two, side by side: a step in CIE Lab."""

_FILE = "styles/inks.yaml"
_WHOLE = 100
_LEAST_TINT_STEP = 2.0
"""What two tints of one plate need to be two, in per cent: a press holds its tones no closer."""
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Ink(Struct, frozen=True, kw_only=True):
    """One colour of the book: sRGB in 0-255 for the screen, CMYK in per cent for the press.

    Where it is a ``spot``, that is what the press prints it with, and CMYK what stands for it elsewhere.
    """

    name: str
    srgb: Srgb
    cmyk_percent: Cmyk
    spot: Spot | None = None

    @property
    def hex(self) -> str:
        """The sRGB value as the sheets write it: ``#12355B``."""
        return "#{:02X}{:02X}{:02X}".format(*self.srgb)

    @property
    def cmyk(self) -> Cmyk:
        """The four plates from 0 to 1, as a content stream takes them."""
        cyan, magenta, yellow, black = self.cmyk_percent
        return (cyan / 100, magenta / 100, yellow / 100, black / 100)


class InkTable(Struct, frozen=True, kw_only=True, dict=True):
    """The inks of the book, those of the uppermost table first; ``file`` is that table's.

    ``added`` are the places of those that the theme's table does not have, by name; ``places`` those of all. ``guests``
    are colours that the drawings of a page bring along, such as a partner's logo: finish knows them, and nobody else.
    """

    inks: tuple[Ink, ...]
    file: str
    added: Mapping[str, Place] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    guests: tuple[Ink, ...] = ()

    @functools.cached_property
    def _by_srgb(self) -> dict[Srgb, Ink]:
        return {ink.srgb: ink for ink in reversed((*self.inks, *self.guests))}

    # Where they stand makes them no others.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, InkTable) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)

    @property
    def _told(self) -> tuple[object, ...]:
        return self.inks, self.file, self.guests

    def of_srgb(self, srgb: Srgb) -> Ink | None:
        """The ink with exactly this sRGB value."""
        return self._by_srgb.get(srgb)

    def named(self, name: str) -> Ink | None:
        """The ink of that name."""
        return next((ink for ink in self.inks if ink.name == name), None)

    def nearest(self, srgb: Srgb) -> Ink | None:
        """The ink that lies closest in sRGB: a hint for a message, never a replacement."""
        return min(self.inks, key=lambda ink: _distance(ink.srgb, srgb), default=None)

    @property
    def spots(self) -> dict[str, SpotLook]:
        """What the tints of each spot ink look like, both from 0 to 1, by its name."""
        tints: dict[str, dict[float, Cmyk]] = {}
        for ink in self.inks:
            if ink.spot:
                tints.setdefault(ink.spot.name, {})[round(ink.spot.tint_percent / _WHOLE, 4)] = ink.cmyk
        return {name: tuple(sorted(look.items())) for name, look in tints.items() if 1.0 in look}

    @property
    def process_plates(self) -> tuple[int, ...]:
        """Which of cyan, magenta, yellow and black the inks print on that are no spots, by number."""
        mixes = [ink.cmyk_percent for ink in self.inks if ink.spot is None]
        return tuple(plate for plate in range(len(PROCESS_PLATES)) if any(mix[plate] for mix in mixes))

    def in_process(self) -> InkTable:
        """The table for a press that has no plate for any spot ink."""
        return replace(self, inks=tuple(replace(ink, spot=None) for ink in self.inks))

    def as_css(self) -> str:
        """The table as custom properties: ``:root{--ink-navy:#12355B;...}``."""
        return ":root{" + "".join(f"--ink-{ink.name}:{ink.hex};" for ink in self.inks) + "}"


def read_inks(theme: Theme) -> tuple[InkTable, list[Finding]]:
    """Read the ink table; every wrong value is a finding, and an unreadable ink is left out.

    A theme's table is whole. Those of the edition and of the project lie over it ink by ink, and what the table
    below says is mixed of an ink that they change is mixed anew.
    """
    findings: list[Finding] = []
    try:
        tables = [_read_table(layer, findings) for layer in _layers(theme)]
    except Refused as refused:
        return InkTable(inks=(), file=theme.shown(_FILE)), [refused.finding]
    mixing = _Mixing(tables, findings)
    inks = tuple(ink for name in mixing.rows if (ink := mixing.ink(name)))
    added = {name: row.place for name, row in mixing.rows.items() if name not in tables[-1]}
    places = {name: row.place for name, row in mixing.rows.items()}
    table = InkTable(inks=inks, file=theme.shown(_FILE), added=added, places=places)
    findings += mixing.check_spots(table) if not findings else []
    # Of a table that cannot be read to its end nobody knows how it looks.
    checks = (mixing.check_tones, mixing.check_tints, mixing.check_mixes, mixing.check_contrast)
    return table, findings or [finding for check in checks for finding in check(table)]


def _alike(one: Cmyk, other: Cmyk) -> bool:
    """Whether two mixes are one but for rounding: an ink that is mixed anew has whole per cent."""
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _layers(theme: Theme) -> list[Layer]:
    """The layers whose tables are heard, the uppermost first: the last of them is a theme's."""
    layers = theme.heard(_FILE)
    if not layers:
        raise Refused(
            error("file-missing", Place(file=theme.shown(_FILE)), "is not there.", "Write the table of inks.")
        )
    return layers


class _Row(Struct, frozen=True, kw_only=True):
    """One ink as a table has it: what it is ``mixed`` of, in per cent by name, and what type of it stands on.

    ``follows`` of a tint whose CMYK is not told: it follows from that of others.
    """

    ink: Ink
    place: Place
    mixed: Mapping[str, float]
    reads_on: tuple[str, ...]
    follows: bool = False


def _read_table(layer: Layer, findings: list[Finding]) -> dict[str, _Row]:
    """The rows of one layer's table by name."""
    theme = Theme((layer,))
    place = Place(file=theme.shown(_FILE))
    root, wrong = _parsed(theme.read_text(_FILE), place.file)
    findings += wrong
    table = Fields(root, place, findings)
    if not table.names() and not wrong:
        findings.append(error("ink-value", place, "holds no ink.", "Write one ink a line."))
    rows: dict[str, _Row] = {}
    for name in table.names():
        f = table.fields(name, required=True)
        row = _read_row(name, f, findings) if f else None
        if row:
            findings.extend(_twins(row.ink, [other.ink for other in rows.values()], row.place))
            rows[name] = row
    return rows


_parsed = functools.lru_cache(maxsize=4)(parse_yaml)  # a build reads the tables twice, the next one again


def _read_row(name: str, f: Fields, findings: list[Finding]) -> _Row | None:
    if not _NAME.fullmatch(name):
        f.complain(
            "ink-value",
            f.place,
            "is no ink's name: small letters, figures and hyphens.",
            "Rename it; sheets say var(--ink-NAME).",
        )
    srgb = _read_srgb(f)
    spot = read_spot(f)
    follows = spot is not None and not spot.is_full and "cmyk" not in f.places()
    cmyk = (0.0, 0.0, 0.0, 0.0) if follows else _read_cmyk(f, findings)
    mixed, reads_on = _read_mixed(f.fields("mixed")), f.lines("reads_on")
    f.close()
    if srgb is None or cmyk is None or not _NAME.fullmatch(name):
        return None
    ink = Ink(name=name, srgb=srgb, cmyk_percent=cmyk, spot=spot)
    return _Row(ink=ink, place=f.place, mixed=mixed, reads_on=reads_on, follows=follows)


def _read_mixed(f: Fields | None) -> dict[str, float]:
    if f is None:
        return {}
    parts = {name: f.number(name, 100, above=0, most=100) for name in f.names()}
    if sum(parts.values()) != _WHOLE:
        f.complain("ink-value", f.place, f"comes to {sum(parts.values()):g} %.", "Let the parts come to 100.")
    f.close()
    return parts


class _Mixing:
    """The tables of all layers as one; an ink is mixed anew where a higher layer changes what it is mixed of."""

    def __init__(self, tables: Sequence[Mapping[str, _Row]], findings: list[Finding]) -> None:
        self._findings = findings
        self.rows: dict[str, _Row] = {}
        self._level: dict[str, int] = {}
        self._reads_on: dict[str, tuple[str, ...]] = {}  # said in a lower table, it holds for an ink that is changed
        for level, table in enumerate(tables):
            for name, row in table.items():
                if any(_is_same(row, below.get(name)) for below in tables[level + 1 :]):
                    continue  # as in a table that was copied: who did not touch an ink did not choose it
                self._level.setdefault(name, level)
                self.rows.setdefault(name, row)
                self._reads_on[name] = self._reads_on.get(name) or row.reads_on
        self._inks: dict[str, Ink | None] = {}
        self._causes: dict[str, str] = {}  # by an ink that is mixed anew: the one that was changed
        self._mixes: dict[str, str] = {}  # by an ink that is mixed of a spot ink and others: the one that was changed

    def ink(self, name: str) -> Ink | None:
        """An ink as it prints; None for one that is mixed of itself, with a finding."""
        if name not in self._inks:
            self._inks[name] = None  # until it is known: who asks for it meanwhile goes in circles
            self._inks[name] = self._mix(self.rows[name])
        return self._inks[name]

    def _mix(self, row: _Row) -> Ink | None:
        name = row.ink.name
        parts = {part: self.ink(part) if part in self.rows else None for part in row.mixed}
        for part in (part for part, ink in parts.items() if ink is None):
            is_there = part in self.rows
            message = f"is mixed of '{part}', which {'is mixed of it' if is_there else 'is not in the table'}."
            self._findings.append(error("ink-value", row.place, message, "Mix it of other inks of the table."))
            return None
        changed = [part for part in parts if self._level[part] < self._level[name] or part in self._causes]
        if not changed:
            return self._tinted(row) if row.follows else row.ink
        self._causes[name] = self._causes.get(changed[0], changed[0])
        shares = [(ink, row.mixed[part] / _WHOLE) for part, ink in parts.items() if ink]
        red, green, blue = (round(sum(ink.srgb[at] * share for ink, share in shares)) for at in range(3))
        c, m, y, k = (float(round(sum(ink.cmyk_percent[at] * share for ink, share in shares))) for at in range(4))
        spot, is_mixed = mixed_spot([(ink.spot, not any(ink.cmyk_percent), share) for ink, share in shares])
        if is_mixed:
            self._mixes[name] = self._causes[name]
        return Ink(name=name, srgb=(red, green, blue), cmyk_percent=(c, m, y, k), spot=spot)

    def _tinted(self, row: _Row) -> Ink:
        """A tint with the CMYK that lies between those of the tints that say theirs."""
        spot = row.ink.spot
        others = [each.ink for each in self.rows.values() if not each.follows]
        tints = {
            ink.spot.tint_percent: ink.cmyk_percent
            for ink in others
            if spot and ink.spot and ink.spot.name == spot.name
        }
        if spot is None or _WHOLE not in tints:
            return row.ink  # of which check_spots tells
        return replace(row.ink, cmyk_percent=look_of_tint(spot.tint_percent, tuple(sorted(tints.items()))))

    def check_spots(self, table: InkTable) -> Iterator[Finding]:
        """An error of each spot ink that has two names or two looks, or whose full tone is no ink."""
        named: dict[str, Ink] = {}
        tints: dict[Spot, Ink] = {}
        for ink in table.inks:
            if ink.spot is None:
                continue
            place, name = self.rows[ink.name].place, ink.spot.name
            first = named.setdefault(spelling_of(name), ink)
            if first.spot and first.spot.name != name:
                message = f"'{name}' is '{first.spot.name}' of '{first.name}' in another spelling: two plates."
                yield error("ink-spot", place, message, "Write both in the same way.")
            elif not _alike((other := tints.setdefault(ink.spot, ink)).cmyk_percent, ink.cmyk_percent):
                message = f"'{name}' has another CMYK here than at '{other.name}': one ink has one look."
                yield error("ink-spot", place, message, "Give both the same, or make one a tint.")
        for ink in named.values():
            if ink.spot and Spot(ink.spot.name) not in tints:
                message = f"no ink is the full tone of '{ink.spot.name}'."
                remedy = "Add an ink with this spot and no tint, which says its CMYK."
                yield error("ink-spot", self.rows[ink.name].place, message, remedy)

    def check_mixes(self, _: InkTable) -> Iterator[Finding]:
        """A warning of each ink that is mixed anew of a spot ink and another: it has no plate to be printed on."""
        for name, cause in self._mixes.items():
            message = f"with it '{name}' is mixed of a spot ink and others, and is printed in CMYK."
            remedy = f"Give '{name}' a row of its own: a tint of one spot ink, or CMYK."
            yield warning("ink-spot", self.rows[cause].place, message, remedy)

    def check_tints(self, table: InkTable) -> Iterator[Finding]:
        """A warning of each two inks that are the same on the plate that they share."""
        spots = [(ink.name, ink.spot) for ink in table.inks if ink.spot]
        for name, other in too_like(spots, _LEAST_TINT_STEP):
            cause = min((self._causes.get(each, each) for each in (name, other)), key=self._level.__getitem__)
            message = f"'{name}' and '{other}' print as the same tint of one spot ink."
            remedy = f"Let their tints be {_LEAST_TINT_STEP:g} % apart or more, or use one ink."
            yield warning("ink-close", self.rows[cause].place, message, remedy)

    def check_tones(self, table: InkTable) -> Iterator[Finding]:
        """A warning of each mixed ink that cannot be told from another."""
        for number, ink in enumerate(table.inks):
            for other in table.inks[:number]:
                cause = self._causes.get(ink.name) or self._causes.get(other.name)
                if cause and difference(ink.srgb, other.srgb) < LEAST_DIFFERENCE:
                    message = f"with it '{other.name}' ({other.hex}) and '{ink.name}' ({ink.hex}) look the same."
                    remedy = f"Give '{ink.name}' a row of its own, or choose '{cause}' further from the others."
                    yield warning("ink-close", self.rows[cause].place, message, remedy)

    def check_contrast(self, table: InkTable) -> Iterator[Finding]:
        """A warning of each ink that type is set in and that is too like what this stands on."""
        for name, grounds in self._reads_on.items():
            ink = table.named(name)
            for ground in (table.named(each) for each in grounds):
                if ink is None or ground is None or (ratio := _contrast(ink.srgb, ground.srgb)) >= LEAST_CONTRAST:
                    continue
                names = [self._causes.get(each, each) for each in (name, ground.name)]
                changed = min(names, key=self._level.__getitem__)
                message = f"type of '{name}' stands on '{ground.name}' with a contrast of {ratio:.1f} : 1."
                remedy = f"Make one of them darker or lighter, until it is {LEAST_CONTRAST:g} : 1."
                yield warning("ink-contrast", self.rows[changed].place, message, remedy)


def _is_same(row: _Row, below: _Row | None) -> bool:
    """Whether a row says no more than one of a lower table."""
    return below is not None and (row.ink, row.mixed, row.reads_on) == (below.ink, below.mixed, below.reads_on)


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
    if not isinstance(figures, list) or len(figures) != len(PROCESS_PLATES):
        row.complain(
            "ink-value",
            node.place,
            "is not a list of four figures.",
            "Write per cent as [cyan, magenta, yellow, black].",
        )
        return None
    plates = [_read_plate(*each, findings) for each in zip(figures, PROCESS_PLATES, strict=True)]
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


def _linear(srgb: Srgb) -> tuple[float, float, float]:
    red, green, blue = ((v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) for v in (c / 255 for c in srgb))
    return red, green, blue


def _contrast(one: Srgb, other: Srgb) -> float:
    """How much lighter one colour is than another: from 1 to 21."""
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(_linear, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def difference(one: Srgb, other: Srgb) -> float:
    """The distance of two colours in CIE Lab, D65."""
    return dist(_lab(one), _lab(other))


def _lab(srgb: Srgb) -> tuple[float, float, float]:
    r, g, b = _linear(srgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
