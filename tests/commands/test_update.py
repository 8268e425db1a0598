# ruff: noqa: SLF001  # what python-docx has no word for is done to its elements
"""`policytool import --update`: a headteacher's edits in Word, with a real repository and real Word files."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from tests.history import Git, begin
from tests.repository import HEAD
from tests.terminals import Terminal

SOURCE = (
    HEAD.format(title="Phones")
    + """\
# One rule

1. Staff __must__ keep their phones
   out of lessons, as a rule. {#phones}
2. Visitors leave their phones in the office; see [](#phones).
   a) the office is open all day;
   b) the office hands them back.
3. Pupils bring no phone to school.

# Another rule

1. Halls are let by the bursar on Sundays.
"""
)


@pytest.fixture
def sent(tmp_path: Path) -> Git:
    """A repository whose policy `phones` was built as Word, to be edited."""
    made = begin(tmp_path / "school")
    made.commit({"source/phones.md": SOURCE, ".gitignore": "build/\n"})
    assert made.run("build", "phones", "--to", "docx") == 0
    return made


def edit(sent: Git, change: Callable[[list[Paragraph]], None]) -> str:
    """The Word file after a change to its paragraphs, saved elsewhere."""
    document = Document(str(sent.root / "build/phones.docx"))
    change(document.paragraphs)
    path = sent.root.parent / "edited.docx"
    document.save(str(path))
    return str(path)


def found(paragraphs: list[Paragraph], words: str) -> Paragraph:
    """The paragraph with certain words."""
    return next(one for one in paragraphs if words in one.text)


def replaced(paragraphs: list[Paragraph], old: str, new: str) -> None:
    """Some words in the run in which they stand."""
    run = next(run for one in paragraphs for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new)


def _taken_out(element: BaseOxmlElement) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def source(sent: Git) -> str:
    """What stands in the source now."""
    return (sent.root / "source/phones.md").read_text()


def test_a_word_that_was_changed_is_the_one_thing_that_changes(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Line ends, marks of emphasis, references and labels stay; the comparison is shown first."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "as a rule", "as ever"))
    assert sent.run("import", "--update", path) == 0
    assert source(sent) == SOURCE.replace("as a rule", "as ever")
    told = capsys.readouterr()
    assert "the working text → the text with the edits" in told.out
    assert "1 clause reworded" in told.out
    assert "wrote source/phones.md" in told.err
    assert sent.run("import", "--update", path) == 0
    assert "nothing is left to do" in capsys.readouterr().err


def test_clauses_are_put_in_moved_and_taken_out(sent: Git) -> None:
    """And only their lines, and the numbers behind them, change."""

    def change(paragraphs: list[Paragraph]) -> None:
        visitors = found(paragraphs, "Visitors")
        new = deepcopy(visitors._element)
        for mark in [*new.findall(qn("w:bookmarkStart")), *new.findall(qn("w:bookmarkEnd"))]:
            new.remove(mark)
        visitors._element.addprevious(new)
        fresh = Paragraph(new, visitors.part)
        for run in fresh.runs[1:]:
            _taken_out(run._element)
        fresh.runs[0].text = "Parents ring the office instead."
        last = found(paragraphs, "hands them back")._element
        _taken_out(last)

    assert sent.run("import", "--update", edit(sent, change)) == 0
    wanted = SOURCE.replace("2. Vis", "2. Parents ring the office instead.\n3. Vis").replace("3. Pup", "4. Pup")
    assert source(sent) == wanted.replace("   b) the office hands them back.\n", "")


def test_tracked_changes_come_home_or_are_left_out(sent: Git) -> None:
    """Accepted, unless it is asked that they be rejected; words without a mark come home both ways."""

    def change(paragraphs: list[Paragraph]) -> None:
        run = found(paragraphs, "Pupils").runs[-1]
        inserted = OxmlElement("w:ins", {qn("w:id"): "9001", qn("w:author"): "Head"})
        more = deepcopy(run._element)
        inserted.append(more)
        run._element.addnext(inserted)
        more.text = " They are told so."
        replaced(paragraphs, "Sundays", "Saturdays")

    path = edit(sent, change)
    assert sent.run("import", "--update", path, "--reject-changes") == 0
    assert source(sent) == SOURCE.replace("Sundays", "Saturdays")
    assert sent.run("import", "--update", path) == 0
    assert source(sent) == SOURCE.replace("Sundays", "Saturdays").replace("school.", "school. They are told so.")


def test_what_changed_in_the_source_since_is_kept(sent: Git) -> None:
    """In other clauses, however near, and uncommitted or not."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "all day", "until noon"))
    newer = SOURCE.replace("hands them", "gives them").replace("# Another rule", "# Another rule {#halls}")
    sent.commit({"source/phones.md": newer})
    sent.write_raw("source/phones.md", newer.replace("bursar", "clerk").encode())
    assert sent.run("import", "--update", path) == 0
    assert source(sent) == newer.replace("bursar", "clerk").replace("all day", "until noon")


