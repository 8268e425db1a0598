"""Comparisons for the tests of their renderers, one for each thing that can happen; and that each is what it says."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from policytool.compare import compare
from policytool.model.comparison import ChangeKind, Comparison, Landing
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.settings import House, Organisation, Role, Settings
from policytool.parse.markdown import policy as parse
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.resolve import resolve

ROOT = Path(__file__).parents[2]
GUIDANCE = "source/social-media-staff.md"

FRONT = """---
title: {title}
kind: policy
owner: {owner}
approver: governing-board
reviews:
  annual: {{every: {every}, by: headteacher}}
related: [{related}]
---

"""
SETTINGS = Settings(
    Organisation("Example Primary School"),
    roles={
        "headteacher": Role("Headteacher"),
        "chair": Role("Chair of Governors"),
        "governing-board": Role("Full Governing Board"),
    },
    house=House(colour="#1b365d"),
)
CITING = """# What it is for

1. Whoever reports a concern does as [](visits.md#report) says, and nobody is punished for it at all.
"""
BASE = """# Planning

1. The leader should plan every visit with care, and write down what could go wrong and how it would be met.
2. The plan is sent to the headteacher within ten working days of the visit, with the names of all who go.
3. Parents are told of the visit in writing, and asked to say what their child needs on that day.

# On the day

1. Staff must count the pupils whenever the party leaves a place or boards a coach, train or boat.
2. A leader who is worried about a pupil tells the designated person at once, and writes it down. {#report}
3. Nobody may leave the party without saying so to the leader, and pupils never leave it alone.
4. A first aid kit and the telephone numbers of all parents travel with the party, whatever the distance.

# Afterwards

1. What went wrong is talked over within a week, as [](#report) asks, and the plan for next time is mended.
   a) by the leader;
   b) by the adults who helped;
   c) by the pupils, in class.
"""
HOSTILE = (
    "<script>alert(1)</script>",
    '"onload="alert(1)',
    "{{ 7 * 7 }} {% raw %}",
    "</style><img src=x onerror=alert(1)>",
    "#set text(red) $x$ <label> @x",
    "]] --> ; DROP",
)


@dataclass(frozen=True)
class Case:
    """A comparison and its two editions."""

    comparison: Comparison
    old: Edition
    new: Edition

    @property
    def kinds(self) -> list[ChangeKind]:
        """The kinds of its edits, in order."""
        return [change.kind for change in self.comparison.edits]


def policy(text: str, name: str = "visits", **front: str) -> Policy:
    """A policy with this text."""
    fields = {
        "title": "Educational Visits Policy",
        "owner": "headteacher",
        "every": "12 months",
        "related": "",
        **front,
    }
    read, _ = parse(FRONT.format(**fields) + text, name, f"source/{name}.md")
    return read


def libraries(old: Policy, new: Policy) -> tuple[Library, Library]:
    """The two policies, each with one beside it that cites it."""
    citing = policy(CITING, "whistleblowing", title="Whistleblowing Policy")
    return resolve([old, citing], SETTINGS)[0], resolve([new, citing], SETTINGS)[0]


def case(old: Policy, new: Policy, before: str = "2023-09-14", after: str = "working") -> Case:
    """The comparison of two policies, with the versions named."""
    held = libraries(old, new)
    found = compare(old, new, held)
    found = replace(found, old=replace(found.old, version=before), new=replace(found.new, version=after))
    return Case(found, Edition(old, held[0]), Edition(new, held[1]))


def changed(*edits: tuple[str, str], **front: str) -> Case:
    """The base text against itself with these replacements."""
    text = BASE
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return case(policy(BASE), policy(text, **front))


def between(old: str, new: str) -> Case:
    """Two texts."""
    return case(policy(old), policy(new))


TABLE = """# Who sees what

1. The table says who may see what is kept:

   | Who | What | How long |
   | --- | --- | --- |
   | Staff | Everything that they need for their work | 6 years |
   | Parents | What concerns their own child and no other | 1 year |
   | Governors | Figures without names, once a term | 3 years |
"""
COLUMN = """# Who sees what

1. The table says who may see what is kept:

   | Who | What | Where | How long |
   | --- | --- | --- | --- |
   | Staff | Everything that they need for their work | office | 6 years |
   | Parents | What concerns their own child and no other | office | 1 year |
   | Governors | Figures without names, once a term | office | 3 years |
"""
NOTED = """# Law

1. The school keeps to the law on data protection.[^law] It keeps what it must keep and nothing more.

[^law]: Data Protection Act 2018, section 10, and the guidance of the regulator.
"""
ARABIC = """# أسماء

1. يجب على الموظفين احترام خصوصية التلاميذ وأسرهم في كل وقت وفي كل مكان.
"""
LIST = """# Aims

1. This policy should:
   a) keep every child safe on visits and on the way to them;
   b) tell the adults who lead visits what is asked of them;
   c) give parents the facts that they need to agree to a visit;
   d) help the governors to know that visits are well run;
   e) let the school learn from what went wrong before.
