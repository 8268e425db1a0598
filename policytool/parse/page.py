"""A web page -> a document as found. Nothing is fetched, and no script is run: both are told as asides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree, html

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Code, Emphasis, FootnoteMark, Inline, Inlines, LineBreak, Link, Strong, Text, plain
from policytool.model.numbering import letter, roman
from policytool.model.piece import Aside, AsideKind, Found, Piece, Place, Remark
from policytool.parse.markers import mark, marker
from policytool.parse.phrases import SAFE, cut, merged, tidy, unwrapped
from policytool.parse.plain import decoded

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p pre section summary table tbody "
        "td tfoot th thead title tr ul",
    )
)
_DROPPED: dict[str, AsideKind] = {
    "script": "other", "style": "other", "template": "other", "noscript": "other", "svg": "other", "iframe": "other",
    "object": "other", "select": "other", "textarea": "other", "button": "other", "nav": "contents",
}  # fmt: skip
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_STEP, _DEEPEST = 18.0, 150
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def found(content: bytes, path: str = "") -> tuple[Found | None, list[Diagnostic]]:
    """A page as found; None with a diagnostic where it is no text. `path` is named in the diagnostics."""
    text, remarks, wrong = decoded(content, path)
    if text is None:
        return None, wrong
    reader = _Reader(remarks=remarks)
    if root := _parsed(_DECLARATION.sub("", text)):
        for one in root:
            reader.cited = _cited(one)
            reader.block(one, 0)
    return Found(reader.title, tuple(reader.pieces), reader.notes, tuple(reader.asides), tuple(reader.remarks)), []


def _cited(root: html.HtmlElement) -> dict[str, str]:
    """The ids of the footnotes that marks lead to, and the names of the marks."""
    marks = (one for one in root.iter("a") if one.get("role") == "doc-noteref")
    named = ((one.get("href", "").removeprefix("#"), "".join(one.text_content().split())) for one in marks)
    return {place: name for place, name in named if place and name}


def _parsed(text: str) -> list[html.HtmlElement]:
    if not text.strip():
        return []
    parser = html.HTMLParser(no_network=True, recover=True, remove_pis=True)
    try:
        return [html.document_fromstring(text, parser=parser)]
    except (etree.ParserError, etree.XMLSyntaxError):
        return []


@dataclass(slots=True)
class _Reader:
    """Reads elements into pieces."""

    remarks: list[Remark]
    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    waiting: str = ""
    indent: float = 0.0
    cited: dict[str, str] = field(default_factory=dict)
    notes: dict[str, tuple[Piece, ...]] = field(default_factory=dict)

    def block(self, element: html.HtmlElement, depth: int) -> None:  # noqa: C901  # a branch an element
        """An element that stands by itself, and all that is in it."""
        tag = element.tag
        if not isinstance(tag, str):
            self._aside("comment", element.text or "", element)
        elif tag in _DROPPED:
            self._aside(_DROPPED[tag], element.text_content(), element)
        elif tag in ("header", "footer") and _is_furniture(element):
            self._aside("header" if tag == "header" else "footer", element.text_content(), element)
        elif tag == "title":
            self.title = self.title or " ".join(element.text_content().split())
        elif tag == "table":
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element, depth)
        elif tag in _HEADINGS and _heads_notes(element, self.cited):
            self._aside("other", element.text_content(), element)
        elif tag == "li" and element.get("id") in self.cited:
            self._note(element, depth)
        elif tag == "dl" and not _is_nested(element):
            self._terms(element)
        elif depth > _DEEPEST:
            self._piece((Text(element.text_content()),), element)
        else:
            self._flow(element, depth)

    def _aside(self, kind: AsideKind, text: str, element: html.HtmlElement) -> None:
        if words := " ".join(text.split()):
            self.asides.append(Aside(kind, words, Place(element.sourceline or 0)))

    def _flow(self, element: html.HtmlElement, depth: int) -> None:
        """An element's words in pieces, cut by the blocks among them."""
        run: list[Inline] = [Text(element.text)] if element.text else []
        for child in element:
            if _is_block(child):
                self._piece(tuple(run), element)
                run = []
                self.block(child, depth + 1)
            else:
                run += self._inline(child, depth + 1)
            run += [Text(child.tail)] if child.tail else []
        self._piece(tuple(run), element)

    def _note(self, element: html.HtmlElement, depth: int) -> None:
        """A footnote that is cited, without its number, which is the name of its mark."""
        name, kept, self.waiting = self.cited[element.get("id", "")], self.pieces, ""
        self.pieces = []
        self._flow(element, depth)
        said = tuple(one for one in self.pieces if "".join(plain(one.words).split()) != name)
        self.notes[name], self.pieces = (*self.notes.get(name, ()), *said), kept

    def _terms(self, element: html.HtmlElement) -> None:
        """A list of terms, each in one line with what is said of it: "Owner: Headteacher"."""
        lines: list[tuple[html.HtmlElement, list[str]]] = []
        for one in element.iter("dt", "dd"):
            if one.tag == "dt" or not lines:
                lines.append((one, []))
            parts = [" ".join(part.text_content().split()) for part in one.iter("li")] or [one.text_content()]
            lines[-1][1].append(" ".join("; ".join(parts).split()))
        for at, said in lines:
            self._piece((Text(": ".join([said[0], "; ".join(said[1:])] if said[1:] else said)),), at)

    def _inline(self, element: html.HtmlElement, depth: int) -> Inlines:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            self.block(element, depth)
            return ()
        if tag == "br":
            return (LineBreak(),)
        if name := self._cites(element):
            return (FootnoteMark(name),)
        if _is_way(element):
            self._aside("contents", element.text_content(), element)
            return ()
        inner = self._children(element, depth)
        if not plain(inner).strip():
            return inner
        if tag in ("b", "strong"):
            return (Strong(inner),)
        if tag in ("i", "em"):
            return (Emphasis(inner),)
        if tag in ("code", "kbd", "samp"):
            return (Code(plain(inner)),)
        return self._link(inner, element) if tag == "a" else inner

    def _cites(self, element: html.HtmlElement) -> str:
        """The name of the footnote that a mark leads to; "" for what is none."""
        link = element[0] if element.tag == "sup" and len(element) == 1 and not element.text else element
        is_mark = link.get("role") == "doc-noteref"
        return self.cited.get(link.get("href", "").removeprefix("#"), "") if is_mark else ""

    def _children(self, element: html.HtmlElement, depth: int) -> Inlines:
        if depth > _DEEPEST:
            return (Text(element.text_content()),)
        inner: list[Inline] = [Text(element.text)] if element.text else []
        for child in element:
            inner += self._inline(child, depth + 1)
            inner += [Text(child.tail)] if child.tail else []
        return tuple(inner)

    def _link(self, words: Inlines, element: html.HtmlElement) -> Inlines:
        address = element.get("href") or ""
        if SAFE.match(address):
            return (Link(words, address),)
        self._aside("other", address, element)
        return words

    def _piece(self, inlines: Inlines, element: html.HtmlElement) -> None:
        words = tidy(merged(inlines))
        if not plain(words).strip():
            return
        words, bold = unwrapped(words)
        typed, taken = marker(plain(words))
        is_automatic = bool(self.waiting) and mark(typed).kind == ""
        if is_automatic:
            typed, taken = self.waiting, 0
        self.waiting = ""
        level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", str(element.tag)) else 0
        is_quoted = any(one.tag == "blockquote" for one in element.iterancestors()) or element.tag == "blockquote"
        kept = tidy(cut(words, taken))
        again, inner_bold = unwrapped(kept)
        self.pieces.append(
            Piece(
                again,
                Place(element.sourceline or 0),
                typed,
                automatic=is_automatic,
                heading=level,
                bold=bold or inner_bold,
                indent=self.indent,
                quoted=is_quoted,
            )
        )

    def _list(self, element: html.HtmlElement, depth: int) -> None:
        self.indent += _STEP
        for child, sign in _marked(element):
            self.waiting = sign
            self.block(child, depth + 1)
            self.waiting = ""
        self.indent -= _STEP

    def _table(self, element: html.HtmlElement) -> None:
        rows = tuple(tuple(self._cell(cell) for cell in row.iter("td", "th")) for row in element.iter("tr"))
        for caption in element.iter("caption"):
            self._piece((Text(caption.text_content()),), caption)
        if filled := tuple(row for row in rows if row):
            self.pieces.append(Piece((), Place(element.sourceline or 0), rows=filled, indent=self.indent))

    def _cell(self, cell: html.HtmlElement) -> Inlines:
        return tidy((Text(" ".join(" ".join(cell.itertext()).split())),))


