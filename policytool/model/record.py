"""Review records: what was decided of a policy, when, by whom, and over which wording (`reviews/<id>/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from policytool.model.inline import NOWHERE, Position
from policytool.model.time import Duration, Moment

RecordKind: TypeAlias = Literal["review", "amendment", "correction", "reschedule", "publication", "withdrawal"]
Outcome: TypeAlias = Literal["approved", "approved-with-changes", "no-change", "deferred"]
RECORD_KINDS: tuple[RecordKind, ...] = get_args(RecordKind)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a publication: its path below `build/published/`, its SHA-256 in hex, its size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What went out: the version's name, the policies it relied on, with what, and every file.

    `relied_on` is (policy id, fingerprint) of each policy whose titles or numbers it cites; `commit` holds the settings
    and the template; `tool` is the version of policytool. `records` are the names of those from which version, approval
    and dates were derived, so that the same documents can be made again whatever was recorded since.
    """

    version: str
    relied_on: tuple[tuple[str, str], ...] = ()
    commit: str = ""
    tool: str = ""
    files: tuple[PublishedFile, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Which fields it has depends on its kind; those it has not are empty.

    `held` is the day or month of the decision, and `made` the day on which a correction was written. `by` is the role
    that decided. `fingerprint` names the wording decided on, `seen` the one that lay before the reviewers where they
    approved it with changes. `every` is the cycle as it was then, `next` an earlier due date that they asked for.

    A correction (`replaces` is the name of the record it stands for) holds all the fields of what it replaces as they
    should have been; one that is `void` takes it away. `ratified_by` is the body that has minuted what a role decided
    on its behalf, `ratified` when.

    `path` is relative to the repository; `folder` is the policy's id by the folder the record stands in, which may be
    another than `policy` where the policy's file has been renamed since.
    """

    kind: RecordKind
    policy: str
    held: Moment
    by: str = ""
    cycle: str = ""
    outcome: Outcome | Literal[""] = ""
    minute: str = ""
    every: Duration | None = None
    fingerprint: str = ""
    seen: str = ""
    next: Moment | None = None
    reason: str = ""
    evidence: str = ""
    replaces: str = ""
    made: Moment | None = None
    void: bool = False
    ratified_by: str = ""
    ratified: Moment | None = None
    publication: Publication | None = None
    path: str = field(default="", compare=False)
    places: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name without its ending: "2023-09-14-governors"."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def folder(self) -> str:
        """The id of the policy in whose folder it stands."""
        return self.path.split("/")[1] if self.path.count("/") > 1 else self.policy

    @property
    def what(self) -> str:
        """What its file is named after: the cycle of a review, else its kind."""
        return self.cycle if self.kind == "review" else self.kind

    @property
    def written(self) -> Moment:
        """When it came to be: the day a correction was made, else when it was held."""
        return self.made or self.held

    @property
    def approves(self) -> bool:
        """Whether it is a review that ended in approval: it moves the date of its cycle."""
        return self.kind == "review" and self.outcome not in ("deferred", "")

    def place(self, name: str) -> Position:
        """Where a field stands in the file, its first line where it does not."""
        return self.places.get(name, NOWHERE)
