"""`policytool publish`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import click

from policytool.cli import CLEAN, FINDINGS, UNABLE, Session
from policytool.commands.progress import Progress
from policytool.model.unable import UnableError
from policytool.pipeline.build import stock
from policytool.pipeline.outline import Read
from policytool.pipeline.publish import Published, Publishing, Terms
from policytool.pipeline.workers import MOST_JOBS, Crew, cores
from policytool.render.terminal import count, printable
from policytool.store.files import PUBLISHED, SourceFile
from policytool.store.history import History
from policytool.store.published import hold


@click.command("publish")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--all", "everything", is_flag=True, help="Publish every policy that is in force and for the website.")
@click.option("--internal", is_flag=True, help="Publish those that say `publish: internal`, too.")
@click.option("--tag", is_flag=True, help="Tag the commit as POLICY/VERSION.")
@click.option("--commit", is_flag=True, help="Commit exactly the records that were written.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="How many at once.  [default: the cores]")
@click.pass_obj
def command(
    session: Session, /, policies: tuple[str, ...], *, everything: bool, jobs: int | None, **given: bool
) -> int:
    """Publish approved wordings as Word, PDF and HTML.

    POLICY is an id or a file in source/. What goes out is the approved wording, kept beside its record, whatever the
    source has become since. The files stand in build/published/POLICY/VERSION/ and are never rewritten; the page
    index.html names the current version. What went out is recorded in reviews/POLICY/, with the hash of every file.

    Exit code: 1 when a policy was left out, 2 when none could be published.
    """
    if bool(policies) == everything:
        raise click.UsageError("name the policies to publish, or say --all")
    dry_run = given["dry_run"]
    held = nullcontext() if dry_run else hold(session.folder)
    with held, Crew(jobs or cores()) as crew, Progress(session) as progress, History(session.folder) as history:

        def reader(sources: Sequence[SourceFile]) -> Iterator[Read]:
            return progress.over(crew.read(sources), "Reading", len(sources))

        found = stock(session.folder, reader)
        today = session.day_in(found.repository.library.settings.timezone)
        publishing = Publishing(found, history, reader, Terms(today, dry_run, given["internal"]))
        chosen = found.repository.choose(policies) if policies else publishing.choose()
        if not chosen:
            raise UnableError("there is no policy to publish", "`policytool status` tells what is approved")
        results = []
        for result in progress.over(publishing.publish(chosen, crew), "Publishing", len(chosen)):
            _report(progress, result, dry_run=dry_run)
            results.append(result)
        if everything:
            publishing.relist_withdrawn()
        if not dry_run:
            _tell_git(session, publishing, results, tag=given["tag"], commit=given["commit"])
    return _finish(session, results, dry_run=dry_run)


def _report(progress: Progress, result: Published, *, dry_run: bool) -> None:
    name = printable(result.policy)
    if result.outcome == "left out":
        progress.say(f"error: {name} was left out: {printable(result.problem)}")
    elif result.outcome == "unchanged":
        progress.note(f"nothing to publish: {name} is published as it stands")
    else:
        would = "would be " if dry_run else ""
        what = "put back, as it was published" if result.outcome == "restored" else "published"
        progress.note(f"{name} {would}{what}: {PUBLISHED}/{result.folder}/")


def _tell_git(
    session: Session, publishing: Publishing, results: Sequence[Published], *, tag: bool, commit: bool
) -> None:
    """Commit the records, or tell how; tag what is out."""
    out = [one for one in results if one.outcome != "left out"]
    new = [one.record for one in out if one.outcome == "published"]
    if commit and (made := publishing.commit(out)):
        session.note(f"committed as {made}")
    elif new and not commit:
        session.note(f"to commit the record{'' if len(new) == 1 else 's'}: git add {' '.join(new)}")
    for one in out if tag else ():
        if told := publishing.tag(one):
            session.note(told)


def _finish(session: Session, results: Sequence[Published], *, dry_run: bool) -> int:
    for advice in dict.fromkeys(one.advice for one in results if one.advice):
        click.echo(f"help: {printable(advice)}", err=True)
    done = [one for one in results if one.outcome in ("published", "restored")]
    left_out = [one for one in results if one.outcome == "left out"]
    if len(results) > 1:
        verb = "would be published" if dry_run else "published"
        session.note(f"{count(len(done), 'policy', 'policies')} {verb}, {len(left_out):,} left out")
    if not left_out:
        return CLEAN
    return FINDINGS if len(left_out) < len(results) else UNABLE
