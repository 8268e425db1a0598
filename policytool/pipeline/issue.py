"""An issue of a policy: its approved wording as it goes out, or went out, and all that its documents are made of.

Texts are named by their fingerprints and kept beside the records; version, approval and dates follow from the records
that it lists; settings and house style are those of a commit. So what was issued once can be made again, byte by byte
by the same tool, whatever the sources have become and whatever was recorded since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from policytool.model.fingerprint import fingerprint, is_wording, wording_name
from policytool.model.policy import Cycle, Policy
from policytool.model.record import Publication, Record
from policytool.model.register import Approval
from policytool.model.settings import Settings
from policytool.model.standing import Issued, Standing
from policytool.model.unable import UnableError
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.pipeline.house import house_style
from policytool.pipeline.inputs import Common, Inputs, among, inputs, printed
from policytool.pipeline.outline import Reader, one_by_one, parsed
from policytool.pipeline.reviews import Reviews, path_of
from policytool.pipeline.shelf import Outline
from policytool.pipeline.workshop import Order, Workshop
from policytool.review.dossier import Dossier
from policytool.review.register import standing
from policytool.store import files
from policytool.store.history import History

FORMATS = ("docx", "pdf", "html")
_SILENT = ("publication", "withdrawal")
"""Records from which no version, approval or date follows."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue: the policy, the name of its version, the folder it goes into, and all that its documents are made of.

    `relied_on` is (policy id, fingerprint) of each policy whose title or numbers it prints, `records` the names of the
    records that count for it, `commit` the hash of the commit that holds the settings and the house style.
    """

    policy: str
    version: str
    folder: str
    fingerprint: str
    relied_on: tuple[tuple[str, str], ...] = ()
    records: tuple[str, ...] = ()
    commit: str = ""

    @property
    def path(self) -> str:
        """Its folder, below `build/published/`."""
        return f"{self.policy}/{self.folder}"


def issue_of(record: Record) -> Issue:
    """What went out by a publication record. Raises `UnableError` for a record of another kind."""
    said = record.publication
    if said is None:
        raise UnableError(f"{record.path} is no record of a publication")
    folder = folder_in(said) or said.version
    return Issue(record.folder, said.version, folder, record.fingerprint, said.relied_on, said.records, said.commit)


def folder_in(publication: Publication) -> str:
    """The folder of its policy that a publication's files stand in; "" where its manifest lists none."""
    return next((one.path.split("/")[1] for one in publication.files if one.path.count("/") > 1), "")


