"""`policytool diff`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import get_terminal_size

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.pipeline import compare as pipeline
from policytool.pipeline.compare import DOCUMENTS, FORMATS, MARKDOWN, Compared, LibraryComparison
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
    git revision, or a file. Or name two files: policy sources, any Markdown, Word, PDF, web pages, text. Or one Word
    file, for its tracked changes.

    Text and JSON are printed, other formats written to build/compare/. A redline (docx) is the new document with
    tracked changes.

    Exit code: 0 when nothing differs, 1 when something does, 2 when it could not be done.
    """
    writing = _Writing(session, form, out, moves == "as-delete-insert", dry_run)
    if everything:
        return _all(writing, *_two(names))
    if not names:
        raise UnableError("name a policy, two files, or --all", "`policytool diff --help` shows how")
    compared = _of_files(names) or _of_versions(writing, names)
    _odd(session, compared)
    writing.one(compared)
    return FINDINGS if compared.comparison.differs else CLEAN


def _of_files(names: Sequence[str]) -> Compared | None:
    """Two files compared, or the tracked changes of one; None where a policy is named first."""
    paths = [Path(name) for name in names]
    if len(paths) == 2 and all(path.is_file() for path in paths):  # noqa: PLR2004  # OLDFILE NEWFILE
        return pipeline.compare_files(*paths)
    if not _is_named_as_file(names[0]):
        return None
    if len(paths) == 1 and paths[0].is_file():
        return pipeline.compare_tracked(paths[0])
    if folder := next((path for path in paths if path.is_dir()), None):
        raise UnableError(f"{folder} is a folder", "name two files, or compare whole libraries: --all")
    missing = next((path for path in paths if not path.exists()), None)
    if missing:
        raise UnableError(f"there is no file {missing}")
    raise UnableError("compare two files, or a policy with a file", "`policytool diff --help` shows how")


def _is_named_as_file(name: str) -> bool:
    """Whether it can only be meant for a document: by its ending, or because it is there and has one."""
    path = Path(name)
    ending = path.suffix.lower()
    return ending in DOCUMENTS or path.is_dir() or (path.is_file() and ending not in MARKDOWN)


def _of_versions(writing: _Writing, names: Sequence[str]) -> Compared:
    """A policy between two versions, or a version and a file."""
    from policytool.pipeline.versions import Versions  # two files have none

    old, new = _two(names[1:])
    with Versions(writing.session.load()) as versions:
        writing.root = versions.working.root
        if _is_named_as_file(old) or _is_named_as_file(new):
            sides = (Path(side) if _is_named_as_file(side) else side for side in (old, new))
            return pipeline.compare_with_file(versions, names[0], *sides)
        return pipeline.compare_versions(versions, names[0], old, new)


def _two(names: Sequence[str]) -> tuple[str, str]:
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


def _odd(session: Session, compared: Compared) -> None:
    """What the grammar objects to in files that were compared, and what was guessed: told, and no hindrance."""
    found = compared.diagnostics
    for line in compared.remarks:
        session.note(printable(line))
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
