"""Draw a PDF's pages again: without their text, or with a plain number in the place of each ink."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Name, Operator

__all__ = ["OTHERS", "PAPER", "PICTURE", "Ink", "in_numbers", "without_text"]

PAPER, PICTURE, OTHERS = 255, 254, 253  # the numbers of what is no ink
_SHOWS = {"Tj", "TJ", "'", '"'}
_DEVICE = {"g": 1, "rg": 3, "k": 4}
_SQUARE = [0, 0, 1, 1]
_PAGE = [-20000, -20000, 40000, 40000]
_Step = tuple[list[Any], str]


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as the file says it: ``CMYK``, ``RGB``, or a spot's name; ``values`` are shares of 1.

    ``process`` is what a spot or grey is printed with in CMYK where the file says it plainly.
    """

    space: str
    values: tuple[float, ...]
    process: tuple[float, ...] | None = None

    def __str__(self) -> str:
        if not self.values:
            return self.space
        if self.space == "RGB":
            return "#" + "".join(f"{round(255 * value):02X}" for value in self.values)
        figures = " ".join(f"{100 * value:.0f}" for value in self.values)
        return f"[{figures}]" if self.space == "CMYK" else f"{self.space} {figures}"

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper bare."""
        return all(value > 0.999 if self.space == "RGB" else value < 0.001 for value in self.values)

    @property
    def plates(self) -> int:
        """How many plates print it; as many as it has values above nothing."""
        return sum(value > 0.004 for value in self.values) if self.space != "RGB" else 3


def without_text(pdf: bytes) -> bytes:
    """The file with no text drawn; all else stands as it did."""

    def drop(steps: Iterator[Any], _: Any) -> Iterator[Any]:
        return (step for step in steps if str(step.operator) not in _SHOWS)

    return _rewritten(pdf, drop)


def in_numbers(pdf: bytes) -> tuple[bytes, list[Ink]]:
    """The file in flat colours whose red is the number of an ink, and the inks; pictures are plain fields."""
    table: dict[Ink, int] = {Ink("CMYK", (0.0, 0.0, 0.0, 1.0)): 0}

    def number(steps: Iterator[Any], resources: Any) -> Iterator[Any]:
        return _Numbering(table, resources).steps(steps)

    drawn = _rewritten(pdf, number)
    return drawn, list(table)


def _rewritten(pdf: bytes, change: Callable[[Iterator[Any], Any], Iterator[Any]]) -> bytes:
    """The file with every page's and form's stream changed, each once."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        done: set[tuple[int, int]] = set()
        for page in document.pages:
            resources = page.obj.get(Name.Resources, page.resources)
            page.obj[Name.Contents] = document.make_stream(_changed(page, change, resources))
            _rewrite_forms(resources, change, done)
        written = io.BytesIO()
        document.save(written, static_id=True)
    return written.getvalue()


def _rewrite_forms(resources: Any, change: Callable[[Iterator[Any], Any], Iterator[Any]], done: set[Any]) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or not isinstance(
        forms := resources.get(Name.XObject), pikepdf.Dictionary
    ):
        return
    for _, form in forms.items():
        if not isinstance(form, pikepdf.Stream) or form.get(Name.Subtype) != Name.Form or form.objgen in done:
            continue
        done.add(form.objgen)
        inner = form.get(Name.Resources, resources)
        form.write(_changed(form, change, inner))
        _rewrite_forms(inner, change, done)


def _changed(drawn: Any, change: Callable[[Iterator[Any], Any], Iterator[Any]], resources: Any) -> bytes:
    """The stream of a page or form, changed; one that is broken raises ``ValueError``."""
    try:
        steps = pikepdf.parse_content_stream(drawn)
        return pikepdf.unparse_content_stream(list(change(iter(steps), resources)))
    except (pikepdf.PdfError, pikepdf.DependencyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"a page is drawn by steps that cannot be read: {error}") from None


@dataclass(slots=True)
class _Spaces:
    """The colour spaces that fills and strokes are in."""

    fill: Any = Name.DeviceGray
    stroke: Any = Name.DeviceGray


