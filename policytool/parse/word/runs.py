"""What stands in a paragraph -> words: runs, links, fields, tracked changes (ECMA-376 part 1, 17.3, 17.13, 17.16)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lxml.etree import _Element as Element

from policytool.parse.word.story import Fate, Field, Line, Lost, Story
from policytool.parse.word.styles import Style
from policytool.parse.word.symbols import UNKNOWN, symbol, told
from policytool.parse.word.words import BREAK, Atom
from policytool.parse.word.xml import MC, VAL, M, R, W, chosen_of, switch, whole

BOX = f"{W}txbxContent"
_SOFT_HYPHEN = "\xad"
_TOGGLES = {W + name: name for name in ("b", "i", "strike", "dstrike", "vanish")}
_FORMULAS = (f"{M}oMath", f"{M}oMathPara")
_FRAMES = (
    f"{MC}AlternateContent",
    *(W + name for name in ("smartTag", "customXml", "bdo", "dir", "sdt", "sdtContent")),
)
_GONE: dict[bool, dict[str, Fate]] = {
    False: {f"{W}del": "deleted", f"{W}moveFrom": "moved", f"{W}moveTo": "arrived", f"{W}ins": ""},
    True: {f"{W}ins": "deleted", f"{W}moveTo": "moved", f"{W}moveFrom": "arrived", f"{W}del": ""},
}
"""By whether changes are rejected: what becomes of the words in each kind of change."""


class Look(NamedTuple):
    """How a run is set; `struck`, `hidden` and `code` are told of its words, `font` where signs may need it."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    code: bool = False
    size: int = 0
    font: str = ""


class Reach(NamedTuple):
    """What is around a run: the style of its paragraph, the link it is in, and what became of it."""

    style: Style
    plain: Look
    link: str = ""
    fate: Fate = ""


def plain_look(story: Story, style: Style) -> Look:
    """The look of words in a style that say nothing themselves."""
    get = style.switches.get
    struck = get("strike", False) or get("dstrike", False)
    return Look(
        get("b", False), get("i", False), struck, get("vanish", False), style.is_code, style.size or story.styles.size
    )


def read_inside(story: Story, line: Line, parent: Element, reach: Reach) -> None:
    """All that stands in a paragraph, or in what frames words in it."""
    for node in parent:
        _read(story, line, node, reach)


def _read(story: Story, line: Line, node: Element, reach: Reach) -> None:
    tag = node.tag
    if tag == f"{W}r":
        _read_run(story, line, node, reach)
    elif tag == f"{W}hyperlink":
        read_inside(story, line, node, reach._replace(link=_link(story, node) or reach.link))
    elif tag in _GONE[story.rejects]:
        _read_change(story, line, node, reach)
    elif tag in _FRAMES:
        for frame in chosen_of(node) if tag == f"{MC}AlternateContent" else (node,):
            read_inside(story, line, frame, reach)
    elif tag == f"{W}fldSimple":
        _read_simple(story, line, node, reach)
    elif tag in _FORMULAS:
        _say(story, line, "".join(str(one.text or "") for one in node.iter(f"{M}t", f"{W}t")), reach.plain, reach)
        line.remarks.append("a formula is written as plain words here")
    else:
        read_bookmark(story, node, line.bookmarks)


def _read_change(story: Story, line: Line, node: Element, reach: Reach) -> None:
    fate = _GONE[story.rejects][str(node.tag)]
    story.changes[str(node.tag)] += 1
    kept = reach.fate if reach.fate in ("deleted", "moved") else fate or reach.fate
    read_inside(story, line, node, reach._replace(fate="deleted" if fate == "deleted" else kept))


def _read_simple(story: Story, line: Line, node: Element, reach: Reach) -> None:
    made = Field([node.get(f"{W}instr", "")])
    made.settle()
    _open(story, line, made, reach)
    read_inside(story, line, node, reach)
    if made in story.fields:
        story.fields.remove(made)


