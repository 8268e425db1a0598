"""How fast `policytool build` is: against the floor, against a bare Python, and against pandoc.

The floor (`bench.floor`) makes the same three files from prepared data with the same libraries and does nothing else.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from bench.generate import policy_id, write_repository
from bench.measure import ROOT, Command, Comparison, compare, machine, progress, python, told, took
from bench.table import table

REFERENCE = "social-media-staff"
SOURCE = ROOT / "source" / f"{REFERENCE}.md"
FLOOR = Path(__file__).with_name("floor.py")
POLICIES, WARM_UP, PASSES = 100, 5, 3
MOST_COLD, MOST_WARM, MOST_BARE = 2.0, 1.3, 6.0
PARTS = ("parse", "resolve and check", "docx", "pdf", "html", "write")
LIBRARIES = ("typst", "python-docx", "lxml", "jinja2", "markdown-it-py", "click")


def run(runs: int, seed: int) -> str:
    """All four measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), runs, seed))


def _sections(folder: Path, runs: int, seed: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    progress("whole processes")
    yield _wholes(list(_cold(folder, runs)))
    progress(f"{POLICIES} generated policies, {PASSES} times")
    yield _generated(folder, seed)


# Whole processes


def _cold(folder: Path, runs: int) -> Iterator[Sequence[str]]:
    build, bare = _build(folder, REFERENCE, "--out", _made(folder / "ours")), python("-c", "pass")
    yield _row("build, three formats : floor", compare(build, _floor(folder), runs), MOST_COLD)
    yield _row("--version : python -c pass", compare(_ours("--version"), bare, 2 * runs), MOST_BARE)
    yield _row("--help : python -c pass", compare(_ours("--help"), bare, 2 * runs), MOST_BARE)
    if pandoc := _pandoc(folder):
        word = _build(folder, REFERENCE, "--to", "docx", "--out", folder / "ours")
        yield _row("build --to docx : pandoc", compare(word, pandoc, runs), None)


def _ours(*arguments: str | Path) -> Command:
    return python("-m", "policytool", *arguments)


def _build(folder: Path, *arguments: str | Path) -> Command:
    """A build of the reference library where nothing can be kept, so that everything is made each time."""
    root = folder / "reference"
    if not root.exists():
        for part in ("source", "reviews"):
            shutil.copytree(ROOT / part, root / part)
        shutil.copy(ROOT / "policytool.yaml", root)
        _keep_nothing(root)
    return _ours("--root", root, "build", *arguments)


def _keep_nothing(root: Path) -> None:
    """Let a file stand where the folder of what is kept would be."""
    (root / "build").write_text("", "utf-8")


def _floor(folder: Path) -> Command:
    """The floor's command for the reference, once it has been seen to make what we make."""
    prepared, out = folder / "floor-data", _made(folder / "floor")
    took(python("-m", "bench.prepare", ROOT, prepared, REFERENCE))
    command = python(FLOOR, prepared, out, REFERENCE)
    took(command)
    took(_build(folder, REFERENCE, "--out", folder / "ours"))
    _compare_files(folder / "ours" / REFERENCE, out / REFERENCE)
    return command


def _compare_files(ours: Path, floor: Path) -> None:
    """Stop unless the floor's HTML and Word text are ours to the byte: else the comparison would mean nothing."""
    same_html = ours.with_suffix(".html").read_bytes() == floor.with_suffix(".html").read_bytes()
    if not same_html or _body(ours) != _body(floor):
        sys.exit("the floor and policytool do not make the same files any more: mend bench/prepare.py or floor.py")


def _body(stem: Path) -> bytes:
    with ZipFile(stem.with_suffix(".docx")) as package:
        return package.read("word/document.xml").partition(b"<w:body>")[2]


def _pandoc(folder: Path) -> Command | None:
    """Pandoc's own binary, from Markdown to Word: our source is the Markdown, its front matter and all."""
    try:
        from pypandoc import get_pandoc_path  # type: ignore[import-untyped]  # an extra
    except ImportError:
        progress("pypandoc_binary is not installed (pip install 'policytool[bench]'): pandoc is left out")
        return None
    return (get_pandoc_path(), "--from=markdown", "--to=docx", f"--output={folder / 'pandoc.docx'}", SOURCE)


def _row(name: str, measured: Comparison, target: float | None) -> Sequence[str]:
    ours, theirs, ratio = measured
    times = (f"{time:.1f}" for time in (ours.wall, theirs.wall, ours.cpu, theirs.cpu))
    return (name, *times, f"{ratio.wall:.2f}", f"{ratio.cpu:.2f}", *_verdict(ratio.wall, target))


def _wholes(rows: list[Sequence[str]]) -> str:
    header = (
        "whole process, ms",
        "wall, ours",
        "theirs",
        "CPU, ours",
        "theirs",
        "wall ratio",
        "CPU ratio",
        "target",
        "",
    )
    return table(header, rows)


def _verdict(ratio: float, target: float | None) -> tuple[str, str]:
    return (f"≤ {target:.1f}", "met" if ratio <= target else "missed") if target else ("–", "")


# One process, many policies


def _generated(folder: Path, seed: int) -> str:
    """CPU time a policy in one warm process, ours and the floor's run in turn, and where the time goes."""
    root, prepared = folder / "generated", folder / "generated-data"
    write_repository(root, POLICIES, seed)
    write_repository(folder / "generated-warm", WARM_UP, seed + 1)
    _keep_nothing(root)
    _keep_nothing(folder / "generated-warm")
    took(python("-m", "bench.prepare", root, prepared))
    out = _made(folder / "warm")
    floor = python(FLOOR, prepared, out, *map(policy_id, range(POLICIES)))
    ours = [python("-m", "bench.ours", kind, root, out) for kind in ("whole", "parts")]
    passes = [(told(ours[0]), told(floor), told(ours[1])) for _ in range(PASSES)]
    return _parts(*(_medians(figures) for figures in zip(*passes, strict=True)))


def _medians(passes: Iterable[dict[str, float]]) -> dict[str, float]:
    """The median of each figure, in milliseconds a policy."""
    figures = list(passes)
    return {name: statistics.median(one[name] for one in figures) * 1000 / POLICIES for name in figures[0]}


def _parts(whole: dict[str, float], floor: dict[str, float], parts: dict[str, float]) -> str:
    rows: list[Sequence[str]] = [_part(name, parts[name], floor.get(name)) for name in PARTS]
    ratio = whole["all"] / floor["all"]
    rows += [("all", f"{whole['all']:.2f}", f"{floor['all']:.2f}", f"{ratio:.2f}", *_verdict(ratio, MOST_WARM))]
    return table((f"{POLICIES} policies, CPU ms each", "ours", "floor", "ratio", "target", ""), rows)


def _part(name: str, ours: float, floor: float | None) -> Sequence[str]:
    against = ("–", "") if floor is None else (f"{floor:.2f}", f"{ours / floor:.2f}")
    return (name, f"{ours:.2f}", *against, "", "")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
