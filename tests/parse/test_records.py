"""Records, read from YAML: every field, every kind, and every mistake at its place."""

from __future__ import annotations

from time import process_time

import pytest

from policytool.model.inline import Position
from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Duration, Moment
from policytool.parse.records import record

PATH = "reviews/lettings/2023-09-14-governors.yaml"
SHA = "9f2c" * 16
REVIEW = f"""\
record: review
policy: lettings
cycle: governors
held: 2023-09-14
by: resources
outcome: approved-with-changes
minute: FGB 2023/41
every: 24 months
fingerprint: v1:{SHA}
"""
CORRECTION = (
    REVIEW.replace("review", "correction", 1) + "replaces: 2023-09-14-governors\nmade: 2023-10-01\nreason: typo\n"
)
VOID = "record: correction\npolicy: lettings\nreplaces: 2023-09-14-governors\nmade: 2023-10\nreason: a\nvoid: true\n"
KINDS = {
    "review": REVIEW,
    "deferred review": "record: review\npolicy: a\ncycle: b\nheld: 2023-09\nby: c\noutcome: deferred\n",
    "amendment": f"record: amendment\npolicy: a\nheld: 2023-09-14\nby: b\nfingerprint: v1:{SHA}\nreason: spelling\n",
    "correction": CORRECTION,
    "void correction": VOID,
    "reschedule": "record: reschedule\npolicy: a\ncycle: b\nheld: 2023-09-14\nby: c\nnext: 2024-03\nreason: load\n",
    "withdrawal": "record: withdrawal\npolicy: a\nheld: 2023-09-14\nby: b\nreason: merged\n",
    "publication": f"record: publication\npolicy: a\nheld: 2023-09-14\nversion: 2023-09-14\nfingerprint: v1:{SHA}\n"
    f"files:\n  - {{path: a/a.pdf, sha256: {SHA}, size: 61234567}}\n",
}


def sound(text: str) -> Record:
    """A record in which nothing is wrong."""
    read, found = record(text, PATH)
    assert [one.message for one in found] == []
    assert read is not None
    return read


def wrong(text: str) -> list[tuple[str, Position | None, str]]:
    """What is wrong in a record: code, place, message."""
    return [(one.finding.code, one.position, one.message) for one in record(text, PATH)[1]]


def without(text: str, name: str) -> str:
    """A record that lacks a field, and the lines below it that are indented."""
    lines, kept = text.splitlines(keepends=True), True
    return "".join(line for line in lines if (kept := not line.startswith(f"{name}:") if line[0] != " " else kept))


def test_every_field_of_a_review_is_read() -> None:
    """In the words of the design."""
    more = f"seen: v1:{'0' * 64}\nnext: 2024-03\nreason: new law\nevidence: minutes/41.pdf\n"
    read = sound(REVIEW + more + "ratified-by: board\nratified: '2023-10-05'\n")
    assert read == Record(
        "review",
        "lettings",
        Moment(2023, 9, 14),
        by="resources",
        cycle="governors",
        outcome="approved-with-changes",
        minute="FGB 2023/41",
        every=Duration(24, "month"),
        fingerprint=f"v1:{SHA}",
        seen="v1:" + "0" * 64,
        next=Moment(2024, 3),
        reason="new law",
        evidence="minutes/41.pdf",
        ratified_by="board",
        ratified=Moment(2023, 10, 5),
    )
    assert (read.path, read.name, read.folder) == (PATH, "2023-09-14-governors", "lettings")
    assert read.place("held") == Position(4, 7)
    assert read.place("ratified-by") == Position(14, 14)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read(kind: str) -> None:
    """With the fields that it needs and no more."""
    assert sound(KINDS[kind]).kind == kind.rpartition(" ")[2]


REQUIRED = [
    (kind, name)
    for kind, text in KINDS.items()
    for name in (line.partition(":")[0] for line in text.splitlines() if line[0] != " ")
    if name not in ("record", "minute", "void")
    and (kind, name) not in {("correction", name) for name in ("cycle", "by", "outcome", "every", "fingerprint")}
]


@pytest.mark.parametrize(("kind", "name"), REQUIRED)
def test_a_field_that_a_kind_needs_is_missed(kind: str, name: str) -> None:
    """By its name, at the head of the record."""
    found = wrong(without(KINDS[kind], name))
    assert ("PT113", Position(1, 1), f"the field `{name}` is missing") in found
    assert {code for code, _, _ in found} == {"PT113"}


