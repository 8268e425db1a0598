"""`policytool explain`, and the pages of the manual that say the same."""

from __future__ import annotations

import pytest

from policytool.catalogue import findings
from policytool.cli import run


@pytest.mark.parametrize("finding", findings(), ids=lambda finding: finding.code)
def test_every_code_is_explained(finding: object, capsys: pytest.CaptureFixture[str]) -> None:
    """What it means, why it matters, how to mend it."""
    code = str(getattr(finding, "code"))  # noqa: B009  # a parameter may be anything
    assert run(["explain", code.lower()]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(code)
    assert all(heading in printed for heading in ("What it means", "Why it matters", "How to mend it"))


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line each."""
    assert run(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(findings())


def test_an_unknown_code_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest that there is."""
    assert run(["explain", "PT999"]) == 2
    assert "there is no finding PT999" in capsys.readouterr().err


def test_no_code_is_used_twice() -> None:
    """Codes are never reused."""
    codes = [finding.code for finding in findings()]
    assert len(codes) == len(set(codes))
