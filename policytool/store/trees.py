"""The files of a repository as they stood at a commit, symbolic links followed inside the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from policytool.model.diagnostic import Diagnostic
from policytool.model.unable import UnableError
from policytool.model.version import Commit
from policytool.store.assets import Asset
from policytool.store.files import LINKED_FOLDER, SETTINGS, SOURCE, SourceFile
from policytool.store.findings import SUBMODULE
from policytool.store.objects import Entry, GitObject, file_name, read_tree

_FOLDER, _LINK, _SUBMODULE = "40000", "120000", "160000"
_MOST_LINKS, _DEEPEST = 40, 100


class Trees:
    """What stands where at each commit.

    `read` gives what git keeps under a name. Places are paths in the repository; `prefix` is the place of the folder
    of the policies, "" or ending in a slash, to which the paths of sources are relative.
    """

    def __init__(self, read: Callable[[str], GitObject | None], prefix: str) -> None:
        self._read, self._prefix = read, prefix
        self._known: dict[str, dict[str, Entry]] = {}

    def file(self, commit: Commit, path: str) -> Entry | None:
        """The file that stands at a path, links followed; None where there is none, or it lies elsewhere."""
        place = self.place(commit, self._prefix + path)
        entry = self.entry(commit, place) if place and place.startswith(self._prefix) else None
        return entry if entry and entry.mode not in (_FOLDER, _LINK, _SUBMODULE) else None

    def settings(self, commit: Commit) -> bytes:
        """The settings as they were; nothing where there were none yet."""
        place = self.place(commit, self._prefix + SETTINGS)
        entry = self.entry(commit, place) if place else None
        return self.content(entry.hash) if entry and entry.mode not in (_FOLDER, _SUBMODULE) else b""

    def sources(self, commit: Commit) -> tuple[list[SourceFile], list[Diagnostic]]:
        """Every policy source as it was, as `files.sources` gives it from a checkout, and what only submodules hold."""
        found: list[SourceFile] = []
        diagnostics: list[Diagnostic] = []
        base = self.place(commit, self._prefix + SOURCE)
        todo = [(base, SOURCE)] if base else []
        while todo:
            place, shown = todo.pop()
            entry = self.entry(commit, place)
            if entry and entry.mode == _SUBMODULE:
                diagnostics.append(SUBMODULE.at(shown, None, "this folder is a submodule: its policies are not in it"))
            elif entry and entry.mode == _FOLDER and shown.count("/") < _DEEPEST:
                names = [name for name in self._tree(entry.hash) if not name.startswith(".")]
                todo += [(f"{place}/{name}", f"{shown}/{name}") for name in names]
            elif entry and entry.mode != _FOLDER and self._is_source(commit, place, entry):
                found += self._source(commit, place, shown)
        return sorted(found, key=lambda one: one.path.split("/")), diagnostics

    def assets(self, commit: Commit, path: str, most: int, endings: tuple[str, ...] = ()) -> list[Asset]:
        """The file at a path as it was; of a folder, the files in it with these endings, in order of name."""
        place = self.place(commit, self._prefix + path)
        if place is None or not f"{place}/".startswith(self._prefix):
            return [Asset(path, outside=True)]
        entry = self.entry(commit, place)
        if entry is None or entry.mode in (_LINK, _SUBMODULE):
            return [Asset(path, problem="no such file or directory")]
        if entry.mode != _FOLDER:
            content = self.content(entry.hash)
            return [Asset(path, is_large=True) if len(content) > most else Asset(path, content)]
        if not endings:
            return [Asset(path, problem="not a file")]
        names = sorted(name for name in self._tree(entry.hash) if name.lower().endswith(endings))
        return [each for name in names for each in self.assets(commit, f"{path.rstrip('/')}/{name}", most)]

    def _source(self, commit: Commit, place: str, shown: str) -> Iterator[SourceFile]:
        real = self.place(commit, place)
        stem = PurePosixPath(shown).stem
        if real is None or not real.startswith(self._prefix):
            yield SourceFile(shown, stem, b"", outside=True)
            return
        entry = self.entry(commit, real)
        if entry is None or entry.mode == _LINK:
            problem = "too many levels of symbolic links" if entry else "no such file or directory"
            yield SourceFile(shown, stem, b"", problem=problem)
        elif entry.mode == _FOLDER:
            yield SourceFile(shown, stem, b"", problem=LINKED_FOLDER)
        elif entry.mode != _SUBMODULE:
            yield SourceFile(shown, stem, self.content(entry.hash))

    def _is_source(self, commit: Commit, place: str, entry: Entry) -> bool:
        """Whether it is named as a source, or is a link to a folder; what lies outside is not known to git."""
        if place.endswith(".md") or entry.mode != _LINK:
            return place.endswith(".md")
        real = self.place(commit, place)
        led_to = self.entry(commit, real) if real else None
        return led_to is not None and led_to.mode == _FOLDER

    def place(self, commit: Commit, place: str) -> str | None:
        """Where a path leads when symbolic links are followed; None where it leaves the repository."""
        todo, done, links = place.split("/")[::-1], list[str](), 0
        while todo:
            part = todo.pop()
            entry = self.entry(commit, "/".join((*done, part)))
            if part == "..":
                if not done:
                    return None
                done.pop()
            elif entry and entry.mode == _LINK and links < _MOST_LINKS:
                links += 1
                target = file_name(self.content(entry.hash))
                if target.startswith("/"):
                    return None
                todo += target.split("/")[::-1]
            elif part not in ("", "."):
                done.append(part)
        return "/".join(done)

    def content(self, blob: str) -> bytes:
        """A file's bytes, 5 MB and one byte at most. Raises `UnableError` where the clone lacks them."""
        found = self._read(blob)
        if found is None or found.kind != "blob":
            raise UnableError(f"this clone lacks the content {blob[:7]}", "fetch it: `git fetch --refetch`")
        return found.content

    def entry(self, commit: Commit, place: str) -> Entry | None:
        """What stands at a path of a commit, links not followed."""
        folder, _, name = place.rpartition("/")
        if not folder:
            return self._tree(f"{commit.hash}^{{tree}}").get(name)
        entry = self.entry(commit, folder)
        return self._tree(entry.hash).get(name) if entry and entry.mode == _FOLDER else None

    def _tree(self, tree: str) -> dict[str, Entry]:
        if tree not in self._known:
            found = self._read(tree)
            if found is None or found.kind != "tree":
                raise UnableError(f"this clone lacks the folder {tree[:7]}", "fetch it: `git fetch --refetch`")
            self._known[tree] = dict(read_tree(found))
        return self._known[tree]
