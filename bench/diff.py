"""How fast `policytool diff` is: against tokenising both sides, against a bare process, and at its worst.

The floor of the values is what any word differ does first: `re.findall` over the plain text of every passage of both.
"""

from __future__ import annotations

import gc
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from bench.edits import SEVEN, as_values, made, parsed, revised, reworded, seven_edits
from bench.measure import ROOT, compare, python, told
from bench.table import table
from policytool.compare import compare as compare_policies
from policytool.compare.passages import passages
from policytool.model.block import Clause
from policytool.model.inline import Text, plain
from policytool.model.library import Library
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.parse.markdown import policy as parse
from policytool.render.edition import Edition
from policytool.render.markdown import markdown
from policytool.render.word import redline
from policytool.resolve import resolve

SIZES = 100, 1_000, 10_000
HUGE = 100_000
MOST_OF_FLOOR, MOST_GROWTH, MOST_SEVEN, MOST_COLD, MOST_REDLINE, MOST_WORST = 3.0, 1.2, 3.0, 1.4, 2000.0, 2000.0
LIBRARIES = ("rapidfuzz", "markdown-it-py", "mdit-py-plugins", "pyyaml", "click")
FLOOR = ROOT / "bench" / "diff_floor.py"
SOURCE = ROOT / "source" / "social-media-staff.md"
_TOKEN = re.compile(r"\w+|[^\w\s]")
Row = Sequence[str]


