"""Issues of which files are there -> the strongest proof that can be given of each, and what speaks against it.

What this very policytool made it makes again, and compares the bytes. What another made it reads back, and compares the
words and numbers with the kept wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.proof import Held, Proved, Recorded
from policytool.model.settings import Settings
from policytool.model.standing import Standing
from policytool.model.unable import UnableError
from policytool.pipeline.inputs import among, inputs
from policytool.pipeline.issue import Archive, issue_of
from policytool.pipeline.outline import parsed
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.workers import Crew
from policytool.pipeline.workshop import Made, Order
from policytool.render.edition import Edition
from policytool.review import findings as told
from policytool.store import drawer
from policytool.store.history import History


@dataclass(slots=True)
class Outcome:
    """The proofs, and what was found wrong in giving them."""

    proofs: list[Proved] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def prove(
    root: Path, settings: Settings, every: Iterable[Held], folder: Path, crew: Crew, tool: str
) -> tuple[tuple[Proved, ...], tuple[Diagnostic, ...]]:
    """The proof of each issue that has files in the folder. `tool` is what is recorded of this policytool.

    Raises `UnableError` without git.
    """
    there: dict[str, list[Held]] = defaultdict(list)
    for one in every:
        if one.is_recorded and one.issue is not None:
            there[one.issue.record.path].append(one)
    reviews = Reviews(Repository(root, Library(settings, {}), (), {}, {}))
    with History(root) as history:
        proving = _Proving(Archive(reviews, history, crew.read), settings, there, folder, tool)
        proving.all(crew)
    return tuple(proving.outcome.proofs), tuple(proving.outcome.found)


class _Proving:
    """One run over the issues that have files in a folder: `there`, by the path of their record."""

    def __init__(
        self, archive: Archive, settings: Settings, there: Mapping[str, Sequence[Held]], folder: Path, tool: str
    ) -> None:
        self.archive, self.settings, self.there, self.folder, self.tool = archive, settings, there, folder, tool
        self.outcome = Outcome()

    def all(self, crew: Crew) -> None:
        """Every issue, each in its turn: first those that can be made again, a version of each policy at a time."""
        issues = [issue for listed in self.there.values() if (issue := listed[0].issue)]
        ours = [one for one in issues if self._is_ours(one)]
        for batch in _rounds(ours):
            self._make(crew, batch)
        for one in issues:
            if not self._is_ours(one):
                self._reread(one)

    def _is_ours(self, one: Recorded) -> bool:
        """Whether this policytool made it, of a policy that has its id still: a Word file carries the id."""
        return one.publication.tool == self.tool and one.record.policy == one.policy

    # Made again

    def _make(self, crew: Crew, batch: Sequence[Recorded]) -> None:
        self._read(batch)
        by_ground: dict[str, list[tuple[Recorded, Order]]] = defaultdict(list)
        grounds = {}
        for one in batch:
            try:
                common = self.archive.common(one.publication.commit)
                order = self.archive.order(issue_of(one.record), _formats(one))
            except UnableError as error:
                self._unmade(one, error)
                continue
            grounds[common.digest] = common
            by_ground[common.digest].append((one, order))
        for name, asked in by_ground.items():
            for (one, _), made in zip(asked, crew.make([order for _, order in asked], grounds[name]), strict=True):
                self._compared(one, made)

    def _read(self, batch: Iterable[Recorded]) -> None:
        """Read the wordings that are needed together; one that is not kept is told with the records."""
        wanted = [(one.policy, one.record.fingerprint) for one in batch]
        wanted += [pair for one in batch for pair in one.publication.relied_on]
        self.archive.read(wanted)

    def _compared(self, one: Recorded, made: Made) -> None:
        recorded = {_form(file.path): file.sha256 for file in one.publication.files}
        other = [form for form in recorded if made.digests.get(form) != recorded[form]]
        if not other:
            self.outcome.proofs.append(Proved(one, "made again"))
            return
        self._reread(one)
        why = made.problem or ("the wording has errors" if made.has_errors else "it comes out another")
        for held in self.there[one.record.path]:
            if held.file is not None and _form(held.file.path) in other:
                message = f"made again of the approved wording, {why}"
                self.outcome.found.append(told.MADE_OTHERWISE.at(self._path(held), None, message))

    def _unmade(self, one: Recorded, error: UnableError) -> None:
        """What cannot be made again is read back; why is told with the records, if it is that its commit is gone."""
        self._reread(one)
        if not self._is_gone(one):
            message = f"this cannot be made again: {error}"
            self.outcome.found.append(told.MADE_OTHERWISE.at(one.record.path, None, message, error.advice))

    def _is_gone(self, one: Recorded) -> bool:
        try:
            self.archive.common(one.publication.commit)
        except UnableError:
            return True
        return False

    # Read back

    def _reread(self, one: Recorded) -> None:
        """Read the files of an issue back, and hold their words against the kept wording."""
        from policytool.pipeline.reread import differs  # readers of documents: what is made again needs none

        try:
            edition = self._edition(one)
        except UnableError as error:
            self.outcome.proofs.append(Proved(one, "hash"))
            self.outcome.found.append(told.NOT_KEPT.at(one.record.path, None, str(error), error.advice))
            return
        said = [self._differs(differs, edition, held) for held in self.there[one.record.path]]
        self.outcome.found += [one for one in said if one is not None]
        self.outcome.proofs.append(Proved(one, "hash" if any(said) else "words"))

    def _differs(
        self, differs: Callable[[Edition, str, bytes], str], edition: Edition, held: Held
    ) -> Diagnostic | None:
        path = self._path(held)
        try:
            said = differs(edition, held.file.path if held.file else path, drawer.content(self.folder / held.path))
        except UnableError as error:
            return told.OTHER_WORDS.at(path, None, f"this cannot be read back: {error}")
        return told.OTHER_WORDS.at(path, None, f"this does not say what was approved: {said}") if said else None

    def _edition(self, one: Recorded) -> Edition:
        """The kept wording among those it relied on, with the settings of then, or those of today if they are gone."""
        archive, written = self.archive, one.record.fingerprint
        outline = archive.outline(one.policy, written)
        others = {other: archive.outline(other, said) for other, said in one.publication.relied_on}
        settings = self.settings if self._is_gone(one) else archive.common(one.publication.commit).settings
        given = inputs(outline, archive.content(one.policy, written), others, Standing())
        policy, _ = parsed(given.content, given.policy, given.path)
        if policy is None:
            raise UnableError("the kept wording is no text")
        return Edition(policy, among(policy, given.others, settings)[0])

    def _path(self, held: Held) -> str:
        return (self.folder / held.path).as_posix()


def _rounds(issues: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    """Issues in rounds, in each of which a policy is there once: what a worker has read it then makes."""
    rounds: dict[int, list[Recorded]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    for one in issues:
        rounds[seen[one.policy]].append(one)
        seen[one.policy] += 1
    yield from rounds.values()


def _formats(one: Recorded) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_form(file.path) for file in one.publication.files))


def _form(path: str) -> str:
    return path.rpartition(".")[2]
