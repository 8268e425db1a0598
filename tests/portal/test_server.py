"""Pages over HTTP: made once, told apart, in words where they cannot be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytool.model.site import Frame
from policytool.model.unable import UnableError
from tests.portal.served import Served, Written, served


def _seen(portal: Served, root: Path, live: Written) -> None:
    """Change a file and wait until the site was told."""
    with portal.stream() as stream:
        (root / "policytool.yaml").write_bytes(b"organisation: {}\n")
        while stream.readline() != b"event: changed\n":
            pass
    assert live.told[-1] == "policytool.yaml"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/site.0.css", "text/css; charset=utf-8"),
        ("assets/live.0.js", "text/javascript; charset=utf-8"),
        ("api/policies/x.json", "application/json"),
        ("sitemap.xml", "application/xml"),
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("x/x.pdf", "application/pdf"),
        ("x/x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("x/strange", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_says_what_it_is(tmp_path: Path, path: str, kind: str) -> None:
    """By its ending; the bytes are those of the site."""
    with served(Written({path: b"\x00bytes"}), tmp_path) as portal:
        answer = portal.ask(f"/{path}")
        assert (answer.status, answer.getheader("Content-Type"), answer.read()) == (200, kind, b"\x00bytes")


def test_a_page_is_made_once_until_something_changes(tmp_path: Path) -> None:
    """And is another then, with another mark."""
    live = Written({"index.html": b"old"})
    with served(live, tmp_path) as portal:
        first = portal.ask("/").getheader("ETag")
        assert portal.ask("/index.html").getheader("ETag") == first
        assert live.asked == ["index.html"]
        live.files["index.html"] = b"new"
        _seen(portal, tmp_path, live)
        answer = portal.ask("/")
        assert answer.read() == b"new"
        assert answer.getheader("ETag") != first
        assert answer.getheader("Server-Timing") == f"page;desc={answer.getheader('ETag')}"
        assert portal.notes == ["policytool.yaml changed"]


def test_only_what_has_its_hash_in_its_name_may_be_stored(tmp_path: Path) -> None:
    """A page shows itself again without fetching its style sheet again."""
    live = Written({"index.html": b"x", "assets/site.0123abcd.css": b"x", "404.html": b"none"})
    with served(live, tmp_path) as portal:
        assert portal.ask("/assets/site.0123abcd.css").getheader("Cache-Control") == "max-age=86400, immutable"
        assert portal.ask("/").getheader("Cache-Control") == "no-store"
        assert portal.ask("/assets/gone.css").getheader("Cache-Control") == "no-store"


def test_a_folder_has_a_slash_at_its_end(tmp_path: Path) -> None:
    """Else the links of its page would lead elsewhere."""
    with served(Written({"x/index.html": b"x", "é/2023-09-14.2/index.html": b"y"}), tmp_path) as portal:
        assert (portal.ask("/x").status, portal.ask("/x").getheader("Location")) == (307, "/x/")
        assert portal.ask("/%C3%A9/2023-09-14.2").getheader("Location") == "/%C3%A9/2023-09-14.2/"
        assert portal.ask("/x/").read() == b"x"


@pytest.mark.parametrize("path", ["/nowhere", "/x/nowhere.pdf", "/x/y/", "/assets/gone.css"])
def test_where_there_is_no_page_the_site_says_so(tmp_path: Path, path: str) -> None:
    """With the page that it has for it, whatever kind of file was asked for."""
    with served(Written({"404.html": b"There is no page here"}), tmp_path) as portal:
        answer = portal.ask(path)
        assert (answer.status, answer.getheader("Content-Type")) == (404, "text/html; charset=utf-8")
        assert answer.read() == b"There is no page here"


class Broken(Written):
    """A site that can give nothing at all."""

    def page(self, path: str) -> None:
        """Not this, nor any other."""
        raise UnableError(f"the settings cannot be read, nor {path}")


@pytest.mark.parametrize("path", ["/", "/x/", "/x/y/z.pdf"])
def test_a_page_that_tells_of_trouble_has_its_looks_and_ways_on(tmp_path: Path, path: str) -> None:
    """However deep it stands."""
    with served(Broken(), tmp_path) as portal:
        page = portal.ask(path).read().decode()
        up = "../" * (path.count("/") - 1)
        assert f'href="{up}index.html"' in page
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0].removeprefix(up)
        script = page.split('<script defer src="')[1].split('"')[0].removeprefix(up)
        assert portal.ask(f"/{sheet}").getheader("Content-Type") == "text/css; charset=utf-8"
        assert portal.ask(f"/{script}").getheader("Content-Type") == "text/javascript; charset=utf-8"


def test_a_page_that_tells_of_trouble_stands_in_the_frame_that_was_last_known(tmp_path: Path) -> None:
    """So that somebody who mends a mistake stays where they were."""
    with served(Broken(framed=Frame("St Anne’s", "#6b1f3a", is_live=True)), tmp_path) as portal:
        page = portal.ask("/").read().decode()
        assert "St Anne’s" in page
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "--house: #6b1f3a;" in portal.ask(f"/{sheet}").read().decode()


@pytest.mark.parametrize(
    "trick", ["/../policytool.yaml", "/..%2fpolicytool.yaml", "/a%00", "/a%5c..%5cb", "//x/index.html"]
)
def test_no_path_leaves_the_site(tmp_path: Path, trick: str) -> None:
    """The site is not even asked."""
    live = Written({"x/index.html": b"x"})
    with served(live, tmp_path) as portal:
        assert portal.raw(f"GET {trick} HTTP/1.1", f"Host: localhost:{portal.port}").startswith(b"HTTP/1.1 404 ")
        assert live.asked == []


def test_two_versions_that_a_form_names_lead_to_their_comparison(tmp_path: Path) -> None:
    """Whatever is no name of a version is told, and asked of nobody."""
    live = Written({"x/compare/2023-09-14--working.html": b"compared"})
    with served(live, tmp_path) as portal:
        answer = portal.ask("/x/compare/pair?old=2023-09-14&new=working")
        assert (answer.status, answer.getheader("Location")) == (307, "/x/compare/2023-09-14--working.html")
        assert portal.ask("/x/compare/2023-09-14--working.html").read() == b"compared"
        live.asked.clear()
        for query in ("", "?old=2023-09-14", "?old=..%2F..&new=working", "?old=a--b&new=c", "?old=a&new=%0d%0ab"):
            answer = portal.ask(f"/x/compare/pair{query}")
            assert answer.status == 400
            assert answer.read() == b"Name two versions to compare, as 2023-09-14 or working.\n"
        assert live.asked == []


def test_what_cannot_be_shown_is_told_in_words(tmp_path: Path) -> None:
    """What is wrong and what to do, as text; the next page is served as before."""
    wrong = UnableError("policytool.yaml:3: <b>not</b> understood", "mend & save it")
    live = Written({"index.html": wrong, "x/index.html": KeyError("ouch"), "y.html": b"y"})
    with served(live, tmp_path) as portal:
        answer = portal.ask("/")
        page = answer.read().decode()
        assert answer.status == 500
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
        assert "policytool.yaml:3: &lt;b&gt;not&lt;/b&gt; understood" in page
        assert "Mend &amp; save it" in page
        page = portal.ask("/x/").read().decode()
        assert "policytool failed (KeyError: &#39;ouch&#39;)" in page
        assert "Traceback" not in page
        assert portal.ask("/y.html").read() == b"y"


def test_a_change_that_cannot_be_taken_in_is_told_until_one_can(tmp_path: Path) -> None:
    """Old pages are not shown as if they were new."""
    live = Written({"index.html": b"old"})
    with served(live, tmp_path) as portal:
        assert portal.ask("/").read() == b"old"
        live.refuses = UnableError("the settings cannot be read")
        _seen(portal, tmp_path, live)
        assert "the settings cannot be read" in portal.ask("/").read().decode()
        live.refuses, live.files["index.html"] = None, b"new"
        _seen(portal, tmp_path, live)
        assert portal.ask("/").read() == b"new"


def test_more_files_at_once_are_told_in_one_line(tmp_path: Path) -> None:
    """The first of them, and how many more."""
    (tmp_path / "source").mkdir()
    live = Written()
    with served(live, tmp_path) as portal, portal.stream() as stream:
        for name in ("b.md", "a.md", "c.md"):
            (tmp_path / "source" / name).write_bytes(b"x")
        while stream.readline() != b"event: changed\n":
            pass
        assert portal.notes == ["source/a.md and 2 more changed"]


def test_who_goes_away_is_forgotten_and_who_stays_is_told(tmp_path: Path) -> None:
    """Streams are cut off in the middle; the others hear of the change."""
    live = Written()
    with served(live, tmp_path) as portal, portal.stream() as stays:
        for _ in range(20):
            with portal.stream():
                pass
        _seen(portal, tmp_path, live)
        assert [stays.readline() for _ in range(3)] == [b"\n", b"event: changed\n", b"data: .\n"]
