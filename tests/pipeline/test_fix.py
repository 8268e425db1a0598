"""Mending a library: what takes no judgement is put right, and every other byte stays as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from policytool.model.fingerprint import fingerprint
from policytool.pipeline import fix as fixing
from policytool.pipeline.fix import Fixed, fix, write
from policytool.pipeline.repository import load
from tests.repository import Repository

ROOT = Path(__file__).parent.parent.parent
GUIDANCE = "source/social-media-staff.md"
SHARE = 0.3
"""So much of what can be damaged is."""
NUMBERED = {"section", "appendix", "clause", "item"}


@dataclass(frozen=True)
class Damage:
    """Words of a file, what they are damaged to, and what they are to be after mending."""

    start: int
    end: int
    damaged: str
    mended: str


def done(text: str, damages: Sequence[Damage], words: Callable[[Damage], str]) -> str:
    """A text with words in the place of each damage."""
    for one in sorted(damages, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + words(one) + text[one.end :]
    return text


def lists(text: str) -> Iterator[Damage]:
    """Each number typed before a clause as another of as many figures; a first one may have to be 1 to be seen."""
    for match in re.finditer(r"^( *)(\d+)\. ", text, re.MULTILINE):
        number = int(match[2])
        if number > 1 or not match[1]:
            other = number + 3 if number % 10 < 7 else number - 2
            yield Damage(match.start(2), match.end(2), str(other), match[2])


def stale(text: str) -> Iterator[Damage]:
    """Each textless reference to a clause, stating a number that went stale."""
    for match in re.finditer(r"\[\]\(([a-z-]+\.md)?#([a-z-]+)\)", text):
        address = match[0][2:]
        if load_numbers().get((match[1] or "", match[2])):
            yield Damage(*match.span(), f"[*as* section 97.3]{address}", f"[*as* section {{number}}]{address}")


@cache
def load_numbers() -> dict[tuple[str, str], str]:
    """What each label of the library prints; for references inside a policy under ""."""
    targets = load(ROOT).library.targets
    known = {(f"{one.policy}.md", one.label): one.phrase for one in targets.values() if one.kind in NUMBERED}
    return known | {("", label): phrase for (_, label), phrase in known.items()}


def typed(text: str) -> Iterator[Damage]:
    """Each title that is linked, typed; and each number of a clause where nothing else is cited beside it."""
    library = load(ROOT).library
    policy = next(one for one in library.policies.values() if f"title: {one.title}\n" in text)
    for match in re.finditer(r"\[\]\(#([a-z-]+)\)", text):
        target = library.targets[policy.id, match[1]]
        line = text[text.rfind("\n", 0, match.start()) : text.find("\n", match.end())]
        if target.kind in NUMBERED and not re.search(r"\.md|https?:|\[\^|[Aa]greement|\bAct\b", line):
            yield Damage(*match.span(), target.phrase, f"[{target.phrase}](#{match[1]})")
    for match in re.finditer(r"\[\]\(([a-z-]+)\.md\)", text):
        title = library.targets[match[1], ""].title
        yield Damage(*match.span(), title, f"[{title}]({match[1]}.md)")


def fixed_in(root: Path) -> Fixed:
    """The library at a folder, mended and written."""
    repository = load(root)
    fixed = fix(repository, repository.choose(()))
    write(root, fixed)
    return fixed


SHAPES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "from Windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "from an old Mac": lambda text: text.replace("\n", "\r"),
    "without a last line end": lambda text: text.rstrip("\n"),
    "with blanks at its line ends": lambda text: re.sub(r"(?<=[a-z.;}])\n", " \t\n", text),
}


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(SHAPES)), st.sampled_from([lists, typed]))
def test_a_damaged_copy_of_the_reference_library_is_mended(
    chance: Random, shape: str, kind: Callable[[str], Iterator[Damage]]
) -> None:
    """Whatever was damaged, and whatever the files' line ends: nothing is found afterwards, and no byte differs."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        shutil.copytree(ROOT / "source", root / "source")
        shutil.copy(ROOT / "policytool.yaml", root)
        expected = {}
        for path in sorted((root / "source").iterdir()):
            text = path.read_text("utf-8")
            damages = [one for one in (*kind(text), *stale(text)) if chance.random() < SHARE]
            damages = [one for one in damages if not any(_touch(one, two) for two in damages if two is not one)]
            path.write_bytes(SHAPES[shape](done(text, damages, lambda one: one.damaged)).encode())
            expected[path] = SHAPES[shape](done(text, damages, lambda one: one.mended)).encode()
        assert fixed_in(root).left == []
        assert {path: path.read_bytes() for path in expected} == expected
        assert load(root).diagnostics == ()


