"""Whose each duty is, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.attribute.names import Names
from policytool.attribute.sentence import found, sentences
from policytool.model.settings import Role, Settings
from policytool.model.unable import UnableError

ROLES = {
    "headteacher": Role("Headteacher"),
    "governing-board": Role("Full Governing Board"),
    "chair": Role("Chair of Governors"),
    "safeguarding-lead": Role("Designated Safeguarding Lead"),
    "business-manager": Role("School Business Manager"),
}
NAMES = Names(Settings(roles=ROLES))

# heading: sentence -> holder and duty, "!" for a prohibition
TABLE = [
    ("", "The headteacher must tell parents.", "headteacher must"),
    ("", "The Head Teacher shall tell parents.", "headteacher must"),
    ("", "Governors must read every policy.", "governing-board must"),
    ("", "The governing body should meet each term.", "governing-board should"),
    ("", "The Chair of Governors may call a meeting.", "chair may"),
    ("", "The DSL must keep a log.", "safeguarding-lead must"),
    ("", "The School Business Manager will keep the list.", "business-manager must"),
    ("", "All staff must wear a badge.", "staff must"),
    ("", "Members of staff should wear a badge.", "staff should"),
    ("", "Every member of staff must wear a badge.", "staff must"),
    ("", "Employees are required to sign the code.", "employees must"),
    ("", "Teachers are not required to reply at weekends.", "teachers !may"),
    ("", "Parents can ask for a copy.", "parents may"),
    ("", "Parents and carers must sign in.", "parents must"),
    ("", "Pupils may not bring phones.", "pupils !must"),
    ("", "Pupils cannot leave the site.", "pupils !must"),
    ("", "Pupils can't leave the site.", "pupils !must"),
    ("", "Visitors should not enter classrooms alone.", "visitors !should"),
    ("", "Volunteers mustn’t be alone with a child.", "volunteers !must"),
    ("", "The school will offer a meeting.", "the school must"),
    ("", "The school ought to offer a meeting.", "the school should"),
    ("", "Staff must never hit a child.", "staff !must"),
    ("", "Staff must neither lend nor share a password.", "staff !must"),
    ("", "Nobody may enter the boiler room.", "anyone !must"),
    ("", "Anyone who sees a fire must raise the alarm.", "anyone must"),
    ("", "Whoever receives a letter must answer it.", "anyone must"),
    ("", "Staff who leave early must sign out.", "staff must"),
    ("", "Staff with keys must lock up.", "staff must"),
    ("", "Staff, where they can, should walk.", "staff should"),
    ("", "If a child falls, staff must fetch a first aider.", "staff must"),
    ("", "Before they leave, staff must sign out.", "staff must"),
    ("", "Where staff are late, they must say why.", "staff must"),
    ("", "Where staff must travel, the school pays.", ""),
    ("", "For instance, staff are required to sign.", "staff must"),
    ("", "Staff must sign in, and must not leave without signing out.", "staff must; staff !must"),
    ("", "The headteacher and the chair of governors must agree.", "headteacher must; chair must"),
    ("", "The headteacher, staff and pupils must agree.", "headteacher must; staff must; pupils must"),
    ("", "Where that is an employee, the school must act.", "the school must"),
    ("", "The headteacher must act and pupils should help.", "headteacher must; pupils should"),
    ("", "The headteacher tells the board, who must minute it.", "governing-board must"),
    ("", "A phone may be searched only by the headteacher.", "headteacher may"),
    ("", "The log must be checked by the safeguarding lead.", "safeguarding-lead must"),
    ("", "The log must be checked each week.", "? must"),
    ("", "Records must not be kept for longer than a year.", "? !must"),
    ("", "Staff must be told in writing.", "? must"),
    ("", "A relationship with a pupil must be declared.", "? must"),
    ("", "What staff do online must not harm the school.", "? !must"),
    ("", "The rules that staff must follow are these.", ""),
    ("", "Staff may have fallen short.", ""),
    ("", "Pupils may bring a phone if a parent has asked.", "pupils may"),
    ("", "The conduct may bring a prosecution.", ""),
    ("", "The notice will be placed on the file.", ""),
    ("", "A storm will close the school.", ""),
    ("", "Nobody will be blamed for a report.", ""),
    ("", "Staff must understand that other people can spread it.", "staff must"),
    ("", "The headteacher must ensure that staff must sign.", "headteacher must; staff must"),
    ("", "Should a pupil fall ill, the office calls home.", ""),
    ("", "The review is in May 2027.", ""),
    ("", "The will of the board counts.", ""),
    ("Headteacher", "must tell the board each term;", "headteacher must"),
    ("Headteacher", "will tell the board each term;", "headteacher must"),
    ("Headteacher", "Records must be kept for a year.", "headteacher must"),
    ("Headteacher", "Staff must help the headteacher.", "staff must"),
    ("Roles of governors", "should visit once a term.", "governing-board should"),
    ("Staff responsibilities", "may leave at four.", "staff may"),
    ("Records", "must be kept for a year.", "? must"),
    ("Staffing", "must be planned a year ahead.", "? must"),
]


def told(sentence: str, heading: str = "") -> str:
    """The duties of a sentence, each as its holder and strength, "!" before what is forbidden."""
    made = found(sentence, NAMES, NAMES.heading(heading))
    return "; ".join(f"{who} {'!' if one.negated else ''}{one.strength}" for one in made for who in one.who or ("?",))


@pytest.mark.parametrize(("heading", "sentence", "expected"), TABLE)
def test_whose_duty_it_is(heading: str, sentence: str, expected: str) -> None:
    """The subject of the clause, else the heading's, else nobody's; how strong, and whether it forbids."""
    assert told(sentence, heading) == expected


def test_a_role_of_its_own_keeps_its_name() -> None:
    """Governors who are a role are not the board; staff who are one are no group."""
    names = Names(Settings(roles={**ROLES, "governors": Role("Governors"), "staff": Role("Staff")}))
    assert names.within("school governors") == ("governors",)
    assert names.within("the governing body") == ("governing-board",)
    assert names.heading("School staff") == ("staff",)


def test_a_pronoun_stands_for_whom_the_sentence_before_spoke_of() -> None:
    """Not for a thing, which "it" may be."""
    assert found("They must tell us.", NAMES, (), ("staff",))[0].who == ("staff",)
    assert found("It must be quick.", NAMES, (), ("staff",))[0].who == ()
    assert found("It must say why.", NAMES, (), ("the school",))[0].who == ("the school",)


def test_a_holder_is_known_by_id_title_and_usual_name() -> None:
    """A name that is not known is told the nearest."""
    assert NAMES.meant("chair") == "chair"
    assert NAMES.meant("Full Governing  Board") == NAMES.meant("governors") == "governing-board"
    assert NAMES.meant("school") == "the school"
    assert NAMES.meant("carers") == "parents"
    with pytest.raises(UnableError) as caught:
        NAMES.meant("techers")
    assert caught.value.advice == "did you mean `teachers`?"


def test_sentences_end_where_one_begins() -> None:
    """Not at an abbreviation."""
    assert [*sentences("See e.g. Ofsted. Ask us!  Then go.")] == ["See e.g. Ofsted.", "Ask us!", "Then go."]


@given(st.text(), st.text(max_size=30))
def test_any_text_can_be_read(text: str, heading: str) -> None:
    """Whatever it says."""
    for sentence in sentences(f"Staff must {text}"):
        found(sentence, NAMES, NAMES.heading(heading))
