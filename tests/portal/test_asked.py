"""What a path asks for: looked up by clean names alone."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.portal.asked import Asked, asked, compared


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", "index.html"),
        (b"/online-safety/", "online-safety/index.html"),
        (b"/online-safety/2023-09-14.2/index.html", "online-safety/2023-09-14.2/index.html"),
        (b"/caf%C3%A9/", "café/index.html"),
        (b"/a%2Eb", "a.b"),
        (b"/%252e%252e/x", "%2e%2e/x"),
    ],
)
def test_a_path_is_that_of_a_page(raw: bytes, path: str) -> None:
    """Decoded once; a folder is its index."""
    assert asked(raw) == Asked(path)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"*",
        b"http://elsewhere.example/",
        b"//elsewhere.example/",
        b"/a//b",
        b"/../policytool.yaml",
        b"/a/../../policytool.yaml",
        b"/a/./b",
        b"/%2e%2e/policytool.yaml",
        b"/.%2E/policytool.yaml",
        b"/..%2fpolicytool.yaml",
        b"/a%2Fb",
        b"/a\\b",
        b"/..%5cpolicytool.yaml",
        b"/a%00.html",
        b"/a%0d%0aSet-Cookie:%20x",
        b"/%ff%fe",
        b"/a%e2%80%a8b",
        b"/%2F%2Felsewhere.example",
    ],
)
def test_no_trick_is_a_path(raw: bytes) -> None:
    """Steps up, separators in disguise, control characters, what is no text: there is no page of such a name."""
    assert asked(raw) is None


@given(st.binary(max_size=40))
def test_whatever_is_asked_no_path_leaves_the_site(raw: bytes) -> None:
    """Every name of a path is a plain one."""
    found = asked(b"/" + raw)
    if found is not None:
        assert all(name not in ("", ".", "..") and not {"\\", "\0"} & set(name) for name in found.path.split("/"))


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_a_name_that_is_quoted_is_found(names: list[str]) -> None:
    """Letters and digits of any script."""
    path = "/".join(names)
    found = asked(b"/" + quote(path).encode())
    assert found is not None
    assert found.path == path


def test_a_pair_is_asked_of_a_policy() -> None:
    """The page that no built site has."""
    assert asked(b"/online-safety/compare/pair") == Asked("online-safety/compare/pair", "online-safety")
    assert asked(b"/compare/pair") == Asked("compare/pair")


@pytest.mark.parametrize(
    "name", ["working", "approved", "2023-09-14", "2023-09-14.2", "governors:2023-09", "@2023-09-14", "v2"]
)
def test_versions_are_compared_by_their_names(name: str) -> None:
    """All kinds of name that a version goes by."""
    assert compared("x", name, "working") == f"x/compare/{name}--working.html"


@pytest.mark.parametrize(
    "name", ["", "a--b", "..", "a/b", "a\\b", "a b", "-x", "a\n", "é", "a" * 81, "--output=x", "a.", "a..b"]
)
def test_what_is_no_name_of_a_version_is_refused(name: str) -> None:
    """Strictly: nothing that could be taken for a path, an option or two names."""
    assert compared("x", name, "working") is None
    assert compared("x", "working", name) is None
