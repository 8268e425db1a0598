"""Edition -> lines to read at a terminal, or in a pipe."""

from __future__ import annotations

from policytool.render.reading.page import reading
from policytool.render.reading.parts import Part, find, names

__all__ = ["Part", "find", "names", "reading"]
