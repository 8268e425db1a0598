"""Fixtures that every room uses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.repository import repository

__all__ = ["repository"]

# No test depends on how busy the machine is.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag that writes every golden file anew."""
    parser.addoption("--update-goldens", action="store_true", help="write golden files and generated pages anew")