def test_a_conflict_is_shown_and_nothing_is_written(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """With its line, its clause and both wordings."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "no phone", "one phone"))
    newer = SOURCE.replace("no phone", "no watch")
    sent.commit({"source/phones.md": newer})
    assert sent.run("import", "--update", path) == 1
    assert source(sent) == newer
    told = capsys.readouterr().out
    assert "source/phones.md:17: conflict at clause 1.3: changed in the document and in the source since" in told
    assert "the document: Pupils bring one phone to school." in told
    assert "the source:   Pupils bring no watch to school." in told


def test_footnotes_keep_their_order_in_the_source(sent: Git) -> None:
    """Which is neither that of their names nor that of their numbers."""
    notes = "\n[^zoo]: The first.\n\n[^art]: The second.\n\n[^map]: The third.\n"
    noted = SOURCE.replace("all day;", "all day;[^map]").replace("school.", "school.[^art]") + "2. And so on.[^zoo]\n"
    sent.commit({"source/phones.md": noted + notes})
    assert sent.run("build", "phones", "--to", "docx") == 0
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "Sundays", "Mondays"))
    assert sent.run("import", "--update", path) == 0
    assert source(sent) == noted.replace("Sundays", "Mondays") + notes


def test_a_tracked_deletion_of_a_whole_clause_leaves_the_next_as_it_is(sent: Git) -> None:
    """Word joins what is left of the one, nothing, to the next, which keeps its label and its references."""
    linked = SOURCE.replace("1. Staff", "1. Pets stay at home. {#pets}\n2. Staff").replace("2. Vis", "3. Vis")
    linked = (
        linked.replace("3. Pup", "4. Pup")
        .replace("a rule. {#", "a rule [](#pupils). {#")
        .replace("to school.", "to school. {#pupils}")
    )
    sent.commit({"source/phones.md": linked})
    assert sent.run("build", "phones", "--to", "docx") == 0

    def change(paragraphs: list[Paragraph]) -> None:
        pets = found(paragraphs, "Pets")
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:del", {qn("w:id"): "9000", qn("w:author"): "Head"}))
        pets._element.get_or_add_pPr().append(mark)
        gone = OxmlElement("w:del", {qn("w:id"): "9001", qn("w:author"): "Head"})
        pets.runs[0]._element.addprevious(gone)
        for run in pets.runs:
            gone.append(run._element)
            for words in run._element.findall(qn("w:t")):
                words.tag = qn("w:delText")

    assert sent.run("import", "--update", edit(sent, change)) == 0
    wanted = linked.replace("1. Pets stay at home. {#pets}\n2. Staff", "1. Staff").replace("3. Vis", "2. Vis")
    assert source(sent) == wanted.replace("4. Pup", "3. Pup")


def test_the_last_clause_comes_home_without_its_words_as_gone(sent: Git) -> None:
    """Nobody can delete the end of the last paragraph; and where its words went, its label went too."""
    labelled = SOURCE.replace("Sundays.", "Sundays. {#sundays}").replace(
        "# Another rule\n", "# Another rule\n\n1. And so on."
    )
    labelled = labelled.replace("on.\n1. Halls", "on.\n2. Halls")
    sent.commit({"source/phones.md": labelled})
    assert sent.run("build", "phones", "--to", "docx") == 0

    def change(paragraphs: list[Paragraph]) -> None:
        last = found(paragraphs, "Sundays")
        copied = deepcopy(last._element)
        found(paragraphs, "Pupils")._element.addprevious(copied)
        for mark in [*copied.findall(qn("w:bookmarkStart")), *copied.findall(qn("w:bookmarkEnd"))]:
            copied.remove(mark)
        for run in last.runs:
            _taken_out(run._element)

    assert sent.run("import", "--update", edit(sent, change)) == 0
    assert "3. Halls are let by the bursar on Sundays. {#sundays}\n4. Pupils" in source(sent)
    assert source(sent).endswith("# Another rule\n\n1. And so on.\n")


def test_two_clauses_made_one_keep_the_label_that_one_of_them_had(sent: Git) -> None:
    """It may be cited anywhere."""

    def change(paragraphs: list[Paragraph]) -> None:
        first, second = found(paragraphs, "Pets"), found(paragraphs, "Staff must")
        first.add_run(" ")
        for part in [*second._element]:
            if part.tag != qn("w:pPr"):
                first._element.append(part)
        _taken_out(second._element)

    pets = SOURCE.replace("1. Staff", "1. Pets stay at home.\n2. Staff").replace("2. Vis", "3. Vis")
    sent.commit({"source/phones.md": pets.replace("3. Pup", "4. Pup")})
    assert sent.run("build", "phones", "--to", "docx") == 0
    assert sent.run("import", "--update", edit(sent, change)) == 0
    assert "1. Pets stay at home. Staff" in source(sent)
    assert "as a rule. {#phones}\n2. Visitors leave their phones in the office; see [](#phones)." in source(sent)


def test_a_paragraph_in_no_style_leaves_the_numbers_behind_it(sent: Git) -> None:
    """Typed at the margin among clauses that stand in another, it is put into that."""

    def change(paragraphs: list[Paragraph]) -> None:
        plain = deepcopy(found(paragraphs, "all day")._element)
        plain.remove(plain.get_or_add_pPr())
        for mark in [*plain.findall(qn("w:bookmarkStart")), *plain.findall(qn("w:bookmarkEnd"))]:
            plain.remove(mark)
        found(paragraphs, "all day")._element.addnext(plain)
        Paragraph(plain, paragraphs[0].part).runs[0].text = "Ask there."

    nested = SOURCE.replace("a) the", "1. The").replace("day;", "day.").replace("b) the", "2. The")
    sent.commit({"source/phones.md": nested})
    assert sent.run("build", "phones", "--to", "docx") == 0
    assert sent.run("import", "--update", edit(sent, change)) == 0
    assert source(sent) == nested.replace("day.\n", "day.\n\n   Ask there.\n\n")


def test_comments_are_told_with_their_clauses(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether or not anything else was changed."""
    document = Document(str(sent.root / "build/phones.docx"))
    document.add_comment(found(document.paragraphs, "Pupils").runs, "Is this still so?", author="Head")
    path = sent.root.parent / "edited.docx"
    document.save(str(path))
    assert sent.run("import", "--update", str(path)) == 0
    assert "edited.docx: comment of Head at 1.3: Is this still so?" in capsys.readouterr().out
    assert source(sent) == SOURCE


def test_a_dry_run_shows_the_comparison_alone(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "Sundays", "Mondays"))
    assert sent.run("import", "--update", path, "--dry-run") == 0
    assert "Mondays" in capsys.readouterr().out
    assert source(sent) == SOURCE