def _touch(one: Damage, two: Damage) -> bool:
    return one.start < two.end and two.start < one.end


def test_the_reference_library_has_enough_to_damage() -> None:
    """Otherwise the test above would prove nothing."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "source").iterdir())]
    counts = {kind.__name__: sum(len(list(kind(text))) for text in texts) for kind in (lists, stale, typed)}
    assert counts["lists"] > 150
    assert counts["stale"] > 40
    assert counts["typed"] > 20


def mended(repository: Repository, body: str, *, name: str = "one") -> str:
    """A policy's text after mending, without its fields."""
    path = repository.write(name, body)
    fixed_in(repository.root)
    return path.read_bytes().decode().split("---\n\n", 1)[1]


MENDS = {
    "a clause with a label": ("1. One. {#one}\n2. See clause 1.\n", "1. One. {#one}\n2. See [clause 1](#one).\n"),
    "a clause without a label is given one that says something": (
        "1. Staff must lock the outer door.\n2. See clause 1.\n",
        "1. Staff must lock the outer door. {#staff-lock-outer}\n2. See [clause 1](#staff-lock-outer).\n",
    ),
    "two references to one clause give it one label": (
        "1. Doors.\n2. See clause 1 and, once more, clause 1.\n",
        "1. Doors. {#doors}\n2. See [clause 1](#doors) and, once more, [clause 1](#doors).\n",
    ),
    "a label that is taken is not given twice": (
        "1. Doors. {#doors-2}\n2. Doors. {#doors}\n3. Doors.\n4. See clause 3.\n",
        "1. Doors. {#doors-2}\n2. Doors. {#doors}\n3. Doors. {#doors-3}\n4. See [clause 3](#doors-3).\n",
    ),
    "braces that stand there take the label in": (
        "# Form {.appendix}\n\n1. See Appendix A above.\n",
        "# Form {.appendix #form}\n\n1. See [Appendix A](#form) above.\n",
    ),
    "a label goes to the last line of the words, before blanks": (
        "1. Staff lock\n   **the doors**  \n\n   Words.\n2. See clause 1.\n",
        "1. Staff lock\n   **the doors** {#staff-lock-doors}  \n\n   Words.\n2. See [clause 1](#staff-lock-doors).\n",
    ),
    "several numbers are linked one by one": (
        "1. One. {#one}\n2. Two. {#two}\n3. Clauses 1 and 2 apply.\n",
        "1. One. {#one}\n2. Two. {#two}\n3. Clauses [1](#one) and [2](#two) apply.\n",
    ),
    "a reference over a line's end": (
        "1. One. {#one}\n2. See clause\n   1 above.\n",
        "1. One. {#one}\n2. See [clause\n   1](#one) above.\n",
    ),
    "in emphasis": ("1. One. {#one}\n2. *See clause 1.*\n", "1. One. {#one}\n2. *See [clause 1](#one).*\n"),
    "in a table": (
        "1. One. {#one}\n\n| A |\n| --- |\n| see clause 1 |\n",
        "1. One. {#one}\n\n| A |\n| --- |\n| see [clause 1](#one) |\n",
    ),
    "a title": ("1. See the Grievance Policy.\n", "1. See the [Grievance Policy](grievance.md).\n"),
    "a number that went stale follows its clause": (
        "1. One. {#one}\n2. See [section 7](#one).\n",
        "1. One. {#one}\n2. See [section {number}](#one).\n",
    ),
    "an item’s letter keeps its form": (
        "1. One:\n   a) one\n   b) two {#two}\n2. See [item (a)](#two).\n",
        "1. One:\n   a) one\n   b) two {#two}\n2. See [item (b)](#two).\n",
    ),
    "typed numbers and letters": (
        "1. One\n1. Two\n4. Three\n   a) one\n   a) two\n   d) three\n",
        "1. One\n1. Two\n3. Three\n   a) one\n   a) two\n   c) three\n",
    ),
    "a shorter number keeps what stands below it in its place": (
        "1. One\n12. Two\n    a) one\n",
        "1. One\n2.  Two\n    a) one\n",
    ),
    "a longer number too": (
        "".join(f"{turn}. X\n" for turn in range(1, 10)) + "9. Ten\n   a) one\n",
        "".join(f"{turn}. X\n" for turn in range(1, 10)) + "1. Ten\n   a) one\n",
    ),
}


@pytest.mark.parametrize("case", MENDS)
def test_what_takes_no_judgement_is_mended(repository: Repository, case: str) -> None:
    """And nothing is found afterwards."""
    before, after = MENDS[case]
    assert mended(repository, before) == after
    assert load(repository.root).diagnostics == ()


