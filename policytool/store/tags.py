"""A tag made without a question: no editor, no signature, and no text that reaches git as an argument."""

from __future__ import annotations

from typing import Protocol

from policytool.model.unable import UnableError
from policytool.store.refusals import not_committed


class Git(Protocol):
    """Git in a folder, as `store/history` speaks it."""

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        """A command's exit code, output and complaints."""

    def act(self, *arguments: str, given: str = "") -> tuple[int, str]:
        """The exit code and words of a command that is given a text to read."""


def make_tag(git: Git, name: str, commit: str, message: str) -> None:
    """Give a commit an annotated tag. Raises `UnableError` in git's own words where it refuses."""
    code, tagger, complaint = git.run("var", "GIT_COMMITTER_IDENT")
    if code:
        raise not_committed(complaint)
    who = tagger.decode("utf-8", "replace").strip()
    said = f"object {commit}\ntype commit\ntag {name}\ntagger {who}\n\n{message}\n"
    code, made = git.act("mktag", given=said)
    if not code:
        code, made = git.act("update-ref", "--stdin", given=f"create refs/tags/{name} {made.strip()}\n")
    if code:
        raise UnableError(f"git did not make the tag {name}: {made.strip()}", "the policy is published all the same")
