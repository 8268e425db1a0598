"""What was read is kept, and is what would be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytool.pipeline.outline import one_by_one, outlined
from policytool.pipeline.shelf import PATH, Shelf, entries, keep
from policytool.store import tool
from policytool.store.files import SourceFile
from tests.repository import HEAD, Repository

BODY = """# One

1. Staff must be kind. {#kind}

   a) Always. {#always}

   And:

   a) Everywhere. {#everywhere}
2. See [](two.md#kind), [the other](two.md) and [](#kind).

# Words {.unnumbered #words}

Remarks.

# More {.appendix #more}
"""
SOURCE = SourceFile("source/one.md", "one", (HEAD.format(title="One") + BODY).encode())


def test_what_is_taken_is_what_was_put(tmp_path: Path) -> None:
    """An outline, with what may be cited of it and what it cites."""
    [read] = one_by_one([SOURCE])
    assert read.outline is not None
    shelf = Shelf.at(tmp_path)
    shelf.keep(SOURCE.path, SOURCE.content, read.outline)
    shelf.save()
    taken = Shelf.at(tmp_path).outline(SOURCE.path, SOURCE.content)
    assert taken is not None
    assert taken.fingerprint == read.outline.fingerprint
    assert list(taken.cites) == [("two", "kind"), ("two", "")] == list(read.outline.cites)
    assert list(taken.targets) == ["kind", "always", "everywhere", "words", "more"]
    assert [told[4] for told in taken.targets.values()] == [1, 2, 2, 0, 1]
    assert taken.policy.title == "One"


@pytest.mark.parametrize(
    ("path", "content"), [("source/two.md", SOURCE.content), (SOURCE.path, SOURCE.content + b"\n")]
)
def test_another_file_is_not_taken_for_it(tmp_path: Path, path: str, content: bytes) -> None:
    """Neither another place nor other bytes."""
    [read] = one_by_one([SOURCE])
    assert read.outline is not None
    shelf = Shelf.at(tmp_path)
    shelf.keep(SOURCE.path, SOURCE.content, read.outline)
    assert Shelf(tmp_path, shelf.used).outline(path, content) is None


def test_an_altered_byte_or_another_tool_empties_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else could tell that it disagrees."""
    keep(tmp_path, PATH, {"a": [1]})
    assert entries(tmp_path, PATH) == {"a": [1]}
    path = tmp_path / "build" / PATH
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert entries(tmp_path, PATH) == {}
    path.write_bytes(content)
    monkeypatch.setattr(tool, "identity", lambda: "another")
    assert entries(tmp_path, PATH) == {}


def test_build_and_status_share_it(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one has read the other need not read; what has errors is not kept."""
    repository.write_raw(SOURCE.path, SOURCE.content)
    repository.write("two", "# One\n\n1. Kind. {#kind}\n")
    repository.write("bad", "# One\n\n7. Counted wrongly.\n")
    assert repository.run("--quiet", "build", "--to", "html") == 1
    kept = (repository.root / "build" / PATH).read_bytes()
    monkeypatch.setattr("policytool.pipeline.outline.fingerprint", lambda _policy: "read again")
    fingerprints = outlined(repository.root)._fingerprints  # noqa: SLF001  # what it was given
    assert [name for name, one in fingerprints.items() if one == "read again"] == ["bad"]
    assert (repository.root / "build" / PATH).read_bytes() == kept


def test_the_tool_is_known_by_its_parts() -> None:
    """Their versions are found, each of them."""
    found = sorted(tool._parts())  # noqa: SLF001
    for name in ("typst", "lxml", "jinja2", "python_docx", "markdown_it_py"):
        assert any(one.lower().replace("-", "_").startswith(f"{name}_") for one in found), name