def test_no_mend_of_a_typed_reference_changes_the_wording(repository: Repository) -> None:
    """So that none voids an approval: the fingerprint stays."""
    repository.write("one", "1. Doors.\n2. See clause 1 and the Grievance Policy.\n")
    before = fingerprint(load(repository.root).library.policies["one"])
    assert len(fixed_in(repository.root).mended) == 2
    assert fingerprint(load(repository.root).library.policies["one"]) == before


UNTOUCHED = {
    "a year that became a clause": "2023\\. Before.\n\n2023. It was a year.\n",
    "a day of a month": "Words.\n\n12. May is the last day.\n",
    "a mark that may be a word": "1. One\n\n   etc) and so on\n",
    "several numbers stated": "1. One. {#one}\n2. See [clauses 7 and 8](#one).\n",
    "two clauses of one number": "1. One:\n   a) x\n\n   Words:\n\n   a) y\n2. See clause 1(a).\n",
    "another document beside it": "1. One.\n2. Follow the [](grievance.md) and clause 1.\n",
    "an escape among the words": "1. One.\n   1. Two.\n2. See clause 1\\.1.\n",
    "bold among the words": "1. One.\n2. See clause **1**.\n",
    "a number that nothing has": "1. One.\n2. See clause 7.2.\n",
}


@pytest.mark.parametrize("case", UNTOUCHED)
def test_what_takes_judgement_is_left(repository: Repository, case: str) -> None:
    """Byte for byte."""
    assert mended(repository, UNTOUCHED[case]) == UNTOUCHED[case]


def left(repository: Repository) -> list[str]:
    """Why findings were left that could have been mended."""
    return [one.why for one in fixed_in(repository.root).left]


def test_numbers_are_not_trusted_beside_a_mistake_that_may_change_them(repository: Repository) -> None:
    """A swallowed clause is to be restored first; a title and a number that follows its clause need no numbers."""
    body = "1. One. {#one}\n\nA remark.\n2. Two.\n\n3. See clause 1, [section 9](#one) and the Grievance Policy.\n"
    text = repository.write("one", body)
    assert left(repository) == [fixing.DOUBTFUL] * 2
    assert "3. See clause 1, [section {number}](#one) and the [Grievance Policy](grievance.md)." in text.read_text(
        "utf-8"
    )


def test_a_typed_number_is_left_where_clauses_were_counted_otherwise(repository: Repository) -> None:
    """Clause 3 may be the one that is typed 3, or the one that prints 3."""
    text = repository.write("one", "1. One.\n3. Two.\n4. Three.\n5. See clause 3.\n")
    assert left(repository) == [fixing.MISCOUNTED]
    assert text.read_text("utf-8").endswith("1. One.\n2. Two.\n3. Three.\n4. See clause 3.\n")


def test_of_two_files_with_one_name_none_is_touched(repository: Repository) -> None:
    """Nobody knows which is read."""
    for folder in ("a", "b"):
        head = repository.write("x", "1. See the Grievance Policy.\n").read_bytes()
        repository.write_raw(f"source/{folder}/x.md", head)
    (repository.root / "source" / "x.md").unlink()
    assert set(left(repository)) == {fixing.TWINS}


def test_a_file_that_was_changed_meanwhile_is_left(repository: Repository) -> None:
    """What was found was found in another text."""
    path = repository.write("one", "1. See the Grievance Policy.\n")
    read = load(repository.root)
    path.write_text(path.read_text("utf-8") + "2. More.\n", "utf-8")
    fixed = fix(read, ["one"])
    assert [one.why for one in fixed.left] == [fixing.CHANGED]
    assert fixed.after == {}


def test_a_mend_that_would_change_more_is_left_and_the_others_are_made(repository: Repository) -> None:
    """A bang before a link makes a picture of it."""
    body = "1. One. {#one}\n2. Look!clause 1 applies. See clause 1.\n"
    assert mended(repository, body) == "1. One. {#one}\n2. Look!clause 1 applies. See [clause 1](#one).\n"
    repository.write("one", body)
    assert left(repository) == [fixing.UNFIT]


def test_only_the_chosen_policies_are_mended(repository: Repository) -> None:
    """The others stay as they are."""
    for name in ("one", "two"):
        repository.write(name, "1. See the Grievance Policy.\n")
    read = load(repository.root)
    assert list(fix(read, ["two"]).after) == ["source/two.md"]


def test_a_link_to_a_file_stays_a_link(repository: Repository) -> None:
    """What it leads to is mended."""
    path = repository.write("one", "1. See the Grievance Policy.\n")
    real = path.rename(repository.root / "kept.md")
    path.symlink_to(real)
    fixed_in(repository.root)
    assert path.is_symlink()
    assert "(grievance.md)" in real.read_text("utf-8")
