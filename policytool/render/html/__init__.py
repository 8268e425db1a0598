"""Edition -> one self-contained, accessible HTML page.

The templates hold every tag, `policytool.render.html.view` every decision. Autoescape is on and only the package's own
style sheet is marked as safe, so that nothing a policy says is ever treated as HTML.
"""

from __future__ import annotations

from markupsafe import Markup

from policytool.render.edition import CONTENTS, DRAFT, FOOTNOTES, Edition
from policytool.render.html.grounds import DARK, LIGHT
from policytool.render.html.view import page
from policytool.render.templates import admission, legal, style_sheet, template


def html(edition: Edition) -> bytes:
    """The page in UTF-8. Equal editions give equal bytes, whatever the machine, the day and the hash seed.

    It runs no script and fetches nothing: its content security policy allows its own style sheet, by hash, alone.
    Characters that no HTML document may hold (control characters, lone surrogates; WHATWG HTML 13.2.3.5) are left out.
    """
    style = style_sheet(__name__, "policy.css", edition.colour, LIGHT, DARK)
    text = template(__name__, "policy.html.jinja").render(
        page=page(edition),
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
        contents_title=CONTENTS,
        draft_word=DRAFT,
        footnotes_title=FOOTNOTES,
    )
    return legal(text).encode()
