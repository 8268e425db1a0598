"""`policytool check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.diagnostic import Diagnostic
from policytool.pipeline.evidence import evidence
from policytool.pipeline.reviews import Reviews
from policytool.render.terminal import diagnostics, summary


@click.command("check")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to print.")
@click.pass_obj
def command(session: Session, policies: tuple[str, ...], form: str, *, strict: bool) -> int:
    """Find every mistake in sources, references, settings and records.

    POLICY is an id or a file in source/; without one, everything is checked. Nothing is ever written, and the clock
    is not looked at.
    """
    repository = session.load()
    chosen = repository.choose(policies)
    reviews = Reviews(repository)
    found = (*repository.findings(chosen), *evidence(reviews, chosen))
    for line in _lines(found, reviews, form, colour=session.colour):
        click.echo(line)
    if form == "text":
        session.note(summary(found, len(chosen) if policies else len(repository.ids)))
    return FINDINGS if any(one.is_error or strict for one in found) else CLEAN


def _lines(found: Sequence[Diagnostic], reviews: Reviews, form: str, *, colour: bool) -> Iterable[str]:
    if form == "github":
        from policytool.render.github import workflow_commands  # one form a run

        return workflow_commands(found)
    if form == "json":
        from policytool.render.json import diagnostics as as_json  # one form a run

        return [as_json(found)]
    return diagnostics(found, {one.path: reviews.lines(one.path) for one in found}, colour=colour)
