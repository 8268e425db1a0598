"""A page that is made anew each time -> the same with its own hash in it, so that a byte that was altered shows.

It keeps out accidents, and no forger: what proves a document is its record.
"""

from __future__ import annotations

import re
from hashlib import sha256

BLANK = "0" * 64
"""What stands in the place of the hash while it is taken."""
_SEAL = re.compile(rb'<meta name="policytool-seal" content="([0-9a-f]{64})">')


def sealed(page: bytes) -> bytes:
    """A page whose seal is blank, with its hash there."""
    return page.replace(BLANK.encode(), sha256(page).hexdigest().encode(), 1)


def is_whole(page: bytes) -> bool:
    """Whether a page says what it said when it was sealed; one without a seal does not."""
    match = _SEAL.search(page)
    if match is None:
        return False
    start, end = match.span(1)
    return sha256(page[:start] + BLANK.encode() + page[end:]).hexdigest().encode() == match[1]
