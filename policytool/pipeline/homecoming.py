"""A document that `build` made and somebody edited -> its edits in the source, beside what changed there since.

Nothing is written but by `write`, and nothing is believed: the text is read again, and must say what it is meant to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, TypeAlias

from policytool.merge import merge
from policytool.model.artifact import Artifact
from policytool.model.block import Clause, Footnote, Section
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint, is_wording
from policytool.model.inline import Position
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.model.unit import Conflict, Placed, Unit, blocks, units
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.text import text as parse_text
from policytool.pipeline.compare import Compared, compared
from policytool.pipeline.fix import OF_TEXTS
from policytool.pipeline.pairing import pairs
from policytool.pipeline.repository import with_texts
from policytool.render.markdown import own_lines
from policytool.render.markdown.patching import retitled
from policytool.render.markdown.rewriting import rewritten
from policytool.store import drawer, files

if TYPE_CHECKING:
    from policytool.parse.drafting.returned import Returned
    from policytool.pipeline.versions import Versions

TITLES = "the title was changed in the document and in the source since"
EDITED = "the text with the edits"
NOT_OURS = "it does not say of what policy and wording it was made"
BUILD = (
    "only a Word file that `policytool build` made can bring its edits home; `policytool import` makes a policy of any"
)
_ODD_END = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict, told: where it is in the source, which clause it is, why, and both wordings."""

    path: str
    position: Position | None
    number: str
    why: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What the edits make of a source: its text before and after, byte for byte, the comparison, and what clashes.

    With any clash nothing can be written. `findings` are what is wrong with the text as it would be.
    """

    path: str
    before: str
    after: str
    compared: Compared | None = None
    clashes: tuple[Clash, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing is left to do."""
        return self.before == self.after and not self.clashes


# A document -> what it says, and what it was made from


def read(path: Path, changes: Literal["accept", "reject"] = "accept") -> Returned:
    """A Word file of ours, its tracked changes accepted or rejected. Raises `UnableError` for any other file."""
    from policytool.parse.drafting.returned import returned  # with the reader of Word: late, as both are slow to load
    from policytool.parse.word import found as read_word

    if path.suffix.lower() != ".docx":
        raise UnableError(f"{path} is no Word file", BUILD)
    found, wrong = read_word(drawer.content(path), path.as_posix(), changes=changes)
    if found is None:
        raise UnableError(f"cannot read {path}: {wrong[0].message}" if wrong else f"cannot read {path}")
    back = returned(found)
    if back is None:
        raise UnableError(f"{path}: {NOT_OURS}", BUILD)
    return back


def come_home(versions: Versions, back: Returned, name: str = "") -> Homecoming:
    """The edits of a document in the source of its policy.

    `name` is the policy as the user calls it, "" where nothing was said. Raises `UnableError` where policy or wording
    are not known here, where the source has errors, and where the text could not be made.
    """
    policy = _policy(versions, back, name)
    written = files.read(versions.working.root / policy.path).decode()
    base = policy if is_wording(policy, back.fingerprint) else None
    if base is None and fingerprint(back.policy) == fingerprint(policy):
        return Homecoming(policy.path, written, written)
    text, clashes = merged_text(base or _base(versions, policy, back), back.policy, policy, written)
    if clashes or text == written:
        return Homecoming(policy.path, written, written, clashes=clashes)
    after = replace(with_texts(versions.working, {policy.id: text.encode()}), version=EDITED)
    made = compared((versions.working, policy), (after, after.library.policies[policy.id]))
    wrong = tuple(one for one in after.diagnostics if one.path == policy.path)
    return Homecoming(policy.path, written, text, made, (), wrong)


def write(root: Path, home: Homecoming) -> list[Path]:
    """Write the source, in its own place where a link leads to it; it is whole at every moment."""
    real = root.resolve()
    path = (root / home.path).resolve().relative_to(real).as_posix()
    return files.write(real, [Artifact(path, home.after.encode())])


def _policy(versions: Versions, back: Returned, name: str) -> Policy:
    """The policy in the source. It must be free of errors in its text, which would be lost or moved."""
    working, known = versions.working, _known(versions, back)
    if name and working.choose([name]) != (known,):
        raise UnableError(f"this file was made from `{known}`, not from `{name}`", "leave --as out")
    policy = working.library.policies.get(known)
    if policy is None:
        raise UnableError(f"the file of `{known}` cannot be read", "look at it: `policytool check`")
    wrong = (one for one in working.diagnostics if one.path == policy.path)
    if any(one.is_error and one.finding.code < OF_TEXTS for one in wrong):
        raise UnableError(f"{policy.path} has errors", f"mend them first: `policytool check {known}`")
    return policy


def _known(versions: Versions, back: Returned) -> str:
    """What the policy is called today, which may have been renamed since the document was made."""
    ids = versions.working.ids
    if back.policy_id in ids.values():
        return back.policy_id
    for path, name in ids.items():
        was = versions.history.revisions(path, versions.history.head())
        if back.path and any(back.path in (one.path, one.renamed_from) for one in was):
            return name
    advice = "it was taken out, or this is another repository: `policytool import` makes a policy of the file anew"
    raise UnableError(f"this file was made from `{back.policy_id}`, and there is no such policy here", advice)


