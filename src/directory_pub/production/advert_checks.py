"""Each advert held against the printer, before anything is made: what is wrong is told so that it can be sent on.

A message begins with the advertiser's name; what follows is written to the advertiser.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from msgspec.structs import replace
from pikepdf import Array

from directory_pub.design.adverts import advert_size_mm, look_at_advert
from directory_pub.design.grid import Grid
from directory_pub.edition.adverts import Advert
from directory_pub.edition.guests import Guest, GuestError, Leaf, Shown
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.findings import Finding, Severity, error
from directory_pub.preflight import PreflightReport, Problem, preflight_apart
from directory_pub.storage.enclosure import Refused

__all__ = ["TOLD_OF_ADVERTS", "check_adverts_for", "is_of_advert", "unusable_adverts"]

_CLOSE_MM = 0.5
# What a page of a guest may break, and how much that weighs here: rules of files are ours to keep, when it is laid in.
_ERRORS = (
    "damaged", "encrypted", "form-field", "annotation", "external-data", "reference-form", "postscript", "opi",
    "page-preseparated", "content-operator", "font-not-embedded", "font-encoding", "font-coloured", "glyph-missing",
    "picture-data", "bleed-short", "ink-total", "ink-total-picture", "blend-mode", "overprint-icc",
)  # fmt: skip
_WARNINGS = (
    "javascript", "rule-hairline", "text-small", "text-mixed-inks", "text-white-out", "text-rich-black", "text-safe",
    "overprint-white", "marks-in-bleed",
)  # fmt: skip
_AS_THEY_WEIGH = ("picture-resolution",)
_ALL = frozenset((*_ERRORS, *_WARNINGS, *_AS_THEY_WEIGH, "colour-rgb"))
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")
TOLD_OF_ADVERTS = frozenset((*_WARNINGS, *_AS_THEY_WEIGH, "bleed-short", "ink-total", "ink-total-picture"))
"""The rules that are told at the adverts themselves, and not once more of the pages that they stand on."""
_CODES = ("advert-unfit", "advert-poor")
_SAVE = {
    "font-not-embedded": "Save it with its fonts embedded (PDF/X-4 does so), or turn the type into outlines.",
    "encrypted": "Save it without a password.",
    "form-field": "Save it without fields, what stands in them as text of the page.",
    "annotation": "Put what is to be printed into the page itself; comments and stamps are not printed.",
    "javascript": "Save it without scripts: they are taken out.",
}


def is_of_advert(finding: Finding, advert: Advert) -> bool:
    """Whether a finding is about an advert's file."""
    return finding.code in _CODES and finding.place in (advert.file_place, advert.place)


def unusable_adverts(edition: Edition, findings: list[Finding]) -> Edition:
    """The edition whose adverts that cannot be opened, or are not printed, have their places left free."""
    failed = {each.place for each in findings if each.code in (*_CODES, "file-missing", "outside-project", "file-large")
              and each.severity is Severity.ERROR}  # fmt: skip
    adverts = tuple(replace(each, usable=each.file_place not in failed) for each in edition.adverts)
    return edition if adverts == edition.adverts else replace(edition, adverts=adverts)


def check_adverts_for(printer: Printer, edition: Edition, grid: Grid) -> Iterator[Finding]:
    """What is wrong with each advert for a printer."""
    for advert in edition.adverts:
        if advert.position and edition.cover is None:
            message = f"there is no cover for the advert '{advert.key}' to stand on."
            yield error("value-type", advert.place, message, "Give the edition a cover, or take 'place' out.")
        yield from _Checking(printer, edition, grid, advert).findings()


