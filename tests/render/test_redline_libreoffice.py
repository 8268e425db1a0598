"""LibreOffice accepts and rejects all changes of a redline: what is left reads as the new document, or as the old.

Numbers are compared as LibreOffice prints them, in the redline and in the document as it is built.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.edits import seven_edits
from policytool.model.block import Blocks
from policytool.render.edition import Edition
from policytool.render.markdown import markdown
from policytool.render.word import word
from tests.libreoffice import Told, told
from tests.render.test_redline import CASES, FOOTNOTES, GRID, GUIDANCE, git, guidance, marked, put, section
from tests.render.test_redline import sentences as clauses
from tests.render.word_cases import edition
from tests.sample import POLICY

Pair = tuple[Edition, Edition]
Differing = tuple[str, ...]


def cases(name: str) -> Pair:
    """One of the comparisons that the redline itself is proved with."""
    old, new = (edition(*blocks, footnotes=POLICY.footnotes) for blocks in CASES[name])
    return old, new


def editions() -> Pair:
    """The reference guidance, from its first edition to the one we have."""
    added = git("log", "--diff-filter=A", "--format=%H", "--", GUIDANCE).split()
    if not added:
        pytest.skip("needs the history of this repository")
    return guidance(git("show", f"{added[-1]}:{GUIDANCE}")), guidance(git("show", f"HEAD:{GUIDANCE}"))


def classic() -> Pair:
    """The reference guidance and the seven classic edits of it."""
    _, old = editions()
    return old, guidance(markdown(seven_edits(old.policy)))


def before_a_table(*blocks: int) -> Blocks:
    """Some clauses, and a table after them."""
    held = clauses(3, "tables")
    return put(2, section("Tables", *(held[at] for at in blocks), GRID))


SOUND: dict[str, Callable[[], Pair]] = {
    "the editions of the reference guidance": editions,
    "the seven classic edits": classic,
    "footnote reworded": lambda: FOOTNOTES["reworded"],
}
SOUND |= {
    name: lambda name=name: cases(name)  # type: ignore[misc]
    for name in (
        "a section inserted early",
        "a section deleted",
        "a clause moved across sections",
        "two clauses swapped",
        "a clause split",
        "a clause split early",
        "two clauses merged early",
        "a list relettered",
        "a row added",
        "a cell changed",
        "a table inserted",
        "what is cited moved",
    )
}


@pytest.mark.parametrize("case", SOUND)
def test_accepted_it_is_new_and_rejected_it_is_old(case: str, tmp_path: Path) -> None:
    """Words, numbers, tables and footnotes, and so the other way round."""
    old, new = SOUND[case]()
    there, back = settled(tmp_path, (old, new), (new, old))
    assert there == back == ((), ())


def settled(folder: Path, *pairs: Pair, as_edits: bool = False) -> list[tuple[Differing, Differing]]:
    """In what each redline, all accepted, differs from the new document, and all rejected from the old one."""
    jobs: dict[str, tuple[str, bytes]] = {}
    for at, (old, new) in enumerate(pairs):
        made = marked(old, new, moves_as_delete_insert=as_edits)
        jobs |= {f"{at} old": ("keep", word(old)), f"{at} new": ("keep", word(new)), f"{at} made": ("keep", made)}
        jobs |= {f"{at} accepted": ("accept", made), f"{at} rejected": ("reject", made)}
    found = told(folder, jobs)
    assert {name for name, text in found.items() if text.changes} == {f"{at} made" for at in range(len(pairs))}
    assert any(number for number, _ in found["0 new"].text)
    return [
        (
            differing(found[f"{at} accepted"], found[f"{at} new"]),
            differing(found[f"{at} rejected"], found[f"{at} old"]),
        )
        for at in range(len(pairs))
    ]


def differing(found: Told, wanted: Told) -> Differing:
    """The paragraphs that stand in one text only: with + in the one found, with - in the wanted one."""
    lines = list(difflib.unified_diff(written(wanted), written(found), n=0, lineterm=""))
    return tuple(line for line in lines[2:] if not line.startswith("@@"))


def written(text: Told) -> list[str]:
    """Each paragraph in a line, its number before it."""
    return [f"{number} {words}".strip() for part in (text.text, *text.notes) for number, words in part]


# What LibreOffice (7.4 was looked at) does not settle as the standard says


class Amiss(NamedTuple):
    """A comparison, and in what LibreOffice differs after accepting all of it, and after rejecting all of it."""

    pair: Pair
    accepted: Differing = ()
    rejected: Differing = ()
    as_edits: bool = False


LAST = "Governors must keep rule 1 about review in mind at all times."
FIRST, *OTHERS = [
    "a first thing that must be done;",
    "a second thing to be done; and",
    "a third thing which nobody does;",
    "a fourth thing for the governors.",
]
AMISS = {
    # Properties of a paragraph that were changed: rejecting brings the list back, but on its first level. The last
    # paragraph cannot be deleted, so that its deletion is told by its properties.
    "the level in a list is forgotten": Amiss(
        cases("the last section deleted"), rejected=(f"-4.2 {LAST}", f"+5 {LAST}")
    ),
    # The paragraph before a table cannot go.
    "an empty clause stays before a table": Amiss(
        (edition(*before_a_table(0, 1, 2)), edition(*before_a_table(0, 1))), accepted=("+3.3",)
    ),
    "an empty paragraph stays before a table that went": Amiss(cases("a column added"), accepted=("+",)),
    "an empty paragraph stays after a table that went": Amiss(cases("a table at the end"), rejected=("+",)),
    # A footnote is looked for by its place among all and not by its id, which is not in the order of the text here.
    "footnotes are mistaken for others": Amiss(
        FOOTNOTES["moved with its clause"],
        accepted=("-The law of 1998, section 4.", "+The guide of 1998, section 4."),
        rejected=("+", "-The guide of 1998, section 4."),
    ),
    # Words deleted and inserted by one author: it takes them for a move by itself, and deletes the wrong paragraph end.
    "a move told as two edits": Amiss(
        cases("what is cited moved"),
        accepted=(
            *(f"-({letter}) {words}" for letter, words in zip("abcd", (FIRST, *OTHERS), strict=True)),
            f"+3.4 {FIRST}",
            *(f"+({letter}) {words}" for letter, words in zip("abc", OTHERS, strict=True)),
        ),
        as_edits=True,
    ),
}


@pytest.mark.parametrize("case", AMISS)
def test_what_libreoffice_does_otherwise(case: str, tmp_path: Path) -> None:
    """It differs in this and in nothing else; or in nothing at all, where that is mended."""
    amiss = AMISS[case]
    [found] = settled(tmp_path, amiss.pair, as_edits=amiss.as_edits)
    for differs, known in zip(found, (amiss.accepted, amiss.rejected), strict=True):
        assert differs in ((), known)
