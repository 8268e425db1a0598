"""`python -m bench.differs …`: policytool, but that the exit code 1, "something differs", is the one that is wanted."""

from __future__ import annotations

import sys

from policytool.cli import FINDINGS, run

if __name__ == "__main__":
    code = run()
    sys.exit(0 if code == FINDINGS else code or 1)
