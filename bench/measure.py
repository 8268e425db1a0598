"""Commands -> how long they took: wall time and CPU time of whole processes, run in turn."""

from __future__ import annotations

import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
Command = Sequence[str | Path]


class Sample(NamedTuple):
    """What one process took, in seconds; `cpu` is user and system time of all its threads."""

    wall: float
    cpu: float


class Comparison(NamedTuple):
    """Two commands run in turn: the median of each in milliseconds, and the median of the ratios of each pair."""

    ours: Sample
    theirs: Sample
    ratio: Sample


def machine(libraries: Sequence[str]) -> str:
    """Where and with what it was measured; a machine that does other work as well gives other figures."""
    named = ", ".join(f"{name} {version(name)}" for name in libraries)
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start. {named}."
    )


def progress(what: str) -> None:
    """Tell who waits at the terminal what comes next."""
    print(f"… {what}", file=sys.stderr, flush=True)


def python(*arguments: str | Path) -> Command:
    """A command line for the interpreter that runs this benchmark."""
    return (sys.executable, *arguments)


def compare(ours: Command, theirs: Command, runs: int) -> Comparison:
    """Run two commands in turn, A B A B, once without counting and then `runs` times.

    Both see the same machine: what slows it down for a while slows down both halves of a pair.
    """
    pairs = [(took(ours), took(theirs)) for _ in range(runs + 1)][1:]
    mine, other = zip(*pairs, strict=True)
    return Comparison(
        _each(lambda values: statistics.median(values) * 1000, mine),
        _each(lambda values: statistics.median(values) * 1000, other),
        _each(statistics.median, (Sample(a.wall / b.wall, a.cpu / b.cpu) for a, b in pairs)),
    )


def _each(figure: Callable[[list[float]], float], samples: Iterable[Sample]) -> Sample:
    walls, cpus = zip(*samples, strict=True)
    return Sample(figure(list(walls)), figure(list(cpus)))


def took(command: Command, most: float | None = None) -> Sample:
    """Run a command to its end and tell what it took; one that fails stops the benchmark with its own words.

    Raises `TimeoutExpired` where it takes more than so many seconds.
    """
    cpu, wall = _children(), time.perf_counter()
    _run(command, most)
    return Sample(time.perf_counter() - wall, _children() - cpu)


def told(command: Command) -> dict[str, float]:
    """Run a command that tells its own figures, as JSON on its output."""
    figures: dict[str, float] = json.loads(_run(command))
    return figures


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


def _run(command: Command, most: float | None = None) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=most
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def environment() -> dict[str, str]:
    """This checkout before any that is installed, and compiled modules kept, as they are for a user."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
