"""What git complains of -> what to tell, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from policytool.model.unable import UnableError

DAMAGED = "`git fsck` tells what is damaged; a fresh clone may be the way out"
_MOST_LINES = 12


def refused(root: Path, complaint: str) -> UnableError:
    """Git cannot work in a folder at all."""
    if "dubious ownership" in complaint:
        return UnableError(f"git does not trust {root}, because another user owns it", "see `git help safe.directory`")
    if "not a git repository" in complaint:
        return UnableError(f"{root} is in no git repository", "begin one: `git init`, then commit the policies")
    return UnableError(f"git cannot read {root}: {_first_line(complaint)}", DAMAGED)


def unreadable(complaint: str) -> UnableError:
    """Git lacks something, or what it has is damaged."""
    if "lazy fetch" in complaint or "promisor" in complaint:
        advice = "fetch the rest: `git fetch --refetch --no-filter`"
        return UnableError("this clone is partial: it lacks what is asked for", advice)
    return UnableError(f"git cannot read the history: {_first_line(complaint)}", DAMAGED)


def _first_line(complaint: str) -> str:
    return next((line.removeprefix("fatal: ") for line in complaint.splitlines() if line.strip()), "no reason given")


def not_committed(complaint: str) -> UnableError:
    """Git, or a hook, did not let a commit be made: a few lines of its words, warnings left out."""
    if "tell me who you are" in complaint:
        advice = "tell it: `git config user.name 'Your Name'`, `git config user.email you@school.example`"
        return UnableError(f"git did not commit, for it does not know who you are: {_first_line(complaint)}", advice)
    lines = [line.removeprefix("fatal: ").removeprefix("error: ") for line in complaint.splitlines() if line.strip()]
    words = "\n".join([line for line in lines if not line.startswith(("warning:", "hint:"))][:_MOST_LINES])
    advice = "the files are written: put right what git says, then commit them with `git add` and `git commit`"
    return UnableError(f"git did not commit: {words or 'a hook refused, without a word'}", advice)
