"""Where the content of a block stands in its source, and what was wrong there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.inline import FootnoteMark, Position


@dataclass(slots=True)
class Source:
    """The lines of a text, the number of its first line in the file, and the findings so far.

    `cited` holds the first mark of each footnote, in order, which is what numbers them.
    """

    path: str
    lines: list[str]
    first_line: int
    diagnostics: list[Diagnostic] = field(default_factory=list)
    cited: dict[str, FootnoteMark] = field(default_factory=dict)
    in_footnote: bool = False

    def position(self, line: int, column: int) -> Position:
        """The place in the file of a line of the text and an offset in it, both counted from 0."""
        return Position(line + self.first_line, column + 1)

    def report(self, finding: Finding, position: Position, message: str, advice: str = "", length: int = 1) -> None:
        """Note a mistake."""
        self.diagnostics.append(finding.at(self.path, position, message, advice, length))

    def indent(self, line: int) -> int:
        """The offset of the first character on a line that is no blank."""
        text = self.lines[line]
        return len(text) - len(text.lstrip())


class Ground:
    """Maps offsets in a block's content to places in the file.

    markdown-it gives a block's content with indents and marks cut off, line for line; each line of it is looked for
    on its own line of the source, from the right in running text, else from `column` on.
    """

    def __init__(self, source: Source, content: str, line: int, column: int | None = None) -> None:
        self.source, self.content = source, content
        self._starts: list[int] = []
        self._positions: list[Position] = []
        offset = 0
        for index, text in enumerate(content.split("\n")):
            self._starts.append(offset)
            self._positions.append(source.position(line + index, _find(source.lines[line + index], text, column)))
            offset += len(text) + 1

    def at(self, offset: int) -> Position:
        """The place of an offset in the content."""
        index = bisect_right(self._starts, offset) - 1
        start = self._positions[index]
        return Position(start.line, max(start.column + offset - self._starts[index], 1))


def _find(line: str, text: str, column: int | None) -> int:
    """Where the text would begin on the line, its indent counted; tabs are shorter there than here."""
    words = text.strip()
    found = line.rfind(words) if column is None else line.find(words, column)
    return (found if found >= 0 else column or 0) - (len(text) - len(text.lstrip()))
