"""What may become a link, the same in every format."""

from __future__ import annotations

import pytest

from policytool.render.address import safe_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://x.example/a b?c=ü#d", "https://x.example/a%20b?c=%C3%BC#d"),
        ("https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ("HTTP://X.example:8080/100%", "http://X.example:8080/100%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("mailto:head@school.example?subject=Hello there", "mailto:head@school.example?subject=Hello%20there"),
        ("tel:+442076543210", "tel:+442076543210"),
    ],
)
def test_what_leads_to_the_web_a_mailbox_or_a_telephone_is_a_link(written: str, address: str) -> None:
    """Escaped; and what is escaped already is left as it is."""
    assert safe_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "\\\\server\\share",
        "//server/share",
        "forms/form.pdf",
        "https://[",
        "https://x.example:port/",
        "https:///path",
        "https://a b/",
        "mailto:",
        "tel:",
        "https://x.example/" + "a" * 2000,
    ],
)
def test_what_could_run_or_read_something_or_leads_nowhere_is_none(written: str) -> None:
    """Its words are printed all the same."""
    assert safe_address(written) == ""
