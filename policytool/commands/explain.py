"""`policytool explain`."""

from __future__ import annotations

import click

from policytool.catalogue import findings
from policytool.model.names import nearest
from policytool.model.unable import UnableError
from policytool.render.terminal import explanation


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Tell what a finding means and how to mend it.

    CODE is the code that `check` prints, as PT203; without one, all codes are listed.
    """
    known = {finding.code: finding for finding in findings()}
    if code is None:
        for each in known.values():
            click.echo(f"{each.code}  {each.severity:7}  {each.name}")
        return
    finding = known.get(code.upper())
    if finding is None:
        raise UnableError(
            f"there is no finding {code}", nearest(code.upper(), known) or "`policytool explain` lists all"
        )
    for line in explanation(finding):
        click.echo(line)
