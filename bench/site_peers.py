"""Others' makers of sites, where they are installed: mkdocs-material and Sphinx, given the same texts as Markdown.

They get less to do than ours: a reference is a link to the page of the other policy, not to its clause, and has its
words already. Both keep what their search needs. MkDocs leaves out of each page the menus of others, which would grow
with the square of the library; Sphinx reads and writes with two workers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench.measure import Command, python, took

MKDOCS = """\
site_name: Generated Primary School
theme: {name: material, features: [navigation.prune]}
plugins: [search]
markdown_extensions: [footnotes, tables]
"""
SPHINX = """\
project = "Generated Primary School"
extensions = ["myst_parser"]
html_theme = "alabaster"
"""
_REFERENCE = re.compile(r"\[\]\((?:([a-z0-9-]+)\.md)?(?:#[a-z0-9-]+)?\)")
_LABEL = re.compile(r" \{#[a-z0-9-]+\}")


class Peer(NamedTuple):
    """A maker of sites: the name of its package, the modules it needs, how its texts are laid out, its command line."""

    package: str
    modules: tuple[str, ...]
    layout: Callable[[Path, Path, int], None]
    command: Callable[[Path], Command]

    @property
    def is_installed(self) -> bool:
        """Whether all that it needs is there."""
        return all(map(find_spec, self.modules))

    @property
    def named(self) -> str:
        """Its name, with the version that is installed."""
        return f"{self.package} {version(self.package)}"

    def each(self, root: Path, folder: Path, count: int, most: float | None = None) -> float:
        """The seconds on the clock that it takes for each page, of so many policies in all their versions.

        Raises `TimeoutExpired` where it takes more than so many seconds in all.
        """
        self.layout(root, folder, count)
        pages = sum(1 for _ in folder.rglob("*.md"))
        return took(self.command(folder), most).wall / pages


def _mkdocs(root: Path, folder: Path, count: int) -> None:
    names = _write_texts(root, folder / "docs", count)
    links = "\n".join(f"- [{name}]({name}/index.md)" for name in names)
    (folder / "docs" / "index.md").write_text(f"# Policies\n\n{links}\n", "utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")


def _sphinx(root: Path, folder: Path, count: int) -> None:
    names = _write_texts(root, folder, count)
    for name in names:
        page = folder / name / "index.md"
        page.write_text(page.read_text("utf-8") + _tree("version-*"), "utf-8")
    (folder / "index.md").write_text("# Policies\n" + _tree("*/index"), "utf-8")
    (folder / "conf.py").write_text(SPHINX, "utf-8")


def _tree(pattern: str) -> str:
    return f"\n```{{toctree}}\n:glob:\n:maxdepth: 1\n\n{pattern}\n```\n"


_MKDOCS = Peer(
    "mkdocs-material",
    ("material",),
    _mkdocs,
    lambda folder: python("-m", "mkdocs", "build", "--quiet", "--config-file", folder / "mkdocs.yml"),
)
_SPHINX = Peer(
    "sphinx",
    ("sphinx", "myst_parser"),
    _sphinx,
    lambda folder: python("-m", "sphinx", "-b", "html", "-q", "-j", "2", folder, folder / "site"),
)
PEERS = (_MKDOCS, _SPHINX)


def _write_texts(root: Path, folder: Path, count: int) -> list[str]:
    """A folder a policy: its text as `index.md`, and each wording that came before; the names of the policies."""
    names = sorted(path.stem for path in (root / "source").glob("*.md"))[:count]
    for name in names:
        (folder / name).mkdir(parents=True)
        for place, text in enumerate(_texts(root, name)):
            page = folder / name / (f"version-{place}.md" if place else "index.md")
            page.write_text(_plain(text, set(names)), "utf-8")
    return names


def _texts(root: Path, name: str) -> Iterator[str]:
    newest = (root / "source" / f"{name}.md").read_text("utf-8")
    yield newest
    kept = (path.read_text("utf-8") for path in sorted((root / "reviews" / name / "wording").iterdir()))
    yield from (text for text in kept if text != newest)


def _plain(text: str, names: set[str]) -> str:
    """The text as any Markdown: its title as heading, its references as links with words, to pages that are there."""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    title = front.partition("title: ")[2].partition("\n")[0]
    body = _REFERENCE.sub(lambda match: _link(match[1], names), _LABEL.sub("", body))
    return f"# {title}\n\n{re.sub('(?m)^#', '##', body)}"


def _link(policy: str | None, names: set[str]) -> str:
    if policy is None:
        return "[the clause above](index.md)"
    return f"[{policy}](../{policy}/index.md)" if policy in names else policy
