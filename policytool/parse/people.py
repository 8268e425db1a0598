"""`people.yaml` -> who holds which role, and where to write to them.

Nothing that stands in the text is ever repeated in a diagnostic: a name put where a field should be is still a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from policytool.model.diagnostic import Diagnostic
from policytool.model.reminder import Person
from policytool.parse.fields import Fields, Sheet, fields
from policytool.parse.findings import (
    BAD_YAML,
    CONTROL,
    DUPLICATE_FIELD,
    MISSING_FIELD,
    PERSON_WITHOUT_ROLE,
    UNKNOWN_FIELD,
    WRONG_SHAPE,
)

_ATOM = r"[^\s@<>(),;:\\\"\[\]]+"
_MAILBOX = re.compile(rf"{_ATOM}@{_ATOM}\Z")
# RFC 5321, 4.5.3.1.3: a path has 256 octets, the angle brackets included.
_LONGEST = 254
_SHAPE = "write `role: {name: …, email: …}`, or a list of these"
_ADDRESS = "one address is wanted for `email`: `clerk@school.example`"
# What is said instead of a message that might quote the text.
_SAID = {
    BAD_YAML.code: ("the fields cannot be read", "look for a missing blank after a colon, a tab, or an open quote"),
    CONTROL.code: ("a control character", "delete it"),
    DUPLICATE_FIELD.code: ("the same field stands twice", "several people who hold one role are a list"),
    MISSING_FIELD.code: ("`name` or `email` is missing", _SHAPE),
    PERSON_WITHOUT_ROLE.code: ("`policytool.yaml` defines no such role: nobody is written to here", ""),
    UNKNOWN_FIELD.code: ("this is no field here", _SHAPE),
    WRONG_SHAPE.code: ("people are wanted here", _SHAPE),
}


def people(text: str, path: str, roles: Collection[str]) -> tuple[tuple[Person, ...], list[Diagnostic]]:
    """Everybody who holds one of the roles, in order; a mistake leaves one person out, with a diagnostic.

    A diagnostic gives place and field, and never the words that stand there. Holders are counted as they are written,
    those included that are left out, so that mending one does not make another of the next.
    """
    sheet = Sheet(path)
    read = fields(text, sheet)
    found = () if read is None else tuple(_everybody(read, roles))
    mistakes = len(sheet.diagnostics)
    if read is not None:
        read.finish()
    strangers = [replace(one, finding=PERSON_WITHOUT_ROLE) for one in sheet.diagnostics[mistakes:]]
    return found, [_discreet(one) for one in (*sheet.diagnostics[:mistakes], *strangers)]


def _everybody(read: Fields, roles: Collection[str]) -> Iterator[Person]:
    places = dict(read.places())
    for role in read:
        if role not in roles:
            continue
        several = f"{role}.0" in places
        holders = read.parts(role) if several else filter(None, [read.part(role)])
        for place, part in enumerate(holders, 1):
            if person := _person(role, place, part):
                yield person


def _person(role: str, place: int, part: Fields) -> Person | None:
    before = len(part.sheet.diagnostics)
    part.require("name", "email")
    name, address = part.text("name"), part.text("email")
    where = dict(part.places())
    if address and not is_mailbox(address):
        part.sheet.diagnostics.append(WRONG_SHAPE.at(part.sheet.path, where.get("email"), _ADDRESS))
    part.finish()
    return Person(role, place, name, address) if len(part.sheet.diagnostics) == before else None


def _discreet(one: Diagnostic) -> Diagnostic:
    """A diagnostic that repeats nothing of the text."""
    if one.message == _ADDRESS:
        return one
    message, advice = _SAID.get(one.finding.code, ("this cannot be read", _SHAPE))
    return replace(one, message=message, advice=advice, length=1)


def is_mailbox(text: str) -> bool:
    """Whether the text is one address without a name, of an ordinary kind: no quotes, comments, blanks or lists."""
    local, _, domain = text.partition("@")
    if len(text) > _LONGEST or not text.isprintable() or not _MAILBOX.match(text) or _has_stray_dot(local):
        return False
    try:
        return bool(domain.encode("idna")) and not _has_stray_dot(domain)
    except UnicodeError:
        return False


def _has_stray_dot(part: str) -> bool:
    return part.startswith(".") or part.endswith(".") or ".." in part


def mailbox(text: str) -> tuple[str, str] | None:
    """Name and address of `Name <address>` or of a bare address; None where it is neither."""
    match = re.match(r"(?P<name>[^<>\"]*)<(?P<address>[^<>]+)>\Z", text)
    name, address = (match["name"].strip(), match["address"]) if match else ("", text)
    return (name, address) if is_mailbox(address) else None
