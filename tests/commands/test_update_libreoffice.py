"""Edits that a headteacher makes in LibreOffice come home: to real policies, at random places, tracked and not."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from shutil import copytree, which
from typing import NamedTuple

import pytest

from bench.office import speaker
from tests.history import Git, begin
from tests.tools import missing

HERE = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("uno_edits.py")
SECONDS = 120
POLICIES = "social-media-staff", "whistleblowing", "online-safety", "staff-acceptable-use"
SEEDS = range(11)
Edit = tuple[str, ...]
Job = tuple[str, str, Sequence[Edit]]

CLAUSE, ITEM, HEADING, ROW, NOTE = r" *\d+\. ", r" *[a-z]+\) ", r"#+ ", r" *\| ", r"\[\^\w+\]: "
SENTENCES = rf"{CLAUSE}[A-Z].*\.$"
KINDS: Mapping[str, str] = {
    "replace": f"{CLAUSE}|{ITEM}|{HEADING}|{NOTE}",
    "enter": f"{CLAUSE}|{ITEM}",
    "split": CLAUSE,
    "default": CLAUSE,
    "delete": rf"(?:{CLAUSE}|{ITEM}).*;$",  # else a list would end in "; and"
    "move": SENTENCES,
    "comment": CLAUSE,
    "bold": CLAUSE,
    "row": ROW,
}
_MARK = re.compile(rf"{CLAUSE}|{ITEM}| +")
_CITED = re.compile(r"(?<=clause\s)[\d.]*\d")
_PRINTED = re.compile(r"Draft|–|(\d+ )?[A-Z]\w+ 20\d\d$")  # in the title block, made from the records


class Sent(NamedTuple):
    """A policy that was edited: its name and source, the edits, and the file with them."""

    policy: str
    text: str
    edits: tuple[Edit, ...]
    path: Path

    @property
    def words(self) -> Path:
        """What LibreOffice says is written in the file."""
        return self.path.with_suffix(".json")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Git:
    """The reference library in a repository of its own, built as Word."""
    made = begin(tmp_path_factory.mktemp("school"))
    for name in ("source", "reviews"):
        copytree(HERE / name, made.root / name)
    made.commit({"policytool.yaml": (HERE / "policytool.yaml").read_bytes(), ".gitignore": "build/\n"})
    assert made.run("build", *POLICIES, "--to", "docx") == 0
    return made


@pytest.fixture(scope="module")
def sent(school: Git, tmp_path_factory: pytest.TempPathFactory) -> list[Sent]:
    """By seed the files that LibreOffice saved after edits."""
    folder = tmp_path_factory.mktemp("sent")
    made = [_sent(school, folder, seed) for seed in SEEDS]
    jobs: list[Job] = []
    for one in made:
        jobs.append((str(school.root / f"build/{one.policy}.docx"), str(one.path), one.edits))
        jobs.append((str(one.path), str(one.words), ()))
    edited(folder, jobs)
    return made


def edited(folder: Path, jobs: Sequence[Job]) -> None:
    """Do these jobs in one LibreOffice."""
    if not speaker():
        missing("LibreOffice and a Python with UNO (python3-uno)")
    command = (speaker(), str(DRIVER), which("soffice") or "", str(folder / "profile"), str(SECONDS), json.dumps(jobs))
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS + 30, check=False)
    assert run.returncode == 0, run.stderr


# Edits at random


def _sent(school: Git, folder: Path, seed: int) -> Sent:
    rng = Random(seed)  # noqa: S311  # not a secret
    policy = rng.choice(POLICIES)
    text = (school.root / f"source/{policy}.md").read_text()
    edits: list[Edit] = []
    free = text.partition("\n---\n")[2].split("\n")
    free.remove([line for line in free if re.match(CLAUSE, line)][-1])  # whose end cannot be cut
    for at in range(rng.randint(2, 4)):
        edits += _edit(rng, rng.choice([*KINDS]), free, f"Freshly typed words number {at} go here")
    # A clause cut from before a heading while changes are tracked takes the heading's style with it, in 7.4.
    if seed % 2 and not any(kind == "move" for kind, *_ in edits):
        edits.insert(0, ("track",))
    return Sent(policy, text, tuple(edits), folder / f"{seed}.docx")


def _edit(rng: Random, kind: str, free: list[str], new: str) -> Iterator[Edit]:
    """An edit of a kind, at words in lines that are still free, which are taken."""
    words = _words(rng, KINDS[kind], free)
    other = _words(rng, SENTENCES, free) if kind == "move" else ""
    if words and (other or kind != "move"):
        more = {"split": (), "delete": (), "bold": (), "move": (other,), "row": (new, "Yes")}
        yield (kind, words, *more.get(kind, (new,)))


def _words(rng: Random, kind: str, free: list[str]) -> str:
    """Words that stand once in the text, in a line of this kind."""
    lines = [line for line in free if re.match(kind, line) and "{#" not in line]
    for line in rng.sample(lines, len(lines)):
        found = [one for one in re.findall(r"(?:[A-Za-z]+ ){2,3}[a-z]+", line) if "\n".join(free).count(one) == 1]
        if found:
            free.remove(line)
            return str(rng.choice(found))
    return ""


# What comes home


def test_they_come_home_and_nothing_else_changes(school: Git, sent: list[Sent], tmp_path: Path) -> None:
    """The source says what the file does, every other line is as it was, and a second time nothing is left to do."""
    built = [tmp_path / f"{seed}.json" for seed in SEEDS]
    jobs: list[Job] = []
    for one, target in zip(sent, built, strict=True):
        after = _home(school, one)
        again = tmp_path / f"{target.stem}.docx"
        assert school.run("build", one.policy, "--to", "docx") == 0, one.edits
        again.write_bytes((school.root / f"build/{one.policy}.docx").read_bytes())
        jobs.append((str(again), str(target), ()))
        assert _home(school, one) == after
        _put(school, one, one.text)
        assert not _missing(one, after), one.edits
        assert _labels(after) == _labels(one.text)
    edited(tmp_path, jobs)
    for one, target in zip(sent, built, strict=True):
        assert _said(target) == _said(one.words), one.edits


def test_what_changed_in_the_source_since_is_kept(school: Git, sent: list[Sent]) -> None:
    """A word of a line that no edit touched."""
    for one in sent:
        after = _home(school, one)
        word = _untouched(one.text, after)
        _put(school, one, one.text.replace(word, word[::-1]))
        assert _home(school, one) == after.replace(word, word[::-1]), one.edits
        _put(school, one, one.text)


def test_a_clause_that_changed_on_both_sides_is_a_conflict(
    school: Git, sent: list[Sent], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is shown, and nothing is written."""
    typed = [(one, edit) for one in sent for edit in one.edits if edit[0] == "replace"]
    assert typed
    for one, edit in typed:
        newer = one.text.replace(edit[1], "quite other words")
        _put(school, one, newer)
        capsys.readouterr()
        assert school.run("import", "--update", str(one.path)) == 1, one.edits
        assert "conflict at" in capsys.readouterr().out
        assert (school.root / f"source/{one.policy}.md").read_text() == newer
        _put(school, one, one.text)


