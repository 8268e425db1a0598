"""The floor: the same three files from prepared data, by typst, python-docx with lxml, and jinja2 alone.

    python floor.py PREPARED OUT ID…    (see `bench.prepare`; prints the CPU seconds of each part as JSON)

This is what a competent engineer gets who calls these libraries and does nothing else. Nothing is read, parsed,
resolved, checked or numbered; no file is flushed to the disk; no PDF is packed. Nothing of policytool
is imported. What it does, it does as well as we know how, so that it is no straw man:

- PDF: the same template, fonts and standards, with the JSON of each policy lying ready. Fonts are read once a process.
- HTML: the same templates, compiled once a process, with the values lying ready as nested named tuples.
- Word: python-docx opens a package that holds all but the words: styles, numbering, headers, footers, footnotes and
  relationships are there. The body is made by lxml calls from a list of (tag, attributes, text, children), one for
  each element of our own document, plain elements being much quicker than python-docx's own; python-docx saves it.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections import defaultdict, namedtuple
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import typst
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from lxml.etree import Element, SubElement, _Element

Node = tuple[str, tuple[tuple[str, str], ...], str | None, tuple[Any, ...]]


class Floor:
    """What is kept from one policy to the next: the fonts and the HTML template."""

    def __init__(self, prepared: Path) -> None:
        self.prepared = prepared
        self.fields: dict[str, list[str]] = json.loads((prepared / "fields.json").read_text("utf-8"))
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(prepared / "fonts")]
        )
        self.template = _template(prepared)
        self.tuples = cache(lambda name: namedtuple(name, self.fields[name]))  # noqa: PYI024  # made from prepared names

    def data(self, policy: str) -> dict[str, Any]:
        """The prepared data of one policy."""
        data: dict[str, Any] = _Reader(self.prepared / f"{policy}.pickle", self.tuples).load()
        return data

    def pdf(self, data: dict[str, Any]) -> bytes:
        """The PDF as Typst writes it: ours is rewritten afterwards, to half the size."""
        made, _ = typst.compile_with_warnings(
            self.prepared / "policy.typ",
            format="pdf",
            root=self.prepared,
            font_paths=self.fonts,
            sys_inputs={"policy": data["pdf"]},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
        return made

    def docx(self, data: dict[str, Any]) -> bytes:
        """The Word file."""
        document = docx.Document(BytesIO(data["package"]))
        root = document.element
        root.replace(root.body, _body(data["body"]))
        written = BytesIO()
        document.save(written)
        return written.getvalue()

    def html(self, data: dict[str, Any]) -> bytes:
        """The page."""
        return self.template.render(data["html"]).encode()


class _Reader(pickle.Unpickler):
    """Reads prepared values; each class of ours becomes a plain named tuple, so that ours is not imported."""

    def __init__(self, file: Path, tuples: Callable[[str], type]) -> None:
        super().__init__(BytesIO(file.read_bytes()))
        self.tuples = tuples

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        return self.tuples(name) if module.startswith("policytool.") else super().find_class(module, name)


def _template(prepared: Path) -> Template:
    environment = Environment(
        loader=FileSystemLoader(prepared),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return environment.get_template("policy.html.jinja")


def _body(node: Node) -> _Element:
    tag, _, _, children = node
    body = Element(tag)
    for child in children:
        _add(body, child)
    return body


def _add(parent: _Element, node: Node) -> None:
    tag, attributes, text, children = node
    made = SubElement(parent, tag)
    for key, value in attributes:
        made.set(key, value)
    if text is not None:
        made.text = text
    for child in children:
        _add(made, child)


def main(prepared: Path, out: Path, policies: Sequence[str]) -> None:
    """Write the three files of each policy; print the CPU seconds that each kind took, and those of all together."""
    floor = Floor(prepared)
    spent: defaultdict[str, float] = defaultdict(float)
    for policy in policies:
        data = floor.data(policy)
        for name, make in (("docx", floor.docx), ("pdf", floor.pdf), ("html", floor.html)):
            start = time.process_time()
            (out / f"{policy}.{name}").write_bytes(make(data))
            spent[name] += time.process_time() - start
    print(json.dumps({**spent, "all": sum(spent.values())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
