"""A school that has published: records, and files laid out below `build/published/`, as `publish` leaves them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Moment
from policytool.pipeline.issue import Archive, Issue, documents
from policytool.pipeline.outline import outlined
from policytool.pipeline.verify import TOOL
from policytool.render.records import record as written
from policytool.store.history import History
from tests.history import BODY
from tests.reviewed import School, reviewed, text

__all__ = ["publish", "published", "reviewed", "verified"]
_HEAD = re.compile(r"(.*?)(?::\d+:\d+)?: (?:error|warning)\[(PT\d+)\] ")
CURRENT, OLD = "one/2025-09-14/one", "one/2023-09-14/one"


def publish(school: School, day: str, tool: str = TOOL, *, commit: bool = True) -> None:
    """Publish the policy `one` as it counts now, on a day; `tool` is what the record says of who made it."""
    with History(school.root) as history:
        archive = Archive(outlined(school.root), history)
        issue = archive.now("one", history.head().hash)
        made = documents(archive, issue)
    files = [(f"{issue.path}/one.{form}", content) for form, content in made.items()]
    for path, content in files:
        school.write_raw(f"build/published/{path}", content)
    school.write_raw(f"reviews/one/{day}-publication.yaml", written(_record(issue, day, tool, files)))
    if commit:
        school.commit({}, f"Publish {issue.version}", f"{day}T12:00:00Z")


def _record(issue: Issue, day: str, tool: str, files: Sequence[tuple[str, bytes]]) -> Record:
    manifest = tuple(PublishedFile(path, sha256(content).hexdigest(), len(content)) for path, content in files)
    said = Publication(issue.version, issue.relied_on, issue.commit, tool, manifest, issue.records)
    held = Moment(*map(int, day.split("-")))
    record = Record("publication", "one", held, fingerprint=issue.fingerprint, publication=said)
    return replace(record, path=f"reviews/one/{day}-publication.yaml")


@pytest.fixture
def published(reviewed: School) -> School:
    """Two versions of a policy, published and committed."""
    for year in (2023, 2025):
        words = text(BODY.replace("in mind", f"in mind in {year}"))
        reviewed.commit({"source/one.md": words}, f"Word it for {year}", f"{year}-09-01T12:00:00Z")
        reviewed.review("governors", f"{year}-09-14")
        publish(reviewed, f"{year}-09-20")
    return reviewed


def verified(
    school: School, capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[str], list[tuple[str, str]]]:
    """The exit code of `verify`, its lines, and what it found: code, and name of the file."""
    capsys.readouterr()
    code = school.run("verify", *map(str, arguments))
    said = capsys.readouterr()
    heads = [match.groups() for line in said.err.splitlines() if (match := _HEAD.match(line))]
    return code, said.out.splitlines(), [(code, path.rpartition("/")[2]) for path, code in heads]
