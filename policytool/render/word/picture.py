"""A crest -> the run that shows it."""

from __future__ import annotations

from copy import deepcopy

from policytool.model.house import Crest
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, R, clean

_PER_MILLIMETRE = 36_000  # the units of DrawingML
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


def pixels(crest: Crest) -> tuple[bytes, str]:
    """The picture as Word shows it, and the ending of its name. Drawings become dots, as older Words need them."""
    if crest.kind != "svg":
        return crest.content, crest.kind
    from policytool.render.raster import as_png  # Typst is loaded only for a drawing

    return as_png(crest), "png"


def picture(crest: Crest, words: str, key: str) -> Element:
    """The run of a crest, whose part has the relationship `key`; `words` are for those who cannot see it."""
    made = deepcopy(house_xml("picture.xml"))
    width, height = (str(round(length * _PER_MILLIMETRE)) for length in crest.size)
    for node in made.iter(f"{_DRAWN}wordprocessingDrawing}}extent", f"{_DRAWN}main}}ext"):
        node.set("cx", width)
        node.set("cy", height)
    for node in made.iter(f"{_DRAWN}wordprocessingDrawing}}docPr", f"{_DRAWN}picture}}cNvPr"):
        node.set("descr", clean(words))
    for node in made.iter(f"{_DRAWN}main}}blip"):
        node.set(R + "embed", key)
    return made
