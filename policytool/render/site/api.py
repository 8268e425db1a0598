"""What the site tells programs: JSON under `api/` (described in docs/api.md, with schemas in docs/schemas/).

Paths are relative to the top of the site. No person is named; what is told nowhere, as minutes on a public site, has
no key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from policytool.model.artifact import Artifact
from policytool.model.duty import Duty
from policytool.model.site import (
    API,
    CALENDAR,
    DUTIES,
    FEED,
    REGISTER,
    SEARCH,
    WORKING,
    Card,
    Citing,
    Download,
    Falling,
    Frame,
    Held,
    Leaf,
    Passage,
    policy_path,
    version_path,
)
from policytool.model.time import Moment
from policytool.render.duties.json import told as duty_told
from policytool.render.duties.listed import Listed
from policytool.render.site.citing import cites
from policytool.render.site.holdings import KINDS, Holding, holdings
from policytool.render.site.pages import PolicyPage, Step

VERSION = 1


def api_path(policy: str) -> str:
    """Where all about one policy stands."""
    return f"{API}/policies/{policy}.json"


def api_index(cards: Iterable[Card], frame: Frame) -> Artifact:
    """What there is, and every policy with its reviews, in order of id."""
    value = {
        "schema": VERSION,
        "organisation": frame.organisation,
        "address": frame.address or None,
        "is_public": frame.is_public,
        "pages": {"register": REGISTER, "search": SEARCH, "duties": DUTIES, "calendar": CALENDAR, "feed": FEED},
        "api": {"duties": f"{API}/duties.json", "calendar": f"{API}/calendar.json"},
        "policies": [_card(card) for card in _by_id(cards)],
    }
    return _indented(f"{API}/index.json", value)


def api_policy(page: PolicyPage, passages: Sequence[Passage], duties: Listed) -> Artifact:
    """All about one policy, with the text that its page shows and the duties in it."""
    value = _card(page.card) | {
        "schema": VERSION,
        "versions": [_step(page.card, step) for step in page.history],
        "held": [_held(one) for one in page.held],
        "cites": cites(page.edition, page.links),
        "cited_by": [_citing(one) for one in page.cited_by],
        "downloads": [_download(one) for one in page.downloads],
        "duties": [_duty(one, duties) for one in duties.duties],
        "text": [_passage(one) for one in passages],
    }
    return _compact(api_path(page.card.policy), value)


def api_duties(listed: Listed) -> Artifact:
    """Who has duties: everybody with how many there are of each kind, and the page that tells them."""
    return _indented(f"{API}/duties.json", {"schema": VERSION, "holders": [_holder(one) for one in holdings(listed)]})


def api_calendar(cards: Iterable[Card]) -> Artifact:
    """Every review by the day on which it falls due, those never held first; none of what is withdrawn then."""
    found = [(one, card) for card in _by_id(cards) for one in card.reviews]
    found.sort(key=lambda pair: (pair[0].due is not None, pair[0].due.last.isoformat() if pair[0].due else ""))
    reviews = [
        {
            "policy": card.policy,
            "title": card.title,
            "page": policy_path(card.policy),
            "withdrawn": _moment(card.withdrawn),
        }
        | _falling(one)
        for one, card in found
    ]
    return _indented(f"{API}/calendar.json", {"schema": VERSION, "feed": FEED, "reviews": reviews})


def _by_id(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: card.policy)


def _card(card: Card) -> dict[str, object]:
    return {
        "policy": card.policy,
        "title": card.title,
        "kind": card.kind,
        "owner": card.owner,
        "approver": card.approver,
        "audience": list(card.audience),
        "publish": card.publish,
        **_leaf(card.leaf),
        "is_revised": card.is_revised,
        "withdrawn": _moment(card.withdrawn),
        "reviews": [_falling(one) for one in card.falling],
        "page": policy_path(card.policy),
        "api": api_path(card.policy),
    }


def _leaf(leaf: Leaf) -> dict[str, object]:
    return {
        "version": leaf.version,
        "state": leaf.kind,
        "approved": _moment(leaf.approved),
        "approved_by": leaf.by or None,
        "is_amended": leaf.is_amended,
    } | _told(minute=leaf.minute)


def _falling(one: Falling) -> dict[str, object]:
    soon, due, overdue = one.begins or (None, None, None)
    return {
        "cycle": one.cycle,
        "by": one.by,
        "every": one.every,
        "last": _moment(one.last),
        "due": _moment(one.due),
        "begins": {"due soon": str(soon), "due": str(due), "overdue": str(overdue)} if one.begins else None,
    }


def _step(card: Card, step: Step) -> dict[str, object]:
    """A version. The working text has a page of its own only beside an approved one."""
    is_own = step.leaf.version != WORKING or card.is_revised
    page = version_path(card.policy, step.leaf.version) if is_own else policy_path(card.policy)
    return _leaf(step.leaf) | {"before": step.before or None, "changed": step.changed or None, "page": page}


def _held(one: Held) -> dict[str, object]:
    found: dict[str, object] = {"held": str(one.held), "what": one.what, "by": one.by, "outcome": one.outcome}
    return found | _told(minute=one.minute, reason=one.reason)


def _citing(one: Citing) -> dict[str, object]:
    return {
        "policy": one.policy,
        "title": one.title,
        "clause": one.called or None,
        "anchor": one.anchor or None,
        "target": one.target or None,
    }


def _download(one: Download) -> dict[str, object]:
    return {"path": one.path, "format": one.form, "size": one.size}


def _passage(one: Passage) -> dict[str, object]:
    return {
        "anchor": one.anchor or None,
        "number": one.number or None,
        "heading": one.heading or None,
        "words": one.words,
    }


def _duty(one: Duty, listed: Listed) -> dict[str, object]:
    """As `policytool duties --format json` tells it, but for the policy, which is this."""
    return {name: said for name, said in duty_told(one, listed).items() if name != "policy"}


def _holder(one: Holding) -> dict[str, object]:
    """Who, and how much; a role without a duty has no page."""
    return {
        "who": one.who or None,
        "title": one.title if one.who else None,
        "kind": one.kind,
        "counts": {words: one.counts[name] for name, words in KINDS.items()},
        "page": one.path if one.duties else None,
    }


def _told(**words: str) -> dict[str, object]:
    return {name: said for name, said in words.items() if said}


def _moment(moment: Moment | None) -> str | None:
    return str(moment) if moment else None


def _indented(path: str, value: Mapping[str, object]) -> Artifact:
    return _artifact(path, json.dumps(value, ensure_ascii=False, indent=2))


def _compact(path: str, value: Mapping[str, object]) -> Artifact:
    """For what is long: no blanks."""
    return _artifact(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _artifact(path: str, text: str) -> Artifact:
    """In UTF-8, with a newline at the end. Half a character, which no text should hold, is a question mark."""
    return Artifact(path, f"{text}\n".encode(errors="replace"))
