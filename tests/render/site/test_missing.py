"""What a web host shows where there is no page."""

from __future__ import annotations

import re

import pytest

from policytool.model.site import Frame
from policytool.render.site.assets import assets
from policytool.render.site.missing import missing_page


def links(frame: Frame) -> set[str]:
    """All that the page links to or fetches."""
    return set(re.findall(r' (?:href|src|action)="([^"]*)"', missing_page(frame).decode())) - {"#_main"}


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://school.example/policies/", "/policies/"),
        ("https://school.example/our%20policies/", "/our%20policies/"),
        ("https://policies.school.example/", "/"),
        ("", "/"),
    ],
)
def test_its_links_lead_home_from_any_depth(address: str, root: str) -> None:
    """A host shows it at /policies/a/b/c as well, where "index.html" would be something else."""
    found = links(Frame("School", address=address))
    sheet = next(assets(Frame("School", address=address))).path
    assert {f"{root}index.html", f"{root}search.html", f"{root}{sheet}"} <= found
    assert all(link.startswith(root) for link in found)


def test_where_the_site_is_live_it_is_at_the_root() -> None:
    """Wherever it will be published."""
    assert "/index.html" in links(Frame("School", address="https://school.example/policies/", is_live=True))


def test_it_claims_no_address_of_its_own() -> None:
    """No search engine should take it for a page."""
    assert b"canonical" not in missing_page(Frame("School", address="https://school.example/policies/"))
