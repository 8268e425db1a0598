"""What holders of duties are called: the roles of the settings by their titles and usual names, and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from policytool.model.names import nearest
from policytool.model.settings import Settings
from policytool.model.unable import UnableError

# Each line is one holder by its usual names. A role that goes by one of them takes the others, unless they are the name
# of another role; without one it is a group called by the first.
_USUAL: tuple[tuple[str, ...], ...] = (
    ("headteacher", "head teacher", "head", "principal"),
    ("governing board", "full governing board", "governing body", "board of governors", "full governing body", "board"),
    ("chair of governors", "chair of the governing board", "chair of the governing body", "chair"),
    ("designated safeguarding lead", "safeguarding lead", "DSL"),
    ("clerk to the governors", "clerk to the governing board", "clerk", "governance professional"),
    ("school business manager", "business manager", "SBM"),
    ("data protection officer", "DPO"),
    ("SENCO", "SENDCO", "special educational needs co-ordinator", "special educational needs coordinator"),
    (
        "staff",
        "all staff",
        "school staff",
        "members of staff",
        "member of staff",
        "staff members",
        "staff member",
        "anyone on the staff",
        "everyone on the staff",
        "colleagues",
    ),
    ("governors", "governor", "school governors", "school governor"),
    ("employees", "employee", "workers", "worker"),
    ("teachers", "teacher", "class teachers", "class teacher", "teaching staff"),
    ("support staff", "teaching assistants", "teaching assistant"),
    ("line managers", "line manager", "managers", "manager"),
    ("senior leaders", "senior leader", "school leaders", "school leader", "leaders", "senior leadership team", "SLT"),
    ("pupils", "pupil", "children", "child", "students", "student", "former pupils", "former pupil"),
    ("parents", "parent", "parents and carers", "parents or carers", "carers", "carer", "parents/carers"),
    ("the school", "our school"),
    ("the trust",),
    ("the local authority",),
    ("visitors", "visitor"),
    ("volunteers", "volunteer"),
    ("contractors", "contractor"),
    ("trainees", "trainee"),
    ("users", "user"),
    ("anyone", "everyone", "everybody", "anybody", "nobody", "no one", "whoever", "person", "people", "those"),
)
_BOARD, _GOVERNORS = _USUAL[1], "governors"
_BEFORE = (
    r"(?:(?:all|any|each|both|either|neither|none|some|most|one|two|three)\s+of\s+)?(?:(?:only|all|any|every|each|both|"
    r"either|neither|no|some|most|other|our|the|a|an|those|these|new|at\s+least|one|two|three|individual)\s+)*"
)
_HEADING = re.compile(
    r"(?:the\s+)?(?:roles?|responsibilit(?:y|ies)|duties)(?:\s+and\s+(?:responsibilities|duties))?\s+of\s+",
    re.IGNORECASE,
)
_HEADED = re.compile(r"(?:['\u2019]s?)?\s+(?:roles?|responsibilities|duties|must|should|will)\b.*", re.IGNORECASE)


class Names:
    """The names by which the holders of duties are known in one repository."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def _holders(self) -> Mapping[str, str]:
        """Every name in small letters -> the id of the role, or the words of the group."""
        known: dict[str, str] = {}
        for key, role in self.settings.roles.items():
            for name in (role.title.casefold(), key.replace("-", " ").casefold()):
                known.setdefault(name, key)
        for names in _USUAL:
            small = [name.casefold() for name in names]
            holder = next((known[name] for name in small if name in known), names[0])
            for name in small:
                known.setdefault(name, holder)
        self._take_governors(known)
        plurals = {f"{name}s": holder for name, holder in known.items() if not name.endswith(("s", "y"))}
        return plurals | known

    def _take_governors(self, known: dict[str, str]) -> None:
        """Where governors are no role of their own, they are the governing board."""
        board = known[_BOARD[0].casefold()]
        if known[_GOVERNORS] not in self.settings.roles and board in self.settings.roles:
            for name in ("governors", "governor", "school governors", "school governor"):
                known[name] = board

    @cached_property
    def _name(self) -> str:
        longest = sorted(self._holders, key=len, reverse=True)
        return "(?:" + "|".join(re.escape(name).replace("\\ ", "\\s+") for name in longest) + r")(?![\w-])"

    @cached_property
    def phrase(self) -> re.Pattern[str]:
        """One holder or several: "the Headteacher or the Chair of Governors"."""
        one = rf"{_BEFORE}{self._name}"
        return re.compile(rf"{one}(?:(?:,\s*{one})*,?\s+(?:and|or|nor|and/or)\s+{one})?", re.IGNORECASE)

    @cached_property
    def single(self) -> re.Pattern[str]:
        """One name."""
        return re.compile(rf"(?<![\w-]){_BEFORE}({self._name})", re.IGNORECASE)

    def within(self, phrase: str) -> tuple[str, ...]:
        """The holders that a phrase names, each once."""
        found = (self._holders.get(" ".join(match[1].casefold().split()), "") for match in self.single.finditer(phrase))
        return tuple(dict.fromkeys(holder for holder in found if holder))

    def heading(self, title: str) -> tuple[str, ...]:
        """The holders that a heading is about: "Headteacher", "Responsibilities of staff", "The governors' duties"."""
        title = _HEADING.sub("", title.strip(), count=1) if _HEADING.match(title.strip()) else title.strip()
        match = self.phrase.match(title)
        rest = title[match.end() :] if match else "?"
        return self.within(title[: match.end()]) if match and (not rest or _HEADED.fullmatch(rest)) else ()

    def title(self, who: str) -> str:
        """What a holder is called in a heading."""
        return self.settings.title(who) if who in self.settings.roles else who[:1].upper() + who[1:]

    def meant(self, written: str) -> str:
        """The holder that a user means by a role's id, a title or a usual name. Raises `UnableError` for none."""
        if written in self.settings.roles:
            return written
        key = " ".join(written.casefold().split())
        for name in (key, f"the {key}"):
            if name in self._holders:
                return self._holders[name]
        known = [*self.settings.roles, *self._groups()]
        raise UnableError(f"`{written}` is no role and no group", nearest(key, known) or f"known are {_listed(known)}")

    def _groups(self) -> Iterator[str]:
        yield from (holder for holder in dict.fromkeys(self._holders.values()) if holder not in self.settings.roles)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
