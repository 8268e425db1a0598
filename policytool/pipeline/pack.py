"""A repository, a meeting -> the pack for its body: one zip with the paper and all that belongs to it.

It is made of the working text as it is committed, on the day of the meeting: whatever day it is made, it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from policytool.model.agenda import Agenda, Item, Sitting
from policytool.model.artifact import Artifact
from policytool.model.fingerprint import fingerprint
from policytool.model.outcome import Packed
from policytool.model.paper import Paper
from policytool.model.policy import Policy
from policytool.model.register import Entry, WordingState
from policytool.model.standing import Standing
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.pipeline.compare import Compared, compared, content
from policytool.pipeline.inputs import Common, inputs, outline_of, printed
from policytool.pipeline.repository import Repository, with_texts
from policytool.pipeline.reviews import folder_of
from policytool.pipeline.shelf import Outline
from policytool.pipeline.versions import Versions
from policytool.pipeline.workers import Crew
from policytool.pipeline.workshop import Order
from policytool.render.compared.sides import Sides
from policytool.render.packed.matter import Decision, Pack
from policytool.review.agenda import agenda, next_due
from policytool.store import files, names

FORMATS = ("pdf", "docx")
FOLDER = Path("build", "pack")
_BY_CHECK = "run `policytool check`"


@dataclass(frozen=True, slots=True)
class Unready:
    """A policy that no decision can be asked on: why, as the meeting is told, and what would mend it."""

    entry: Entry
    why: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A pack: all that it is of, the zip, the files in it, and the policies that are not ready."""

    pack: Pack
    content: bytes
    files: tuple[Artifact, ...]
    unready: tuple[Unready, ...]


def expect(root: Path, crew: Crew) -> None:
    """Have the workers ready by the time that the repository has been read, if it holds work enough for them."""
    crew.expect(len(names.policies(root)))


class Packing:
    """Packs being made of one repository."""

    def __init__(self, versions: Versions, crew: Crew) -> None:
        self.versions, self.crew, self.reviews = versions, crew, versions.reviews
        self.repository: Repository = versions.working
        settings = self.repository.library.settings
        self.settings = settings
        wrong = [one for one in self.repository.diagnostics if one.path == files.SETTINGS and one.is_error]
        if wrong:
            raise UnableError(f"{files.SETTINGS} has errors: {wrong[0].message}", _BY_CHECK)

    def agenda(self, sitting: Sitting) -> Agenda:
        """What is brought to a meeting."""
        entries = self.reviews.register(sitting.day).entries
        return agenda(entries, self.reviews.dossiers, self.settings, sitting)

    def pack(self, found: Agenda) -> Iterator[Made | None]:
        """Make the pack of an agenda: None after each policy, and the pack at the end."""
        from policytool.render.compared.html import html as comparison  # what reads a CSV renders nothing

        judged = [(item, self._problem(item)) for item in found.items]
        unready = [one for _, one in judged if one]
        unready += [Unready(one, _HOMELESS, "give it a review of that body under `reviews:`") for one in found.homeless]
        ready = [item for item, problem in judged if problem is None]
        befores = cache(lambda: self._before(ready))  # read once the workers have something to do
        decisions: list[Decision] = []
        clean: list[Artifact] = []
        marked: list[Artifact] = []
        orders = [self._order(item, found.sitting) for item in ready]
        for item, made in zip(ready, self.crew.make(orders, self._common), strict=True):
            if made.has_errors or made.problem:
                unready.append(_not_made(item.entry, made.problem, made.advice))
            else:
                policy = item.entry.policy
                both = self._compared(item, befores)
                decisions.append(self._decision(item, found.sitting, both))
                both_forms = zip(FORMATS, made.contents, strict=True)
                clean += [Artifact(f"policies/{policy}.{form}", document) for form, document in both_forms]
                if both:
                    marked.append(Artifact(f"redlines/{policy}.docx", content(both, "docx")))
                    marked.append(Artifact(f"redlines/{policy}.html", comparison(both.comparison, both.old, both.new)))
            yield None
        pack = self._pack(found, decisions, unready)
        yield _made(pack, (*clean, *marked), unready)

    def _pack(self, found: Agenda, decisions: Sequence[Decision], unready: Sequence[Unready]) -> Pack:
        told = tuple((one.entry, one.why) for one in unready)
        organisation = self.settings.organisation.name
        return Pack(found, tuple(decisions), told, organisation, self.settings.house.colour)

    # What a policy is decided on

    def _problem(self, item: Item) -> Unready | None:
        """Why no decision can be asked on a policy; None where it can."""
        entry = item.entry
        repository = self.repository
        if any(one.is_error and repository.ids.get(one.path) == entry.policy for one in repository.diagnostics):
            return Unready(entry, "its text has mistakes that must be mended first", _BY_CHECK)
        if entry.policy in self._misrecorded:
            return Unready(entry, "its records have mistakes that must be mended first", _BY_CHECK)
        if entry.path not in self._committed:
            return Unready(entry, "its text is still being worked on", f"commit {entry.path} as it is to be decided on")
        changed = entry.wording is WordingState.CHANGED and entry.approval
        if changed and self.reviews.wording(entry.policy, changed.record.fingerprint) is None:
            return Unready(entry, "the wording that was approved is missing from its records", _BY_CHECK)
        return None

    @cached_property
    def _committed(self) -> frozenset[str]:
        return self.versions.history.as_committed(files.SOURCE)

    @cached_property
    def _misrecorded(self) -> frozenset[str]:
        return frozenset(folder_of(one.path) for one in self.reviews.unread if one.is_error)

    def _policy(self, item: Item) -> Policy:
        return self.repository.library.policies[item.entry.policy]

    def _decision(self, item: Item, sitting: Sitting, both: Compared | None) -> Decision:
        history = self.versions.history
        head = history.head()
        last = next((one.commit for one in history.revisions(item.entry.path, head)), head)
        dossier = self.reviews.dossiers[item.entry.policy]
        return Decision(
            item,
            f"git:{last.short}",
            Moment.of(self.versions.day(last)),
            fingerprint(self._policy(item)),
            next_due(dossier, item, sitting),
            Sides(both.comparison, both.old, both.new) if both else None,
        )

    # Comparisons

    def _before(self, items: Sequence[Item]) -> Repository:
        """The library with the approved wording of each policy that has changed."""
        changed = {
            item.entry.policy: self.reviews.wording(item.entry.policy, item.entry.approval.record.fingerprint) or b""
            for item in items
            if item.entry.wording is WordingState.CHANGED and item.entry.approval
        }
        return with_texts(self.repository, changed) if changed else self.repository

    def _compared(self, item: Item, befores: Callable[[], Repository]) -> Compared | None:
        approval = item.entry.approval
        if item.entry.wording is not WordingState.CHANGED or approval is None:
            return None
        before = befores()
        old = replace(before, version=f"approved {approval.told}")
        new = replace(self.repository, version="for decision")
        policy = self._policy(item)
        return compared((old, before.library.policies[policy.id]), (new, policy))

    # Documents

    @cached_property
    def _outlines(self) -> Mapping[str, Outline]:
        return {name: outline_of(policy) for name, policy in self.repository.library.policies.items()}

    @cached_property
    def _common(self) -> Common:
        folder = self.repository.root / FOLDER
        return Common(printed(self.settings), folder, dry_run=True, house=self.repository.house, returned=True)

    def _order(self, item: Item, sitting: Sitting) -> Order:
        """The clean copy of the text, which says at its head that it is for decision."""
        policy = self._policy(item)
        text = self.repository.texts[policy.path].encode()
        standing = Standing(notice=_notice(item, sitting))
        return Order(inputs(self._outlines[policy.id], text, self._outlines, standing), FORMATS)


