"""What a content stream paints with and draws, and the same stream in other colours.

The page's own language is read here and nowhere else: the graphics state is followed far
enough to know the colour of every stroke and fill, also the black that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pikepdf
from msgspec import Struct, field
from pikepdf import Matrix, Name

__all__ = [
    "BLACK",
    "CALLER_FILL",
    "CALLER_STROKE",
    "PLACEHOLDER_POINT",
    "Call",
    "Components",
    "Draw",
    "Paint",
    "Recoloured",
    "Rule",
    "Tint",
    "colour_operators",
    "read_draws",
    "recolour",
    "srgb_of",
]

PLACEHOLDER_POINT = Name("/FolioPlaceholder")
"""A point that bind puts before what it is going to fill in: finish leaves it where it is."""
Components = tuple[float, ...]


class Tint(NamedTuple):
    """A share, from 0 to 1, of the spot ink whose colour space goes by this name."""

    space: str
    share: float


Rule = Callable[[Components], "Components | Tint | None"]
"""From grey or sRGB (0 to 1) to what stands for it in the target, None if nothing does."""


class Paint(NamedTuple):
    """What a fill or stroke is made with: an sRGB value (0-255), or something in ``space``."""

    space: str
    srgb: tuple[int, int, int] | None = None


CALLER_FILL = Paint("fill colour of the caller")
CALLER_STROKE = Paint("stroke colour of the caller")
BLACK = Paint("colour that nobody set", (0, 0, 0))
_PATTERN = Paint("Pattern")


class Call(NamedTuple):
    """An XObject that is drawn, and the colours that it may take over."""

    name: str
    fill: Paint
    stroke: Paint


class Recoloured(Struct):
    """A stream in new colours, what it painted with before, and what it calls by name.

    ``named`` holds the names of resources by the resource dictionary's keys.
    """

    data: bytes = b""
    painted: set[Paint] = field(default_factory=set)
    calls: set[Call] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=dict)


class Draw(NamedTuple):
    """A resource that draws, with the matrix that it is drawn under."""

    category: str
    name: str
    matrix: Matrix


_MARKED_CONTENT = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
_FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_COLOURING = frozenset({"g", "rg", "k", "cs", "sc", "scn", "G", "RG", "K", "CS", "SC", "SCN"})
_NAMING = {"gs": "/ExtGState", "sh": "/Shading", "Tf": "/Font"}
_FILLED_TEXT = frozenset({0, 2, 4, 6})
_STROKED_TEXT = frozenset({1, 2, 5, 6})
_DEVICE_SPACES = frozenset({"/DeviceRGB", "/DeviceGray"})
_OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}


def recolour(content: pikepdf.Object | pikepdf.Page, rule: Rule) -> Recoloured:
    """The stream with every grey and sRGB colour replaced by ``rule``, and without its tags.

    A colour that the rule does not know stays as it is; ``painted`` tells of it if it is used.
    """
    following = _Following(rule)
    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            following.meet_inline(instruction.iimage)
            kept.append(instruction)
        elif operator in _COLOURING:
            kept.extend(following.set_colour(operator, instruction))
        elif operator not in _MARKED_CONTENT or _is_point(operator, instruction):
            following.observe(operator, instruction)
            kept.append(instruction)
    following.seen.data = pikepdf.unparse_content_stream(kept)
    return following.seen


def _is_point(operator: str, instruction: pikepdf.ContentStreamInstruction) -> bool:
    return operator == "DP" and instruction.operands[0] == PLACEHOLDER_POINT


def read_draws(content: pikepdf.Object | pikepdf.Page) -> list[Draw]:
    """What the stream draws by name: XObjects, soft masks (by graphics state) and patterns."""
    matrix, saved = Matrix(), list[Matrix]()
    draws: list[Draw] = []
    for instruction in pikepdf.parse_content_stream(content, "q Q cm Do gs scn SCN"):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop() if saved else matrix
            case "cm":
                matrix = Matrix(*(float(value) for value in operands)) @ matrix
            case "Do":
                draws.append(Draw("/XObject", str(operands[0]), matrix))
            case "gs":
                draws.append(Draw("/ExtGState", str(operands[0]), matrix))
            case _ if operands and isinstance(operands[-1], pikepdf.Name):
                # A pattern lies on the sheet, whatever moves the shape that it fills.
                draws.append(Draw("/Pattern", str(operands[-1]), Matrix()))
    return draws


def srgb_of(components: Components) -> tuple[int, int, int]:
    """Grey or sRGB from 0 to 1 as the sRGB value in 0-255 that the sheets wrote."""
    red, green, blue = components * 3 if len(components) == 1 else components
    return (round(red * 255), round(green * 255), round(blue * 255))


def colour_operators(components: Components) -> tuple[str, str]:
    """The operators that set these components to fill and to stroke."""
    return _OPERATORS[len(components)]


class _Graphics(NamedTuple):
    """The part of the graphics state that decides a colour."""

    fill: Paint = CALLER_FILL
    stroke: Paint = CALLER_STROKE
    text_mode: int = 0


class _Following:
    """One walk along a stream."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.seen = Recoloured()
        self._now = _Graphics()
        self._saved: list[_Graphics] = []

    def meet_inline(self, image: pikepdf.PdfInlineImage) -> None:
        """Note a picture that stands in the stream itself: a stencil takes the fill colour."""
        if image.image_mask:
            self._paint(fill=True, stroke=False)
        elif image.colorspace not in ("/DeviceGray", "/G"):
            self.seen.painted.add(Paint(f"picture inside the page, in {image.colorspace}"))

    def observe(self, operator: str, instruction: pikepdf.ContentStreamInstruction) -> None:
        """Follow the state, and note what is painted and called."""
        if operator == "q":
            self._saved.append(self._now)
        elif operator == "Q":
            self._now = self._saved.pop() if self._saved else self._now
        elif operator in _SHOWING:
            self._paint(
                fill=self._now.text_mode in _FILLED_TEXT,
                stroke=self._now.text_mode in _STROKED_TEXT,
            )
        elif operator in _FILLING or operator in _STROKING:
            self._paint(fill=operator in _FILLING, stroke=operator in _STROKING)
        elif operator in _NAMING:
            self._name(_NAMING[operator], instruction.operands[0])
        elif operator == "Do":
            name = str(instruction.operands[0])
            self._name("/XObject", name)
            self.seen.calls.add(Call(name, self._now.fill, self._now.stroke))
        elif operator == "Tr":
            self._now = self._now._replace(text_mode=int(instruction.operands[0]))

    def set_colour(
        self, operator: str, instruction: pikepdf.ContentStreamInstruction
    ) -> Iterable[pikepdf.ContentStreamInstruction]:
        """Follow one colour operator; give what takes its place."""
        operands = list(instruction.operands)
        stroking = operator.isupper()
        space = self._now.stroke.space if stroking else self._now.fill.space
        match operator.lower():
            case "g":
                paint, components = self._measure("/DeviceGray", operands)
            case "rg":
                paint, components = self._measure("/DeviceRGB", operands)
            case "k":
                paint, components = Paint("DeviceCMYK"), None
            case "cs":
                paint, components = self._enter(str(operands[0]))
            case _ if space in _DEVICE_SPACES:
                paint, components = self._measure(space, operands)
            case _:
                paint, components = self._select(space, operands), None
        now = self._now
        self._now = now._replace(stroke=paint) if stroking else now._replace(fill=paint)
        if components is None:
            return () if operator.lower() == "cs" and paint.srgb else (instruction,)
        if isinstance(components, Tint):
            return self._set_tint(components, stroking=stroking)
        name = colour_operators(components)[stroking]
        return (pikepdf.ContentStreamInstruction(list(components), pikepdf.Operator(name)),)

    def _set_tint(self, tint: Tint, *, stroking: bool) -> Iterable[pikepdf.ContentStreamInstruction]:
        self._name("/ColorSpace", tint.space)
        enter, choose = ("CS", "SCN") if stroking else ("cs", "scn")
        yield pikepdf.ContentStreamInstruction([Name(tint.space)], pikepdf.Operator(enter))
        yield pikepdf.ContentStreamInstruction([tint.share], pikepdf.Operator(choose))

    def _measure(self, space: str, operands: list[pikepdf.Object]) -> tuple[Paint, Components | Tint | None]:
        values = tuple(float(operand) for operand in operands)
        return Paint(space, srgb_of(values)), self.rule(values)

    def _enter(self, space: str) -> tuple[Paint, Components | Tint | None]:
        """A colour space begins black; what cannot be translated is kept by its name."""
        if space in _DEVICE_SPACES:
            return Paint(space, (0, 0, 0)), self.rule((0.0, 0.0, 0.0))
        if space == "/Pattern":
            return _PATTERN, None
        self._name("/ColorSpace", space)
        return Paint(space.removeprefix("/")), None

    def _select(self, space: str, operands: list[pikepdf.Object]) -> Paint:
        if operands and isinstance(operands[-1], pikepdf.Name):
            self._name("/Pattern", operands[-1])
            return _PATTERN if len(operands) == 1 else Paint("uncoloured pattern")
        return Paint(space)

    def _name(self, category: str, name: object) -> None:
        self.seen.named.setdefault(category, set()).add(str(name))

    def _paint(self, *, fill: bool, stroke: bool) -> None:
        paints = {self._now.fill} if fill else set()
        if stroke:
            paints.add(self._now.stroke)
        self.seen.painted |= paints - {_PATTERN}  # a pattern tells of its own colours
