"""LibreOffice, where it is installed with a Python that can speak to it: the commands that drive it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shutil import which

DRIVER = Path(__file__).with_name("office_uno.py")
Job = tuple[str, ...]
"""What to do, with which file, where to put it, and what to compare it with: as `office_uno` says."""


@cache
def speaker() -> str:
    """A Python that can speak to LibreOffice: this one, the system's, or LibreOffice's own; "" where there is none."""
    soffice = which("soffice")
    if not soffice:
        return ""
    own = Path(soffice).resolve().with_name("python")
    named = sys.executable, which("python3", path=os.defpath), which(own)
    return next((name for name in named if name and _has_uno(name)), "")


def _has_uno(name: str) -> bool:
    return subprocess.run((name, "-c", "import uno"), capture_output=True, check=False).returncode == 0


def command(profile: Path, jobs: Sequence[Job], seconds: int) -> tuple[str, ...]:
    """The command that does these jobs in one LibreOffice, and is killed with it after so many seconds."""
    soffice = which("soffice") or ""
    return (speaker(), str(DRIVER), soffice, str(profile), str(seconds), json.dumps(jobs))
