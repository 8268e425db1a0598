"""Fields of a title block -> the front matter of a policy, each told: what was recognised, and what was guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policytool.model.block import Section, walk, words_of
from policytool.model.inline import plain
from policytool.model.piece import Remark
from policytool.model.policy import Cycle, Policy
from policytool.model.time import Duration, Moment
from policytool.parse.drafting.cited import Citing
from policytool.parse.drafting.dates import moment, months_between
from policytool.parse.drafting.fields import Said
from policytool.parse.drafting.names import Named, is_document
from policytool.parse.drafting.surroundings import Surroundings
from policytool.parse.drafting.title_block import Head

_CYCLES = {4: "termly", 6: "half-yearly", 12: "annual", 24: "two-yearly", 36: "three-yearly"}
_USUAL = (6, 12, 18, 24, 36, 48, 60)
_NO_CYCLE = 12
_RELATED = re.compile(
    r"(?:other\s+)?(?:related|linked|associated)\s+(?:polic|document)|links?\s+(?:with|to)\s+other\s+polic"
)
_TOLD = {
    "next": "the next review", "last": "the last review", "approved": "an approval", "reviewer": "the reviewer",
    "title": "the title", "cycle": "the review cycle", "owner": "the owner", "related": "related policies",
}  # fmt: skip
_STATED = {
    "annual": 12, "every year": 12, "yearly": 12, "12 months": 12, "biennial": 24, "two year": 24, "2 year": 24,
    "two-year": 24, "24 months": 24, "three year": 36, "3 year": 36, "three-year": 36, "36 months": 36, "triennial": 36,
    "termly": 4, "every term": 4, "18 months": 18, "6 months": 6, "six months": 6,
}  # fmt: skip
_HELD = re.compile(r"\b(?:approved|adopted|ratified|agreed|(?:last\s+)?reviewed)\b(?P<rest>[^.;]{0,80})", re.IGNORECASE)
_LATER = re.compile(r"(?:will|to|shall|must|next)\s+be\s+\Z|\b(?:if|when|once|until)\b[^.;]*\Z", re.IGNORECASE)
_LIST_WORDS = 12


@dataclass(slots=True)
class Front:
    """What front matter is made of."""

    head: Head
    around: Surroundings
    remarks: list[Remark]

    def put_on(self, policy: Policy, citing: Citing) -> tuple[Policy, Moment | None]:
        """The policy with its front matter, and when it was last approved or reviewed, if that is told."""
        around = self.around
        told = {"owner": self._role("owner"), "approver": self._role("approved", "reviewer")}
        owner = told["owner"] or around.likely("headteacher")
        approver = told["approver"] or around.likely("governing-board", "headteacher")
        reviewer = around.by or self._known("reviewer") or approver
        held = [one for one in self.head.of("last", "approved") if one.held]
        last = max((one.held for one in held if one.held), key=_order, default=None)
        cycle = self._cycle(last, reviewer)
        for said in self.head.fields:
            self._tell(said)
        guessed = [f"{name}: {role}" for name, role in (("owner", owner), ("approver", approver)) if not told[name]]
        if guessed:
            message = f"{', '.join(guessed)}: nothing says so, look whether it is"
            self.remarks.append(Remark("guessed", None, message))
        self._dates(policy.id, cycle, held)
        related = self._related(policy, citing)
        return replace(policy, owner=owner, approver=approver, reviews=(cycle,), related=related), last

    def _tell(self, said: Said) -> None:
        message = f"{_TOLD.get(said.what, said.what)}, of {said.where}: {said.line}"
        self.remarks.append(Remark("recognised", said.place, message))
        if said.is_vague and said.what != "version":
            self.remarks.append(Remark("look", said.place, f"no day or month could be read: {said.line}"))

    def _known(self, *names: str) -> str:
        """The first role that fields of these kinds name."""
        said = [one for name in names for one in self.head.fields if one.what == name and one.body]
        return next((role for one in said if (role := self.around.role(one.body))), "")

    def _role(self, *names: str) -> str:
        """The same; a name in the way that is no role of the settings is told."""
        for said in (one for name in names for one in self.head.fields if one.what == name and one.body):
            if role := self.around.role(said.body):
                return role
            message = f"no role of the settings is called “{said.body}”: enter it under `roles:`, if it should be one"
            self.remarks.append(Remark("look", said.place, message))
        return ""

    def _cycle(self, last: Moment | None, by: str) -> Cycle:
        """The review cycle: as it is stated, or from the two dates, or else a year, told as a guess."""
        following = next((one.held for one in self.head.of("next") if one.held), None)
        between = months_between(last, following) if last and following else 0
        stated = next((_stated(one.line) for one in self.head.of("cycle")), 0)
        months = stated or next((usual for usual in _USUAL if abs(usual - between) <= 1), 0)
        why = "from the title block" if months else "as nothing says how often"
        self.remarks.append(Remark("guessed", None, f"reviews: every {months or _NO_CYCLE} months, {why}"))
        months = months or _NO_CYCLE
        return Cycle(self.around.cycle or _CYCLES.get(months, "regular"), Duration(months, "month"), by)

    def _dates(self, policy: str, cycle: Cycle, held: Sequence[Said]) -> None:
        """Each date that a review may have been held on, with the command that records it."""
        days = list(dict.fromkeys(one.held for one in held if one.held))
        for day in days:
            if not any(_is_within(other, day) for other in days):
                self.remarks.append(_to_record(policy, cycle, day))
        for piece in self.head.rest:
            for day in _days(plain(piece.words)):
                message = f"a date stands in the text, and stays there: {plain(piece.words)}"
                self.remarks.append(Remark("look", piece.place, message))
                if day not in [one.held for one in held]:
                    self.remarks.append(_to_record(policy, cycle, day))

    def _related(self, policy: Policy, citing: Citing) -> tuple[str, ...]:
        """The policies that a list of cross-references names, in the title block or in a section of its own."""
        places = {plain(piece.words): piece.place for piece in self.head.rest}
        lists = [(one.value, one.place) for one in self.head.of("related")]
        ids: list[str] = []
        for text, place in [*lists, *((words, places.get(words)) for words in _listed(policy))]:
            for name in self._names(text):
                ids += [name.policy] if name.policy else []
                if not name.policy and is_document(name.name):
                    citing.tell(name, place)
        return tuple(dict.fromkeys(one for one in ids if one != policy.id))

    def _names(self, text: str) -> list[Named]:
        """The names in a line of a list, or in a sentence."""
        is_sentence = text.rstrip().endswith(".") or len(text.split()) > _LIST_WORDS
        return self.around.named.in_prose(text) if is_sentence else self.around.named.listed(text)


def _order(held: Moment) -> tuple[int, int, int]:
    return held.year, held.month, held.day


def _is_within(day: Moment, month: Moment) -> bool:
    """Whether a day is of a month: both tell of one decision."""
    return month.is_month and not day.is_month and month.first <= day.first <= month.last


def _stated(line: str) -> int:
    """How many months a line says, 0 for none."""
    said = line.lower()
    return next((_STATED[word] for word in sorted(_STATED, key=len, reverse=True) if word in said), 0)


def _days(text: str) -> Iterator[Moment]:
    """The dates in a text on which something was approved or reviewed."""
    for match in _HELD.finditer(text):
        day = moment(match["rest"])
        if day and not _LATER.search(text, 0, match.start()):
            yield day


def _listed(policy: Policy) -> Iterator[str]:
    for section in walk(policy.blocks):
        if isinstance(section, Section) and _RELATED.search(plain(section.title).lower()):
            yield from (plain(words) for block in walk(section.blocks) for words in words_of(block) if words)


def _to_record(policy: str, cycle: Cycle, held: Moment | None) -> Remark:
    command = f"policytool record {policy} {cycle.name} --held {held} --by {cycle.by} --outcome approved"
    return Remark("look", None, f"once a person has read the text, and it is what was approved: `{command}`")
