"""JSON text -> PDF, by Typst, with the template beside this file and our own fonts."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import typst

from policytool.model.unable import UnableError

TEMPLATE = Path(__file__).with_name("policy.typ")
PROBE = b"""
#set document(title: "Probe")
#set text(font: ("Source Sans Pro", "DejaVu Sans Mono"))
#sys.inputs.text
"""
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
FONT_PACKAGE = "font_source_sans_pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt")
# PDF/A asks for a date, and a build may not depend on the clock.
TIMESTAMP = 0


def typeset(value: str, template: Path = TEMPLATE) -> bytes:
    """The PDF of the value that a template reads, as JSON. Raises `TypstError`, and `TypstWarning` as an error."""
    made, warnings = typst.compile_with_warnings(
        template,
        format="pdf",
        root=template.parent,
        font_paths=_fonts(),
        sys_inputs={"policy": value},
        pdf_standards=STANDARDS,
        timestamp=TIMESTAMP,
    )
    if warnings:
        raise warnings[0]
    return made


def is_printable(text: str) -> bool:
    """Whether our fonts have all its characters, and the standards allow them."""
    try:
        typst.compile(
            PROBE,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"text": text},
            pdf_standards=STANDARDS,
            timestamp=TIMESTAMP,
        )
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> typst.Fonts:
    """Our sans and the fonts that come with Typst; never the machine's, which differ from one to the next."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_faces()])


def _faces() -> str:
    """A folder, for the life of this process, with just the faces that we print.

    Typst reads whole folders in the order of the file system, and the package's holds each face in two formats: which
    one is printed, and so the bytes, would differ between machines.
    """
    package = find_spec(FONT_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise UnableError("The font of the PDFs is not installed.", "Run: pip install font-source-sans-pro")
    files = Path(package.submodule_search_locations[0], "files")
    try:
        folder = mkdtemp(prefix="policytool-fonts-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for face in FACES:
            shutil.copyfile(files / f"SourceSansPro-{face}.otf", Path(folder, f"{face}.otf"))
    except OSError as error:
        raise UnableError(f"The fonts of the PDFs could not be laid out: {error}.") from error
    return folder
