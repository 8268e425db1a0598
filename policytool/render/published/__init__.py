"""The issues of a policy -> the page that names the current one, its files, and those that were superseded.

The template holds every tag. The style sheet is admitted by hash in the page's own content security policy, which
admits nothing else; nothing that a policy says is ever treated as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from policytool.model.seal import BLANK, sealed
from policytool.render.colour import WHITE, Colour
from policytool.render.templates import admission, legal, style_sheet, template

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7))
DARK: tuple[Colour, ...] = ((0x15, 0x18, 0x1C), (0x20, 0x25, 0x2B))
"""The grounds that words stand on in `published.css`: --paper, --tint."""
FORMATS = {"html": "Web page", "pdf": "PDF", "docx": "Word"}
"""How people call the formats, in the order in which they are offered."""
_UNITS = ("bytes", "kB", "MB", "GB")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class File:
    """One file of an issue: its path below the folder of the policy, its size in bytes, and whether it is there."""

    path: str
    size: int
    is_there: bool = True

    @property
    def format(self) -> str:
        """What people call its format."""
        ending = self.path.rpartition(".")[2]
        return FORMATS.get(ending, ending)

    @property
    def href(self) -> str:
        """The link to it, "" where it is not there."""
        return quote(self.path, errors="ignore") if self.is_there else ""

    @property
    def told(self) -> str:
        """Its size, as people say it: "48 kB"."""
        size, unit = float(self.size), 0
        while size >= _THOUSAND and unit < len(_UNITS) - 1:
            size, unit = size / _THOUSAND, unit + 1
        return f"{size:.0f} {_UNITS[unit]}" if unit != 2 or size >= 10 else f"{size:.1f} MB"  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Listed:
    """One issue on the page: its version, and the days of its approval and publication as people say them."""

    version: str
    approved: str
    published: str
    files: tuple[File, ...]

    @property
    def offered(self) -> tuple[File, ...]:
        """Its files in the order in which they are offered."""
        order = [*FORMATS.values()]
        return tuple(sorted(self.files, key=lambda one: order.index(one.format) if one.format in order else 9))


@dataclass(frozen=True, slots=True)
class Index:
    """What the page says: the policy, its current issue if it has one, those superseded, newest first.

    `due` is the next review as people say it, "" where none is known. `withdrawn` says since when and why the policy
    is no longer in force.
    """

    title: str
    organisation: str
    colour: str
    current: Listed | None
    superseded: tuple[Listed, ...] = ()
    due: str = ""
    withdrawn: str = ""

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What is told of the current issue, label and value."""
        if self.current is not None:
            yield "Version", self.current.version
            yield "Approved", self.current.approved
            yield "Published", self.current.published
            yield "Next review", self.due


def index(page: Index) -> bytes:
    """The page in UTF-8; equal values give equal bytes. It fetches nothing and runs nothing.

    Characters that no HTML document may hold are left out.
    """
    style = style_sheet(__name__, "published.css", page.colour, LIGHT, DARK)
    text = template(__name__, "published.html.jinja").render(
        page=page,
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
        seal=BLANK,
    )
    return sealed(legal(text).encode())