def _is_furniture(element: html.HtmlElement) -> bool:
    """Whether it stands at the edge of the page and is no part of the text: without a heading in it."""
    parent = element.getparent()
    return parent is not None and parent.tag == "body" and not any(True for _ in element.iter(*_HEADINGS))


def _heads_notes(element: html.HtmlElement, cited: Mapping[str, str]) -> bool:
    """Whether it is the heading of a section that holds nothing but a list of footnotes."""
    after = element.getnext()
    return after is not None and len(after) > 0 and all(one.get("id") in cited for one in after)


def _is_nested(element: html.HtmlElement) -> bool:
    """Whether more stands in a list of terms than lines."""
    inner = element.iter("dl", "table", "p", "pre", "blockquote", *_HEADINGS)
    return any(one is not element for one in inner)


def _is_way(element: html.HtmlElement) -> bool:
    """Whether it only leads about the page: over what stands above the text, or back from a footnote."""
    if element.tag != "a" or not element.get("href", "").startswith("#"):
        return False
    says = str(element.text_content()).strip().lower()
    return element.get("role") == "doc-backlink" or says.startswith("skip to")


def _is_block(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return element.tag in _BLOCKS or any(one.tag in _BLOCKS for one in element.iter())


def _marked(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Each entry of a list with what is printed before it."""
    start, kind = element.get("start", "1"), element.get("type", "1")
    count = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    for child in element:
        if child.tag != "li":
            yield child, ""
            continue
        value = child.get("value", "")
        count = int(value) if re.fullmatch(r"\d{1,4}", value) else count
        yield child, "•" if element.tag == "ul" else _printed(count, kind)
        count += 1


def _printed(count: int, kind: str) -> str:
    match kind:
        case "a" | "A":
            return f"({letter(count)})"
        case "i" | "I":
            return f"({roman(count)})"
        case _:
            return f"{count}."
