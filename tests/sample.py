"""A policy built by hand that holds every kind of block and inline, in a library with a neighbour."""

from __future__ import annotations

from policytool.model.block import (
    Bullet,
    Clause,
    Footnote,
    Item,
    Number,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from policytool.model.inline import Code, Emphasis, FootnoteMark, Inlines, LineBreak, Link, Reference, Strong, Text
from policytool.model.library import Library, Target, TargetKind
from policytool.model.numbering import numbered
from policytool.model.policy import Cycle, Policy
from policytool.model.settings import Elsewhere, Organisation, Role, Settings
from policytool.model.time import Duration


def words(text: str) -> Inlines:
    """Plain words as a run."""
    return (Text(text),)


SETTINGS = Settings(
    organisation=Organisation("Example Primary School", "Example"),
    roles={"headteacher": Role("Headteacher"), "governing-board": Role("Full Governing Board")},
    elsewhere={
        "grievance": Elsewhere("Grievance Policy", "https://school.example/grievance.pdf"),
        "handbook": Elsewhere("Staff Handbook"),
    },
    publish_address="https://school.example/policies/",
)

BLOCKS = numbered(
    (
        Section(1, words("Foreword"), (Paragraph(words("Why this policy & none other.")),), unnumbered=True),
        Section(
            1,
            words("Purpose"),
            (
                Paragraph((Text("The purpose is "), Emphasis(words("plainly")), Text(" to:"))),
                Item("letter", words("keep people safe;"), begins=True),
                Item(
                    "letter",
                    words("say who does what:"),
                    (
                        Item("roman", words("at school; and"), begins=True, label="at-school"),
                        Item("roman", words("away from it;")),
                    ),
                ),
                Item("letter", words("be read.")),
                Paragraph(words("It does not:")),
                Item("letter", words("replace the law; or"), begins=True),
                Item("letter", words("bind visitors.")),
            ),
            label="purpose",
        ),
        Section(
            1,
            words("Who does what"),
            (
                Section(
                    2,
                    words("Headteacher"),
                    (
                        Clause(words("should see that every member of staff has read this;")),
                        Clause(words("must keep the list of accounts.")),
                    ),
                ),
                Section(2, words("Governors"), (Clause(words("will review it every two years.")),)),
            ),
        ),
        Section(
            1,
            words("Conduct"),
            (
                Paragraph((Emphasis(words("A remark before the clauses.")),)),
                Clause(
                    (
                        Text("Staff "),
                        Strong(words("must not")),
                        Text(" publish pupils’ names, as "),
                        Reference("", "purpose"),
                        Text(" and "),
                        Reference("", "at-school"),
                        Text(" say; see also "),
                        Reference("", "deep", (Text("clause "), Strong(words("{number}")))),
                        Text("."),
                        FootnoteMark("law", 1),
                    ),
                    (
                        Clause(words("A breach is reported."), label="deep"),
                        Paragraph(words("An unnumbered remark inside the clause.")),
                        Clause((Text("It is kept "), Code("on file"), LineBreak(), Text("for six years."))),
                    ),
                ),
                Paragraph(words("There is no obligation on anyone.")),
                Clause(
                    (Text("In this policy "), Strong(words("social media")), Text(" means:")),
                    (Quote((Paragraph((Emphasis(words("“sites on which people publish”")),)),)),),
                ),
                Clause(
                    (
                        Text("See "),
                        Reference("online-safety", ""),
                        Text(", "),
                        Reference("online-safety", "reporting"),
                        Text(", "),
                        Reference("grievance", ""),
                        Text(", "),
                        Reference("handbook", "", words("the handbook")),
                        Text(" and "),
                        Link(words("the guidance"), "https://www.example.org/a?b=1&c=<2>"),
                        Text("."),
                    ),
                    (
                        Bullet(words("a bullet")),
                        Bullet(words("another bullet"), (Bullet(words("a bullet below it")),)),
                    ),
                ),
                Clause(words("The tenth begins here."), start=10),
                Clause(
                    words("Who may see what:"),
                    (
                        Table(
                            (words("Who"), words("What"), words("How long")),
                            (
                                (words("Staff"), words("Everything <b>"), words("6 years")),
                                (
                                    words("Parents"),
                                    (Text("Their "), Strong(words("own")), Text(" child")),
                                    words("1 year"),
                                ),
                            ),
                            ("left", "", "right"),
                            label="who-sees-what",
                        ),
                    ),
                ),
                Rule(),
                Preformatted("to: head@school.example\nsubject: #set text(red)"),
            ),
            label="conduct",
        ),
        Section(
            1,
            words("Form"),
            (
                Clause(words("Name:")),
                Section(2, words("Signature"), (Clause((Text("See "), Reference("", "form"), Text("."))),)),
            ),
            label="form",
            appendix=True,
        ),
    )
)

POLICY = Policy(
    "conduct",
    "Conduct & Care: a “Policy” <for> Staff",
    owner="headteacher",
    approver="governing-board",
    reviews=(
        Cycle("annual", Duration(12, "month"), "headteacher"),
        Cycle("governors", Duration(24, "month"), "governing-board"),
    ),
    audience=("staff",),
    related=("online-safety", "grievance"),
    blocks=BLOCKS,
    footnotes=(
        Footnote("law", (Paragraph((Text("Data Protection Act 2018, "), Emphasis(words("section 10")), Text("."))),)),
    ),
    path="source/conduct.md",
)

NEIGHBOUR = Policy(
    "online-safety",
    "Online Safety Policy",
    blocks=numbered((Section(1, words("Reporting"), (Clause(words("Tell someone."), label="reporting"),)),)),
)


def _number(policy: Policy, label: str) -> Number | None:
    numbered_blocks = (block for block in policy.walk() if isinstance(block, Section | Clause | Item))
    return next(block.number for block in numbered_blocks if block.label == label)


def _target(label: str, kind: TargetKind, title: str, noun: str) -> Target:
    return Target("conduct", label, kind, title, noun, _number(POLICY, label))


LIBRARY = Library(
    SETTINGS,
    {"conduct": POLICY, "online-safety": NEIGHBOUR},
    {
        ("conduct", ""): Target("conduct", "", "policy", POLICY.title),
        ("online-safety", ""): Target("online-safety", "", "policy", NEIGHBOUR.title),
        ("grievance", ""): Target("grievance", "", "policy", "Grievance Policy"),
        ("handbook", ""): Target("handbook", "", "policy", "Staff Handbook"),
        ("online-safety", "reporting"): Target(
            "online-safety", "reporting", "clause", "", "clause", _number(NEIGHBOUR, "reporting")
        ),
        ("conduct", "purpose"): _target("purpose", "section", "Purpose", "section"),
        ("conduct", "at-school"): _target("at-school", "item", "", "section"),
        ("conduct", "deep"): _target("deep", "clause", "", "clause"),
        ("conduct", "conduct"): _target("conduct", "section", "Conduct", "section"),
        ("conduct", "form"): _target("form", "appendix", "Form", "appendix"),
    },
    {"conduct": ("online-safety", "grievance", "handbook")},
)
