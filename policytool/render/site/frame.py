"""A page of the site in its frame: the masthead, what leads elsewhere, and what the page may fetch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from posixpath import dirname
from typing import Any, NamedTuple

from policytool.model.site import (
    API,
    CALENDAR,
    DUTIES,
    MISSING,
    NOBODY,
    REGISTER,
    SEARCH,
    Frame,
    group_path,
    relative,
    role_path,
)
from policytool.render.site.assets import ICON, SHEET, asset
from policytool.render.templates import legal, template

ROOMS = ((REGISTER, "Policies"), (DUTIES, "Duties"), (CALENDAR, "Calendar"))
_HOLDERS = (*(path("x").removesuffix("x.html") for path in (role_path, group_path)), NOBODY)


class Way(NamedTuple):
    """A link of the masthead. `current` is "page" on the page that it leads to, "true" on what stands below that."""

    href: str
    words: str
    current: str


def framed(  # noqa: PLR0913  # what a page is made of
    name: str,
    frame: Frame,
    path: str,
    title: str,
    scripts: tuple[str, ...] = (),
    *,
    link: Callable[..., str] | None = None,
    canonical: str = "",
    **given: Any,  # noqa: ANN401  # what a template asks for
) -> bytes:
    """The page at `path`, made by a template of this package that extends `site/frame.html.jinja`, in UTF-8.

    `scripts` are names of scripts in `site/scripts/`, without their ending; `given` is what the template asks for.
    `link` makes a link of a path of the site and of an anchor there; it is relative unless said otherwise. `canonical`
    is the path of another page that stands for this one.
    """
    link = link or partial(relative, path)
    names = (*scripts, *(("live",) if frame.is_live else ()))
    text = template(__package__, name).render(
        frame=frame,
        path=path,
        title=title,
        link=link,
        sheet=link(asset(SHEET, frame)),
        icon=link(asset(ICON, frame)),
        scripts=[link(asset(f"{one}.js", frame)) for one in names],
        ways=[Way(link(way), words, _current(way, path)) for way, words in ROOMS],
        home=link(REGISTER),
        search=link(SEARCH),
        data=link(f"{API}/index.json"),
        address=_address(frame, canonical or path),
        **given,
    )
    return legal(text).encode()


def _address(frame: Frame, path: str) -> str:
    """Where the page is published; "" where nobody said, and for what is shown at any address."""
    return f"{frame.address}{path.removesuffix('index.html')}" if frame.address and path != MISSING else ""


def _current(way: str, path: str) -> str:
    if way == path:
        return "page"
    return "true" if way == _room(path) else ""


def _room(path: str) -> str:
    """The page of the masthead that a page stands below: what has a folder is a policy's, but for holders' duties."""
    if path.startswith(_HOLDERS):
        return DUTIES
    return REGISTER if dirname(path) else ""
