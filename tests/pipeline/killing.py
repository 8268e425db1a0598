"""`python -m tests.pipeline.killing N WHAT ARGUMENTS…`: policytool, killed just before its Nth write of a kind.

WHAT is `replace` or `fsync`. Without an Nth write it runs to its end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from policytool.cli import run


def killed_at(turn: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, which at its turn ends this process as `kill -9` does."""
    calls = []

    def called(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given)

    return called


if __name__ == "__main__":
    setattr(os, sys.argv[2], killed_at(int(sys.argv[1]), getattr(os, sys.argv[2])))
    sys.exit(run(sys.argv[3:]))
