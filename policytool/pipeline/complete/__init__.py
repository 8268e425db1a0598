"""A command line that is being typed -> what may stand in the place of its last word.

It is asked at every press of a key, so that nothing is imported that takes time: neither click nor any command. What
each command takes stands in `commands.json`, which a test holds against the commands themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from policytool.parse import glimpse
from policytool.pipeline.complete.line import words_of
from policytool.store import names

LINE = "POLICYTOOL_LINE"
"""The part of the environment in which a shell gives the line, up to the cursor."""
KNOWN = Path(__file__).with_name("commands.json")
FILES, FOLDERS = "FILES", "FOLDERS"
"""Offers that tell the shell to complete names of files, or of folders, as it does."""
_NO_WORDING = ("correction", "reschedule", "publication", "withdrawal")
_DATE = 3  # parts of a day: 2026-09-14
Takes: TypeAlias = Mapping[str, Any]
"""`takes`: the name of a kind of value, "" for none, or the words to choose from; `many`: more than one, and `help`."""


class Offer(NamedTuple):
    """What may stand there: the whole word, what is said of it, and whether the word goes on."""

    word: str
    help: str = ""
    goes_on: bool = False


def answer(shell: str, line: str) -> str:
    """What the scripts of the shells read, a line an offer: the word, + where it goes on, and what is said of it."""
    offers = complete(line, "`" if shell == "powershell" else "\\")
    return "".join(f"{one.word}\t{'+' if one.goes_on else '-'}\t{' '.join(one.help.split())}\n" for one in offers)


def complete(line: str, escape: str = "\\") -> list[Offer]:
    """What may stand in the place of the last word of a line; nothing, where anything at all goes wrong."""
    try:
        typing = _Typing(words_of(line, escape))
        return [
            offer for offer in typing.offers() if offer.word.startswith(typing.last) or offer.word in (FILES, FOLDERS)
        ]
    except Exception:  # noqa: BLE001  # a person who types must never be disturbed
        return []


class _Typing:
    """A line as far as it is typed: its last word, and what the words before it mean."""

    def __init__(self, words: Sequence[str]) -> None:
        self.commands: Mapping[str, Any] = json.loads(KNOWN.read_bytes())
        *before, self.last = words
        self.command = ""
        self.given: list[str] = []
        self.waiting: Takes | None = None
        self.root = ""
        self.ended = False
        for word in before:
            self._read(word)

    def _read(self, word: str) -> None:
        if self.waiting is not None:
            self.root = word if self.waiting.get("name") == "--root" else self.root
            self.waiting = None
        elif word.startswith("-") and not self.ended:
            self.ended = word == "--"
            self._option(word)
        elif not self.command:
            self.command = word
        else:
            self.given.append(word)

    def _option(self, word: str) -> None:
        name, given, value = word.partition("=")
        option = self._options.get(name)
        if name == "--root" and given:
            self.root = value
        elif option and option["takes"] and not given:
            self.waiting = option | {"name": name}

    @property
    def _options(self) -> Mapping[str, dict[str, Any]]:
        """The options that may stand here, by name."""
        found: Mapping[str, dict[str, Any]] = self.commands.get(self.command, {}).get("options", {})
        return found

    def offers(self) -> Iterator[Offer]:
        """Values of the option before, options, commands or arguments."""
        name, equals, value = self.last.partition("=")
        if self.waiting is not None:
            yield from self._values(self.waiting, self.last)
        elif equals and name in self._options:
            yield from (one._replace(word=f"{name}={one.word}") for one in self._values(self._options[name], value))
        elif self.last.startswith("-") and not self.ended:
            yield from (Offer(name, option["help"]) for name, option in self._options.items())
        elif not self.command:
            yield from (Offer(name, known["help"]) for name, known in self.commands.items() if name)
        else:
            yield from self._argument()

    def _argument(self) -> Iterator[Offer]:
        arguments = self.commands[self.command]["arguments"]
        place = len(self.given)
        if place < len(arguments):
            yield from self._values(arguments[place], self.last)
        elif arguments and arguments[-1].get("many"):
            yield from self._values(arguments[-1], self.last)

    def _values(self, takes: Takes, typed: str) -> Iterator[Offer]:
        kind = takes["takes"]
        if isinstance(kind, str):
            for one in kind.split():
                yield from _KINDS[one](self, typed)
        elif takes.get("many"):
            done, comma, _ = typed.rpartition(",")
            named = done.split(",")
            yield from (Offer(f"{done}{comma}{word}", goes_on=True) for word in kind if word not in named)
        else:
            yield from map(Offer, kind)

    # Kinds of values

    @cached_property
    def folder(self) -> Path:
        """The repository."""
        return Path(self.root).expanduser() if self.root else names.find_root(Path.cwd())

    @cached_property
    def policies(self) -> Mapping[str, Path]:
        """The files of the policies by id."""
        return names.policies(self.folder)

    @property
    def policy(self) -> str:
        """The policy that the line names before."""
        named = next(iter(self.given), "").partition("#")[0]
        return Path(named).stem if named.endswith(".md") else named

    def policy_offers(self, typed: str) -> Iterator[Offer]:
        """Ids; files, where a path is begun."""
        yield from (Offer(FILES),) if "/" in typed else map(Offer, self.policies)

    def place_offers(self, typed: str) -> Iterator[Offer]:
        """Ids; behind the #, the labels of that policy."""
        named, hashed, _ = typed.partition("#")
        if not hashed:
            yield from self.policy_offers(typed)
            return
        source = self.policies[Path(named).stem if named.endswith(".md") else named]
        for label, line in glimpse.labels(names.text(source)):
            yield Offer(f"{named}#{label}", line)

    def version_offers(self, typed: str) -> Iterator[Offer]:
        """Names of versions; those of reviews and of days as the records of the policy have them."""
        yield Offer("working", "the text as it stands")
        yield Offer("approved", "the approved wording")
        if not self.policy:
            return
        for record in names.records(self.folder, self.policy):
            held, what = _parted(record)
            if typed.startswith("@") and held.count("-") == _DATE - 1:
                yield Offer(f"@{held}", "the library at the end of that day")
            elif what not in _NO_WORDING:
                yield Offer(f"{what}:{held}", "the wording of that review")

    def record_offers(self, _typed: str) -> Iterator[Offer]:
        """Names of records of the policy."""
        yield from map(Offer, names.records(self.folder, self.policy))

    def cycle_offers(self, _typed: str) -> Iterator[Offer]:
        """The review cycles of the policy."""
        yield from map(Offer, glimpse.names_under(names.text(self.policies[self.policy]), "reviews"))

    def role_offers(self, _typed: str) -> Iterator[Offer]:
        """The roles of the settings."""
        yield from map(Offer, glimpse.names_under(names.text(self.folder / names.SETTINGS), "roles"))


def _parted(record: str) -> tuple[str, str]:
    """When and what, in a record's name: 2026-09-14-governors.2, 2026-09-annual."""
    parts = record.partition(".")[0].split("-")
    days = _DATE if parts[_DATE - 1].isdecimal() else _DATE - 1
    return "-".join(parts[:days]), "-".join(parts[days:])


_KINDS: Mapping[str, Callable[[_Typing, str], Iterator[Offer]]] = {
    "POLICY": _Typing.policy_offers,
    "PLACE": _Typing.place_offers,
    "VERSION": _Typing.version_offers,
    "RECORD": _Typing.record_offers,
    "CYCLE": _Typing.cycle_offers,
    "ROLE": _Typing.role_offers,
    FILES: lambda _typing, _typed: iter((Offer(FILES),)),
    FOLDERS: lambda _typing, _typed: iter((Offer(FOLDERS),)),
    "TEXT": lambda _typing, _typed: iter(()),
}
