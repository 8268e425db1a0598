"""The short cuts in reading Markdown lead where the long way does."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from policytool.model.inline import FootnoteMark, Inline, Position, Text, descend
from policytool.parse.markdown.ground import Ground, Source
from policytool.parse.markdown.simple import simple_words
from policytool.parse.markdown.tokens import grammar
from policytool.parse.markdown.words import all_words

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FRAGMENTS = st.one_of(
    st.sampled_from(
        ["Staff", "must", " ", "**", "*", "_", "(", ")", ".", ",", "é", "“", "”", "²", "\N{NO-BREAK SPACE}"]
    ),
    st.sampled_from(["[", "]", "[](", "](", "#a", "b.md", "[^1]", "^", "!", "\\", "`", "&amp;", "<", ">", "{number}"]),
    st.sampled_from(["**must**", "*may*", "[](#a)", "[so](b.md#a)", "~", "|", "-", ":", "1", '"title"', "a?b=%20c"]),
)
LINES = st.one_of(
    st.sampled_from(["Staff must", "a) so", "ii) so", "1. so", "2) so", "10.", "- so", "-", "--", "= =", "===", "***"]),
    st.sampled_from(["> so", "# so", "```", "~~~", "<b>", "<!-- so", "[^1]: so", "so | so", "| --- |", "--- | ---"]),
    st.sampled_from([":--", "|", "+", "*so*", "_so_", ""]),
)
INDENTS = st.sampled_from(["", "", "", " ", "   ", "    ", "      ", "\t", "> ", ">", "1. ", "a) ", "- "])


def told(inline: Inline) -> tuple[object, ...]:
    """All that is known of an inline, its places included."""
    place: Position | None = getattr(inline, "position") if not isinstance(inline, Text) else None  # noqa: B009
    more = inline.number if isinstance(inline, FootnoteMark) else inline.origin if isinstance(inline, Text) else None
    return inline, place, more


@MANY
@given(st.lists(FRAGMENTS, max_size=12).map("".join))
@example("**Staff**, and [](#a) **must** *read.* [^1]")
def test_simple_words_are_read_as_all_words_are(content: str) -> None:
    """The same inlines at the same places, with the same findings and the same footnotes."""
    content = content.strip()
    ground, other = (Ground(Source("x.md", [content], 1), content, 0) for _ in range(2))
    simple = simple_words(ground, content)
    if simple is not None:
        whole = all_words(other, content)
        assert [*map(told, descend(simple))] == [*map(told, descend(whole))]
        assert ground.source == other.source


def test_most_words_are_simple() -> None:
    """What policies are made of takes the short cut."""
    content = "Staff **must not** do so (see *below*) unless [section {number}](#a) or [](b.md#a) says otherwise.[^1]"
    assert simple_words(Ground(Source("x.md", [content], 1), content, 0), content) is not None


@MANY
@given(st.lists(st.tuples(INDENTS, INDENTS, LINES).map("".join), max_size=9).map("\n".join))
@example("Staff\n---\n\nStaff | so\n--- | ---\n\n1. so\n   so\n2. so")
def test_prose_that_is_seen_at_once_is_what_the_other_rules_leave(text: str) -> None:
    """Without the rule that is tried first, the tokens are the same."""
    slow = grammar.__wrapped__()
    slow.disable("prose")
    found: list[list[Token]] = [[], []]
    for markdown, tokens in zip((grammar(), slow), found, strict=True):
        markdown.block.parse(text, markdown, {}, tokens)
    assert found[0] == found[1]