class _Checking:
    """One advert."""

    def __init__(self, printer: Printer, edition: Edition, grid: Grid, advert: Advert) -> None:
        self._printer = printer
        self._edition = edition
        self._grid = grid
        self._advert = advert

    def findings(self) -> Iterator[Finding]:
        """What is wrong, the first that keeps it from being looked at alone."""
        advert = self._advert
        try:
            leaf, shown, guest = look_at_advert(self._edition, self._grid, advert)
            content = guest.read()
        except Refused as refused:
            yield refused.at(advert.file_place, advert.file)
            return
        except GuestError as fault:
            yield self._error(f"{fault}.", self._ask())
            return
        raw = list(self._preflight(content).problems)
        if fatal := [one for one in raw if one.rule in ("damaged", "encrypted")]:
            yield self._of(fatal[0])
            return
        of_leaf = list(self._check_leaf(leaf, shown))
        yield from of_leaf
        # What follows from a fault that is told is not told as well.
        told: set[tuple[str, str]] = set()
        follows = {"bleed-short", "boxes-nested"} if of_leaf else set()
        follows |= {"annotation"} if any(one.rule == "form-field" for one in raw) else set()
        wanted = (one for one in raw if one.rule in ("javascript", "form-field"))
        report = self._preflight(_as_shown(content, guest, shown))
        yield from self._check_spots(report)
        for problem in (*wanted, *report.problems):
            if problem.rule in _ALL - follows and (problem.rule, problem.message) not in told:
                told.add((problem.rule, problem.message))
                yield from self._judged(problem)

    # ---------------------------------------------------------------- size
    def _check_leaf(self, leaf: Leaf, shown: Shown) -> Iterator[Finding]:
        advert = self._advert
        if leaf.pages != 1:
            yield self._error(f"has {leaf.pages} pages; an advert has one.", "Send the one page that is meant.")
        wanted, has = advert_size_mm(self._grid, advert.size), shown.size_mm
        if any(abs(one - other) > _CLOSE_MM for one, other in zip(has, wanted, strict=True)):
            turned = all(abs(one - other) <= _CLOSE_MM for one, other in zip(has, reversed(wanted), strict=True))
            lies = " It lies on its side." if turned else ""
            yield self._error(f"measures {_size(has)}; it should be {self._wanted()}.{lies}", self._ask())
        elif (short_mm := self._bleed_mm - shown.bleed_mm) > _CLOSE_MM / 5:
            bleed = f"has {shown.bleed_mm:.1f} mm of bleed" if shown.bleed_mm > 0.05 else "has no bleed"
            at_least = min(self._bleed_mm, self._printer.bleed_mm)
            tell = self._error if shown.bleed_mm < at_least - _CLOSE_MM / 5 else self._warning
            if short_mm:
                yield tell(f"{bleed}; it should be {self._wanted()}.", self._ask())

    @property
    def _bleed_mm(self) -> float:
        if self._advert.size != "full":
            return 0.0
        return min(self._edition.bleed_mm, self._printer.bleed_mm)

    def _wanted(self) -> str:
        wanted, bleed_mm = advert_size_mm(self._grid, self._advert.size), self._bleed_mm
        if not bleed_mm:
            return f"{_size(wanted)}, without bleed"
        with_bleed = (wanted[0] + 2 * bleed_mm, wanted[1] + 2 * bleed_mm)
        return f"{_size(wanted)} with {bleed_mm:g} mm of bleed on each side: {_size(with_bleed)}"

    def _ask(self) -> str:
        return f"Send a PDF/X-4 of one page, {self._wanted()}, its fonts embedded."

    # ---------------------------------------------------------------- preflight
    def _check_spots(self, report: PreflightReport) -> Iterator[Finding]:
        """Whether the printer prints each spot ink in adverts: its name is agreed."""
        allowed = self._printer.advert_spots
        spots = [ink for ink in report.plates if ink not in (*_PROCESS, *allowed)]
        if spots and self._printer.colour == "cmyk":
            may = f"{self._printer.name} prints {', '.join(allowed) or 'none'} in adverts"
            inks = "the spot inks" if len(spots) > 1 else "the spot ink"
            yield self._error(f"needs {inks} {', '.join(spots)}; {may}.", "Send it in CMYK.")

    def _preflight(self, content: bytes) -> PreflightReport:
        printer = replace(self._printer, bleed_mm=self._bleed_mm, safe_mm=self._safe_mm, page_multiple=1)
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "advert.pdf"
            path.write_bytes(content)
            return preflight_apart(path, printer)

    @property
    def _safe_mm(self) -> float:
        return self._printer.safe_mm if self._advert.size == "full" else 0.0

    def _judged(self, problem: Problem) -> Iterator[Finding]:
        rule = problem.rule
        if rule == "annotation" and problem.measured == "Link":
            return  # a link is not printed; the edition gives its own
        if rule == "colour-rgb":
            if self._printer.advert_rgb == "refuse":
                yield self._error(f"has colours that are not CMYK: {problem.message}", "Send it in CMYK.")
            else:
                message = "has colours in RGB, which become CMYK by the profile of the press: they may look duller."
                yield self._told(Severity.NOTE, message, "Send it in CMYK, or have a proof made.")
        elif rule in _WARNINGS:
            yield self._of(problem, Severity.WARNING)
        else:
            yield self._of(problem, problem.severity if rule in _AS_THEY_WEIGH else Severity.ERROR)

    def _of(self, problem: Problem, severity: Severity = Severity.ERROR) -> Finding:
        where = f" ({problem.spot})" if problem.spot else ""
        remedy = _SAVE.get(problem.rule, problem.remedy)
        return self._told(severity, f"{problem.message.rstrip('.')}{where}.", remedy, said=True)

    def _error(self, message: str, remedy: str) -> Finding:
        return self._told(Severity.ERROR, message, remedy)

    def _warning(self, message: str, remedy: str) -> Finding:
        return self._told(Severity.WARNING, message, remedy)

    def _told(self, severity: Severity, message: str, remedy: str, *, said: bool = False) -> Finding:
        advert = self._advert
        between = ": " if said or message.startswith("it ") else " "
        return Finding(
            code="advert-unfit" if severity is Severity.ERROR else "advert-poor",
            severity=severity,
            place=advert.file_place,
            message=f"{advert.advertiser}: your advert '{advert.file}'{between}{message}",
            remedy=remedy,
        )


def _size(size_mm: tuple[float, float]) -> str:
    return "{:g} x {:g} mm".format(*(round(side, 2) for side in size_mm))


def _as_shown(content: bytes, guest: Guest, shown: Shown) -> bytes:
    """A guest's page alone, its boxes as it will be shown, so that preflight looks at what is printed."""
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        del pdf.pages[1:]
        page = pdf.pages[0].obj
        page.MediaBox = page.CropBox = page.BleedBox = Array(list(guest.box))
        page.TrimBox = Array(list(shown.trim))
        for key in ("/ArtBox", "/Annots") if _only_links(page) else ("/ArtBox",):
            if key in page:
                del page[key]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _only_links(page: pikepdf.Object) -> bool:
    return all(each.get("/Subtype") == "/Link" for each in page.get("/Annots", []))
