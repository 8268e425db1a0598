"""`policytool check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from policytool import __version__
from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.diagnostic import Diagnostic
from policytool.pipeline.evidence import evidence
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews
from policytool.render.terminal import count, diagnostics, summary

FORMS = ("text", "github", "json", "sarif")


@dataclass(frozen=True, slots=True)
class How:
    """What is to be done, and how it is told."""

    form: str
    strict: bool
    fix: bool
    dry_run: bool


@click.command("check")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="How to print.")
@click.option("--fix", is_flag=True, help="Mend what takes no judgement.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change, and write nothing.")
@click.pass_obj
def command(session: Session, /, policies: tuple[str, ...], **how: Any) -> int:  # noqa: ANN401  # options, as click has them
    """Find every mistake in sources, references, settings and records.

    POLICY is an id or a file in source/; without one, everything is checked. The clock is not looked at. Nothing is
    written but with --fix, which mends stale numbers, numbers typed before clauses and references typed in the text,
    leaves all else in the files as it is, and checks again.
    """
    asked = How(**how)
    repository = session.load()
    chosen = repository.choose(policies)
    if asked.dry_run and not asked.fix:
        raise click.UsageError("--dry-run belongs to --fix")
    if asked.fix:
        _fix(session, repository, chosen, asked)
        repository = repository if asked.dry_run else session.load()
    return _check(session, repository, chosen, asked, named=bool(policies))


def _check(session: Session, repository: Repository, chosen: Sequence[str], how: How, *, named: bool) -> int:
    reviews = Reviews(repository)
    found = (*repository.findings(chosen), *evidence(reviews, chosen))
    if not how.dry_run:
        for line in _lines(found, reviews, how.form, colour=session.colour):
            click.echo(line)
    if how.form == "text":
        session.note(summary(found, len(chosen) if named else len(repository.ids)))
        mendable = sum(one.mend is not None for one in found)
        if mendable and not how.fix:
            session.note(f"`policytool check --fix` mends {count(mendable, 'of them', 'of them')}")
    return FINDINGS if any(one.is_error or how.strict for one in found) else CLEAN


def _fix(session: Session, repository: Repository, chosen: Sequence[str], how: How) -> None:
    """Mend what can be mended, or show what would be; in the forms for programs, what is told is told apart."""
    from policytool.pipeline.fix import fix, write  # only where something is to be mended
    from policytool.render.mends import difference, left, mended

    fixed = fix(repository, chosen)
    tell = click.echo if how.form == "text" and not how.dry_run else session.note
    if how.dry_run:
        for path, text in fixed.after.items():
            click.echo("".join(difference(path, fixed.before[path], text)), nl=False)
    else:
        write(repository.root, fixed)
    for one in fixed.mended:
        tell(mended(one))
    for one_left in fixed.left:
        tell(left(one_left.diagnostic, one_left.why))
    verb = "would be mended" if how.dry_run else "mended"
    session.note(f"{count(len(fixed.mended), 'finding')} {verb} in {count(len(fixed.after), 'file')}")


def _lines(found: Sequence[Diagnostic], reviews: Reviews, form: str, *, colour: bool) -> Iterable[str]:
    if form == "github":
        from policytool.render.github import workflow_commands  # one form a run

        return workflow_commands(found)
    if form == "json":
        from policytool.render.json import diagnostics as as_json  # one form a run

        return [as_json(found)]
    if form == "sarif":
        from policytool.catalogue import findings  # one form a run
        from policytool.render.sarif import sarif

        return [sarif(found, findings(), __version__)]
    return diagnostics(found, {one.path: reviews.lines(one.path) for one in found}, colour=colour)
