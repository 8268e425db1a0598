"""A repository with findings -> its sources mended where that takes no judgement, and what was left and why.

Nothing is believed: each mended text is read and checked again, and a mend that changes anything but what it was meant
to is left out. Settings and records are never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from policytool.check.findings import TYPED_REFERENCE
from policytool.model.artifact import Artifact
from policytool.model.block import words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint
from policytool.model.inline import Emphasis, Inline, Inlines, Link, Reference, Strong, plain
from policytool.model.mend import Edit
from policytool.model.policy import Policy
from policytool.parse.findings import TYPED_NUMBER, WRONG_NUMBER
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.mending import edited
from policytool.parse.text import text as parse_text
from policytool.pipeline.repository import Repository, with_texts
from policytool.resolve.findings import STALE_NUMBER
from policytool.store import files

CHANGED = "because the file was changed meanwhile"
DOUBTFUL = "because other errors in the file may change its numbers: mend them first"
MISCOUNTED = "because other numbers were typed before the clauses than are printed: look which clause is meant"
TWINS = "because two files have this name"
UNFIT = "because more would change than it should"
OF_TEXTS = "PT2"
"""Codes below this are those of mistakes in a text itself."""


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that could have been mended and was not, and why."""

    diagnostic: Diagnostic
    why: str


@dataclass(slots=True)
class Fixed:
    """What is mended, what is left, and by path each file that changes: as it is, and as it is to be.

    `repository` is all as it reads when mended, without what was found wrong in the files that do not change; None
    where not every mend could be made at once.
    """

    mended: list[Diagnostic] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    repository: Repository | None = None


def fix(repository: Repository, chosen: Iterable[str], given: Mapping[str, str] | None = None) -> Fixed:
    """The chosen policies as mended. Nothing is written. `given` are texts, by path, that do not stand on the disk."""
    fixed, wanted = Fixed(), defaultdict[str, list[Diagnostic]](list)
    beside = _by_path(repository.diagnostics)
    for one in repository.findings(chosen):
        if one.mend is None:
            continue
        why = _doubt(one, beside[one.path], repository)
        if why:
            fixed.left.append(Left(one, why))
        else:
            wanted[one.path].append(one)
    _mend(repository, wanted, fixed, given or {})
    return fixed


def write(root: Path, fixed: Fixed) -> list[Path]:
    """Write each file that changes, in its own place where a link leads to it; each is whole at every moment."""
    real = root.resolve()
    paths = {path: (root / path).resolve().relative_to(real).as_posix() for path in fixed.after}
    return files.write(real, [Artifact(paths[path], text.encode()) for path, text in fixed.after.items()])


def _by_path(found: Iterable[Diagnostic]) -> Mapping[str, list[Diagnostic]]:
    by_path = defaultdict[str, list[Diagnostic]](list)
    for one in found:
        by_path[one.path].append(one)
    return by_path


def _doubt(one: Diagnostic, beside: Sequence[Diagnostic], repository: Repository) -> str:
    """Why a finding is better not mended, or not yet; "" where nothing speaks against it."""
    if Counter(repository.ids.values())[repository.ids[one.path]] > 1:
        return TWINS
    if one.mend and one.mend.counts:
        if any(other.is_error and other.finding.code < OF_TEXTS and not other.mend for other in beside):
            return DOUBTFUL
        if one.finding is TYPED_REFERENCE and any(other.finding in (WRONG_NUMBER, TYPED_NUMBER) for other in beside):
            return MISCOUNTED
    return ""


def _mend(
    repository: Repository, wanted: Mapping[str, list[Diagnostic]], fixed: Fixed, given: Mapping[str, str]
) -> None:
    """All mends of all files at once; where a file does not come out as it should, one by one."""
    for path, ones in wanted.items():
        written = given[path] if path in given else _written(repository, path)
        if written is None:
            fixed.left += [Left(one, CHANGED) for one in ones]
        else:
            fixed.before[path] = written
    right, after = _right(repository, fixed.before, {path: wanted[path] for path in fixed.before})
    fixed.repository = after if right.keys() == fixed.before.keys() else None
    for path in fixed.before:
        if path in right:
            fixed.after[path] = right[path]
            fixed.mended += wanted[path]
        else:
            _one_by_one(repository, path, wanted[path], fixed)


