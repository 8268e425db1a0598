"""Files of any kind -> two policies that can be compared: sources as they are written, documents as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from policytool.model.block import walk, words_of
from policytool.model.comparison import FieldChange
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Reference, descend, plain
from policytool.model.piece import Found, Piece, Remark
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.parse.drafting import drafted, policy_id
from policytool.parse.drafting.fields import Said
from policytool.parse.drafting.title_block import head_of
from policytool.parse.findings import MISSING_FIELD, NO_FRONT_MATTER
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.markers import mark
from policytool.parse.text import text as parse_text
from policytool.pipeline.alike import alike
from policytool.pipeline.compare import MARKDOWN
from policytool.pipeline.readers import reader_of
from policytool.render.edition import Edition
from policytool.resolve import resolve
from policytool.store import drawer, files

if TYPE_CHECKING:
    from policytool.pipeline.repository import Repository

Changes = Literal["accept", "reject"]
_FIELDS = {
    "title": "Title", "next": "Next review", "last": "Last review", "approved": "Approved", "reviewer": "Reviewer",
    "owner": "Owner", "related": "Related documents", "cycle": "How often it is reviewed", "version": "Version",
}  # fmt: skip
# What a draft says of itself above its text (`review/register`), and a published page of others (`render/html`).
_NOTICE = re.compile(
    r"draft: (?:not approved yet|changed since the wording approved in)|the current version and earlier ones\Z"
)
_MOST_AT_HEAD = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was read: a source as an edition, or what was found in a document; both for a source as printed."""

    name: str
    edition: Edition | None = None
    found: Found | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers made alike: an edition of each, the fields of title blocks that differ, and what is to be known."""

    old: Edition
    new: Edition
    fields: tuple[FieldChange, ...]
    diagnostics: tuple[Diagnostic, ...]
    remarks: tuple[tuple[str, tuple[Remark, ...]], ...]


def paper(path: Path, changes: Changes = "accept") -> Paper:
    """A file, read. Raises `UnableError` for what cannot be."""
    if path.is_dir():
        raise UnableError(f"{path} is a folder", "name two files, or compare whole libraries: `diff --all OLD NEW`")
    if path.suffix.lower() in MARKDOWN and (source := _source(path)):
        return source
    content, reader = drawer.content(path), reader_of(path)
    if isinstance(reader, str):
        raise UnableError(f"cannot read {path}: {reader}")
    if changes == "reject":
        from policytool.parse.word import found as words  # only for what was tracked

        found, wrong = words(content, path.name, changes="reject")
    else:
        found, wrong = reader(content)
    if found is None:
        raise UnableError(f"cannot read {path}: {'; '.join(one.message for one in wrong) or 'there is no text in it'}")
    return Paper(path.name, None, found, tuple(wrong))


def edited(repository: Repository, policy: Policy, name: str) -> Paper:
    """A policy of a repository, as a paper of this name."""
    return Paper(name, Edition(policy, repository.library, style=repository.house))


def _source(path: Path) -> Paper | None:
    """A source that was written for policytool, in the library it stands in; None for any other text."""
    text, found = parse_text(files.read(path), path.name)
    if text is None:
        raise UnableError(f"cannot read {path}: {found[0].message}", "it is read as text: Markdown in UTF-8")
    policy, more = parse_policy(text, path.stem, path.name)
    if any(one.finding in (NO_FRONT_MATTER, MISSING_FIELD) for one in more):
        return None
    if _cites_others(policy) and (edition := _at_home(path)):
        return Paper(path.name, edition, None, (*found, *more))
    return Paper(path.name, Edition(policy, resolve([policy], Settings())[0]), None, (*found, *more))


def _cites_others(policy: Policy) -> bool:
    blocks = chain(policy.blocks, *(note.blocks for note in policy.footnotes))
    inlines = (one for block in walk(tuple(blocks)) for words in words_of(block) for one in descend(words))
    return any(isinstance(one, Reference) and one.policy for one in inlines)


def _at_home(path: Path) -> Edition | None:
    """The edition of a source in the repository it stands in, where the titles of others are known."""
    from policytool.pipeline.repository import load  # a thousand policies, for a title or two

    try:
        root = files.find_root(path.resolve().parent)
        repository = load(root)
        policy = repository.library.policies[repository.ids[path.resolve().relative_to(root.resolve()).as_posix()]]
    except (UnableError, KeyError, ValueError):
        return None
    return Edition(policy, repository.library, style=repository.house)


def as_printed(one: Paper) -> Paper | None:
    """A source as the PDF that `build` makes of it, read back; None where none can be made of it."""
    from policytool.parse.pdf import found as read  # only where a PDF differs from a source
    from policytool.render.pdf import pdf

    if one.edition is None:
        return None
    try:
        found, _ = read(pdf(one.edition))
    except UnableError:
        return None
    return None if found is None else Paper(one.name, one.edition, found)


# Two papers -> a pair


def pair(old: Paper, new: Paper) -> Pair:
    """Two papers as editions that differ in nothing but what they say, as far as they could be read."""
    known = _known((old, new))
    old, new = _bare(old, known), _bare(new, known)
    (before, told), (after, more) = _drafted(old), _drafted(new)
    sides = _made_alike(before, after)
    remarks = tuple((one.name, said) for one, said in ((old, told), (new, more)) if said)
    return Pair(*sides, _fields(old, new), (*old.diagnostics, *new.diagnostics), remarks)


def _made_alike(old: Edition, new: Edition) -> tuple[Edition, Edition]:
    title = old.policy.title or new.policy.title
    before = replace(old, policy=replace(old.policy, title=title))
    after = replace(new, policy=_with_fields(new.policy, before.policy))
    one, other = alike(before, after)
    return _holding(before, one), _holding(after, other)


def _holding(edition: Edition, policy: Policy) -> Edition:
    return replace(edition, policy=policy, library=resolve([policy], edition.library.settings)[0])


def _with_fields(policy: Policy, other: Policy) -> Policy:
    """A policy with the front matter of another, but for its title if it has one: a document's own is guessed."""
    return replace(
        other, id=policy.id, title=policy.title or other.title, blocks=policy.blocks, footnotes=policy.footnotes
    )


