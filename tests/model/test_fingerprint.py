"""A fingerprint stays while only looks change, and changes with every word, kind, depth, order and target.

`fingerprints.json` holds fingerprints that must never change: a record of 2026 names its wording by one, and must be
comparable in 2046. No flag writes it anew. If a test here fails, it is the code that is wrong: what must be read in
another way wants `v2` beside `v1`, and a list of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.block import Block, Blocks, Bullet, Clause, Item, Paragraph, Quote, Section, Table
from policytool.model.fingerprint import algorithm_of, fingerprint, is_wording, wording_name
from policytool.model.inline import Emphasis, Inline, Inlines, Link, Reference, Strong, Text
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from tests.strategies import policies

FROZEN = json.loads((Path(__file__).parent / "fingerprints.json").read_text("utf-8"))
HEAD = """\
---
title: Homework
kind: policy
owner: headteacher
approver: governing-board
reviews:
  annual: {every: 12 months, by: headteacher}
---

"""
BODY = """\
# Purpose

1. Pupils should read at home every day. {#read}
1. In this policy "homework" means:

   > work that is done out of school.

# Duties

1. Teachers must set it,[^law] as [](#read) says:
   a) in time; and
   b) in writing.
      - not by telephone
1. See [](online-safety.md#report), [the law](https://law.example) and [clause {number}](#read).

| Year | Minutes |
| ---- | ------- |
| 5    | 20      |
| 6    | 30      |

```
as typed
```

[^law]: The Homework Act.
"""


def read(body: str, head: str = HEAD) -> Policy:
    """A policy from its source, in which nothing is wrong."""
    policy, found = parse(head + body, "homework", "source/homework.md")
    assert [one.message for one in found] == []
    return policy


PRINT = fingerprint(read(BODY))


def changed(old: str, new: str) -> str:
    """The fingerprint after one change to the source."""
    assert BODY.count(old) >= 1
    return fingerprint(read(BODY.replace(old, new, 1)))


# The frozen ones


@pytest.mark.parametrize("name", FROZEN["policies"])
def test_frozen_fingerprints_never_change(name: str) -> None:
    """One for each construct, with the text it was made of."""
    frozen = FROZEN["policies"][name]
    assert fingerprint(read("\n".join(frozen["source"])), "v1") == frozen["v1"]


def test_v1_is_the_sha_256_of_the_title_and_the_lines() -> None:
    """Spelt out once by hand, so that anybody can write it again in another language."""
    body = "# One\n\n1. A “*b*”  c. {#x}\n   1. See [](#x), [](o.md#y) and [z](o.md).\n\n| h |\n| - |\n| d |\n"
    lines = [
        '["title", 0, "Homework"]',
        '["section", 0, "One"]',
        '["clause", 1, "A \\"b\\" c."]',
        '["clause", 2, "See \\u001a1\\u001a, \\u001ao#y\\u001a and z."]',
        '["header", 1, "h"]',
        '["row", 1, "d"]',
    ]
    assert fingerprint(read(body)) == "v1:" + sha256("\n".join(lines).encode()).hexdigest()


# What voids no approval


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("every day. {#read}", "every\n   day. {#read}"),
        ("# Purpose", "# Purpose {#purpose}"),
        ("in time; and", "in time; and {#in-time}"),
        ('"homework"', "“homework”"),
        ("must", "**must**"),
        ("should", "*should*"),
        ("at home", "at  home"),
        ("at home", "at\u00a0home"),
        ("1. See ", "1. See\\\n   "),
        ("https://law.example", "https://other.example/a?b=c"),
        ("at home every day. {#read}", "at home every day. {#read start=7}"),
        ("# Duties", "# Duties {.appendix}"),
        ("| 5    | 20      |", "| 5 | **20** |"),
        ("| ---- | ------- |", "| :--- | ---: |"),
        ("\n# Duties", "\n---\n\n# Duties"),
        ("as typed", "as  typed"),
    ],
)
def test_looks_and_labels_void_no_approval(old: str, new: str) -> None:
    """Wrapping, labels, emphasis, quotes, blanks, addresses, numbers, alignment, lines across the page."""
    assert changed(old, new) == PRINT


def test_letters_composed_otherwise_are_the_same_letters() -> None:
    """An é may be written as one character or as two."""
    assert changed("Pupils", "Élèves") == changed("Pupils", "E\u0301le\u0300ves")


def test_a_label_renamed_with_its_references_is_the_same_wording() -> None:
    """What counts is the place that it names; so it is with footnotes."""
    assert fingerprint(read(BODY.replace("#read", "#reading").replace("[^law]", "[^act]"))) == PRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: policy", "kind: guidance"),
        ("owner: headteacher", "owner: clerk"),
        ("12 months", "36 months"),
        ("approver: governing-board", "approver: resources\naudience: [staff]\nrelated: [lettings]"),
        ("kind: policy", "kind: policy\npublish: internal\namendments: [clerk]\nwithdrawn: 2030-01-01"),
        ("title: Homework", "title: '  Homework '"),
    ],
)
def test_front_matter_but_the_title_is_not_wording(old: str, new: str) -> None:
    """Who owns it and how often it is reviewed has other guards."""
    assert fingerprint(read(BODY, HEAD.replace(old, new))) == PRINT


# What does


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("should", "must"),
        ("every day.", "every day!"),
        ("Pupils", "pupils"),
        ("at home", "athome"),
        ("# Purpose", "# Aims"),
        ("1. Pupils should read at home every day. {#read}", "Pupils should read at home every day. {#read}\n"),
        ("      - not by", "   - not by"),
        ("b) in writing", "1. in writing"),
        ("# Duties", "## Duties"),
        ("   > work that is done", "   work that is done"),
        ("| 6    | 30      |", "| 6    | 35      |"),
        ("| 6    | 30      |", "|      | 6 30    |"),
        ("| Year | Minutes |", "| Form | Minutes |"),
        ("| 5    | 20      |\n| 6    | 30      |", "| 6    | 30      |\n| 5    | 20      |"),
        ("as typed", "As typed"),
        ("```\nas typed\n```", "as typed"),
        ("Homework Act", "Homework Order"),
        ("set it,[^law] as", "set it, as[^law]"),
        ("[](online-safety.md#report)", "[](online-safety.md#reports)"),
        ("[](online-safety.md#report)", "[](online.md#report)"),
        ("[the law]", "[the statute]"),
        ("[clause {number}]", "[item {number}]"),
        ("[clause {number}]", "[clause 1.1]"),
        ("   a) in time; and\n   b) in writing.", "   a) in writing.\n   b) in time; and"),
    ],
)
def test_what_it_says_voids_the_approval(old: str, new: str) -> None:
    """A word, a kind, a depth, an order, a cell, a footnote, a target."""
    assert changed(old, new) != PRINT


def test_another_title_is_another_wording() -> None:
    """It is the only field of the front matter that people read as text."""
    assert fingerprint(read(BODY, HEAD.replace("Homework", "Home Work"))) != PRINT


def test_two_tables_are_not_one() -> None:
    """A row that heads a table says something else than one within it."""
    one = "| a |\n| - |\n| b |\n| c |\n| d |\n"
    two = "| a |\n| - |\n| b |\n\n| c |\n| - |\n| d |\n"
    assert fingerprint(read(one)) != fingerprint(read(two))


@pytest.mark.parametrize("text", ["[](#one)", "[clause {number}](#one)"])
def test_a_reference_to_another_clause_is_another_wording(text: str) -> None:
    """Also where its own words hold the number: `{number}` stands for the target."""
    body = f"1. One. {{#one}}\n2. Two. {{#two}}\n3. See {text}.\n"
    assert fingerprint(read(body)) != fingerprint(read(body.replace("(#one)", "(#two)")))


def test_a_reference_to_what_has_moved_is_another_wording_only_with_the_move() -> None:
    """Its place is counted in blocks: a clause before it changes the wording, a label or a line does not."""
    body = "1. One.\n1. Two. {#two}\n1. See [](#two).\n"
    assert fingerprint(read("---\n\n" + body.replace("One.", "One. {#one}"))) == fingerprint(read(body))
    assert fingerprint(read("1. None.\n" + body)) != fingerprint(read(body))


def test_a_reference_to_itself_by_its_own_file_is_one_inside() -> None:
    """So that a policy may be renamed."""
    assert changed("[](#read)", "[](homework.md#read)") == PRINT


# Forms and names


def test_the_algorithm_is_named_by_its_prefix() -> None:
    """One that is not known gives nothing, and is the wording of nothing."""
    policy = read(BODY)
    assert re.fullmatch(r"v1:[0-9a-f]{64}", PRINT)
    assert (algorithm_of(PRINT), algorithm_of("v2:" + "0" * 64)) == ("v1", "v2")
    assert [algorithm_of(written) for written in ("", "v1", "v1:9f2c", PRINT.upper(), PRINT + "0", PRINT + "\n")] == [
        ""
    ] * 6
    assert fingerprint(policy, "v2") == fingerprint(policy, "") == ""
    assert is_wording(policy, PRINT)
    assert not is_wording(policy, "")
    assert not is_wording(policy, "v2" + PRINT[2:])
    assert not is_wording(policy, PRINT[:-1] + ("0" if PRINT[-1] != "0" else "1"))


def test_a_kept_wording_is_named_by_sixteen_figures() -> None:
    """`reviews/<id>/wording/<16 hex>.md`."""
    assert wording_name("v1:0123456789abcdef" + "0" * 48) == "0123456789abcdef.md"


# Properties


def each(blocks: Blocks, turn: Callable[[Block], Block]) -> Blocks:
    """The same tree with every block turned into another."""
    made = []
    for block in blocks:
        one = turn(block)
        if isinstance(one, Section | Clause | Item | Bullet | Quote):
            one = replace(one, blocks=each(one.blocks, turn))
        made.append(one)
    return tuple(made)


def with_words(block: Block, turn: Callable[[Inlines], Inlines]) -> Block:
    """The same block with its words turned into others."""
    if isinstance(block, Section):
        return replace(block, title=turn(block.title))
    if isinstance(block, Clause | Item | Bullet | Paragraph):
        return replace(block, text=turn(block.text))
    if isinstance(block, Table):
        rows = tuple(tuple(turn(cell) for cell in row) for row in block.rows)
        return replace(block, header=tuple(turn(cell) for cell in block.header), rows=rows)
    return block


def whole(policy: Policy, turn: Callable[[Block], Block]) -> Policy:
    """A policy with every block turned, numbered anew."""
    notes = tuple(replace(note, blocks=each(note.blocks, turn)) for note in policy.footnotes)
    return replace(policy, blocks=numbered(each(policy.blocks, turn)), footnotes=notes)


def bare(words: Inlines) -> Iterator[Inline]:
    """Words without emphasis, with other blanks, other addresses and other quotes."""
    for inline in words:
        if isinstance(inline, Emphasis | Strong):
            yield from bare(inline.children)
        elif isinstance(inline, Text):
            yield Text(inline.text.replace("'", "’").replace('"', "“").replace(" ", " \n "))
        elif isinstance(inline, Link):
            yield replace(inline, children=tuple(bare(inline.children)), address="https://y.example", title="")
        elif isinstance(inline, Reference):
            yield replace(inline, children=tuple(bare(inline.children)))
        else:
            yield inline


@given(policies())
def test_no_policy_changes_with_its_looks(policy: Policy) -> None:
    """Emphasis, blanks, quotes and addresses gone, lists begun at another number, front matter of another."""

    def turned(block: Block) -> Block:
        started = replace(block, start=17) if isinstance(block, Clause) else block
        return with_words(started, lambda words: tuple(bare(words)))

    other = replace(policy, kind="statement", owner="x", approver="y", reviews=(), related=(), path="z.md")
    assert fingerprint(whole(other, turned)) == fingerprint(policy)


@given(policies(), st.data())
def test_every_policy_changes_with_any_of_its_blocks(policy: Policy, data: st.DataObject) -> None:
    """A letter more, a block less, a block deeper, two in another order."""
    blocks = [block for block in policy.blocks if not isinstance(block, Paragraph)]
    if not blocks:
        return
    at = data.draw(st.sampled_from([policy.blocks.index(block) for block in blocks]))
    one, before, after = policy.blocks[at], policy.blocks[:at], policy.blocks[at + 1 :]
    others: list[Blocks] = [(*before, *after), (*before, one, one, *after), (*before, Quote((one,)), *after)]
    more = with_words(one, lambda words: (*words, Text("q")))
    if more != one:
        others.append((*before, more, *after))
    if isinstance(one, Section | Clause | Item) and one.blocks:
        others += [(*before, replace(one, blocks=()), *one.blocks, *after)]
    prints = {fingerprint(replace(policy, blocks=changed)) for changed in others}
    assert fingerprint(policy) not in prints


@given(st.lists(policies(), min_size=2, max_size=2))
def test_policies_of_other_blocks_have_other_fingerprints(pair: list[Policy]) -> None:
    """Whatever they say."""
    one, other = ([type(block) for block in policy.walk()] for policy in pair)
    assert one == other or fingerprint(pair[0]) != fingerprint(pair[1])
