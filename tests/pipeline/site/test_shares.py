"""What policies add to pages that tell of all, as it is kept from run to run."""

from __future__ import annotations

from pathlib import Path

from policytool.pipeline.shelf import FEW
from policytool.pipeline.site.shares import Words

PATH = "kept/words.json"
MANY = {f"policy-{number:04}": f"name {number}" for number in range(2 * FEW)}


def kept(root: Path) -> None:
    """The words of many policies, kept."""
    words = Words(root, PATH)
    for policy in MANY:
        words.add(policy, {"word": 1, policy: 2})
    words.save(MANY)


def test_what_was_kept_is_found_by_its_name(tmp_path: Path) -> None:
    """And what is called otherwise now is not there."""
    kept(tmp_path)
    names = {**MANY, "policy-0001": "another", "policy-new": "new"}
    found = Words(tmp_path, PATH).all(names)
    assert found["policy-0000"] == {"word": 1, "policy-0000": 2}
    assert names.keys() - found.keys() == {"policy-0001", "policy-new"}


def test_one_of_many_is_no_reason_to_write(tmp_path: Path) -> None:
    """It is made again by the next run; three are written."""
    kept(tmp_path)
    file = tmp_path / "build" / PATH
    before = file.read_bytes()
    words = Words(tmp_path, PATH)
    names = {**MANY, "policy-0001": "another"}
    words.add("policy-0001", {"other": 1})
    assert words.all(names)["policy-0001"] == {"other": 1}
    words.save(names)
    assert file.read_bytes() == before
    for policy in ("policy-0002", "policy-0003"):
        words.add(policy, {"other": 2})
    words.save(names)
    assert Words(tmp_path, PATH).all(names)["policy-0001"] == {"other": 1}
