"""What the steps complain about, in one form.

A finding says where (file, line, field), what (in the reader's units) and what to do.
Every step returns findings; none of them prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from directory_pub.finding_codes import CODES

__all__ = ["Finding", "Place", "Report", "Severity", "by_file", "error", "note", "printable", "warning"]


class Severity(StrEnum):
    """How much a finding weighs: an error withholds the files, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Struct, frozen=True, kw_only=True):
    """Where something was written: a file below the project, a 1-based line, a field.

    In a workbook the line is the row of a sheet, and ``cell`` is a cell of it such as ``Members!D17``.
    """

    file: str
    line: int | None = None
    field: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}: {self.cell}"
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Finding(Struct, frozen=True, kw_only=True):
    """One complaint.

    ``message`` is one line of what and where in the reader's units; ``remedy`` is one line
    of what to do. ``folio`` is the 1-based page of the book where it shows, if it shows.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    remedy: str
    folio: int | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"{self.code!r} has no row in finding_codes.py")

    def __str__(self) -> str:
        where = f"{self.place.field}: " if self.place.field else ""
        what = printable(f"{self.place}: {self.severity}[{self.code}]: {where}{self.message}")
        return f"{what}\n    {printable(self.remedy)}"


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """A text of somebody's file as one line that a terminal shows and does not obey.

    Line ends, escapes, marks of direction and halves of characters are written out: ``\\n``, ``\\x1b``, ``\\u202e``.
    """
    if text.isprintable():
        return text
    return "".join(
        each.encode("unicode_escape").decode() if unicodedata.category(each) in _UNPRINTABLE else each for each in text
    )


def error(code: str, place: Place, message: str, remedy: str, folio: int | None = None) -> Finding:
    """A finding that withholds the target's file."""
    return Finding(code=code, severity=Severity.ERROR, place=place, message=message, remedy=remedy, folio=folio)


def warning(code: str, place: Place, message: str, remedy: str, folio: int | None = None) -> Finding:
    """A finding that a careful maker would mend before printing."""
    return Finding(code=code, severity=Severity.WARNING, place=place, message=message, remedy=remedy, folio=folio)


def note(code: str, place: Place, message: str, remedy: str, folio: int | None = None) -> Finding:
    """A finding to look at; nothing is withheld."""
    return Finding(code=code, severity=Severity.NOTE, place=place, message=message, remedy=remedy, folio=folio)


class Report:
    """The findings of all steps, in the order in which they were made, without repeats."""

    __slots__ = ("_known",)

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._known = dict.fromkeys(findings)

    @property
    def findings(self) -> list[Finding]:
        """All of them."""
        return list(self._known)

    def add(self, findings: Iterable[Finding]) -> None:
        """Append those that are not here yet."""
        self._known |= dict.fromkeys(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._known)

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity."""
        return [finding for finding in self._known if finding.severity is severity]

    def fails(self, *, strict: bool = False) -> bool:
        """Whether the build fails: on errors, or with ``strict`` on anything."""
        return bool(self._known if strict else self.of(Severity.ERROR))


def by_file(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings of each file by weight and line; files with errors first, otherwise as they came."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.place.file, []).append(finding)
    weights = list(Severity)
    for of_file in files.values():
        of_file.sort(key=lambda finding: (weights.index(finding.severity), finding.place.line or 0))
    return sorted(files.items(), key=lambda item: weights.index(item[1][0].severity))
