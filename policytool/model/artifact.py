"""What would be written, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: its path, relative to the folder it is written under, with forward slashes, and its bytes."""

    path: str
    content: bytes
