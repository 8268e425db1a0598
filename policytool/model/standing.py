"""What a document prints of its policy's reviews."""

from __future__ import annotations

from dataclasses import dataclass

from policytool.model.time import Moment


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document prints of its reviews: dates over the approved wording, and over any other a notice.

    `notice` is "Draft: changed since the wording approved in September 2023", or the like.
    """

    last_reviewed: Moment | None = None
    due: Moment | None = None
    notice: str = ""
