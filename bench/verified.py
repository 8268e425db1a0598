"""How fast `policytool verify` is: against hashing the same files, and against building them once."""

from __future__ import annotations

import hashlib
import os
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from bench.generate import policy_id, write_repository
from bench.measure import Command, Sample, compare, in_turn, python, took
from bench.records import write_records
from bench.table import figure, verdict
from policytool import __version__
from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Moment
from policytool.pipeline.issue import FORMATS, Archive, Issue
from policytool.pipeline.listed import listed
from policytool.pipeline.outline import outlined
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.verify import verify
from policytool.pipeline.workers import Crew, cores
from policytool.render.published import index
from policytool.render.records import record as written
from policytool.store.files import PUBLISHED
from policytool.store.history import History
from policytool.store.published import write_index

POLICIES, VERSIONS = 100, 5
MOST_HASHED, MOST_REBUILT = 3.0, 1.2
TODAY = date(2026, 11, 22)
_HASHING = """
import hashlib, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb", buffering=0) as file:
            hashlib.file_digest(file, "sha256").hexdigest()
"""
Row = Sequence[str]


def rows(root: Path, runs: int) -> Iterator[Row]:
    """What `verify` takes, in a repository that `write_published` made: measured, against, ratio, target, verdict."""
    ours, theirs, ratio = in_turn(partial(verify, root, root / PUBLISHED), partial(_hash, root), 3 * runs)
    each = (figure(ours), figure(theirs))
    yield ("verify --no-rebuild : hashing, warm, ms", *each, f"{ratio:.2f}", *verdict(ratio, MOST_HASHED, "{}"))
    hashing = python("-c", _HASHING, root / PUBLISHED)
    held = compare(_verify(root, "--no-rebuild"), hashing, runs)
    ratio = held.ratio.wall
    each = (figure(held.ours.wall), figure(held.theirs.wall))
    yield ("the same as whole processes, start-up and all, ms", *each, f"{ratio:.2f}", "–", "")
    built = _built(root, runs)
    again = took(_verify(root, "--jobs", "1"))
    ratio = again.cpu / built.cpu
    each = (figure(again.cpu * 1000), figure(built.cpu * 1000))
    yield ("verify, one worker : building once, CPU ms", *each, f"{ratio:.2f}", *verdict(ratio, MOST_REBUILT, "{}"))


def _hash(root: Path) -> None:
    for folder, _, names in os.walk(root / PUBLISHED):
        for name in names:
            with open(os.path.join(folder, name), "rb", buffering=0) as file:  # noqa: PTH118, PTH123  # as quick as can be
                hashlib.file_digest(file, "sha256").hexdigest()


def _verify(root: Path, *options: str) -> Command:
    return python("-m", "policytool", "--root", root, "verify", *options)


def _built(root: Path, runs: int) -> Sample:
    """What it takes to build as many documents once: the working text, as often as there are versions."""
    command = python("-m", "policytool", "--root", root, "build", "--dry-run", "--jobs", "1")
    samples = [took(command) for _ in range(min(runs, 3))]
    wall, cpu = (statistics.median(each) for each in zip(*samples, strict=True))
    return Sample(wall * VERSIONS, cpu * VERSIONS)


# A repository that has published


def write_published(root: Path, count: int, seed: int) -> None:
    """A repository of generated policies with ten years of records, each of which went out in five versions."""
    write_repository(root, count, seed)
    write_records(root, count, seed)
    (root / ".gitignore").write_text("build/\n", "utf-8")
    _git(root, "init", "-q", "-b", "main")
    commit = _committed(root, "Begin")
    reviews = outlined(root)
    with History(root) as history, Crew(cores()) as crew:
        archive = Archive(reviews, history, crew.read)
        for number in range(VERSIONS):
            _issue(archive, crew, [*_issues(reviews, count, number, commit)])
    reviews = outlined(root)
    with History(root) as history:
        archive = Archive(reviews, history)
        for name, dossier in reviews.dossiers.items():
            write_index(root, name, index(listed(archive, dossier, TODAY)))
    _committed(root, "Publish")


def _issues(reviews: Reviews, count: int, number: int, commit: str) -> Iterator[Issue]:
    """What went out after the review of one year: its wording, among the wordings of the others of that year."""
    names = [policy_id(place) for place in range(count)]
    approved = {name: _governors(reviews, name)[number] for name in names}
    for name in names:
        held = approved[name].held
        records = tuple(sorted(one.name for one in reviews.records[name] if one.held.first <= held.first))
        yield Issue(name, str(held), str(held), approved[name].fingerprint, (), records, commit)


def _governors(reviews: Reviews, name: str) -> Sequence[Record]:
    return sorted((one for one in reviews.records[name] if one.cycle == "governors"), key=lambda one: one.held.first)


def _issue(archive: Archive, crew: Crew, issues: Sequence[Issue]) -> None:
    """Make the documents of issues, and record them."""
    root, commit = archive.reviews.repository.root, issues[0].commit
    cited = [replace(one, relied_on=tuple(_relied_on(archive, one, issues))) for one in issues]
    orders = [archive.order(one, folder=one.path) for one in cited]
    common = archive.common(commit, root / PUBLISHED, dry_run=False)
    for one, made in zip(cited, crew.make(orders, common), strict=True):
        paths = {form: f"{one.path}/{one.policy}.{form}" for form in FORMATS}
        files = [_file(root, paths[form], made.digests[form]) for form in FORMATS]
        said = Publication(one.version, one.relied_on, commit, __version__, tuple(files), one.records)
        held = Moment(int(one.version[:4]) + 1, 12, 31)
        record = Record("publication", one.policy, held, fingerprint=one.fingerprint, publication=said)
        (root / "reviews" / one.policy / f"{held}-publication.yaml").write_bytes(written(record))


def _relied_on(archive: Archive, issue: Issue, issues: Sequence[Issue]) -> Iterator[tuple[str, str]]:
    known = {one.policy: one.fingerprint for one in issues}
    cites = archive.outline(issue.policy, issue.fingerprint).cites
    yield from ((other, known[other]) for other in dict.fromkeys(name for name, _ in cites) if other in known)


def _file(root: Path, path: str, digest: str) -> PublishedFile:
    return PublishedFile(path, digest, (root / PUBLISHED / path).stat().st_size)


def _committed(root: Path, message: str) -> str:
    _git(root, "add", "-A")
    _git(root, "-c", "user.name=Bench", "-c", "user.email=bench@school.example", "commit", "-q", "-m", message)
    return _git(root, "rev-parse", "HEAD")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()