def _drafted(one: Paper) -> tuple[Edition, tuple[Remark, ...]]:
    """The edition of a paper, and what was guessed of its text."""
    if one.found is None:
        assert one.edition is not None  # noqa: S101  # a paper is one or the other
        return one.edition, ()
    found = one.found
    draft = drafted(found, policy_id(Path(one.name).stem))
    head = head_of(found.pieces, found.title)
    told = (said for said in draft.remarks if said.place and said.kind == "guessed" and not one.edition)
    policy = replace(draft.policy, title=head.title)
    edition = Edition(policy, resolve([policy], Settings())[0])
    return edition, tuple(told)


# What is printed round a text


def _known(papers: Iterable[Paper]) -> frozenset[str]:
    """The lines that stand at the edge of the pages of either, or that a school prints over each: no text."""
    lines: list[str] = []
    for one in papers:
        lines += [one.edition.organisation] if one.edition else []
        lines += [aside.text for aside in one.found.asides if aside.kind in ("header", "footer")] if one.found else []
    return frozenset(filter(None, map(_plain, lines)))


def _bare(one: Paper, known: frozenset[str]) -> Paper:
    """A paper without what is printed round its text."""
    if one.found is None:
        return one
    return replace(one, found=replace(one.found, pieces=tuple(_without_furniture(one.found.pieces, known))))


def _without_furniture(pieces: Sequence[Piece], known: frozenset[str]) -> Iterator[Piece]:
    head = True
    for place, piece in enumerate(pieces):
        head = head and place < _MOST_AT_HEAD and mark(piece.marker).kind not in ("number", "item", "appendix")
        words = _plain(plain(piece.words))
        if not head or piece.rows or not (words in known or _NOTICE.match(words)):
            yield piece


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


# What title blocks say


def _fields(old: Paper, new: Paper) -> tuple[FieldChange, ...]:
    """The fields of two title blocks that differ; a source has none: its dates are in its records."""
    if old.edition or new.edition:
        return ()
    before, after = (_said(one.found) for one in (old, new) if one.found)
    names = dict.fromkeys((*before, *after))
    both = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    changed = (one for one in both if _letters(one[1]) != _letters(one[2]))
    return tuple(FieldChange(_FIELDS[name], was, now) for name, was, now in changed if name in _FIELDS)


def _said(found: Found) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for one in head_of(found.pieces, found.title).fields:
        if value := _value(one):
            said.setdefault(one.what, []).append(value)
    return {what: "; ".join(values) for what, values in said.items()}


def _value(one: Said) -> str:
    value = " ".join(one.value.split())
    return "" if value in ("–", "-", "—") else value


def _letters(words: str) -> str:
    return "".join(re.findall(r"\w", words.casefold()))


def told(remarks: Sequence[tuple[str, tuple[Remark, ...]]]) -> Iterator[str]:
    """A line for each document that was read by its looks in a way that may mislead."""
    for name, said in remarks:
        first = " ".join(said[0].message.split())
        more = f"; and {len(said) - 1} more" if len(said) > 1 else ""
        yield f"{name} was read by its looks: {said[0].place}: {first}{more} (`policytool import --dry-run` tells all)"
