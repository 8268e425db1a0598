"""Register -> JUnit XML, which CI servers show as tests: a suite a policy, a case a review and one for the wording.

There is no standard; this is the form that Jenkins' published schema describes, and that GitLab and GitHub's test
reporters read. It knows a file of a suite and none of a case: the line stands in the message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from policytool.model.diagnostic import Diagnostic
from policytool.model.register import Entry, Register, Review
from policytool.model.settings import Waiver
from policytool.render.register import words
from policytool.render.terminal import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

WORDING = ""
"""Stands for the wording where a case is named by policy and cycle."""
Failures: TypeAlias = Mapping[tuple[str, str], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class _Case:
    """One case: what it is called, what is known of it, and why it failed or was silenced."""

    name: str
    told: str
    failed: Sequence[Diagnostic] = ()
    waiver: Waiver | None = None

    @property
    def is_skipped(self) -> bool:
        """Whether somebody has silenced what would have been said."""
        return self.waiver is not None and not self.failed


def junit(register: Register, failures: Failures) -> bytes:
    """The document in UTF-8. `failures` names by (policy, cycle) what is to fail, the wording with the cycle "".

    What is named there and is not in the register fails too: nothing is lost. What was waived counts as skipped.
    """
    from lxml import etree  # 10 ms, for this format alone

    entries = {entry.policy: entry for entry in register.entries}
    known = {policy: [*_cases(entry, failures)] for policy, entry in entries.items()}
    for (policy, cycle), found in failures.items():
        if policy not in entries or (cycle and cycle not in {one.cycle.name for one in entries[policy].reviews}):
            known.setdefault(policy, []).append(_Case(_title(cycle), "", found))
    every = [case for cases in known.values() for case in cases]
    root = etree.Element("testsuites", {"name": "policytool status", **_counts(every)})
    for policy, cases in known.items():
        root.append(_suite(policy, _path(entries.get(policy), cases), cases, str(register.day)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _cases(entry: Entry, failures: Failures) -> Iterator[_Case]:
    for review in entry.reviews:
        found = failures.get((entry.policy, review.cycle.name), ())
        yield _Case(_title(review.cycle.name), _told(review), found, review.waiver)
    told = f"{entry.wording}: {words.approval(entry)}" if entry.approval else str(entry.wording)
    yield _Case(_title(WORDING), told, failures.get((entry.policy, WORDING), ()), entry.waiver)


def _told(review: Review) -> str:
    return f"{words.state(review)}; last review: {words.held(review)}; next review: {words.due(review)}"


def _title(cycle: str) -> str:
    return f"{cycle} review" if cycle else "wording"


def _path(entry: Entry | None, cases: Iterable[_Case]) -> str:
    return entry.path if entry else next((one.path for case in cases for one in case.failed), "")


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    failed = sum(bool(case.failed) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}


def _suite(policy: str, path: str, cases: Sequence[_Case], day: str) -> _Element:
    from lxml import etree

    skipped = str(sum(case.is_skipped for case in cases))
    named = {"name": printable(policy), **_counts(cases), "skipped": skipped, "timestamp": f"{day}T00:00:00"}
    suite = etree.Element("testsuite", {**named, "file": printable(path)} if path else named)
    for case in cases:
        element = etree.SubElement(suite, "testcase", name=printable(case.name), classname=printable(policy))
        _outcome(element, case)
        if case.told:
            etree.SubElement(element, "system-out").text = printable(case.told)
    return suite


def _outcome(element: _Element, case: _Case) -> None:
    from lxml import etree

    for one in case.failed:
        kind = f"{one.finding.code} {one.finding.name}"
        failure = etree.SubElement(element, "failure", type=printable(kind), message=printable(one.message))
        place = ":".join(str(part) for part in (one.path, *(one.position or ())))
        failure.text = printable(f"{place}: {one.message}") + (f"\n{printable(one.advice)}" if one.advice else "")
    if case.waiver and case.is_skipped:
        etree.SubElement(element, "skipped", message=printable(words.waived(case.waiver)))
