"""Two versions of a policy, of a library, or two files -> comparisons, and what is written of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.compare import compare, likeness
from policytool.model.artifact import Artifact
from policytool.model.comparison import ChangeKind, Comparison
from policytool.model.diagnostic import Diagnostic
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.parse.findings import MISSING_FIELD, NO_FRONT_MATTER, UNKNOWN_FIELD
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.text import text as parse_text
from policytool.render.edition import Edition
from policytool.resolve import resolve
from policytool.store import files

if TYPE_CHECKING:
    from policytool.pipeline.papers import Paper
    from policytool.pipeline.repository import Repository
    from policytool.pipeline.versions import Versions

FORMATS = ("text", "html", "docx", "pdf", "json")
WORKING = "the working text"
# Files that are read as documents, and not as Markdown; Markdown may have no ending.
DOCUMENTS = (".docx", ".pdf", ".html", ".htm", ".txt", ".text")
MARKDOWN = (".md", ".markdown", "")
# Of two policies, one gone and one new, that are so much alike it is said that one became the other.
RENAMED = 0.5
# A text of which one of these is found was not written for policytool: its numbers are the ones typed.
FIELDS_AMISS = (NO_FRONT_MATTER, MISSING_FIELD)
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the two editions it is of, and who made the new one and when.

    `diagnostics` are what was odd in reading them, `remarks` what was guessed, in words.
    """

    comparison: Comparison
    old: Edition
    new: Edition
    author: str = ""
    when: datetime | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryComparison:
    """A whole library between two versions: what came, what went, and what changed in the rest."""

    added: tuple[Policy, ...]
    removed: tuple[Policy, ...]
    renamed: tuple[Compared, ...]
    changed: tuple[Compared, ...]
    unchanged: int

    @property
    def differs(self) -> bool:
        """Whether anything at all differs."""
        return bool(self.added or self.removed or self.renamed or self.changed)


def compare_versions(versions: Versions, name: str, old: str, new: str) -> Compared:
    """A policy, named as it is called today, between two versions. Raises `UnableError` where it is not in both."""
    [today] = versions.choose(versions.working, [name])
    before, after = versions.at(old, today), versions.at(new, today)
    return compared((before, versions.policy(before, today)), (after, versions.policy(after, today)))


def compare_libraries(versions: Versions, old: str, new: str) -> LibraryComparison:
    """Every policy of the library between two versions."""
    before, after = versions.at(old), versions.at(new)
    olds, news = dict(before.library.policies), dict(after.library.policies)
    both = [compared((before, olds.pop(name)), (after, news.pop(name))) for name in sorted(olds.keys() & news.keys())]
    renamed = [compared((before, olds.pop(old)), (after, news.pop(new))) for old, new in _renamed(olds, news)]
    changed = tuple(one for one in both if one.comparison.differs)
    return LibraryComparison(
        tuple(news.values()), tuple(olds.values()), tuple(renamed), changed, len(both) - len(changed)
    )


def _renamed(olds: dict[str, Policy], news: dict[str, Policy]) -> list[tuple[str, str]]:
    """Policies that have another id now: of those gone and those new the most alike, each once."""
    scored = sorted(
        ((likeness(one, other), old, new) for old, one in olds.items() for new, other in news.items()), reverse=True
    )
    found: dict[str, str] = {}
    for score, old, new in scored:
        if score >= RENAMED and old not in found and new not in found.values():
            found[old] = new
    return list(found.items())


def compare_files(old: Path, new: Path) -> Compared:
    """Two files: policy sources, any Markdown, which is read leniently, or documents of any kind that is read.

    Raises `UnableError` for what cannot be read.
    """
    if any(path.suffix.lower() not in MARKDOWN for path in (old, new)):
        from policytool.pipeline.papers import paper  # readers of documents: two sources need none

        return _compared_papers(paper(old), paper(new))
    (one, found), (other, more) = _read(old), _read(new)
    typed = one.typed or other.typed
    comparison = compare(one.edition.policy, other.edition.policy, typed_numbers=typed)
    sides = replace(comparison.old, version=old.name), replace(comparison.new, version=new.name)
    comparison = replace(comparison, old=sides[0], new=sides[1])
    return Compared(comparison, one.edition, other.edition, new.name, None, (*found, *more))


def compare_tracked(path: Path) -> Compared:
    """A Word file with its tracked changes rejected and accepted. Raises `UnableError` for any other."""
    from policytool.pipeline.papers import paper  # as above

    if path.suffix.lower() != ".docx":
        raise UnableError(f"{path} alone can be compared with nothing", "name two files, or a policy and a file")
    old, new = paper(path, "reject"), paper(path)
    return _compared_papers(replace(old, name=f"{path.name}, changes rejected"), new)


