"""A page of the site in its frame: the masthead, what leads elsewhere, and what the page may fetch."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from policytool.model.site import CALENDAR, DUTIES, REGISTER, SEARCH, Frame, relative
from policytool.render.site.assets import SHEET, asset
from policytool.render.templates import legal, template

ROOMS = ((REGISTER, "Policies"), (DUTIES, "Duties"), (CALENDAR, "Calendar"))


class Way(NamedTuple):
    """A link of the masthead, and whether it is the page that is shown."""

    href: str
    words: str
    is_here: bool


def framed(name: str, frame: Frame, path: str, title: str, scripts: tuple[str, ...] = (), **given: Any) -> bytes:  # noqa: ANN401  # what a template asks for
    """The page at `path`, made by a template of this package that extends `site/frame.html.jinja`, in UTF-8.

    `scripts` are names of scripts in `site/scripts/`, without their ending; `given` is what the template asks for.
    """
    link = partial(relative, path)
    names = (*scripts, *(("live",) if frame.is_live else ()))
    text = template(__package__, name).render(
        frame=frame,
        path=path,
        title=title,
        link=link,
        sheet=link(asset(SHEET, frame)),
        scripts=[link(asset(f"{one}.js", frame)) for one in names],
        ways=[Way(link(way), words, way == path) for way, words in ROOMS],
        home=link(REGISTER),
        search=link(SEARCH),
        address=f"{frame.address}{path.removesuffix('index.html')}" if frame.address else "",
        **given,
    )
    return legal(text).encode()
