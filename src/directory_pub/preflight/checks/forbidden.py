"""What a page may not hold, wherever it is drawn: what another file, program or device would have to supply."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem

__all__ = ["check_forbidden"]


def check_forbidden(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Faults of the page's content and of all that it can reach, and pages that are one plate of a page."""
    for fault in view.faults:
        yield view.problem(fault.rule, fault.message, fault.remedy, measured=fault.measured)
    if "/SeparationInfo" in view.page:
        yield view.problem(
            "page-preseparated",
            "the page is one plate of a page that was separated before.",
            "Supply composite pages, all inks on one.",
            measured="/SeparationInfo",
        )
    if "/PresSteps" in view.page:
        yield view.problem("presentation", "the page is shown in steps.", "Take the steps out.", measured="/PresSteps")
