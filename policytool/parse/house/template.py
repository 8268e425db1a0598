"""The bytes of a Word file -> what others take over from it: styles, lists, headers, footers, margins.

Office Open XML, transitional (ISO/IEC 29500-4), as .docx or .dotx. Its words are left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element as Element

from policytool.model.word_template import PageKind, PagePart, Relation, TemplatePart, WordTemplate
from policytool.parse.house.archive import SAVE, Archive, DamagedError, archive, xml
from policytool.parse.house.problem import Problem

MOST_BYTES = 5_000_000
NARROWEST = 5103  # 9 cm, in twentieths of a point: nested clauses still have room for a few words a line
_WIDTH = 9298  # of our own page, for a template that says nothing
_MOST_STYLES = 5_000
_MOST_LISTS = 2_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = (f"{_WORD}document.main+xml", f"{_WORD}template.main+xml")
_SINGLE = {name: name for name in ("styles", "theme", "numbering", "settings", "fontTable")}
_FURNITURE = ("header", "footer")
_KEPT = ("image", "font")  # what headers, footers, lists and the table of fonts may point at
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_ON, _PAGES = ("1", "true", "on"), ("default", "first", "even")


@lru_cache(maxsize=2)  # every version of a repository has the same one, most often
def template(content: bytes) -> tuple[WordTemplate | None, tuple[Problem, ...]]:
    """A template, with what of it is left behind and might be missed; or why the file cannot be one."""
    try:
        opened = archive(content)
        made = opened if isinstance(opened, Problem) else _template(opened)
    except DamagedError as error:
        made = Problem(f"it is damaged: {error}", SAVE)
    return (None, (made,)) if isinstance(made, Problem) else made


def _template(opened: Archive) -> tuple[WordTemplate, tuple[Problem, ...]] | Problem:
    relations = {one.kind: one.target for one in opened.relations("") if not one.external}
    main = relations.get(f"{_KINDS}officeDocument", "")
    if refused := _refused(opened, relations, main):
        return refused
    document = xml(opened.files[main])
    body = document.find(f"{_W}body")
    if document.tag != f"{_W}document" or body is None:
        raise DamagedError("its main part is no document")
    section = next(reversed(list(body.iterfind(f"{_W}sectPr"))), None)
    width = _text_width(section)
    if width < NARROWEST:
        shown = f"{max(width, 0) / 567:.1f}"
        return Problem(f"its text would be {shown} cm wide, and nested clauses need 9", "make its margins smaller")
    single = _single(opened, main)
    if unfit := _unfit(opened, single):
        return unfit
    page = tuple(_page(opened, main, body))
    wanted = [*single.values(), *(one.name for one in page)]
    kept = WordTemplate(_bare(section), width, page, tuple(single.items()), tuple(_parts(opened, wanted)))
    return kept, tuple(_left_behind(opened, body, wanted))


def _refused(opened: Archive, relations: dict[str, str], main: str) -> Problem | None:
    """Why a package is no template, told before anything in it is read."""
    if f"{_STRICT}officeDocument" in relations:
        return Problem("it is saved as “Strict Open XML”, which few programs read", SAVE)
    if main not in opened.files:
        return Problem("it has no main document", SAVE)
    macros = any("vba" in kind.lower() or "macroenabled" in kind.lower() for kind in opened.types.values())
    if macros or any(name.lower().endswith("vbaproject.bin") for name in opened.files):
        return Problem("it holds macros, which would run on every reader’s machine", SAVE)
    if opened.types[main] not in _MAIN:
        return Problem("it is an Office file of another kind", SAVE)
    return None


def _unfit(opened: Archive, single: dict[str, str]) -> Problem | None:
    """Why a document cannot carry our numbering."""
    settings = xml(opened.files[single["settings"]]) if "settings" in single else None
    locked = None if settings is None else settings.find(f"{_W}documentProtection")
    if locked is not None and locked.get(f"{_W}enforcement", "0") in _ON:
        advice = "stop the protection (Review, Restrict Editing) and save it"
        return Problem(
            "it is protected against editing: Word would bring neither numbers nor references up to date", advice
        )
    for name, node, most in (("styles", "style", _MOST_STYLES), ("numbering", "num", _MOST_LISTS)):
        if name in single and sum(1 for _ in xml(opened.files[single[name]]).iterfind(_W + node)) > most:
            what = "styles" if name == "styles" else "lists, and Word has no room for ours"
            return Problem(
                f"it has more than {most} {what}", "begin from a fresh document, and copy the header into it"
            )
    return None


def _single(opened: Archive, main: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in opened.relations(main):
        name = one.kind.removeprefix(_KINDS)
        if name in _SINGLE and not one.external and one.target in opened.files:
            found.setdefault(name, one.target)
    return found


def _page(opened: Archive, main: str, body: Element) -> Iterator[PagePart]:
    """The headers and footers of the last section: those that it does not name are those of the one before."""
    targets = {one.key: one.target for one in opened.relations(main) if not one.external}
    found: dict[tuple[str, str], str] = {}
    for section in body.iter(f"{_W}sectPr"):
        for what in _FURNITURE:
            for node in section.iterfind(f"{_W}{what}Reference"):
                found[what, node.get(f"{_W}type", "default")] = targets.get(node.get(f"{_R}id", ""), "")
    for what in _FURNITURE:
        for pages in _PAGES:
            if (name := found.get((what, pages), "")) in opened.files:
                kind: PageKind = "first" if pages == "first" else "even" if pages == "even" else "default"
                yield PagePart("header" if what == "header" else "footer", kind, name)


def _parts(opened: Archive, wanted: Iterable[str]) -> Iterator[TemplatePart]:
    """These parts, and all that they need."""
    todo, done = [*wanted], set[str]()
    while todo:
        name = todo.pop(0)
        if name in done:
            continue
        done.add(name)
        relations = tuple(one for one in opened.relations(name) if _is_kept(opened, one))
        todo += [one.target for one in relations if not one.external]
        yield TemplatePart(name, opened.types[name], _checked(opened, name), relations)


def _checked(opened: Archive, name: str) -> bytes:
    """A part's bytes; one of XML must be well-formed."""
    if opened.types[name].endswith("xml"):
        xml(opened.files[name])
    return opened.files[name]


