"""The report as SARIF 2.1.0, which code hosts and editors show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from directory_pub import __version__
from directory_pub.preflight.report import PreflightReport, Problem
from directory_pub.preflight.rules import RULES

__all__ = ["sarif_log"]

_INDEX = {code: index for index, code in enumerate(RULES)}


def sarif_log(report: PreflightReport, file: Path) -> dict[str, Any]:
    """One run with every rule, and a result a problem; ``file`` is the PDF as the reader named it."""
    driver = {
        "name": "directory-pub preflight",
        "version": __version__,
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.asks},
                "defaultConfiguration": {"level": rule.severity.value},
            }
            for rule in RULES.values()
        ],
    }
    results = [_result(problem, quote(os.fsencode(file.as_posix()))) for problem in report]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(problem: Problem, uri: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if problem.where:
        location["logicalLocations"] = [{"name": problem.where, "kind": "page"}]
    return {
        "ruleId": problem.rule,
        "ruleIndex": _INDEX[problem.rule],
        "level": problem.severity.value,
        "message": {"text": f"{problem.message} {problem.remedy}"},
        "locations": [location],
        "properties": {
            "page": problem.page,
            "measured": problem.measured,
            "limit": problem.limit,
            "count": problem.count,
        },
    }
