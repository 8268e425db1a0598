"""What the case files cannot say: spans, ripples, what is imported, and wording that stands many times."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from policytool.compare import compare, likeness
from policytool.model.comparison import ChangeKind, Mark, Ripple
from policytool.model.inline import plain
from policytool.model.policy import Policy
from policytool.model.settings import Role, Settings
from policytool.resolve import resolve
from tests.compare import FRONT, between, clauses, read

WASH = "Everybody washes their hands with soap before they eat."


@pytest.mark.parametrize("count", [39, 41])
def test_of_forty_clauses_that_say_the_same_one_is_inserted_or_deleted(count: int) -> None:
    """And nothing has moved."""
    found = compare(clauses([WASH] * 40), clauses([WASH] * count))
    kind = ChangeKind.DELETED if count < 40 else ChangeKind.INSERTED
    assert [change.kind for change in found.edits] == [kind]


def test_repeated_wording_amid_others_is_kept_in_its_order() -> None:
    """Twenty before and twenty after a clause that was reworded: one of them stands before it now."""
    old = [WASH] * 20 + ["The bell is rung at nine by a pupil of the oldest class."] + [WASH] * 20
    new = [WASH] * 21 + ["The bell is rung at ten by a pupil of the oldest class."] + [WASH] * 19
    kinds = [change.kind for change in compare(clauses(old), clauses(new)).edits]
    assert sorted(kinds) == ["moved", "reworded"]


def test_islands_of_a_word_between_edits_are_joined() -> None:
    """Nobody reads "the" as having been kept."""
    change = between(
        "1. Every pupil who is late signs the red book of the front office before going on to class.\n",
        "1. Every pupil who is late tells both members of the welcome desk before going on to class.\n",
    ).edits[0]
    assert [(span.mark, plain(span.old or span.new).strip()) for span in change.spans] == [
        (Mark.SAME, "Every pupil who is late"),
        (Mark.DELETED, "signs the red book of the front office"),
        (Mark.INSERTED, "tells both members of the welcome desk"),
        (Mark.SAME, "before going on to class."),
    ]


def test_where_little_is_left_the_old_and_the_new_are_shown_whole() -> None:
    """Under about half alike."""
    old = "1. Cats sleep on warm roofs all summer. {#one}\n2. Gates are locked at nine each night.\n"
    new = "1. Every pupil learns swimming before leaving. {#one}\n2. Gates are locked at nine each night.\n"
    [change] = between(old, new).edits
    assert change.replaced
    assert [span.mark for span in change.spans] == [Mark.DELETED, Mark.INSERTED]


def test_a_split_shows_all_words_of_its_parts_in_order() -> None:
    """With the signs that were added or dropped at the seam."""
    old = "1. Coats hang in the hall by the door, and boots stand on the rack below them.\n"
    new = "1. Coats hang in the hall by the door.\n2. Boots stand on the rack below them.\n"
    [change] = between(old, new).edits
    assert change.kind is ChangeKind.SPLIT
    assert plain(tuple(word for span in change.spans for word in span.new)) == (
        "Coats hang in the hall by the door. Boots stand on the rack below them."
    )


def test_a_clause_that_becomes_a_bullet_is_only_renumbered() -> None:
    """Its words are the same: it lost a number."""
    found = between("1. We teach:\n   1. reading aloud to all;\n", "1. We teach:\n\n   - reading aloud to all;\n")
    assert [change.kind for change in found.changes] == ["unchanged", "renumbered"]
    assert found.differs


def test_how_each_pair_was_found_is_kept() -> None:
    """As surely as it was found."""
    found = between(
        "1. Gates are locked at nine. {#gates}\n2. Same words.\n3. Coaches are booked by the office in May.\n",
        "1. Gates are shut at nine. {#gates}\n2. Same words.\n3. Coaches are booked by the bursar in May.\n",
    )
    assert [change.matched for change in found.changes] == ["label", "wording", "number"]


def test_who_cites_what_was_touched_is_listed_across_policies() -> None:
    """With the kind of the change; who cites what is unchanged is not."""
    old = read("1. Staff should report harm. {#report}\n2. Doors are shut. {#doors}\n3. See [](#report).\n")
    new = read("1. Staff must report harm. {#report}\n2. Doors are shut. {#doors}\n3. See [](#report).\n")
    other = read("1. As in [](tried.md#report).\n2. As in [](tried.md#doors).\n", "other")
    sides = tuple(resolve([policy, other], Settings())[0] for policy in (old, new))
    found = compare(old, new, (sides[0], sides[1]))
    assert found.ripples == (
        Ripple("other", "Tried", "1", "1", ChangeKind.REWORDED),
        Ripple("tried", "Tried", "3", "1", ChangeKind.REWORDED),
    )


def test_who_cites_what_went_with_its_section_is_listed() -> None:
    """Though it counts as no change of its own."""
    old = read("# One\n\n1. Doors are shut.\n\n# Harm\n\n1. Staff report harm. {#report}\n")
    new = read("# One\n\n1. Doors are shut.\n")
    other = read("1. As in [](tried.md#report).\n", "other")
    sides = tuple(resolve([policy, other], Settings())[0] for policy in (old, new))
    found = compare(old, new, (sides[0], sides[1]))
    assert found.ripples == (Ripple("other", "Tried", "1", "2.1", ChangeKind.DELETED),)
    assert found.counts[ChangeKind.DELETED] == 1


def test_the_roles_of_the_settings_are_looked_for() -> None:
    """By their titles."""
    old, new = read("1. Write to the matron about it.\n"), read("1. Write to the bursar about it.\n")
    settings = Settings(roles={"matron": Role("Matron"), "bursar": Role("Bursar")})
    sides = tuple(resolve([policy], settings)[0] for policy in (old, new))
    [change] = compare(old, new, (sides[0], sides[1])).edits
    assert [(flag.kind, flag.before, flag.after) for flag in change.flags] == [("role", "matron", "bursar")]


def test_a_reference_whose_label_was_renamed_is_no_flag_beside_a_real_edit() -> None:
    """It points where it pointed."""
    old = "1. Staff should follow [](#old-name) at all times. {#one}\n2. Gates are locked. {#old-name}\n"
    new = "1. Staff must follow [](#new-name) at all times. {#one}\n2. Gates are locked. {#new-name}\n"
    [change] = between(old, new).edits
    assert [flag.kind for flag in change.flags] == ["duty"]


def test_numbers_typed_by_hand_are_numbers_where_that_is_asked_for() -> None:
    """In headings and paragraphs; they are not words, so that one that moved is no edit."""
    old, new = read("# 1. Aims\n\nWords.\n\n# 2. Pens\n\nBlue.\n"), read("# Aims\n\nWords.\n\n# 3. Pens\n\nBlue.\n")
    assert not compare(old, new, typed_numbers=True).edits
    assert compare(old, new).edits


@pytest.mark.parametrize(("title", "imported"), [("Tried", False), ("Other", True)])
def test_deepdiff_is_imported_only_where_the_front_matter_differs(title: str, *, imported: bool) -> None:
    """It takes longer to import than most comparisons take."""
    script = (
        "import sys; from policytool.compare import compare; from policytool.parse.markdown import policy\n"
        "old, new = (policy(text, 'x', 'x.md')[0] for text in sys.argv[1:])\n"
        "compare(old, new); print('deepdiff' in sys.modules)"
    )
    old, new = FRONT + "1. One.\n", FRONT.replace("Tried", title) + "1. Two.\n"
    run = subprocess.run([sys.executable, "-c", script, old, new], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == str(imported)


def test_likeness_of_policies_is_from_none_to_all() -> None:
    """By which a renamed policy is known."""
    one = clauses(["Gates are locked.", "Bells are rung."])
    assert likeness(one, replace(one, title="Other")) == 1
    assert likeness(one, clauses(["Coats hang in the hall."])) == 0
    assert likeness(one, clauses(["Gates are locked.", "Coats hang in the hall."])) > 0.3
    assert likeness(Policy("a", "A"), Policy("b", "B")) == 0


def test_a_long_clause_is_compared_word_by_word_all_the_same() -> None:
    """Twenty thousand words, three of them changed."""
    words = [f"word{place % 5003}x{place}" for place in range(20_000)]
    other = ["otherwise" if place in (5, 10_000, 19_990) else word for place, word in enumerate(words)]
    [change] = compare(clauses([" ".join(words)]), clauses([" ".join(other)])).edits
    assert [plain(span.new).strip() for span in change.spans if span.mark is Mark.INSERTED] == ["otherwise"] * 3


def test_long_clauses_without_a_mark_to_hold_on_to_are_shown_whole() -> None:
    """The same words over and over: there is no telling which is which, and no waiting for it either."""
    old, new = "more " * 30_000 + "end.", "so " + "more more and " * 12_000 + "stop."
    [*changes] = compare(clauses(["First rule stands.", old]), clauses(["First rule stands.", new])).edits
    assert {one.order for change in changes for one in (*change.old, *change.new)} == {1}
