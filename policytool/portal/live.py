"""What the portal asks of a site; who answers is not its business."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from policytool.model.artifact import Artifact
from policytool.model.site import Frame


class Live(Protocol):
    """A site whose pages are made from what stands on the disk. All is called from one thread, in turn."""

    def page(self, path: str) -> Artifact | None:
        """The file at a path of the site, made now; None where the site has none."""

    def frame(self) -> Frame | None:
        """What its pages had round them when one was last made; None where none could be yet."""

    def changed(self, paths: Collection[str]) -> None:
        """Files, or folders with all that is in them, that changed below the repository: relative, with slashes."""
