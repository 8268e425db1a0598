"""A policy with mistakes -> each of them beside the block in which it is."""

from __future__ import annotations

from collections.abc import Sequence

from policytool.check import check as check_library
from policytool.model.block import Block
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.site import Mistake
from policytool.pipeline.build import Stock
from policytool.pipeline.inputs import among, inputs
from policytool.pipeline.outline import parsed
from policytool.render.edition import anchor


def mistakes(stock: Stock, policy_id: str) -> tuple[Mistake, ...]:
    """All that `check` finds in the working text of a policy and in the fields of its records, in order of place."""
    path = stock.outlines[policy_id].policy.path
    policy, found = parsed(stock.contents[path], policy_id, path)
    if policy is not None:
        found = [*found, *_among(stock, policy)]
    found = [*found, *stock.reviews.unread_of(policy_id)]
    return tuple(_told(one, policy) for one in sorted(found, key=lambda one: one.order))


def first_mistake(stock: Stock, path: str) -> str:
    """The first error in a file, in a line; "" where there is none."""
    found = (one for one in stock.repository.diagnostics if one.path == path and one.is_error)
    return next((f"{_where(one)}: {one.message}" for one in found), "")


def _among(stock: Stock, policy: Policy) -> Sequence[Diagnostic]:
    """What is wrong with a policy among the others, and by the house rules."""
    settings = stock.repository.library.settings
    outline = stock.outlines[policy.id]
    given = inputs(outline, stock.contents[policy.path], stock.outlines, stock.reviews.standing(policy, ""))
    library, found = among(policy, given.others, settings)
    return [*found, *check_library(Library(settings, {policy.id: policy}, library.targets))]


def _told(one: Diagnostic, policy: Policy | None) -> Mistake:
    near = _near(policy, one) if policy is not None and one.path == policy.path else ""
    return Mistake(near, _where(one), one.finding.code, one.message, one.advice, one.is_error)


def _where(one: Diagnostic) -> str:
    return f"{one.path}:{one.position.line}:{one.position.column}" if one.position else one.path


def _near(policy: Policy, one: Diagnostic) -> str:
    """The anchor of the last block that has one and does not begin below the mistake."""
    line = one.position.line if one.position else 0
    before: list[Block] = [block for block in policy.walk() if block.position.line <= line and anchor(block)]
    return anchor(max(before, key=lambda block: block.position.line)) if before else ""
