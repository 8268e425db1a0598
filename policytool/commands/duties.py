"""`policytool duties`."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size

import click

from policytool.cli import CLEAN, Session
from policytool.pipeline.duties import listed, write
from policytool.render.duties.listed import Listed
from policytool.render.terminal import printable, shown

FORMS = ("text", "csv", "docx", "pdf", "html", "json")
WIDEST = 100


@click.command("duties")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--role", default="", metavar="ROLE", help="Only the duties of a role, or of a group such as `parents`.")
@click.option("--to", "form", type=click.Choice(FORMS), default="text", show_default=True, help="The format.")
@click.option("--at", default="", metavar="VERSION", help="Which version to read.  [default: the working text]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.pass_obj
def command(  # noqa: PLR0913  # an option each
    session: Session, /, policies: tuple[str, ...], role: str, form: str, at: str, out: Path | None, *, dry_run: bool
) -> int:
    """Show who must do what, in which clause.

    Every must, should, may and their like, by whose duty it is: the subject of the clause, else the role in the heading
    above it. POLICY is an id or a file in source/; without one, all are read but those withdrawn.

    ROLE is a role of the settings, by its id or title, or a group that is none: parents, pupils, teachers.

    Text, CSV and JSON are printed; other formats are written to build/duties.docx, .pdf or .html unless --out names a
    file.

    VERSION is `working`, `approved`, a review as annual:2026-09-14, a version as 2026-09-14, a day as @2026-11-22, or a
    git revision. With `approved`, a policy that was never approved is left out.
    """
    found = listed(session.load(), policies, role, at)
    for name in found.left_out:
        session.note(f"note: {printable(name)} was left out: it has no such version, or cannot be read")
    to = _place(session, found, form, out)
    if to is None:
        _show(session, found, form)
        return CLEAN
    content = _content(found, form)
    if not dry_run:
        write(to, content)
    session.note(f"{'would write' if dry_run else 'wrote'} {shown(to, Path.cwd())}")
    return CLEAN


def _place(session: Session, found: Listed, form: str, out: Path | None) -> Path | None:
    """Where to write; None for the terminal."""
    if out is not None or form in ("text", "csv", "json"):
        return out
    name = "-".join(["duties", *found.role.split()])
    return session.folder / "build" / f"{name}.{form}"


def _show(session: Session, found: Listed, form: str) -> None:
    if form == "text":
        from policytool.render.duties.text import text  # one form a run

        for line in text(found, colour=session.colour, width=min(get_terminal_size().columns, WIDEST)):
            click.echo(line)
    else:
        click.echo(_content(found, form), nl=False)


def _content(found: Listed, form: str) -> bytes:
    """The duties as a file."""
    if form == "text":
        from policytool.render.duties.text import text  # one form a run

        return "".join(f"{line}\n" for line in text(found)).encode()
    if form == "json":
        from policytool.render.duties.json import json

        return f"{json(found)}\n".encode()
    if form == "csv":
        from policytool.render.duties.csv import csv

        return csv(found)
    return _paper(found, form)


def _paper(found: Listed, form: str) -> bytes:
    from policytool.render.duties.paper import paper  # one form a run

    made = paper(found)
    if form == "docx":
        from policytool.render.paper.word import word

        return word(made)
    if form == "pdf":
        from policytool.render.paper.pdf import pdf

        return pdf(made)
    from policytool.render.paper.html import html

    return html(made)
