"""Preflight: a finished PDF, read from disk as a stranger would, against a printer's demands.

It shares no code with the modules that make the file, so that it cannot repeat their mistakes.
"""

from __future__ import annotations

from directory_pub.preflight.apart import preflight_apart
from directory_pub.preflight.examine import preflight_file
from directory_pub.preflight.plates import check_plates, in_order
from directory_pub.preflight.report import PreflightReport, Problem, Spot
from directory_pub.preflight.rules import DOCUMENT_RULES, FILE_RULES, PLATE_RULES, RULES, Rule
from directory_pub.preflight.sarif import sarif_log

__all__ = [
    "DOCUMENT_RULES",
    "FILE_RULES",
    "PLATE_RULES",
    "RULES",
    "PreflightReport",
    "Problem",
    "Rule",
    "Spot",
    "check_plates",
    "in_order",
    "preflight_apart",
    "preflight_file",
    "sarif_log",
]
