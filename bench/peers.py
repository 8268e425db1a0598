"""Others' tools that compare texts or Word files, where they are installed: what they take for what ours takes."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from time import perf_counter
from typing import NamedTuple
from xml.sax.saxutils import escape

from bench import office
from bench.measure import ROOT, Command, Comparison, compare, median, python
from bench.table import figure, verdict

MOST_OF_PEER = 1 / 3
LONGEST = 120
"""Seconds after which a Word comparer is given up."""
ABSENT = "not installed"
Row = Sequence[str]


class Pair(NamedTuple):
    """Two versions of a policy as files of one kind."""

    old: Path
    new: Path


class WordComparer(NamedTuple):
    """A tool that makes of two Word files one with tracked changes, and its command line; none where it is absent."""

    name: str
    command: Callable[[Path, Pair], Command] | None


Measured = dict[WordComparer, Comparison | None]


# Texts


def of_text(folder: Path, pair: Pair, runs: int, warm: float, cold: float) -> Iterator[Row]:
    """Comparers of text, held against our comparison in a warm process, or a whole one."""
    texts = pair.old.read_text("utf-8"), pair.new.read_text("utf-8")
    yield _row("git diff --word-diff, process", cold, _git(folder, pair, runs))
    yield _row(_named("redlines", "warm"), warm, _redlines(*texts, runs))
    yield _row(_named("xmldiff", "warm"), warm, _xmldiff(*map(_xml, texts)))


def _git(folder: Path, pair: Pair, runs: int) -> float | None:
    command = ("git", "diff", "--no-index", "--word-diff", "--output", folder / "peer.txt", *pair)
    work = lambda: subprocess.run(command, check=False, capture_output=True)  # noqa: E731  # it is measured
    return median(work, runs) if which("git") else None


def _redlines(old: str, new: str, runs: int) -> float | None:
    if not find_spec("redlines"):
        return None
    from redlines import Redlines  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer

    return median(lambda: Redlines(old, new).output_markdown, runs)


def _xmldiff(old: bytes, new: bytes) -> float | None:
    if not find_spec("xmldiff"):
        return None
    from xmldiff.main import diff_texts  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer

    return median(lambda: diff_texts(old, new), 3)


def _xml(text: str) -> bytes:
    return ("<policy>" + "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line) + "</policy>").encode()


# Word files


def word_comparers() -> list[WordComparer]:
    """Those we know of, and how they are asked; each writes a file."""
    docxodus = find_spec("python_redlines") and find_spec("python_redlines_docxodus")
    return [
        WordComparer(_named("python-redlines", "process"), _docxodus if docxodus else None),
        WordComparer("LibreOffice, process", _libreoffice if office.speaker() else None),
    ]


def _docxodus(folder: Path, pair: Pair) -> Command:
    return python("-m", "bench.docxodus", folder / "docxodus", *pair, folder / "docxodus.docx")


def _libreoffice(folder: Path, pair: Pair) -> Command:
    job = ("compare", str(pair.new), str(folder / "libreoffice.docx"), str(pair.old))
    return office.command(folder / "profile", [job], LONGEST)


def of_word(folder: Path, ours: Command, pair: Pair, runs: int) -> Measured:
    """Comparers of Word files, each as a whole process in turn with our redline."""
    return {
        peer: compare(ours, peer.command(folder, pair), runs) if peer.command else None for peer in word_comparers()
    }


def word_rows(measured: Measured) -> Iterator[Row]:
    """What each took; last, ours against the fastest."""
    for peer, cold in measured.items():
        yield _row(peer.name, cold.ours.wall, cold.theirs.wall, cold.ratio.wall) if cold else _row(peer.name, 0, None)
    name = "redline, process : the fastest Word comparer"
    best = fastest(measured)
    cold = measured[best] if best else None
    if not cold:
        yield (name, "", ABSENT, "", f"≤ {MOST_OF_PEER:.2f}", "")
        return
    walls = figure(cold.ours.wall), figure(cold.theirs.wall), f"{cold.ratio.wall:.2f}"
    yield (name, *walls, *verdict(cold.ratio.wall, MOST_OF_PEER, "{:.2f}"))


def fastest(measured: Measured) -> WordComparer | None:
    """The one that took least; none where none is installed."""
    times = {peer: cold.theirs.wall for peer, cold in measured.items() if cold}
    return min(times, key=times.__getitem__, default=None)


def large_row(name: str, ours: Command, peer: WordComparer, folder: Path, pair: Pair) -> Row:
    """One run of ours and one of a Word comparer over a long document; what takes two minutes is given up."""
    mine, theirs = _once(ours), _once(peer.command(folder, pair)) if peer.command else None
    shown = [figure(took) if took else f"none in {LONGEST} s" for took in (mine, theirs)]
    return (f"{peer.name}, {name}", *shown, f"{mine / theirs:.3f}" if mine and theirs else "", "", "")


def _once(command: Command) -> float | None:
    """What one run takes in milliseconds; none where it fails or takes too long."""
    start = perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            code = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # and what it started
            return None
    return None if code else (perf_counter() - start) * 1000


# Rows


def _named(package: str, how: str) -> str:
    return f"{package} {version(package)}, {how}" if find_spec(package.replace("-", "_")) else f"{package}, {how}"


def _row(name: str, ours: float, theirs: float | None, ratio: float | None = None) -> Row:
    if theirs is None:
        return (name, "", ABSENT, "", "", "")
    return (name, figure(ours), figure(theirs), f"{ratio or ours / theirs:.2f}", "", "")
