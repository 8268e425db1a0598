"""Sites that several modules look at, each made once a process."""

from __future__ import annotations

import pytest

from tests.sites import Site, made, nasty_library, reference_library


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the reference library."""
    folder = tmp_path_factory.mktemp("reference")
    return made(reference_library(folder / "library"), folder / "site")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the reference library for everybody."""
    folder = tmp_path_factory.mktemp("public")
    return made(reference_library(folder / "library"), folder / "site", "--public")


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a library that is as bad as it can be."""
    folder = tmp_path_factory.mktemp("nasty")
    return made(nasty_library(folder / "library"), folder / "site", "--no-documents")
