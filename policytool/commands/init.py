"""`policytool init`."""

from __future__ import annotations

from pathlib import Path

import click

from policytool.cli import Session
from policytool.pipeline.begin import begin


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".", metavar="[DIR]")
@click.option("--name", default="Our School", show_default=True, help="The name of the organisation.")
@click.option("--dry-run", is_flag=True, help="Tell what would be laid out, and write nothing.")
@click.pass_obj
def command(session: Session, folder: Path, name: str, *, dry_run: bool) -> None:
    """Begin a new repository of policies.

    Lays out settings, a starter policy, and workflows for GitHub and GitLab in DIR (the current folder), and makes it
    a git repository. A file that stands there already is left alone.
    """
    new, old = begin(folder, name, dry_run=dry_run)
    for path in new:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
    for path in old:
        click.echo(f"left alone: {path}")
    session.note(f"next: cd {folder}, then `policytool check` and `policytool build`")
