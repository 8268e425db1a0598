"""What a document prints of its policy's reviews, and of its own publication."""

from __future__ import annotations

from dataclasses import dataclass

from policytool.model.time import Moment


@dataclass(frozen=True, slots=True)
class Issued:
    """What a published document prints of itself: the name of its version, and what made it the approved wording.

    `is_amended` tells that it was an amendment, not a review.
    """

    version: str
    approved: Moment
    minute: str = ""
    is_amended: bool = False

    @property
    def told(self) -> str:
        """As people say it: "2023-09-14, approved 14 September 2023 (minute FGB 2023/41)"."""
        how = "amended" if self.is_amended else "approved"
        return f"{self.version}, {how} {self.approved.told}" + (f" (minute {self.minute})" if self.minute else "")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document prints of its reviews: dates over the approved wording, and over any other a notice.

    `notice` is "Draft: changed since the wording approved in September 2023", or the like. Only a document that is
    published is `issued`.
    """

    last_reviewed: Moment | None = None
    due: Moment | None = None
    notice: str = ""
    issued: Issued | None = None