def _is_kept(opened: Archive, one: Relation) -> bool:
    """Whether a relation is taken over: pictures and fonts in the file, and links to the web. Nothing is fetched."""
    name = one.kind.removeprefix(_KINDS)
    if one.external:
        return name == "hyperlink" and one.target.startswith(("https://", "http://", "mailto:"))
    return name in _KEPT and one.target in opened.files


def _left_behind(opened: Archive, body: Element, wanted: Iterable[str]) -> Iterator[Problem]:
    """What a school may miss in its documents, though they are made."""
    if next(body.iter(*_PICTURES), None) is not None:
        yield Problem("a picture stands in its text, which is not taken over", "put it into the header")
    for name in wanted:
        for one in opened.relations(name):
            if one.kind == f"{_KINDS}image" and one.external:
                yield Problem("a picture in its header or footer is only linked to, and is left out", "embed it")


def _bare(section: Element | None) -> bytes:
    """The section without what points at other parts."""
    if section is None:
        return b""
    kept = deepcopy(section)
    for node in [*kept]:
        if any(str(key).startswith(_R) for key in node.attrib):
            kept.remove(node)
    return etree.tostring(kept, encoding="UTF-8", with_tail=False)


def _text_width(section: Element | None) -> int:
    """The width between the margins, in twentieths of a point."""
    size = None if section is None else section.find(f"{_W}pgSz")
    margins = None if section is None else section.find(f"{_W}pgMar")
    if size is None or margins is None:
        return _WIDTH
    width, *lost = (size.get(f"{_W}w"), *(margins.get(_W + side, "0") for side in ("left", "right", "gutter")))
    try:
        return int(width or "") - sum(map(int, lost))
    except ValueError:
        return _WIDTH
