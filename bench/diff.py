"""How fast `policytool diff` is: against tokenising both sides, against a bare process, and at its worst.

The floor of the values is what any word differ does first: `re.findall` over the plain text of every passage of both.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import peers
from bench.edits import SEVEN, as_values, made, parsed, revised, reworded, seven_edits
from bench.measure import ROOT, Command, compare, in_turn, machine, median, progress, python, told
from bench.table import figure, table, verdict
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
from policytool.render.word import redline, word
from policytool.resolve import resolve

SIZES = 100, 1_000, 10_000
HUGE = 100_000
MOST_OF_FLOOR, MOST_GROWTH, MOST_SEVEN, MOST_COLD, MOST_REDLINE, MOST_WORST = 3.0, 1.2, 3.0, 1.4, 2000.0, 2000.0
LIBRARIES = ("rapidfuzz", "markdown-it-py", "mdit-py-plugins", "pyyaml", "click")
FLOOR = ROOT / "bench" / "diff_floor.py"
SOURCE = ROOT / "source" / "social-media-staff.md"
_TOKEN = re.compile(r"\w+|[^\w\s]")
Row = Sequence[str]


def run(runs: int, seed: int, *, peers_large: bool = False) -> str:
    """All measurements; the report as Markdown. The fastest Word comparer has a long document to do only if wished."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), runs, seed, large=peers_large))


def _sections(folder: Path, runs: int, seed: int, *, large: bool) -> Iterator[str]:
    yield machine(LIBRARIES)
    progress("parsed policies against the floor")
    header = ("two policies as values, ms", "compare", "tokenise", "ratio", "target", "")
    yield table(header, [_against_floor(size, seed) for size in SIZES])
    progress(f"{HUGE:,} clauses, in processes of their own")
    yield table((f"{HUGE:,} clauses as values", "time, s", "peak of the comparison, MB", "target", ""), _growth(seed))
    progress("worst cases")
    yield table(("the worst, ms", "compare", "changes", "target", ""), list(_worst(seed)))
    progress("the reference guidance with the seven classic edits, redlines, whole processes")
    rows = list(_seven(folder, runs, large=large))
    yield table(("the seven classic edits, ms", "ours", "theirs", "ratio", "target", ""), rows)


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
    times = figure(took / count), figure(floor / count), f"{ratio:.2f}"
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
    return (name, figure(took), str(edits), *verdict(took, MOST_WORST, "{:.0f}"))


# The seven classic edits


def _seven(folder: Path, runs: int, *, large: bool) -> Iterator[Row]:
    old = parse(SOURCE.read_text("utf-8"), "social-media-staff", "x.md")[0]
    new = seven_edits(old)
    edits = len(made(compare_policies(old, new)))
    if edits != SEVEN:
        sys.exit(f"the seven classic edits give {edits} changes: mend the comparison first")
    warm = median(lambda: compare_policies(old, new), 200)
    yield ("compare, warm", figure(warm), "", "", *verdict(warm, MOST_SEVEN, "{:.0f}"))
    texts, files = _written(folder, "", old, new)
    cold = compare(_differs(texts), python(FLOOR, *texts), runs)
    walls = f"{cold.ours.wall:.1f}", f"{cold.theirs.wall:.1f}", f"{cold.ratio.wall:.2f}"
    yield ("diff OLDFILE NEWFILE, process : floor", *walls, *verdict(cold.ratio.wall, MOST_COLD, "{:.1f}"))
    yield from _redlines(old, new)
    redlined = _redlined(folder, texts)
    bare = compare(redlined, python("-c", "pass"), max(runs // 3, 1))
    walls = f"{bare.ours.wall:.1f}", f"{bare.theirs.wall:.1f}", f"{bare.ratio.wall:.1f}"
    yield ("redline, process : python -c pass", *walls, "", "")
    progress("peers")
    yield from peers.of_text(folder, texts, runs, warm, cold.ours.wall)
    yield from _word_peers(folder, runs, redlined, files, large=large)


def _word_peers(folder: Path, runs: int, redlined: Command, files: peers.Pair, *, large: bool) -> Iterator[Row]:
    measured = peers.of_word(folder, redlined, files, runs)
    yield from peers.word_rows(measured)
    fastest = peers.fastest(measured)
    if large and fastest:
        big = parsed(SIZES[-1], 1)
        texts, files = _written(folder, "big-", big, revised(big, 1))
        yield peers.large_row(f"of {SIZES[-1]:,} clauses, once", _redlined(folder, texts), fastest, folder, files)


def _written(folder: Path, prefix: str, *policies: Policy) -> tuple[peers.Pair, peers.Pair]:
    """Two policies as files of text, and of Word."""
    texts, files = (
        peers.Pair(*(folder / f"{prefix}{name}.{kind}" for name in ("old", "new"))) for kind in ("md", "docx")
    )
    for policy, text, file in zip(policies, texts, files, strict=True):
        text.write_text(markdown(policy), "utf-8")
        file.write_bytes(word(Edition(policy, _library(policy))))
    return texts, files


def _differs(texts: peers.Pair) -> Command:
    return python("-m", "bench.differs", "diff", *texts)


def _redlined(folder: Path, texts: peers.Pair) -> Command:
    return (*_differs(texts), "--to", "docx", "--out", folder / "redline.docx")


def _redlines(old: Policy, new: Policy) -> Iterator[Row]:
    """The redline: of the reference, and of a long document."""
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
        yield (name, figure(took), "", "", *(verdict(took, most, "{:.0f}") if most else ("", "")))


def _library(policy: Policy) -> Library:
    return resolve([policy], Settings())[0]


if __name__ == "__main__":
    import json

    print(json.dumps(huge(int(sys.argv[1]), int(sys.argv[2]))))
