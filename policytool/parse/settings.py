"""`policytool.yaml` -> Settings."""

from __future__ import annotations

import re
from datetime import date

from policytool.model.diagnostic import Diagnostic
from policytool.model.settings import (
    Elsewhere,
    Escalation,
    House,
    Organisation,
    Reminders,
    Role,
    Settings,
    Smtp,
    Waiver,
)
from policytool.parse.fields import Fields, Sheet, fields
from policytool.parse.findings import WRONG_SHAPE
from policytool.parse.people import mailbox

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDRESS = re.compile(r"https?://\S+\Z")
_HOST = re.compile(r"[A-Za-z0-9.:-]+\Z")
_SECURITY = {"starttls": 587, "tls": 465, "none": 25}
"""How the connection to a mail server is kept secret, and its port unless another is given."""
_HIGHEST_PORT = 65_535
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def settings(text: str, path: str) -> tuple[Settings, list[Diagnostic]]:
    """The settings; what is wrong is left at its default, with a diagnostic."""
    sheet = Sheet(path)
    read = fields(text, sheet)
    return (Settings() if read is None else _settings(read)), sheet.diagnostics


def _settings(read: Fields) -> Settings:
    read.require("organisation")
    value = Settings(
        organisation=_organisation(read.part("organisation")),
        roles=read.each("roles", _role),
        elsewhere=read.each("elsewhere", _elsewhere),
        house=_house(read.part("house")),
        publish_address=_publish(read.part("publish")),
        branch=read.text("branch"),
        timezone=read.text("timezone", "Europe/London"),
        meetings=_meetings(read.part("meetings")),
        reminders=_reminders(read.part("reminders")),
        smtp=_smtp(read.part("smtp")),
        waivers=tuple(waiver for part in read.parts("waive") if (waiver := _waiver(part)) is not None),
        places=dict(read.places()),
    )
    read.finish()
    return value


def _organisation(part: Fields | None) -> Organisation:
    if part is None:
        return Organisation("")
    part.require("name")
    value = Organisation(part.text("name"), part.text("short"))
    part.finish()
    return value


def _role(part: Fields) -> Role:
    part.require("title")
    value = Role(part.text("title"), part.name("acts-for"))
    part.finish()
    return value


def _elsewhere(part: Fields) -> Elsewhere:
    part.require("title")
    value = Elsewhere(
        part.text("title"), part.pattern("address", _ADDRESS, "an address: `https://school.example/x.pdf`")
    )
    part.finish()
    return value


def _house(part: Fields | None) -> House:
    if part is None:
        return House()
    colour = part.pattern("colour", _COLOUR, "a colour: `#1b365d`")
    value = House(part.text("word"), colour, part.text("crest"), part.text("font"))
    part.finish()
    return value


def _publish(part: Fields | None) -> str:
    if part is None:
        return ""
    address = part.pattern("address", _ADDRESS, "an address: `https://school.example/policies/`")
    part.finish()
    return address


def _meetings(part: Fields | None) -> dict[str, tuple[date, ...]]:
    return {} if part is None else {role: part.days(role) for role in part}


def _reminders(part: Fields | None) -> Reminders:
    if part is None:
        return Reminders()
    lead = part.counts("lead", Reminders().lead)
    escalate = part.part("escalate")
    escalation = None if escalate is None else _escalation(escalate)
    value = Reminders(tuple(sorted(lead, reverse=True)), part.choice("digest", DAYS, "monday"), escalation)
    part.finish()
    return value


def _escalation(part: Fields) -> Escalation:
    part.require("after", "to")
    value = Escalation(part.count("after", 0), part.name("to"))
    part.finish()
    return value


def _smtp(part: Fields | None) -> Smtp | None:
    if part is None:
        return None
    part.require("host", "from")
    host = part.pattern("host", _HOST, "the name of a mail server: `smtp.school.example`")
    security = part.choice("security", tuple(_SECURITY), "starttls")
    port, user = _port(part, _SECURITY[security]), part.text("user")
    sender = _mailbox(part, "from")
    part.finish()
    # The choice admits the three words only.
    return Smtp(host, sender, port, security, user) if host and sender else None  # type: ignore[arg-type]


def _port(part: Fields, default: int) -> int:
    port = part.count("port", default)
    if 0 < port <= _HIGHEST_PORT:
        return port
    where = dict(part.places())["port"]
    part.sheet.diagnostics.append(WRONG_SHAPE.at(part.sheet.path, where, f"a port is a number up to {_HIGHEST_PORT}"))
    return default


def _mailbox(part: Fields, name: str) -> str:
    """An address, or a name and an address; "" where it is neither."""
    written = part.text(name)
    if written and mailbox(written) is None:
        where = dict(part.places())[name]
        wanted = "an address, or a name and an address: `Example School <clerk@school.example>`"
        part.sheet.diagnostics.append(WRONG_SHAPE.at(part.sheet.path, where, f"`{name}` is not {wanted}"))
        return ""
    return written


def _waiver(part: Fields) -> Waiver | None:
    part.require("code", "policy", "until", "by", "reason")
    until = part.day("until")
    names = part.text("code"), part.name("policy"), part.text("by"), part.text("reason")
    part.finish()
    if until is None or not all(names):
        return None
    code, policy, by, reason = names
    return Waiver(code, policy, until, by, reason)
