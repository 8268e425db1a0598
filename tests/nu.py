"""The Nu HTML checker, which is the W3C's, run once over a folder of pages.

A test module says `pytest_plugins = ("tests.nu",)` and asks for the fixture `nu`. Where Java or the checker is not
installed the test is skipped, with the reason; `.ci/run` installs both.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.tools import missing

ROOT = Path(__file__).parents[1]
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html")

# A message, as a pattern -> why it is accepted.
ACCEPTED = {
    "The “list” role is unnecessary for element “[uo]l”.": "Safari takes it from a list whose style is none",
    "The “(table|row|rowgroup|cell|columnheader|rowheader)” role is unnecessary for element .*": "as the next",
    "The “role” attribute must not be used on a “t[rdh]” element which has a “table” ancestor .*": (
        "the cells of a register stand one below the other on a phone, and Safari then takes their roles away"
    ),
}


@dataclass(frozen=True)
class Nu:
    """The checker."""

    jar: Path

    def findings(self, folder: Path, also: dict[str, str] | None = None) -> list[str]:
        """Errors and warnings of all pages below a folder that are not accepted; `also` adds to what is."""
        command = ["java", "-jar", str(self.jar), *OPTIONS, str(folder)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        accepted = re.compile("|".join(ACCEPTED | (also or {})))
        found = [one for one in json.loads(done.stdout)["messages"] if not accepted.fullmatch(one["message"])]
        return [_line(one, folder) for one in found if one["type"] != "info" or one.get("subType") == "warning"]


def _line(message: dict[str, Any], folder: Path) -> str:
    page = message.get("url", "").removeprefix("file:").removeprefix(f"{folder.as_posix()}/")
    extract = " ".join(message.get("extract", "").split())
    return f"{page}:{message.get('lastLine', 0)}: {message['message']} {extract}"


@pytest.fixture(scope="session")
def nu() -> Nu:
    """The Nu HTML checker, from POLICYTOOL_NU or from node_modules at the root of the repository."""
    jar = Path(os.environ.get("POLICYTOOL_NU") or ROOT / "node_modules/vnu-jar/build/dist/vnu.jar")
    if not shutil.which("java"):
        missing("Java (Debian's default-jre-headless)")
    if not jar.is_file():
        missing("the Nu HTML checker (npm install vnu-jar, or POLICYTOOL_NU=…/vnu.jar)")
    return Nu(jar)