"""
REORDERED = """# Aims

1. This policy should:
   a) let the school learn from what went wrong before;
   b) help the governors to know that visits are well run;
   c) give parents the facts that they need to agree to a visit;
   d) tell the adults who lead visits what is asked of them;
   e) keep every child safe on visits and on the way to them.
"""
KINDS = """# Foreword {.unnumbered}

A remark that stands under a heading without a number, and is long enough to be known again.

# Rules

1. Staff *always* keep `the register` in the **office**, see [the guidance](https://example.org/a).[^note]\\
   It is kept there for good, and every page of it has a number.
   - the first point under the clause is about the register;
   - the second point under the clause is about the office.

   > What is quoted here was said by the governors at their meeting in the autumn.

   ```
   name: ____
   date: ____
   ```

2. The table says who may see the register when it is not in use:

   | Who | When |
   | --- | --- |
   | Staff | at any time of the day or night |
   | Parents | on Monday afternoons by appointment |

   | Where | What |
   | --- | --- |
   | Office | the register and its index |

# Form {.appendix}

1. The form is filled in by hand and kept with the register for as long as the register is kept.

[^note]: The note says where the guidance comes from and who wrote it.
"""
KINDS_NOW = (
    KINDS.replace("long enough to", "quite long enough to")
    .replace("*always*", "*usually*")
    .replace("`the register`", "`the book`")
    .replace("**office**", "**hall**")
    .replace("the first point under", "the point that comes first under")
    .replace("name: ____", "full name: ____")
    .replace("filled in by hand", "filled in at home")
    .replace("who wrote it", "who put it into words")
    .replace("in the autumn", "in the spring")
)
WAY = "# On the way\n\n1. Seat belts stay on."
OTHER = """# Lunch

1. Soup comes first; bread follows it, then cheese.
2. Cake waits until Friday afternoon.
"""
FOUR = "2. A leader who is worried about a pupil tells the designated person at once, and writes it down. {#report}\n"
COUNT = "1. Staff must count the pupils whenever the party leaves a place or boards a coach, train or boat.\n"
MOVED = BASE.replace(FOUR, "").replace("# Planning\n\n", "# Planning\n\n" + FOUR)
SECTIONS = """# First principles

1. Everything in this document applies to every visit, whoever leads it and wherever it goes.

"""
JOINED = (
    "1. All staff keep to this policy, and know that breaking it may lead to disciplinary action. A serious breach may "
    "be treated as gross misconduct, and may end in dismissal without any notice.\n2. Volunteers keep to it as well.\n"
)
PARTED = (
    "1. All staff keep to this policy, and know that breaking it may lead to disciplinary action.\n2. A serious breach "
    "may be treated as gross misconduct, and may end in dismissal without any notice.\n3. Volunteers keep to it as "
    "well.\n"
)
DUTY = ("The leader should plan", "The leader must plan")
PERIOD = ("within a week,", "within five working days,")
WORDING = ("whatever the distance", "however short the way")


def hostile() -> Case:
    """Every hostile text in a clause that is reworded, one that is inserted and one that is deleted; control signs."""
    lines = [rf"{number}. {_escaped(text)} stays as it was here" for number, text in enumerate(HOSTILE, 1)]
    old = "# Hostile\n\n" + "".join(f"{line} before the change was made to it.\n" for line in lines)
    new = "# Hostile\n\n" + "".join(f"{line} after the change\x1b[31m\x07 was made to it \x9b now.\n" for line in lines)
    added = (
        f"{len(HOSTILE) + 1}. `{HOSTILE[0]}` and {_escaped(HOSTILE[3])}{'Donau' * 60} in a clause quite of its own.\n"
    )
    return case(
        policy(old, title="'<b>Visits</b> {{ 1 }}'"),
        policy(new + added, title="'<b>Visits</b> {{ 1 }}'", owner="'<i>me</i>'"),
        "<script>alert(2)</script>",
        "\x1b[31mnow",
    )


def _escaped(text: str) -> str:
    """Markdown that prints the text."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-.!|$@~^" else sign for sign in text)


def astray() -> Case:
    """A reference that lands on another clause than it did."""
    found = changed(DUTY)
    passages = {passage.citation: passage for one in found.comparison.changes for passage in one.new}
    before = next(passage for one in found.comparison.changes for passage in one.old if passage.citation == "1.1")
    landing = Landing(passages["3.1"], before, passages["2.1"])
    return replace(found, comparison=replace(found.comparison, landings=(landing,)))


def many() -> Case:
    """Most things at once."""
    text = SECTIONS + MOVED.replace(*DUTY).replace(*PERIOD).replace(*WORDING)
    text = text.replace(
        "3. Parents are told of the visit in writing, and asked to say what their child needs on that day.\n", ""
    )
    return case(policy(BASE), policy(text, owner="chair"))


