"""The records of a repository and the wordings they speak of: found, read, and added, never overwritten."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.unable import UnableError
from policytool.store.files import LINKED_FOLDER, MOST_BYTES, is_within, not_written, reason, target_of, write_beside
from policytool.store.findings import STRAY, UNREADABLE_RECORD

REVIEWS = "reviews"
_WORDING = "wording"
_ENDING, _WORDING_ENDING = ".yaml", ".md"
# What stands beside the folders of the policies, and is no record.
_BESIDE = ("README.md", "reminders.jsonl")
_OUTSIDE = "this link leads out of the repository"
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file below `reviews/`: its path from the root and its bytes, or what is wrong with it."""

    path: str
    content: bytes = b""
    wrong: Diagnostic | None = None


def record_files(root: Path) -> Iterator[RecordFile]:
    """Every record in order of path, and whatever stands among the records and is none; hidden files are passed over.

    At most 5 MB and one byte of a file are read. No link is followed out of the repository, and none to a folder.
    """
    found = _Folder(root)
    if found.outside:
        yield _unreadable(REVIEWS, _OUTSIDE)
        return
    for entry in found.entries(REVIEWS):
        path = f"{REVIEWS}/{entry.name}"
        if _is_followed(entry):
            yield from _of_policy(found, path)
        elif entry.name not in _BESIDE:
            yield found.misplaced(entry, path, f"a record stands in the folder of its policy: {REVIEWS}/<id>/")
    yield from found.unlisted


def _of_policy(found: _Folder, folder: str) -> Iterator[RecordFile]:
    """The records of one policy, and what stands beside them and among its wordings by mistake."""
    for entry in found.entries(folder):
        path = f"{folder}/{entry.name}"
        if entry.name == _WORDING and _is_followed(entry):
            yield from _strays(found, path)
        elif entry.name.endswith(_ENDING) and not _is_folder(entry):
            yield found.record(entry, path)
        elif entry.name != "README.md":
            yield found.misplaced(entry, path, "a record’s name is `<date>-<what>.yaml`")


def _strays(found: _Folder, folder: str) -> Iterator[RecordFile]:
    for entry in found.entries(folder):
        if _is_folder(entry) or not entry.name.endswith(_WORDING_ENDING):
            yield found.misplaced(entry, f"{folder}/{entry.name}", "only kept wordings stand here")


def path_of(folder: str, name: str) -> str:
    """Where a kept wording stands."""
    return f"{REVIEWS}/{folder}/{_WORDING}/{name}"


def folder_of(path: str) -> str:
    """The policy in whose folder a record or wording stands; "" for what stands in none."""
    folder, _, rest = path.removeprefix(f"{REVIEWS}/").partition("/")
    return folder if rest and path.startswith(f"{REVIEWS}/") else ""


def wordings(root: Path) -> Mapping[str, Sequence[str]]:
    """The names of the kept wordings by the policy in whose folder they stand, both in order."""
    found = _Folder(root)
    if found.outside:
        return {}
    policies = [entry.name for entry in found.entries(REVIEWS) if _is_followed(entry)]
    kept = {policy: _wordings(found, policy) for policy in policies}
    return {policy: names for policy, names in kept.items() if names}


def _wordings(found: _Folder, policy: str) -> Sequence[str]:
    folder = f"{REVIEWS}/{policy}"
    for entry in found.entries(folder):
        if entry.name == _WORDING and _is_followed(entry):
            inside = found.entries(f"{folder}/{_WORDING}")
            return [one.name for one in inside if one.name.endswith(_WORDING_ENDING) and not _is_folder(one)]
    return []


def read_wordings(root: Path) -> dict[str, bytes]:
    """Every kept wording by its path, as `read_wording` gives it; nothing for one that cannot be read."""
    found = _Folder(root)
    if found.outside:
        return {}
    folders = (entry.name for entry in found.entries(REVIEWS) if _is_followed(entry))
    return {path: content for folder in folders for path, content in _read_wordings(found, root, folder)}


def begin_to_read_wordings(root: Path) -> Callable[[], dict[str, bytes]]:
    """Begin to read every kept wording, while other things are done; what is given back waits for them."""
    from concurrent.futures import ThreadPoolExecutor  # 10 ms that most commands do not need

    pool = ThreadPoolExecutor(1)
    begun = pool.submit(read_wordings, root)
    pool.shutdown(wait=False)
    return begun.result


