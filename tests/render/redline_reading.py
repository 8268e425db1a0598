"""A Word file with tracked changes -> the file with all of them accepted, or all rejected.

Written from ECMA-376 part 1, 17.13.5, and not from the renderer, so that the two can be held against each other. What
is left is told in a form in which two files that say the same are equal: `told`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from lxml import etree

from tests.word_numbers import Element, W, attribute, part, printed_paragraphs

PARTS = ("document", "footnotes")
CHANGES = ("ins", "del", "moveFrom", "moveTo")
RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
PROPERTY_CHANGES = ("pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORDS = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
_REFERENCE = re.compile(r"(REF|NOTEREF) (\S+)")


def accepted(docx: bytes) -> bytes:
    """The file after "accept all changes"."""
    return _settled(docx, gone=("del", "moveFrom"), stays=("ins", "moveTo"), restore=False)


def rejected(docx: bytes) -> bytes:
    """The file after "reject all changes"."""
    return _settled(docx, gone=("ins", "moveTo"), stays=("del", "moveFrom"), restore=True)


def tracked(docx: bytes) -> list[str]:
    """The kind of each tracked change in the file."""
    names = {W + name: name for name in (*CHANGES, *PROPERTY_CHANGES)}
    with ZipFile(BytesIO(docx)) as archive:
        texts = [name for name in PARTS if f"word/{name}.xml" in archive.namelist()]
    return [names[str(node.tag)] for name in texts for node in part(docx, name).iter(*names)]


def _settled(docx: bytes, *, gone: tuple[str, ...], stays: tuple[str, ...], restore: bool) -> bytes:
    written = BytesIO()
    with ZipFile(BytesIO(docx)) as archive, ZipFile(written, "w") as settled:
        for entry in archive.namelist():
            content = archive.read(entry)
            if entry in {f"word/{name}.xml" for name in PARTS}:
                root = etree.fromstring(content)
                _settle(root, gone, stays, restore=restore)
                content = etree.tostring(root)
            settled.writestr(entry, content)
    return written.getvalue()


def _settle(root: Element, gone: tuple[str, ...], stays: tuple[str, ...], *, restore: bool) -> None:
    _settle_properties(root, restore=restore)
    _settle_rows(root, gone)
    joined = [node for node in root.iter(W + "p") if _mark(node, gone)]
    for name in gone:
        for node in [*root.iter(W + name)]:
            if not _is_mark(node):
                _remove(node)
    for node in [*root.iter(*(W + name for name in stays))]:
        if not _is_mark(node):
            _unwrap(node)
    _remove_empty_links(root)
    for paragraph in joined:
        _join_with_next(paragraph)
    for node in [*root.iter(*(W + name for name in (*CHANGES, *RANGES)))]:
        _remove(node)
    for node in root.iter(*_WORDS):
        node.tag = _WORDS[str(node.tag)]


def _remove_empty_links(root: Element) -> None:
    for link in [*root.iter(W + "hyperlink")]:
        if len(link) == 0:
            _remove(link)


def _settle_properties(root: Element, *, restore: bool) -> None:
    """17.13.5.29, .31, .34, .36: the properties as they were stand whole in the change."""
    for node in [*root.iter(*(W + name for name in PROPERTY_CHANGES))]:
        now = node.getparent()
        assert now is not None
        [was] = node
        marks = [deepcopy(each) for each in now if each.tag == W + "rPr"] if now.tag == W + "pPr" else []
        _remove(node)
        if restore:
            assert was.tag == now.tag
            now[:] = [*was, *marks]


def _settle_rows(root: Element, gone: tuple[str, ...]) -> None:
    for row in [*root.iter(W + "tr")]:
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            _remove(row)
    for table in [*root.iter(W + "tbl")]:
        if table.find(W + "tr") is None:
            _remove(table)


def _mark(paragraph: Element, names: tuple[str, ...]) -> bool:
    """Whether the end of the paragraph is tracked as one of these."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in names)


