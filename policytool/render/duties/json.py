"""Duties -> JSON."""

from __future__ import annotations

import json as standard

from policytool.model.duty import Duty
from policytool.render.duties.listed import Listed


def json(listed: Listed) -> str:
    """An object: which text was read, and the duties in order. `who` is null where nobody is named."""
    found = [told(duty, listed) for duty in listed.duties]
    value = {"text": listed.version, "left_out": list(listed.left_out), "duties": found}
    return standard.dumps(value, ensure_ascii=False, indent=2)


def told(duty: Duty, listed: Listed) -> dict[str, object]:
    """One duty."""
    return {
        "who": duty.who or None,
        "title": listed.holder(duty.who) if duty.who else None,
        "is_role": duty.who in listed.settings.roles,
        "word": duty.word,
        "strength": duty.strength,
        "negated": duty.negated,
        "policy": duty.policy,
        "clause": duty.number or None,
        "anchor": duty.anchor or None,
        "words": duty.words,
    }
