"""`policytool remind`, as a clerk or a nightly job runs it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.register import Register
from policytool.model.reminder import Entry, Letter, Notice, Person
from policytool.model.settings import Organisation, Role, Settings, Smtp
from policytool.model.time import Moment
from policytool.parse.ledger import ledger
from policytool.parse.people import is_mailbox, people
from policytool.parse.settings import settings as parse_settings
from policytool.render.ledger import lines
from policytool.render.mail import mail
from policytool.render.mail.shown import subject
from policytool.store.ledger import hold
from tests.mail import MailServer, certificate, mail_server
from tests.registers import ENTRIES, TODAY
from tests.repository import SETTINGS, Repository, repository

__all__ = ["certificate", "mail_server", "repository"]

PEOPLE = "headteacher: {name: Zoë O’Hara, email: zoe@people.example}\n"
LEDGER = "reviews/reminders.jsonl"


@pytest.fixture
def school(repository: Repository, mail_server: MailServer) -> Repository:
    """A school with one policy that was never reviewed, a headteacher, and a mail server."""
    repository.write_raw("policytool.yaml", (SETTINGS + mail_server.yaml).encode())
    repository.write_raw("people.yaml", PEOPLE.encode())
    repository.write("homework", "# One\n\n1. Pupils may.\n", "Homework")
    return repository


def test_without_send_it_says_what_would_go_to_which_role_and_writes_nothing(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list a role, and no name."""
    before = standing(school)
    assert school.run("--today", "2026-11-23", "remind") == 0
    assert capsys.readouterr().out == (
        "Headteacher, weekly list: Policy review never held\n"
        "  Homework, annual: never held, so that it has no date yet\n"
    )
    assert standing(school) == before
    assert mail_server.box.taken == []


def standing(school: Repository) -> list[Path]:
    """Every file but those under `build/`, which can be made anew at any time."""
    return sorted(path for path in school.root.rglob("*") if path.relative_to(school.root).parts[0] != "build")


