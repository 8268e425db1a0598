"""Words -> how they are built, by lengths, and what is printed of them: so that they can be cut out of it again."""

from __future__ import annotations

from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Numeral,
    Reference,
    Strong,
)
from policytool.model.piece import COMPUTED
from policytool.render.address import safe_address
from policytool.render.word.carried import Json, verbatim
from policytool.render.word.markup import clean
from policytool.render.word.story import Story
from policytool.render.word.words import absorbed, is_counted


def shape(story: Story, inlines: Inlines, *, linked: bool = False) -> tuple[list[Json], str]:
    """How words are built and what is printed of them. To be asked once they are written.

    A number is the length of plain words, a list something else: its kind, its length or what is in it. For a
    reference, its target and its own text as well; for a link its address, its title and the address as written.
    """
    parts = [_shape(story, inline, linked) for inline in inlines]
    return [part for part, _ in parts], "".join(printed for _, printed in parts)


def _shape(story: Story, inline: Inline, linked: bool) -> tuple[Json, str]:  # noqa: FBT001 - handed down
    match inline:
        case Emphasis() | Strong():
            inner, printed = shape(story, inline.children, linked=linked)
            return ["e" if isinstance(inline, Emphasis) else "s", *inner], printed
        case Link():
            safe = "" if linked else safe_address(inline.address)
            inner, printed = shape(story, inline.children, linked=linked or bool(safe))
            return ["l", inline.address, inline.title, safe, *inner], printed
        case Reference():
            printed = _of_reference(story, inline, linked=linked)
            return ["r", len(printed), inline.policy, inline.label, verbatim(inline.children), printed], printed
        case FootnoteMark():
            printed = _of_mark(story, inline)
            return ["f", len(printed), inline.name, inline.number], printed
        case LineBreak():
            return ["b"], "\n"
        case _:
            text = clean(inline.text)
            return ["c", len(text)] if isinstance(inline, Code) else len(text), text


def _of_reference(story: Story, reference: Reference, *, linked: bool) -> str:
    cited, target = story.edition.cite(reference), story.edition.target(reference)
    if cited.policy or target is None or linked or not is_counted(story, cited.children, target):
        return _printed(story, cited.children, "")
    return _printed(story, absorbed(cited.children, target), COMPUTED)


def _printed(story: Story, inlines: Inlines, number: str) -> str:
    return "".join(_one(story, inline, number) for inline in inlines)


def _one(story: Story, inline: Inline, number: str) -> str:
    if isinstance(inline, Numeral):
        return number or clean(inline.text)
    if isinstance(inline, FootnoteMark):
        return _of_mark(story, inline)
    if isinstance(inline, LineBreak):
        return "\n"
    children = getattr(inline, "children", None)
    return clean(getattr(inline, "text", "")) if children is None else _printed(story, children, number)


def _of_mark(story: Story, mark: FootnoteMark) -> str:
    """One sign for a mark that counts; a name in brackets, or a typed number, as it is written."""
    if mark.name not in story.notes.known:
        return f"[{mark.name}]"
    return str(mark.number) if story.is_note and mark.name not in story.notes.cited else COMPUTED
