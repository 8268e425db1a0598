"""What every page of the site has round it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from policytool.model.site import Frame
from policytool.render.site.frame import framed
from policytool.render.site.register import register_page

FRAME = Frame("Example Primary School", address="https://school.example/policies/")


def shown(path: str, frame: Frame = FRAME) -> str:
    """A page with nothing of its own."""
    return framed("frame.html.jinja", frame, path, "Title").decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("index.html", {"Policies": "page"}),
        ("online-safety/index.html", {"Policies": "true"}),
        ("online-safety/compare/2023-09--working.html", {"Policies": "true"}),
        ("duties.html", {"Duties": "page"}),
        ("duties/role-headteacher.html", {"Duties": "true"}),
        ("duties/group-pupils.html", {"Duties": "true"}),
        ("duties/nobody.html", {"Duties": "true"}),
        ("duties/index.html", {"Policies": "true"}),
        ("calendar.html", {"Calendar": "page"}),
        ("search.html", {}),
    ],
)
def test_the_masthead_says_where_one_is(path: str, current: dict[str, str]) -> None:
    """The page itself, or the one that it stands below; a policy may be called "duties"."""
    found = re.findall(r'aria-current="(\w+)">(\w+)<', shown(path))
    assert {words: kind for kind, words in found} == current


def test_links_name_files_from_wherever_the_page_is() -> None:
    """So that a folder on a disk works."""
    page = shown("online-safety/2023-09/index.html")
    assert 'href="../../index.html"' in page
    assert 'action="../../search.html"' in page
    assert 'href="../../api/index.json"' in page


def test_a_page_says_where_it_is_published() -> None:
    """As people write it, without the name of the file."""
    assert '<link rel="canonical" href="https://school.example/policies/online-safety/">' in shown(
        "online-safety/index.html"
    )
    assert "canonical" not in shown("index.html", Frame("School"))


def test_only_a_live_page_may_ask_its_server() -> None:
    """To be told when it has changed."""
    assert "connect-src 'none'" in unescape(shown("index.html"))
    live = unescape(shown("index.html", Frame("School", is_live=True)))
    assert "connect-src 'self'" in live
    assert "/live." in live


@pytest.mark.parametrize("name", ["", '<b>"Ex & Co"</b> 🎓', "x" * 300])
def test_the_name_of_a_school_is_words(name: str) -> None:
    """None, one with markup in it, a long one."""
    page = shown("index.html", Frame(name))
    assert "<b>" not in page
    assert '<span class="name"' in page


@pytest.mark.parametrize("is_public", [True, False])
def test_no_page_runs_or_styles_anything_of_its_own(*, is_public: bool) -> None:
    """Whoever it is for."""
    page = register_page((), Frame("School", is_public=is_public)).decode()
    assert not re.search(r"<style| style=|<script(?! defer src=)|\son\w+=", page)
    assert "script-src 'self'" in page