def test_json_tells_the_same_to_programs(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Under names that do not change, with what became of each letter."""
    school.run("--today", "2026-11-23", "remind", "--format", "json")
    shown = json.loads(capsys.readouterr().out)
    assert shown["version"] == 1
    [letter] = shown["letters"]
    assert letter["message-id"].endswith("@school.example>")
    assert {name: value for name, value in letter.items() if name != "message-id"} == {
        "day": "2026-11-23",
        "kind": "digest",
        "roles": [{"role": "headteacher", "holder": 1}],
        "subject": "Policy review never held",
        "outcome": "planned",
        "reviews": [
            {
                "policy": "homework",
                "title": "Homework",
                "cycle": "annual",
                "role": "headteacher",
                "due": None,
                "lead": 0,
                "overdue-by": 0,
                "escalated": False,
            }
        ],
    }
    school.run("--today", "2026-11-23", "remind", "--send", "--new-ledger", "--format", "json")
    assert json.loads(capsys.readouterr().out)["letters"] == [{**letter, "outcome": "sent"}]


def test_send_sends_once_and_writes_it_down(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two lines, before and after; a second run has nothing to do."""
    assert school.run("--today", "2026-11-23", "remind", "--send", "--new-ledger") == 0
    assert capsys.readouterr().out == "sent to Headteacher, weekly list: Policy review never held\n"
    [(to, message)] = mail_server.box.taken
    assert to == "zoe@people.example"
    read = [json.loads(line) for line in (school.root / LEDGER).read_text("utf-8").splitlines()]
    assert [line["step"] for line in read] == ["sending", "sent"]
    assert read[1] == {
        "day": "2026-11-23",
        "step": "sent",
        "role": "headteacher",
        "holder": 1,
        "policy": "homework",
        "cycle": "annual",
        "due": None,
        "lead": 0,
        "message-id": str(message["Message-ID"]),
        "digest": True,
    }
    assert school.run("--today", "2026-11-23", "remind", "--send") == 0
    assert len(mail_server.box.taken) == 1


def test_without_a_ledger_nothing_is_sent_unless_one_is_begun(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everybody would be told everything a second time."""
    assert school.run("remind", "--send") == 2
    assert "--new-ledger" in capsys.readouterr().err
    assert mail_server.box.taken == []


def test_a_ledger_that_cannot_be_read_sends_nothing(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is named."""
    school.write_raw(LEDGER, b"<<<<<<< HEAD\n")
    assert school.run("remind", "--send") == 2
    error = capsys.readouterr().err
    assert f"{LEDGER}:1:1: error[PT190]" in error
    assert "nothing was sent" in error
    assert mail_server.box.taken == []


def test_a_torn_last_line_is_passed_over_and_the_next_begins_after_it(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The machine stopped while it wrote: a warning, once and again, and no other harm."""
    school.write_raw(LEDGER, b'{"day": "2026-11-23", "step": "sen')
    assert school.run("--today", "2026-11-23", "remind", "--send") == 0
    assert "warning[PT191]" in capsys.readouterr().err
    assert school.run("--today", "2026-11-23", "remind", "--send") == 0
    assert len(mail_server.box.taken) == 1
    assert len((school.root / LEDGER).read_bytes().splitlines()) == 3


def test_a_mail_that_is_refused_gives_exit_code_1_and_is_tried_again(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others go out, and nobody’s address is told."""
    school.write_raw("people.yaml", (PEOPLE + "governing-board: {name: Kim, email: kim@people.example}\n").encode())
    school.write("lettings", "# One\n\n1. Pupils may.\n")
    text = (school.root / "source/lettings.md").read_text("utf-8").replace("by: headteacher", "by: governing-board")
    school.write_raw("source/lettings.md", text.encode())
    mail_server.box.refuse = {"zoe@people.example"}
    assert school.run("--today", "2026-11-23", "remind", "--send", "--new-ledger") == 1
    error = capsys.readouterr().err
    assert "not sent to Headteacher, weekly list: the server refuses the address (550)" in error
    assert "people.example" not in error
    assert [to for to, _ in mail_server.box.taken] == ["kim@people.example"]
    mail_server.box.refuse = set()
    assert school.run("--today", "2026-11-24", "remind", "--send") == 0
    assert [to for to, _ in mail_server.box.taken] == ["kim@people.example", "zoe@people.example"]


def test_a_role_that_nobody_holds_gives_exit_code_1(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What it should have heard is told to whoever runs it."""
    school.write_raw("people.yaml", b"")
    assert school.run("remind", "--send", "--new-ledger") == 1
    assert "nobody holds the role Headteacher: Policy review never held" in capsys.readouterr().err
    assert school.run("remind") == 0
    assert capsys.readouterr().out.startswith("Headteacher (held by nobody), weekly list: ")


def test_a_connection_that_breaks_costs_one_mail_and_no_more(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next goes out on a new one, and the next run sends what was lost."""
    several = "headteacher:\n- {name: A, email: a@people.example}\n- {name: B, email: b@people.example}\n"
    school.write_raw("people.yaml", several.encode())
    mail_server.box.drop = 1
    assert school.run("--today", "2026-11-23", "remind", "--send", "--new-ledger") == 1
    assert "the server broke off; the next run tries again" in capsys.readouterr().err
    assert school.run("--today", "2026-11-23", "remind", "--send") == 0
    assert [to for to, _ in mail_server.box.taken] == ["b@people.example", "a@people.example"]


def test_while_another_run_holds_the_ledger_nothing_is_sent(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that nobody is mailed twice; a run that has ended, however it ended, holds nothing."""
    with hold(school.root, new=True):
        assert school.run("remind", "--send") == 2
    assert "another `policytool remind --send` is at work" in capsys.readouterr().err
    assert mail_server.box.taken == []
    assert school.run("remind", "--send") == 0


def test_the_environment_says_who_holds_what_and_wins(
    school: Repository, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a secret of the nightly job."""
    monkeypatch.setenv("POLICYTOOL_PEOPLE", "headteacher: [{name: Max, email: max@people.example}]")
    assert school.run("remind", "--send", "--new-ledger") == 0
    assert [to for to, _ in mail_server.box.taken] == ["max@people.example"]


def test_mistakes_about_people_are_told_without_a_word_of_theirs(
    school: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line and field, never the line."""
    school.write_raw("people.yaml", b"headteacher: {name: Zoe Secret, email: zoe at people.example}\n")
    assert school.run("remind", "--send", "--new-ledger") == 1
    error = capsys.readouterr().err
    assert "people.yaml:1:40: error[PT114] one address is wanted for `email`" in error
    assert "Zoe" not in error
    assert "people.example" not in error


def test_a_self_test_sends_one_mail_to_the_administrator(
    school: Repository, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the sender’s own address where there is no administrator; the ledger knows nothing of it."""
    assert school.run("remind", "--self-test") == 0
    school.write_raw("people.yaml", (PEOPLE + "administrator: {name: Max, email: max@people.example}\n").encode())
    assert school.run("remind", "--self-test") == 0
    assert [to for to, _ in mail_server.box.taken] == ["clerk@school.example", "max@people.example"]
    assert not (school.root / LEDGER).exists()
    mail_server.box.refuse = {"max@people.example"}
    assert school.run("remind", "--self-test") == 1
    assert "people.example" not in capsys.readouterr().err


def test_without_a_mail_server_in_the_settings_it_says_what_to_add(
    school: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """And sends nothing."""
    school.write_raw("policytool.yaml", SETTINGS.encode())
    assert school.run("remind", "--send", "--new-ledger") == 2
    assert "smtp:" in capsys.readouterr().err


def test_the_calendar_is_written_and_nothing_else_is_done(
    school: Repository, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """To a file, or to the terminal."""
    target = school.root / "reviews.ics"
    assert school.run("remind", "--ics", str(target)) == 0
    capfdbinary.readouterr()
    assert school.run("remind", "--ics", "-") == 0
    assert capfdbinary.readouterr().out == target.read_bytes()
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_errors_in_the_library_are_mentioned(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A policy that cannot be read reminds nobody."""
    school.write_raw("source/lettings.md", b"# One\n")
    school.run("remind")
    assert "somebody may hear nothing for it" in capsys.readouterr().err


# What stands in a mail


def letter(name: str = "Zoë", title: str = "Homework", **changed: object) -> tuple[Letter, Library]:
    """A letter on one review of the register made by hand, with a library that holds its policy."""
    notice = Notice("headteacher", ENTRIES[0].policy, title, "annual", Moment(2024, 9, 14), -700, 760)
    person = Person("headteacher", 1, name, "zoe@people.example")
    made = Letter(date(2026, 10, 14), (person,), (notice,), digest=True, message_id="<one@school.example>")
    policies = {entry.policy: Policy(entry.policy, entry.title) for entry in ENTRIES}
    organisation = Organisation(str(changed.get("organisation", "Example School")))
    return made, Library(Settings(organisation, {"headteacher": Role("Headteacher")}), policies)


def made(**words: str) -> EmailMessage:
    """The mail of such a letter, as it arrives."""
    one, library = letter(**words)
    now = datetime(2026, 10, 14, 6, 30, tzinfo=UTC)
    sender = words.get("organisation", "Example School"), "clerk@school.example"
    content = bytes(mail(one, Register(TODAY, ENTRIES), library, sender, now))
    read = message_from_bytes(content, policy=SMTP)
    assert isinstance(read, EmailMessage)
    return read


def test_a_mail_says_what_a_clerk_wants_to_know_in_both_parts() -> None:
    """Title, review, dates, wording, and the command that records it."""
    message = made()
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    for part in parts:
        assert part is not None
        words = part.get_content()
        for wanted in ("Dear Zoë", "Homework", "760 days overdue", "14 September 2024", "changed since approval"):
            assert wanted.lower() in words.lower()
        assert "policytool record social-media-staff annual --held DATE --by headteacher" in words
    assert message["Subject"] == "Policy review overdue since 14 September 2024"
    assert message["Date"] == "Wed, 14 Oct 2026 06:30:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"


@given(st.text(), st.text(), st.text())
def test_no_text_becomes_a_header(name: str, title: str, organisation: str) -> None:
    """Whatever a person, a policy or a school is called: the headers are those that we wrote."""
    message = made(name=name, title=title, organisation=organisation)
    assert sorted(message.keys()) == sorted(
        ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
    )
    assert [one.addr_spec for one in message["To"].addresses] == ["zoe@people.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["clerk@school.example"]


@pytest.mark.parametrize(
    "name", ["Zoë\r\nBcc: all@people.example", "a\nb", "\u202eevil", "x\u2028Bcc: y", '"', "a, b <c@d>"]
)
def test_a_name_that_would_end_a_header_does_not(name: str) -> None:
    """Its line ends are taken out."""
    message = made(name=name, title=name)
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert "\u202e" not in str(message["To"])


def test_html_in_a_title_is_words() -> None:
    """Templates escape."""
    part = made(title="<script>alert(1)</script>").get_body(("html",))
    assert part is not None
    assert "<script>" not in part.get_content()


def _notice(due: Moment | None, late: int = 0) -> Notice:
    return Notice("headteacher", "p", "P", "annual", due, 0, late)


@pytest.mark.parametrize(
    ("notices", "told"),
    [
        ([_notice(Moment(2026, 12))], "Policy review due by 31 December 2026"),
        ([_notice(Moment(2026, 9), 14)], "Policy review overdue since September 2026"),
        ([_notice(None)], "Policy review never held"),
        ([_notice(None), _notice(None)], "2 policy reviews never held"),
        ([_notice(Moment(2026, 9), 14), _notice(Moment(2026, 12, 14))],
         "2 policy reviews: 1 overdue, 1 due by 14 December 2026"),
        ([_notice(Moment(2026, 12, 14)), _notice(Moment(2027, 1))],
         "2 policy reviews due, the first by 14 December 2026"),
    ],
)  # fmt: skip
def test_the_subject_counts_and_dates(notices: list[Notice], told: str) -> None:
    """So that a list of mails can be read without opening any."""
    one, _ = letter()
    assert subject(Letter(date(2026, 10, 14), one.seats, tuple(notices), digest=True, message_id="<a@b>")) == told


# What is read


@given(st.text(), st.lists(st.sampled_from("{}[]:,\"'\n -@&*!|>"), max_size=30).map("".join))
def test_no_text_about_people_is_repeated(word: str, marks: str) -> None:
    """Diagnostics are about places and fields."""
    text = f"headteacher: {{name: {word}{marks}Qxzwy, email: qxzwy}}\n{marks}Qxzwy: {word}"
    found, diagnostics = people(text, "people.yaml", {"headteacher"})
    assert found == ()
    for one in diagnostics:
        assert "qxzwy" not in f"{one.message} {one.advice}".lower()


def test_people_are_read_alone_or_as_a_list() -> None:
    """Holders are counted as they stand, whoever is left out."""
    text = "a: {name: Ann, email: ann@x.example}\nb:\n- {name: Bo, email: bo}\n- {name: Cy, email: cy@x.example}\n"
    found, diagnostics = people(text + "stranger: {name: D, email: d@x.example}\n", "people.yaml", {"a", "b"})
    assert found == (Person("a", 1, "Ann", "ann@x.example"), Person("b", 2, "Cy", "cy@x.example"))
    assert [(one.finding.code, one.position and one.position.line) for one in diagnostics] == [
        ("PT114", 3),
        ("PT192", 5),
    ]


@pytest.mark.parametrize(
    "written",
    ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b,c@d", "a@b\n", "A <a@b>", "a@b;c", ".a@b", "a..b@c", "a@b..c", "a@.b",
     "a\u202e@b", '"a"@b', "a@[127.0.0.1]", "a@" + "b" * 64, "x" * 250 + "@b.example"],
)  # fmt: skip
def test_what_is_not_one_address_is_none(written: str) -> None:
    """Lists, names, quotes, blanks, control characters."""
    assert not is_mailbox(written)


@pytest.mark.parametrize("written", ["a@b", "zoë@schüle.example", "first.last+tag@school.example", "o'hara@x.example"])
def test_what_is_one_address_is_one(written: str) -> None:
    """With any letters."""
    assert is_mailbox(written)


ENTRY = Entry(date(2026, 11, 23), "sent", "headteacher", 2, "homework", "annual", Moment(2026, 12), -7, "<a@b>")


def test_the_ledger_reads_what_it_writes() -> None:
    """Every field."""
    several = (ENTRY, Entry(date(2026, 1, 1), "failed", "a", 1, "b", "c", None, 0, "<x@y>", digest=False))
    assert ledger(lines(several).encode(), LEDGER) == (several, [])


@given(st.data())
def test_a_line_torn_anywhere_is_passed_over(data: st.DataObject) -> None:
    """All before it counts, and what is added after it too."""
    whole = lines([ENTRY])
    cut = data.draw(st.integers(1, len(whole) - 3))
    entries, found = ledger((whole + whole[:cut] + "\n" + whole).encode(), LEDGER)
    assert entries == (ENTRY, ENTRY)
    assert [_code(one) for one in found] == [("PT191", 2)]


def _code(one: Diagnostic) -> tuple[str, int]:
    return one.finding.code, one.position.line if one.position else 0


@pytest.mark.parametrize(
    ("old", "new"),
    [("sent", "done"), ("-7", '"7"'), ("-7", "true"), ("2026-12", "2026-13"), ("2026-11-23", "2026-11"), ("<a@b>", "a"),
     ("<a@b>", "<a@b>\\r\\nBcc: x"), ('"digest": true', '"digest": 1'), ('"lead"', '"load"'), ("annual", "")],
)  # fmt: skip
def test_a_line_that_is_no_reminder_is_an_error(old: str, new: str) -> None:
    """In any field."""
    entries, found = ledger(lines([ENTRY]).replace(old, new).encode(), LEDGER)
    assert entries == ()
    assert [_code(one) for one in found] == [("PT190", 1)]


@pytest.mark.parametrize("content", [b"[]", b"1", b"{}", b"\xff\xfe", b"[" * 100_000, b"words"])
def test_a_ledger_that_is_none_is_an_error(content: bytes) -> None:
    """And not a crash."""
    assert [_code(one) for one in ledger(content + b"\n", LEDGER)[1]] == [("PT190", 1)]


def _smtp(words: str) -> tuple[Smtp | None, list[tuple[str, int]]]:
    read, found = parse_settings(f"organisation: {{name: X}}\nsmtp: {{{words}}}\n", "policytool.yaml")
    return read.smtp, [_code(one) for one in found]


def test_the_settings_name_the_mail_server() -> None:
    """The port goes with the kind of encryption unless it is given."""
    assert _smtp("host: m.example, from: a@b") == (Smtp("m.example", "a@b"), [])
    assert _smtp("host: m.example, from: a@b, security: tls") == (Smtp("m.example", "a@b", 465, "tls"), [])
    whole = 'host: m.example, port: 25, security: none, user: u, from: "A School <a@b>"'
    assert _smtp(whole) == (Smtp("m.example", "A School <a@b>", 25, "none", "u"), [])


@pytest.mark.parametrize(
    "words",
    [
        "host: m.example",
        "from: a@b",
        "host: a b, from: a@b",
        "host: m, from: a, b: c",
        "host: m, from: a@b, port: 0",
        "host: m, from: a@b, port: 70000",
        "host: m, from: a@b, security: ssl",
        "host: m, from: a@b, password: x",
    ],
)
def test_mistakes_in_the_settings_of_the_mail_server_are_findings(words: str) -> None:
    """A password in a file among them."""
    assert _smtp(words)[1]


def test_the_calendar_target_may_be_below_a_folder_that_is_not_there_yet(school: Repository) -> None:
    """It is made."""
    assert school.run("remind", "--ics", str(school.root / "build" / "deep" / "reviews.ics")) == 0
    assert Path(school.root / "build" / "deep" / "reviews.ics").is_file()