def _base(versions: Versions, policy: Policy, back: Returned) -> Policy:
    """The wording that the document was made from: of those with its fingerprint, the one with most of its labels."""
    labels = _labels(back.policy)
    found = list(_wordings(versions, policy, back.fingerprint))
    if not found:
        cut = versions.history.is_shallow
        advice = (
            "fetch the rest: `git fetch --unshallow`" if cut else "was it made in another clone, or before a commit?"
        )
        raise UnableError(f"the wording of {policy.path} that this file was made from is not in its history", advice)
    return max(found, key=lambda one: len(labels & _labels(one)))


def _labels(policy: Policy) -> set[str]:
    return {block.label for block in policy.walk() if getattr(block, "label", "")}  # type: ignore[union-attr]


def _wordings(versions: Versions, policy: Policy, written: str) -> Iterator[Policy]:
    """Every text of a policy that has a fingerprint: those kept beside records, and those in git."""
    kept = versions.reviews.kept(policy.id, written)
    if kept is not None and is_wording(kept, written):
        yield kept
    head = versions.history.head()
    for revision in versions.history.revisions(policy.path, head):
        text = parse_text(versions.history.read(revision.blob), revision.path)[0] if revision.blob else None
        if text is not None:
            old = parse_policy(text, PurePosixPath(revision.path).stem, policy.path)[0]
            if is_wording(old, written):
                yield old


# Base, edited, current -> text

Merged: TypeAlias = tuple[str, tuple[Clash, ...]]


def merged_text(base: Policy, edited: Policy, current: Policy, written: str) -> Merged:
    """The text of the source with the edits in it, or what clashes; `written` is the text that `current` was read from.

    Raises `UnableError` where the text does not come out as it should: then nothing may be written.
    """
    was, came, now = units(base), units(edited), units(current)
    placed, conflicts = merge(was, came, now, (pairs(was, came), pairs(was, now)))
    clashes = [_clash(one, current.path) for one in conflicts]
    title = current.title
    if edited.title not in (base.title, title):
        if title == base.title:
            title = edited.title
        else:
            clashes.insert(0, Clash(current.path, current.place("title"), "", TITLES, edited.title, title))
    if clashes:
        return written, tuple(clashes)
    text = _text(current, now, _numbered(placed), written)
    return (retitled(text, title) if title != current.title else text), ()


def _text(current: Policy, now: Sequence[Unit], placed: Sequence[Placed], written: str) -> str:
    """The text that has these units. What does not come out as it should, is written anew."""
    if _ODD_END.search(written):
        raise UnableError(
            f"{current.path} has lines that end in a carriage return alone", "save it with other line ends"
        )
    afresh: set[int] = set()
    wanted = _sorted([one.unit for one in placed])
    for _ in range(2):
        text = rewritten(written, now, placed, running=current.numbering == "running", afresh=afresh)
        if text is None:
            raise UnableError(f"two blocks of {current.path} share a line", "write each on a line of its own")
        clean, _ = parse_text(text.encode(), current.path)
        after, wrong = parse_policy(clean or "", current.id, current.path)
        made = _sorted(units(after))
        if made == wanted and not any(one.is_error for one in wrong):
            return text
        afresh |= _changed(placed, now, made)
    number = next((_number(one) for one, other in zip(wanted, made, strict=False) if one != other), "")
    where = f" at {number}" if number else ""
    advice = "make these edits in the source by hand: `policytool diff` shows what they are"
    raise UnableError(f"the edits cannot be written into {current.path} as they are{where}", advice)


def _sorted(run: Sequence[Unit]) -> list[Unit]:
    """Units with the footnotes by their names: their numbers follow from where they are cited."""
    body = [one for one in run if not isinstance(one.block, Footnote)]
    notes = [(one.block.name, one) for one in run if isinstance(one.block, Footnote)]
    return body + [one for _, one in sorted(notes, key=lambda note: note[0])]


def _changed(placed: Sequence[Placed], now: Sequence[Unit], made: Sequence[Unit]) -> set[int]:
    """The units that are reworded and did not come out as they should: all, where the run is another."""
    changed = {
        place for place, one in enumerate(placed) if one.source is not None and now[one.source].block != one.unit.block
    }
    if len(made) != len(placed):
        return changed
    return {place for place in changed if made[place] != placed[place].unit}


def _numbered(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The same units with the numbers that they get."""
    run = [one.unit for one in placed]
    tree, footnotes = blocks(run)
    body = [one for one in placed if not isinstance(one.unit.block, Footnote)]
    notes = {one.unit.block.name: one for one in placed if isinstance(one.unit.block, Footnote)}
    again = _sorted(units(Policy("", "", blocks=numbered(tree), footnotes=footnotes)))
    ordered = [*body, *(notes[name] for name in sorted(notes))]
    return tuple(replace(one, unit=unit) for one, unit in zip(ordered, again, strict=True))


# What clashes, told


def _clash(conflict: Conflict, path: str) -> Clash:
    position = conflict.current.block.position if conflict.current else None
    number = next((_number(one) for one in (conflict.current, conflict.base, conflict.edited) if one), "")
    return Clash(path, position, number, conflict.why, _said(conflict.edited), _said(conflict.current))


def _number(unit: Unit) -> str:
    """How a unit is called: "section 3", "clause 4.2", or by what it is."""
    number = getattr(unit.block, "number", None)
    if number is None:
        return type(unit.block).__name__.lower()
    noun = "section" if isinstance(unit.block, Section) else "clause" if isinstance(unit.block, Clause) else "item"
    return f"{noun} {number}"


def _said(unit: Unit | None) -> str:
    return "" if unit is None else own_lines(unit.block)[1]