CASES: dict[str, Callable[[], Case]] = {
    "nothing": changed,
    "duty": lambda: changed(DUTY),
    "weaker": lambda: changed(("Staff must count", "Staff should count")),
    "period": lambda: changed(("ten working days", "five working days")),
    "wording": lambda: changed(WORDING),
    "inserted": lambda: changed(
        (COUNT, "1. Everybody wears a badge with the telephone number of the school.\n" + COUNT)
    ),
    "deleted": lambda: changed(
        ("3. Parents are told of the visit in writing, and asked to say what their child needs on that day.\n", "")
    ),
    "moved": lambda: between(BASE, MOVED),
    "moved and reworded": lambda: between(
        BASE, MOVED.replace("tells the designated person", "informs the designated person")
    ),
    "renumbered": lambda: between(BASE, SECTIONS + BASE),
    "split": lambda: between(f"# Breach\n\n{JOINED}", f"# Breach\n\n{PARTED}"),
    "merged": lambda: between(f"# Breach\n\n{PARTED}", f"# Breach\n\n{JOINED}"),
    "replaced": lambda: changed(
        (FOUR, "2. Ring 999 first, then ask the office for help and wait with everyone else. {#report}\n")
    ),
    "cell": lambda: between(TABLE, TABLE.replace("| 1 year |", "| 2 years |")),
    "row": lambda: between(TABLE, TABLE + "   | Visitors | Nothing at all without a reason in writing | 0 years |\n"),
    "column": lambda: between(TABLE, COLUMN),
    "footnote": lambda: between(NOTED, NOTED.replace("section 10", "section 11")),
    "fields": lambda: changed(owner="chair", every="24 months", related="whistleblowing"),
    "unrelated": lambda: between(BASE, OTHER),
    "empty": lambda: between("", BASE),
    "emptied": lambda: between(BASE, ""),
    "arabic": lambda: between(ARABIC, ARABIC.replace("كل وقت", "كل يوم")),
    "kinds": lambda: between(KINDS, KINDS_NOW),
    "kinds deleted": lambda: between(KINDS, BASE),
    "column taken out": lambda: between(COLUMN, TABLE),
    "cells": lambda: between(TABLE, TABLE.replace("Staff |", "Governors and staff alike |").replace("6 years", "")),
    "reordered": lambda: between(LIST, REORDERED),
    "new section": lambda: between(
        BASE, BASE.replace("# On the day", "# On the way\n\n1. Seat belts stay on.\n\n# On the day")
    ),
    "astray": astray,
    "hostile": hostile,
    "many": many,
}


@cache
def made(name: str) -> Case:
    """A case by its name."""
    return CASES[name]()


@cache
def reference() -> Case:
    """The two editions of the reference guidance."""
    repository = load(ROOT)
    log = ("git", "log", "--diff-filter=A", "--format=%H", "--", GUIDANCE)
    commits = subprocess.run(log, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    shown = ("git", "show", f"{commits[-1]}:{GUIDANCE}")
    text = subprocess.run(shown, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    old, _ = parse(text, "social-media-staff", GUIDANCE)
    others = [one for one in repository.library.policies.values() if one.id != old.id]
    before, _ = resolve([old, *others], repository.library.settings)
    new = repository.library.policies[old.id]
    found = compare(old, new, (before, repository.library))
    return Case(found, Edition(old, before), Edition(new, repository.library))


SINGLE = {
    "duty": ChangeKind.REWORDED,
    "weaker": ChangeKind.REWORDED,
    "period": ChangeKind.REWORDED,
    "wording": ChangeKind.REWORDED,
    "inserted": ChangeKind.INSERTED,
    "deleted": ChangeKind.DELETED,
    "moved": ChangeKind.MOVED,
    "moved and reworded": ChangeKind.MOVED_AND_REWORDED,
    "split": ChangeKind.SPLIT,
    "merged": ChangeKind.MERGED,
    "replaced": ChangeKind.REWORDED,
    "cell": ChangeKind.REWORDED,
    "row": ChangeKind.INSERTED,
    "footnote": ChangeKind.REWORDED,
    "arabic": ChangeKind.REWORDED,
}


@pytest.mark.parametrize("name", SINGLE)
def test_each_case_is_what_it_is_called(name: str) -> None:
    """One edit, of the kind that its renderers are tested with."""
    assert made(name).kinds == [SINGLE[name]]


def test_the_reference_guidance_has_seven_edits() -> None:
    """As its revision says."""
    kinds = reference().kinds
    assert len(kinds) == 7
    assert kinds.count(ChangeKind.INSERTED) == 1


@pytest.mark.parametrize("name", ["nothing", "fields"])
def test_no_words_change_where_none_did(name: str) -> None:
    """Nothing is an edit."""
    assert made(name).kinds == []


def test_unrelated_texts_are_known_as_such() -> None:
    """And an empty one is not unrelated."""
    assert made("unrelated").comparison.unrelated
    assert not made("empty").comparison.unrelated
