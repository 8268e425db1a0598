"""How fast a site is: made, made again, browsed and served live, at a thousand policies in five versions each.

What `build --to html` takes for a page, with the same workers and nothing kept, is what a page of the site is held
against; so is what mkdocs-material and Sphinx take for a page of the same texts (`bench.site_peers`).
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import chromium, site_browsing, site_peers
from bench.generate import policy_id
from bench.measure import Command, machine, progress, python, took
from bench.records import WORDINGS
from bench.site_library import write_library
from bench.table import figure, table, verdict

POLICIES, OF_PEERS, MOST_RUNS = 1_000, 200, 5
MOST_HTML, MOST_NOTHING, MOST_ONE, MOST_REGISTER = 3.0, 2.0, 3.0, 100.0
MOST_FULL = 300.0
"""Seconds that a peer may need for everything; one that needs more, by what it took for a part, gets the part alone."""
LIBRARIES = ("jinja2", "markdown-it-py", "rapidfuzz", "click")
PLACE = "build/site"
Row = Sequence[str]


def run(runs: int, seed: int, *, policies: int = POLICIES) -> str:
    """All measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), min(runs, MOST_RUNS), seed, policies))


def _sections(folder: Path, runs: int, seed: int, policies: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    progress(f"writing {policies:,} policies in {WORDINGS} versions")
    root = folder / "library"
    write_library(root, policies, seed)
    progress("the site against build --to html")
    each, rows = _built(root, policies)
    header = (f"{policies:,} policies × {WORDINGS} versions", "site", "against", "ratio", "target", "")
    yield table(header, [*rows, *_peers(root, folder, policies, each)])
    progress("made again")
    yield table(("the site, s", "median", "target", ""), list(_again(root, runs)))
    yield table(("in the browser", "measured", "target", ""), [*_register(root), *_browsed(root, folder)])


def _built(root: Path, policies: int) -> tuple[float, list[Row]]:
    """The seconds for each page of the site, and the rows that hold it against pages of `build --to html`.

    The site is made twice, each time with nothing kept: its pages alone, and with the documents to download.
    """
    build = _afresh(root, "build", "--to", "html") / policies
    alone, whole = _afresh(root, "site", "--no-documents"), _afresh(root, "site")
    files = [path for path in (root / PLACE).rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files) / 1e6
    rows: list[Row] = [
        _held(f"all {pages:,} pages : as many of build --to html", alone, build * pages),
        _held("the same, with Word and PDF to download", whole, build * pages),
        ("all files, MB", f"{size:,.0f}", "", "", "", ""),
    ]
    return alone / pages, rows


def _held(name: str, ours: float, theirs: float) -> Row:
    ratio = ours / theirs
    return (name, f"{ours:.1f} s", f"{theirs:.1f} s", f"{ratio:.2f}", *verdict(ratio, MOST_HTML, "{}"))


def _afresh(root: Path, *arguments: str) -> float:
    """The seconds on the clock that a command takes where nothing is kept."""
    shutil.rmtree(root / "build", ignore_errors=True)
    return took(_command(root, *arguments)).wall


def _peers(root: Path, folder: Path, policies: int, ours: float) -> Iterator[Row]:
    """Each peer for a part of the policies; for all of them too, if that can be waited for."""
    for peer in site_peers.PEERS:
        if not peer.is_installed:
            progress(f"{peer.package} is not installed (pip install 'policytool[bench]'): it is left out")
            continue
        part = min(OF_PEERS, policies)
        progress(f"{peer.named}, {part} policies")
        theirs = peer.each(root, folder / peer.package, part)
        yield _against(f"a page : {peer.named}, of {part:,} policies, ms", ours, theirs)
        if part < policies and theirs * policies * WORDINGS <= MOST_FULL:
            yield _at_large(peer, root, folder / f"{peer.package}-whole", policies, ours)


def _at_large(peer: site_peers.Peer, root: Path, folder: Path, policies: int, ours: float) -> Row:
    """A peer for all of the policies; it may take more for each page the more there are, and is then given up."""
    progress(f"{peer.named}, {policies:,} policies")
    name = f"a page : {peer.named}, of {policies:,} policies, ms"
    try:
        return _against(name, ours, peer.each(root, folder, policies, MOST_FULL))
    except subprocess.TimeoutExpired:
        least = MOST_FULL / (policies * WORDINGS)
        return (name, figure(ours * 1000), f"> {figure(least * 1000)}", "", "given up", "")


def _against(name: str, ours: float, theirs: float) -> Row:
    ratio = ours / theirs
    return (name, figure(ours * 1000), figure(theirs * 1000), f"{ratio:.2f}", *verdict(ratio, 1.0, "{}"))


def _again(root: Path, runs: int) -> Iterator[Row]:
    """The same once more, and with a sentence more in one policy."""
    nothing = median(took(_command(root, "site")).wall for _ in range(runs))
    yield ("nothing changed", f"{nothing:.2f}", *verdict(nothing, MOST_NOTHING, "{}"))
    walls = []
    for place in range(runs):
        source = root / "source" / f"{policy_id(place)}.md"
        source.write_text(source.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
        walls.append(took(_command(root, "site")).wall)
    yield ("one policy changed", f"{median(walls):.2f}", *verdict(median(walls), MOST_ONE, "{}"))


def _register(root: Path) -> Iterator[Row]:
    size = len(gzip.compress((root / PLACE / "index.html").read_bytes())) / 1000
    yield ("the register, compressed", f"{size:.0f} kB", *verdict(size, MOST_REGISTER, "{:.0f} kB"))


def _browsed(root: Path, folder: Path) -> Iterator[Row]:
    if not chromium.installed():
        progress("Chromium and its driver are not installed: what a browser does is left out")
        return
    progress("typing in Chromium, and editing under serve")
    with chromium.window(folder / "profile") as window:
        yield from site_browsing.typing(window, root / PLACE)
        yield from site_browsing.edits(window, root)


def _command(root: Path, *arguments: str) -> Command:
    return python("-m", "policytool", "--quiet", "--root", root, *arguments)
