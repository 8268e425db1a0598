"""A template's styles -> the same with our ids, with ours added where there is none of that name.

Styles are known by their names, which Word writes in English whatever its language: a German Word calls "heading 1" by
the id `berschrift1`. Ours take the name and our id; a stranger that has our id gets another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from policytool.render.word.colours import coloured
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, W, child, root
from policytool.render.word.template.lists import Lists

_STYLE, _NAME, _ID, _VALUE = W + "style", W + "name", W + "styleId", W + "val"
_POINTERS = tuple(
    W + name
    for name in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink"),
        *("clickAndTypeStyle", "defaultTableStyle"),
    )
)
_BODY_TEXT, _SPACED = "BodyText", "PolicyText"
_SPACE_AFTER = "120"
_CARRIED = ("Clause", "Item", "Quote", "ListBullet")  # ours that stand among plain paragraphs
_CONTENTS = (("TOC1", 567, 1588), ("TOC2", 1247))  # and where a tab leads to after a number, or "Appendix A"
_HOUSE_SIZE, _APPENDIX_HANG = 28, 1701  # of our own first heading, in half points; of the room for "Appendix A"
_DEEPEST = 50  # styles one upon another; a chain that is longer goes round in a circle
# The schema's order of what may stand in `w:pPr` before `w:numPr`, and before `w:ind`.
_BEFORE_NUMBER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_BEFORE_INDENT = (
    *(*_BEFORE_NUMBER, "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku"),
    *("wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing"),
)
_BEFORE_TABS = (*_BEFORE_NUMBER, "numPr", "suppressLineNumbers", "pBdr", "shd")
_BEFORE_OUTLINE = (
    *(*_BEFORE_INDENT, "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *("textDirection", "textAlignment", "textboxTightWrap"),
)
# What may stand in `w:style` before `w:pPr`.
_BEFORE_PARAGRAPH = (
    *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden"),
    *("unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid"),
)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of documents made with a template. `ids` are the template's that go by another id now."""

    content: bytes
    ids: Mapping[str, str]
    text: str
    header_tabs: tuple[str, ...]

    @classmethod
    def of(cls, own: Element | None, lists: Lists, colour: str) -> Styles:
        """From a template's styles; its lists lose the headings that count in ours."""
        made = root("styles") if own is None else deepcopy(own)
        ours = {style.get(_ID, ""): style for style in _ours(colour)}
        ids = _new_ids(made, ours)
        _rename(made, ids)
        if lists.root is not None:
            _rename(lists.root, ids)
        Lists.renumber(made)
        merging = _Merging(made, ours)
        merging.add()
        text = merging.plain_text()
        merging.count()
        merging.make_room()
        lists.let_go(frozenset(merging.counted))
        tabs = tuple(merging.tabs("Header"))
        return cls(etree.tostring(made, encoding="UTF-8", standalone=True), ids, text, tabs)

    def give_ids(self, part: Element) -> None:
        """Let a header or footer of the template find its styles again."""
        _rename(part, self.ids)


def _ours(colour: str) -> Iterator[Element]:
    yield from etree.fromstring(coloured("styles.xml", colour)).iterfind(_STYLE)


def _key(style: Element) -> tuple[str, str]:
    name = style.find(_NAME)
    return style.get(W + "type", "paragraph"), "" if name is None else name.get(_VALUE, "").strip().lower()


def _new_ids(made: Element, ours: Mapping[str, Element]) -> dict[str, str]:
    """The template's ids that change: to ours for a style of the same name, away from ours for any other."""
    wanted = {_key(style): name for name, style in ours.items()}
    wanted |= {("paragraph", "body text"): _BODY_TEXT}
    own = {style.get(_ID, ""): style for style in made.iterfind(_STYLE)}
    ids = {name: wanted[_key(style)] for name, style in own.items() if _key(style) in wanted}
    if "Normal" not in ids.values():
        ids |= {name: "Normal" for name, style in own.items() if _is_default(style)}
    reserved = {*ours, _BODY_TEXT, _SPACED}
    taken = reserved | own.keys()
    for name in own:
        if name in reserved and name not in ids:
            ids[name] = next(free for count in range(1, len(taken) + 2) if (free := f"{name}Own{count}") not in taken)
            taken.add(ids[name])
    return {old: new for old, new in ids.items() if old != new}


def _is_default(style: Element) -> bool:
    return _key(style)[0] == "paragraph" and style.get(W + "default") in ("1", "true", "on")


def _rename(part: Element, ids: Mapping[str, str]) -> None:
    for style in part.iterfind(_STYLE):
        style.set(_ID, ids.get(style.get(_ID, ""), style.get(_ID, "")))
    for node in part.iter(*_POINTERS):
        node.set(_VALUE, ids.get(node.get(_VALUE, ""), node.get(_VALUE, "")))


