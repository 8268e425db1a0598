"""HTML -> the words and numbers that it prints, to be compared with what Word and PDF print.

Read with the standard library's parser, so that the reader shares nothing with the writer.
"""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "link", "meta"})
INLINE = frozenset({"a", "code", "em", "span", "strong", "sup"})


def printed_words(page: bytes) -> list[str]:
    """The words of a policy's text with the numbers before them, in reading order.

    Left out are the title, the title block, the contents, footnote marks, and the footnotes (`footnote_words`), which
    other formats print elsewhere.
    """
    return _read(page, within=("div", "id", "_text"), but=("section", "class", "footnotes"))


def footnote_words(page: bytes) -> list[str]:
    """The words of the footnotes, without their heading, their numbers and the links back to the text."""
    return _read(page, within=("ol", "class", "notes"), but=("a", "role", "doc-backlink"), numbers=False)


def cover_words(page: bytes) -> list[str]:
    """The words before the contents: the title, the notice and the title block."""
    return _read(page, within=("header", "class", "cover"), but=("", "", ""))


def notice_words(page: bytes) -> list[str]:
    """The words of the notice, which a screen reader announces as one."""
    return _read(page, within=("p", "role", "note"), but=("", "", ""))


def contents_words(page: bytes) -> list[str]:
    """The numbers and titles in the contents."""
    return _read(page, within=("nav", "aria-labelledby", "_contents"), but=("h2", "id", "_contents"))


def _read(page: bytes, within: tuple[str, str, str], but: tuple[str, str, str], *, numbers: bool = True) -> list[str]:
    reader = _Reader(within, but, numbers=numbers)
    reader.feed(page.decode())
    reader.close()
    return "".join(reader.parts).split()


class _Reader(HTMLParser):
    """Collects the text of one element; elements that are not inline part words."""

    def __init__(self, within: tuple[str, str, str], but: tuple[str, str, str], *, numbers: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.within, self.but, self.numbers = within, but, numbers
        self.parts: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def reading(self) -> bool:
        """Whether text that comes now is wanted."""
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.parts.append(" ")
        if tag not in VOID:
            self.open.append((tag, self._wanted(tag, attrs)))

    def _wanted(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        marks = {(tag, name, value or "") for name, value in attrs}
        if self.within in marks:
            return True
        dropped = tag == "sup" or self.but in marks or (not self.numbers and ("span", "class", "number") in marks)
        return self.reading and not dropped

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, f"</{tag}> closes nothing"
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.parts.append(data)
