"""Issues: made of records and kept wordings alone, and made again the same whatever has become of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest

from policytool.model.unable import UnableError
from policytool.pipeline.issue import Archive, Issue, documents
from policytool.pipeline.outline import outlined
from policytool.pipeline.workers import Crew
from policytool.store.history import History
from tests.reviewed import CHANGED, HEAD, School, reviewed, text

__all__ = ["reviewed"]


@contextmanager
def archive(school: School) -> Iterator[tuple[Archive, str]]:
    """What is on file, read anew, and the commit that is checked out."""
    with History(school.root) as history:
        yield Archive(outlined(school.root), history), history.head().hash


def issued(school: School, policy: str = "one") -> tuple[Issue, dict[str, bytes]]:
    """The issue of a policy as it counts now, and its documents."""
    with archive(school) as (kept, head):
        issue = kept.current(policy, head)
        return issue, dict(documents(kept, issue))


def again(school: School, issue: Issue) -> dict[str, bytes]:
    """The documents of an issue, made again."""
    with archive(school) as (kept, _):
        return dict(documents(kept, issue))


def test_an_issue_is_the_approved_wording(reviewed: School) -> None:
    """With the name of its version, the records that count, and the folder it goes into."""
    reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/41")
    issue, made = issued(reviewed)
    assert (issue.version, issue.folder, issue.path) == ("2023-09-14", "2023-09-14", "one/2023-09-14")
    assert issue.records == ("2023-09-14-governors",)
    assert sorted(made) == ["docx", "html", "pdf"]
    assert b"2023-09-14, approved 14 September 2023 (minute FGB 2023/41)" in made["html"]


def test_an_issue_is_made_again_the_same(reviewed: School) -> None:
    """After the source, the settings and the records have moved on, and by workers as well."""
    reviewed.review("governors", "2023-09-14")
    issue, made = issued(reviewed)
    reviewed.commit({"source/one.md": CHANGED}, "Change the text")
    reviewed.review("annual", "2023-12-20")
    settings = (reviewed.root / "policytool.yaml").read_text("utf-8").replace("Example School", "Another School")
    reviewed.commit({"policytool.yaml": settings}, "Rename the school")
    assert again(reviewed, issue) == made
    now, other = issued(reviewed)
    assert now.version == issue.version
    assert other["html"] != made["html"]
    assert b"Another School" in other["html"]


def test_what_was_never_approved_is_no_issue(reviewed: School) -> None:
    """It is told how to record its approval."""
    with archive(reviewed) as (kept, head), pytest.raises(UnableError, match="no wording of it has been approved"):
        kept.current("one", head)


def test_numbers_of_others_are_those_of_their_approved_wording(reviewed: School) -> None:
    """Whatever became of their sources since; and a label that is not in it is refused."""
    other = HEAD.replace("A Policy", "Another")
    cites = text("1. See [](two.md#kept).\n")
    reviewed.commit({"source/two.md": other + "1. First.\n2. Kept. {#kept}\n", "source/one.md": cites}, "Cite")
    reviewed.review("governors", "2023-09-14")
    said = ("--held", "2023-09-15", "--by", "governing-board", "--outcome", "approved", "--commit")
    assert reviewed.run("--today", "2023-12-31", "record", "two", "governors", *said) == 0
    issue, made = issued(reviewed)
    assert [name for name, _ in issue.relied_on] == ["two"]
    reviewed.commit({"source/two.md": other + "1. Kept. {#kept}\n"}, "Renumber")
    assert issued(reviewed)[1]["html"] == made["html"]
    late = text("1. See [](two.md#later).\n")
    reviewed.commit({"source/two.md": other + "1. Later. {#later}\n", "source/one.md": late}, "Cite what is new")
    reviewed.review("governors", "2023-10-14")
    with archive(reviewed) as (kept, head), pytest.raises(UnableError, match="not in the approved wording of `two`"):
        kept.current("one", head)


def test_a_crew_makes_the_same(reviewed: School) -> None:
    """By its hashes, and nothing is written."""
    reviewed.review("governors", "2023-09-14")
    with archive(reviewed) as (kept, head), Crew(2) as crew:
        issue = kept.current("one", head)
        [one] = crew.make([kept.order(issue)], kept.common(head))
        made = documents(kept, issue)

    assert dict(one.digests) == {name: sha256(content).hexdigest() for name, content in made.items()}
