"""What stands in a folder, held against the records of what was published: the proof that it is right, or is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policytool.model.diagnostic import Diagnostic
from policytool.model.record import Publication, PublishedFile, Record

Place: TypeAlias = Literal["current", "superseded", "withdrawn", "taken back"]
State: TypeAlias = Literal[
    "right", "kept", "superseded", "withdrawn", "altered", "stale", "missing", "unknown", "unread"
]
Proof: TypeAlias = Literal["hash", "made again", "words"]
IN_ORDER: tuple[State, ...] = ("right", "kept")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in a folder: its path below it, with forward slashes, its size in bytes, and its SHA-256 in hex.

    `sha256` is "" where nobody asked for it; `problem` is why the file could not be read, in words.
    """

    path: str
    size: int = 0
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What an index leads to, by paths below the folder of what is published: as current, and as superseded.

    `is_whole` tells that it says what it said when it was made.
    """

    current: frozenset[str] = frozenset()
    superseded: frozenset[str] = frozenset()
    is_whole: bool = True

    @property
    def links(self) -> frozenset[str]:
        """All that it leads to."""
        return self.current | self.superseded


@dataclass(frozen=True, slots=True)
class Recorded:
    """A publication as its record has it. `place` is what has become of it since."""

    record: Record
    publication: Publication
    place: Place

    @property
    def policy(self) -> str:
        """The id of the policy, by the folder its records stand in."""
        return self.record.folder

    @property
    def version(self) -> str:
        """The name of the version."""
        return self.publication.version


@dataclass(frozen=True, slots=True)
class Held:
    """A file held against the records.

    right, the current issue's; kept, of an issue that is superseded or withdrawn, and stands as it should; superseded,
    standing where only the current one belongs; withdrawn, out although its policy is not; altered; stale, an index
    that is not what the records give; missing; unknown; unread, which could not be read.

    `issue` and `file` are what was recorded of it, None of an index and of what is unknown.
    """

    path: str
    state: State
    issue: Recorded | None = None
    file: PublishedFile | None = None
    problem: str = ""

    @property
    def is_in_order(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.state in IN_ORDER

    @property
    def is_recorded(self) -> bool:
        """Whether it is, byte for byte, a file of a publication."""
        return self.state in ("right", "kept", "superseded", "withdrawn") and self.file is not None


@dataclass(frozen=True, slots=True)
class Proved:
    """An issue of which files are in the folder, and the strongest proof that was given of them.

    hash: they are the recorded ones; words: read back, they also say what the approved wording says; made again: the
    same tool made the same bytes of the approved wording again.
    """

    issue: Recorded
    proof: Proof


@dataclass(frozen=True, slots=True)
class Verified:
    """All that was held against the records: every file, the proofs by issue, and what is wrong, in order."""

    files: tuple[Held, ...]
    proofs: tuple[Proved, ...]
    issues: tuple[Recorded, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_right(self) -> bool:
        """Whether no error was found."""
        return not any(one.is_error for one in self.diagnostics)
