"""Texts that nobody should write: fragments of markup in any mixture, as hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.cases import FRONT

FRAGMENTS = (
    *(
        "1. ",
        "2. ",
        "10. ",
        "2023. ",
        "0. ",
        "1) ",
        "a) ",
        "b) ",
        "i) ",
        "ii) ",
        "h) ",
        "zz) ",
        "a. ",
        "- ",
        "* ",
        "+ ",
    ),
    *(
        "> ",
        ">",
        "# ",
        "## ",
        "####### ",
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "    ",
        "   ",
        "  ",
        " ",
        "\t",
        "\n",
        "\n\n",
    ),
    *("{#x}", "{#y .unnumbered}", "{.appendix}", "{start=3}", "{start=0}", "{", "}", "\\", "\\{", "{number}", "{}"),
    *(
        "| a |",
        "| a | b |\n| --- | --- |\n| c | d |",
        "|",
        "\\|",
        "| - |",
        "[^n]",
        "[^n]: ",
        "[^m]",
        "[^",
        "[",
        "]",
        "(",
        ")",
    ),
    *("**", "*", "_", "__", "`", "``", "<", "<b>", "<!--", "-->", "</div>", "<div>", "<https://x.example>", "&#12;"),
    *(
        "&amp;",
        "&#0;",
        "&nbsp;",
        "&",
        "[](#x)",
        "[](#y)",
        "[section 1](#x)",
        "[a](b.md#c)",
        "![a](b)",
        "[a](javascript:b)",
    ),
    *("[ ](", "[a]: b", "means", "**staff** means", "; and", ",", "word", "two words", "é", "文", "\u00a0", "\u2003"),
    *("\u2028", "\u200b", "\u202e", "👩‍👧", "1.5 ", "(a) ", "e.g. ", "§ 4", "must", "\u0661. ", "\u00b2"),
)
FRONTS = (
    *("", "---\n", "---\n---\n", "---\n[]\n---\n", "---\n: \n---\n", "--- \ntitle: &a x\nkind: *a\n---\n"),
    *("---\n- a\n---\n", "---\ntitle: {a: [b, {c: d}]}\nreviews: x\n---\n", '---\ntitle: "a\\0b\\ud83d"\n---\n'),
    *("---\nreviews: {a: {every: 1 week, by: b}, a: {}}\nrelated: [[a], {b: c}, d, d]\n---\n", "---\n\t\n---\n"),
    *(
        "---\nreviews:\n  a: {every: 99999 years, by: [x]}\nwithdrawn: 0000-00-00\n? x\n---\n",
        "---\ntitle: |\n  a\n  b\n---\n",
    ),
)


def bodies() -> st.SearchStrategy[str]:
    """Fragments in any order, on few lines or many."""
    return st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3)), max_size=40).map("".join)


def lined() -> st.SearchStrategy[str]:
    """Lines that begin with an indent and a mark or two, so that lists nest."""
    start = st.lists(st.sampled_from([*FRAGMENTS[:32], "   ", "    "]), max_size=4).map("".join)
    return st.lists(st.tuples(start, bodies()).map("".join), max_size=8).map("\n".join)


def texts() -> st.SearchStrategy[str]:
    """Whole files: a front matter that is right, or wrong, or not there, and a body."""
    front = st.one_of(st.just(FRONT), st.just(FRONT), st.sampled_from(FRONTS))
    return st.tuples(front, st.one_of(bodies(), lined(), st.text())).map("".join)
