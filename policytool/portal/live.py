"""What the portal asks of a site; who answers is not its business."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from policytool.model.artifact import Artifact


class Live(Protocol):
    """A site whose pages are made from what stands on the disk. Both are called from one thread, in turn."""

    def page(self, path: str) -> Artifact | None:
        """The file at a path of the site, made now; None where the site has none."""

    def changed(self, paths: Collection[str]) -> None:
        """Files, or folders with all that is in them, that changed below the repository: relative, with slashes."""
