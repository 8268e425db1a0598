"""A policy and its library -> what is printed, the same in every format.

Word, PDF and HTML take their words from here, so that they cannot disagree: the title block, the printed text of a
cross-reference, the number before a clause, the anchor of a deep link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from policytool.model.block import Block, Blocks, Bullet, Clause, Item, Rule, Section
from policytool.model.inline import Emphasis, Inline, Inlines, Link, Numeral, Reference, Strong, Text, plain
from policytool.model.library import Library, Target
from policytool.model.policy import Policy
from policytool.model.time import Moment
from policytool.render.colour import ink

if TYPE_CHECKING:
    from policytool.model.house import HouseStyle
    from policytool.model.standing import Issued, Standing

DASH = "–"
DRAFT = "DRAFT"
CONTENTS = "Contents"
FOOTNOTES = "Footnotes"
PLACEHOLDER = "{number}"
NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between "clause" and its number, which belong on one line."""


@dataclass(frozen=True, slots=True)
class Named:
    """Another policy by its title, with the place where it can be read: "" where there is none.

    `policy` is its id where it is held in this library, else "".
    """

    title: str
    policy: str
    address: str


Value: TypeAlias = str | tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A cross-reference as printed. Computed numbers in `children` are `Numeral`s.

    `anchor` is the target's anchor, "" for a whole policy. `policy` is "" inside the same policy. `address` is where
    the other policy is published, "" if it is not; `item` tells that the number is an item's: 4.2(b).
    """

    children: Inlines
    policy: str
    anchor: str
    address: str
    item: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """One policy as it is to be printed. Without a `standing` it prints neither review dates nor a notice.

    `style` is what was loaded of the house style, for those formats that show it.
    """

    policy: Policy
    library: Library
    draft: bool = False
    standing: Standing | None = None
    style: HouseStyle | None = None

    @property
    def title(self) -> str:
        """The title of the policy."""
        return self.policy.title

    @property
    def organisation(self) -> str:
        """The name of the organisation."""
        return self.library.settings.organisation.name

    @property
    def colour(self) -> str:
        """The house colour, if there is one."""
        return self.library.settings.house.colour

    @property
    def ink(self) -> str:
        """The shade of the house colour that can be read on paper, as #rrggbb."""
        return ink(self.colour)

    @property
    def crest_words(self) -> str:
        """What the crest is, for those who cannot see it."""
        return f"Crest of {self.organisation}"

    @property
    def house(self) -> HouseStyle:
        """The house style: no template, crest or font where none was loaded."""
        from policytool.model.house import PLAIN  # a comparison as text shows none

        return self.style or PLAIN

    @property
    def notice(self) -> str:
        """What a reader must know before the text: that it is not the approved wording; "" where it is."""
        return self.standing.notice if self.standing else ""

    @property
    def issued(self) -> Issued | None:
        """What it prints of its own publication; None where it is not published."""
        return self.standing.issued if self.standing else None

    @property
    def title_block(self) -> tuple[tuple[str, Value], ...]:
        """The rows of the title block: a label and a value, or the policies it names."""
        policy, library = self.policy, self.library
        dated = None if self.notice else self.standing  # over any wording but the approved one there are no dates
        issued = self.issued
        return (
            *((("Version", issued.told),) if issued else ()),
            ("Owner", library.role(policy.owner) or DASH),
            ("Approved by", library.role(policy.approver) or DASH),
            ("Last reviewed", _told(dated.last_reviewed if dated else None)),
            ("Date for review", _told(dated.due if dated else None)),
            ("Related policies", self.related or DASH),
        )

    @property
    def related(self) -> tuple[Named, ...]:
        """The related policies, those that are only cited last; one that is unknown is left out."""
        ids = self.library.related(self.policy)
        return tuple(self._named(name) for name in ids if (name, "") in self.library.targets)

    def _named(self, policy: str) -> Named:
        held = policy if policy in self.library.policies else ""
        return Named(self.library.targets[policy, ""].title, held, self.address(policy))

    def plain(self, inlines: Inlines) -> str:
        """The words alone, each cross-reference as it is printed."""
        return "".join(self._plain(inline) for inline in inlines)

    def _plain(self, inline: Inline) -> str:
        if isinstance(inline, Reference):
            return plain(self.cite(inline).children)
        if isinstance(inline, Emphasis | Strong | Link):
            return self.plain(inline.children)
        return plain((inline,))

    def address(self, policy: str, anchor: str = "") -> str:
        """Where another policy, or a place in it, is published: "" if nowhere."""
        settings = self.library.settings
        if policy in settings.elsewhere:
            return settings.elsewhere[policy].address
        held = self.library.policies.get(policy)
        if held is None or held.publish != "website" or not settings.publish_address:
            return ""
        return f"{settings.publish_address.rstrip('/')}/{policy}/" + (f"#{anchor}" if anchor else "")

    def target(self, reference: Reference) -> Target | None:
        """What a cross-reference points at; None where it points at nothing."""
        return self.library.targets.get((reference.policy or self.policy.id, reference.label))

    def cite(self, reference: Reference) -> Cited:
        """A cross-reference as printed. One that points at nothing prints its own text, or its source in brackets."""
        target = self.target(reference)
        if target is None:
            lost = Text(f"[{reference.policy}{'#' if reference.label else ''}{reference.label}]")
            return Cited(reference.children or (lost,), "", "", "", item=False)
        away = target.policy if target.policy != self.policy.id else ""
        anchor = target.label
        address = self.address(away, anchor) if away else ""
        item = bool(target.number and target.number.items)
        return Cited(self._printed(reference, target, away), away, anchor, address, item)

    def _printed(self, reference: Reference, target: Target, away: str) -> Inlines:
        if reference.children:
            return _fill(reference.children, str(target.number or ""))
        if target.kind == "policy":
            return (Text(self.library.targets[target.policy, ""].title),)
        before = self.library.targets[away, ""].title + ", " if away else ""
        if target.number is None:
            return (Text(before + target.phrase),)
        return (Text(f"{before}{target.noun}{NO_BREAK}"), Numeral(str(target.number)))


