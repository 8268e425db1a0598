"""What stands in a run and is no plain words: breaks, signs, fields, notes, pictures (ECMA-376 part 1, 17.3.3)."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element as Element

from policytool.parse.word.looks import Look, Reach
from policytool.parse.word.story import Field, Line, Lost, Story
from policytool.parse.word.symbols import UNKNOWN, symbol
from policytool.parse.word.words import BREAK, Atom
from policytool.parse.word.xml import MC, W, chosen_of, on

_DEEPEST = 50  # fields in fields: far more than anybody writes, and few enough to be looked through for each word
BOX = f"{W}txbxContent"
PRINTED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": BREAK, f"{W}noBreakHyphen": "-"}


def say(story: Story, line: Line, text: str, look: Look, reach: Reach) -> None:
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
    is_styled = reach.plain.bold or reach.plain.italic
    line.atoms.append(Atom(text, bold, italic, look.code, link, "", look.bold, number, is_styled))


def _read_mark(story: Story, line: Line, node: Element, _look: Look, reach: Reach) -> None:
    if reach.fate not in ("deleted", "moved"):
        kind = "endnote" if node.tag == f"{W}endnoteReference" else "footnote"
        name = story.cite(kind, node.get(f"{W}id", ""))
        line.atoms.append(Atom("", link=reach.link, note=name, all_bold=True))


def _read_break(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    page = node.get(f"{W}type") in ("page", "column")
    say(story, line, " " if page else BREAK, look, reach)


def _read_symbol(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        code = 0
    sign = symbol(code, node.get(f"{W}font", ""))
    if sign == UNKNOWN:
        line.remarks.append(f"a sign of the font {node.get(f'{W}font', '')!r} is not known, and is a square here")
    say(story, line, sign, look, reach)


def _read_field(story: Story, line: Line, node: Element, look: Look, reach: Reach) -> None:
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        for box in node.iterfind(f"{W}ffData/{W}checkBox"):
            say(story, line, "☒" if _is_ticked(box) else "☐", look, reach)
        if len(story.fields) >= _DEEPEST:
            story.fields.clear()
        story.fields.append(Field())
    elif story.fields and kind == "separate":
        made = story.fields.pop()
        made.settle()
        open_field(story, line, made, reach)
    elif story.fields and kind == "end":
        story.fields.pop()


def _is_ticked(box: Element) -> bool:
    """Whether a box of a form is: as it was left, else as it was at first (17.16.8)."""
    return on(box, "checked") if box.find(f"{W}checked") is not None else on(box, "default")


def open_field(story: Story, line: Line, made: Field, reach: Reach) -> None:
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
            if one.tag in SIGNS:
                SIGNS[one.tag](story, line, one, look, reach)
            elif one.tag == f"{W}t":
                say(story, line, one.text or "", look, reach)


SIGNS: dict[str | object, Callable[[Story, Line, Element, Look, Reach], None]] = {
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
    f"{MC}AlternateContent": _read_alternatives,
}
