"""`policytool show`."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

import click

from policytool.cli import CLEAN, Session
from policytool.pipeline.show import show
from policytool.render.reading import reading
from policytool.render.terminal import printable

WIDEST = 100
"""Longer lines are hard to read."""


@click.command("show")
@click.argument("name", metavar="POLICY[#label]")
@click.option("--at", metavar="VERSION", help="Which version to show.  [default: the working text]")
@click.option("--no-pager", is_flag=True, help="Print all at once, however long it is.")
@click.pass_obj
def command(session: Session, name: str, at: str | None, *, no_pager: bool) -> int:
    """Show the text of a policy, or a part of it, at the terminal.

    POLICY is an id or a file in source/. After a # stands a label, or a number as it is printed: what it names is shown
    with all that stands under it, as social-media-staff#declare, social-media-staff#4.2, "social-media-staff#2(b)".

    What is longer than the screen is shown through PAGER. In a pipe there is neither pager nor colour.

    VERSION is `working`, `approved`, a review as annual:2026-09-14, a version as 2026-09-14, a day as @2026-11-22, or a
    git revision.
    """
    shown = show(session.load(), name, at)
    size = get_terminal_size()
    lines = list(reading(shown.edition, shown.parts, colour=session.colour, width=min(size.columns, WIDEST)))
    if no_pager or len(lines) < size.lines or not _can_page():
        click.echo("\n".join(lines))
    else:
        click.echo_via_pager("\n".join(lines))
    for remark in shown.remarks:
        click.echo(f"note: {printable(remark)}", err=True)
    return CLEAN


def _can_page() -> bool:
    """Whether there is somebody to turn the pages; an empty PAGER means that nobody wants to."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("PAGER") != ""
