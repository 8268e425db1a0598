"""Sources -> what they say; inputs -> documents on the disk: the work of a build, in this process or in several."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """The documents of a policy that are to be made: in these formats; in none, to see whether it has errors.

    They are written into `folder` below that of the build.
    """

    inputs: Inputs
    formats: Sequence[str]
    folder: str = ""


class Made(NamedTuple):
    """What became of an order: the SHA-256 of each document by format; or that the policy has errors; or a problem.

    `contents` are the documents themselves in the order of the formats, where they are to be given back.
    """

    digests: Mapping[str, str]
    has_errors: bool = False
    problem: str = ""
    advice: str = ""
    contents: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Workshop:
    """Reads and makes, and remembers each policy that it has read until it is made."""

    common: Common | None = None
    _parsed: dict[str, _Parsed | bytes] = field(default_factory=dict)
    _done: int = 0

    def told(self, common: object) -> None:
        """Hear what all documents have in common."""
        if isinstance(common, Common):
            self.common = common

    def read(self, source: files.SourceFile) -> Read:
        """Read one source."""
        policy, found = parsed(source.content, source.stem, source.path)
        one = (source.content, policy, found)
        self._parsed[source.path] = one if len(self._parsed) < PARSED else pickle.dumps(one)
        return Read(outline_of(policy, fingerprint(policy)) if policy else None, found)

    def make(self, order: Order) -> Made:
        """Make the documents of one policy, and write them unless it is only tried; `common` must be set by then."""
        try:
            composed = self.compose(order)
            if composed is not None and not self._common.dry_run:
                files.write(self._common.out / order.folder, [_artifact(order, *one) for one in composed.items()])
        except UnableError as error:
            return Made({}, problem=str(error), advice=error.advice)
        if composed is None:
            return Made({}, has_errors=True)
        digests = {name: sha256(content).hexdigest() for name, content in composed.items()}
        return Made(digests, contents=tuple(composed.values()) if self._common.returned else ())

    def compose(self, order: Order) -> Mapping[str, bytes] | None:
        """The documents of one policy by format, None where it has errors. Raises `UnableError` as the renderers do."""
        common, given = self._common, order.inputs
        self._done += 1
        if not self._done % SWEEP:
            gc.collect(1)
        policy, found = self._policy(given)
        if policy is None:
            return None
        if given.standing.issued:
            policy = _among_approved(policy, given, common)
        library, more = among(policy, given.others, common.settings)
        if not common.draft and any(map(_is_error, (*found, *more, *_against_rules(policy, library)))):
            return None
        return _composed(order, policy, library, common)

    @property
    def _common(self) -> Common:
        if self.common is None:
            raise RuntimeError("nobody has said what all documents have in common")
        return self.common

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


def _among_approved(policy: Policy, given: Inputs, common: Common) -> Policy:
    """A policy that names as related only what is approved, as far as it is held here: no other title is known."""
    known = {*given.others, *common.settings.elsewhere}
    return replace(policy, related=tuple(name for name in policy.related if name in known))


def _composed(order: Order, policy: Policy, library: Library, common: Common) -> Mapping[str, bytes]:
    from policytool.render.edition import Edition  # reading renders nothing

    edition = Edition(policy, library, common.draft, order.inputs.standing, common.house)
    return {name: renderer(name)(edition) for name in order.formats}


def _artifact(order: Order, name: str, content: bytes) -> Artifact:
    return Artifact(f"{order.inputs.policy}.{name}", content)


def renderer(name: str) -> Callable[[Edition], bytes]:
    """The function that writes a format; each is imported when it is first asked for."""
    if name == "docx":
        from policytool.render.word import word

        return word
    if name == "pdf":
        from policytool.render.pdf import pdf

        return pdf
    from policytool.render.html import html

    return html
