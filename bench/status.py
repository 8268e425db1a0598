"""How fast `policytool status` and `remind` are: against `check` on the same policies, and with what they kept."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import SETTINGS, policy_id, write_policy, write_repository
from bench.measure import Command, Sample, machine, progress, python, took
from bench.records import write_records
from bench.table import figure, table, verdict

POLICIES = 1_000
SMALL_CLAUSES, GROWTH = 6, (1_000, 10_000)
TODAY = "2026-11-22"
MOST_COLD, MOST_WARM, MOST_GROWTH = 1.5, 2000.0, 1.2
LIBRARIES = ("pyyaml", "markdown-it-py", "click")
Row = Sequence[str]


def run(runs: int, seed: int) -> str:
    """All measurements; the report as Markdown."""
    return "\n\n".join(_sections(min(runs, 5), seed))


def _sections(runs: int, seed: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        progress(f"writing {POLICIES:,} policies with ten years of records")
        write_repository(Path(folder), POLICIES, seed)
        files = write_records(Path(folder), POLICIES, seed)
        progress("status and remind against check")
        columns = (f"{POLICIES:,} policies, {files:,} files of records, ms", "ours", "check", "ratio", "target", "")
        yield table(columns, list(_against_check(Path(folder), runs)))
    progress("growth")
    header = (
        "small policies with ten years of records, CPU ms",
        *(f"{count:,}" for count in GROWTH),
        "growth",
        "target",
        "",
    )
    yield table(header, list(_growth(seed)))


def _against_check(root: Path, runs: int) -> Iterator[Row]:
    """`check` reads the policies alone: their records stand aside meanwhile."""
    check = _aside(root, runs)
    for name in ("status", "remind"):
        cold = _median(_cold(root, name) for _ in range(runs))
        ratio = cold.wall / check.wall
        yield (f"{name}, cold", _ms(cold), _ms(check), f"{ratio:.2f}", *verdict(ratio, MOST_COLD, "{}"))
        warm = _median(took(_command(root, name)) for _ in range(runs))
        met = verdict(warm.wall * 1000, MOST_WARM, "{:.0f} ms")
        yield (f"{name}, with what was kept", _ms(warm), "", "", *met)


def _aside(root: Path, runs: int) -> Sample:
    records, aside = root / "reviews", root / "aside"
    records.rename(aside)
    try:
        return _median(took(_command(root, "check")) for _ in range(runs))
    finally:
        aside.rename(records)


def _growth(seed: int) -> Iterator[Row]:
    """Policies of a few clauses: what grows is their number, and that of their records.

    In CPU time, for 200,000 files that were just written wait for the disk.
    """
    figures: dict[str, list[float]] = {"cold": [], "warm": []}
    for count in GROWTH:
        with TemporaryDirectory(prefix="policytool-bench-") as folder:
            root = Path(folder)
            _write_small(root, count, seed)
            figures["cold"].append(_cold(root, "status").cpu)
            figures["warm"].append(_median(took(_command(root, "status")) for _ in range(3)).cpu)
    for name, (few, many) in figures.items():
        growth = many / few / (GROWTH[1] / GROWTH[0])
        shown = (figure(few * 1000), figure(many * 1000), f"{growth:.2f} of {GROWTH[1] // GROWTH[0]} times")
        yield (f"status, {name}", *shown, *verdict(growth, MOST_GROWTH, "{}"))


def _write_small(root: Path, count: int, seed: int) -> None:
    (root / "source").mkdir(parents=True)
    (root / "policytool.yaml").write_text(SETTINGS, "utf-8")
    for place in range(count):
        text = write_policy(SMALL_CLAUSES, seed + place)
        (root / "source" / f"{policy_id(place)}.md").write_text(text, "utf-8")
    write_records(root, count, seed)


def _cold(root: Path, name: str) -> Sample:
    shutil.rmtree(root / "build", ignore_errors=True)
    return took(_command(root, name))


def _command(root: Path, name: str) -> Command:
    return python("-m", "policytool", "--root", root, "--today", TODAY, name)


def _median(samples: Iterator[Sample]) -> Sample:
    walls, cpus = zip(*samples, strict=True)
    return Sample(statistics.median(walls), statistics.median(cpus))


def _ms(sample: Sample) -> str:
    return figure(sample.wall * 1000)
