"""`policytool build`."""

from __future__ import annotations

from pathlib import Path

import click

from policytool.cli import CLEAN, FINDINGS, UNABLE, Session
from policytool.model.unable import UnableError
from policytool.pipeline.build import FORMATS, Built, Plan, build
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews
from policytool.render.terminal import count, printable, shown


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
@click.pass_obj
def command(
    session: Session, /, policies: tuple[str, ...], at: str | None, to: tuple[str, ...], out: Path | None, **how: bool
) -> int:
    """Build policies as Word, PDF and HTML.

    POLICY is an id or a file in source/; without one, all are built but those withdrawn. A policy with errors is left
    out and the others are built. Built again from the same sources, every file has the same bytes.

    VERSION is `working`, `approved`, a review as annual:2026-09-14, a version as 2026-09-14, a day as @2026-11-22, or a
    git revision.

    Exit code: 1 when a policy was left out, 2 when none could be built.
    """
    working = session.load()
    repository, chosen = _chosen(working, policies, at)
    plan = Plan(to, out or repository.root / "build", **how)
    if not chosen:
        raise UnableError("there is no policy to build", "put one into source/, or bring one in with `policytool init`")
    results = []
    for result in build(repository, Reviews(working), chosen, plan):
        _report(session, result)
        results.append(result)
    return _finish(session, results, plan)


def _chosen(working: Repository, policies: tuple[str, ...], at: str | None) -> tuple[Repository, tuple[str, ...]]:
    """The repository at a version, and what the policies that are asked for were called then."""
    if at is None:
        return working, working.choose(policies) if policies else working.in_force()
    from policytool.pipeline.versions import Versions  # the working text needs none

    with Versions(working) as versions:
        # One policy alone may be asked for in its own approved wording.
        repository = versions.at(at, Path(policies[0]).stem if len(policies) == 1 else "")
        return repository, versions.choose(repository, policies) if policies else repository.in_force()


def _report(session: Session, result: Built) -> None:
    if result.problem:
        click.echo(f"error: {printable(result.policy)} was left out: {printable(result.problem)}", err=True)
    for path in result.paths:
        session.note(f"  {path}")


def _finish(session: Session, results: list[Built], plan: Plan) -> int:
    for advice in dict.fromkeys(result.advice for result in results if result.advice):
        click.echo(f"help: {printable(advice)}", err=True)
    built = [result for result in results if result.paths]
    files = sum(len(result.paths) for result in built)
    verb = "would be written to" if plan.dry_run else "written to"
    session.note(
        f"{count(len(built), 'policy', 'policies')} built, {count(files, 'file')} {verb} {shown(plan.out, Path.cwd())}"
    )
    if len(built) == len(results):
        return CLEAN
    return FINDINGS if built else UNABLE
