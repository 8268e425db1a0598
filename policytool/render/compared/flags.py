"""The flags of a change -> plain words: what of substance it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytool.model.comparison import Change, Flag
from policytool.model.inline import Reference
from policytool.render.compared import words
from policytool.render.compared.sides import Sides
from policytool.render.edition import Edition

_FLAGGED = {
    "number": "number",
    "sum": "sum of money",
    "period": "period",
    "date": "date",
    "age": "age",
    "role": "role",
    "term": "defined term",
}


def matters(sides: Sides) -> Iterator[tuple[Change, str, str]]:
    """All flags, each with its change and the passage that it is raised of; none of texts that are unrelated."""
    for change in () if sides.comparison.unrelated else sides.comparison.told:
        for _, flag in flags(change, sides):
            yield change, words.subject(change, sides), flag


def flags(change: Change, sides: Sides) -> tuple[tuple[str, str], ...]:
    """What of substance it touches: the effect on a duty, else the kind of the flag; and plain words."""
    old = " ".join(sides.text(passage, old=True) for passage in change.old)
    new = " ".join(sides.text(passage) for passage in change.new)
    told = ((flag.effect or flag.kind, _flag(_as_written(flag, old, new), sides)) for flag in change.flags)
    return tuple(dict.fromkeys(told))


def _as_written(flag: Flag, old: str, new: str) -> Flag:
    """The flag with its words in the capitals that they have in the text."""
    return Flag(flag.kind, _found(flag.before, old), _found(flag.after, new), flag.effect)


def _found(wanted: str, text: str) -> str:
    if not wanted:
        return ""
    match = re.search(r"\s+".join(map(re.escape, wanted.split())), text, re.IGNORECASE)
    return (" ".join(match[0].split()) if match else wanted).rstrip(",.;:")


def _flag(flag: Flag, sides: Sides) -> str:
    if flag.kind == "reference":
        return _reference(flag, sides)
    if flag.kind == "duty":
        return _duty(flag)
    if flag.kind == "negation":
        return f"{_turned(flag)}: check the sense"
    noun = _FLAGGED[flag.kind]
    if flag.before and flag.after:
        return f"the {noun} changed from “{flag.before}” to “{flag.after}”"
    article = "an" if noun[0] in "aeiou" else "a"
    return (
        f"{article} {noun} was added: “{flag.after}”"
        if flag.after
        else (f"{article} {noun} was taken out: “{flag.before}”")
    )


def _turned(flag: Flag) -> str:
    if flag.before and flag.after:
        return f"“{flag.before}” became “{flag.after}”"
    return f"“{flag.after}” was added" if flag.after else f"“{flag.before}” was taken out"


def _duty(flag: Flag) -> str:
    before, after = flag.before, flag.after
    if flag.effect:
        return f"{_turned(flag)}: the duty is {flag.effect}"
    if not before or not after:
        return f"{_DUTIES[_standing(before or after)]} was {'added' if after else 'taken out'}: “{before or after}”"
    if _forbids(after) and not _forbids(before):
        return f"{_turned(flag)}: what was {_standing(before)} is now {_standing(after)}"
    if _forbids(before) and not _forbids(after):
        return f"{_turned(flag)}: what was {_standing(before)} is now {_standing(after)}"
    return f"{_turned(flag)}: the duty is as strong as before"


def _forbids(duty: str) -> bool:
    return "not" in duty.lower() or "neither" in duty.lower()


def _standing(duty: str) -> str:
    """What a duty word makes of what follows it."""
    word = duty.lower().split()[0]
    if _forbids(duty):
        return "advised against" if word in ("should", "ought") else "forbidden"
    return {"may": "allowed", "can": "allowed", "should": "advised", "ought": "advised"}.get(word, "required")


_DUTIES = {
    "required": "a duty",
    "advised": "a recommendation",
    "allowed": "a permission",
    "advised against": "a recommendation against something",
    "forbidden": "a prohibition",
}


def _reference(flag: Flag, sides: Sides) -> str:
    before, after = _target(flag.before, sides.old), _target(flag.after, sides.new)
    if before and after:
        return f"a reference to {before} now points to {after}"
    return f"a reference to {after} was added" if after else f"a reference to {before} was taken out"


def _target(written: str, edition: Edition) -> str:
    if not written:
        return ""
    policy, _, label = written.partition("#")
    return edition.plain((Reference(policy, label),)).replace("\N{NO-BREAK SPACE}", " ")
