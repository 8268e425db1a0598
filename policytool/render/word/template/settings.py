"""A template's settings -> ours, with those of its own that concern the look of a page.

What it says of protection, tracking, mail merge, attached templates and its past is left behind.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, W, child, root

# In the order of the schema (CT_Settings); of these the template's win.
_LOOK = (
    "mirrorMargins",
    "alignBordersAndEdges",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "evenAndOddHeaders",
    "clrSchemeMapping",
)
_ORDER = (
    *("zoom", "embedTrueTypeFonts", "saveSubsetFonts", "mirrorMargins", "alignBordersAndEdges"),
    *("bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation"),
    *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders"),
    *("characterSpacingControl", "footnotePr", "compat", "themeFontLang", "clrSchemeMapping"),
    *("decimalSymbol", "listSeparator"),
)
_PLACES = {W + name: place for place, name in enumerate(_ORDER)}


def settings_of(own: Element | None, *, even: bool = False, embedded: bool = False) -> bytes:
    """Our settings with the look of the template's. `even`: it has pages of two kinds; `embedded`: fonts are inside."""
    made = deepcopy(house_xml("settings.xml"))
    for name in _LOOK:
        found = None if own is None else own.find(W + name)
        if found is not None:
            for ours in made.findall(W + name):
                made.remove(ours)
            made.append(deepcopy(found))
    if embedded or (own is not None and own.find(W + "embedTrueTypeFonts") is not None):
        child(made, "embedTrueTypeFonts")
    ordered = root("settings")
    ordered.extend(sorted(made, key=lambda node: _PLACES[node.tag]))
    if not even:
        for node in ordered.findall(W + "evenAndOddHeaders"):
            ordered.remove(node)
    return etree.tostring(ordered, encoding="UTF-8", standalone=True)