class _Merging:
    """A template's styles while ours are added. `counted` are the styles whose paragraphs count in our lists."""

    def __init__(self, made: Element, ours: Mapping[str, Element]) -> None:
        self.made, self.ours = made, ours
        self.known: dict[str, Element] = {}
        for style in made.findall(_STYLE):
            name = style.get(_ID, "")
            if name in self.known:  # two of one name: Word keeps the first
                made.remove(style)
            self.known.setdefault(name, style)
        for name in self.known:
            self._break_circle(name)
        self.added: set[str] = set()
        self.counted = [name for name, style in ours.items() if style.find(f"{W}pPr/{W}numPr") is not None]

    def _break_circle(self, name: str) -> None:
        """A style that is based on itself, by way of others, is based on none: readers would go round for ever."""
        seen = {name}
        style: Element | None = self.known[name]
        while style is not None:
            based = style.find(W + "basedOn")
            after = "" if based is None else based.get(_VALUE, "")
            if based is not None and after in seen:
                style.remove(based)
                return
            seen.add(after)
            style = self.known.get(after)

    def add(self) -> None:
        """Ours, where the template has none of that name."""
        if self.made.find(W + "docDefaults") is None:
            self.made.insert(0, deepcopy(_defaults()))
        kinds = {_key(style)[0] for style in self.known.values() if style.get(W + "default") in ("1", "true", "on")}
        for name, style in self.ours.items():
            if name not in self.known:
                if _key(style)[0] in kinds:
                    style.attrib.pop(W + "default", "")
                self.made.append(style)
                self.known[name] = style
                self.added.add(name)

    def plain_text(self) -> str:
        """The style of plain paragraphs: Normal, or another where that leaves no space between paragraphs."""
        if self._space_after("Normal"):
            return "Normal"
        if _BODY_TEXT in self.known and self._space_after(_BODY_TEXT):
            text = _BODY_TEXT
        else:
            text = _SPACED
            self.made.append(_spaced())
            self.known[text] = self.made[-1]
        for name in _CARRIED:
            if name in self.added:
                for based in self.known[name].iterfind(W + "basedOn"):
                    based.set(_VALUE, text)
        return text

    def _space_after(self, name: str) -> bool:
        defaults = self.made.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        for properties in (*self._chain(name), *(() if defaults is None else (defaults,))):
            spacing = properties.find(W + "spacing")
            if spacing is not None and (after := spacing.get(W + "after")) is not None:
                return bool(after.isdecimal() and after != "0")
        return False

    def _chain(self, name: str) -> Iterator[Element]:
        """The paragraph properties of a style, then of those it is based on."""
        for _ in range(_DEEPEST):
            style = self.known.get(name)
            if style is None:
                return
            properties, based = style.find(W + "pPr"), style.find(W + "basedOn")
            if properties is not None:
                yield properties
            name = "" if based is None else based.get(_VALUE, "")

    def count(self) -> None:
        """Let headings count in our lists, whatever they counted in; and nothing else of ours in any."""
        for name in self.counted:
            self._link(self.known[name], self.ours[name])
        others = [name for name in (*self.ours, _BODY_TEXT, _SPACED) if name not in self.counted]
        for name in others:
            style = self.known.get(name)
            if style is not None and _key(style)[0] == "paragraph" and self._counts(name):
                _put(_properties(style), _number("0"), _BEFORE_NUMBER)

    def _counts(self, name: str) -> bool:
        numbers = (properties.find(f"{W}numPr/{W}numId") for properties in self._chain(name))
        return next((number.get(_VALUE) != "0" for number in numbers if number is not None), False)

    def _link(self, style: Element, ours: Element) -> None:
        properties, wanted = _properties(style), ours.find(W + "pPr")
        if style is ours or wanted is None:
            return
        orders = {"numPr": _BEFORE_NUMBER, "ind": _BEFORE_INDENT, "outlineLvl": _BEFORE_OUTLINE}
        for name, before in orders.items():
            if (found := wanted.find(W + name)) is not None:
                _put(properties, deepcopy(found), before)

    def make_room(self) -> None:
        """Room for our numbers: in contents lists, which have no page numbers, and before the titles of appendices."""
        for name, *stops in _CONTENTS:
            made = root("tabs")
            for stop in stops:
                child(made, "tab", val="left", pos=str(stop))
            _put(_properties(self.known[name]), made, _BEFORE_TABS)
        size = self._size("Heading1")
        if "Appendix1" in self.added and size > _HOUSE_SIZE:
            wide = str(_APPENDIX_HANG * size // _HOUSE_SIZE)
            for indent in self.known["Appendix1"].iterfind(f"{W}pPr/{W}ind"):
                indent.set(W + "left", wide)
                indent.set(W + "hanging", wide)

    def _size(self, name: str) -> int:
        """The size of a style's letters in half points; 0 where it says none itself."""
        found = self.known[name].find(f"{W}rPr/{W}sz")
        written = "" if found is None else found.get(_VALUE, "")
        return int(written) if written.isdecimal() else 0

    def tabs(self, name: str) -> Iterator[str]:
        """Where the tabs of a style stand."""
        for properties in self._chain(name):
            yield from (tab.get(W + "pos", "0") for tab in properties.iterfind(f"{W}tabs/{W}tab"))


def _defaults() -> Element:
    [found] = house_xml("styles.xml").iterfind(W + "docDefaults")
    return found


def _spaced() -> Element:
    """Plain paragraphs with space between them, for a template in which they have none."""
    made = child(root("styles"), "style", type="paragraph", customStyle="1", styleId=_SPACED)
    child(made, "name", val="Policy Text")
    child(made, "basedOn", val="Normal")
    child(made, "qFormat")
    child(child(made, "pPr"), "spacing", after=_SPACE_AFTER)
    return made


def _number(name: str) -> Element:
    made = root("numPr")
    child(made, "numId", val=name)
    return made


def _properties(style: Element) -> Element:
    found = style.find(W + "pPr")
    if found is None:
        found = root("pPr")
        _put(style, found, _BEFORE_PARAGRAPH)
    return found


def _put(parent: Element, node: Element, before: tuple[str, ...]) -> None:
    """A child in the place that the schema gives it, instead of one of the same name."""
    for old in parent.findall(node.tag):
        parent.remove(old)
    earlier = {W + name for name in before}
    at = next((index for index, other in enumerate(parent) if other.tag not in earlier), len(parent))
    parent.insert(at, node)
