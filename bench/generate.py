"""A seed -> policies of the reference guidance's size: distinct, without a finding, and the same for the same seed.

The guidance has 98 blocks, 2,300 words and 12 sections; each generated policy has 70 to 130 hundredths of that, with
its share of bold duty words, cross-references to its own clauses and to other policies, lettered items, a definition,
and now and then sub-headings, a table, footnotes and bullets.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

SECTIONS, CLAUSES, REFERENCES = 12, 71, 18  # as in source/social-media-staff.md
LABELS = 8  # in every policy, so that each can cite any other's
SIZES = 0.7, 1.3
SETTINGS = """\
organisation: {name: Generated Primary School, short: Generated}
branch: main
roles:
  headteacher: {title: Headteacher}
  governing-board: {title: Full Governing Board}
  business-manager: {title: School Business Manager}
elsewhere:
  safeguarding: {title: Safeguarding and Child Protection Policy, address: "https://school.example/safeguarding.pdf"}
  grievance: {title: Grievance Policy}
publish: {address: "https://school.example/policies/"}
"""
FRONT = """\
---
title: {title}
kind: policy
owner: headteacher
approver: governing-board
reviews:
  annual: {{every: 12 months, by: headteacher}}
  governors: {{every: 24 months, by: governing-board}}
audience: [staff, governors]
related: [safeguarding, grievance]
---
"""
TOPICS = (
    "Attendance",
    "Homework",
    "Visits",
    "Lettings",
    "Charging",
    "Uniform",
    "Medicines",
    "Allergies",
    "Transport",
    "Recruitment",
    "Catering",
    "Reading",
    "Swimming",
    "Music",
    "Gardening",
    "Assessment",
    "Admissions",
    "Complaints",
    "Behaviour",
    "Records",
)
WHO = (
    "Staff",
    "The headteacher",
    "Governors",
    "Every class teacher",
    "Volunteers",
    "The school office",
    "Parents and carers",
    "Senior leaders",
    "The site manager",
    "Members of the board",
)
VERBS = (
    "keep a written record of",
    "tell the school office about",
    "agree in advance",
    "review at least once a term",
    "explain to parents",
    "take responsibility for",
    "check before the start of the day",
    "store in a locked cabinet",
    "share with governors",
    "raise with a senior leader",
    "plan carefully for",
    "ask for advice on",
)
THINGS = (
    "the arrangements for the day",
    "any change to a child’s needs",
    "the equipment that pupils use",
    "each visit outside the school grounds",
    "the costs that fall on families",
    "the register of those present",
    "the training that is due",
    "every accident however small",
    "the times at which gates are opened",
    "the views of pupils",
    "the work that is set at home",
    "the room and its contents",
    "the adults who help in class",
    "a request that comes late",
    "the money that is collected",
)
WHENS = (
    "wherever this is possible",
    "within five working days",
    "before the end of the half term",
    "as soon as it is known",
    "so that nobody is left out",
    "in words that a child can follow",
    "unless the headteacher has agreed otherwise",
    "and should do so in good time",
    "without waiting to be asked",
    "even where the matter seems slight",
    "as the law requires",
)
DUTIES = ("must", "must not", "should", "will", "can")
ADJECTIVES = (
    "Daily",
    "Yearly",
    "Shared",
    "Early",
    "Outdoor",
    "Written",
    "Practical",
    "Financial",
    "Personal",
    "General",
)
NOUNS = (
    "arrangements",
    "duties",
    "records",
    "meetings",
    "resources",
    "visits",
    "requests",
    "checks",
    "lessons",
    "costs",
)


def write_repository(root: Path, count: int, seed: int) -> None:
    """A repository of generated policies, as `policytool` reads it."""
    (root / "source").mkdir(parents=True)
    (root / "policytool.yaml").write_text(SETTINGS, "utf-8")
    for place in range(count):
        (root / "source" / f"{policy_id(place)}.md").write_text(_Writer(place, count, seed).policy(), "utf-8")


def policy_id(place: int) -> str:
    """The id of one of the policies, counted from 0."""
    return f"generated-{place:03d}"


def write_policy(clauses: int, seed: int) -> str:
    """One policy of about so many clauses."""
    writer = _Writer(0, 1, seed)
    writer.clauses, writer.sections = clauses, max(round(clauses * SECTIONS / CLAUSES), 2)
    return writer.policy()


class _Writer:
    """One policy in the making."""

    def __init__(self, place: int, count: int, seed: int) -> None:
        self.random = Random(f"{seed}/{place}")  # noqa: S311  # not for secrets
        self.place, self.count = place, count
        size = self.random.uniform(*SIZES)
        self.sections, self.clauses = round(SECTIONS * size), round(CLAUSES * size)
        self.written = 0
        self.footnotes: list[str] = []

    def policy(self) -> str:
        title = f"{TOPICS[self.place % len(TOPICS)]} Policy {self.place + 1}"
        shares = self.shares(self.clauses, self.sections - 1)
        blocks = [FRONT.format(title=title), *self.meaning(), *self.purpose()]
        for share in shares:
            blocks += self.section(share)
        return "\n".join([*blocks, *self.footnotes])

    def shares(self, whole: int, count: int) -> list[int]:
        """Clauses a section, two at least, summing to about the whole."""
        weights = [self.random.uniform(0.3, 1.7) for _ in range(count)]
        return [max(2, round(whole * weight / sum(weights))) for weight in weights]

    def meaning(self) -> Iterator[str]:
        """The first section, whose only clause defines a word."""
        yield f"# Meaning\n\n1. In this policy, **{self.pick(NOUNS)}** means:\n\n   > {self.sentence(25)}\n"

    def purpose(self) -> Iterator[str]:
        """A section of lettered items."""
        yield f"# Purpose\n\n{self.sentence(15)} It is meant to:\n"
        yield "\n".join(f"{letter}) {self.pick(VERBS)} {self.pick(THINGS)};" for letter in "abcd")
        yield f"e) {self.pick(VERBS)} {self.pick(THINGS)}.\n"

    def section(self, clauses: int) -> Iterator[str]:
        yield f"# {self.pick(ADJECTIVES)} {self.pick(NOUNS)}\n"
        if self.chance(0.25):
            yield f"*{self.sentence(15)}*\n"
        if clauses >= 6 and self.chance(0.3):  # noqa: PLR2004
            for share in self.shares(clauses, clauses // 3):
                yield f"## {self.pick(WHO)}\n"
                yield from self.numbered(share)
        else:
            yield from self.numbered(clauses)
        if self.chance(0.06):
            yield from self.table()

    def numbered(self, clauses: int) -> Iterator[str]:
        """Clauses, some of them with clauses of their own."""
        number = 0
        while clauses > 0:
            number += 1
            below = min(self.random.choice((0, 0, 1, 2, 3)), clauses - 1)
            yield self.clause(f"{number}. ")
            yield from (self.clause(" " * len(f"{number}. ") + f"{inner}. ") for inner in range(1, below + 1))
            clauses -= 1 + below
        if self.chance(0.1):
            yield f"\n{self.sentence(20)}"
        yield ""

    def clause(self, mark: str) -> str:
        """A clause on one line; every fourth is labelled, as long as there are labels."""
        self.written += 1
        place, rest = divmod(self.written, 4)
        label = f" {{#place-{place}}}" if not rest and place <= LABELS else ""
        return f"{mark}{self.words()}{self.footnote()}{label}"

    def words(self) -> str:
        """One to three sentences, with a cross-reference in as many clauses as the guidance has them."""
        sentences = [self.sentence(self.random.randint(11, 19)) for _ in range(self.random.choice((1, 1, 1, 2, 2)))]
        if self.chance(REFERENCES / CLAUSES):
            sentences.append(f"This is subject to {self.reference()}.")
        return " ".join(sentences)

    def sentence(self, words: int) -> str:
        """A sentence of at least so many words."""
        duty = self.pick(DUTIES)
        duty = f"**{duty}**" if self.chance(0.4) else duty
        text = f"{self.pick(WHO)} {duty} {self.pick(VERBS)} {self.pick(THINGS)}"
        while len(text.split()) < words:
            text += f", {self.pick(WHENS)}" if self.chance(0.5) else f", and {self.pick(VERBS)} {self.pick(THINGS)}"
        return text + "."

    def reference(self) -> str:
        """A cross-reference: inside the policy, to another that is generated, or to one held elsewhere."""
        label = self.random.randint(1, LABELS)
        kind = self.random.choice("iiioooe")
        if kind == "i":
            return f"[](#place-{label})"
        other = policy_id(self.random.randrange(self.count))
        return "the [](safeguarding.md)" if kind == "e" else f"[]({other}.md#place-{label})"

    def footnote(self) -> str:
        if not self.chance(0.02):
            return ""
        name = f"note-{len(self.footnotes) + 1}"
        self.footnotes.append(f"[^{name}]: {self.sentence(15)}\n")
        return f"[^{name}]"

    def table(self) -> Iterator[str]:
        yield "\n| Who | Does what | When |\n| --- | --- | --- |"
        for _ in range(self.random.randint(3, 5)):
            yield f"| {self.pick(WHO)} | {self.pick(VERBS)} {self.pick(THINGS)} | {self.pick(WHENS)} |"
        yield ""

    def pick(self, words: tuple[str, ...]) -> str:
        return self.random.choice(words)

    def chance(self, share: float) -> bool:
        return self.random.random() < share
