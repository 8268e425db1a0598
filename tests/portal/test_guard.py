"""Whom the portal answers, seen over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytool.model.site import Frame
from policytool.portal.guard import CONTENT_SECURITY, hosts_of
from policytool.render.site.trouble import trouble_page
from tests.portal.served import Served, Written, served


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of one page."""
    root: Path = tmp_path_factory.mktemp("repository")
    with served(Written({"index.html": b"<h1>Policies</h1>"}), root) as found:
        yield found


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_it_answers_to_the_names_of_this_machine(portal: Served, name: str) -> None:
    """In any case of letters."""
    assert portal.ask("/", Host=f"{name}:{portal.port}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}, elsewhere.example",
        "127.0.0.1:{port}.elsewhere.example",
        "127.0.0.2:{port}",
        "2130706433:{port}",
        "::1:{port}",
        "elsewhere.example",
        "elsewhere.example:{port}",
        "elsewhere.example@127.0.0.1:{port}",
        "localhost.:{port}",
    ],
)
@pytest.mark.parametrize("path", ["/", "/_changes", "/nowhere"])
def test_it_answers_to_no_other_name(portal: Served, host: str, path: str) -> None:
    """A page of another site whose name was pointed at this machine reads nothing."""
    answer = portal.ask(path, Host=host.format(port=portal.port))
    assert answer.status == 421
    assert answer.read().decode() == f"This site is shown to this machine only, at {portal.address}\n"


def test_without_a_host_it_answers_nothing(portal: Served) -> None:
    """Neither as HTTP/1.1, where it must be there, nor as HTTP/1.0, where it need not."""
    assert portal.raw("GET / HTTP/1.1").startswith(b"HTTP/1.1 400 ")
    assert portal.raw("GET / HTTP/1.0").startswith(b"HTTP/1.1 421 ")


def test_with_two_hosts_it_answers_nothing(portal: Served) -> None:
    """Whichever of them is ours."""
    ours, theirs = f"Host: 127.0.0.1:{portal.port}", "Host: elsewhere.example"
    assert portal.raw("GET / HTTP/1.1", ours, theirs).startswith(b"HTTP/1.1 400 ")
    assert portal.raw("GET / HTTP/1.1", theirs, ours).startswith(b"HTTP/1.1 400 ")


def test_an_address_in_place_of_a_path_is_no_page(portal: Served) -> None:
    """As it is sent to a proxy, with our name beside it."""
    said = portal.raw("GET http://elsewhere.example/ HTTP/1.1", f"Host: 127.0.0.1:{portal.port}")
    assert said.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_it_can_be_read_and_nothing_else(portal: Served, method: str) -> None:
    """GET and HEAD."""
    answer = portal.ask("/", method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


def test_a_head_has_no_body(portal: Served) -> None:
    """All else is as for GET."""
    asked, got = portal.ask("/", "HEAD"), portal.ask("/")
    assert asked.read() == b""
    assert got.read() == b"<h1>Policies</h1>"
    different = ("date",)
    assert {k.lower(): v for k, v in asked.getheaders() if k not in different} == {
        k.lower(): v for k, v in got.getheaders() if k not in different
    }


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1"])
@pytest.mark.parametrize("path", ["/", "/_changes"])
def test_pages_of_other_sites_are_refused(portal: Served, origin: str, path: str) -> None:
    """By the origin that a browser names."""
    assert portal.ask(path, Origin=origin.format(port=portal.port)).status == 403


def test_our_own_pages_are_not(portal: Served) -> None:
    """Whichever name the browser has for us."""
    assert portal.ask("/", Origin=f"http://localhost:{portal.port}").status == 200
    assert portal.ask("/", Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status == 200


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "navigate", 200),
        ("none", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
    ],
)
def test_what_the_browser_says_of_how_it_came_to_ask(portal: Served, site: str, mode: str, status: int) -> None:
    """A link from elsewhere may be followed; nothing of ours is shown inside another page."""
    assert portal.ask("/", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == status


@pytest.mark.parametrize("path", ["/", "/nowhere", "/a//b", "/_changes"])
def test_every_answer_has_its_headers(portal: Served, path: str) -> None:
    """Nothing is stored, guessed at, told on or used by other sites."""
    headers = portal.ask(path, "HEAD").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


def test_pages_and_header_say_the_same_of_what_may_be_fetched(portal: Served) -> None:
    """The header adds only that no other site may frame them, which a page cannot say of itself."""
    assert portal.ask("/").headers["Content-Security-Policy"] == f"{CONTENT_SECURITY}; frame-ancestors 'none'"
    page = trouble_page(Frame("School", is_live=True), "index.html", "Words.").decode()
    assert CONTENT_SECURITY in page.replace("&#39;", "'")


def test_the_usual_port_need_not_be_named() -> None:
    """Browsers leave :80 out."""
    assert "localhost" in hosts_of(80)
    assert "localhost" not in hosts_of(8000)
