"""The work of a build, shared among processes.

Each worker is a process of its own at the end of a pipe: it gets a task, sends what became of it, and ends when nobody
is left at the other end, however this process came to its own end. Workers are spawned, never forked, because Typst
does not bear it. A policy is made where it was read, as long as all have enough to do.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Self

from policytool.model.unable import UnableError
from policytool.pipeline.inputs import Common
from policytool.pipeline.outline import Read
from policytool.pipeline.workshop import Made, Order, Workshop
from policytool.store import files

ENOUGH = {"read": 24, "make": 8, "sum_up": 24, "bind": 2, "share": 8}
"""With more tasks than these, workers are worth their start of half a second."""
MOST_JOBS = 64
PATIENCE = 5
"""So many seconds a worker may take to finish what it is at when it is to end."""


def cores() -> int:
    """How many processors this process may use, as many as there may be workers at most."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, MOST_JOBS)


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection[Any, Any]


class Crew:
    """So many workers, started when there is work enough for them; until then, and with one, it is done here.

    Use it with `with`: the workers end with it.
    """

    def __init__(self, jobs: int, kind: type[Workshop] = Workshop) -> None:
        self._jobs, self._kind = jobs, kind
        self._here = kind()
        self._workers: list[_Worker] = []
        self._homes: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(PATIENCE)
            if worker.process.is_alive():
                worker.process.terminate()

    def expect(self, documents: int) -> None:
        """Start the workers now if so many documents are enough for them: they are ready when the work is."""
        if self._jobs > 1 and documents > ENOUGH["make"]:
            self._start()

    def read(self, sources: Sequence[files.SourceFile]) -> Iterator[Read]:
        """Read sources, in order."""
        return self.do("read", sources, [one.path for one in sources])

    def make(self, orders: Sequence[Order], common: Common) -> Iterator[Made]:
        """Make documents, in order."""
        return self.do("make", orders, [one.inputs.path for one in orders], common)

    def do(self, what: str, tasks: Sequence[Any], paths: Sequence[str], common: object = None) -> Iterator[Any]:
        """Do tasks of one kind, each of the source at a path, in order; all are told what they have in common."""
        if common is not None:
            self._here.told(common)
        if self._jobs == 1 or len(tasks) <= ENOUGH[what]:
            yield from map(getattr(self._here, what), tasks)
            return
        self._start()
        if common is not None:
            for worker in self._workers:
                self._send(worker, "told", common)
        yield from _Round(self._workers, self._homes, what, tasks, paths).results()

    def _start(self) -> None:
        context = get_context("spawn")
        with _undisturbed():
            while len(self._workers) < self._jobs:
                ours, theirs = context.Pipe()
                process = context.Process(target=serve, args=(theirs, self._kind), daemon=True)
                process.start()
                theirs.close()
                self._workers.append(_Worker(process, ours))

    def _send(self, worker: _Worker, what: str, task: object) -> None:
        with _told(worker):
            worker.pipe.send((what, task))


class _Round:
    """Tasks of one kind, each for the worker that has read its source; who has none left takes from who has most."""

    def __init__(
        self, workers: Sequence[_Worker], homes: dict[str, int], what: str, tasks: Sequence[Any], paths: Sequence[str]
    ) -> None:
        self.workers, self.homes, self.what, self.tasks, self.paths = workers, homes, what, tasks, paths
        self.queues: list[deque[int]] = [deque() for _ in workers]
        for place, path in enumerate(paths):
            self.queues[homes.get(path, place % len(workers))].append(place)
        self.busy: dict[int, int] = {}
        self.done: dict[int, Any] = {}

    def results(self) -> Iterator[Any]:
        """What became of each task, in order."""
        for number in range(len(self.workers)):
            self._give(number)
        for place in range(len(self.tasks)):
            while place not in self.done:
                self._collect()
            yield self.done.pop(place)

    def _give(self, number: int) -> None:
        """Give a worker its next task. Only one that waits for it gets one, so that no two wait for each other."""
        queue = self.queues[number] or max(self.queues, key=len)
        if not queue:
            return
        place = queue.popleft() if queue is self.queues[number] else queue.pop()
        self.homes[self.paths[place]] = number
        self.busy[number] = place
        with _told(self.workers[number]):
            self.workers[number].pipe.send((self.what, self.tasks[place]))

    def _collect(self) -> None:
        pipes = {self.workers[number].pipe: number for number in self.busy}
        for pipe in wait(list(pipes)):
            number = pipes[pipe]  # type: ignore[index]  # only pipes are waited for
            with _told(self.workers[number]):
                result = self.workers[number].pipe.recv()
            if isinstance(result, BaseException):
                raise result
            self.done[self.busy.pop(number)] = result
            self._give(number)


@contextmanager
def _told(worker: _Worker) -> Iterator[None]:
    """Tell in words that a worker has died."""
    try:
        yield
    except (EOFError, OSError) as error:
        worker.process.join(1)
        code = worker.process.exitcode or 0
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        advice = "what was built is whole; go on with the same command, or with `--jobs 1` if memory is short"
        raise UnableError(f"a worker of the build {how}", advice) from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Start processes that take no notice of Ctrl-C: it is this one that ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def serve(pipe: Connection[Any, Any], kind: type[Workshop]) -> None:
    """Do what comes through the pipe until nobody is left at its other end."""
    gc.set_threshold(50_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    workshop = kind()
    with suppress(EOFError, OSError):
        while True:
            what, task = pipe.recv()
            if what == "told":
                workshop.told(task)
            else:
                pipe.send(_tried(workshop, what, task))


def _tried(workshop: Workshop, what: str, task: object) -> object:
    """What became of a task, or the mistake of ours that kept it from becoming anything."""
    try:
        return getattr(workshop, what)(task)
    except Exception as error:  # noqa: BLE001  # told by the process that gave the task
        return RuntimeError(f"{type(error).__name__}: {error}")
