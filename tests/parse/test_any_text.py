"""Any text at all gives a policy and findings, and never an exception."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.check import check
from policytool.model.block import Preformatted, Section, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Code, FootnoteMark, Link, Reference, Text, descend, plain
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as decode
from policytool.render.markdown import markdown
from policytool.resolve import resolve
from tests.cases import FRONT, SETTINGS
from tests.parse.hostile import FRONTS, bodies, lined, texts

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str) -> tuple[Policy, list[Diagnostic], list[Diagnostic]]:
    """A text as a policy, the findings of reading it, and those of the rooms after."""
    policy, found = parse(text, "x", "source/x.md")
    library, more = resolve([policy], SETTINGS)
    return policy, found, [*more, *check(library)]


def assert_inside(found: list[Diagnostic], text: str) -> None:
    """Every position is that of a character of the text, or of the end of a line."""
    lines = text.split("\n")
    for one in found:
        assert one.position, one
        assert 1 <= one.position.line <= len(lines), one
        assert 1 <= one.position.column <= len(lines[one.position.line - 1]) + 1, one


@MANY
@given(texts())
def test_any_text_gives_a_policy_and_findings_inside_the_file(text: str) -> None:
    """Fragments of markup in any mixture, in all rooms."""
    decoded, _ = decode(text.encode(), "source/x.md")
    if decoded is not None:
        _policy, found, more = read(decoded)
        assert_inside([*found, *more], decoded)


@MANY
@given(st.binary())
def test_any_bytes_give_text_or_a_finding(content: bytes) -> None:
    """Nothing that a file can hold stops the reading."""
    decoded, found = decode(content, "source/x.md")
    assert decoded is not None or found
    if decoded is not None:
        read(decoded)


@MANY
@given(st.one_of(st.text(), st.sampled_from(FRONTS), bodies()))
def test_any_text_gives_settings(text: str) -> None:
    """`policytool.yaml` may hold anything too."""
    decoded, _ = decode(text.encode(), "policytool.yaml")
    if decoded is not None:
        _settings, found = parse_settings(decoded, "policytool.yaml")
        assert_inside(found, decoded)


@MANY
@given(st.one_of(bodies(), lined()))
def test_what_reads_without_errors_reads_the_same_when_written_again(body: str) -> None:
    """The canonical form of any policy says the same."""
    decoded, mistakes = decode((FRONT + body).encode(), "x.md")
    if decoded is None or mistakes:
        return
    policy, found = parse(decoded, "x", "x.md")
    if not any(one.is_error for one in found):
        again, more = parse(markdown(policy), "x", "x.md")
        assert [one.message for one in more if one.is_error] == []
        assert again == policy


def said(policy: Policy) -> str:
    """All that a policy says: words, labels, addresses, titles and attributes."""
    parts: list[str] = []
    for block in policy.walk():
        parts += [getattr(block, "label", ""), str(getattr(block, "start", ""))]
        parts += [block.text] if isinstance(block, Preformatted) else []
        parts += ["unnumbered"] * (isinstance(block, Section) and block.unnumbered)
        parts += ["appendix"] * (isinstance(block, Section) and block.appendix)
        parts += [said_by(words) for words in words_of(block)]
    return " ".join([*parts, *(footnote.name for footnote in policy.footnotes)])


def said_by(words: tuple[object, ...]) -> str:
    """The words of a run, and what is written in its links."""
    parts = [plain(words)]  # type: ignore[arg-type]
    for inline in descend(words):  # type: ignore[arg-type]
        if isinstance(inline, Text | Code):
            parts.append(inline.text)
        elif isinstance(inline, Link):
            parts += [inline.address, inline.title]
        elif isinstance(inline, Reference):
            parts += [inline.policy, inline.label, "md"]
        elif isinstance(inline, FootnoteMark):
            parts.append(inline.name)
    return " ".join(parts)


WORDS = re.compile(r"w[0-9]+x")
WORDY = st.one_of(
    st.sampled_from(
        [" ", "\n", "\n\n", "   ", "    ", "1. ", "2. ", "a) ", "b) ", "i) ", "- ", "> ", "# ", "## ", "**", "*"]
    ),
    st.sampled_from(
        ["`code` ", "| ", " |", "|\n| --- |\n| ", "```\n", "[", "](#one)", "](a.md#b)", "[^", "]", "]: ", "{#", "}"]
    ),
    st.sampled_from(["\t", "---\n", "<", ">", "&", "\\", "(", ")", " {.unnumbered}", "![", "](https://x.example)"]),
    *[st.just("@")] * 3,
)


def _numbered_words(pieces: list[str]) -> str:
    return "".join(f"w{index}x" if piece == "@" else piece for index, piece in enumerate(pieces))


@settings(MANY, max_examples=1000)
@given(st.lists(WORDY, max_size=40).map(_numbered_words))
def test_no_word_of_a_text_without_errors_is_lost(body: str) -> None:
    """Each word is told apart by its number; wherever it stood, the policy still says it."""
    policy, found = parse(FRONT + body, "x", "x.md")
    if not any(one.is_error for one in found):
        assert set(WORDS.findall(body)) <= set(WORDS.findall(said(policy)))
