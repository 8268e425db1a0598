"""`python -m bench NAME`: run the benchmark of this name; each is a module beside this one."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

from bench.table import put_into

# Name -> the line that `--help` shows. Each is a module of its name here, a keyword with a _ behind it, with
# `run(runs, seed) -> str`.
BENCHMARKS = {
    "build": "policytool build, --version and --help, against a floor and against pandoc",
    "library": "a thousand policies: built by one worker and by two, built again, checked",
    "status": "policytool status and remind, against check, and with what they kept",
    "publish": "policytool publish, against build",
    "site": "policytool site and serve, against build and against mkdocs-material and Sphinx, and in Chromium",
    "import": "policytool import, against LibreOffice and others that read Word files and PDFs",
    "diff": "policytool diff, against tokenising both sides, a bare process and its peers; and its worst cases",
}


def main() -> int:
    """Run what the command line names and print its table."""
    parser = _parser()
    options = parser.parse_args()
    if options.peers_large and options.name != "diff":
        parser.error("--peers-large goes with diff")
    if options.policies and options.name != "site":
        parser.error("--policies goes with site")
    more = {"peers_large": True} if options.peers_large else {}
    more |= {"policies": options.policies} if options.policies else {}
    module = f"{options.name}_" if iskeyword(options.name) else options.name
    report = import_module(f"bench.{module}").run(options.runs, options.seed, **more)
    print(report)
    if options.into:
        put_into(options.into, options.name, report)
    return 0


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:10}{line}" for name, line in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        "python -m bench", description=listed, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=BENCHMARKS, help="which benchmark")
    parser.add_argument("--runs", type=int, default=15, help="pairs of cold processes (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated policies (default: 1)")
    large = "diff: 10,000 clauses for the fastest Word comparer as well, once; given up after two minutes"
    parser.add_argument("--peers-large", action="store_true", help=large)
    parser.add_argument("--policies", type=int, metavar="N", help="site: of how many policies (default: 1,000)")
    parser.add_argument("--into", type=Path, metavar="FILE", help="put the report into this page as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