_HOMELESS = "it has no review that falls to this body, under which its decision could be recorded"


def _notice(item: Item, sitting: Sitting) -> str:
    approval = item.entry.approval
    if item.unchanged and approval:
        return f"For review: {sitting.told}. Unchanged since it was approved in {approval.record.held.month_told}"
    return f"Draft for approval: {sitting.told}"


def _not_made(entry: Entry, problem: str, advice: str) -> Unready:
    if problem:
        return Unready(entry, f"its documents cannot be made: {problem}", advice)
    return Unready(entry, "its text has mistakes that must be mended first", _BY_CHECK)


def _made(pack: Pack, beside: Sequence[Artifact], unready: Sequence[Unready]) -> Made:
    """The zip: the paper first, and first of all the page that lists what there is."""
    from policytool.render.outcomes import csv, json  # as above
    from policytool.render.packed import paper
    from policytool.render.packed.contents import contents
    from policytool.render.paper.html import html
    from policytool.render.paper.word import word
    from policytool.render.zipped import zipped

    written, sitting = paper(pack), pack.agenda.sitting
    rows = tuple(row for one in pack.decisions for row in one.rows)
    packed = Packed(sitting.body, str(sitting.day), rows)
    papers = [Artifact("paper.pdf", _pdf(written)), Artifact("paper.docx", word(written))]
    papers.append(Artifact("paper.html", html(written)))
    lists = [Artifact("outcomes.csv", csv(rows)), Artifact("pack.json", json(packed))]
    every = [*papers, *lists, *beside]
    first = Artifact("contents.html", html(contents(pack, every)))
    return Made(pack, zipped([first, *every]), (first, *every), tuple(unready))


def _pdf(written: Paper) -> bytes:
    """The paper as PDF, with the names of signs that no font has."""
    from policytool.render.packed.spelt import spelt  # as above
    from policytool.render.paper.pdf import pdf

    try:
        return pdf(written)
    except UnableError:
        return pdf(spelt(written))


def write(out: Path, content: bytes) -> None:
    """Write a pack whole, or not at all."""
    files.write(out.parent, [Artifact(out.name, content)])
