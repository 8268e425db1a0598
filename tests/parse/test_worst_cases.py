"""Texts made to exhaust a reader: each is read in time that grows no faster than the text."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

from policytool.check import check
from policytool.parse.markdown import policy as parse
from policytool.parse.settings import settings
from policytool.parse.text import text as decode
from policytool.render.markdown import markdown
from policytool.resolve import resolve
from tests.cases import FRONT, SETTINGS

Make = Callable[[int], str]
# Twice the text takes twice the time; four times would be the square. The rest is for a busy machine.
MOST = 3.2
SHORTEST = 0.02

BODIES: dict[str, tuple[Make, int]] = {
    "quotation signs": (lambda n: ">" * n + " a\n", 20_000),
    "lists nested on one line": (lambda n: "- " * n + "a\n", 5_000),
    "lettered items nested on one line": (lambda n: "a) " * n + "a\n", 5_000),
    "stars": (lambda n: "a" + "*" * n, 100_000),
    "stars and words": (lambda n: "a**b*" * n, 3_900),
    "emphasis in emphasis": (lambda n: "*a **b " * n + "c** d*" * n, 1_500),
    "opening brackets": (lambda n: "[" * n, 100_000),
    "footnote marks never closed": (lambda n: "[^" * n, 9_000),
    "footnote marks": (lambda n: "".join(f"[^a{i}]\n\n" for i in range(n)), 10_000),
    "pointed brackets": (lambda n: "<a " * n, 6_600),
    "blanks before a brace": (lambda n: "x" + "\t" * n + "}", 1_000_000),
    "one long line": (lambda n: "a " * n, 2_400_000),
    "one long paragraph": (lambda n: "ab cd\n" * n, 200_000),
    "clauses": (lambda n: "1. word word\n" * n, 20_000),
    "items": (lambda n: "a) word\n" * n, 20_000),
    "references to items": (lambda n: "".join(f"a) x [](#l{i}) {{#l{i}}}\n" for i in range(n)), 3_000),
    "numbers stated": (lambda n: "[" + "1." * n + "](#x)\n\n1. a {#x}\n", 9_000),
    "table rows": (lambda n: "| a |\n| --- |\n" + "| b |\n" * n, 10_000),
    "comments never closed": (lambda n: "<!-- \n\n" * n, 20_000),
    "lines that go on in a quotation": (lambda n: "> > - - 1. a\n" + "b\n" * n, 20_000),
}
FIELDS: dict[str, tuple[Make, int]] = {
    "brackets": (lambda n: "a: " + "[" * n, 200_000),
    "hyphens": (lambda n: "- " * n, 200_000),
    "question marks": (lambda n: "? " * n, 200_000),
    "braces and names": (lambda n: "{a: " * n, 50_000),
    "one name again and again": (lambda n: "title: a\n" * n, 10_000),
    "unknown names": (lambda n: "".join(f"owner{i}: a\n" for i in range(n)), 2_000),
    "a billion laughs": (lambda n: "a: &a {x: 1}\n" + "b: &b {x: *a, y: *a}\n" * n, 1_000),
    "a long word": (lambda n: "title: " + "a" * n, 2_000_000),
}


def seconds(act: Callable[[], object]) -> float:
    """The best time of three, without the time of collecting what is left over."""
    gc.collect()
    gc.disable()
    try:
        return min(_once(act) for _ in range(3))
    finally:
        gc.enable()


def _once(act: Callable[[], object]) -> float:
    begin = process_time()
    act()
    return process_time() - begin


def assert_linear(act: Callable[[str], object], make: Make, size: int) -> None:
    """Twice the size takes about twice the time: what is square never does, what is linear does in a quiet moment."""
    half, whole = make(size // 2), make(size)
    ratios = (seconds(lambda: act(whole)) / max(seconds(lambda: act(half)), SHORTEST) for _ in range(3))
    assert any(ratio <= MOST for ratio in ratios)


def read(body: str) -> None:
    """Read, resolve, check and write a text."""
    policy, _ = parse(FRONT + body, "x", "x.md")
    library, _ = resolve([policy], SETTINGS)
    check(library)
    markdown(policy)


@pytest.mark.parametrize("name", BODIES)
def test_a_text_is_read_in_time_linear_in_its_size(name: str) -> None:
    """In all rooms together."""
    assert_linear(read, *BODIES[name])


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_read_in_time_linear_in_their_size(name: str) -> None:
    """In settings and in front matter."""

    def read_fields(fields: str) -> None:
        settings(fields, "policytool.yaml")
        parse(f"---\n{fields}\n---\n", "x", "x.md")

    assert_linear(read_fields, *FIELDS[name])


def test_control_characters_are_found_in_time_linear_in_their_number() -> None:
    """One finding a line, however many stand on it."""
    assert_linear(lambda text: decode(text.encode(), "x.md"), lambda n: "\x01a\n" * n, 100_000)
    assert len(decode(b"\x01\x02\n\x03", "x.md")[1]) == 2


def test_what_is_nested_too_deep_is_told_and_the_rest_is_read() -> None:
    """Not even the policy's words nest without end."""
    nested = "**" * 3_000 + "deep" + "**" * 3_000
    policy, found = parse(f"{FRONT}{nested}\n\n{'>' * 500} a\n\nlast\n", "x", "x.md")
    assert [one.finding.code for one in found] == ["PT140"] * 3
    assert "deep" in markdown(policy)
    assert markdown(policy).endswith("last\n")


def test_a_value_that_stands_in_itself_is_refused() -> None:
    """An alias may name the very value it stands in."""
    assert [one.finding.code for one in settings("a: &a {b: *a}\n", "x")[1]] == ["PT111"]
