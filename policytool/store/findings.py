"""What git’s history cannot give (PT5xx)."""

from __future__ import annotations

from policytool.model.diagnostic import Finding, Severity

SHALLOW = Finding(
    "PT501",
    "history cut off",
    Severity.WARNING,
    "The clone is shallow: git holds only the newest commits, and the policy is older than they are.",
    "Versions are missing from the list, and the oldest one shown looks like the first.",
    "Fetch the rest: `git fetch --unshallow`; in a GitHub workflow, `fetch-depth: 0` under `actions/checkout`.",
)
SUBMODULE = Finding(
    "PT502",
    "submodule in the sources",
    Severity.WARNING,
    "A folder in `source/` is a git submodule: its files belong to another repository.",
    "The history of this repository does not hold them, so no version but the working text has these policies.",
    "Keep the policies in this repository, or run policytool in the submodule.",
)
