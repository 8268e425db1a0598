"""Every page that is one file is valid HTML, as the W3C's checker reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.render.html import html as policy_page
from policytool.render.paper.html import html as paper_page
from policytool.render.published import index
from tests.papers import PAPERS
from tests.registers import EMPTY, EVERY_STATE, MARKUP, hostile, many
from tests.render import test_html as policies
from tests.render import test_published as published
from tests.render.test_compared_cases import CASES, made, reference
from tests.render.test_compared_html import page as compared_page
from tests.render.test_register_html import page as register_page

if TYPE_CHECKING:  # at run time pytest itself imports the plugin
    from tests.nu import Nu

pytest_plugins = ("tests.nu",)

# A message of the checker, as a pattern -> why it is accepted on these pages.
ACCEPTED = {
    "Inline (style|script) violates Content Security Policy .*": "it works no hash out; browsers do, and show the page",
}
REGISTERS = {"every state": EVERY_STATE, "empty": EMPTY, "hostile": hostile(MARKUP), "many": many(20)}
INDEXES = {name: getattr(published, name) for name in ("CURRENT", "WITHDRAWN", "BARE", "HOSTILE")}


def pages() -> Iterator[tuple[str, bytes]]:
    """Every kind of page, with all that it may have and with hostile words."""
    for name in ("SAMPLE", "DRAFT", "NOTICED"):
        yield f"policy {name}", policy_page(getattr(policies, name))
    yield from ((f"published {name}", index(page)) for name, page in INDEXES.items())
    yield from ((f"paper {name}", paper_page(paper)) for name, paper in PAPERS.items())
    yield from ((f"register {name}", register_page(register)) for name, register in REGISTERS.items())
    yield from ((f"compared {name}", compared_page(made(name))) for name in CASES)
    yield "compared reference", compared_page(reference())


def test_every_kind_of_page_is_valid(nu: Nu, tmp_path: Path) -> None:
    """The checker has neither an error nor a warning that is not accepted."""
    for name, page in pages():
        (tmp_path / f"{name}.html").write_bytes(page)
    assert nu.findings(tmp_path, ACCEPTED) == []


def test_the_checker_finds_what_is_wrong(nu: Nu, tmp_path: Path) -> None:
    """An error and a warning, with the page and the line."""
    (tmp_path / "wrong.html").write_text(
        "<!DOCTYPE html>\n<html lang='en'><title>x</title><p align=left><section>", "utf-8"
    )
    found = nu.findings(tmp_path)
    assert [one for one in found if one.startswith("wrong.html:2: ")]
    assert [one for one in found if "align" in one]
