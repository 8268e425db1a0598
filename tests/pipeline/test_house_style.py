"""The house style in a repository: found, held against the rules, and in what is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytool.model.house import PLAIN
from policytool.pipeline.repository import load
from policytool.pipeline.versions import Versions
from tests.history import Git, school, text
from tests.render.test_house_style import font
from tests.repository import SETTINGS, Repository
from tests.templates import SVG, oddity, png

__all__ = ["school"]

GOOD = "# One\n\n1. Staff must be kind.\n"


def styled(style: str) -> bytes:
    """The settings with a house style."""
    return f"{SETTINGS}house: {style}\n".encode()


def found(root: Path) -> list[str]:
    """What is wrong in a repository: place, code and message."""
    listed = load(root).diagnostics
    return [f"{one.path}:{one.position and one.position.line} {one.finding.code} {one.message}" for one in listed]


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        ("{word: nowhere.docx}", "PT150 cannot read `nowhere.docx`: no such file or directory"),
        ("{word: source}", "PT150 cannot read `source`: not a file"),
        ("{font: source}", "PT150 `source` holds no file that ends in .ttf or .otf"),
        ("{crest: ../crest.png}", "PT151 `../crest.png` leads out of the repository"),
        ("{crest: /etc/hostname}", "PT151 `/etc/hostname` leads out of the repository"),
        ("{crest: link.png}", "PT151 `link.png` leads out of the repository"),
        ("{crest: large.png}", "PT152 `large.png` is larger than 1 MB"),
        ("{word: words.docx}", "PT153 `words.docx`: it is no Word file"),
        ("{word: odd.docx}", "PT154 `odd.docx`: a picture in its header or footer is only linked to, and is left out"),
        ("{crest: words.docx}", "PT155 `words.docx`: this is neither an SVG, nor a PNG, nor a JPEG picture"),
        ("{font: words.docx}", "PT156 `words.docx` is no font"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_in_the_settings(repository: Repository, style: str, wanted: str) -> None:
    """`check` knows what a build would stumble over."""
    repository.write("one", GOOD)
    files = {"words.docx": b"words", "large.png": b" " * 1_000_001, "odd.docx": oddity()}
    for name, content in files.items():
        repository.write_raw(name, content)
    (repository.root / "link.png").symlink_to("/etc/hostname")
    repository.write_raw("policytool.yaml", styled(style))
    assert found(repository.root) == [f"policytool.yaml:{SETTINGS.count(chr(10)) + 1} {wanted}"]
    assert repository.run("check") == (0 if "PT154" in wanted else 1)


def test_a_good_house_style_is_in_all_that_is_built(repository: Repository) -> None:
    """A folder of faces, a drawing, a template."""
    repository.write("one", GOOD)
    for name, content in (
        ("crest.svg", SVG),
        ("odd.docx", oddity()),
        *((f"fonts/{name}", one) for name, one in font()),
    ):
        repository.write_raw(name, content)
    assert repository.run("build") == 0
    before = {path.name: path.read_bytes() for path in (repository.root / "build").iterdir() if path.is_file()}
    repository.write_raw("policytool.yaml", styled("{word: odd.docx, crest: crest.svg, font: fonts/}"))
    assert repository.run("build") == 0
    after = {path.name: path.read_bytes() for path in (repository.root / "build").iterdir() if path.is_file()}
    assert before.keys() == after.keys()
    assert [name for name in after if after[name] == before[name]] == []


def test_a_draft_is_built_without_what_cannot_be_used(repository: Repository) -> None:
    """A policy is to be read today, even though the crest is damaged."""
    repository.write("one", GOOD)
    repository.write_raw("policytool.yaml", styled("{crest: nowhere.png}"))
    assert repository.run("build", "--to", "html") == 2
    assert repository.run("build", "--to", "html", "--draft") == 0


def test_a_version_that_is_past_has_the_house_style_of_its_day(school: Git) -> None:
    """Read from git, links followed, and nothing from outside the repository."""
    contents: dict[str, str | bytes | None] = {
        "policytool.yaml": styled("{crest: link.png, font: fonts}"),
        "source/one.md": text(),
    }
    (school.root / "link.png").symlink_to("files/crest.png")
    faces = {f"fonts/{name}": content for name, content in font()}
    first = school.commit({**contents, "files/crest.png": png(), **faces}, "First")
    school.commit({"files/crest.png": png(60, 60), "policytool.yaml": styled("{crest: link.png}")}, "Second")
    wrong = school.commit({"policytool.yaml": styled("{crest: ../x.png, word: no.docx, font: source}")}, "Third")
    with Versions(load(school.root)) as versions:
        old = versions.at(f"git:{first}")
        assert old.diagnostics == ()
        assert old.house.crest is not None
        assert (old.house.crest.content, len(old.house.faces)) == (png(), 4)
        bad = versions.at(f"git:{wrong}")
    assert bad.house.digest == PLAIN.digest
    assert [one.finding.code for one in bad.diagnostics] == ["PT151", "PT150", "PT150"]
