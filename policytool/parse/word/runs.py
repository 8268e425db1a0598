"""What stands in a paragraph -> words: runs, links, fields, tracked changes (ECMA-376 part 1, 17.3, 17.13, 17.16)."""

from __future__ import annotations

from lxml.etree import _Element as Element

from policytool.parse.word.looks import Look, Reach, look_of
from policytool.parse.word.signs import PRINTED, SIGNS, open_field, say
from policytool.parse.word.story import BECOMES, Field, Line, Lost, Story
from policytool.parse.word.symbols import told
from policytool.parse.word.xml import MC, M, R, W, chosen_of

_SOFT_HYPHEN = "\xad"
_EXACTLY = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": _SOFT_HYPHEN}
_MOST_OPEN = 100  # bookmarks, which are looked through at each note
_FORMULAS = (f"{M}oMath", f"{M}oMathPara")
_FRAMES = (
    f"{MC}AlternateContent",
    *(W + name for name in ("smartTag", "customXml", "bdo", "dir", "sdt", "sdtContent")),
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
    elif tag in BECOMES[story.rejects]:
        _read_change(story, line, node, reach)
    elif tag in _FRAMES:
        for frame in chosen_of(node) if tag == f"{MC}AlternateContent" else (node,):
            read_inside(story, line, frame, reach)
    elif tag == f"{W}fldSimple":
        _read_simple(story, line, node, reach)
    elif tag in _FORMULAS:
        say(story, line, "".join(str(one.text or "") for one in node.iter(f"{M}t", f"{W}t")), reach.plain, reach)
        line.remarks.append("a formula is written as plain words here")
    else:
        read_bookmark(story, node, line.bookmarks)


def _read_change(story: Story, line: Line, node: Element, reach: Reach) -> None:
    fate = BECOMES[story.rejects][str(node.tag)]
    story.changes[str(node.tag)] += 1
    kept = reach.fate if reach.fate in ("deleted", "moved") else fate or reach.fate
    read_inside(story, line, node, reach._replace(fate="deleted" if fate == "deleted" else kept))


def _read_simple(story: Story, line: Line, node: Element, reach: Reach) -> None:
    made = Field([node.get(f"{W}instr", "")])
    made.settle()
    open_field(story, line, made, reach)
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
        if len(story.open_bookmarks) < _MOST_OPEN:
            story.open_bookmarks[node.get(f"{W}id", "")] = name
        if story.exact and name.startswith("f_"):
            story.before_note.append(name)


def _link(story: Story, node: Element) -> str:
    address, anchor = story.links.get(node.get(f"{R}id", ""), ""), node.get(f"{W}anchor", "")
    return f"{address}#{anchor}" if anchor else address


def _read_run(story: Story, line: Line, run: Element, reach: Reach) -> None:
    properties = run.find(f"{W}rPr")
    look = reach.plain if properties is None else look_of(story, properties, reach)
    for node in run:
        tag = node.tag
        if tag in (f"{W}t", f"{W}delText"):
            if node.text:
                say(story, line, _text(story, node.text, look), look, reach)
        elif story.exact and tag in _EXACTLY:
            say(story, line, _EXACTLY[tag], look, reach)
        elif tag in PRINTED:
            say(story, line, PRINTED[tag], look, reach)
        elif tag == f"{W}ruby":
            _read_ruby(story, line, node, reach)
        elif tag in SIGNS:
            SIGNS[tag](story, line, node, look, reach)


def _text(story: Story, text: str, look: Look) -> str:
    exact = story.exact and not look.font
    return (text if exact else told(text, look.font).replace(_SOFT_HYPHEN, "")).replace("\n", " ")


def _read_ruby(story: Story, line: Line, node: Element, reach: Reach) -> None:
    """The words; what is written above them, to tell how they are said, is kept beside the text."""
    for above in node.iterfind(f"{W}rt"):
        line.lost.append(Lost("other", "".join(str(one.text or "") for one in above.iter(f"{W}t"))))
    for base in node.iterfind(f"{W}rubyBase"):
        read_inside(story, line, base, reach)
