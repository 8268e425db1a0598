"""File names in `source/` -> diagnostics."""

from __future__ import annotations

import re

from policytool.check.findings import UNSAFE_NAME
from policytool.model.diagnostic import Diagnostic

_ID = re.compile(r"[a-z][a-z0-9-]*\Z")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
LONGEST = 80


def check_name(policy_id: str, path: str) -> list[Diagnostic]:
    """Whether a policy's id is fit to be a file name on every system."""
    if not _ID.match(policy_id):
        message = f"`{policy_id}` is no id: use small letters, digits and hyphens, beginning with a letter"
    elif _RESERVED.match(policy_id):
        message = f"Windows keeps the name `{policy_id}` for itself"
    elif len(policy_id) > LONGEST:
        message = f"this name is longer than {LONGEST} characters"
    else:
        return []
    return [UNSAFE_NAME.at(path, None, message, "rename the file")]