def _read_wordings(found: _Folder, root: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    for entry in found.entries(f"{REVIEWS}/{folder}"):
        if entry.name != _WORDING or not _is_followed(entry):
            continue
        for one in found.entries(f"{REVIEWS}/{folder}/{_WORDING}"):
            if one.name.endswith(_WORDING_ENDING) and not _is_folder(one):
                yield path_of(folder, one.name), _wording(one, root, folder)


def _wording(entry: os.DirEntry[str], root: Path, folder: str) -> bytes:
    """The bytes of a wording: only where it is a link must it be asked where that leads."""
    if entry.is_symlink():
        return read_wording(root, folder, entry.name) or b""
    try:
        return _content(entry.path) if entry.is_file() else b""
    except OSError:
        return b""


def read_wording(root: Path, policy: str, name: str) -> bytes | None:
    """A kept wording, 5 MB and one byte at most; None where it is not there, or cannot be read from the repository."""
    path = str(root / REVIEWS / policy / _WORDING / name)
    if not is_within(os.path.realpath(path), os.path.realpath(root)) or not os.path.isfile(path):  # noqa: PTH113
        return None
    try:
        return _content(path)
    except OSError:
        return None


def free_name(root: Path, policy: str, stem: str) -> str:
    """A name that no record of the policy has yet: the stem, or the stem and `.2`, `.3`, and so on."""
    name, number = stem, 1
    while os.path.lexists(root / REVIEWS / policy / f"{name}{_ENDING}"):
        number += 1
        name = f"{stem}.{number}"
    return name


def write_new(root: Path, artifacts: Iterable[Artifact]) -> list[Path]:
    """Add files below a folder, all or none, wordings first; where one of the names is taken, nothing is written.

    Who is killed on the way leaves at most a wording without its record, which harms nobody, and never half a file.
    Raises `UnableError` where a name is taken, or the disk refuses.
    """
    ordered = sorted(artifacts, key=lambda one: f"/{_WORDING}/" not in one.path)
    written: list[tuple[str, Path]] = []
    try:
        for target, content in [(target_of(root, one), one.content) for one in ordered]:
            with _told(target):
                written.append((write_beside(target, content), target))
        for beside, target in written:
            with _told(target):
                _place(beside, target)
    except BaseException:
        for beside, target in reversed(written):
            _take_back(beside, target)
        raise
    finally:
        for beside, _ in written:
            _remove(beside)
    return [target for _, target in written]


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(target, error) from error


def _place(beside: str, target: Path) -> None:
    """Give a file its name in one step, unless the name is taken."""
    try:
        os.link(beside, target)  # unlike a rename, it never overwrites
    except OSError as error:
        if os.path.lexists(target):
            raise UnableError(f"{target} is there already", "what is recorded is never overwritten") from error
        # A file system without hard links, as on a memory stick: two who write at once are not kept apart there.
        os.rename(beside, target)  # noqa: PTH104


def _take_back(beside: str, target: Path) -> None:
    """Remove a file that was put in place, and no other of that name."""
    with contextlib.suppress(OSError):
        if not os.path.lexists(beside) or os.path.samefile(beside, target):  # noqa: PTH121
            _remove(str(target))


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108


class _Folder:
    """The folder of the records. What a listing tells of a file is believed, without a look at the file itself."""

    def __init__(self, root: Path) -> None:
        self._root, self._real = str(root), os.path.realpath(root)
        self.outside = not is_within(os.path.realpath(root / REVIEWS), self._real)
        self.unlisted: list[RecordFile] = []

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """What stands in a folder, in order, hidden files passed over; nothing, with a note, where it is not given."""
        try:
            with os.scandir(f"{self._root}/{folder}") as listed:
                return sorted((one for one in listed if not one.name.startswith(".")), key=lambda one: one.name)
        except FileNotFoundError:
            return []
        except OSError as error:
            self.unlisted.append(_unreadable(folder, f"cannot list this folder: {reason(error)}"))
            return []

    def record(self, entry: os.DirEntry[str], path: str) -> RecordFile:
        """A record's bytes, or why there are none."""
        if self._leads_out(entry):
            return _unreadable(path, _OUTSIDE)
        try:
            if entry.is_file():
                return RecordFile(path, _content(entry.path))
            entry.stat()  # why a link leads nowhere
        except OSError as error:
            return _unreadable(path, f"cannot read this file: {reason(error)}")
        return _unreadable(path, "cannot read this file: it is neither a file nor a folder")

    def misplaced(self, entry: os.DirEntry[str], path: str, advice: str) -> RecordFile:
        """What is no record where it stands. A link to a folder may lead to records, which are then missing."""
        if self._leads_out(entry):
            return _unreadable(path, _OUTSIDE)
        if entry.is_symlink() and _is_folder(entry):
            return _unreadable(path, LINKED_FOLDER)
        what = "folder" if _is_folder(entry) else "file"
        return RecordFile(path, wrong=STRAY.at(path, None, f"this {what} does not belong here", advice))

    def _leads_out(self, entry: os.DirEntry[str]) -> bool:
        return entry.is_symlink() and not is_within(os.path.realpath(entry.path), self._real)


def _is_followed(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, and no link to one."""
    return entry.is_dir(follow_symlinks=False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A link that leads round in a circle makes `entry.is_dir()` raise.
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()  # noqa: PTH112


def _unreadable(path: str, why: str) -> RecordFile:
    return RecordFile(path, wrong=UNREADABLE_RECORD.at(path, None, why))


def _content(path: str) -> bytes:
    """A file's bytes, 5 MB and one byte at most; most are short, and there may be very many."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = chunk = os.read(handle, _CHUNK)
        while len(chunk) >= _CHUNK and len(content) < MOST_BYTES:  # a shorter one is the last
            chunk = os.read(handle, MOST_BYTES - len(content))
            content += chunk
    finally:
        os.close(handle)
    return content
