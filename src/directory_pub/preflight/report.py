"""What preflight found, as a person and as a machine reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

from directory_pub.findings import Severity, printable
from directory_pub.preflight.geometry import Box, mm
from directory_pub.preflight.rules import RULES

__all__ = ["PreflightReport", "Problem", "Spot", "gather", "problem"]

_LONGEST_TOLD = 600


class Spot(Struct, frozen=True, kw_only=True):
    """A place on a page in millimetres from the trim's top left, down and to the right."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @classmethod
    def of(cls, bounds: Box, trim: Box) -> Spot:
        """The place of ``bounds`` on a page with this trim."""
        x, y, width, height = (
            round(mm(length), 2)
            for length in (bounds.left - trim.left, trim.top - bounds.top, bounds.width, bounds.height)
        )
        return cls(x_mm=x, y_mm=y, width_mm=width, height_mm=height)

    def __str__(self) -> str:
        return f"{self.x_mm:.1f} mm in, {self.y_mm:.1f} mm down ({self.width_mm:.1f} × {self.height_mm:.1f} mm)"


class Problem(Struct, frozen=True, kw_only=True):
    """One rule broken on one page, or by the whole file where ``page`` (a 1-based folio) is None.

    ``measured`` and ``limit`` are in the unit that the message names; ``count`` says how often the page breaks the
    rule, of which this is the worst place.
    """

    rule: str
    severity: Severity
    message: str
    remedy: str
    page: int | None = None
    spot: Spot | None = None
    measured: float | str | None = None
    limit: float | str | None = None
    count: int = 1

    @property
    def excess(self) -> float:
        """How far the measure is from the limit, to tell worse from bad."""
        if isinstance(self.measured, float) and isinstance(self.limit, float):
            return abs(self.measured - self.limit)
        return 0.0

    @property
    def where(self) -> str:
        """The page and the place on it."""
        named = [f"page {self.page}"] if self.page else []
        return ", ".join(named + ([str(self.spot)] if self.spot else []))

    def __str__(self) -> str:
        where = f"{self.where}: " if self.page else ""
        more = f" ({self.count} places; this is the worst)" if self.count > 1 else ""
        return f"{where}{self.severity}[{self.rule}]: {self.message}{more}\n    {self.remedy}"


def problem(
    rule: str,
    message: str,
    remedy: str,
    *,
    page: int | None = None,
    spot: Spot | None = None,
    measured: float | str | None = None,
    limit: float | str | None = None,
) -> Problem:
    """A problem with the severity of its rule; what it quotes of the file is cut short and becomes printable."""
    return Problem(
        rule=rule,
        severity=RULES[rule].severity,
        message=_told(message),
        remedy=_told(remedy),
        page=page,
        spot=spot,
        measured=_told(measured) if isinstance(measured, str) else measured,
        limit=_told(limit) if isinstance(limit, str) else limit,
    )


def _told(text: str) -> str:
    return printable(text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…")


def gather(problems: Iterable[Problem]) -> list[Problem]:
    """One problem a rule and page: the worst, with the number of all."""
    worst: dict[tuple[str, int | None], Problem] = {}
    for found in problems:
        key = (found.rule, found.page)
        known = worst.get(key)
        count = known.count + 1 if known else 1
        worst[key] = replace(known if known and known.excess >= found.excess else found, count=count)
    return list(worst.values())


class PreflightReport(Struct, frozen=True, kw_only=True):
    """What a file was held against, and what is wrong with it. ``page_count`` is 0 for a file that does not open.

    ``plates`` are those that its pages print on, each with the first page that does, where pages were read.
    """

    file: str
    printer: str
    page_count: int
    problems: list[Problem]
    plates: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def of(self, severity: Severity) -> list[Problem]:
        """The problems of one severity."""
        return [found for found in self.problems if found.severity is severity]

    def fails(self, fail_on: Severity = Severity.ERROR) -> bool:
        """Whether there is a problem that weighs as much as ``fail_on``, or more."""
        return bool(self.of(Severity.ERROR) or (fail_on is not Severity.ERROR and self.problems))

    def rows(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "file": printable(self.file),
            "printer": self.printer,
            "pages": self.page_count,
            "plates": [printable(ink) for ink in self.plates],
            "counts": {severity.value: len(self.of(severity)) for severity in (Severity.ERROR, Severity.WARNING)},
            "problems": [to_builtins(found) for found in self.problems],
        }