def test_what_cannot_come_home_is_refused(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of others, a wording that is not known, another policy, one that is gone."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "Sundays", "Mondays"))
    other = sent.root.parent / "other.docx"
    Document().save(str(other))
    assert sent.run("import", "--update", str(other)) == 2
    assert "only a Word file that `policytool build` made" in capsys.readouterr().err
    sent.commit({"source/one.md": SOURCE})
    assert sent.run("import", "--update", path, "--as", "one") == 2
    assert "made from `phones`, not from `one`" in capsys.readouterr().err
    stranger = begin(sent.root.parent / "stranger")
    stranger.commit({"source/phones.md": SOURCE.replace("Halls", "Rooms")})
    assert stranger.run("import", "--update", path) == 2
    assert "is not in its history" in capsys.readouterr().err
    sent.commit({"source/phones.md": None})
    assert sent.run("import", "--update", path) == 2
    assert "there is no such policy here" in capsys.readouterr().err


def test_a_policy_that_was_renamed_is_found(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """By the history of its file."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "Sundays", "Mondays"))
    sent.commit({"source/phones.md": None, "source/office/devices.md": SOURCE})
    assert sent.run("import", "--update", path) == 0
    assert "wrote source/office/devices.md" in capsys.readouterr().err
    assert (sent.root / "source/office/devices.md").read_text() == SOURCE.replace("Sundays", "Mondays")


def test_at_a_terminal_it_is_asked_for_first(sent: Git) -> None:
    """What is shown is written only after a yes, or with --yes."""
    path = edit(sent, lambda paragraphs: replaced(paragraphs, "Sundays", "Mondays"))
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "dumb"}
    for answer, wanted in (("n", SOURCE), ("y", SOURCE.replace("Sundays", "Mondays"))):
        command = [sys.executable, "-m", "policytool", "import", "--update", path]
        with Terminal(command, sent.root, environment) as terminal:
            assert "1 clause reworded" in terminal.until("Write source/phones.md? [Y/n]")
            terminal.type(f"{answer}\n")
            assert ("nothing was written" if answer == "n" else "wrote source/phones.md") in terminal.rest()
        assert source(sent) == wanted
    sent.write_raw("source/phones.md", SOURCE.encode())
    with Terminal([*command, "--yes"], sent.root, environment) as terminal:
        assert "Write" not in terminal.rest()
    assert source(sent) == SOURCE.replace("Sundays", "Mondays")


def test_it_is_asked_for_only_where_it_belongs(sent: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Options that make no sense together are refused."""
    assert sent.run("import", "--update", "x.docx", "--force") == 2
    assert "--force does not belong to --update" in capsys.readouterr().err
    assert sent.run("import", "--update", "x.docx", "y.docx", "--as", "phones") == 2
    assert sent.run("import", "--update", "x.pdf") == 2
    assert "is no Word file" in capsys.readouterr().err


@pytest.mark.parametrize("seed", range(6))
def test_words_changed_anywhere_in_a_real_policy_come_home_alone(tmp_path: Path, seed: int) -> None:
    """Some words of the reference policy, changed in Word: nothing but these words differs in the source."""
    here = Path(__file__).parents[2]
    text = (here / "source/social-media-staff.md").read_text()
    made = begin(tmp_path / "school")
    for name in ("source", "reviews"):
        copytree(here / name, made.root / name)
    made.commit({"policytool.yaml": (here / "policytool.yaml").read_bytes()})
    made.run("build", "social-media-staff", "--to", "docx")
    document = Document(str(made.root / "build/social-media-staff.docx"))
    once = [word for word in re.findall(r"(?<= )[a-z]{6,}(?= )", text.partition("\n---\n")[2]) if text.count(word) == 1]
    words = Random(seed).sample(once, 5)  # noqa: S311  # not a secret
    for word in words:
        replaced(document.paragraphs, word, word[::-1])
        text = text.replace(word, word[::-1])
    path = tmp_path / "edited.docx"
    document.save(str(path))
    made.run("import", "--update", str(path))
    assert (made.root / "source/social-media-staff.md").read_text() == text
