"""Fixtures that every room uses."""

from __future__ import annotations

import pytest

from tests.repository import repository

__all__ = ["repository"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag that writes every golden file anew."""
    parser.addoption("--update-goldens", action="store_true", help="write golden files and generated pages anew")
