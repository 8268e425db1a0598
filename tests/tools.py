"""Programs of the machine that only the full test suite needs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

REQUIRED = "POLICYTOOL_REQUIRE_TOOLS"
"""Set in the environment (`.ci/run` does), nothing may be skipped for want of a tool."""


def missing(tool: str) -> NoReturn:
    """Skip the test for want of a tool; fail where the environment says that all are there."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{tool} is missing, and {REQUIRED} is set")
    pytest.skip(f"needs {tool}")
