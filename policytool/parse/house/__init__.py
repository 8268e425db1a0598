"""The files of the house style -> what can be used of them.

Each of the readers here gives what it read and a list of problems. Where there is no value, the problems say why.
"""

from __future__ import annotations

from policytool.parse.house.crest import crest
from policytool.parse.house.font import faces
from policytool.parse.house.template import template

__all__ = ["crest", "faces", "template"]
