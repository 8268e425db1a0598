"""How fast `policytool import` is: a Word file, a PDF, a long document, a drawer; against LibreOffice and peers.

A peer makes text or Markdown of the same file. None of them finds clauses, counts numbers, or tells what it guessed.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from bench.generate import SETTINGS, write_policy, write_repository
from bench.measure import ROOT, Command, compare, in_turn, machine, median, progress, python, told, took
from bench.readers import pages, readers
from bench.table import figure, table, verdict
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.parse.markdown import policy as parse
from policytool.pipeline.imports import Imported, Wanted, imports
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.markdown import markdown
from policytool.render.pdf import pdf
from policytool.render.word import word
from policytool.resolve import resolve

REFERENCE = "social-media-staff"
MOST_WARM, MOST_LONG, MOST_PDF, MOST_MEMORY = 50.0, 3.0, 1000.0, 500.0
LONG, SIXTEEN = 6_100, 192
"""So many clauses fill about 450 pages, and sixteen."""
DRAWER, LIBRARY, EACH = 50, 100, 60
LIBRARIES = ("lxml", "pypdfium2", "markdown-it-py", "click")
Row = Sequence[str]


def run(runs: int, seed: int) -> str:
    """All measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), runs, seed))


def _sections(folder: Path, runs: int, seed: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    empty = folder / "empty"
    (empty / "source").mkdir(parents=True)
    (empty / "policytool.yaml").write_text(SETTINGS, "utf-8")
    progress("the reference as Word")
    header = ("the reference guidance as Word, ms", "ours", "theirs", "ratio", "target", "")
    yield table(header, list(_reference(folder, empty, runs)))
    progress("a PDF")
    paper = folder / "sixteen.pdf"
    paper.write_bytes(pdf(_edition(_generated(SIXTEEN, seed))))
    header = (f"a PDF of {pages(paper)} pages, ms", "ours", "theirs", "ratio", "target", "")
    yield table(header, list(_against(paper, empty, MOST_PDF, runs)))
    progress("a long Word file, and a drawer of documents")
    columns = ("whole processes", "time, s", "peak of memory, MB", "target", "", "target", "")
    yield table(columns, [_long(folder, empty, seed), _drawer(folder, seed)])


def _reference(folder: Path, empty: Path, runs: int) -> Iterator[Row]:
    repository = load(ROOT)
    path = folder / f"{REFERENCE}.docx"
    path.write_bytes(word(Edition(repository.library.policies[REFERENCE], repository.library)))
    yield from _against(path, empty, MOST_WARM, runs)
    if office := _office(folder, path):
        took(office)  # the first makes a profile
        cold = compare(python("-m", "bench.import_", empty, path), office, max(runs // 5, 3))
        walls = figure(cold.ours.wall), figure(cold.theirs.wall), f"{cold.ratio.wall:.2f}"
        yield ("import, process : LibreOffice, started anew", *walls, "", "")


def _office(folder: Path, path: Path) -> Command:
    """LibreOffice making text of a Word file, with a profile of its own; () where it is not installed."""
    soffice = which("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    wanted = ("--headless", profile, "--convert-to", "txt:Text", "--outdir", folder, path)
    return (soffice, *wanted) if soffice else ()


def _against(path: Path, empty: Path, most: float, runs: int) -> Iterator[Row]:
    """The import of a file in a warm process, alone and in turn with each peer that is installed."""
    ours = partial(_import, empty, path)
    warm = median(ours, runs)
    yield ("import, warm", figure(warm), "", "", *verdict(warm, most, "{:.0f}"))
    for name, theirs in readers(path).items():
        yield _peer(name, ours, theirs, max(runs // 5, 3))


def _peer(name: str, ours: Callable[[], object], theirs: Callable[[], str], runs: int) -> Row:
    if not theirs().strip():
        sys.exit(f"{name} read nothing")
    mine, other, ratio = in_turn(ours, theirs, runs)
    return (f"import : {_named(name)}, warm", figure(mine), figure(other), f"{ratio:.2f}", "", "")


def _named(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _import(root: Path, path: Path) -> Imported:
    """A document made a policy, every word accounted for; stops where it could not be."""
    [done] = imports(root, [path], Wanted())
    if done.problem:
        sys.exit(done.problem)
    return done


def _long(folder: Path, empty: Path, seed: int) -> Row:
    edition = _edition(_generated(LONG, seed))
    printed, path = folder / "long.pdf", folder / "long.docx"
    printed.write_bytes(pdf(edition))
    path.write_bytes(word(edition))
    figures = told(python("-m", "bench.import_", empty, path))
    return _process(f"a Word file of {pages(printed)} pages", figures, MOST_LONG)


def _drawer(folder: Path, seed: int) -> Row:
    """Fifty documents of every kind, into a library of a hundred policies."""
    library, drawer = folder / "library", folder / "drawer"
    library.mkdir()
    drawer.mkdir()
    write_repository(library, LIBRARY, seed)
    for place in range(DRAWER):
        policy = _generated(EACH, seed + 1_000 + place)
        edition = _edition(replace(policy, title=f"{policy.title} {place}"))
        form = ("docx", "docx", "pdf", "html", "txt")[place % 5]
        (drawer / f"document-{place}.{form}").write_bytes(_made(edition, form))
    figures = told(python("-m", "bench.import_", library, drawer))
    return _process(f"{DRAWER} documents, into a library of {LIBRARY}", figures, None)


def _made(edition: Edition, form: str) -> bytes:
    match form:
        case "docx":
            return word(edition)
        case "pdf":
            return pdf(edition)
        case "html":
            return html(edition)
        case _:
            return markdown(edition.policy).partition("\n---\n")[2].encode()


def _process(name: str, figures: dict[str, float], most: float | None) -> Row:
    seconds, megabytes = figures["seconds"], figures["megabytes"]
    times = verdict(seconds, most, "{:.0f} s") if most else ("", "")
    return (name, f"{seconds:.2f}", f"{megabytes:.0f}", *times, *verdict(megabytes, MOST_MEMORY, "{:.0f} MB"))


def _generated(clauses: int, seed: int) -> Policy:
    return parse(write_policy(clauses, seed), "generated", "generated.md")[0]


def _edition(policy: Policy) -> Edition:
    return Edition(policy, resolve([policy], Settings())[0])


def once(root: Path, path: Path) -> dict[str, float]:
    """Seconds and peak megabytes of an import, run in a process of its own; nothing is written."""
    start = time.perf_counter()
    done = imports(root, [path], Wanted())
    seconds = time.perf_counter() - start
    if problems := [one.problem for one in done if one.problem]:
        sys.exit("; ".join(problems))
    return {"seconds": seconds, "megabytes": _peak()}


def _peak() -> float:
    """The most memory that this process held, in megabytes: since it began, where the system tells it so."""
    status = Path("/proc/self/status")  # what getrusage tells may be the peak of the process that started this one
    lines = status.read_text().splitlines() if status.is_file() else []
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    return (own or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


if __name__ == "__main__":
    import json

    print(json.dumps(once(*map(Path, sys.argv[1:]))))
