"""The site map: read back by a parser, and held against what its protocol asks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policytool.model.site import Frame, policy_path, version_path
from policytool.render.site import sitemap as room
from policytool.render.site.sitemap import SPACE, sitemaps

FRAME = Frame("School", address="https://school.example/policies/")


def sitemap(paths: Sequence[str]) -> bytes:
    """The first file of a site map."""
    return next(sitemaps(paths, FRAME)).content


def addresses(content: bytes) -> list[str]:
    """What a site map names, in order."""
    return [str(found.text) for found in etree.fromstring(content).iter(f"{{{SPACE}}}loc")]


def test_every_page_is_named_by_its_whole_address() -> None:
    """A page that a folder shows goes by the folder, as its canonical link does."""
    content = sitemap(("index.html", "duties.html", policy_path("uniform"), version_path("uniform", "2023-09")))
    assert addresses(content) == [
        "https://school.example/policies/",
        "https://school.example/policies/duties.html",
        "https://school.example/policies/uniform/",
        "https://school.example/policies/uniform/2023-09/",
    ]
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert etree.fromstring(content).tag == f"{{{SPACE}}}urlset"


def test_without_an_address_there_is_none() -> None:
    """The protocol wants whole addresses."""
    assert list(sitemaps(("index.html",), Frame("School"))) == []


def test_too_many_pages_go_into_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is the site map, and every page stands in one of its parts."""
    monkeypatch.setattr(room, "MOST", 3)
    paths = [policy_path(f"p{number}") for number in range(7)]
    index, *parts = sitemaps(paths, FRAME)
    assert sitemap(paths) == index.content
    assert etree.fromstring(index.content).tag == f"{{{SPACE}}}sitemapindex"
    assert addresses(index.content) == [f"{FRAME.address}{part.path}" for part in parts]
    assert [part.path for part in parts] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    named = [address for part in parts for address in addresses(part.content)]
    assert named == addresses(_all(paths))


def _all(paths: list[str]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST", len(paths))
        return sitemap(paths)


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1)))
def test_whatever_a_path_holds_the_addresses_are_ascii(paths: list[str]) -> None:
    """RFC 3986 has no other letters, and XML is escaped by the library that writes it."""
    assert all(address.isascii() and " " not in address for address in addresses(sitemap(paths)))