def read_bookmark(story: Story, node: Element, names: list[str]) -> None:
    """Note a name by which links lead here, or where it ends; `_GoBack` is where somebody last wrote."""
    if node.tag == f"{W}bookmarkEnd":
        story.open_bookmarks.pop(node.get(f"{W}id", ""), None)
    name = node.get(f"{W}name", "") if node.tag == f"{W}bookmarkStart" else ""
    if name and name != "_GoBack":
        names.append(name)
        story.open_bookmarks[node.get(f"{W}id", "")] = name
        if story.exact and name.startswith("f_"):
            story.before_note.append(name)


def _link(story: Story, node: Element) -> str:
    address, anchor = story.links.get(node.get(f"{R}id", ""), ""), node.get(f"{W}anchor", "")
    return f"{address}#{anchor}" if anchor else address


def _read_run(story: Story, line: Line, run: Element, reach: Reach) -> None:
    properties = run.find(f"{W}rPr")
    look = reach.plain if properties is None else _look(story, properties, reach)
    for node in run:
        tag = node.tag
        if tag in (f"{W}t", f"{W}delText"):
            if node.text:
                _say(story, line, _text(story, node.text, look), look, reach)
        elif story.exact and tag in _EXACTLY:
            _say(story, line, _EXACTLY[tag], look, reach)
        elif tag in _PRINTED:
            _say(story, line, _PRINTED[tag], look, reach)
        elif tag in _SPECIAL:
            _SPECIAL[tag](story, line, node, look, reach)


def _text(story: Story, text: str, look: Look) -> str:
    exact = story.exact and not look.font
    return (text if exact else told(text, look.font).replace(_SOFT_HYPHEN, "")).replace("\n", " ")


def _look(story: Story, properties: Element, reach: Reach) -> Look:
    """How a run is set. What it says itself counts; else switches of two styles cancel each other (17.7.3)."""
    changed = properties.find(f"{W}rPrChange/{W}rPr") if story.rejects else None
    own: dict[str, bool] = {}
    style, size, font = None, 0, ""
    for node in properties if changed is None else changed:
        tag = node.tag
        if tag in _TOGGLES:
            own[_TOGGLES[tag]] = switch(node)
        elif tag == f"{W}rStyle":
            style = story.styles[node.get(VAL, "")]
        elif tag == f"{W}sz":
            size = whole(node.get(VAL)) or 0
        elif tag == f"{W}rFonts":
            font = node.get(f"{W}ascii", "")
    if style is None and not own:
        return reach.plain._replace(size=size or reach.plain.size, font=font)
    by_paragraph, by_character = reach.style.switches, {} if style is None else style.switches

    def is_on(name: str) -> bool:
        said = own.get(name)
        return bool(by_paragraph.get(name)) != bool(by_character.get(name)) if said is None else said

    size = size or (style.size if style else None) or reach.plain.size
    code = reach.plain.code or (style is not None and style.is_code)
    return Look(is_on("b"), is_on("i"), is_on("strike") or is_on("dstrike"), is_on("vanish"), code, size, font)


def _say(story: Story, line: Line, text: str, look: Look, reach: Reach) -> None:
    """Words: into the text, or to what is lost, by what they are part of."""
    if story.fields and not all(one.shown for one in story.fields):
        line.lost.append(Lost("other", text))
    elif reach.fate in ("deleted", "moved"):
        line.lost.append(Lost("moved" if reach.fate == "moved" else "deleted", text))
    elif story.fields and any(one.note in story.marks for one in story.fields):
        return  # the number of a note that is cited again: its mark stands already
    elif (story.fields or story.galleries) and story.in_contents:
        line.lost.append(Lost("contents", text))
    elif look.hidden:
        line.lost.append(Lost("hidden", text))
    elif look.struck and text.strip():
        line.lost.append(Lost("struck", text))
    else:
        if reach.fate == "arrived":
            story.arrived.append(text)
        _add(story, line, text, look, reach)


def _add(story: Story, line: Line, text: str, look: Look, reach: Reach) -> None:
    line.size = line.size or look.size
    link = next((one.link for one in reversed(story.fields) if one.link), "") or reach.link
    bold, italic = look.bold and not reach.plain.bold, look.italic and not reach.plain.italic
    number = next((one.number for one in reversed(story.fields) if one.number), 0)
    line.atoms.append(Atom(text, bold, italic, look.code, link, "", look.bold, number, any(reach.plain[:2])))