def run(runs: int, seed: int) -> str:
    """All measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), runs, seed))


def _sections(folder: Path, runs: int, seed: int) -> Iterator[str]:
    yield _machine()
    _progress("parsed policies against the floor")
    header = ("two policies as values, ms", "compare", "tokenise", "ratio", "target", "")
    yield table(header, [_against_floor(size, seed) for size in SIZES])
    _progress(f"{HUGE:,} clauses, in processes of their own")
    yield table((f"{HUGE:,} clauses as values", "time, s", "peak of the comparison, MB", "target", ""), _growth(seed))
    _progress("worst cases")
    yield table(("the worst, ms", "compare", "changes", "target", ""), list(_worst(seed)))
    _progress("the reference guidance with the seven classic edits, redlines, whole processes")
    yield table(("the seven classic edits, ms", "ours", "theirs", "ratio", "target", ""), list(_seven(folder, runs)))


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start. {libraries}."
    )


def median(work: Callable[[], object], runs: int = 7) -> float:
    """The median of some runs in milliseconds; what earlier measurements left behind is kept out of the collector."""
    gc.collect()
    gc.freeze()
    times = [_timed(work) for _ in range(runs + 1)][1:]
    gc.unfreeze()
    return statistics.median(times)


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """The median of each in milliseconds, run in turn, and of the ratios."""
    gc.collect()
    gc.freeze()
    pairs = [(_timed(ours), _timed(theirs)) for _ in range(runs + 1)][1:]
    gc.unfreeze()
    mine, other = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(other), statistics.median(a / b for a, b in pairs)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


# Values


def _against_floor(size: int, seed: int) -> Row:
    """As many pairs as make a thousand clauses, at least one, so that a few edits more or less even out."""
    count = max(1_000 // size, 1)
    olds = [parsed(size, seed + place) for place in range(count)]
    pairs = [(old, revised(old, seed + place)) for place, old in enumerate(olds)]
    texts = [plain(passage.words) for pair in pairs for side in pair for passage in passages(side)]

    def ours() -> None:
        for pair in pairs:
            compare_policies(*pair)

    took, floor, ratio = in_turn(ours, lambda: tokenise(texts), max(7, 20_000 // size // count))
    times = _ms(took / count), _ms(floor / count), f"{ratio:.2f}"
    return (f"{size:,} clauses", *times, *verdict(ratio, MOST_OF_FLOOR, "{:.1f}"))


def tokenise(texts: Sequence[str]) -> int:
    """The floor: every word and sign of both sides, kept as a comparison would have to keep them."""
    return len([_TOKEN.findall(text) for text in texts])


def huge(size: int, seed: int) -> dict[str, float]:
    """Seconds and peak megabytes of comparing so many clauses; run in a process of its own."""
    import tracemalloc

    old = as_values(size, seed)
    new = revised(old, seed)
    seconds = median(lambda: compare_policies(old, new), 3) / 1000
    tracemalloc.start()
    compare_policies(old, new)
    return {"seconds": seconds, "megabytes": tracemalloc.get_traced_memory()[1] / 1e6}


def _growth(seed: int) -> list[Row]:
    few, many = (told(python("-m", "bench.diff", size, str(seed))) for size in (str(HUGE // 10), str(HUGE)))
    growth = {name: many[name] / few[name] / 10 for name in many}
    return [
        (f"{HUGE // 10:,}", f"{few['seconds']:.2f}", f"{few['megabytes']:.0f}", "", ""),
        (f"{HUGE:,}", f"{many['seconds']:.2f}", f"{many['megabytes']:.0f}", "", ""),
        (
            "growth, of ten times",
            f"{growth['seconds']:.2f}",
            f"{growth['megabytes']:.2f}",
            *verdict(growth["seconds"], MOST_GROWTH, "{:.1f}"),
        ),
    ]


def _worst(seed: int) -> Iterator[Row]:
    same = _clauses(["Staff must sign the book at the office before they leave."] * 5_000)
    fewer = replace(same, blocks=numbered((*same.blocks[:1_000], *same.blocks[1_001:])))
    yield _bounded("5,000 identical clauses, one deleted", same, fewer)
    between = _clauses(["Gates are locked.", *["Staff must sign the book."] * 4_998, "Bells are rung."])
    amid = _clauses(["Bells are rung.", *["Staff must sign the book."] * 4_000, "Gates are shut."])
    yield _bounded("5,000 identical between others", between, amid)
    words = " ".join(plain(passage.words) for passage in passages(as_values(1_000, seed))).split()[:100_000]
    other = ["otherwise" if place % 97 == 0 else word for place, word in enumerate(words)]
    yield _bounded(
        "one clause of 200 pages, here and there reworded", *(_clauses([" ".join(one)]) for one in (words, other))
    )
    every = parsed(5_000, seed)
    yield _bounded("5,000 clauses, each reworded", every, reworded(every, seed))
    yield _bounded("5,000 clauses against 5,000 others", every, _clauses(_nonsense(5_000)))


def _nonsense(count: int) -> list[str]:
    return [" ".join(f"w{(place * 31 + word * 17) % 9973}" for word in range(20)) for place in range(count)]


def _clauses(texts: Sequence[str]) -> Policy:
    return Policy("worst", "Worst", blocks=numbered(tuple(Clause((Text(text),)) for text in texts)))


def _bounded(name: str, old: Policy, new: Policy) -> Row:
    took = median(lambda: compare_policies(old, new), 3)
    edits = len(compare_policies(old, new).edits)
    return (name, _ms(took), str(edits), *verdict(took, MOST_WORST, "{:.0f}"))


# The seven classic edits


def _seven(folder: Path, runs: int) -> Iterator[Row]:
    old = parse(SOURCE.read_text("utf-8"), "social-media-staff", "x.md")[0]
    new = seven_edits(old)
    edits = len(made(compare_policies(old, new)))
    if edits != SEVEN:
        sys.exit(f"the seven classic edits give {edits} changes: mend the comparison first")
    warm = median(lambda: compare_policies(old, new), 200)
    yield ("compare, warm", _ms(warm), "", "", *verdict(warm, MOST_SEVEN, "{:.0f}"))
    one, other = folder / "old.md", folder / "new.md"
    for path, policy in ((one, old), (other, new)):
        path.write_text(markdown(policy), "utf-8")
    differs = python("-m", "bench.differs", "diff", one, other)
    cold = compare(differs, python(FLOOR, one, other), runs)
    walls = f"{cold.ours.wall:.1f}", f"{cold.theirs.wall:.1f}", f"{cold.ratio.wall:.2f}"
    yield ("diff OLDFILE NEWFILE, process : floor", *walls, *verdict(cold.ratio.wall, MOST_COLD, "{:.1f}"))
    yield from _redlines(folder, runs, old, new)
    yield from _peers(folder, one, other, runs, warm)


def _redlines(folder: Path, runs: int, old: Policy, new: Policy) -> Iterator[Row]:
    """The redline: of the reference, of a long document, and as a whole process."""
    big = parsed(SIZES[-1], 1)
    pairs = (
        ("redline, warm", old, new, None),
        (f"redline of {SIZES[-1]:,} clauses", big, revised(big, 1), MOST_REDLINE),
    )
    for name, one, other, most in pairs:
        found = compare_policies(one, other)
        sides = Edition(one, _library(one)), Edition(other, _library(other))
        write = partial(redline, found, *sides, author="Ann Clerk", when=None)
        took = median(write, 3)
        yield (name, _ms(took), "", "", *(verdict(took, most, "{:.0f}") if most else ("", "")))
    whole = python("-m", "bench.differs", "diff", folder / "old.md", folder / "new.md", "--to", "docx")
    cold = compare((*whole, "--out", folder / "redline.docx"), python("-c", "pass"), max(runs // 3, 1))
    yield (
        "redline, process : python -c pass",
        f"{cold.ours.wall:.1f}",
        f"{cold.theirs.wall:.1f}",
        f"{cold.ratio.wall:.1f}",
        "",
        "",
    )


def _library(policy: Policy) -> Library:
    return resolve([policy], Settings())[0]


def _peers(folder: Path, one: Path, other: Path, runs: int, warm: float) -> Iterator[Row]:
    """Others' tools, where they are installed. They are given the same two files."""
    if which("git"):
        command = ("git", "diff", "--no-index", "--word-diff", "--output", folder / "peer.txt", one, other)
        took = median(lambda: subprocess.run(command, check=False, capture_output=True), runs)
        yield _peer("git diff --word-diff, process", took, warm)
    texts = one.read_text("utf-8"), other.read_text("utf-8")
    if find_spec("redlines"):
        from redlines import Redlines  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer, where it is installed

        yield _peer("redlines, warm", median(lambda: Redlines(*texts).output_markdown, runs), warm)
    if find_spec("xmldiff"):
        from xmldiff.main import diff_texts  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer, where it is installed

        trees = [_xml(text) for text in texts]
        yield _peer("xmldiff, warm", median(lambda: diff_texts(*trees), 3), warm)


def _xml(text: str) -> bytes:
    from xml.sax.saxutils import escape

    return ("<policy>" + "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line) + "</policy>").encode()


def _peer(name: str, took: float, warm: float) -> Row:
    return (name, _ms(warm), _ms(took), f"{warm / took:.2f}", "", "")


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:,.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"  # noqa: PLR2004  # two digits


def verdict(figure: float, most: float, shown: str) -> tuple[str, str]:
    """What was aimed at, and whether it was met."""
    return f"≤ {shown.format(most)}", "met" if figure <= most else "missed"


def _progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    import json

    print(json.dumps(huge(int(sys.argv[1]), int(sys.argv[2]))))
