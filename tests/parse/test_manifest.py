"""The short way to read the record of a publication, held against the long one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Moment
from policytool.parse.manifest import manifest
from policytool.parse.records import record as long_way
from policytool.render.records import record as written

PATH = "reviews/lettings/2025-09-20-publication.yaml"
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
NAMES = st.sampled_from(["lettings", "online-safety", "homework", "con", "x", "a-b-c-d"])
FILES = st.builds(PublishedFile, st.builds("{0}/2025-09-14/{0}.pdf".format, NAMES), HEX, st.integers(0, 10**9))
SAID = st.builds(
    Publication,
    st.sampled_from(["2025-09-14", "2025-09", "2025-09-14.2"]),
    st.lists(st.tuples(NAMES, HEX.map("v1:{}".format)), unique_by=lambda one: one[0], max_size=3).map(tuple),
    st.sampled_from(["0" * 40, "a" * 64, "0625ef7", ""]),
    st.sampled_from(["0.1.0", "1.22.333", "1.0.0.dev3", ""]),
    st.lists(FILES, min_size=1, max_size=3).map(tuple),
    st.sampled_from([(), ("2025-09-14-governors",), ("2025-09-annual", "2025-09-14-governors.2")]),
)


def record(said: Publication, policy: str = "lettings") -> Record:
    """The record of a publication."""
    held = Moment(2025, 9, 20)
    return Record("publication", policy, held, fingerprint=f"v1:{'a' * 64}", publication=said, path=PATH)


@given(SAID, NAMES)
def test_both_ways_read_the_same(said: Publication, policy: str) -> None:
    """What the short way reads, the long way reads alike and without a finding."""
    content = written(record(said, policy))
    short = manifest(content, PATH)
    read, found = long_way(content.decode(), PATH)
    if short is not None:
        assert (short, short.path, found) == (read, PATH, [])


def test_what_is_published_is_read_the_short_way() -> None:
    """Or it would be of no use."""
    files = (PublishedFile("lettings/2025-09-14/lettings.pdf", "b" * 64, 12),)
    said = Publication("2025-09-14", (), "0" * 40, "0.1.0", files, ("2025-09-14-governors",))
    assert manifest(written(record(said)), PATH) == record(said)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("held: 2025-09-20", "held: 2025-02-30"),
        ("path: lettings/", "path: ../lettings/"),
        ("path: lettings/", "path: lettings//"),
        ("sha256: bb", "sha256: Bb"),
        ("record: publication", "record: publication # a word"),
        ("governors]", "governors, 2025-99-x!]"),
        ("tool: 0.1.0\n", "tool: 0.1.0\ntool: 0.2.0\n"),
        ("size: 12", "size: twelve"),
    ],
)
def test_what_is_written_otherwise_is_left_to_the_long_way(right: str, wrong: str) -> None:
    """Which tells what is wrong with it."""
    files = (PublishedFile("lettings/2025-09-14/lettings.pdf", "b" * 64, 12),)
    said = Publication("2025-09-14", (), "0" * 40, "0.1.0", files, ("2025-09-14-governors",))
    text = written(record(said)).decode()
    assert right in text
    assert manifest(text.replace(right, wrong).encode(), PATH) is None
