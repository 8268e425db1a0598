"""The page of a policy, and of each of its versions: what it is, its text, who cites it, and how it came to be.

Every choice is made here; `policy.html.jinja` has the tags. Ids of the page's own begin with an
underscore, which no anchor of a policy does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from policytool.model.site import (
    WORKING,
    Citing,
    Download,
    Falling,
    Frame,
    Leaf,
    Preview,
    comparison_path,
    comparisons_path,
    policy_path,
    relative,
    version_path,
)
from policytool.render.html.shown import Line, Page
from policytool.render.html.view import page as text_page
from policytool.render.site.frame import framed
from policytool.render.site.pages import PolicyPage, Step
from policytool.render.site.policy_shown import Due, Fact, Group, Notice, Past, Place, View, Way

CITED, REVIEWS, HISTORY = ("_cited", "Cited by"), ("_reviews", "Reviews so far"), ("_history", "History")
SCRIPTS = ("states", "policy", "previews")
HERE = "shown here"
SHOWN_AT_ONCE = 10
"""So many versions of a history are shown; those before them are folded away."""
FORMS = {"pdf": "PDF", "docx": "Word", "html": "web page"}
DATED, RELATED = ("Last reviewed", "Date for review"), "Related policies"
KILO, MEGA = 1_000, 1_000_000


def policy_page(page: PolicyPage, frame: Frame) -> bytes:
    """The page in UTF-8. Equal pages give equal bytes, whatever the machine and the day."""
    text = text_page(page.edition, page.links)
    return framed(
        "policy.html.jinja",
        frame,
        page.path,
        _title(page),
        SCRIPTS,
        canonical=policy_path(page.card.policy),
        page=page,
        text=text,
        view=_view(page, text, frame),
    )


def _view(page: PolicyPage, text: Page, frame: Frame) -> View:
    past = tuple(_past(page, step) for step in page.history)
    address = _address(page, frame)
    return View(
        page.card.kind,
        tuple(_notices(page)),
        tuple(_facts(page, text)),
        tuple(map(_due, page.card.falling)) if page.leaf.kind != "superseded" and not page.card.withdrawn else (),
        tuple(_tools(page)),
        (*text.contents, *_more(page)),
        tuple(_cited(page)),
        past[:SHOWN_AT_ONCE],
        past[SHOWN_AT_ONCE:],
        tuple(dict.fromkeys(_previews(page))),
        page.leaf.told + (", not approved" if page.leaf.kind == "working" else ""),
        address,
        f"{page.card.title}, {_called(page.leaf)}" + (f": {address}" if frame.address else ""),
        page.leaf.kind == "current",
    )


# Where things are


def _to(page: PolicyPage, path: str, anchor: str = "") -> str:
    return relative(page.path, path, anchor)


def _path(page: PolicyPage, leaf: Leaf) -> str:
    """The page of a text that always stays that text's: a policy that was never approved has one page."""
    policy, own = page.card.policy, page.card.leaf
    return policy_path(policy) if leaf == own and leaf.kind == "working" else version_path(policy, leaf.version)


def _address(page: PolicyPage, frame: Frame) -> str:
    """The lasting address of the text: whole where it is known where the site is published, else from this page."""
    path = _path(page, page.leaf)
    return frame.address + path.removesuffix("index.html") if frame.address else _to(page, path)


def _compared(page: PolicyPage, old: str, new: str) -> str:
    return _to(page, comparison_path(page.card.policy, old, new))


# What it is


def _title(page: PolicyPage) -> str:
    title, leaf = page.card.title, page.leaf
    if leaf.kind == "working":
        return f"Draft: {title}"
    if leaf.kind == "superseded":
        return f"Superseded: {title}, version {leaf.version}"
    title = f"{title}, withdrawn from {page.card.withdrawn.told}" if page.card.withdrawn else title
    return title if page.path == policy_path(page.card.policy) else f"{title}, version {leaf.version}"


def _called(leaf: Leaf) -> str:
    """What a text is called in full: "version 2023-09, approved September 2023 by Full Governing Board"."""
    if leaf.approved is None:
        return "working text, not approved"
    how = "amended" if leaf.is_amended else "approved"
    return f"version {leaf.version}, {how} {leaf.approved.told}" + (f" by {leaf.by}" if leaf.by else "")


def _notices(page: PolicyPage) -> Iterator[Notice]:
    """How the text stands, the gravest first."""
    card, leaf = page.card, page.leaf
    if card.withdrawn:
        yield Notice("withdrawn", f"Withdrawn from {card.withdrawn.told}: not in force from then on", ())
    if leaf.kind == "working":
        yield Notice("draft", page.edition.notice or "Draft: not approved", tuple(_approved(page)))
    elif leaf.kind == "superseded":
        yield Notice("superseded", page.edition.notice or "Superseded", tuple(_newer(page)))
        yield Notice("past", _begun(_called(leaf)), ())
    else:
        yield Notice("current", _begun(_called(leaf)), tuple(_lasting(page)))
        if card.is_revised:
            yield Notice("revised", "The text is being revised.", tuple(_revised(page)))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _approved(page: PolicyPage) -> Iterator[Way]:
    now = page.card.leaf
    if now.kind != "working":
        yield Way(_to(page, policy_path(page.card.policy)), "Read the approved wording")
        yield Way(_compared(page, now.version, WORKING), "See what has changed since")


