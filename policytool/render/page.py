"""A finding -> its page in the manual, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from policytool.model.diagnostic import Finding

ROOMS = {
    "PT1": "The text itself",
    "PT2": "What the text points at",
    "PT3": "House rules",
    "PT4": "Reviews",
    "PT5": "History and publication",
}


def page(finding: Finding) -> str:
    """The page of one finding, the same words that `policytool explain` prints."""
    parts = [
        f"# {finding.code}: {finding.name}",
        f"*{finding.severity.capitalize()}.* {finding.meaning}",
        f"**Why it matters.** {finding.why}",
        f"**How to mend it.** {finding.mend}",
    ]
    for heading, example in (("Wrong", finding.wrong), ("Right", finding.right)):
        if example:
            parts.append(f"{heading}:\n\n```markdown\n{example}\n```")
    return "\n\n".join(parts) + "\n"


def contents(findings: Iterable[Finding]) -> str:
    """The list of all findings, by room."""
    parts = ["# Findings", "What `policytool check` can find; `policytool explain CODE` prints the same pages."]
    room = ""
    for finding in findings:
        if finding.code[:3] != room:
            room = finding.code[:3]
            parts.append(f"## {ROOMS[room]}\n")
        parts[-1] += f"\n- [{finding.code}]({finding.code}.md) {finding.name} ({finding.severity})"
    return "\n\n".join(parts) + "\n"
