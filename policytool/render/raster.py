"""A drawing -> dots, for those formats that cannot show a drawing."""

from __future__ import annotations

from functools import lru_cache

from policytool.model.house import Crest
from policytool.model.unable import UnableError

_DOTS_PER_INCH = 600.0
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.crest), format: "svg", height: float(sys.inputs.height) * 1mm)
"""


@lru_cache(maxsize=4)
def as_png(crest: Crest) -> bytes:
    """An SVG as PNG, in the size in which it is printed. Raises `UnableError` where it cannot be drawn."""
    import typst  # 40 ms, for those alone whose crest is a drawing

    sizes = {"crest": crest.content.decode("utf-8", "replace"), "height": str(crest.size[1])}
    try:
        made = typst.compile(_PAGE, format="png", ppi=_DOTS_PER_INCH, sys_inputs=sizes)
    except typst.TypstError as error:
        raise UnableError(f"The crest could not be drawn: {error.message}", "Save it as PNG.") from error
    return made if isinstance(made, bytes) else made[0]
