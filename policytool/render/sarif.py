"""Diagnostics -> SARIF 2.1.0, which code hosts show beside the lines of a change.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.render.terminal import printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"


def sarif(found: Iterable[Diagnostic], catalogue: Iterable[Finding], version: str) -> str:
    """One run of the tool of this version. The catalogue gives its rules; a finding that is not in it is added.

    Paths are relative to the repository, wherever that stands.
    """
    results = list(found)
    known = {finding.code: finding for finding in (*catalogue, *(one.finding for one in results))}
    places = {code: place for place, code in enumerate(sorted(known))}
    run = {
        "tool": {
            "driver": {"name": "policytool", "version": version, "rules": [_rule(known[code]) for code in places]}
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The repository of policies."}}},
        "results": [_result(one, places) for one in results],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(finding: Finding) -> dict[str, object]:
    parts = {"What it means": finding.meaning, "Why it matters": finding.why, "How to mend it": finding.mend}
    return {
        "id": finding.code,
        "name": _name(finding),
        "shortDescription": {"text": printable(finding.name)},
        "fullDescription": {"text": printable(finding.meaning)},
        "help": {
            "text": "\n\n".join(f"{heading}: {printable(text)}" for heading, text in parts.items()),
            "markdown": "\n\n".join(f"**{heading}.** {printable(text)}" for heading, text in parts.items()),
        },
        "defaultConfiguration": {"level": str(finding.severity)},
    }


def _name(finding: Finding) -> str:
    """Its name as the standard would have names of rules: "ReviewOverdue" (3.49.7)."""
    spaced = "".join(one if one.isalnum() else " " for one in finding.name)
    return "".join(word[0].upper() + word[1:] for word in spaced.split()) or finding.code


def _result(one: Diagnostic, places: Mapping[str, int]) -> dict[str, object]:
    message = f"{one.message}. {one.advice}" if one.advice else one.message
    return {
        "ruleId": one.finding.code,
        "ruleIndex": places[one.finding.code],
        "level": str(one.finding.severity),
        "message": {"text": _literal(printable(message))},
        "locations": [{"physicalLocation": _location(one)}],
    }


def _literal(message: str) -> str:
    """A message in which nothing is a link: a bracket after a backslash closes no link's text (3.11.6)."""
    return message.replace("](", "\\](")


def _location(one: Diagnostic) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(one.path.lstrip("/")), "uriBaseId": ROOT}}
    if one.position:
        line, column = one.position
        place["region"] = {"startLine": line, "startColumn": column, "endColumn": column + max(one.length, 1)}
    return place
