"""`python -m bench.prepare ROOT PREPARED [ID…]`: a repository -> the data from which the floor makes the same files."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from markupsafe import Markup

from policytool.pipeline.repository import load
from policytool.pipeline.reviews import Reviews
from policytool.render.edition import CONTENTS, DRAFT, FOOTNOTES, Edition
from policytool.render.html import html, shown
from policytool.render.html.view import page
from policytool.render.pdf import TEMPLATE
from policytool.render.pdf.content import content
from policytool.render.pdf.engine import FACES, FONT_PACKAGE
from policytool.render.word import word

DOCUMENT = "word/document.xml"
_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)
_STYLE_HASH = re.compile("style-src '(.*?)'")


def prepare(root: Path, prepared: Path, policies: list[str]) -> None:
    """Lay out templates, fonts and one file of values for each policy (all, where none is named)."""
    prepared.mkdir(parents=True)
    _copy_files(prepared)
    fields = {name: kind._fields for name, kind in vars(shown).items() if hasattr(kind, "_fields")}
    (prepared / "fields.json").write_text(json.dumps(fields), "utf-8")
    repository = load(root)
    reviews = Reviews(repository)
    for name in repository.choose(policies):
        policy = repository.library.policies[name]
        edition = Edition(policy, repository.library, standing=reviews.standing(policy, repository.texts[policy.path]))
        values = {**_word(word(edition)), "pdf": _json(edition), "html": _values(edition)}
        (prepared / f"{name}.pickle").write_bytes(pickle.dumps(values))


def _copy_files(prepared: Path) -> None:
    shutil.copy(TEMPLATE, prepared)
    for template in Path(shown.__file__).parent.glob("*.jinja"):
        shutil.copy(template, prepared)
    fonts = Path(str(files(FONT_PACKAGE).joinpath("files")))
    (prepared / "fonts").mkdir()
    for face in FACES:
        shutil.copy(fonts / f"SourceSansPro-{face}.otf", prepared / "fonts" / f"{face}.otf")


def _json(edition: Edition) -> str:
    return json.dumps(content(edition), ensure_ascii=False)


def _values(edition: Edition) -> dict[str, object]:
    """What our own templates are given."""
    made = html(edition).decode()
    style, style_hash = _STYLE.search(made), _STYLE_HASH.search(made)
    if style is None or style_hash is None:
        sys.exit("the HTML page has no style sheet any more: bench.prepare must follow policytool.render.html")
    return {
        "page": page(edition),
        "style": Markup(style[1]),  # noqa: S704  # our own style sheet
        "style_hash": style_hash[1],
        "contents_title": CONTENTS,
        "crest": None,
        "crest_words": "",
        "has_font": False,
        "draft_word": DRAFT,
        "footnotes_title": FOOTNOTES,
    }


def _word(made: bytes) -> dict[str, Any]:
    """Our own Word file, its body as (tag, attributes, text, children) and the package without it."""
    package = BytesIO()
    with ZipFile(BytesIO(made)) as ours, ZipFile(package, "w", ZIP_DEFLATED) as shell:
        root = etree.fromstring(ours.read(DOCUMENT))
        body = _node(root[0])
        root[0].clear()
        for name in ours.namelist():
            shell.writestr(name, etree.tostring(root) if name == DOCUMENT else ours.read(name))
    return {"package": package.getvalue(), "body": body}


def _node(element: etree._Element) -> tuple[Any, ...]:
    attributes = tuple((str(key), str(value)) for key, value in element.items())
    return element.tag, attributes, element.text, tuple(_node(child) for child in element)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
