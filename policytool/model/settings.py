"""The settings of a repository: organisation, roles, and policies that are held elsewhere (`policytool.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policytool.model.inline import Position


@dataclass(frozen=True, slots=True)
class Organisation:
    """The body whose policies these are."""

    name: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that owns, approves or reviews; `acts_for` is the role on whose behalf it may."""

    title: str
    acts_for: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A policy that is not held in `source/`: it has a title, perhaps an address, and no labels."""

    title: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The house style: paths relative to the repository, the colour as #rrggbb."""

    word: str = ""
    colour: str = ""
    crest: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """After so many days overdue, a reminder goes to this role as well."""

    after: int
    to: str


@dataclass(frozen=True, slots=True)
class Reminders:
    """Lead times in days, longest first, and the weekday of the weekly digest."""

    lead: tuple[int, ...] = (90, 60, 30, 14, 7, 0)
    digest: str = "monday"
    escalate: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that sends reminders, and the address they come from. The password is in no file."""

    host: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One finding on one policy, silenced until a day, with who said so and why."""

    code: str
    policy: str
    until: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `policytool.yaml`, typed. `places` tells where a field stands: "roles.chair.acts-for"."""

    organisation: Organisation = Organisation("")
    roles: Mapping[str, Role] = field(default_factory=dict)
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    house: House = House()
    publish_address: str = ""
    branch: str = ""
    timezone: str = "Europe/London"
    meetings: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    reminders: Reminders = Reminders()
    smtp: Smtp | None = None
    waivers: tuple[Waiver, ...] = ()
    places: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)

    def title(self, role: str) -> str:
        """A role's title, or its id where none is defined."""
        known = self.roles.get(role)
        return known.title if known else role
