"""`policytool build`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from policytool.cli import CLEAN, FINDINGS, UNABLE, Session
from policytool.commands.progress import Progress
from policytool.model.unable import UnableError
from policytool.pipeline.build import FORMATS, Built, Plan, Stock, build, stock, stock_at
from policytool.pipeline.outline import Read, Reader
from policytool.pipeline.workers import MOST_JOBS, Crew, cores
from policytool.render.terminal import count, printable, shown
from policytool.store.files import SourceFile


def _formats(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """The formats in a comma list, each once, in the order given."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",")))
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(f"`{name}` is none of {', '.join(FORMATS)}")
    return names


@click.command("build")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--to", default=",".join(FORMATS), callback=_formats, metavar="FORMATS", help="docx, pdf, html: a comma list."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write.  [default: build]")
@click.option("--at", metavar="VERSION", help="Which version to build.  [default: the working text]")
@click.option("--draft", is_flag=True, help="Build with a DRAFT watermark, even with errors.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="How many at once.  [default: the cores]")
@click.pass_obj
def command(session: Session, /, policies: tuple[str, ...], at: str | None, jobs: int | None, **given: Any) -> int:  # noqa: ANN401  # an option each
    """Build policies as Word, PDF and HTML.

    POLICY is an id or a file in source/; without one, all are built but those withdrawn. A policy with errors is left
    out and the others are built. Built again from the same sources, every file has the same bytes; one that stands
    there already as it would be written is left alone.

    VERSION is `working`, `approved`, a review as annual:2026-09-14, a version as 2026-09-14, a day as @2026-11-22, or a
    git revision.

    Exit code: 1 when a policy was left out, 2 when none could be built.
    """
    out = given.pop("out") or session.folder / "build"
    plan = Plan(given.pop("to"), out, **given)
    with Crew(jobs or cores()) as crew, Progress(session) as progress:

        def reader(sources: Sequence[SourceFile]) -> Iterator[Read]:
            return progress.over(crew.read(sources), "Reading", len(sources))

        found, chosen = _chosen(session, reader, policies, at)
        if not chosen:
            advice = "put one into source/, or bring one in with `policytool init`"
            raise UnableError("there is no policy to build", advice)
        results = []
        for result in progress.over(build(found, crew, chosen, plan), "Building", len(chosen)):
            _report(progress, result)
            results.append(result)
    return _finish(session, results, plan)


def _chosen(
    session: Session, reader: Reader, policies: tuple[str, ...], at: str | None
) -> tuple[Stock, tuple[str, ...]]:
    """What there is to build from, at a version, and what the policies that are asked for were called then."""
    if at is None:
        found = stock(session.folder, reader)
        return found, found.repository.choose(policies) if policies else found.repository.in_force()
    from policytool.pipeline.versions import Versions  # the working text needs none

    working = session.load()
    with Versions(working) as versions:
        # One policy alone may be asked for in its own approved wording.
        repository = versions.at(at, Path(policies[0]).stem if len(policies) == 1 else "")
        chosen = versions.choose(repository, policies) if policies else repository.in_force()
        return stock_at(repository, versions.reviews), chosen


def _report(progress: Progress, result: Built) -> None:
    if result.problem:
        progress.say(f"error: {printable(result.policy)} was left out: {printable(result.problem)}")
    for path in result.paths:
        progress.note(f"  {path}")


def _finish(session: Session, results: list[Built], plan: Plan) -> int:
    for advice in dict.fromkeys(result.advice for result in results if result.advice):
        click.echo(f"help: {printable(advice)}", err=True)
    built = [result for result in results if result.paths]
    kept = sum(not (result.paths or result.problem) for result in results)
    session.note(_told(built, kept, plan))
    if not any(result.problem for result in results):
        return CLEAN
    return FINDINGS if built or kept else UNABLE


def _told(built: list[Built], kept: int, plan: Plan) -> str:
    """What was done, in a line."""
    folder = shown(plan.out, Path.cwd())
    if kept and not built:
        return f"{count(kept, 'policy', 'policies')} up to date in {folder}"
    files = sum(len(result.paths) for result in built)
    verb = "would be written to" if plan.dry_run else "written to"
    beside = f"; {kept:,} up to date" if kept else ""
    return f"{count(len(built), 'policy', 'policies')} built, {count(files, 'file')} {verb} {folder}{beside}"
