"""Records, written as YAML that reads back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.record import OUTCOMES, Publication, PublishedFile, Record
from policytool.model.time import Duration, Moment
from policytool.parse.records import record as parse
from policytool.parse.text import UNPRINTABLE
from policytool.parse.text import text as decode
from policytool.render.records import record, record_name

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
FINGERPRINTS = st.from_regex(r"v[1-9][0-9]?:[0-9a-f]{64}", fullmatch=True)
MOMENTS = st.one_of(st.dates().map(Moment.of), st.builds(Moment, st.integers(1, 9999), st.integers(1, 12)))
DURATIONS = st.builds(Duration, st.integers(1, 9999), st.sampled_from(("week", "month", "year")))
ODD = [
    "no",
    "~",
    "null",
    "- a",
    "a: b",
    "a #b",
    "#",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "'",
    '"',
    "\\",
    "{a}",
    "[a]",
    "%a",
    "@",
]
ODD += [
    "---",
    "...",
    "--- a",
    "=",
    "<<",
    "1.10",
    "2023-09-14",
    "a,b",
    "?",
    "? a",
    "a:",
    ":a",
    "\u200da",
    "\xad",
    "é",
    "😀",
]


def line(text: str) -> str:
    """Words as a record may hold them: one line, nothing invisible."""
    return " ".join(UNPRINTABLE.sub("", text.replace("\u2028", " ").replace("\u2029", " ")).split(" ")).strip(" \t\n\r")


def is_line(text: str) -> bool:
    """Whether words are as they come out of a record."""
    return not any(sign in text for sign in "\t\n\r\u2028\u2029") and "  " not in text and text == text.strip(" ")


WORDS = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), max_size=30).map(line).filter(is_line))
SOME = WORDS.filter(bool)
WITH_EVIDENCE = {
    "minute": WORDS,
    "evidence": WORDS,
    "ratified_by": st.one_of(st.just(""), IDS),
    "ratified": st.none() | MOMENTS,
}
REVIEWS = {
    "cycle": IDS,
    "by": IDS,
    "outcome": st.sampled_from(OUTCOMES),
    "every": DURATIONS,
    "fingerprint": FINGERPRINTS,
    "seen": st.one_of(st.just(""), FINGERPRINTS),
    "next": st.none() | MOMENTS,
    "reason": WORDS,
    **WITH_EVIDENCE,
}
SUMS = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
PATHS = st.lists(
    WORDS.filter(lambda word: word and not set(word) & set("/\\:") and word not in (".", "..")), min_size=1, max_size=3
).map("/".join)
PUBLICATIONS = st.builds(
    Publication,
    SOME,
    st.lists(st.tuples(IDS, FINGERPRINTS), max_size=3, unique_by=lambda one: one[0]).map(tuple),
    st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{7,64}", fullmatch=True)),
    WORDS,
    st.lists(st.builds(PublishedFile, PATHS, SUMS, st.integers(0, 10**15 - 1)), min_size=1, max_size=3).map(tuple),
)


def _records(kind: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Record]:
    return st.builds(Record, st.just(kind), IDS, MOMENTS, **fields)


RECORDS = st.one_of(
    _records("review", **REVIEWS),
    _records("amendment", by=IDS, fingerprint=FINGERPRINTS, **{**WITH_EVIDENCE, "reason": SOME}),
    _records("correction", **{**REVIEWS, "reason": SOME, "replaces": SOME, "made": MOMENTS, "void": st.booleans()}),
    _records("reschedule", cycle=IDS, by=IDS, next=MOMENTS, **{**WITH_EVIDENCE, "reason": SOME}),
    _records("withdrawal", by=IDS, **{**WITH_EVIDENCE, "reason": SOME}),
    _records("publication", fingerprint=FINGERPRINTS, publication=PUBLICATIONS),
)


@given(RECORDS)
def test_a_record_reads_back_as_it_was(written: Record) -> None:
    """Every kind, with whatever words a person may type."""
    text, found = decode(record(written), "x.yaml")
    assert found == []
    assert text is not None
    assert parse(text, "x.yaml") == (written, [])


@given(st.text())
def test_any_text_at_all_becomes_a_line_that_reads_back_without_a_finding(words: str) -> None:
    """Even what a terminal may hand over and no file may hold."""
    written = Record("withdrawal", "lettings", Moment(2023, 9), by="clerk", reason=f"a {words}")
    text, found = decode(record(written), "x.yaml")
    assert found == []
    assert text is not None
    assert len(text.split("\n")) == 6
    read, found = parse(text, "x.yaml")
    assert found == []
    assert read is not None
    assert read.reason.startswith("a")


@pytest.mark.parametrize("words", ["a\nrecord: review", "a\r\n--- b", "a\udcff", "a\x1cb", "a\x85b", "a\x00\ufeffb"])
def test_a_hostile_text_stays_in_its_field(words: str) -> None:
    """It adds no field, ends no document, and is no control character."""
    written = Record("withdrawal", "lettings", Moment(2023, 9), by="clerk", reason=words)
    read, found = parse(record(written).decode(), "x.yaml")
    assert found == []
    assert read is not None
    assert (read.kind, read.policy, read.by) == ("withdrawal", "lettings", "clerk")


def test_a_review_looks_as_the_design_has_it() -> None:
    """A field a line, in the order in which people read them, quotes where they must be."""
    written = Record(
        "review",
        "social-media-staff",
        Moment(2023, 9, 14),
        by="governing-board",
        cycle="governors",
        outcome="approved",
        minute="FGB 2023/41",
        every=Duration(24, "month"),
        fingerprint="v1:" + "9f2c" * 16,
        next=Moment(2024, 3),
        reason='new "statutory" guidance: expected',
    )
    assert record(written).decode() == (
        "record: review\n"
        "policy: social-media-staff\n"
        "cycle: governors\n"
        "held: 2023-09-14\n"
        "by: governing-board\n"
        "outcome: approved\n"
        "minute: FGB 2023/41\n"
        "every: 24 months\n"
        f"fingerprint: v1:{'9f2c' * 16}\n"
        "next: 2024-03\n"
        'reason: "new \\"statutory\\" guidance: expected"\n'
    )
    assert record_name(written) == "2023-09-14-governors"


def test_a_publication_lists_what_it_relied_on_and_its_files() -> None:
    """A line each."""
    relied = (("safeguarding", "v1:" + "0" * 64),)
    files = (PublishedFile("lettings/lettings.pdf", "f" * 64, 61234),)
    publication = Publication("2023-09-14", relied, "0625ef7", "1.0.0", files, ("2023-09-14-governors",))
    written = Record("publication", "lettings", Moment(2023, 10, 2), fingerprint="v1:" + "1" * 64)
    assert record(written).decode().splitlines()[-1] == "fingerprint: v1:" + "1" * 64
    whole = Record("publication", "lettings", Moment(2023, 10, 2), publication=publication)
    assert record(whole).decode().splitlines()[3:] == [
        "version: 2023-09-14",
        "relied-on:",
        f"  safeguarding: v1:{'0' * 64}",
        "commit: 0625ef7",
        "tool: 1.0.0",
        "records: [2023-09-14-governors]",
        "files:",
        f"  - {{path: lettings/lettings.pdf, sha256: {'f' * 64}, size: 61234}}",
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (Record("review", "a", Moment(2023, 9), cycle="annual"), "2023-09-annual"),
        (Record("amendment", "a", Moment(2023, 9, 1)), "2023-09-01-amendment"),
        (Record("correction", "a", Moment(2023, 9), made=Moment(2024, 1, 2)), "2024-01-02-correction"),
    ],
)
def test_a_file_is_named_by_when_it_was_written_and_what_it_is(written: Record, name: str) -> None:
    """A correction by when it was made, not by when it says that the review was held."""
    assert record_name(written) == name
