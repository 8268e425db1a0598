"""`policytool site`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policytool.cli import CLEAN, FINDINGS, UNABLE, Session
from policytool.commands.progress import Progress
from policytool.pipeline.site.made import MadeSite
from policytool.pipeline.site.plan import Request
from policytool.pipeline.site.untouched import untouched
from policytool.pipeline.workers import MOST_JOBS, Crew, cores
from policytool.render.terminal import count, printable, shown

if TYPE_CHECKING:
    from policytool.pipeline.site.writing import Writing, Written

_SOME = 5
"""So many files that are not of the site are named."""


@click.command("site")
@click.option("--public", is_flag=True, help="For everybody: without internal policies, minutes and reasons.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write.  [default: build/site]")
@click.option("--no-documents", is_flag=True, help="Make no Word and PDF files to download.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="How many at once.  [default: the cores]")
@click.pass_obj
def command(  # an option each
    session: Session, /, out: Path | None, jobs: int | None, *, public: bool, no_documents: bool, dry_run: bool
) -> int:
    """Make a site to look policies up, compare versions, and see what is due.

    It is a folder of files for any web host, and can be opened from the disk as well. It needs no server, fetches
    nothing from elsewhere and sets no cookies. Written again, only what has changed is made again.

    The page of a policy shows its approved wording; a text that is not approved says so on top. A policy that has
    errors and was never approved is left out.

    With --public it goes to build/site-public unless --out is given, without what is marked `publish: internal`.

    Exit code: 1 when a policy or a text of it was left out, 2 when the site could not be made.
    """
    to = out or session.folder / "build" / ("site-public" if public else "site")
    request = Request(to, public, has_documents=not no_documents, dry_run=dry_run)
    made = MadeSite.at(session.folder, to)
    if (found := untouched(made, request)) is not None:
        session.note(_up_to_date(to, found.policies))
        return _tell(session, found.strangers, to, public=public)
    return _make(session, made, request, jobs or cores())


def _make(session: Session, made: MadeSite, request: Request, jobs: int) -> int:
    """Plan the site, and bring it up to date."""
    from policytool.pipeline.site.bindery import Bindery  # not where all stands there already
    from policytool.pipeline.site.writing import Writing

    with Crew(jobs, Bindery) as crew, Progress(session) as progress:
        writing = Writing(made, request, crew)
        results = []
        for result in progress.over(writing.policies(), "Making", len(writing.plan.givens)):
            _report(progress, result)
            results.append(result)
        files = sum(result.files for result in results) + writing.whole()
        strangers = writing.end()
    for problem in writing.plan.problems:
        session.note(f"error: {printable(problem.policy)}: {printable(problem.why)}; {problem.advice}")
    code = _finish(session, writing, results, files)
    return max(code, _tell(session, strangers, request.out, public=request.is_public))


def _report(progress: Progress, result: Written) -> None:
    for remark in result.remarks:
        progress.say(f"warning: {printable(remark)}")
    if result.problem:
        advice = f"; {result.advice}" if result.advice else ""
        progress.say(f"error: {printable(result.policy)} was left out: {printable(result.problem + advice)}")


def _tell(session: Session, strangers: list[str], folder: Path, *, public: bool) -> int:
    """Tell of files that are not of the site. Among what is for everybody they may be what is not."""
    if not strangers:
        return CLEAN
    what = f"{_strange(strangers)} in {shown(folder, Path.cwd())}, and not of the site"
    if not public:
        session.note(f"warning: {what}")
        return CLEAN
    session.note(f"error: {what}; take away what is not for everybody")
    return FINDINGS


def _up_to_date(folder: Path, policies: int) -> str:
    return f"the site in {shown(folder, Path.cwd())} is up to date: {count(policies, 'policy', 'policies')}"


def _strange(paths: list[str]) -> str:
    """Files that are none of ours, in a line."""
    named = ", ".join(printable(path) for path in paths[:_SOME])
    more = f" and {len(paths) - _SOME:,} more" if len(paths) > _SOME else ""
    return f"{named}{more} {'is' if len(paths) == 1 else 'are'}"


def _finish(session: Session, writing: Writing, results: list[Written], files: int) -> int:
    ground, given = writing.plan.ground, len(writing.plan.givens)
    amiss = [result for result in results if result.problem] or writing.plan.problems
    folder = shown(ground.out, Path.cwd())
    if files:
        verb = "would be written to" if ground.dry_run else "written to"
        session.note(f"a site of {count(given, 'policy', 'policies')}: {count(files, 'file')} {verb} {folder}")
    else:
        session.note(_up_to_date(ground.out, given))
    if not amiss:
        return CLEAN
    return FINDINGS if given > sum(bool(result.problem) for result in results) else UNABLE
