"""How fast a large library is built, by one worker and by two, built again when little changed, and checked.

The floor (`bench.floor`) makes the same files of prepared data; it is given a part of the same policies, since what is
compared is the time of one.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.generate import SETTINGS, policy_id, write_policy, write_repository
from bench.measure import ROOT, Command, environment, machine, progress, python, told, took
from bench.table import table, verdict

POLICIES, OF_FLOOR = 1_000, 200
SMALL_CLAUSES, GROWTH = 40, (100, 1_000, 10_000)
FLOOR = Path(__file__).with_name("floor.py")
MOST_CPU, MOST_MEMORY, LEAST_SPEED = 1.3, 300.0, 1.7
MOST_NOTHING, MOST_ONE, MOST_CHECK, MOST_GROWTH = 1.0, 1.3, 6.0, 1.2
LIBRARIES = ("typst", "python-docx", "lxml", "jinja2", "markdown-it-py", "click")
Row = Sequence[str]


class Spent(NamedTuple):
    """What a process and those that it started took: seconds on the clock and of all processors, and megabytes.

    `peak` is that of the largest of these processes.
    """

    wall: float
    cpu: float
    peak: float


def run(runs: int, seed: int) -> str:
    """All measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), min(runs, 5), seed))


def _sections(folder: Path, runs: int, seed: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    progress(f"writing {POLICIES:,} policies, and the floor's data")
    root, prepared = folder / "library", folder / "prepared"
    write_repository(root, POLICIES, seed)
    names = [policy_id(place) for place in range(OF_FLOOR)]
    took(python("-m", "bench.prepare", root, prepared, *names))
    header = (f"{POLICIES:,} policies, three formats", "measured", "against", "ratio", "target", "")
    yield table(header, [*_built(root, prepared, names), *_again(root, runs)])
    progress("check")
    yield table((f"{POLICIES:,} policies, s", "median", "target", ""), [_checked(root, runs)])
    counts = (f"{count:,}" for count in GROWTH)
    yield table(("smaller policies, s", *counts, "growth", "target", ""), [_growth(folder, seed)])


def _built(root: Path, prepared: Path, names: Sequence[str]) -> Iterator[Row]:
    """Everything, with nothing kept."""
    progress("the floor, in one process and in two")
    out = root / "floor"
    out.mkdir()
    cpu = told(python(FLOOR, prepared, out, *names))["all"] / len(names)
    floor = _together([python(FLOOR, prepared, out, *names)]) / _together(_halves(prepared, out, names))
    progress("one worker")
    one = _afresh(root, 1)
    ratio = one.cpu / POLICIES / cpu
    each = (f"{one.cpu * 1000 / POLICIES:.1f} ms", f"{cpu * 1000:.1f} ms")
    yield ("one worker, CPU each : floor", *each, f"{ratio:.2f}", *verdict(ratio, MOST_CPU, "{}"))
    yield ("one worker, memory", f"{one.peak:.0f} MB", "", "", *verdict(one.peak, MOST_MEMORY, "{:.0f} MB"))
    progress("two workers")
    two = _afresh(root, 2)
    speed = one.wall / two.wall
    met = "met" if speed >= LEAST_SPEED else "missed"
    yield ("one worker : two, wall", f"{one.wall:.1f} s", f"{two.wall:.1f} s", f"{speed:.2f}", f"≥ {LEAST_SPEED}", met)
    yield ("the floor in one process : in two", "", "", f"{floor:.2f}", "", "")


def _halves(prepared: Path, out: Path, names: Sequence[str]) -> list[Command]:
    half = len(names) // 2
    return [python(FLOOR, prepared, out, *part) for part in (names[:half], names[half:])]


def _together(commands: Sequence[Command]) -> float:
    """The seconds that commands take side by side."""
    start = time.perf_counter()
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL) for command in commands
    ]
    codes = [one.wait() for one in running]
    if any(codes):
        sys.exit("the floor failed")
    return time.perf_counter() - start


def _afresh(root: Path, jobs: int) -> Spent:
    shutil.rmtree(root / "build", ignore_errors=True)
    return _spent(_command(root, "build", "--jobs", str(jobs)))


def _again(root: Path, runs: int) -> Iterator[Row]:
    """The same once more, and with a word more in one policy."""
    progress("built again")
    nothing = statistics.median(_spent(_command(root, "build")).wall for _ in range(runs))
    yield ("built again, nothing changed", f"{nothing:.2f} s", "", "", *verdict(nothing, MOST_NOTHING, "{} s"))
    walls = []
    for place in range(runs):
        source = root / "source" / f"{policy_id(place)}.md"
        source.write_text(source.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
        walls.append(_spent(_command(root, "build")).wall)
    one = statistics.median(walls)
    yield ("built again, one changed", f"{one:.2f} s", "", "", *verdict(one, MOST_ONE, "{} s"))


def _checked(root: Path, runs: int) -> Row:
    cold = statistics.median(_spent(_command(root, "check")).wall for _ in range(runs))
    return ("check", f"{cold:.2f}", *verdict(cold, MOST_CHECK, "{}"))


def _growth(folder: Path, seed: int) -> Row:
    """Policies of forty clauses: what grows is their number. The start of the process does not count."""
    start = _spent(_command(_small(folder / "none", 1, seed), "check")).cpu
    spent = [_spent(_command(_small(folder / str(count), count, seed), "check")).cpu - start for count in GROWTH]
    growth = spent[-1] / spent[0] / (GROWTH[-1] / GROWTH[0])
    shown = f"{growth:.2f} of {GROWTH[-1] // GROWTH[0]} times"
    return ("check, CPU", *(f"{one:.2f}" for one in spent), shown, *verdict(growth, MOST_GROWTH, "{}"))


def _small(root: Path, count: int, seed: int) -> Path:
    (root / "source").mkdir(parents=True)
    (root / "policytool.yaml").write_text(SETTINGS, "utf-8")
    for place in range(count):
        (root / "source" / f"{policy_id(place)}.md").write_text(write_policy(SMALL_CLAUSES, seed + place), "utf-8")
    return root


def _command(root: Path, *arguments: str) -> Command:
    return python("-m", "policytool", "--quiet", "--root", root, *arguments)


def _spent(command: Command) -> Spent:
    """Run a command to its end; one that fails stops the benchmark with its own words."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        said = running.stderr.read() if running.stderr else ""
        _, code, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(code)
    if running.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{said}")
    return Spent(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
