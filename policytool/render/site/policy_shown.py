"""What the page of a policy shows beside its text: plain tuples in which every choice has been made."""

from __future__ import annotations

from typing import NamedTuple

from policytool.model.site import Preview
from policytool.render.html.shown import Line, Run


class Way(NamedTuple):
    """A link, and its words."""

    href: str
    words: str


class Notice(NamedTuple):
    """What must be known before the text is read: in words, and where to read on. `kind` gives it its look."""

    kind: str
    words: str
    ways: tuple[Way, ...]


class Fact(NamedTuple):
    """A row of the title block: plain words, or the policies that it names."""

    label: str
    value: str | tuple[Run, ...]


class Due(NamedTuple):
    """A review as it falls due, in words, with the ISO days on which its states begin: () for one without a date."""

    words: str
    due: str
    begins: tuple[str, ...]


class Place(NamedTuple):
    """A place in another policy that cites one here, and what it cites: an `href` is "" where there is no link."""

    called: str
    href: str
    target: str
    anchor: str


class Group(NamedTuple):
    """The places in one other policy."""

    title: str
    href: str
    places: tuple[Place, ...]


class Past(NamedTuple):
    """A version in the history: what it is called, how it came to be, and what changed since the one before."""

    href: str
    name: str
    told: str
    changed: str
    compared: Way | None
    marks: tuple[str, ...]


class View(NamedTuple):
    """Everything on the page beside its text. `cited_as` and `address` are what a citation of a clause is made of."""

    kind: str
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    dues: tuple[Due, ...]
    tools: tuple[Way, ...]
    contents: tuple[Line, ...]
    cited: tuple[Group, ...]
    recent: tuple[Past, ...]
    earlier: tuple[Past, ...]
    previews: tuple[tuple[str, Preview], ...]
    cited_as: str
    address: str
    printed: str
    is_indexed: bool
