"""Words as a person wrote them, with only what changes changed."""

from __future__ import annotations

import pytest

from policytool.render.markdown.patching import patched, retitled


@pytest.mark.parametrize(
    ("written", "old", "new", "wanted"),
    [
        ("a __b__\nc d", "a **b** c d", "a **b** x d", "a __b__\nx d"),
        ("a __b__\nc d", "a **b** c d", "a **b** c d e", "a __b__\nc d e"),
        ("a __b__\nc d", "a **b** c d", "a **y** c d", "a **y**\nc d"),
        ("a   b  c", "a b c", "a c", "a  c"),
        ("a b\\\nc", "a b\\\nc", "a b\\\nd", "a b\\\nd"),
        ("", "", "a", "a"),
    ],
)
def test_only_what_changes_is_written_anew(written: str, old: str, new: str, wanted: str) -> None:
    """White space and marks stay as they were wherever that can be said."""
    assert patched(written, old, new) == wanted


def test_lines_count_where_white_space_does() -> None:
    """In what is set as typed."""
    assert patched("~~~\na  b\nc\n~~~", "```\na  b\nc\n```", "```\na  b\nd\n```", by_lines=True) == "~~~\na  b\nd\n~~~"


def test_a_title_takes_the_place_of_the_old() -> None:
    """All its lines; a text without one stays as it is."""
    assert (
        retitled("---\r\ntitle: >\r\n  Old\r\nkind: policy\r\n", "New: one")
        == '---\r\ntitle: "New: one"\r\nkind: policy\r\n'
    )
    assert retitled("kind: policy\n", "New") == "kind: policy\n"
