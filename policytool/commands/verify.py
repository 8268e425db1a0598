"""`policytool verify`."""

from __future__ import annotations

from pathlib import Path

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.proof import Verified
from policytool.pipeline.verify import verify
from policytool.render.terminal import diagnostics, shown
from policytool.store.files import PUBLISHED

MOST_JOBS = 64  # as `pipeline.workers` has it, which hashing does not need


@click.command("verify")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--policy", "policies", multiple=True, metavar="POLICY", help="Only this policy; it can be repeated.")
@click.option("--no-rebuild", is_flag=True, help="Hold the files against the records alone: make and read none.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="How many at once.  [default: the cores]")
@click.pass_obj
def command(
    session: Session, folder: Path | None, policies: tuple[str, ...], form: str, jobs: int | None, *, no_rebuild: bool
) -> int:
    """Prove that published files are right.

    Holds the files in FOLDER, and the records themselves, against what was published: FOLDER is build/published, or any
    copy of it, as from a website. Files are known by their SHA-256 wherever they stand. What is altered, missing,
    superseded or unknown is named. Nothing is written.

    What this very version of policytool published is also made again, and compared byte by byte. What another version
    published is read back, and its words and numbers are compared with the approved wording.

    Exit code: 1 when something is not right, 2 when FOLDER is not there.
    """
    where = folder or session.folder / PUBLISHED
    if no_rebuild:
        found = verify(session.folder, where, policies)
    else:
        from policytool.pipeline.workers import Crew, cores  # to hash, nobody is needed

        with Crew(jobs or cores()) as crew:
            found = verify(session.folder, where, policies, crew)
    _print(session, found, where, form)
    return CLEAN if found.is_right else FINDINGS


def _print(session: Session, found: Verified, where: Path, form: str) -> None:
    from policytool.render.verified import json, text

    if form == "json":
        click.echo(json(found, shown(where, Path.cwd())))
        return
    for line in text(found, shown(where, Path.cwd())):
        click.echo(line)
    for line in diagnostics(found.diagnostics, {}, colour=session.colour):
        click.echo(line, err=True)
