"""A paper with signs that no font has -> the same with their names, so that no title can stop a meeting."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from policytool.model.paper import Paper
from policytool.render.pdf.engine import strange


def spelt(paper: Paper) -> Paper:
    """The paper with each such sign as its name in brackets: “[cat]”."""
    texts: list[str] = []

    def noted(text: str) -> str:
        texts.append(text)
        return text

    _each(paper, noted)
    spelling: Mapping[int, str] = str.maketrans({sign: _named(sign) for sign in strange("".join(texts))})
    found: Paper = _each(paper, lambda text: text.translate(spelling))
    return found


def _named(sign: str) -> str:
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _each(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401  # whatever a paper is made of
    """The value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        made = [_each(one, change) for one in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _each(getattr(value, one.name), change) for one in fields(value)})
    return value