@dataclass(slots=True)
class _Numbering:
    """Puts numbers for inks, through one stream."""

    table: dict[Ink, int]
    resources: Any
    now: _Spaces = field(default_factory=_Spaces)
    kept: list[_Spaces] = field(default_factory=list)

    def steps(self, steps: Iterator[Any]) -> Iterator[Any]:
        for step in steps:
            for operands, operator in self._step(step):
                yield pikepdf.ContentStreamInstruction(operands, Operator(operator))

    def _step(self, step: Any) -> list[_Step]:
        if isinstance(step, ContentStreamInlineImage):
            return _field(PICTURE, _SQUARE)
        operands, operator = list(step.operands), str(step.operator)
        if operator in {"gs", "ri"}:
            return []
        if operator in {"cs", "CS"}:
            return self._enter(operands, operator == "CS")
        if operator.lower() in {*_DEVICE, "sc", "scn"}:
            return self._colour(operands, operator)
        if operator == "sh" or (operator == "Do" and self._is_image(operands)):
            return _field(PICTURE, _PAGE if operator == "sh" else _SQUARE)
        self._keep(operator)
        return [(operands, operator)]

    def _keep(self, operator: str) -> None:
        if operator == "q":
            self.kept.append(_Spaces(self.now.fill, self.now.stroke))
        elif operator == "Q" and self.kept:
            self.now = self.kept.pop()

    def _enter(self, operands: list[Any], strokes: bool) -> list[_Step]:
        space = _found(self.resources, Name.ColorSpace, operands[0]) if operands else Name.DeviceGray
        setattr(self.now, "stroke" if strokes else "fill", space)
        parts = _components(space)
        first = [1.0] * parts if _kind(space) in {"Separation", "DeviceN"} else [0.0] * parts
        if parts == 4 and _kind(space) != "DeviceN":
            first[3] = 1.0
        return [_painting(self._number(first, space), strokes)]

    def _colour(self, operands: list[Any], operator: str) -> list[_Step]:
        strokes = operator.isupper()
        space = self.now.stroke if strokes else self.now.fill
        if parts := _DEVICE.get(operator.lower()):
            space = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}[parts]
            setattr(self.now, "stroke" if strokes else "fill", space)
        if operands and isinstance(operands[-1], Name):
            return [_painting(PICTURE, strokes)]
        return [_painting(self._number([float(each) for each in operands], space), strokes)]

    def _number(self, values: list[float], space: Any) -> int:
        ink = _ink(tuple(round(value, 4) for value in values), space)
        if ink is None:
            return OTHERS
        if ink not in self.table and len(self.table) >= OTHERS:
            return OTHERS
        return self.table.setdefault(ink, len(self.table))

    def _is_image(self, operands: list[Any]) -> bool:
        drawn = _found(self.resources, Name.XObject, operands[0]) if operands else None
        return isinstance(drawn, pikepdf.Stream) and drawn.get(Name.Subtype) == Name.Image


def _field(number: int, place: list[int]) -> list[_Step]:
    """A field of one number that covers a place."""
    return [([], "q"), _painting(number, False), (list(place), "re"), ([], "f"), ([], "Q")]


def _painting(number: int, strokes: bool) -> _Step:
    share = round(number / 255, 5)
    return [share, 0, 0], "RG" if strokes else "rg"


def _found(resources: Any, kind: Name, name: Any) -> Any:
    """What a name stands for in the resources; itself, where it is none of them."""
    held = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return held.get(name, name) if isinstance(held, pikepdf.Dictionary) and isinstance(name, Name) else name


def _kind(space: Any) -> str:
    first = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    return str(first).removeprefix("/") if isinstance(first, Name) else ""


def _components(space: Any) -> int:
    kind = _kind(space)
    if kind == "ICCBased":
        return int(space[1].get(Name.N, 3))
    if kind == "DeviceN":
        return len(space[1])
    return {"DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4}.get(kind, 1)


def _ink(values: tuple[float, ...], space: Any) -> Ink | None:
    """The ink of a colour; nothing for one of a space that has no plain values."""
    kind = _kind(space)
    if kind == "Separation" and len(values) == 1:
        return Ink(str(space[1]).removeprefix("/"), values, _process(space, values[0]))
    if kind == "DeviceN":
        return Ink(" + ".join(str(name).removeprefix("/") for name in space[1]), values)
    if kind in {"Indexed", "Lab", "Pattern"}:
        return None
    if len(values) == 1:
        return Ink("CMYK", (0.0, 0.0, 0.0, round(1 - values[0], 4)))
    return {3: Ink("RGB", values), 4: Ink("CMYK", values)}.get(len(values))


def _process(space: Any, tint: float) -> tuple[float, ...] | None:
    """What a spot prints as in CMYK, where its function is a plain mixing of paper and full tone."""
    function, below = space[3], space[2]
    if not isinstance(function, pikepdf.Dictionary) or function.get("/FunctionType") != 2 or _components(below) != 4:
        return None
    share = tint ** float(function.get("/N", 1))
    none, full = ([float(value) for value in function.get(name, given)] for name, given in (("/C0", [0]), ("/C1", [1])))
    return tuple(a + share * (b - a) for a, b in zip(none, full, strict=False))
