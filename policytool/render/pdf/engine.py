"""A value and the template that reads it -> PDF, by Typst and with our own fonts.

Typst must never be forked once it is loaded: workers are spawned.
"""

from __future__ import annotations

import atexit
import json
import shutil
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from tempfile import mkdtemp

import typst

from policytool.model.house import PLAIN, Crest, Face, HouseStyle
from policytool.model.unable import UnableError
from policytool.render.pdf.pack import packed

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
_OWN = "house"  # how the files of the house font are called
OFTEN, TURNS = 4, 6
"""After so many documents so many compilations of nothing: see `_forget`."""
_MADE = count(1)
NAMED = 5
"""So many strange characters are named in a message."""


def typeset(value: object, title: str, template: Path, house: HouseStyle = PLAIN) -> bytes:
    """The PDF of a value, made of what JSON can hold, by the template that reads it; `title` is for messages.

    The template reads the crest of the `house` from `sys.inputs.crest`, and finds its font by the name of its family.

    Raises `UnableError` where it holds a character that no font of ours has, since PDF/A and PDF/UA both forbid the
    empty box that would stand for it.
    """
    written = json.dumps(value, ensure_ascii=False)
    try:
        return packed(_compiled(written, template, house))
    except typst.TypstError as error:
        raise _unable(title, written, error.message) from error
    except typst.TypstWarning as warning:
        raise _unable(title, "", warning.message) from warning


def _compiled(value: str, template: Path, house: HouseStyle) -> bytes:
    """What Typst makes; a warning, such as that of a font that is missing, is an error."""
    made, warnings = typst.compile_with_warnings(
        template,
        format="pdf",
        root=template.parent,
        font_paths=_fonts(house.faces),
        sys_inputs={"policy": value} | _crest(house.crest),
        pdf_standards=STANDARDS,
        timestamp=TIMESTAMP,
    )
    if warnings:
        raise warnings[0]
    if not next(_MADE) % OFTEN:
        _forget()
    return made


def _forget() -> None:
    """Let Typst drop what it remembers of the last documents: a hundred megabytes that the next ones make no use of.

    It drops what it has not used in the last ten compilations, so that some of nothing are enough.
    """
    for _ in range(TURNS):
        _nothing().compile(format="svg")


@cache
def _nothing() -> typst.Compiler:
    return typst.Compiler(Path(__file__).with_name("nothing.typ"), font_paths=_fonts())


def _unable(title: str, value: str, message: str) -> UnableError:
    named = [_named(sign) for sign in islice(strange(value), NAMED)]
    if not named:
        return UnableError(f"The PDF of “{title}” could not be made: {message}.")
    return UnableError(
        f"The PDF of “{title}” could not be made, as no font has {', '.join(named)}.",
        "Write it in letters, or leave it out: the fonts hold Latin, Greek, Cyrillic, Arabic and Hebrew letters.",
    )


def strange(text: str) -> Iterator[str]:
    """The signs of a text that no font has, each once."""
    return (sign for sign in dict.fromkeys(text) if not sign.isascii() and not _is_printable(sign))


def _named(sign: str) -> str:
    return f"“{sign}” (U+{ord(sign):04X} {unicodedata.name(sign, 'without a name').lower()})"


def _is_printable(text: str) -> bool:
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


def family_of(house: HouseStyle) -> str:
    """What Typst calls the house font: it takes the style off the end of a family's name. "" where there is none."""
    known = _fonts(house.faces).fonts()
    return next((font.family for font in known if font.path and Path(font.path).name.startswith(_OWN)), "")


@lru_cache(maxsize=4)
def _crest(crest: Crest | None) -> dict[str, str]:
    """A crest as Typst can be given it, which takes nothing but text."""
    if crest is None:
        return {}
    if crest.kind == "svg":
        return {"crest": crest.content.decode("utf-8", "replace")}
    return {"crest": json.dumps(list(crest.content))}


@lru_cache(maxsize=4)
def _fonts(house: tuple[Face, ...] = ()) -> typst.Fonts:
    """Our sans, the house font and those that come with Typst; never the machine's, which differ one from the next."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_faces(house)])


def _faces(house: tuple[Face, ...]) -> str:
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
        for index, own in enumerate(house):
            Path(folder, f"{_OWN}{index}.{own.outlines}").write_bytes(own.content)
    except OSError as error:
        raise UnableError(f"The fonts of the PDFs could not be laid out: {error}.") from error
    return folder
