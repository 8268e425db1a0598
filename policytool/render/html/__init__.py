"""Edition -> one self-contained, accessible HTML page.

The templates hold every tag, `policytool.render.html.view` every decision. Autoescape is on and only the package's own
style sheet is marked as safe, so that nothing a policy says is ever treated as HTML.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from policytool.model.house import Face
from policytool.render.edition import CONTENTS, DRAFT, FOOTNOTES, Edition
from policytool.render.html.grounds import DARK, LIGHT
from policytool.render.html.house import font_rules, pictured
from policytool.render.html.view import page
from policytool.render.templates import admission, legal, style_sheet, template

HOME_LABEL, HOME_WORDS = "Versions", "The current version and earlier ones"


@lru_cache(maxsize=8)
def _style(colour: str, faces: tuple[Face, ...]) -> str:
    return font_rules(faces) + style_sheet(__name__, "policy.css", colour, LIGHT, DARK)


def html(edition: Edition) -> bytes:
    """The page in UTF-8. Equal editions give equal bytes, whatever the machine, the day and the hash seed.

    It runs no script and fetches nothing: its content security policy allows its own style sheet, by hash, and what the
    page itself holds of the house style: the crest and the font.
    Characters that no HTML document may hold (control characters, lone surrogates; WHATWG HTML 13.2.3.5) are left out.
    """
    style = _style(edition.colour, edition.house.faces)
    text = template(__name__, "policy.html.jinja").render(
        page=page(edition),
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
        contents_title=CONTENTS,
        crest=pictured(edition.house.crest),
        crest_words=edition.crest_words,
        has_font=bool(edition.house.faces),
        draft_word=DRAFT,
        footnotes_title=FOOTNOTES,
        home_label=HOME_LABEL,
        home_words=HOME_WORDS,
    )
    return legal(text).encode()
