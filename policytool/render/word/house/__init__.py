"""The house template as it lies in a Word file, unzipped, so that it can be read and compared."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree
from lxml.etree import _Element as Element


@cache
def house_xml(name: str) -> Element:
    """One part of the template, parsed. It is shared: copy it before changing it."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True, resolve_entities=False, no_network=True)
    return etree.fromstring(files(__name__).joinpath(name).read_bytes(), parser)


@cache
def house_bytes(name: str) -> bytes:
    """One part of the template as it goes into a package, without the comments and blanks that are for us."""
    return etree.tostring(house_xml(name), encoding="UTF-8", standalone=True)