@pytest.mark.parametrize(
    ("kind", "line", "message"),
    [
        ("review", "replaces: x", "`replaces` is no field of a review"),
        ("amendment", "cycle: annual", "`cycle` is no field of an amendment"),
        ("reschedule", "outcome: approved", "`outcome` is no field of a reschedule"),
        ("withdrawal", f"fingerprint: v1:{SHA}", "`fingerprint` is no field of a withdrawal"),
        ("publication", "minute: x", "`minute` is no field of a publication"),
        ("correction", "files: []", "`files` is no field of a correction"),
    ],
)
def test_a_field_of_another_kind_is_refused(kind: str, line: str, message: str) -> None:
    """It would have no effect."""
    assert wrong(KINDS[kind] + line + "\n") == [("PT112", Position(KINDS[kind].count("\n") + 1, 1), message)]


def test_a_misspelt_field_is_told_with_the_nearest_name() -> None:
    """It would be ignored otherwise."""
    [one] = record(REVIEW.replace("minute:", "minutes:"), PATH)[1]
    assert (one.finding.code, one.position, one.advice) == ("PT112", (7, 1), "did you mean `minute`?")


@pytest.mark.parametrize("written", ["2023-09-14", "'2023-09-14'", '"2023-09-14"', "!!str 2023-09-14"])
def test_a_day_may_be_quoted_but_not_tagged(written: str) -> None:
    """YAML would make a date of the one and words of the other."""
    read, found = record(REVIEW.replace("2023-09-14", written), PATH)
    assert (read.held if read else None) == (None if "!" in written else Moment(2023, 9, 14))
    assert [one.finding.code for one in found] == ["PT111"] * ("!" in written)


@pytest.mark.parametrize("written", ["2023-09", "'2023-09'", "2024-02-29", "0001-01", "9999-12-31"])
def test_a_day_or_a_month_of_the_calendar_is_read(written: str) -> None:
    """And printed as it was typed."""
    assert str(sound(REVIEW.replace("2023-09-14", written)).held) == written.strip("'")


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-29",
        "2023-13",
        "2023-00",
        "2023-09-00",
        "0000-01",
        "2023",
        "2023-9-14",
        "14/09/2023",
        "２０２３-09",
        "~",
    ],
)
def test_what_is_no_day_or_month_is_told_and_the_record_is_of_no_use(written: str) -> None:
    """Nothing can be reckoned from it."""
    read, found = record(REVIEW.replace("2023-09-14", written), PATH)
    assert read is None
    [one] = found
    assert (one.finding.code, one.position) == ("PT115", (4, 7))
    assert one.message == "this is neither a day nor a month of the calendar"


@pytest.mark.parametrize("text", ["", "# nothing\n", "policy: lettings\n", "record:\n"])
def test_a_record_of_no_kind_is_of_no_use(text: str) -> None:
    """Nobody knows what it would mean."""
    read, found = record(text, PATH)
    assert read is None
    assert [one.finding.code for one in found] == ["PT113"]


def test_an_unknown_kind_is_told_with_the_nearest() -> None:
    """And nothing more: its fields cannot be judged."""
    read, [one] = record(REVIEW.replace("record: review", "record: reviewed"), PATH)
    assert read is None
    assert (one.finding.code, one.position, one.advice) == ("PT118", (1, 9), "did you mean `review`?")


def test_an_unknown_outcome_is_told() -> None:
    """The record stays, so that its other mistakes are found."""
    read, [one] = record(REVIEW.replace("approved-with-changes", "aproved"), PATH)
    assert read is not None
    assert (read.outcome, read.approves) == ("", False)
    assert (one.finding.code, one.position, one.length) == ("PT118", (6, 10), 7)


@pytest.mark.parametrize(
    "written", [f"v1:{SHA[1:]}", f"V1:{SHA}", f"v1:{SHA.upper()}", SHA, f"v0:{SHA}", f"v1:{SHA}0", "v1:9", "x"]
)
@pytest.mark.parametrize("name", ["fingerprint", "seen"])
def test_what_has_not_the_form_of_a_fingerprint_is_told(name: str, written: str) -> None:
    """With its form, and who writes it."""
    read, [one] = record(without(REVIEW + f"seen: v1:{SHA}\n", name) + f"{name}: {written}\n", PATH)
    assert (one.finding.code, one.position) == ("PT114", (10, len(name) + 3))
    assert one.message == f"`{name}` is not a fingerprint"
    assert "policytool record" in one.advice
    assert read is not None
    assert getattr(read, name) == ""


