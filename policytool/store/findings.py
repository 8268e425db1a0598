"""What git’s history or the disk cannot give, and what stands among the records by mistake (PT5xx)."""

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
STRAY = Finding(
    "PT503",
    "stray file among the records",
    Severity.ERROR,
    "A file or folder in `reviews/` is neither a record nor a kept wording, or it stands in the wrong place.",
    "A record that is called `x.yml`, or does not stand in its policy’s folder, would silently not count.",
    "A record is called `reviews/<id>/<date>-<what>.yaml`, a kept wording `reviews/<id>/wording/<name>.md`. Rename the "
    "file, or keep it elsewhere.",
)
UNREADABLE_RECORD = Finding(
    "PT504",
    "record that cannot be read",
    Severity.ERROR,
    "A file or folder in `reviews/` is a link out of the repository, a link to a folder, or the operating system "
    "refuses to give it.",
    "A review that was held would silently be missing, or be made up by a file that nobody else has.",
    "Put the file itself into `reviews/`, and check who may read it.",
)