def compare_with_file(versions: Versions, name: str, old: str | Path, new: str | Path) -> Compared:
    """A policy at a version against a document that is a file; either side may be the file."""
    from policytool.pipeline.papers import edited, paper  # as above

    [today] = versions.choose(versions.working, [name])

    def read(side: str | Path) -> Paper:
        if isinstance(side, Path):
            return paper(side)
        repository = versions.at(side, today)
        return edited(repository, versions.policy(repository, today), repository.version or WORKING)

    return _compared_papers(read(old), read(new))


def _compared_papers(old: Paper, new: Paper) -> Compared:
    """Two papers compared; a source with a PDF as it is and, if they differ, as it prints: the lesser difference."""
    from policytool.pipeline.papers import as_printed  # as above

    compared = _as_read(old, new)
    if not compared.comparison.differs or not any(one.name.lower().endswith(".pdf") for one in (old, new)):
        return compared
    printed = as_printed(old) or old, as_printed(new) or new
    likewise = compared if printed == (old, new) else _as_read(*printed)
    return min(compared, likewise, key=_amount)


def _amount(compared: Compared) -> tuple[int, int]:
    counts = compared.comparison.counts
    return len(compared.comparison.told), counts[ChangeKind.RENUMBERED]


def _as_read(old: Paper, new: Paper) -> Compared:
    from policytool.pipeline.papers import pair, told  # as above

    both = pair(old, new)
    found = compare(both.old.policy, both.new.policy)
    sides = replace(found.old, version=old.name), replace(found.new, version=new.name)
    found = replace(found, old=sides[0], new=sides[1], fields=(*found.fields, *both.fields))
    return Compared(found, both.old, both.new, new.name, None, both.diagnostics, tuple(told(both.remarks)))


@dataclass(frozen=True, slots=True)
class _File:
    """A file as an edition of its own library; `typed` tells that its numbers were typed by hand."""

    edition: Edition
    typed: bool


def _read(path: Path) -> tuple[_File, Sequence[Diagnostic]]:
    text, found = parse_text(files.read(path), path.name)
    if text is None:
        raise UnableError(f"cannot read {path}: {found[0].message}", "it is read as text: Markdown in UTF-8")
    policy, more = parse_policy(text, path.stem, path.name)
    typed = any(one.finding in FIELDS_AMISS for one in more)
    if typed:
        policy, more = parse_policy(text, path.stem, path.name, as_typed=True)
        more = [one for one in more if one.finding not in (*FIELDS_AMISS, UNKNOWN_FIELD)]
    library, _ = resolve([policy], Settings())
    return _File(Edition(policy, library), typed), [*found, *more]


def compared(old: tuple[Repository, Policy], new: tuple[Repository, Policy]) -> Compared:
    """Two policies, each with the repository that it stands in."""
    (before, one), (after, other) = old, new
    comparison = compare(one, other, (before.library, after.library))
    comparison = replace(
        comparison,
        old=replace(comparison.old, version=before.version or WORKING),
        new=replace(comparison.new, version=after.version or WORKING),
    )
    author = after.commit.author if after.commit else after.library.settings.organisation.name
    when = after.commit.date if after.commit else None
    sides = Edition(one, before.library, style=before.house), Edition(other, after.library, style=after.house)
    return Compared(comparison, *sides, author, when)


def artifact(compared: Compared, form: str, *, moves_as_delete_insert: bool = False) -> Artifact:
    """A comparison as a file, named after its two versions, in a folder named after the policy."""
    names = (_UNSAFE.sub("-", side.version).strip("-") for side in (compared.comparison.old, compared.comparison.new))
    path = f"{compared.comparison.new.policy}/{'--'.join(names)}.{form}"
    return Artifact(path, content(compared, form, moves_as_delete_insert=moves_as_delete_insert))


def content(compared: Compared, form: str, *, moves_as_delete_insert: bool = False) -> bytes:
    """A comparison in a format, as bytes; each renderer is imported when it is first asked for."""
    comparison, old, new = compared.comparison, compared.old, compared.new
    if form == "docx":
        from policytool.render.word import redline

        moves = moves_as_delete_insert
        return redline(comparison, old, new, author=compared.author, when=compared.when, moves_as_delete_insert=moves)
    if form == "pdf":
        from policytool.render.compared.pdf import pdf

        return pdf(comparison, old, new)
    if form == "html":
        from policytool.render.compared.html import html

        return html(comparison, old, new)
    return "".join(f"{line}\n" for line in lines(compared, form)).encode()


def lines(compared: Compared, form: str, *, colour: bool = False, width: int = 80) -> Iterator[str]:
    """A comparison as text or JSON, line by line."""
    comparison, old, new = compared.comparison, compared.old, compared.new
    if form == "json":
        from policytool.render.compared.json import json

        yield json(comparison, old, new)
        return
    from policytool.render.compared.text import text

    yield from text(comparison, old, new, colour=colour, width=width)


def summary(compared: Compared) -> str:
    """What changed, in the words that a governor reads aloud."""
    from policytool.render.compared.words import summary as said

    return said(compared.comparison)


def write(out: Path, artifacts: Sequence[Artifact]) -> list[Path]:
    """Write comparisons below a folder."""
    return files.write(out, artifacts)