def test_a_fingerprint_of_an_algorithm_to_come_is_read() -> None:
    """Whether it is known is not a matter of form."""
    assert sound(REVIEW.replace("v1:", "v12:")).fingerprint == f"v12:{SHA}"


@pytest.mark.parametrize("name", ["policy", "cycle", "by", "ratified-by"])
def test_what_is_no_id_is_told(name: str) -> None:
    """It could name nothing."""
    [(code, place, _)] = wrong(without(REVIEW, name) + f"{name}: Full Board\n")
    assert code == "PT119"
    assert place is not None
    assert place.column == len(name) + 3


def test_a_void_correction_counts_from_when_it_was_made() -> None:
    """What it takes away was never held."""
    read = sound(VOID)
    assert (read.void, read.held, read.made) == (True, Moment(2023, 10), Moment(2023, 10))


def test_a_correction_that_is_not_void_says_when_it_was_held() -> None:
    """As it should have been."""
    read, found = record(VOID.replace("true", "false"), PATH)
    assert read is None
    assert [one.message for one in found] == ["the field `held` is missing"]
    assert record(VOID.replace("true", "yes"), PATH)[1][0].finding.code == "PT118"


def test_a_publication_is_read_whole() -> None:
    """What it relied on, what it was made with, and its files."""
    more = f"commit: 0625ef7\ntool: 1.2.0\nrelied-on:\n  safeguarding: v1:{SHA}\n"
    more += "records: [2023-09-14-governors, 2023-10-annual.2]\n"
    assert sound(KINDS["publication"] + more).publication == Publication(
        "2023-09-14",
        (("safeguarding", f"v1:{SHA}"),),
        "0625ef7",
        "1.2.0",
        (PublishedFile("a/a.pdf", SHA, 61_234_567),),
        ("2023-09-14-governors", "2023-10-annual.2"),
    )
    _, found = record(KINDS["publication"] + "records: [../x]\n", PATH)
    assert [one.message for one in found] == [
        "an entry of `records` is not the name of a record: `2023-09-14-governors`"
    ]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "a/..", "..", ".", "a//b", "C:/a", "a\\\\b", "a/"]
)
def test_a_published_file_lies_inside_its_folder(path: str) -> None:
    """It is read again to verify it."""
    [(code, _, _)] = wrong(KINDS["publication"].replace("a/a.pdf", f'"{path}"'))
    assert code == "PT114"


@pytest.mark.parametrize("change", [("61234567", "-1"), ("61234567", "1e9"), (SHA + ",", "abc,"), ("size", "bytes")])
def test_what_is_wrong_in_a_published_file_is_told(change: tuple[str, str]) -> None:
    """A publication is proved by its sums and sizes."""
    assert {code for code, _, _ in wrong(KINDS["publication"].replace(*change))} & {"PT112", "PT114"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (REVIEW + "held: 2024-01-01\n", "PT117"),
        (REVIEW + "minute: &a x\nevidence: *a\n", "PT111"),
        ("record: !review review\n", "PT111"),
        ("record: " + "[" * 200_000, "PT111"),
        ("- " * 50_000, "PT111"),
        ("{record: " * 60, "PT111"),
        (REVIEW + "---\n" + REVIEW, "PT111"),
        ("[review]", "PT114"),
        ("review", "PT114"),
        ("record: [review]\n", "PT114"),
        (REVIEW + "[a]: b\n", "PT114"),
        (REVIEW + 'evidence: "a\\x07b"\n', "PT104"),
        (REVIEW + "reason: {a: b}\n", "PT114"),
        (REVIEW + "\t\n\tx", "PT111"),
        ("a: &a {x: 1}\n" + "b: &b {x: *a, y: *a}\n" * 500, "PT111"),
    ],
)
def test_a_hostile_text_is_a_finding(text: str, code: str) -> None:
    """And never a crash, or a record made up from what is left."""
    read, found = record(text, PATH)
    assert code in {one.finding.code for one in found}
    assert read is None or code != "PT111"


def test_fifteen_thousand_records_are_read_in_a_moment() -> None:
    """Ten years of a thousand policies; three seconds is what a slow machine may take."""
    begin = process_time()
    for number in range(15_000):
        record(REVIEW.replace("/41", f"/{number}"), PATH)
    assert process_time() - begin < 3
