"""A repository, at a version -> the duties in it: whose, how strong, in which clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policytool.attribute import Names, duties
from policytool.model.artifact import Artifact
from policytool.model.duty import Duty
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.pipeline.repository import Repository
from policytool.pipeline.versions import Versions
from policytool.render.duties.listed import Listed
from policytool.render.edition import Edition
from policytool.store import files

APPROVED = "approved"


@dataclass(slots=True)
class _Read:
    """What was read: the duties, what their policies are called and where their clauses are published, and remarks."""

    duties: list[Duty] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)
    unapproved: list[str] = field(default_factory=list)
    left_out: dict[str, UnableError] = field(default_factory=dict)

    def policy(self, policy: Policy, repository: Repository, names: Names) -> None:
        """Take down the duties of a policy."""
        edition = Edition(policy, repository.library)
        found = duties(policy, names, edition.plain)
        self.duties += found
        self.titles[policy.id] = policy.title
        self.addresses |= {(policy.id, one.anchor): edition.address(policy.id, one.anchor) for one in found}


def listed(working: Repository, chosen: Sequence[str] = (), role: str = "", at: str = "") -> Listed:
    """The duties of the chosen policies (none: all that are in force), of one holder alone where `role` names one.

    With `at`, as they were laid down at that version. Raises `UnableError` for what is not known.
    """
    settings = working.library.settings
    names = Names(settings)
    who = names.meant(role) if role else None
    read = _Read()
    with Versions(working) as versions:
        policies = versions.choose(working, chosen) if chosen else working.in_force()
        for name in policies:
            _take(versions, name, at, read, names)
    if not read.titles:
        raise next(iter(read.left_out.values()), UnableError("there is no policy to read duties from"))
    if chosen and read.left_out:
        raise next(iter(read.left_out.values()))
    kept = tuple(one for one in read.duties if who is None or one.who == who)
    return Listed(
        in_order(kept, settings),
        {name: names.title(name) for name in (*(one.who for one in kept), who) if name},
        read.titles,
        read.addresses,
        settings,
        role=who or "",
        version=_version(at, read),
        left_out=tuple(read.left_out),
    )


def _take(versions: Versions, name: str, at: str, read: _Read, names: Names) -> None:
    """Read one policy; what cannot be read at that version is left out."""
    working = versions.working
    try:
        repository = versions.at(at, name) if at else working
        policy = versions.policy(repository, name)
    except UnableError as error:
        read.left_out[name] = error
        return
    read.policy(policy, repository, names)
    if not at and versions.reviews.standing(policy, working.texts[policy.path]).notice:
        read.unapproved.append(policy.id)


def _version(at: str, read: _Read) -> str:
    """Which text was read, in a line, and whether it is the approved one."""
    if at:
        return "As approved" if at == APPROVED else f"As at {at}"
    count, whole = len(read.unapproved), len(read.titles)
    if not count:
        return "As approved"
    if count == whole:
        return "The working text, which is not the approved wording"
    titles = ", ".join(read.titles[name] for name in read.unapproved)
    return f"The working text; not the approved wording of {titles}"


def in_order(found: Iterable[Duty], settings: Settings) -> tuple[Duty, ...]:
    """By holder: roles in the order of the settings, groups by name, nobody's last; in each policy by strength."""
    roles: Mapping[str, int] = {name: place for place, name in enumerate(settings.roles)}
    last = len(roles)
    return tuple(
        sorted(found, key=lambda one: (not one.who, roles.get(one.who, last), one.who.casefold(), one.policy, one.rank))
    )


def write(out: Path, content: bytes) -> None:
    """Write the duties to a file."""
    files.write(out.parent, [Artifact(out.name, content)])
