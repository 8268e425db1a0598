"""A library: policies whose cross-references have been resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policytool.model.block import Number
from policytool.model.policy import Policy
from policytool.model.settings import Settings

TargetKind: TypeAlias = Literal["policy", "section", "appendix", "clause", "item", "passage"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a cross-reference may point at.

    A "passage" is a labelled block without a number of its own (a remark, a table, a quote, an unnumbered section);
    its number is that of the clause or section it stands in, if there is one. `noun` is the word before the number:
    an item and a passage are called by the section, clause or appendix they stand in. `title` is the policy's, or the
    section's for a section. `order` is its place in reading order among its policy's blocks.
    """

    policy: str
    label: str
    kind: TargetKind
    title: str
    noun: str = ""
    number: Number | None = None
    order: int = 0

    @property
    def phrase(self) -> str:
        """How the target is called inside its own policy: "clause 4.2.1", "section 2(a)", "appendix B"."""
        if self.kind == "policy":
            return self.title
        if self.number is None:
            return f"“{self.title}”"
        return f"{self.noun} {self.number}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause or block that cites a target: who, from where."""

    source: Target
    target: Target


@dataclass(frozen=True, slots=True)
class Library:
    """The policies by id, in order of id, with everything that can be cited.

    `targets` is keyed by (policy id, label), the label "" standing for the policy as a whole; policies held
    elsewhere are in it too. `cited` gives, for each policy, the ids of other policies its text cites, in order.
    """

    settings: Settings
    policies: Mapping[str, Policy] = field(default_factory=dict)
    targets: Mapping[tuple[str, str], Target] = field(default_factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def related(self, policy: Policy) -> tuple[str, ...]:
        """The policies printed as related: those listed, then those that are only cited."""
        return tuple(dict.fromkeys((*policy.related, *self.cited.get(policy.id, ()))))

    def role(self, name: str) -> str:
        """A role's title, or its id where the settings do not define it."""
        return self.settings.title(name)
