"""The files of a pack -> the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policytool.model.artifact import Artifact
from policytool.model.paper import Grid, Line, Paper, PaperBlock, Paragraph, Words
from policytool.render.packed.changes import plain
from policytool.render.packed.matter import Pack

_ONES = {
    "paper.pdf": "the paper for the meeting",
    "paper.docx": "the same, in Word",
    "paper.html": "the same, as a web page",
    "outcomes.csv": "the table of what was decided, for the clerk to fill in after the meeting",
    "pack.json": "which wordings lay before the meeting; leave it as it is",
}


def contents(pack: Pack, files: Sequence[Artifact]) -> Paper:
    """A page that lists every file, with what it is and how large."""
    told, blocks = pack.agenda.sitting.told, tuple(_blocks(pack, files))
    return Paper("What is in this pack", told, pack.organisation, pack.colour, blocks, contents=False)


def _blocks(pack: Pack, files: Sequence[Artifact]) -> Iterator[PaperBlock]:
    titles = {one.policy: one.item.entry.title for one in pack.decisions}
    yield Paragraph(plain("Begin with the paper. The rest is there for whoever wants to look closer."))
    rows = tuple(_row(one, titles) for one in files)
    yield Grid(("File", "What it is", "Size"), rows, (4, 7, 2))


def _row(one: Artifact, titles: dict[str, str]) -> tuple[Line, ...]:
    return (Words(one.path, address=one.path),), plain(_what(one.path, titles)), plain(size(len(one.content)))


def _what(path: str, titles: dict[str, str]) -> str:
    if path in _ONES:
        return _ONES[path]
    folder, _, name = path.partition("/")
    title = titles.get(name.rpartition(".")[0], "")
    if folder == "policies":
        return f"{title}: the whole text"
    return f"{title}: {'tracked changes since' if path.endswith('.docx') else 'compared with'} the approved wording"


def size(count: int) -> str:
    """A size as people say it: "812 bytes", "14 KB", "2.3 MB"."""
    if count < 1_000:  # noqa: PLR2004  # a kilobyte
        return f"{count} bytes"
    return f"{round(count / 1_000):,} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"  # noqa: PLR2004
