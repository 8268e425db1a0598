"""`policytool` and `python -m policytool`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the version alone is told without loading it."""
    if sys.argv[1:] == ["--version"]:
        from policytool import __version__

        print(f"policytool {__version__}")  # noqa: T201  # a door prints
        return
    from policytool.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
