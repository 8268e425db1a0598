"""Documents -> policies: read, drafted, their references mended, and every word accounted for.

Nothing is written but by `write` and `write_before`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from policytool.check import check_name
from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Found, Remark
from policytool.model.policy import Policy
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.parse.drafting import Draft, Surroundings, drafted, policy_id, title_of
from policytool.parse.drafting.returned import Returned, returned
from policytool.pipeline.fix import fix
from policytool.pipeline.readers import READERS, reader_of
from policytool.pipeline.repository import Repository, load, with_texts
from policytool.pipeline.wordcount import lost
from policytool.render.markdown import markdown
from policytool.store import drawer, files

BEFORE = "build/imported"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How documents are to be made policies: under which id, over what stands there, with which cycle by whom.

    `rejects` reads Word files as if their tracked changes were rejected.
    """

    name: str = ""
    force: bool = False
    cycle: str = ""
    by: str = ""
    rejects: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A document made a policy. `problem` says why it cannot be written, or was not read; "" where nothing does.

    `text` is the source as it would be written to `path`; `before` what stands there now, if anything. `held` is when
    the title block says that it was last approved or reviewed, `digest` the SHA-256 of the document.
    """

    file: str
    policy: str = ""
    path: str = ""
    text: str = ""
    remarks: tuple[Remark, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    before: str | None = None
    held: Moment | None = None
    digest: str = ""
    problem: str = ""
    title: str = ""
    strangers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        """Whether what would be written stands there already."""
        return self.before == self.text and not self.problem


@dataclass(frozen=True, slots=True)
class _Read:
    """A document that was read: its name as told, what was found in it, and its SHA-256."""

    file: str
    found: Found
    digest: str
    stem: str


def imports(root: Path, paths: Iterable[Path], wanted: Wanted) -> list[Imported]:
    """Each document as a policy. Raises `UnableError` for what is not there, and for one id for several documents."""
    repository = load(root)
    if any(one.is_error and one.path == files.SETTINGS for one in repository.diagnostics):
        raise UnableError(f"{files.SETTINGS} has errors", "run `policytool check`")
    named = list(dict.fromkeys(drawer.documents(paths, READERS)))
    if wanted.name and len(named) != 1:
        raise UnableError(f"--as names one policy, and there are {len(named)} documents", "import them one by one")
    if problem := next(iter(check_name(wanted.name, "")), None) if wanted.name else None:
        raise UnableError(problem.message)
    read = [_read(path, wanted) for path in named]
    drafts = _drafts([one for one in read if isinstance(one, _Read)], repository, wanted)
    ours = {drafts[one.file].policy.path for one in read if isinstance(one, _Read) and one.found.properties}
    made, texts = _mended(repository, {draft.policy.path: markdown(draft.policy) for draft in drafts.values()}, ours)
    done = [one if isinstance(one, Imported) else _imported(one, drafts[one.file], made, texts) for one in read]
    return [_judged(root, one, repository, wanted) for one in _twins(done)]


def _twins(done: Sequence[Imported]) -> Iterator[Imported]:
    """Each, those of one title with a word on the others: one document is often kept twice."""
    by_title = defaultdict[str, list[str]](list)
    for one in done:
        if one.title:
            by_title[one.title.casefold()].append(one.file)
    for one in done:
        others = [file for file in by_title[one.title.casefold()] if file != one.file]
        message = f"“{one.title}” is the title of {' and '.join(others)} as well: look which of them holds"
        yield replace(one, remarks=(Remark("look", None, message), *one.remarks)) if others else one


# Bytes -> what was found


def _read(path: Path, wanted: Wanted) -> _Read | Imported:
    """A document as found, or why it is not read."""
    told, reader = path.as_posix(), reader_of(path, rejects=wanted.rejects)
    if isinstance(reader, str):
        return Imported(told, problem=reader)
    content = drawer.content(path)
    found, wrong = reader(content)
    if found is None:
        why = "; ".join(one.message for one in wrong) or "it cannot be read"
        return Imported(told, findings=tuple(replace(one, path=told) for one in wrong), problem=why)
    if not (found.pieces or found.footnotes):
        return Imported(told, problem="there are no words in it")
    return _Read(told, found, sha256(content).hexdigest(), path.stem)


# What was found -> drafts, each under an id of its own


def _drafts(read: Sequence[_Read], repository: Repository, wanted: Wanted) -> dict[str, Draft]:
    """By file the draft of each document, which may name the others by their titles."""
    known = {target.title: policy for (policy, label), target in repository.library.targets.items() if not label}
    settings = repository.library.settings
    school = tuple(name for name in (settings.organisation.name, settings.organisation.short) if name)
    among = Surroundings("", settings.roles, known, school, wanted.cycle, wanted.by)
    backs = [returned(one.found) for one in read]
    own = [back.policy.title if back else title_of(one.found) for one, back in zip(read, backs, strict=True)]
    names = _names(read, backs, own, wanted)
    titles = known | {title: name for title, name in zip(own, names, strict=True) if title}
    drafts: dict[str, Draft] = {}
    for one, name, back in zip(read, names, backs, strict=True):
        draft = _draft(one.found, back, name, replace(among, file=one.file, titles=titles))
        drafts[one.file] = replace(draft, policy=_placed(draft.policy, repository))
    return drafts


def _draft(found: Found, back: Returned | None, name: str, around: Surroundings) -> Draft:
    """The draft of a document. One that was built here has its text as it was; its fields are as for any other."""
    if back is None:
        return drafted(found, name, around)
    draft = drafted(replace(found, pieces=back.front, footnotes={}), name, around)
    own = back.policy
    policy = replace(
        draft.policy,
        title=own.title,
        kind=own.kind,
        owner=own.owner or draft.policy.owner,
        approver=own.approver or draft.policy.approver,
        related=own.related or draft.policy.related,
        numbering=own.numbering,
        blocks=own.blocks,
        footnotes=own.footnotes,
    )
    remark = Remark("recognised", None, f"built by policytool from {back.path or back.policy_id}: labels are kept")
    return replace(draft, policy=policy, remarks=(remark, *draft.remarks))


def _names(read: Sequence[_Read], backs: Sequence[Returned | None], titles: Sequence[str], wanted: Wanted) -> list[str]:
    """An id for each: of its title, or, where another has that, of its file, or with a number behind it."""
    taken: list[str] = []
    for one, back, title in zip(read, backs, titles, strict=True):
        own = wanted.name or (back.policy_id if back else policy_id(title or "Untitled"))
        more = (f"{own}-{turn}" for turn in count(2))
        likely = [policy_id(one.stem) if own in ("policy", "untitled") else own, policy_id(one.stem)]
        taken.append(next(name for name in chain(likely, more) if name not in taken and not check_name(name, "")))
    return taken


def _placed(policy: Policy, repository: Repository) -> Policy:
    """The policy with its path, which is that of this id if there is one."""
    paths = {name: path for path, name in repository.ids.items()}
    return replace(policy, path=paths.get(policy.id, f"{files.SOURCE}/{policy.id}.md"))


# Drafts -> texts whose references are links


def _mended(
    repository: Repository, texts: Mapping[str, str], ours: Collection[str]
) -> tuple[Repository, Mapping[str, str]]:
    """The repository with these texts in it, and the texts with what is mechanical mended.

    What was built here (`ours`, by path) has the references that its source has.
    """
    made = _with(repository, texts)
    theirs = [made.ids[path] for path in texts if path not in ours]
    fixed = fix(made, theirs, texts) if theirs else None
    if fixed is None or not fixed.after:
        return made, texts
    after = {**texts, **fixed.after}
    if fixed.repository and fixed.after.keys() == texts.keys():
        return fixed.repository, after
    return _with(repository, after), after


def _with(repository: Repository, texts: Mapping[str, str]) -> Repository:
    ids = {path: repository.ids.get(path, Path(path).stem) for path in texts}
    return with_texts(repository, {ids[path]: text.encode() for path, text in texts.items()})


def _imported(one: _Read, draft: Draft, made: Repository, texts: Mapping[str, str]) -> Imported:
    path, policy = draft.policy.path, draft.policy.id
    findings = tuple(found for found in made.diagnostics if found.path == path)
    final = made.library.policies[policy]
    remarks = [*draft.remarks, *lost(one.found, final, draft.remarks)]
    return Imported(
        one.file,
        policy,
        path,
        texts[path],
        tuple(remarks),
        findings,
        None,
        draft.held,
        one.digest,
        title=final.title,
        strangers=draft.strangers,
    )


# Whether it may be written


def _judged(root: Path, one: Imported, repository: Repository, wanted: Wanted) -> Imported:
    """With what stands in its place now, and, without --force, why it is not written over that."""
    if one.problem:
        return one
    target = root / one.path
    before = files.read(target).decode(errors="replace") if target.is_file() else None
    judged = replace(one, before=before)
    if wanted.by and wanted.by not in repository.library.settings.roles:
        return replace(judged, problem=f"`{wanted.by}` is no role of the settings")
    if before is not None and before != one.text and not wanted.force:
        return replace(judged, problem=f"{one.path} stands there already: --force writes over it, --as names another")
    return judged


def write(root: Path, done: Iterable[Imported]) -> list[str]:
    """Write each policy that may be written and is not there already; the paths."""
    new = [one for one in done if not one.problem and not one.is_same]
    files.write(root, [Artifact(one.path, one.text.encode()) for one in new])
    return [one.path for one in new]


# What stood there before the tracked changes of a Word file


def before_changes(root: Path, one: Imported, wanted: Wanted) -> Artifact | None:
    """The text that a document had before its tracked changes, to be compared with; None where it has none."""
    [earlier] = imports(root, [Path(one.file)], replace(wanted, name=one.policy, force=True, rejects=True))
    if earlier.problem or earlier.text == one.text:
        return None
    return Artifact(f"{BEFORE}/{one.policy}-before.md", earlier.text.encode())


def write_before(root: Path, texts: Iterable[Artifact]) -> None:
    """Write texts before their changes, which are made anew each time: over what stands there."""
    files.write(root, texts)
