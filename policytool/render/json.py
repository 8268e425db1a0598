"""Diagnostics -> JSON, for programs (described in docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from policytool.model.diagnostic import Diagnostic


def diagnostics(found: Iterable[Diagnostic]) -> str:
    """`{"version": 1, "findings": […]}`, each finding with its place and texts."""
    return json.dumps({"version": 1, "findings": [_finding(one) for one in found]}, indent=2, ensure_ascii=False)


def _finding(one: Diagnostic) -> dict[str, object]:
    line, column = one.position or (None, None)
    return {
        "code": one.finding.code,
        "name": one.finding.name,
        "severity": str(one.finding.severity),
        "path": one.path,
        "line": line,
        "column": column,
        "length": one.length,
        "message": one.message,
        "advice": one.advice,
    }