def _read_mark(story: Story, line: Line, node: Element, _look: Look, reach: Reach) -> None:
    if reach.fate not in ("deleted", "moved"):
        kind = "endnote" if node.tag == f"{W}endnoteReference" else "footnote"
        name = story.cite(kind, node.get(f"{W}id", ""))
        line.atoms.append(Atom("", link=reach.link, note=name, all_bold=True))


def _read_break(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    page = node.get(f"{W}type") in ("page", "column")
    _say(story, line, " " if page else BREAK, look, reach)


def _read_symbol(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        code = 0
    sign = symbol(code, node.get(f"{W}font", ""))
    if sign == UNKNOWN:
        line.remarks.append(f"a sign of the font {node.get(f'{W}font', '')!r} is not known, and is a square here")
    _say(story, line, sign, look, reach)


def _read_field(story: Story, line: Line, node: Element, _look: Look, reach: Reach) -> None:
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        story.fields.append(Field())
    elif story.fields and kind == "separate":
        made = story.fields.pop()
        made.settle()
        _open(story, line, made, reach)
    elif story.fields and kind == "end":
        story.fields.pop()


def _open(story: Story, line: Line, made: Field, reach: Reach) -> None:
    """A field whose result comes next. One that cites a note again is a mark as the first one was."""
    story.fields.append(made)
    if made.is_number:
        story.numbers += 1
        made.number = story.numbers
    if made.note in story.marks and reach.fate not in ("deleted", "moved"):
        line.atoms.append(Atom("", note=story.marks[made.note], all_bold=True))


def _read_instruction(story: Story, _line: Line, node: Element, _look: Look, _reach: Reach) -> None:
    if story.fields and not story.fields[-1].shown:
        story.fields[-1].told.append(node.text or "")


def _read_comment(_story: Story, line: Line, node: Element, _look: Look, _reach: Reach) -> None:
    line.comments.append(node.get(f"{W}id", ""))


def _read_drawing(_story: Story, line: Line, node: Element, _look: Look, _reach: Reach) -> None:
    boxes = [box for box in node.iter(BOX) if _is_first(box, node)]
    line.boxes += boxes
    if not boxes:
        told = next((one.get("descr") or "" for one in node.iter() if one.get("descr")), "")
        line.remarks.append(f"a picture is left out{f' ({told})' if told else ''}")


def _is_first(box: Element, top: Element) -> bool:
    """Whether a text box stands in no other, and is not written a second time for older programs."""
    for above in box.iterancestors():
        if above is top:
            return True
        twice = above.tag == f"{MC}Fallback" and above.getprevious() is not None
        if above.tag == BOX or twice:
            return False
    return True


def _read_alternatives(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    for chosen in chosen_of(node):
        for one in chosen:
            if one.tag in _SPECIAL:
                _SPECIAL[one.tag](story, line, one, look, reach)
            elif one.tag == f"{W}t":
                _say(story, line, one.text or "", look, reach)


def _read_ruby(story: Story, line: Line, node: Element, _look: Look, reach: Reach) -> None:
    for base in node.iterfind(f"{W}rubyBase"):
        read_inside(story, line, base, reach)


_EXACTLY = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": _SOFT_HYPHEN}
_PRINTED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": BREAK, f"{W}noBreakHyphen": "-"}
_SPECIAL: dict[str | object, Callable[[Story, Line, Element, Look, Reach], None]] = {
    f"{W}br": _read_break,
    f"{W}sym": _read_symbol,
    f"{W}fldChar": _read_field,
    f"{W}instrText": _read_instruction,
    f"{W}delInstrText": _read_instruction,
    f"{W}footnoteReference": _read_mark,
    f"{W}endnoteReference": _read_mark,
    f"{W}commentReference": _read_comment,
    f"{W}drawing": _read_drawing,
    f"{W}pict": _read_drawing,
    f"{W}object": _read_drawing,
    f"{W}ruby": _read_ruby,
    f"{MC}AlternateContent": _read_alternatives,
}
