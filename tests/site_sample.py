"""Pages of policies for tests of the site: this repository's own, and made-up ones that hold what is unusual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from policytool.model.block import Block, Clause, Item, Paragraph, Section, words_of
from policytool.model.inline import Inlines, Reference, Text, descend
from policytool.model.library import Library, Target
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.register import Review
from policytool.model.site import (
    WORKING,
    Card,
    Citing,
    Download,
    Falling,
    Frame,
    Held,
    Leaf,
    Mistake,
    Preview,
    policy_path,
    relative,
    version_path,
)
from policytool.model.standing import Standing
from policytool.model.time import Moment
from policytool.pipeline.repository import Repository, load, with_texts
from policytool.pipeline.reviews import Reviews
from policytool.render.edition import Edition, anchor
from policytool.render.html.view import Links
from policytool.render.site.pages import PolicyPage, Step
from policytool.review.register import standing
from tests.sample import LIBRARY, POLICY

ROOT = Path(__file__).parents[1]
ADDRESS = "https://school.example/policies/"
FRAME = Frame("Example Primary School", "#1b365d", address=ADDRESS)
GUIDANCE = "social-media-staff"
LEAD = 90
DOWNLOADS = (("pdf", 184_320), ("docx", 40_213))


@cache
def school() -> Repository:
    """This repository, read once."""
    return load(ROOT)


@cache
def reviews() -> Reviews:
    """Its records."""
    return Reviews(school())


def falling(review: Review) -> Falling:
    """A review of the register as a site tells it."""
    last = review.last.held if review.last else None
    return Falling(review.cycle.name, review.by, str(review.cycle.every), last, review.due, LEAD)


def leaves(policy: str) -> tuple[Leaf, ...]:
    """The texts of a policy that have pages, the newest first."""
    dossier = reviews().dossiers[policy]
    role = school().library.role
    made = [
        Leaf(one.version, "superseded", one.record.held, role(one.record.by), one.record.minute)
        for one in dossier.approvals
    ]
    if made:
        made[-1] = replace(made[-1], kind="current")
    approval = dossier.approval
    if approval is None or not dossier.says(approval.record.fingerprint):
        made.append(Leaf(WORKING, "working"))
    return tuple(reversed(made))


def card(policy: str) -> Card:
    """A policy of this repository as its register tells it."""
    library = school().library
    one = library.policies[policy]
    found = leaves(policy)
    [entry] = reviews().register(date(2026, 1, 1), [policy]).entries
    return Card(
        policy,
        one.title,
        one.kind,
        library.role(one.owner),
        library.role(one.approver),
        tuple(library.role(name) for name in one.audience),
        one.publish,
        next((leaf for leaf in found if leaf.kind == "current"), found[0]),
        is_revised=len({leaf.kind for leaf in found} & {"working", "current"}) == len(("working", "current")),
        falling=tuple(falling(review) for review in entry.reviews),
    )


def edition(policy: str, leaf: Leaf) -> Edition:
    """A text of a policy of this repository, with what is printed of its reviews."""
    dossier = reviews().dossiers[policy]
    if leaf.kind == "working":
        told = reviews().standing(*_as_is(policy))
        return Edition(school().library.policies[policy], school().library, standing=told)
    approval = next(one for one in dossier.approvals if one.version == leaf.version)
    content = reviews().wording(policy, approval.record.fingerprint) or b""
    library = with_texts(school(), {policy: content}).library
    told = standing(reviews().dossier(library.policies[policy], content.decode()))
    return Edition(library.policies[policy], library, standing=told)


def _as_is(policy: str) -> tuple[Policy, str]:
    one = school().library.policies[policy]
    return one, school().texts[one.path]


def history(policy: str) -> tuple[Step, ...]:
    """The history of a policy."""
    found = leaves(policy)
    befores = (*(leaf.version for leaf in found[1:]), "")
    return tuple(
        Step(leaf, "3 reworded, 2 inserted" if before else "", before)
        for leaf, before in zip(found, befores, strict=True)
    )


def held(policy: str) -> tuple[Held, ...]:
    """The reviews so far."""
    role = school().library.role
    records = reversed(reviews().dossiers[policy].approving)
    return tuple(
        Held(one.held, one.what, role(one.by), one.outcome.replace("-", " "), one.minute, one.reason) for one in records
    )


def references_of(policy: Policy) -> Iterator[tuple[Block | None, str, Reference]]:
    """Each reference, with the clause or section that it stands in and what that is called."""
    at, called = None, ""
    for block in policy.walk():
        if isinstance(block, Section | Clause | Item) and block.number:
            at, called = block, f"{'section' if isinstance(block, Section) else 'clause'} {block.number}"
        for words in words_of(block):
            yield from ((at, called, one) for one in descend(words) if isinstance(one, Reference))


def cited_by(policy: str) -> tuple[Citing, ...]:
    """The places in other policies that cite a policy."""
    library = school().library
    return tuple(
        Citing(other.id, other.title, called, anchor(block) if block else "", reference.label)
        for other in library.policies.values()
        if other.id != policy
        for block, called, reference in references_of(other)
        if reference.policy == policy
    )


def previews(one: Edition) -> tuple[Preview, ...]:
    """What is shown of the places in other policies that a text cites."""
    return tuple(_previews(one))


def _previews(one: Edition) -> Iterator[Preview]:
    library = one.library
    for _, _, reference in references_of(one.policy):
        other, label = reference.policy, reference.label
        if other in library.policies and other != one.policy.id:
            target = library.targets[other, label]
            block = next((block for block in library.policies[other].walk() if label and anchor(block) == label), None)
            words = one.plain(getattr(block, "text", ())) if block else ""
            yield Preview(other, label, target.phrase, words)


def page(policy: str, version: str = "", *, is_permanent: bool = False) -> PolicyPage:
    """A page of a policy of this repository: its own, or that of one of its versions."""
    told = card(policy)
    leaf = next((one for one in leaves(policy) if one.version == version), told.leaf)
    path = policy_path(policy) if leaf == told.leaf and not is_permanent else version_path(policy, leaf.version)
    text = edition(policy, leaf)
    folder = path.removesuffix("index.html")
    return PolicyPage(
        path,
        told,
        leaf,
        text,
        history(policy),
        held(policy),
        cited_by(policy),
        previews(text),
        tuple(Download(f"{folder}{policy}.{form}", form, size) for form, size in DOWNLOADS),
        links=reaching(path, *school().library.policies),
    )


# Made-up policies

CURRENT = Leaf("2024-03-12", "current", Moment(2024, 3, 12), "Full Governing Board", "FGB 2024/9")
HEADTEACHER = "Headteacher"


def made_up(policy: Policy, library: Library | None = None, leaf: Leaf = CURRENT) -> PolicyPage:
    """A page of a policy that stands in no file."""
    library = library or Library(LIBRARY.settings, {policy.id: policy}, {(policy.id, ""): _whole(policy)})
    one = Card(policy.id, policy.title, policy.kind, HEADTEACHER, "Full Governing Board", (), policy.publish, leaf)
    return PolicyPage(policy_path(policy.id), one, leaf, Edition(policy, library), (Step(leaf),))


def _whole(policy: Policy) -> Target:
    return Target(policy.id, "", "policy", policy.title)


def reaching(start: str, *policies: str) -> Links:
    """Links from a page to those of some policies, and to no other."""

    def link(policy: str, anchor: str) -> str:
        return relative(start, policy_path(policy), anchor) if policy in policies else ""

    return link


def everything() -> PolicyPage:
    """The policy of `tests.sample`, which holds every kind of block and inline."""
    return replace(made_up(POLICY, LIBRARY), links=reaching(policy_path(POLICY.id), "online-safety"))


def superseded() -> PolicyPage:
    """A version that is replaced, among three and a working text."""
    old = Leaf("2022-09", "superseded", Moment(2022, 9), "Full Governing Board")
    between = Leaf("2023-09.2", "superseded", Moment(2023, 9), "Clerk", is_amended=True)
    working = Leaf(WORKING, "working")
    steps = (
        Step(working, "1 reworded", CURRENT.version),
        Step(CURRENT, "2 reworded, 1 moved", between.version),
        Step(between, "1 reworded", old.version),
        Step(old),
    )
    notice = Standing(notice="Superseded: approved in September 2022, replaced by the wording approved in March 2024")
    now = everything()
    return replace(
        now,
        path=version_path(POLICY.id, old.version),
        card=replace(now.card, is_revised=True),
        leaf=old,
        edition=replace(now.edition, standing=notice),
        history=steps,
    )


def hostile(title: str) -> PolicyPage:
    """A policy of this title, which is cited, and cites itself, under other such titles."""
    words: Inlines = (Text(f"{title} and "), Reference("", "one"), Text("."))
    blocks = (Section(1, (Text(title),), (Clause(words, label="one"), Item("letter", words, begins=True))),)
    policy = Policy("hostile", title, blocks=numbered(blocks))
    targets = {("hostile", ""): _whole(policy), ("hostile", "one"): Target("hostile", "one", "passage", title)}
    one = made_up(policy, Library(LIBRARY.settings, {"hostile": policy}, targets))
    named = Leaf("2024-03-12", "current", Moment(2024, 3, 12), title, title)
    return replace(
        one,
        card=replace(one.card, owner=title, approver=title, audience=(title,), leaf=named),
        leaf=named,
        history=(Step(named, title),),
        held=(Held(Moment(2024, 3), title, title, title, title, title),),
        cited_by=(Citing("other", title, title, "one", "one"), Citing("other", title, "", "", "")),
        previews=(Preview("other", "one", title, title),),
        links=reaching(policy_path("hostile"), "other"),
        mistakes=(Mistake("one", "source/hostile.md:3:1", "PT202", title, title, is_error=True),),
    )


def bare() -> PolicyPage:
    """A policy without sections, reviews, or anything else beside its words."""
    policy = Policy("bare", "Bare", blocks=(Paragraph((Text("A few words."),)),))
    return made_up(policy, leaf=Leaf(WORKING, "working"))


def long_history(count: int) -> PolicyPage:
    """A policy of so many versions."""
    years = [
        Leaf(f"{2025 - index}-09", "current" if index == 0 else "superseded", Moment(2025 - index, 9), HEADTEACHER)
        for index in range(count)
    ]
    befores = (*(leaf.version for leaf in years[1:]), "")
    steps = tuple(
        Step(leaf, "1 reworded" if before else "", before) for leaf, before in zip(years, befores, strict=True)
    )
    one = everything()
    return replace(one, leaf=years[0], card=replace(one.card, leaf=years[0]), history=steps)
