"""What git keeps and prints, byte for byte -> values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from policytool.model.version import Commit

_SHA1 = 40
_PERSON = re.compile(r"(.*?) ?<[^>]*> (-?\d{1,18}) ([+-])(\d\d)(\d\d)\Z", re.DOTALL)


class GitObject(NamedTuple):
    """What git keeps under a name: its hash, its kind (commit, tree, blob), and its bytes, 5 MB and one at most."""

    hash: str
    kind: str
    content: bytes


class Entry(NamedTuple):
    """One line of a tree: a mode in octal figures, and the hash of what it stands for."""

    mode: str
    hash: str


class FileChange(NamedTuple):
    """What a commit did to one file: its path before and after, "" for none, and its content, "" for none."""

    old: str
    new: str
    blob_before: str
    blob: str

    @property
    def is_rename(self) -> bool:
        """Whether the file was renamed or moved."""
        return bool(self.old and self.new) and self.old != self.new


class Arrival(NamedTuple):
    """How a file first came onto a branch: its content's hash, and the full hash of the commit that brought it."""

    blob: str
    commit: str


def blob_hash(content: bytes, width: int) -> str:
    """The name by which git knows a file's bytes, in as many figures: 40 (SHA-1) or 64 (SHA-256)."""
    whole = b"blob %d\0%b" % (len(content), content)
    if width == _SHA1:
        return hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    return hashlib.sha256(whole).hexdigest()


def is_blob(content: bytes, blob: str) -> bool:
    """Whether a file holds what git knows under a hash, be it with the line ends of a checkout on Windows."""
    if blob_hash(content, len(blob)) == blob:
        return True
    return b"\r\n" in content and blob_hash(content.replace(b"\r\n", b"\n"), len(blob)) == blob


def read_change(line: str, names: Iterator[bytes]) -> FileChange:
    """One line of `git log --raw -z`, with the one or two names that follow it."""
    _, _, before, after, status = line.split(" ")
    name = file_name(next(names))
    new = file_name(next(names)) if status[0] in "RC" else name
    return FileChange(
        "" if status[0] in "AC" else name,
        "" if status[0] == "D" else new,
        before.strip("0") and before,
        after.strip("0") and after,
    )


def read_tree(tree: GitObject) -> Iterator[tuple[str, Entry]]:
    """The names in a tree with what they stand for: `mode name NUL hash`, one after the other."""
    at, width = 0, len(tree.hash) // 2
    while at < len(tree.content):
        end = tree.content.index(b"\0", at)
        mode, _, name = tree.content[at:end].partition(b" ")
        at = end + 1 + width
        yield file_name(name), Entry(mode.decode(), tree.content[end + 1 : at].hex())


def read_commit(commit: GitObject) -> Commit:
    """A commit, in whatever encoding it was made; what is damaged in it is left out."""
    head, _, message = commit.content.partition(b"\n\n")
    lines = [line.split(b" ", 1) for line in head.split(b"\n") if b" " in line]
    fields = {line[0].decode("ascii", "replace"): line[1] for line in lines}
    encoding = fields.get("encoding", b"utf-8").decode("ascii", "replace")
    author, _ = _person(_decoded(fields.get("author", b""), encoding))
    _, date = _person(_decoded(fields.get("committer", b""), encoding))
    subject = _decoded(message.strip().split(b"\n\n")[0], encoding)
    parents = tuple(line[1].decode() for line in lines if line[0] == b"parent")
    return Commit(commit.hash, author, date, " ".join(subject.split()), parents)


def _person(line: str) -> tuple[str, datetime]:
    """The name and the moment in a commit's line; what is damaged as nothing, at the beginning of 1970."""
    match = _PERSON.match(line)
    if match is None:
        return "", datetime.fromtimestamp(0, UTC)
    name, moment, sign, hours, minutes = match.groups()
    try:
        zone = timezone((1 if sign == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes)))
        return name, datetime.fromtimestamp(int(moment), zone)
    except (ValueError, OverflowError, OSError):
        return name, datetime.fromtimestamp(0, UTC)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def file_name(name: bytes) -> str:
    """A file name of any bytes, as Python has them from the disk."""
    return name.decode("utf-8", "surrogateescape")
