"""A live site after an edit is, byte for byte, the site of what stands on the disk then."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policytool.model.unable import UnableError
from policytool.pipeline.site import live as module
from policytool.pipeline.site.live import LiveSite

ROOT = Path(__file__).parents[3]
ROOMS: tuple[str, ...] = (
    "index.html",
    "calendar.html",
    "calendar.ics",
    "duties.html",
    "duties/nobody.html",
    "search.html",
    "sitemap.xml",
)
ROOMS += ("api/index.json", "api/calendar.json", "api/duties.json", "404.html")
CITED, CITING = "source/staff-acceptable-use.md", "source/online-safety.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The reference library in a folder of its own."""
    for name in ("source", "reviews"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "policytool.yaml", tmp_path)
    return tmp_path


def _swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return act


def _add(path: str, words: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / path).write_text((root / path).read_text("utf-8") + words, "utf-8")

    return act


def _remove(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


EDITS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "words": (CITED, _add(CITED, "\nA sentence more.\n")),
    "words that others cite": (CITED, _swap(CITED, "{#photographs}", "and films {#photographs}")),
    "a label": (CITED, _swap(CITED, "{#photographs}", "{#pictures}")),
    "a citation": (CITING, _add(CITING, "\nSee [](whistleblowing.md).\n")),
    "a citation that leads nowhere": (CITING, _add(CITING, "\nSee [](#nowhere) and [](no-policy.md).\n")),
    "a title": (CITED, _swap(CITED, "title: ", "title: New ")),
    "for whom": (CITING, _swap(CITING, "publish: website", "publish: internal")),
    "a review": (CITING, _swap(CITING, "every: 12 months", "every: 24 months")),
    "an error in itself": (CITING, _swap(CITING, "title:", "titel:")),
    "no fields": (CITING, _swap(CITING, "---\n", "")),
    "taken away": (CITED, _remove(CITED)),
}


def _pages(site: LiveSite, root: Path) -> Iterator[tuple[str, bytes | str | None]]:
    for name in sorted(path.stem for path in (root / "source").glob("*.md")):
        for page in ("index.html", "working/index.html", "compare/index.html"):
            yield f"{name}/{page}", _page(site, f"{name}/{page}")
        yield name, _page(site, f"api/policies/{name}.json")
    for path in ROOMS:
        yield path, _page(site, path)


def _page(site: LiveSite, path: str) -> bytes | str | None:
    try:
        found = site.page(path)
    except UnableError as error:
        return str(error)
    return found.content if found else None


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("kind", EDITS)
def test_a_site_after_an_edit_is_that_of_what_stands_there(root: Path, kind: str, *, is_public: bool) -> None:
    """Whatever was edited, and when it is put back as it was."""
    path, act = EDITS[kind]
    before = (root / path).read_bytes()
    site = LiveSite(root, is_public=is_public)
    first = dict(_pages(site, root))
    act(root)
    site.changed({path})
    assert dict(_pages(site, root)) == dict(_pages(LiveSite(root, is_public=is_public), root))
    (root / path).write_bytes(before)
    site.changed({path})
    assert dict(_pages(site, root)) == first


def test_edits_one_after_another_add_up(root: Path) -> None:
    """Of several policies, without a look at any page between them."""
    site = LiveSite(root)
    dict(_pages(site, root))
    for kind in ("words", "a citation", "a label"):
        path, act = EDITS[kind]
        act(root)
        site.changed({path})
    assert dict(_pages(site, root)) == dict(_pages(LiveSite(root), root))


def test_records_that_change_count_at_once(root: Path) -> None:
    """What is remembered of them is read again."""
    site = LiveSite(root)
    dict(_pages(site, root))
    gone = max((root / "reviews").glob("*/*.yaml"))
    gone.unlink()
    site.changed({gone.relative_to(root).as_posix()})
    assert dict(_pages(site, root)) == dict(_pages(LiveSite(root), root))


def test_an_edit_of_words_reads_no_other_policy(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the library is."""
    site = LiveSite(root)
    site.page("online-safety/index.html")

    def never(*_given: object) -> None:
        pytest.fail("everything was read again")

    monkeypatch.setattr(module, "stock", never)
    EDITS["words"][1](root)
    site.changed({CITED})
    found = site.page("staff-acceptable-use/working/index.html")
    assert found is not None
    assert b"A sentence more." in found.content
