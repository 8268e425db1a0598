"""Duties -> JSON."""

from __future__ import annotations

import json as standard

from policytool.render.duties.listed import Listed


def json(listed: Listed) -> str:
    """An object: which text was read, and the duties in order. `who` is null where nobody is named."""
    found = [
        {
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
        for duty in listed.duties
    ]
    value = {"text": listed.version, "left_out": list(listed.left_out), "duties": found}
    return standard.dumps(value, ensure_ascii=False, indent=2)
