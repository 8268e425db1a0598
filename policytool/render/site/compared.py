"""Two texts of a policy, compared -> a page of the site; and the page that lists the comparisons of a policy.

What changed is written by the parts of the page that stands by itself (`render/compared/html`), rules and script too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from policytool.model.site import Card, Frame, Leaf, comparison_path, comparisons_path, policy_path, relative
from policytool.render.compared import words
from policytool.render.compared.fields import ARROW
from policytool.render.compared.html.view import page as changes
from policytool.render.compared.sides import Sides
from policytool.render.site.frame import framed
from policytool.render.site.pages import ComparisonPage, ComparisonsPage, Step
from policytool.render.site.pairing import (
    Names,
    Way,
    before_current,
    groups,
    is_with_the_one_before,
    leaf_path,
)

STANDINGS = {"current": "current", "superseded": "superseded", "working": "not approved"}


class Text(NamedTuple):
    """One of the texts: where it stands, what it is called, its page, how it was approved, what it is."""

    which: str
    told: str
    href: str
    how: str
    standing: str
    kind: str


class Notice(NamedTuple):
    """What must be known before all: how grave it is, the words, and where they lead: "" for nowhere."""

    kind: str
    words: str
    href: str = ""
    link: str = ""


class Listed(NamedTuple):
    """A text in the list of comparisons: what it is, what changed, and its comparisons."""

    text: Text
    changed: str
    ways: tuple[Way, ...]


def comparison_page(page: ComparisonPage, frame: Frame) -> bytes:
    """The page of a comparison. It needs a script only to step from change to change."""
    shown = changes(Sides(page.comparison, page.old, page.new))
    names = Names((page.old_leaf, page.new_leaf, *(one for pair in page.pairs for one in pair)))
    stepping = ("compared",) if shown.edits else ()
    return framed(
        "compared.html.jinja",
        frame,
        page.path,
        f"{shown.heading}: {page.old_leaf.told} {ARROW} {page.new_leaf.told}",
        (*stepping, "compare", "copy"),
        page=shown,
        words=words,
        card=page.card,
        texts=(
            _text(page.path, page.card, page.old_leaf, words.OLD),
            _text(page.path, page.card, page.new_leaf, words.NEW),
        ),
        notices=tuple(_notices(page)),
        groups=groups(page.path, page.card.policy, page.pairs),
        choices=names.choices,
        old=page.old_leaf.version,
        new=page.new_leaf.version,
        home_of=relative(page.path, policy_path(page.card.policy)),
        overview=relative(page.path, comparisons_path(page.card.policy)),
        answer=_answer(page.path, page.card),
    )


def comparisons_page(page: ComparisonsPage, frame: Frame) -> bytes:
    """The list of the comparisons of a policy, by its texts, the newest first."""
    leaves = tuple(step.leaf for step in page.history)
    names = Names(leaves)
    return framed(
        "comparisons.html.jinja",
        frame,
        page.path,
        f"Compare versions of {page.card.title}",
        ("compare", "copy"),
        card=page.card,
        texts=tuple(_listed(page, step, names) for step in page.history),
        choices=names.choices,
        old=leaves[1].version if len(leaves) > 1 else "",
        new=leaves[0].version if leaves else "",
        home_of=relative(page.path, policy_path(page.card.policy)),
        answer=_answer(page.path, page.card),
    )


def _answer(path: str, card: Card) -> str:
    """Where the live site answers with the comparison of any two texts."""
    return relative(path, f"{card.policy}/compare/pair")


def _text(path: str, card: Card, leaf: Leaf, which: str = "") -> Text:
    way = relative(path, leaf_path(card, leaf))
    return Text(which, words.capital(leaf.told), way, _how(leaf), STANDINGS[leaf.kind], leaf.kind)


def _how(leaf: Leaf) -> str:
    """How a text was approved: "version 2023-09-14, by Full Governing Board, minute FGB 2023/41"."""
    if leaf.approved is None:
        return "as it is being written"
    said = (
        f"version {leaf.version}",
        f"by {leaf.by}" if leaf.by else "",
        f"minute {leaf.minute}" if leaf.minute else "",
    )
    return ", ".join(one for one in said if one)


def _notices(page: ComparisonPage) -> Iterator[Notice]:
    """What must not be mistaken: a text that is not approved, superseded ones, a policy that is withdrawn."""
    card, kinds = page.card, (page.old_leaf.kind, page.new_leaf.kind)
    current = relative(page.path, policy_path(card.policy))
    if card.withdrawn:
        yield Notice("stop", f"This policy is withdrawn from {card.withdrawn.told}: not in force from then on.")
    if "working" in kinds:
        which = "newer" if page.new_leaf.kind == "working" else "older"
        is_approved = card.leaf.kind != "working"
        said = f"The {which} text is the working text, which is not approved. It may still change."
        yield Notice("warning", said, *((current, "Read the approved wording") if is_approved else ()))
    elif kinds == ("superseded", "superseded"):
        yield Notice("warning", "Both texts are superseded.", current, f"Read the current wording, {card.leaf.told}")
    elif page.new_leaf.kind == "superseded":
        yield Notice(
            "warning", "The text that is shown as the newer is superseded.", current, "Read the current wording"
        )


def _listed(page: ComparisonsPage, step: Step, names: Names) -> Listed:
    return Listed(_text(page.path, page.card, step.leaf), step.changed, tuple(_ways(page, step.leaf, names)))


def _ways(page: ComparisonsPage, leaf: Leaf, names: Names) -> Iterator[Way]:
    """The comparisons of a text: with the one before it, with the current one."""
    last = before_current(page.pairs)
    for old, new in page.pairs:
        href = relative(page.path, comparison_path(page.card.policy, old.version, new.version))
        if new == leaf and new.kind == "working":
            yield Way(href, f"Compare with the approved wording, {names.short(old)}")
        elif new == leaf and is_with_the_one_before((old, new), last):
            yield Way(href, f"Compare with the one before, {names.short(old)}")
        elif old == leaf and new.kind == "current":
            yield Way(href, "Compare with the current wording")
