"""A page that bears its own hash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policytool.model.seal import BLANK, is_whole, sealed

PAGE = f'<meta name="policytool-seal" content="{BLANK}"><p>Lettings Policy'.encode()


def test_a_sealed_page_is_whole() -> None:
    """And one that bears no seal, or a blank one, is not."""
    assert is_whole(sealed(PAGE))
    assert not is_whole(PAGE)
    assert not is_whole(b"<p>Lettings Policy")


@given(st.integers(0, len(PAGE) - 1), st.integers(1, 255))
def test_no_byte_is_altered_unnoticed(at: int, by: int) -> None:
    """Wherever it stands."""
    page = bytearray(sealed(PAGE))
    page[at] ^= by
    assert not is_whole(bytes(page))