def _home(school: Git, one: Sent) -> str:
    """The source with the edits. What they say may be against the house style, which is told and no more."""
    assert school.run("import", "--update", str(one.path)) == 0, one.edits
    return (school.root / f"source/{one.policy}.md").read_text()


def _put(school: Git, one: Sent, text: str) -> None:
    school.write_raw(f"source/{one.policy}.md", text.encode())


def _missing(one: Sent, after: str) -> list[str]:
    """The lines without an edit that are no longer there, whatever number stands before them."""
    kept = {_MARK.sub("", line, count=1) for line in after.split("\n")}
    lines = [line for line in one.text.split("\n") if not any(words in line for _, words in _places(one.edits))]
    return [line for line in lines if _MARK.sub("", line, count=1) not in kept]


def _places(edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    for kind, *words in edits:
        if words and kind not in ("move", "enter", "default", "comment", "row"):
            yield kind, words[0]


def _labels(text: str) -> set[str]:
    return set(re.findall(r"\{#([\w-]+)", text))


def _untouched(text: str, after: str) -> str:
    """A word that stands once, in a clause that is the same before and after."""
    same = {*after.split("\n")}
    lines = [line for line in text.split("\n") if line in same and re.match(CLAUSE, line)]
    words: list[str] = [
        word
        for line in lines
        for word in re.findall(r"(?<= )[a-z]{6,}(?= )", line)
        if text.count(word) == 1 == after.count(word)
    ]
    return words[0]


def _said(path: Path) -> list[str]:
    """The words of a text as LibreOffice prints them; no footnotes, which 7.4 mixes up where there are comments."""
    text = json.loads(path.read_text("utf-8"))["text"]
    lines = (" ".join(_CITED.sub("", words).split()) for _, words in text)
    return [line for line in lines if line and not _PRINTED.match(line)]