def _edits(ones: Iterable[Diagnostic]) -> list[Edit]:
    return [edit for one in ones if one.mend for edit in one.mend.edits]


def _written(repository: Repository, path: str) -> str | None:
    """A file as it stands on the disk, its line ends and all; None where that is not what was checked."""
    content = files.read(repository.root / path)
    return content.decode() if parse_text(content, path)[0] == repository.texts[path] else None


def _one_by_one(repository: Repository, path: str, ones: Iterable[Diagnostic], fixed: Fixed) -> None:
    kept: list[Diagnostic] = []
    for one in ones:
        right, _ = _right(repository, fixed.before, {path: [*kept, one]})
        fixed.after |= right
        if right:
            kept.append(one)
        else:
            fixed.left.append(Left(one, UNFIT))
    fixed.mended += kept


def _right(
    repository: Repository, written: Mapping[str, str], mended: Mapping[str, Sequence[Diagnostic]]
) -> tuple[dict[str, str], Repository]:
    """By path, the mended text of each file in which nothing changes but what was to be mended; all as they read."""
    edited_all = {path: edited(written[path], _edits(ones)) for path, ones in mended.items()}
    texts = {path: text for path, text in edited_all.items() if text is not None}
    if not texts:
        return {}, repository
    contents = {repository.ids[path]: text.encode() for path, text in texts.items()}
    after = with_texts(repository, contents)
    before_by_path, after_by_path = _by_path(repository.diagnostics), _by_path(after.diagnostics)
    right = {}
    for path, text in texts.items():
        allowed = _counted(before_by_path[path])
        allowed.subtract(_counted(mended[path]))
        fits = all(count <= allowed[key] for key, count in _counted(after_by_path[path]).items())
        if fits and _says_the_same(repository, after, path, _stale_mended(written[path], mended[path])):
            right[path] = text
    return right, after


def _stale_mended(written: str, ones: Iterable[Diagnostic]) -> str:
    """A text with nothing mended but numbers that went stale, the only mends that change a wording."""
    return edited(written, _edits(one for one in ones if one.finding is STALE_NUMBER)) or written


def _counted(found: Iterable[Diagnostic]) -> Counter[tuple[str, int]]:
    """How many findings of each code stand on each line: no mend adds a line or takes one away."""
    return Counter((one.finding.code, one.position.line if one.position else 0) for one in found)


def _says_the_same(before: Repository, after: Repository, path: str, halfway: str) -> bool:
    """Whether a policy keeps its fields and its wording; numbers that went stale are put right halfway."""
    old, new = (one.library.policies[before.ids[path]] for one in (before, after))
    text, _ = parse_text(halfway.encode(), path)
    # Most texts hold no number that went stale, and were read as they are.
    middle = old if text == before.texts[path] else parse_policy(text or "", old.id, path)[0]
    fields = [replace(one, blocks=(), footnotes=()) for one in (old, new)]
    return fields[0] == fields[1] and _said(old) == _said(middle) and fingerprint(middle) == fingerprint(new)


def _said(policy: Policy) -> list[tuple[str, str]]:
    """Each block's kind and words, where a reference counts as its target alone."""
    return [(type(block).__name__, _words(run)) for block in policy.walk() for run in words_of(block)]


def _words(inlines: Inlines) -> str:
    """Words with, for each reference, its target in the place of what it says."""
    return "".join(_word(inline) for inline in inlines)


def _word(inline: Inline) -> str:
    if isinstance(inline, Reference):
        return f"[{inline.policy}#{inline.label}]"
    return _words(inline.children) if isinstance(inline, Emphasis | Strong | Link) else plain((inline,))
