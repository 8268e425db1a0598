"""Edition -> the bytes of a PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes each time.

Typst must never be forked once it is loaded: workers are spawned.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from itertools import islice

import typst

from policytool.model.unable import UnableError
from policytool.render.edition import Edition
from policytool.render.pdf.content import content
from policytool.render.pdf.engine import is_printable, typeset
from policytool.render.pdf.pack import packed

NAMED = 5


def pdf(edition: Edition) -> bytes:
    """The PDF of an edition.

    Raises `UnableError` where the policy holds a character that no font of ours has, since PDF/A and PDF/UA both forbid
    the empty box that would stand for it.
    """
    value = json.dumps(content(edition), ensure_ascii=False)
    try:
        return packed(typeset(value))
    except typst.TypstError as error:
        raise _unable(edition, value, error) from error
    except typst.TypstWarning as warning:
        raise UnableError(f"The PDF of “{edition.title}” could not be made: {warning.message}.") from warning


def _unable(edition: Edition, value: str, error: typst.TypstError) -> UnableError:
    strange = list(islice(_strange(value), NAMED))
    if not strange:
        return UnableError(f"The PDF of “{edition.title}” could not be made: {error.message}.")
    return UnableError(
        f"The PDF of “{edition.title}” could not be made, as no font has {', '.join(map(_named, strange))}.",
        "Write it in letters, or leave it out: the fonts hold Latin, Greek, Cyrillic, Arabic and Hebrew letters.",
    )


def _strange(value: str) -> Iterator[str]:
    """The characters that cannot be printed."""
    return (sign for sign in dict.fromkeys(value) if not sign.isascii() and not is_printable(sign))


def _named(sign: str) -> str:
    return f"“{sign}” (U+{ord(sign):04X} {unicodedata.name(sign, 'without a name').lower()})"
