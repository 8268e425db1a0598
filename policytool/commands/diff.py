"""`policytool diff`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import get_terminal_size

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.unable import UnableError
from policytool.pipeline import compare as pipeline
from policytool.pipeline.compare import FORMATS, Compared, LibraryComparison
from policytool.render.terminal import count, diagnostics, printable, shown

BY_DEFAULT = ("approved", "working")
PRINTED = ("text", "json")
COMPARED = Path("build", "compare")
MOST_FINDINGS = 5
NARROWEST = 60


@click.command("diff")
@click.argument("names", nargs=-1, metavar="POLICY [OLD [NEW]] | OLDFILE NEWFILE")
@click.option("--all", "everything", is_flag=True, help="Compare the whole library: --all [OLD [NEW]].")
@click.option("--to", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The format.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; with --all the folder.")
@click.option(
    "--moves",
    type=click.Choice(["tracked", "as-delete-insert"]),
    default="tracked",
    help="How a redline shows what moved: some readers break on tracked moves.",
)
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.pass_obj
def command(  # noqa: PLR0913  # an option each
    session: Session,
    names: tuple[str, ...],
    form: str,
    out: Path | None,
    moves: str,
    *,
    everything: bool,
    dry_run: bool,
) -> int:
    """Show what changed between two versions.

    POLICY is an id or a file in source/. OLD defaults to `approved`, NEW to `working`; a version is `working`,
    `approved`, a review as annual:2026-09-14, a version as 2026-09-14, @DATE (the library at the end of that day) or a
    git revision. Or name two files outside source/: policy sources, or any Markdown, which is read leniently.

    Text and JSON are printed, other formats written to build/compare/. A redline (docx) is the new document with
    tracked changes.

    Exit code: 0 when nothing differs, 1 when something does, 2 when it could not be done.
    """
    writing = _Writing(session, form, out, moves == "as-delete-insert", dry_run)
    if everything:
        return _all(writing, *_two(names))
    if len(names) == 2 and all(Path(name).is_file() for name in names):  # noqa: PLR2004  # OLDFILE NEWFILE
        compared = pipeline.compare_files(Path(names[0]), Path(names[1]))
        _odd(session, compared.diagnostics)
    elif names:
        from policytool.pipeline.versions import Versions  # two files have none

        with Versions(session.load()) as versions:
            writing.root = versions.working.root
            compared = pipeline.compare_versions(versions, names[0], *_two(names[1:]))
    else:
        raise UnableError("name a policy, two files, or --all", "`policytool diff --help` shows how")
    writing.one(compared)
    return FINDINGS if compared.comparison.differs else CLEAN


def _two(names: tuple[str, ...]) -> tuple[str, str]:
    """The two versions that are meant by none, one or two names."""
    if len(names) > 2:  # noqa: PLR2004  # OLD and NEW
        raise UnableError("too many names: a policy, an old and a new version", "`policytool diff --help` shows how")
    old, new = (*names, *BY_DEFAULT[len(names) :])
    return old, new


def _all(writing: _Writing, old: str, new: str) -> int:
    from policytool.pipeline.versions import Versions

    with Versions(writing.session.load()) as versions:
        writing.root = versions.working.root
        found = pipeline.compare_libraries(versions, old, new)
    writing.library(found)
    return FINDINGS if found.differs else CLEAN


def _odd(session: Session, found: Sequence[Diagnostic]) -> None:
    """What the grammar objects to in files that were compared: told, and no hindrance."""
    for line in diagnostics(found[:MOST_FINDINGS], {}):
        session.note(line)
    if len(found) > MOST_FINDINGS:
        session.note(f"and {count(len(found) - MOST_FINDINGS, 'more finding')} of this kind; they hinder nothing")


@dataclass(slots=True)
class _Writing:
    """Where and how comparisons are put down: printed, or written to files."""

    session: Session
    form: str
    out: Path | None
    as_delete_insert: bool
    dry_run: bool
    root: Path = field(default_factory=Path.cwd)

    def one(self, compared: Compared) -> None:
        """One comparison: printed if it is text or JSON, unless a file is named."""
        if self.form in PRINTED and self.out is None:
            width = max(get_terminal_size().columns, NARROWEST)
            for line in pipeline.lines(compared, self.form, colour=self.session.colour, width=width):
                click.echo(line)
            return
        made = self._artifact(compared)
        if self.out:
            self._write(self.out.parent, [Artifact(self.out.name, made.content)])
        else:
            self._write(self.root / COMPARED, [made])

    def library(self, found: LibraryComparison) -> None:
        """What came, what went, and a line on each policy that changed; other formats write a file for each."""
        for policy in found.added:
            click.echo(f"added: {policy.id} ({printable(policy.title)})")
        for policy in found.removed:
            click.echo(f"removed: {policy.id} ({printable(policy.title)})")
        for one in found.renamed:
            sides = one.comparison.old, one.comparison.new
            click.echo(f"renamed: {sides[0].policy} is now {sides[1].policy}. {pipeline.summary(one)}")
        for one in found.changed:
            click.echo(f"{one.comparison.new.policy}: {pipeline.summary(one)}")
        click.echo(f"{count(found.unchanged, 'policy', 'policies')} unchanged")
        both = [*found.renamed, *found.changed]
        if self.form != "text" or self.out:
            self._write(self.out or self.root / COMPARED, [self._artifact(one) for one in both])

    def _artifact(self, compared: Compared) -> Artifact:
        return pipeline.artifact(compared, self.form, moves_as_delete_insert=self.as_delete_insert)

    def _write(self, folder: Path, artifacts: Sequence[Artifact]) -> None:
        paths = [folder / artifact.path for artifact in artifacts]
        if not self.dry_run:
            pipeline.write(folder, artifacts)
        for path in paths:
            self.session.note(f"{'would write' if self.dry_run else 'wrote'} {shown(path, Path.cwd())}")
