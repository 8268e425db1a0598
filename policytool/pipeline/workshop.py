"""Sources -> what they say; inputs -> documents on the disk: the work of a build, in this process or in several."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from policytool.check import check as check_library
from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.pipeline.inputs import Common, Inputs, among, outline_of
from policytool.pipeline.outline import Read, parsed
from policytool.store import files

if TYPE_CHECKING:
    from policytool.render.edition import Edition


SWEEP = 8
"""After so many policies what python-docx leaves behind in cycles, nearly a megabyte each, is swept up."""


PARSED = 200
"""So many policies are remembered as values, the rest as bytes: a fifth of the memory, for some of the time."""
_Parsed: TypeAlias = tuple[bytes, Policy | None, Sequence[Diagnostic]]


class Order(NamedTuple):
    """The documents of a policy that are to be made: in these formats; in none, to see whether it has errors."""

    inputs: Inputs
    formats: Sequence[str]


class Made(NamedTuple):
    """What became of an order: the SHA-256 of each document by format; or that the policy has errors; or a problem."""

    digests: Mapping[str, str]
    has_errors: bool = False
    problem: str = ""
    advice: str = ""


@dataclass(slots=True)
class Workshop:
    """Reads and makes, and remembers each policy that it has read until it is made."""

    common: Common | None = None
    _parsed: dict[str, _Parsed | bytes] = field(default_factory=dict)
    _done: int = 0

    def read(self, source: files.SourceFile) -> Read:
        """Read one source."""
        policy, found = parsed(source.content, source.stem, source.path)
        one = (source.content, policy, found)
        self._parsed[source.path] = one if len(self._parsed) < PARSED else pickle.dumps(one)
        return Read(outline_of(policy, fingerprint(policy)) if policy else None, found)

    def make(self, order: Order) -> Made:
        """Make the documents of one policy, and write them unless it is only tried; `common` must be set by then."""
        if self.common is None:
            raise RuntimeError("nobody has said what all documents have in common")
        self._done += 1
        if not self._done % SWEEP:
            gc.collect(1)
        given = order.inputs
        policy, found = self._policy(given)
        if policy is None:
            return Made({}, has_errors=True)
        library, more = among(policy, given.others, self.common.settings)
        if not self.common.draft and any(map(_is_error, (*found, *more, *_against_rules(policy, library)))):
            return Made({}, has_errors=True)
        return _made(order, policy, library, self.common)

    def _policy(self, given: Inputs) -> tuple[Policy | None, Sequence[Diagnostic]]:
        """The policy as it was read before, unless its text has changed since or it was read elsewhere."""
        kept = self._parsed.pop(given.path, (b"", None, ()))
        known: _Parsed = pickle.loads(kept) if isinstance(kept, bytes) else kept  # noqa: S301  # our own
        content, policy, found = known
        return (policy, found) if content == given.content else parsed(given.content, given.policy, given.path)


def _is_error(one: Diagnostic) -> bool:
    return one.is_error


def _against_rules(policy: Policy, library: Library) -> Sequence[Diagnostic]:
    return check_library(Library(library.settings, {policy.id: policy}))


def _made(order: Order, policy: Policy, library: Library, common: Common) -> Made:
    from policytool.render.edition import Edition  # reading renders nothing

    edition = Edition(policy, library, common.draft, order.inputs.standing, common.house)
    try:
        artifacts = [Artifact(f"{policy.id}.{name}", _renderer(name)(edition)) for name in order.formats]
        if not common.dry_run:
            files.write(common.out, artifacts)
    except UnableError as error:
        return Made({}, problem=str(error), advice=error.advice)
    digests = (sha256(one.content).hexdigest() for one in artifacts)
    return Made(dict(zip(order.formats, digests, strict=True)))


def _renderer(name: str) -> Callable[[Edition], bytes]:
    """The function that writes a format; each is imported when it is first asked for."""
    if name == "docx":
        from policytool.render.word import word

        return word
    if name == "pdf":
        from policytool.render.pdf import pdf

        return pdf
    from policytool.render.html import html

    return html