class Archive:
    """The wordings, records, settings and house styles that issues are made of, each read once.

    What is `known` already, a policy's bytes and its outline, is not read again where the kept wording is the same.
    """

    def __init__(
        self,
        reviews: Reviews,
        history: History,
        reader: Reader = one_by_one,
        known: Mapping[str, tuple[bytes, Outline]] | None = None,
    ) -> None:
        self.reviews, self.history, self._reader = reviews, history, reader
        self._known = known or {}
        self._outlines: dict[tuple[str, str], Outline] = {}
        self._contents: dict[tuple[str, str], bytes] = {}
        self._grounds: dict[str, Common] = {}

    # What is kept

    def content(self, policy: str, written: str) -> bytes:
        """The bytes of a kept wording. Raises `UnableError` where it is not kept."""
        known = self._contents.get((policy, written)) or self.reviews.wording(policy, written)
        if known is None:
            path = path_of(policy, wording_name(written))
            raise UnableError(f"the wording {path} is not there", "restore it from git: `policytool check` tells more")
        self._contents[policy, written] = known
        return known

    def read(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read kept wordings, (policy, fingerprint), together: with a crew, many at once. What is amiss waits."""
        new = [one for one in dict.fromkeys(wanted) if one not in self._outlines]
        there = [one for one in new if self.reviews.wording(*one) is not None and not self._is_known(*one)]
        sources = [files.SourceFile(_path(policy), policy, self.content(policy, said)) for policy, said in there]
        # Two wordings of one policy would pass for one source.
        for batch in _batches(list(zip(there, sources, strict=True))):
            found = self._reader([source for _, source in batch])
            for (one, _), read in zip(batch, found, strict=True):
                if read.outline is not None:
                    self._outlines[one] = read.outline

    def _is_known(self, policy: str, written: str) -> bool:
        content, outline = self._known.get(policy, (b"", None))
        if outline is None or outline.policy.path != _path(policy) or content != self.content(policy, written):
            return False
        self._outlines[policy, written] = outline
        return True

    def outline(self, policy: str, written: str) -> Outline:
        """A kept wording by its fields and what can be cited of it. Raises `UnableError` where it is not that."""
        content = self.content(policy, written)
        self.read([(policy, written)])
        found = self._outlines.get((policy, written))
        if found is None or not _says(found, content, written):
            path = path_of(policy, wording_name(written))
            advice = "restore it from git: `policytool check` tells more"
            raise UnableError(f"{path} is not the wording that it is named by", advice)
        return found

    def cited(self, policy: str, written: str) -> Iterator[str]:
        """The policies that a kept wording cites or names as related, as far as it has been read."""
        found = self._outlines.get((policy, written))
        yield from (other for other, _ in found.cites) if found else ()

    def common(self, commit: str, out: Path | None = None, *, dry_run: bool = True) -> Common:
        """The settings and the house style of a commit. Raises `UnableError` where the commit is not in this clone."""
        if commit not in self._grounds:
            self._grounds[commit] = self._ground(commit)
        return replace(self._grounds[commit], out=out or Path(), dry_run=dry_run)

    def _ground(self, commit: str) -> Common:
        found = next(iter(self.history.named(commit).values()), None)
        if found is None or not found.hash.startswith(commit):
            cut = "fetch the rest: `git fetch --unshallow`" if self.history.is_shallow else ""
            advice = cut or "the history was rewritten, or was never fetched here"
            raise UnableError(f"the commit {commit[:7]}, which holds its settings, is not in this clone", advice)
        text, _ = parse_text(self.history.settings(found), files.SETTINGS)
        settings, _ = parse_settings(text or "", files.SETTINGS)
        house, _ = house_style(settings.house, partial(self.history.assets, found), settings.places)
        return Common(printed(settings), Path(), house=house)

    # What counts now

    def current(self, policy: str, commit: str) -> Issue:
        """The issue of a policy as it counts now: its approved wording, and the approved wordings of what it cites.

        Raises `UnableError` where no wording is approved, and where it cites what is in no approved wording. Whether
        what it is made of is committed, and free of errors, is for others to say.
        """
        dossier = self.reviews.dossiers[policy]
        approval = dossier.approval
        if approval is None:
            advice = f"record its approval: `policytool record {policy} CYCLE --by {dossier.policy.approver} …`"
            raise UnableError("no wording of it has been approved", advice)
        written = approval.record.fingerprint
        relied_on = tuple(self._relied_on(self.outline(policy, written), commit))
        records = tuple(sorted(one.name for one in dossier.records if one.kind not in _SILENT))
        folder = free_folder(approval.version, publications(dossier))
        return Issue(policy, approval.version, folder, written, relied_on, records, commit)

    def _relied_on(self, outline: Outline, commit: str) -> Iterator[tuple[str, str]]:
        elsewhere = self.common(commit).settings.elsewhere
        cited: dict[str, list[str]] = {}
        for other, label in outline.cites:
            if other not in elsewhere:
                cited.setdefault(other, []).extend([label] if label else [])
        for other, labels in cited.items():
            approval = self._approval(other, labels)
            if approval is None:
                continue  # its title is not printed; where the text cites it, the text has an error
            found = self.outline(other, approval.record.fingerprint)
            for label in labels:
                _refuse_lost(other, label, found)
            yield other, approval.record.fingerprint

    def _approval(self, other: str, labels: Sequence[str]) -> Approval | None:
        """The approval of a policy that is cited; None where there is none, and only its title would be printed."""
        dossier = self.reviews.dossiers.get(other)
        if dossier is not None and dossier.approval is not None:
            return dossier.approval
        if labels and dossier is None:
            raise UnableError(f"it cites `{other}#{labels[0]}`, and there is no such policy", _AGAIN)
        if labels:
            what = f"it cites `{other}#{labels[0]}`, and no wording of `{other}` has been approved"
            raise UnableError(what, f"record its approval first: `policytool record {other} …`")
        return None

    # What an issue is made of

    def order(self, issue: Issue, formats: Sequence[str] = FORMATS, folder: str = "") -> Order:
        """What a crew makes an issue of, with the `common` of its commit. Raises `UnableError` for what is missing."""
        return Order(self.inputs(issue), formats, folder)

    def inputs(self, issue: Issue) -> Inputs:
        """All that the documents of an issue are made of. Raises `UnableError` for what is missing."""
        outline = self.outline(issue.policy, issue.fingerprint)
        others = {other: self.outline(other, written) for other, written in issue.relied_on}
        content = self.content(issue.policy, issue.fingerprint)
        return inputs(outline, content, others, self.standing(issue, outline.policy))

    def standing(self, issue: Issue, policy: Policy) -> Standing:
        """What its documents print of reviews and approval, by the records of the issue alone."""
        dossier = self._dossier(issue, policy)
        approval = next((one for one in dossier.approvals if one.version == issue.version), None)
        if approval is None or approval is not dossier.approval or approval.record.fingerprint != issue.fingerprint:
            advice = "record the approval of this wording once more: `policytool record`"
            raise UnableError(f"its records do not make {issue.version} the approved wording", advice)
        record = approval.record
        issued = Issued(approval.version, record.held, record.minute, record.kind == "amendment")
        return replace(standing(dossier), issued=issued)

    def _dossier(self, issue: Issue, policy: Policy) -> Dossier:
        """What was on file for a policy when it was issued, and the policy as it was approved."""
        text = parse_text(self.content(issue.policy, issue.fingerprint), policy.path)[0] or ""
        found = self.reviews.dossier(policy, text)
        records = tuple(one for one in found.records if one.name in issue.records)
        known = replace(found, records=records, settings=self._settings(issue), says=issue.fingerprint.__eq__)
        return replace(known, policy=replace(policy, reviews=tuple(_cycles(policy, known.approving))))

    def _settings(self, issue: Issue) -> Settings:
        return self.common(issue.commit).settings

    def wrong(self, issue: Issue) -> str:
        """The first error in what an issue is made of, in words; "" where there is none."""
        given = self.inputs(issue)
        policy, found = parsed(given.content, given.policy, given.path)
        if policy is None:
            return "its file is no text"
        from policytool.check import check  # only where something is wrong already

        library, more = among(policy, given.others, self._settings(issue))
        rules = check(replace(library, policies={policy.id: policy}))
        return next((one.message for one in (*found, *more, *rules) if one.is_error), "")


_AGAIN = "mend the source, and have that wording approved"


def documents(archive: Archive, issue: Issue, formats: Sequence[str] = FORMATS) -> Mapping[str, bytes]:
    """The documents of an issue by format: the same bytes whenever and wherever this very tool makes them.

    Raises `UnableError` where a wording, a record or the commit is missing, and where the wording has errors.
    """
    made = Workshop(archive.common(issue.commit)).compose(archive.order(issue, formats))
    if made is None:
        raise UnableError(f"the wording of {issue.policy} {issue.version} has errors: {archive.wrong(issue)}", _AGAIN)
    return made


def publications(dossier: Dossier) -> tuple[Record, ...]:
    """The publications of a policy, the oldest first."""
    return tuple(one for one in dossier.in_force if one.kind == "publication" and one.publication)


def free_folder(version: str, before: Iterable[Record]) -> str:
    """A folder in which no issue of a version stands yet: its name, then `_2`, `_3`, and so on."""
    taken = {folder_in(one.publication) for one in before if one.publication}
    folder, number = version, 1
    while folder in taken:
        number += 1
        folder = f"{version}_{number}"
    return folder


def _path(policy: str) -> str:
    """Where a wording stands as far as its documents tell: the same wherever the source is kept today."""
    return f"{files.SOURCE}/{policy}.md"


def _batches(
    sources: Sequence[tuple[tuple[str, str], files.SourceFile]],
) -> Iterator[Sequence[tuple[tuple[str, str], files.SourceFile]]]:
    """Sources in rounds, in each of which a policy is there once."""
    left = list(sources)
    while left:
        batch = {source.path: (one, source) for one, source in reversed(left)}
        yield list(batch.values())
        left = [one for one in left if one not in batch.values()]


def _says(outline: Outline, content: bytes, written: str) -> bool:
    """Whether a kept wording has the fingerprint it is named by."""
    if outline.fingerprint == written:
        return True
    policy, _ = parsed(content, outline.policy.id, outline.policy.path)
    return policy is not None and fingerprint(policy) != written and is_wording(policy, written)


def _refuse_lost(other: str, label: str, found: Outline) -> None:
    if label not in found.targets:
        what = f"it cites `{other}#{label}`, which is not in the approved wording of `{other}`"
        raise UnableError(what, f"have the wording of `{other}` approved that has it: `policytool record {other} …`")


def _cycles(policy: Policy, approving: Sequence[Record]) -> Iterator[Cycle]:
    """The cycles of a policy, each as it was when it was last reviewed: the kept wording may be of an earlier day."""
    for cycle in policy.reviews:
        last = next((one for one in reversed(approving) if one.cycle == cycle.name and one.every), None)
        yield replace(cycle, every=last.every) if last and last.every else cycle
