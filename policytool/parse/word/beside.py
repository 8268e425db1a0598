"""What stands beside the text of a Word file: notes, headers, footers, comments, changes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from policytool.model.piece import Aside, AsideKind, Piece, Place, Remark
from policytool.parse.word.blocks import lines, read_blocks
from policytool.parse.word.package import Package
from policytool.parse.word.story import Story
from policytool.parse.word.xml import W

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_MOST_MOVED = 1_000  # more are told as deleted without being looked for
_FURNITURE: tuple[AsideKind, ...] = ("header", "footer")


def comments(opened: Package) -> dict[str, str]:
    """What was said in comments, by their keys, each with who said it."""
    root = opened.part("comments")
    return {} if root is None else {node.get(f"{W}id", ""): _said(node) for node in root.iterfind(f"{W}comment")}


def authors(opened: Package) -> dict[str, str]:
    """Who made each comment, by their keys."""
    root = opened.part("comments")
    nodes = [] if root is None else root.iterfind(f"{W}comment")
    return {node.get(f"{W}id", ""): node.get(f"{W}author", "").strip() for node in nodes}


def _said(node: Element) -> str:
    author = node.get(f"{W}author", "").strip()
    words = "\n".join("".join(str(one.text or "") for one in line.iter(f"{W}t")) for line in node.iter(f"{W}p"))
    return f"{author}: {words}" if author else words


def read_notes(story: Story, opened: Package) -> dict[str, tuple[Piece, ...]]:
    """The footnotes and endnotes that are cited, by name; a note may cite others. The rest is kept beside the text."""
    texts, found = {}, {}
    for kind in ("footnote", "endnote"):
        for name, root in opened.parts(f"{kind}s"):
            links = opened.addresses(name)
            texts.update({(kind, key): (node, links) for key, node in _notes(root, kind)})
    while todo := [key for key in story.cited if story.cited[key] not in found]:
        for key in todo:
            node, links = texts.pop(key, (None, {}))
            found[story.cited[key]] = () if node is None else _note(story, node, links, story.cited_at[key])
    for node, links in texts.values():
        pieces = _note(story, node, links, Place(1, "paragraph"))
        story.aside("other", lines(pieces), Place(1, "paragraph"))
    return found


def _notes(root: Element, kind: str) -> Iterator[tuple[str, Element]]:
    for node in root.iterfind(W + kind):
        if node.get(f"{W}type") not in _SEPARATORS:
            yield node.get(f"{W}id", ""), node


def _note(story: Story, node: Element, links: dict[str, str], place: Place) -> tuple[Piece, ...]:
    _begin(story, links, place)
    return tuple(read_blocks(story, node))


def _begin(story: Story, links: dict[str, str], place: Place) -> None:
    """Another part: nothing that was open in the one before goes on in it."""
    story.links, story.fixed, story.pending = links, place, None
    story.fields, story.galleries = [], 0
    story.bookmarks = []


def read_furniture(story: Story, opened: Package) -> None:
    """Headers and footers, each wording once."""
    seen: set[tuple[AsideKind, str]] = set()
    for kind in _FURNITURE:
        for name, root in opened.parts(kind):
            _begin(story, opened.addresses(name), Place(1, "paragraph"))
            told = lines(read_blocks(story, root))
            if (kind, told) not in seen:
                seen.add((kind, told))
                story.aside(kind, told)


def settle(story: Story) -> None:
    """What can be told at the end only: comments on nothing, words moved away, how many changes there were."""
    for key, said in story.comments.items():
        if key not in story.commented:
            story.asides.append(Aside("comment", said, Place(1, "paragraph"), story.authors.get(key, "")))
    arrived = " ".join("".join(story.arrived).split())
    for text, place in story.moved:
        if len(story.moved) > _MOST_MOVED or " ".join(text.split()) not in arrived:
            story.aside("deleted", text, place)
    if total := sum(story.changes.values()):
        inserted = sum(story.changes[kind] for kind in _INSERTED)
        done = "rejected" if story.rejects else "accepted"
        message = f"tracked changes were {done}: {inserted} insertions, {total - inserted} deletions"
        story.remarks.append(Remark("look", None, message))
