"""Pages of the site, laid in a folder with all that they fetch, and shown in a real browser from there."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from policytool.model.site import Frame
from policytool.render.site.assets import assets

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.browser import Browser, Scheme


def show(  # noqa: PLR0913  # what a reader may have chosen, by name
    browser: Browser,
    page: bytes,
    path: str,
    frame: Frame,
    *,
    width: int = 1280,
    scheme: Scheme = "light",
    after: str = "",
) -> Path:
    """Shows a page that stands at a path of the site; `after` is a query or a fragment. The folder of the site."""
    folder = Path(mkdtemp(dir=browser.folder))
    for one in assets(frame):
        lay(folder, one.path, one.content)
    lay(folder, path, page)
    browser.open((folder / path).as_uri() + after, width=width, scheme=scheme)
    return folder


def lay(folder: Path, path: str, content: bytes) -> None:
    """Puts a file of the site into its folder."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def visible(browser: Browser, selector: str) -> bool:
    """Whether the first such element is shown."""
    return bool(browser.value(f"document.querySelector({selector!r})?.checkVisibility() ?? false"))


def texts(browser: Browser, selector: str) -> list[str]:
    """The words of all such elements that are shown."""
    found: Any = browser.value(
        f"[...document.querySelectorAll({selector!r})].filter(one => one.checkVisibility())"
        ".map(one => one.textContent.replace(/\\s+/g, ' ').trim())"
    )
    return [str(text) for text in found]


def fits(browser: Browser) -> bool:
    """Whether nothing scrolls sideways, however narrow the window."""
    return bool(browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
