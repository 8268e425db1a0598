"""A Word file -> the files within it, held against what a hostile or damaged one may do."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from policytool.model.word_template import Relation
from policytool.parse.house.problem import Problem

MOST_FILES = 1_000
MOST_UNFOLDED = 40_000_000
_LOCKED = 0x1  # the flag of an entry that is encrypted
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OLD, _RICH, _ZIP = b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04"

SAVE = "open it in Word and save it as “Word Document (.docx)”"


class DamagedError(Exception):
    """A part that is not what it says. It is caught where the reading of a template begins."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The files within a Word file by their names from the root, and the content type of each."""

    files: Mapping[str, bytes]
    types: Mapping[str, str]

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What a part says of others; "" stands for the package itself."""
        folder, _, last = name.rpartition("/")
        content = self.files.get(f"{folder}/_rels/{last}.rels")
        return () if content is None else tuple(_relations(xml(content), folder or "/"))


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for node in root.iterfind(f"{_RELATIONS}Relationship"):
        key, kind, target = (node.get(name, "") for name in ("Id", "Type", "Target"))
        external = node.get("TargetMode") == "External"
        within = posixpath.normpath(posixpath.join(folder, unquote(target))) if not external else target
        yield Relation(key, kind, within, external)


def _all(_: str) -> bool:
    return True


def archive(content: bytes, wanted: Callable[[str], bool] = _all) -> Archive | Problem:
    """The files within that are wanted by their names, or why this is no Word file that can be read.

    Those that are not wanted are neither unfolded nor counted.
    """
    if content.startswith(_OLD):
        return Problem("it is locked with a password, or in the old format (.doc)", f"{SAVE}, without a password")
    if content.startswith(_RICH):
        return Problem("it is rich text (.rtf)", SAVE)
    if not content.startswith(_ZIP):
        return Problem("it is no Word file", SAVE)
    try:
        with ZipFile(BytesIO(content)) as opened:
            return _archive(opened, wanted)
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise DamagedError(str(error).lower()) from error


def _archive(opened: ZipFile, wanted: Callable[[str], bool]) -> Archive | Problem:
    entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]  # a name may be empty
    names = {f"/{entry.filename}".lower() for entry in entries}
    if any(entry.flag_bits & _LOCKED for entry in entries):
        return Problem("it is locked with a password", f"{SAVE}, without a password")
    kept = [entry for entry in entries if wanted(f"/{entry.filename}")]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in kept) > MOST_UNFOLDED:
        return Problem("it unfolds to more than a Word file can need", "take out large pictures, and save it anew")
    if len(names) < len(entries):
        raise DamagedError("two files within it have one name")
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in kept):
        raise DamagedError("a file within it is packed as Word never packs")
    if "/mimetype" in names and "/content.xml" in names:
        return Problem("it is an OpenDocument text", "save it as “Word 2010–365 Document (.docx)”")
    files = {f"/{entry.filename}": opened.read(entry) for entry in kept}  # never more than an entry said
    if "/[Content_Types].xml" not in files:
        return Problem("it is no Word file", SAVE)
    return Archive(files, _types(xml(files["/[Content_Types].xml"]), files))


def _types(root: Element, files: Mapping[str, bytes]) -> dict[str, str]:
    general = {node.get("Extension", "").lower(): node.get("ContentType", "") for node in root.iter(f"{_TYPES}Default")}
    special = {node.get("PartName", "").lower(): node.get("ContentType", "") for node in root.iter(f"{_TYPES}Override")}
    return {name: special.get(name.lower(), general.get(name.rpartition(".")[2].lower(), "")) for name in files}


def xml(content: bytes) -> Element:
    """A part, parsed: no entity is resolved, nothing is fetched, and none may define its own grammar."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(str(error).partition(",")[0].lower()) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("it defines a grammar of its own (DOCTYPE), which no Word file does")
    return root
