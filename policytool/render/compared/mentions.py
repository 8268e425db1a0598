"""Numbers that moved, and references that a change touches -> plain words."""

from __future__ import annotations

import re

from policytool.model.comparison import ChangeKind, Comparison, Landing, Renumbering, Ripple
from policytool.render.compared.sides import Sides, noun_of
from policytool.render.compared.words import capital


def number_lines(comparison: Comparison) -> list[str]:
    """The numbers that moved, and the references that follow them: each line once."""
    lines = [renumbering_line(run) for run in comparison.renumberings]
    for change in comparison.changes:
        for before, after in change.consequences:
            where = change.new[0].citation
            follows = f"a reference to {before} now prints {after}"
            lines.append(f"{where}: {follows}" if where else follows.capitalize())
    return list(dict.fromkeys(lines))


def renumbering_line(run: Renumbering) -> str:
    """Sections 2 to 12 are now 3 to 13; clauses 5.3 and 5.4 are now 5.2 and 5.3."""
    noun = run.noun.capitalize()
    if run.old_first == run.old_last:
        return f"{noun} {run.old_first} is now {run.new_first}"
    to = "and" if _follows(run.old_first, run.old_last) else "to"
    return f"{noun}s {run.old_first} {to} {run.old_last} are now {run.new_first} {to} {run.new_last}"


_LAST_PART = re.compile(r"(\d+|[a-zA-Z])\)?$")


def _follows(first: str, last: str) -> bool:
    """Whether the second number comes right after the first: 5.3 and 5.4, 2(a) and 2(b)."""
    one, other = _LAST_PART.search(first), _LAST_PART.search(last)
    if not one or not other:
        return False
    if one[1].isdigit() and other[1].isdigit():
        return int(other[1]) - int(one[1]) == 1
    return not one[1].isdigit() and not other[1].isdigit() and ord(other[1]) - ord(one[1]) == 1


def ripple_line(one: Ripple, sides: Sides) -> str:
    """Whistleblowing Policy, clause 3.1, cites clause 4.2, which was reworded."""
    edition = sides.old if one.kind is ChangeKind.DELETED else sides.new
    target = f"{noun_of(edition.policy, one.target)} {one.target}" if _is_number(one.target) else f"“{one.target}”"
    which = "was put together with another" if one.kind is ChangeKind.MERGED else f"was {one.kind}"
    return f"{_citing(one, sides)} cites {target}, which {which}"


def _citing(one: Ripple, sides: Sides) -> str:
    citing = f"{noun_of(sides.new.library.policies.get(one.policy), one.citing)} {one.citing}" if one.citing else ""
    if one.policy == sides.comparison.new.policy:
        return f"{capital(citing)} of this policy" if citing else "This policy"
    return f"{one.title}, {citing}," if citing else one.title


def _is_number(written: str) -> bool:
    """Labels begin with a small letter, numbers never do."""
    return not written[:1].islower()


def landing_line(one: Landing, sides: Sides) -> str:
    """A reference that lands on another clause than it did."""
    citing, before = sides.place(one.citing), sides.place(one.before, old=True)
    return (
        f"{capital(citing)} cites {sides.place(one.after)} (“{_beginning(sides.text(one.after))}”). "
        f"Before, the reference led to {before} (“{_beginning(sides.text(one.before, old=True))}”)."
    )


def _beginning(text: str, most: int = 12) -> str:
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
