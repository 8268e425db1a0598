"""Diagnostics -> workflow commands, which GitHub shows beside the lines of a change.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policytool.model.diagnostic import Diagnostic


def workflow_commands(found: Iterable[Diagnostic]) -> Iterator[str]:
    """One line a finding."""
    for one in found:
        properties = {"file": one.path}
        if one.position:
            line, column = one.position
            properties |= {"line": str(line), "col": str(column), "endColumn": str(column + one.length)}
        properties["title"] = f"{one.finding.code} {one.finding.name}"
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        message = f"{one.message}. {one.advice}" if one.advice else one.message
        yield f"::{one.finding.severity} {listed}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