def _newer(page: PolicyPage) -> Iterator[Way]:
    now = page.card.leaf
    yield Way(_to(page, policy_path(page.card.policy)), "Read the current version")
    if now.kind == "current":
        yield Way(_compared(page, page.leaf.version, now.version), "See what has changed since")


def _lasting(page: PolicyPage) -> Iterator[Way]:
    path = _path(page, page.leaf)
    if path == page.path:
        yield Way(
            _to(page, policy_path(page.card.policy)), "See the policy’s own page, which shows whatever is current"
        )
    else:
        yield Way(_to(page, path), "Lasting link to this version")


def _revised(page: PolicyPage) -> Iterator[Way]:
    yield Way(_to(page, version_path(page.card.policy, WORKING)), "Read the working text")
    yield Way(_compared(page, page.leaf.version, WORKING), "Compare it with this")


def _facts(page: PolicyPage, text: Page) -> Iterator[Fact]:
    """The rows of the title block as documents have it, and who it is for."""
    for label, value in text.title_block:
        if label == DATED[0] and page.card.audience:
            yield Fact("For", _joined(page.card.audience))
        if label == RELATED and page.card.publish == "internal":
            yield Fact("Website", "not published: for the school alone")
        if label != "Version" and not (label in DATED and page.edition.notice):
            if label == DATED[1] and page.card.withdrawn:
                continue  # nobody has to review it any more
            yield Fact(label, value)  # what it is stands above, and no text but the approved has dates


def _joined(names: tuple[str, ...]) -> str:
    first = ", ".join(names[:-1])
    return f"{first} and {names[-1]}" if first else "".join(names)


def _due(falling: Falling) -> Due:
    words = f"{falling.cycle}, by {falling.by}, every {falling.every}"
    due = f"due {falling.due.told}" if falling.due else "not held yet"
    return Due(words, due, tuple(day.isoformat() for day in falling.begins or ()))


# What can be done with it


def _tools(page: PolicyPage) -> Iterator[Way]:
    for download in page.downloads:
        yield Way(_to(page, download.path), _download(download))
    if len(page.history) > 1:
        yield Way(_to(page, comparisons_path(page.card.policy)), "Compare versions")


def _download(download: Download) -> str:
    """What a document is, and how much where that is known: "PDF, 184 KB"."""
    name = FORMS.get(download.form, download.form.upper())
    if not download.size:
        return name
    if download.size < MEGA:
        return f"{name}, {max(1, round(download.size / KILO))} KB"
    return f"{name}, {download.size / MEGA:.1f} MB"


# What stands under the text


def _more(page: PolicyPage) -> Iterator[Line]:
    """Those lines of the contents that are not of the text."""
    for (anchor, title), found in zip((CITED, REVIEWS, HISTORY), (page.cited_by, page.held, page.history), strict=True):
        if found:
            yield Line(f"#{anchor}", "", (title,), ())


def _cited(page: PolicyPage) -> Iterator[Group]:
    by_policy = sorted(dict.fromkeys(page.cited_by), key=attrgetter("title", "policy"))
    for (title, policy), places in groupby(by_policy, attrgetter("title", "policy")):
        yield Group(title, page.links(policy, ""), tuple(_place(page, one) for one in places))


def _place(page: PolicyPage, citing: Citing) -> Place:
    found = page.edition.library.targets.get((page.card.policy, citing.target))
    href = page.links(citing.policy, citing.anchor) if citing.called else ""
    if not citing.target:
        return Place(citing.called, href, "", "")
    return Place(citing.called, href, found.phrase if found else f"“{citing.target}”", citing.target if found else "")


def _past(page: PolicyPage, step: Step) -> Past:
    leaf = step.leaf
    compared = None
    if step.before:
        compared = Way(_compared(page, step.before, leaf.version), f"Compare with {step.before}")
    name, _, told = _begun(_called(leaf)).partition(", ")
    path = _path(page, leaf)
    return Past(_to(page, path), name, told, step.changed, compared, tuple(_marks(page, leaf)))


def _marks(page: PolicyPage, leaf: Leaf) -> Iterator[str]:
    if leaf.kind == "current":
        yield "current"
    if leaf == page.leaf:
        yield HERE


def _previews(page: PolicyPage) -> Iterator[tuple[str, Preview]]:
    """What is shown of other policies, by the links of the text that lead there."""
    for preview in page.previews:
        href = page.links(preview.policy, preview.label)
        if href:
            yield href, replace(preview, called=_in_full(page, preview))


def _in_full(page: PolicyPage, preview: Preview) -> str:
    """What a place in another policy is called from here: "Online Safety Policy, clause 6.4"."""
    found = page.edition.library.targets.get((preview.policy, ""))
    if found is None or found.title == preview.called:
        return preview.called
    return f"{found.title}, {preview.called}" if preview.called else found.title
