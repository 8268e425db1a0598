"""`python -m bench.ours whole|parts ROOT OUT`: CPU seconds of building every policy of a repository, as JSON.

A smaller repository, `ROOT-warm`, is built first, so that every module, font and template is loaded.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policytool.check import check
from policytool.cli import CLEAN, run
from policytool.model.artifact import Artifact
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.pdf import pdf
from policytool.render.word import word
from policytool.resolve import resolve
from policytool.store import files

RENDERERS = {"docx": word, "pdf": pdf, "html": html}


def whole(root: Path, out: Path) -> dict[str, float]:
    """The command itself, inside this process: read and check all, then build all in every format."""
    start = time.process_time()
    code = run(["--quiet", "--root", str(root), "build", "--jobs", "1", "--out", str(out)])
    spent = time.process_time() - start
    if code != CLEAN:
        sys.exit(f"the generated policies do not build: exit code {code}")
    return {"all": spent}


def parts(root: Path, out: Path) -> dict[str, float]:
    """The same work verb by verb, each timed by itself."""
    watch = _Watch()
    with watch("parse"):
        policies = [_policy(source) for source in files.sources(root)]
        settings, _ = parse_settings(files.read(root / files.SETTINGS).decode(), files.SETTINGS)
    with watch("resolve and check"):
        library, _ = resolve(policies, settings, files.SETTINGS)
        check(library)
    for policy in policies:
        _build(library, policy, out, watch)
    return watch.spent


def _policy(source: files.SourceFile) -> Policy:
    text, _ = parse_text(source.content, source.path)
    policy, _ = parse_policy(text or "", source.stem, source.path)
    return policy


def _build(library: Library, policy: Policy, out: Path, watch: _Watch) -> None:
    edition, artifacts = Edition(policy, library), []
    for name, render in RENDERERS.items():
        with watch(name):
            artifacts.append(Artifact(f"{policy.id}.{name}", render(edition)))
    with watch("write"):
        files.write(out, artifacts)


class _Watch:
    """CPU seconds of this process by name."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.spent[name] += time.process_time() - start


if __name__ == "__main__":
    measure = {"whole": whole, "parts": parts}[sys.argv[1]]
    root, out = Path(sys.argv[2]), Path(sys.argv[3])
    whole(root.with_name(f"{root.name}-warm"), out)
    print(json.dumps(measure(root, out)))
