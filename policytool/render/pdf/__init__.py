"""Edition -> the bytes of a PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

from policytool.render.edition import Edition
from policytool.render.pdf.content import content
from policytool.render.pdf.engine import family_of, typeset

TEMPLATE = Path(__file__).with_name("policy.typ")


def pdf(edition: Edition) -> bytes:
    """The PDF of an edition. Raises `UnableError` where it holds a character that cannot be printed."""
    house = edition.house
    value = content(edition, family_of(house) if house.faces else "")
    return typeset(value, edition.title, TEMPLATE, house)
