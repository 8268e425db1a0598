"""`policytool refs`."""

from __future__ import annotations

import click

from policytool.cli import CLEAN, Session
from policytool.pipeline.citations import Citation, citations
from policytool.render.terminal import printable


@click.command("refs")
@click.argument("target", metavar="POLICY[#label]")
@click.pass_obj
def command(session: Session, target: str) -> int:
    """Show what a clause cites and what cites it.

    Without a label, the whole policy. What cites a clause must be looked at again when that clause changes.
    """
    policy, _, label = target.partition("#")
    found = citations(session.load(), policy, label)
    for heading, listed in (("cites", found.cites), ("is cited by", found.cited_by)):
        click.echo(f"{printable(found.name)} {heading}:")
        for one in listed:
            click.echo(f"  {_line(one)}")
        if not listed:
            click.echo("  nothing")
    return CLEAN


def _line(one: Citation) -> str:
    return printable(f"{one.source}: {one.target}  ({one.path}:{one.position.line})")
