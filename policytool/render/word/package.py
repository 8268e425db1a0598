"""Parts -> a Word file, the same bytes for the same parts: python-docx's package without its clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, NAMESPACE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from lxml import etree

from policytool.model.word_template import Relation, TemplatePart
from policytool.render.edition import DRAFT, Edition
from policytool.render.word.carried import store_properties
from policytool.render.word.markup import Element, clean

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
_UNIX = 3
_LONGEST_PROPERTY = 255
_KINDS = {
    "document": (CONTENT_TYPE.WML_DOCUMENT_MAIN, RELATIONSHIP_TYPE.OFFICE_DOCUMENT),
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "theme": (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


class WordPackage:
    """A Word file while it is put together, its main part first."""

    def __init__(self, document: Element, edition: Edition, remark: str = "") -> None:
        self._package = OpcPackage()
        self._laid: dict[str, Part] = {}
        self.document = _part("document", document)
        self._package.relate_to(self.document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._package.relate_to(_properties(edition, remark), RELATIONSHIP_TYPE.CORE_PROPERTIES)

    def add(self, kind: str, content: Element | bytes, name: str = "") -> tuple[Part, str]:
        """A part that belongs to the main one, and the id of the relationship between them.

        `name` tells apart the parts of one kind.
        """
        part = _part(kind, content, name)
        return part, self.document.relate_to(part, _KINDS[kind][1])

    def carry(self, properties: bytes, store: bytes) -> None:
        """Document properties of our own, and a part of custom XML."""
        named = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, properties)
        self._package.relate_to(named, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        held = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, store)
        self.document.relate_to(held, RELATIONSHIP_TYPE.CUSTOM_XML)
        known = Part(PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, store_properties())
        held.relate_to(known, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)

    def lay(self, owner: Part, kind: str, path: str, content_type: str, content: bytes) -> str:
        """A file that belongs to a part, such as a picture; the id of the relationship between them."""
        name = PackURI(f"/word/{path}")
        part = self._laid.setdefault(str(name), Part(name, content_type, content))
        return owner.relate_to(part, kind)

    def relate(self, part: Part, relations: Iterable[Relation], parts: Mapping[str, TemplatePart]) -> None:
        """Give a part that comes from a template its relationships, under the ids it knows, and what they lead to."""
        for one in relations:
            if one.external:
                part.load_rel(one.kind, one.target, one.key, is_external=True)
            else:
                part.load_rel(one.kind, self._taken(parts[one.target]), one.key)

    def _taken(self, own: TemplatePart) -> Part:
        name = PackURI(f"/word/template{own.name.removeprefix('/word')}")
        return self._laid.setdefault(str(name), Part(name, own.content_type, own.content))

    def content(self) -> bytes:
        """The file."""
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as archive:
            for name, content in self._entries():
                entry = ZipInfo(name, _EPOCH)
                entry.create_system = _UNIX  # else it is that of the machine
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, content)
        return written.getvalue()

    def _entries(self) -> Iterator[tuple[str, bytes | str]]:
        parts = self._package.parts
        yield "[Content_Types].xml", _content_types(parts)
        yield "_rels/.rels", self._package.rels.xml
        for part in parts:
            yield part.partname.membername, part.blob
            if part.rels:
                yield part.partname.rels_uri.membername, part.rels.xml


def _part(kind: str, content: Element | bytes, name: str = "") -> Part:
    path, content_type = PackURI(f"/word/{kind}{name.capitalize()}.xml"), _KINDS[kind][0]
    if isinstance(content, bytes):
        return Part(path, content_type, content)
    return XmlPart(path, content_type, cast("BaseOxmlElement", content), cast("Package", None))


def _content_types(parts: list[Part]) -> bytes:
    types = etree.Element("Types", xmlns=NAMESPACE.OPC_CONTENT_TYPES)
    etree.SubElement(types, "Default", Extension="rels", ContentType=CONTENT_TYPE.OPC_RELATIONSHIPS)
    etree.SubElement(types, "Default", Extension="xml", ContentType=CONTENT_TYPE.XML)
    for part in parts:
        etree.SubElement(types, "Override", PartName=part.partname, ContentType=part.content_type)
    return etree.tostring(types, encoding="UTF-8", standalone=True)


def _properties(edition: Edition, remark: str) -> Part:
    element = CT_CoreProperties.new()
    properties = CoreProperties(element)
    properties.title = clean(edition.title)[:_LONGEST_PROPERTY]
    properties.subject = clean(edition.policy.kind)[:_LONGEST_PROPERTY]
    properties.author = clean(edition.organisation)[:_LONGEST_PROPERTY]
    properties.language = "en-GB"
    if remark:
        properties.comments = clean(remark)[:_LONGEST_PROPERTY]
    if edition.draft:
        properties.content_status = DRAFT.capitalize()
    name = PackURI("/docProps/core.xml")
    return CorePropertiesPart(name, CONTENT_TYPE.OPC_CORE_PROPERTIES, element, cast("Package", None))