def _is_mark(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag in (W + "rPr", W + "trPr")


def _join_with_next(paragraph: Element) -> None:
    """17.13.5.15: the contents are combined with the following paragraph, whose end, and properties, are left."""
    after = paragraph.getnext()
    while after is not None and after.tag != W + "p":
        assert after.tag != W + "tbl" or not _content(paragraph), "words cannot be combined with a table"
        after = after.getnext()
    if after is None:
        return  # the last end of a text cannot be taken away
    after[1:1] = _content(paragraph, with_marks=True)
    _remove(paragraph)


def _content(paragraph: Element, *, with_marks: bool = False) -> list[Element]:
    marks = () if with_marks else ("bookmarkStart", "bookmarkEnd", *RANGES)
    return [node for node in paragraph if node.tag not in [W + each for each in ("pPr", *marks)]]


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    assert parent is not None
    index = parent.index(node)
    parent[index : index + 1] = [*node]


# What a file says


def counted(docx: bytes) -> list[tuple[str, str]]:
    """The number that Word prints before each paragraph, and its words without what fields have cached."""
    written = BytesIO()
    with ZipFile(BytesIO(docx)) as archive, ZipFile(written, "w") as plain:
        for entry in archive.namelist():
            content = archive.read(entry)
            if entry == "word/document.xml":
                root = etree.fromstring(content)
                _empty_fields(root)
                content = etree.tostring(root)
            plain.writestr(entry, content)
    return printed_paragraphs(written.getvalue())


def _empty_fields(root: Element) -> None:
    inside = False
    for node in [*root.iter(W + "fldChar", W + "t")]:
        if node.tag == W + "fldChar":
            inside = attribute(node, "fldCharType") != "end"
        elif inside:
            _remove(node)


def told(docx: bytes) -> list[str]:
    """A file's text, paragraph by paragraph and cell by cell, its footnotes in the order in which they are cited.

    Left out is what a reader computes: ids and names, cached results of fields, and the contents list. A reference is
    told by the place in the text that it leads to.
    """
    return _Telling(docx).all()


class _Telling:
    def __init__(self, docx: bytes) -> None:
        self._document, self._footnotes = part(docx, "document"), part(docx, "footnotes")
        numbering = part(docx, "numbering")
        self._lists = {attribute(node, "numId"): node for node in numbering.iterfind(W + "num")}
        document = Document(BytesIO(docx)).part
        notes = next(rel.target_part for rel in document.rels.values() if rel.reltype.endswith("/footnotes"))
        self._addresses = [
            {key: rel.target_ref for key, rel in owner.rels.items() if rel.is_external} for owner in (document, notes)
        ]
        self._cited = [attribute(node, "id") for node in self._document.iter(W + "footnoteReference")]
        assert len(self._cited) == len(set(self._cited)), "a footnote is cited twice"
        self._places = self._find_places()

    def _find_places(self) -> dict[str, str]:
        places: dict[str, str] = {}
        for index, node in enumerate(self._text()):
            for mark in node.iterfind(W + "bookmarkStart") if node.tag == W + "p" else ():
                cited = mark.getnext()
                note = None if cited is None else cited.find(W + "footnoteReference")
                name = attribute(mark, "name")
                assert name not in places, "two bookmarks of one name"
                places[name] = f"p{index}" if note is None else f"note{self._cited.index(attribute(note, 'id'))}"
        for mark in self._document.iter(W + "bookmarkStart"):
            places.setdefault(attribute(mark, "name"), self._place_before(mark))
        return places

    def _place_before(self, mark: Element) -> str:
        after = mark.getnext()
        while after is not None and after.tag not in (W + "p", W + "tbl"):
            after = after.getnext()
        return "end" if after is None else f"before {self._text().index(after)}"

    def _text(self) -> list[Element]:
        """The paragraphs and tables, without the contents list."""
        listed = set(self._document.iterfind(f".//{W}sdt//{W}p"))
        return [node for node in self._document.iter(W + "p", W + "tbl") if node not in listed]

    def all(self) -> list[str]:
        body = self._document.find(W + "body")
        assert body is not None
        found = [*self._told(body, self._addresses[0])]
        notes = {attribute(note, "id"): note for note in self._footnotes}
        for key in self._cited:
            found += ["footnote", *self._told(notes[key], self._addresses[1])]
        return found

    def _told(self, parent: Element, addresses: dict[str, str]) -> Iterator[str]:
        for node in parent:
            if node.tag == W + "p":
                yield self._paragraph(node, addresses)
            elif node.tag == W + "tbl":
                yield from self._table(node, addresses)
            elif node.tag == W + "sectPr":
                yield re.sub(r' r:id="\w+"', "", etree.tostring(node).decode())
            else:
                assert node.tag in (W + "sdt", W + "tcPr", W + "bookmarkStart", W + "bookmarkEnd"), node.tag

    def _table(self, table: Element, addresses: dict[str, str]) -> Iterator[str]:
        yield "".join(_written(node) for node in table if node.tag != W + "tr")
        for row in table.iterfind(W + "tr"):
            yield "row" + "".join(_written(node) for node in row if node.tag != W + "tc")
            for cell in row.iterfind(W + "tc"):
                yield "cell" + _written(cell[0])
                yield from self._told(cell, addresses)

    def _paragraph(self, paragraph: Element, addresses: dict[str, str]) -> str:
        properties = deepcopy(paragraph[0])
        for empty in [*properties.iterfind(W + "rPr")]:
            assert len(empty) == 0
            properties.remove(empty)
        listed = properties.find(f"{W}numPr/{W}numId")
        if listed is not None and int(attribute(listed, "val")) > 4:
            inner = "".join(_written(node) for node in self._lists[attribute(listed, "val")])
            listed.set(W + "val", inner)
        return _written(properties) + "".join(_joined([*self._runs(paragraph, addresses, "")]))

    def _runs(self, parent: Element, addresses: dict[str, str], link: str) -> Iterator[tuple[str, str]]:
        """The look and the words of each run."""
        depth = 0
        for node in parent:
            if node.tag == W + "hyperlink":
                where = addresses.get(node.get(_R, ""), "") + self._places.get(node.get(W + "anchor", ""), "")
                yield from self._runs(node, addresses, f"[{where} {node.get(W + 'tooltip')}]")
            elif node.tag == W + "r":
                properties = node.find(W + "rPr")
                look = link + ("" if properties is None or not len(properties) else _written(properties))
                for inner in node:
                    if inner.tag == W + "fldChar":
                        depth += {"begin": 1, "separate": 1, "end": -2}[attribute(inner, "fldCharType")]
                        yield look, f"<{attribute(inner, 'fldCharType')}>"
                    elif inner.tag != W + "rPr" and depth < 2:
                        yield look, self._said(inner)
            else:
                assert node.tag in (W + "pPr", W + "bookmarkStart", W + "bookmarkEnd"), node.tag

    def _said(self, node: Element) -> str:
        if node.tag == W + "t":
            return node.text or ""
        if node.tag == W + "instrText":
            return _REFERENCE.sub(lambda found: f"{found[1]} {self._places[found[2]]}", node.text or "")
        if node.tag == W + "footnoteReference":
            return f"<note {self._cited.index(attribute(node, 'id'))}>"
        return f"<{etree.QName(node).localname}>"


def _joined(runs: list[tuple[str, str]]) -> Iterator[str]:
    """Neighbouring runs of one look as one."""
    before = None
    for look, words in runs:
        if words:
            yield words if look == before else f"{{{look}}}{words}"
            before = look


def _written(node: Element) -> str:
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(node, with_tail=False).decode())
