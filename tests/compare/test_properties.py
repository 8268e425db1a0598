"""What holds of every comparison, whatever the two wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.compare import compare
from policytool.compare.passages import passages
from policytool.model.block import Block, Clause, Paragraph, Section
from policytool.model.comparison import Change, ChangeKind, Comparison, Mark, Passage
from policytool.model.inline import Inlines, Text, plain
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from tests.compare import clauses
from tests.strategies import policies

WORDS = ("gate", "book", "hall", "bell", "coat", "lamp", "door", "path")


def _other(pair: tuple[Policy, Random]) -> tuple[Policy, Policy]:
    """A policy with its blocks in another order, some left out and some put differently."""
    policy, random = pair
    blocks = random.sample(policy.blocks, random.randint(0, len(policy.blocks)))
    return policy, replace(policy, blocks=numbered(tuple(_other_words(block, random) for block in blocks)))


def _other_words(block: Block, random: Random) -> Block:
    if isinstance(block, Clause | Paragraph) and random.random() < 0.5:
        return replace(block, text=(*block.text[: random.randint(0, 3)], Text("otherwise so")))
    return block


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
TWO = st.tuples(policies(), st.integers(0, 99).map(Random)).map(_other)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(policies())
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    """Nothing changed, nothing was renumbered, no field differs."""
    found = compare(policy, policy)
    assert {change.kind for change in found.changes} <= {ChangeKind.UNCHANGED}
    assert not found.differs


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(TWO)
def test_each_passage_stands_in_exactly_one_change(pair: tuple[Policy, Policy]) -> None:
    """Of both sides, the new side in reading order."""
    found = compare(*pair)
    olds = [one.order for change in found.changes for one in change.old]
    news = [one.order for change in found.changes for one in change.new]
    assert sorted(olds) == list(range(len(passages(pair[0]))))
    assert news == list(range(len(passages(pair[1]))))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(TWO)
def test_the_words_of_a_change_are_those_of_its_passages(pair: tuple[Policy, Policy]) -> None:
    """What is the same or deleted makes the old words, what is the same or inserted the new."""
    for change in compare(*pair).changes:
        if change.spans:
            old = [span.old for span in change.spans if span.mark is not Mark.INSERTED]
            new = [span.new for span in change.spans if span.mark is not Mark.DELETED]
            assert _letters(old) == _letters(one.words for one in change.old)
            assert _letters(new) == _letters(one.words for one in change.new)


def _letters(runs: Iterator[Inlines] | list[Inlines]) -> str:
    return "".join("".join(plain(run) for run in runs).split())


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(TWO)
def test_what_was_deleted_keeps_its_reading_order(pair: tuple[Policy, Policy]) -> None:
    """Between two passages that stayed, what was deleted stands as it stood."""
    found = compare(*pair)
    if not any(change.kind in (ChangeKind.MOVED, ChangeKind.MOVED_AND_REWORDED) for change in found.changes):
        orders = [one.order for change in found.changes if change.kind is ChangeKind.DELETED for one in change.old]
        assert orders == sorted(orders)


@settings(max_examples=40)
@given(st.lists(st.sampled_from("abcdefghij"), unique=True), st.lists(st.sampled_from("abcdefghij"), unique=True))
def test_swapping_the_sides_swaps_inserted_and_deleted(one: list[str], other: list[str]) -> None:
    """And leaves the rest."""
    there, back = (compare(*pair).counts for pair in ((_policy(one), _policy(other)), (_policy(other), _policy(one))))
    assert there[ChangeKind.INSERTED] == back[ChangeKind.DELETED]
    assert there[ChangeKind.DELETED] == back[ChangeKind.INSERTED]
    assert there[ChangeKind.REWORDED] == back[ChangeKind.REWORDED]


def _policy(letters: list[str]) -> Policy:
    return clauses([_sentence(ord(letter)) for letter in letters])


def _sentence(seed: int) -> str:
    """Words of which no two sentences share more than their first and last."""
    return f"Rule about {' '.join(f'{word}{seed}' for word in WORDS)} stands."


SEVERAL = st.integers(3, 12)


@settings(max_examples=40)
@given(SEVERAL, st.data())
def test_one_clause_deleted_is_one_change(count: int, data: st.DataObject) -> None:
    """Whichever it is."""
    texts = [_sentence(seed) for seed in range(count)]
    place = data.draw(st.integers(0, count - 1))
    edits = _edits(texts, texts[:place] + texts[place + 1 :])
    assert [(change.kind, change.old[0].order) for change in edits] == [(ChangeKind.DELETED, place)]


@settings(max_examples=40)
@given(SEVERAL, st.data())
def test_one_clause_inserted_is_one_change(count: int, data: st.DataObject) -> None:
    """Wherever it is."""
    texts = [_sentence(seed) for seed in range(count)]
    place = data.draw(st.integers(0, count))
    edits = _edits(texts, [*texts[:place], _sentence(99), *texts[place:]])
    assert [(change.kind, change.new[0].order) for change in edits] == [(ChangeKind.INSERTED, place)]


@settings(max_examples=40)
@given(SEVERAL, st.data())
def test_one_clause_moved_is_one_change(count: int, data: st.DataObject) -> None:
    """However far; of two that changed places, either may be the one."""
    texts = [_sentence(seed) for seed in range(count)]
    place, to = data.draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True))
    moved = [text for text in texts if text != texts[place]]
    moved.insert(to, texts[place])
    [change] = _edits(texts, moved)
    assert change.kind is ChangeKind.MOVED
    assert abs(place - to) == 1 or (change.old[0].order, change.new[0].order) == (place, to)


@settings(max_examples=40)
@given(SEVERAL, st.data())
def test_one_clause_reworded_is_one_change(count: int, data: st.DataObject) -> None:
    """With just the words that changed marked."""
    texts = [_sentence(seed) for seed in range(count)]
    place = data.draw(st.integers(0, count - 1))
    words = texts[place].split()
    word = data.draw(st.integers(2, len(words) - 2))
    old, words[word] = words[word], "otherwise"
    [change] = _edits(texts, [*texts[:place], " ".join(words), *texts[place + 1 :]])
    assert (change.kind, change.old[0].order) == (ChangeKind.REWORDED, place)
    assert _marked(change, Mark.DELETED) == [old]
    assert _marked(change, Mark.INSERTED) == ["otherwise"]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(TWO)
def test_what_came_in_or_went_with_something_is_no_edit(pair: tuple[Policy, Policy]) -> None:
    """What stands under a passage that was inserted, and was inserted too, and nothing else; so for deletions."""
    found = compare(*pair)
    for kind in (ChangeKind.INSERTED, ChangeKind.DELETED):
        changes = [change for change in found.changes if change.kind is kind]
        orders = {one.order for change in changes for one in (*change.old, *change.new)}
        assert all(change.carried == ((change.old or change.new)[0].parent in orders) for change in changes)
        assert found.counts[kind] == sum(not change.carried for change in changes)


@settings(max_examples=40)
@given(SEVERAL, st.integers(0, 12))
def test_a_section_inserted_or_deleted_is_one_change(count: int, others: int) -> None:
    """However many clauses it holds."""
    old = (_section(100, range(others)), _section(101, range(20, 24)))
    new = (old[0], _section(102, range(40, 40 + count)), old[1])
    there, back = compare(_sections(*old), _sections(*new)), compare(_sections(*new), _sections(*old))
    assert [change.kind for change in there.edits] == [ChangeKind.INSERTED]
    assert [change.kind for change in back.edits] == [ChangeKind.DELETED]
    assert len(there.told) == len(back.told) == 1 + count


@settings(max_examples=40)
@given(SEVERAL, st.data())
def test_a_clause_moved_in_a_section_that_moved_is_told_beside_it(count: int, data: st.DataObject) -> None:
    """Whichever it is, and however far."""
    texts = list(range(count))
    place, to = data.draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True))
    texts.insert(to, texts.pop(place))
    stays, moves = _section(100, range(20, 40)), _section(101, range(count))
    found = compare(_sections(stays, moves), _sections(_section(101, texts), stays))
    told = {change.new[0].kind: change.kind for change in found.edits}
    assert told == {"section": ChangeKind.MOVED, "clause": ChangeKind.MOVED}
    assert len(found.edits) == 2


def _section(title: int, texts: Iterable[int]) -> Section:
    clauses = tuple(Clause((Text(_sentence(seed)),)) for seed in texts)
    return Section(1, (Text(f"About {title}"),), clauses)


def _sections(*sections: Section) -> Policy:
    return Policy("tried", "Tried", blocks=numbered(sections))


def _edits(old: list[str], new: list[str]) -> tuple[Change, ...]:
    return compare(clauses(old), clauses(new)).edits


def _marked(change: Change, mark: Mark) -> list[str]:
    return [plain(span.old or span.new).strip() for span in change.spans if span.mark is mark]


@settings(max_examples=25)
@given(st.lists(st.text(st.sampled_from("ab éß’“\u200b\u0301\u05d0\u0645.-1§"), max_size=12), max_size=6))
def test_any_letters_at_all_are_compared(texts: list[str]) -> None:
    """Right-to-left, combining, invisible: nothing raises, and the same is the same."""
    found = compare(clauses(texts), clauses(texts[::-1]))
    assert isinstance(found, Comparison)
    assert not compare(clauses(texts), clauses(texts)).differs


def test_every_letter_that_a_change_shows_is_one_of_the_policy() -> None:
    """An atom, which stands for a reference while comparing, is never shown."""
    [change] = _edits(["Staff should tell the office."], ["Staff must tell the office."])
    assert all(isinstance(one, Text) for span in change.spans for one in (*span.old, *span.new))
    assert isinstance(change.old[0], Passage)
    assert Counter(span.mark for span in change.spans) == {Mark.SAME: 2, Mark.DELETED: 1, Mark.INSERTED: 1}
