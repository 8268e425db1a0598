"""`policytool` and `python -m policytool`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; the version alone, and what a shell asks at the press of a key, are told without it."""
    if sys.argv[1:] == ["--version"]:
        from policytool import __version__

        print(f"policytool {__version__}")  # noqa: T201  # a door prints
        return
    if sys.argv[1:2] == ["completion"] and "POLICYTOOL_LINE" in os.environ:
        from policytool.pipeline.complete import answer

        sys.stdout.buffer.write(answer("".join(sys.argv[2:3]), os.environ["POLICYTOOL_LINE"]).encode())
        return
    from policytool.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