def _told(moment: Moment | None) -> str:
    """A day or a month as it is printed."""
    return moment.told if moment else DASH


def anchor(block: Block) -> str:
    """The deep link to a block: its label, else its number with dots ("4.2.1", "A.1", "2.b"); "" for neither.

    Labels begin with a small letter and numbers never do, so that the two cannot clash.
    """
    if isinstance(block, Rule):
        return ""
    if block.label:
        return block.label
    if isinstance(block, Section | Clause | Item) and block.number:
        return ".".join((*block.number.path, *block.number.items))
    return ""


def runs(blocks: Blocks) -> Iterator[Blocks]:
    """Blocks that follow one another in one list, together; every other block alone."""
    start = 0
    for end in range(1, len(blocks) + 1):
        if end == len(blocks) or not _continues(blocks[end - 1], blocks[end]):
            yield blocks[start:end]
            start = end


def _continues(before: Block, block: Block) -> bool:
    if isinstance(block, Item):
        return isinstance(before, Item) and before.style == block.style and not block.begins
    return isinstance(block, Clause | Bullet) and type(block) is type(before)


def _fill(children: Inlines, number: str) -> Inlines:
    """`{number}` in a reference's own text, replaced by the number."""
    return tuple(filled for child in children for filled in _filled(child, number))


def _filled(child: Inline, number: str) -> Iterator[Inline]:
    if isinstance(child, Emphasis | Strong):
        yield replace(child, children=_fill(child.children, number))
    elif isinstance(child, Text) and PLACEHOLDER in child.text:
        for index, words in enumerate(child.text.split(PLACEHOLDER)):
            if index:
                yield Numeral(number)
            if words:
                yield Text(words)
    else:
        yield child
