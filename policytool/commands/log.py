"""`policytool log`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from policytool.cli import CLEAN, Session
from policytool.model.comparison import ChangeKind
from policytool.model.version import Version
from policytool.pipeline.versions import Versions
from policytool.render.terminal import diagnostics, printable

_WIDEST_AUTHOR = 24
_WORDS = {
    "first": "first version",
    "cut off": "oldest version here",
    "same": "wording unchanged",
    "removed": "removed",
    "unreadable": "cannot be read",
}
# What each kind of edit counts as; who moved a clause and reworded it did both.
_COUNTED = {
    "inserted": (ChangeKind.INSERTED,),
    "deleted": (ChangeKind.DELETED,),
    "moved": (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED),
    "reworded": (ChangeKind.REWORDED, ChangeKind.MOVED_AND_REWORDED),
    "split": (ChangeKind.SPLIT,),
    "merged": (ChangeKind.MERGED,),
}


@click.command("log")
@click.argument("policy")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.pass_obj
def command(session: Session, policy: str, form: str) -> int:
    """List the versions of a policy, newest first.

    POLICY is an id or a file in source/. Each version is told with its day, its commit, its author, what changed since
    the version before, and the review that approved it. A file that was renamed is followed.
    """
    with Versions(session.load()) as versions:
        found, missing = versions.log(policy)
        days = [versions.day(version.commit).isoformat() for version in found]
    for line in diagnostics(missing, {}):
        click.echo(line, err=True)
    for line in _json(found, days) if form == "json" else _table(found, days):
        click.echo(line)
    return CLEAN


def _table(versions: Sequence[Version], days: Sequence[str]) -> Iterator[str]:
    """A line a version, in columns."""
    rows = [
        (day, version.commit.short, _shortened(printable(version.commit.author)), _change(version), version.approved_by)
        for version, day in zip(versions, days, strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shortened(name: str) -> str:
    return name if len(name) <= _WIDEST_AUTHOR else name[: _WIDEST_AUTHOR - 1] + "…"


def _change(version: Version) -> str:
    """What changed, in words: "1 inserted, 3 reworded"."""
    counts = [f"{number} {kind}" for kind, number in _counts(version).items() if number]
    said = ", ".join(counts) if version.wording == "changed" else _WORDS[version.wording]
    return f"{said}; renamed from {printable(version.renamed_from)}" if version.renamed_from else said


def _counts(version: Version) -> dict[str, int]:
    return {noun: sum(version.counts.get(kind, 0) for kind in kinds) for noun, kinds in _COUNTED.items()}


def _json(versions: Sequence[Version], days: Sequence[str]) -> Iterator[str]:
    import json

    shown = [_fields(version, day) for version, day in zip(versions, days, strict=True)]
    # Names of files and people may hold bytes that are no text: JSON escapes them.
    yield json.dumps({"version": 1, "versions": shown}, indent=2)


def _fields(version: Version, day: str) -> dict[str, object]:
    return {
        "date": day,
        "commit": version.commit.hash,
        "author": version.commit.author,
        "subject": version.commit.subject,
        "path": version.path,
        "renamed-from": version.renamed_from,
        "wording": version.wording,
        **_counts(version),
        "approved-by": version.approved_by,
    }
