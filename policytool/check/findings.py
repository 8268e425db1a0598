"""House rules: what is well-formed and still not as a policy should be (PT3xx)."""

from __future__ import annotations

from policytool.model.diagnostic import Finding, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

EMPTY_SECTION = Finding(
    "PT301",
    "section without content",
    ERROR,
    "A section holds neither a clause, nor an item, nor a paragraph.",
    "Its text was lost, or never written.",
    "Write what belongs there, or delete the heading.",
)
DANGLING_END = Finding(
    "PT302",
    "list that goes on into nothing",
    ERROR,
    "The last item of a list ends in “; and”, “; or” or a comma.",
    "An item seems to be missing after it: was a duty deleted, or moved?",
    "End the last item with a full stop, or restore the item that followed.",
    "2. keep a register; and",
    "2. keep a register.",
)
TERM_TWICE = Finding(
    "PT303",
    "term defined twice",
    ERROR,
    "Two clauses of one policy define the same term.",
    "Readers cannot know which definition counts.",
    "Keep one definition, and cite it from the other place.",
)
UNSAFE_LINK = Finding(
    "PT304",
    "unsafe link",
    ERROR,
    "A link’s address is a script, a local file, or of another kind than http, https, mailto and tel.",
    "A script would run in the reader’s browser; a local file is on nobody else’s machine.",
    "Link to an address that begins with https://.",
    "[help](javascript:alert(1))",
    "[help](https://school.example/help)",
)
STRAY_LINK = Finding(
    "PT305",
    "link to no full address",
    ERROR,
    "A link’s address is neither a full one, nor a policy, nor a label.",
    "The Word file and the PDF travel by mail: an address that depends on the folder leads nowhere there.",
    "Write the full address (https://…); `[](id.md)` for another policy, `[](#label)` for a clause.",
    "[form](files/form.pdf)",
    "[form](https://school.example/form.pdf)",
)
SKIPPED_LEVEL = Finding(
    "PT306",
    "heading level skipped",
    ERROR,
    "A heading is more than one level below the one above it.",
    "Its number would lack a part, and a screen reader announces a section that is not there.",
    "Use one `#` more than the heading it belongs under.",
    "# Responsibility\n### Headteacher",
    "# Responsibility\n## Headteacher",
)
OTHER_CYCLE = Finding(
    "PT320",
    "text and review cycles that differ",
    WARNING,
    "A sentence says how often, or by whom, this policy is reviewed, and no review cycle at its head says the same.",
    "The register and the reminders follow the cycles; readers, and inspectors, follow the text.",
    "Correct whichever is wrong: the text, or `reviews:` at the policy’s head.",
    "This policy will be reviewed every two years.",
    "This policy will be reviewed annually.",
)
TYPED_DATE = Finding(
    "PT321",
    "review date typed in the text",
    WARNING,
    "The text says when the policy was last reviewed or approved, or when its next review is due.",
    "A date that is typed is wrong after the next review; the title block prints dates that come from the records.",
    "Delete it. What was decided when is kept in `reviews/`.",
    "Last reviewed: September 2023",
    "The title block says when this policy was last reviewed.",
)
TYPED_REFERENCE = Finding(
    "PT330",
    "typed reference",
    WARNING,
    "The text cites a section, clause or appendix of this policy by a typed number.",
    "Nothing tells when the clause moves: the number then leads to another one. A link is clicked, held against its "
    "target, and listed by `policytool refs`.",
    "Make a link of it; give the clause a label where it has none. `policytool check --fix` does both and keeps your "
    "words.",
    "1. Staff must sign in. {#sign-in}\n2. See clause 1 above.",
    "1. Staff must sign in. {#sign-in}\n2. See [](#sign-in) above.",
)
TYPED_NOWHERE = Finding(
    "PT331",
    "typed reference to nothing",
    WARNING,
    "The text cites a section, clause or appendix by a typed number that nothing in this policy has.",
    "A clause was moved or deleted since: readers are sent to a place that is not there.",
    "Find out which clause is meant, and make a link: `[](#label)`. If another document is meant, name it: "
    "“section 4.2 of the Act”.",
    "1. See clause 7.4 above.",
    "1. See clause 7.4 of the contract.",
)
TYPED_TITLE = Finding(
    "PT332",
    "title typed, not linked",
    WARNING,
    "The text names another policy by its title, and is no link to it.",
    "When that policy is renamed or withdrawn, nothing would tell; and its readers are not led there.",
    "Make a link of it: `[](id.md)` prints the title. `policytool check --fix` does it and keeps your words.",
    "1. See the Grievance Policy.",
    "1. See the [](grievance.md).",
)
UNSAFE_NAME = Finding(
    "PT310",
    "file name that is no id",
    ERROR,
    "A file in `source/` has a name that is not small letters, digits and hyphens, or that Windows keeps for itself.",
    "The name is the policy’s id: it becomes part of file names and addresses, and must work on every machine.",
    "Rename the file: `online-safety.md`.",
)
OUTSIDE = Finding(
    "PT311",
    "link out of the repository",
    ERROR,
    "A file in `source/` is a symbolic link to a place outside the repository.",
    "It would not be there in anybody else’s clone, and could bring in a file that was never meant to be published.",
    "Put the file itself into `source/`.",
)
UNREADABLE = Finding(
    "PT312",
    "file that cannot be read",
    ERROR,
    "The operating system refuses to give the file.",
    "Its policy would silently be missing.",
    "Check who may read the file, and that it is a file.",
)
