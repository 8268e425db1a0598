"""`policytool import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from policytool.cli import CLEAN, FINDINGS, UNABLE, Session
from policytool.pipeline.imports import Imported, Wanted, before_changes, imports, write, write_before
from policytool.render.imported import elsewhere, findings, remarks
from policytool.render.terminal import count, printable

FILES = click.Path(path_type=Path)


@click.command("import")
@click.argument("documents", nargs=-1, required=True, type=FILES, metavar="FILE...")
@click.option("--as", "name", metavar="ID", help="The id of the policy, where there is one document.")
@click.option("--dry-run", is_flag=True, help="Show the text and the report, and write nothing.")
@click.option("--force", is_flag=True, help="Write over what stands in source/ already.")
@click.option("--update", is_flag=True, help="Bring the edits made in a Word file of ours into its source.")
@click.option("--yes", is_flag=True, help="With --update: write without asking.")
@click.option(
    "--cycle", metavar="CYCLE", help="With --by: record the date in the title block as a review of this cycle."
)
@click.option("--by", metavar="ROLE", help="The role that held that review.")
@click.option("--reject-changes", is_flag=True, help="Read Word files as if their tracked changes were rejected.")
@click.option("--keep-changes", is_flag=True, help="Keep the text before tracked changes too, and say how to compare.")
@click.pass_obj
def command(session: Session, /, documents: tuple[Path, ...], *, dry_run: bool, **given: Any) -> int:  # noqa: ANN401  # options
    """Make policies of documents: Word, PDF, web pages, text.

    FILE is a .docx, .pdf, .html, .md or .txt, or a folder, of which every such file is read. Each becomes
    source/<id>.md, its id made of its title. The report tells, with line numbers, what was recognised, what was
    guessed, and what a person must look at; no word of a document is left out of both.

    Nothing that stands in source/ is written over without --force. No date becomes a record unless --cycle and --by
    say of what and by whom: the report gives the command for it.

    With --update, FILE is a Word file that `build` made and somebody edited. The edits go into the source that it was
    made from, beside what changed there since; the comparison is shown before anything is written.
    """
    if given["update"]:
        return _update(session, documents, given, dry_run=dry_run)
    if given["yes"]:
        raise click.UsageError("--yes belongs to --update")
    if bool(given["cycle"]) != bool(given["by"]):
        raise click.UsageError("--cycle and --by belong together")
    if given["reject_changes"] and given["keep_changes"]:
        raise click.UsageError("--reject-changes and --keep-changes exclude each other")
    wanted = Wanted(
        given["name"] or "", given["force"], given["cycle"] or "", given["by"] or "", given["reject_changes"]
    )
    done = imports(session.folder, documents, wanted)
    written = [] if dry_run else write(session.folder, done)
    for one in done:
        _tell(session, one, dry_run=dry_run)
    made = [one for one in done if not one.problem]
    for one in made if given["keep_changes"] else ():
        _keep(session, one, wanted, dry_run=dry_run)
    _tell_strangers(made)
    session.note(_summary(made, len(written)))
    if wanted.cycle and not dry_run and not _record(session, made, wanted):
        return FINDINGS
    return _exit(done, made)


def _update(session: Session, documents: tuple[Path, ...], given: dict[str, Any], *, dry_run: bool) -> int:
    """Each document by itself. Raises `UnableError` at the first that cannot come home."""
    from policytool.commands.homecoming import update  # git and comparing, which no other import needs

    if strange := next((name for name in ("force", "cycle", "by", "keep_changes") if given[name]), ""):
        raise click.UsageError(f"--{strange.replace('_', '-')} does not belong to --update")
    if given["name"] and len(documents) > 1:
        raise click.UsageError("--as names one policy, and there are several files")
    name, rejects, yes = given["name"] or "", given["reject_changes"], given["yes"]
    done = [update(session, one, name=name, rejects=rejects, dry_run=dry_run, yes=yes) for one in documents]
    return FINDINGS if FINDINGS in done else CLEAN


def _summary(made: Sequence[Imported], written: int) -> str:
    looks = sum(remark.kind == "look" for one in made for remark in one.remarks)
    told = f"{count(len(made), 'document')} read, {count(written, 'policy', 'policies')} written"
    return f"{told}, {count(looks, 'thing')} to look at" if looks else told


def _exit(done: Sequence[Imported], made: Sequence[Imported]) -> int:
    if not made:
        return UNABLE
    return FINDINGS if len(made) < len(done) or any(found.is_error for one in made for found in one.findings) else CLEAN


def _tell(session: Session, one: Imported, *, dry_run: bool) -> None:
    for line in remarks(one.file, one.remarks):
        click.echo(line)
    for line in findings(one.findings) if not one.problem or one.path else ():
        click.echo(line)
    if one.problem:
        session.note(printable(f"left out: {one.file}: {one.problem}"))
    elif one.is_same:
        click.echo(printable(f"{one.file}: {one.path} says this already"))
    else:
        click.echo(printable(f"{one.file}: {'would write' if dry_run else 'wrote'} {one.path}"))
    if dry_run and one.text:
        for line in one.text.splitlines():
            click.echo(printable(line))


def _tell_strangers(made: Sequence[Imported]) -> None:
    """The settings that would make known what documents name and nothing here is called."""
    held = {one.policy for one in made}
    strangers = {name: title for one in made for name, title in one.strangers.items() if name not in held}
    if strangers:
        click.echo("Policies that are named and not held here. Those that there are go into policytool.yaml:")
        for line in elsewhere(strangers):
            click.echo(line)
        click.echo("Import again with --force then: their names become references.")


def _keep(session: Session, one: Imported, wanted: Wanted, *, dry_run: bool) -> None:
    """Keep what a Word file said before its tracked changes, and tell how to see them."""
    text = before_changes(session.folder, one, wanted)
    if text is None:
        session.note(printable(f"{one.file}: no tracked change alters its text"))
        return
    if not dry_run:
        write_before(session.folder, [text])
    told = f"{'would write' if dry_run else 'wrote'} {text.path}, as it was before the tracked changes"
    click.echo(printable(f"{one.file}: {told}: policytool diff {text.path} {one.path}"))


def _record(session: Session, made: Sequence[Imported], wanted: Wanted) -> bool:
    """Record the dates of title blocks, as the user has said of what and by whom they are; whether all could be."""
    from policytool.pipeline.title_dates import record_dates  # only where a date is to be recorded
    from policytool.pipeline.versions import Versions

    with Versions(session.load()) as versions:
        today = session.day_in(versions.working.library.settings.timezone)
        done = list(record_dates(versions, made, wanted, today))
    for one in done:
        if one.path:
            click.echo(printable(f"{one.file}: wrote {one.path}"))
        if one.problem:
            session.note(printable(f"nothing recorded: {one.problem}"))
    return not any(one.problem for one in done)
