"""Edition -> the bytes of a PDF."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import typst

from policytool.model.diagnostic import UnableError
from policytool.render.edition import Edition
from policytool.render.pdf.content import content

TEMPLATE = Path(__file__).with_name("policy.typ")


@cache
def _compiler():
    folder = TemporaryDirectory()
    files = Path(find_spec("font_source_sans_pro").origin).parent/"files"
    for n in ("Regular", "It", "Semibold", "SemiboldIt"):
        shutil.copy(files/f"SourceSansPro-{n}.otf", folder.name)
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=typst.Fonts(False, True, [folder.name])), folder

def pdf(edition: Edition) -> bytes:
    b, w = _compiler()[0].compile_with_warnings(format="pdf", sys_inputs={"policy": json.dumps(content(edition))}, pdf_standards=["ua-1","a-2a"], timestamp=0)
    if w: raise UnableError(w[0].message, w[0].diagnostic)
    return b
