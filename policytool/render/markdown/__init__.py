"""Policy -> its source in canonical form: one line a block, numbers typed as they are printed.

Reading what is written here gives the policy back: `parse(markdown(policy)) == policy`.
"""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from policytool.model.policy import Policy
from policytool.render.markdown.fields import front_matter
from policytool.render.markdown.words import block_start, words

_DELIMITERS = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


def markdown(policy: Policy) -> str:
    """The source of a policy, front matter and all, with LF line ends."""
    parts = [front_matter(policy)]
    parts += _blocks(policy.blocks, running=policy.numbering == "running")
    parts += [_footnote(footnote.name, footnote.blocks) for footnote in policy.footnotes]
    return "\n\n".join(parts) + "\n"


def own_lines(block: Block | Footnote, *, running: bool = False) -> tuple[str, str]:
    """What is typed before a block, "" for nothing, and its own words with its braces, not indented.

    What stands under a heading, clause or item is not in it; a quotation, table or footnote is whole.
    """
    if isinstance(block, Footnote):
        return "", _footnote(block.name, block.blocks)
    if isinstance(block, Section):
        return "", _heading(block, running=running)
    if isinstance(block, Clause | Item | Bullet):
        start = None if isinstance(block, Bullet) else block.start
        return _mark(block), _with(block_start(words(block.text)), block.label, start)
    return "", _block(block)


def _blocks(blocks: Blocks, *, running: bool = False) -> list[str]:
    """Each block as its lines; siblings of one list that hold nothing else stand close together."""
    chunks: list[str] = []
    before: Block | None = None
    for block in blocks:
        text = _block(block, running=running)
        if before is not None and _close(before, block):
            chunks[-1] += "\n" + text
        else:
            chunks.append(text)
        before = block
    return chunks


def _close(before: Block, block: Block) -> bool:
    """Whether two siblings belong to one list and need no empty line between them."""
    if isinstance(before, Clause | Item | Bullet) and type(before) is type(block):
        return not _is_loose(before) and not (isinstance(block, Item) and block.begins)
    return False


def _is_loose(block: Clause | Item | Bullet) -> bool:
    return any(not isinstance(child, Clause | Item | Bullet) for child in block.blocks)


def _block(block: Block, *, running: bool = False) -> str:
    if isinstance(block, Section):
        return "\n\n".join([_heading(block, running=running), *_blocks(block.blocks, running=running)])
    if isinstance(block, Clause | Item | Bullet):
        return _item(block)
    if isinstance(block, Paragraph):
        return _with(block_start(words(block.text)), block.label)
    if isinstance(block, Quote):
        return _quote(block)
    return _other(block)


def _other(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join([*_table(block), *_label_line(block.label)])
    if isinstance(block, Preformatted):
        fence = "```"
        while fence in block.text:
            fence += "`"
        return f"{fence}\n{block.text}\n{fence}" + (f"\n\n{{#{block.label}}}" if block.label else "")
    return "* * *" if isinstance(block, Rule) else ""


def _heading(section: Section, *, running: bool) -> str:
    attributes = [f"#{section.label}"] if section.label else []
    attributes += [".unnumbered"] if section.unnumbered and not running else []
    attributes += [".appendix"] if section.appendix else []
    attributes += [f"start={section.start}"] if section.start is not None else []
    tail = f" {{{' '.join(attributes)}}}" if attributes else ""
    title = block_start(words(section.title))
    if title.endswith("#") and not title.endswith("\\#"):  # closing hashes belong to the mark
        title = title[:-1] + "\\#"
    return f"{'#' * section.level} {title}{tail}"


def _item(block: Clause | Item | Bullet) -> str:
    mark = _mark(block) + " "
    start = None if isinstance(block, Bullet) else block.start
    own = _with(block_start(words(block.text)), block.label, start)
    inner = _blocks(block.blocks)
    lines = (
        own
        + ("\n" if _begins_at_once(block) and not _is_loose(block) else "\n\n" if inner else "")
        + "\n\n".join(inner)
    )
    return mark + _indented(lines, len(mark))


def _begins_at_once(block: Clause | Item | Bullet) -> bool:
    """Whether a list follows its words that Markdown sees without an empty line: not one that begins at 2."""
    first = block.blocks[0] if block.blocks else None
    return isinstance(first, Item | Bullet) or (isinstance(first, Clause) and _mark(first) == "1.")


def _mark(block: Clause | Item | Bullet) -> str:
    if isinstance(block, Clause):
        return f"{block.number.ordinal if block.number else 1}."
    if isinstance(block, Item):
        first = "a" if block.style == "letter" else "i"
        return f"{block.number.items[-1] if block.number and block.start is None else first})"
    return "-"


def _with(text: str, label: str, start: int | None = None) -> str:
    attributes = ([f"#{label}"] if label else []) + ([f"start={start}"] if start is not None else [])
    return f"{text} {{{' '.join(attributes)}}}" if attributes else text


def _indented(text: str, width: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * width + line if line else line for line in others)])


def _quote(quote: Quote) -> str:
    inner = "\n\n".join(_blocks(quote.blocks))
    lines = [f"> {line}".rstrip() for line in inner.split("\n")]
    return "\n".join(lines) + (f"\n\n{{#{quote.label}}}" if quote.label else "")


def _label_line(label: str) -> list[str]:
    return [f"{{#{label}}}"] if label else []


def _table(table: Table) -> Iterator[str]:
    alignments = table.alignments or ("",) * len(table.header)
    yield _row(words(cell) for cell in table.header)
    yield _row(_DELIMITERS[alignment] for alignment in alignments)
    for row in table.rows:
        yield _row(words(cell) for cell in row)


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _footnote(name: str, blocks: Blocks) -> str:
    return f"[^{name}]: " + _indented("\n\n".join(_blocks(blocks)), 4)
