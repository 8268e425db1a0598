"""A school that has published: records, and files laid out below `build/published/`, as `publish` leaves them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.history import BODY
from tests.reviewed import School, reviewed, text

__all__ = ["publish", "published", "reviewed", "verified"]
_HEAD = re.compile(r"(.*?)(?::\d+:\d+)?: (?:error|warning)\[(PT\d+)\] ")
CURRENT, OLD = "one/2025-09-14/one", "one/2023-09-14/one"


def publish(school: School, day: str, tool: str = "", *, commit: bool = True) -> None:
    """Publish the policy `one` as it counts now, on a day; `tool` is what the record says of who made it."""
    assert school.run("--today", day, "--quiet", "publish", "one") == 0
    if tool:
        record = school.root / f"reviews/one/{day}-publication.yaml"
        record.write_text(re.sub("(?m)^tool: .*$", f"tool: {tool}", record.read_text("utf-8")), "utf-8")
    if commit:
        school.commit({}, "Publish", f"{day}T12:00:00Z")


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
