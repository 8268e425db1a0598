"""A policy as its own source: what is written reads back; see also tests/parse/test_round_trip.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policytool.model.block import Clause, Paragraph
from policytool.model.inline import Text
from policytool.model.numbering import numbered
from policytool.parse.markdown import policy as parse
from policytool.render.markdown import markdown
from tests.cases import FRONT
from tests.sample import POLICY


def written(body: str) -> str:
    """A text, read and written again, without its front matter."""
    policy, found = parse(FRONT + body, "x", "x.md")
    assert [one.message for one in found] == []
    return markdown(policy).removeprefix(FRONT).removeprefix("\n")


def test_a_policy_with_every_kind_of_block_reads_back_as_it_was() -> None:
    """The sample that all renderers share."""
    assert parse(markdown(POLICY), POLICY.id, POLICY.path) == (POLICY, [])


@pytest.mark.parametrize(
    "body",
    [
        "# A {#a}\n\n1. one\n2. two {#b}\n\n   1. three\n\n   Remark.\n\n3. four {start=3}\n",
        "a) one\n   i) two\n   ii) three\n\nRemark.\n\nb) four\n\n- five\n  - six\n",
        (
            "1. one\n\n   > quoted\n   >\n   > - bullet\n\n   {#quote}\n\n"
            "| a | b |\n| :--- | ---: |\n| c \\| d | `e` |\n{#table}\n"
        ),
        (
            "# F {.unnumbered}\n\nSee [](#g), [clause {number}](#g) and [it](x.md#y).[^n]\n\n"
            "# G {#g .appendix}\n\nG\n\n[^n]: Note.\n"
        ),
        "2023\\. It was\\\nso, *at* **1.5** metres.\n\n1\\.5 metres\n\n\\- no\n",
    ],
)
def test_the_canonical_form_is_written_as_it_was_read(body: str) -> None:
    """Byte for byte, so that a tool that rewrites a policy makes no noise in git."""
    assert written(body) == body


def test_other_ways_to_write_become_the_canonical_one() -> None:
    """Wrapped lines, ones throughout, other marks."""
    body = "1. one\n   wrapped\n1. two\n\n* bullet\n+ other\n\n__bold__ and _so_\n"
    assert written(body) == "1. one wrapped\n2. two\n\n- bullet\n- other\n\n**bold** and *so*\n"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "1. x",
            "1.Staff",
            "b)x",
            "a) x",
            "ii)x",
            "- x",
            "# x",
            "4.2 x",
            "(a) x",
            "> x",
            "| x |",
            "```",
            "---",
            "===",
        ),
        *("{#x}", "x {#y}", "[^n]", "[a]: b", "<b>", "&amp;", "a\\", "*", "\u00a0", "~~~", "1.\u00a0x"),
        *("#", "\u2028", "a`b``c"),
    ],
)
def test_words_that_look_like_marks_stay_words(words: str) -> None:
    """In a paragraph, and in a clause."""
    policy = replace(POLICY, footnotes=(), blocks=numbered((Paragraph((Text(words),)), Clause((Text("y " + words),)))))
    assert parse(markdown(policy), policy.id, "x.md") == (policy, [])
