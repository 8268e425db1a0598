"""What can be wrong with what a text points at (PT2xx)."""

from __future__ import annotations

from policytool.model.diagnostic import Finding, Severity

ERROR = Severity.ERROR

DUPLICATE_ID = Finding(
    "PT201",
    "id used twice",
    ERROR,
    "Two files in `source/` have the same name, or a policy has the id of one that is held elsewhere.",
    "The name of the file is the policy’s id: a reference to it could mean either.",
    "Rename one of the files, or delete the entry under `elsewhere:`.",
)
DUPLICATE_LABEL = Finding(
    "PT202",
    "label used twice",
    ERROR,
    "Two blocks of one policy have the same label.",
    "A reference to it could mean either.",
    "Rename one of the two, and the references that mean it.",
    "1. Staff … {#declare}\n2. Pupils … {#declare}",
    "1. Staff … {#declare}\n2. Pupils … {#declare-pupils}",
)
UNKNOWN_LABEL = Finding(
    "PT203",
    "reference to nothing",
    ERROR,
    "A cross-reference names a label that is not there.",
    "The clause it meant was deleted, or its label was renamed: readers would be sent to nothing.",
    "Correct the label, or write `{#label}` at the end of the clause that is meant.",
    "see [](#declare-it)",
    "see [](#declare)",
)
UNKNOWN_POLICY = Finding(
    "PT204",
    "policy not known",
    ERROR,
    "A policy is cited or named as related that is neither in `source/` nor under `elsewhere:` in the settings.",
    "Its title cannot be printed, and nobody can look it up.",
    "Correct the name; or enter the policy under `elsewhere:` in `policytool.yaml`, with its title.",
    "see [](grievances.md)",
    "see [](grievance.md)",
)
NO_LABELS_ELSEWHERE = Finding(
    "PT205",
    "clause of a policy held elsewhere",
    ERROR,
    "A reference names a clause of a policy that is held elsewhere.",
    "Its clauses are not known here, so that the reference would break unnoticed.",
    "Cite the policy as a whole, or bring it into `source/`.",
    "see [](grievance.md#stage-2)",
    "see [](grievance.md)",
)
STALE_NUMBER = Finding(
    "PT206",
    "number stated is not the number printed",
    ERROR,
    "The words of a cross-reference state another number than its target has.",
    "A clause was inserted or moved since: readers would look up the wrong one.",
    "Write `{number}` for the number, or leave the square brackets empty: both follow the target.",
    "see [section 4.1](#declare)",
    "see [section {number}](#declare)",
)
NO_NUMBER = Finding(
    "PT207",
    "target without a number",
    ERROR,
    "`{number}` stands in the words of a reference whose target has no number.",
    "Nothing could be printed for it.",
    "Write the words without `{number}`.",
)
AMBIGUOUS_TARGET = Finding(
    "PT208",
    "number that two blocks have",
    ERROR,
    "A reference points at an item, clause or section whose number another one of the same policy has too.",
    "Two lists under one clause both begin at (a), or a `start=` counts back: “clause 4.2(a)” could mean either.",
    "Let the second list go on counting (write `c)` for its first item), make a clause of each list, or correct the "
    "`start=`.",
)
UNKNOWN_ROLE = Finding(
    "PT210",
    "role not defined",
    ERROR,
    "A role is named that the settings do not define.",
    "Nobody would be asked to approve, review or be reminded.",
    "Correct the name, or define the role under `roles:` in `policytool.yaml`.",
    "owner: head-teacher",
    "owner: headteacher",
)
UNKNOWN_CYCLE = Finding(
    "PT211",
    "cycle not defined",
    ERROR,
    "`counts-for` names a review cycle that the policy does not have.",
    "The review would count for nothing.",
    "Correct the name, or add the cycle under `reviews:`.",
)
RELATED_TO_ITSELF = Finding(
    "PT212",
    "policy related to itself",
    Severity.WARNING,
    "A policy names itself under `related:`.",
    "Readers of its title block would be sent to where they are.",
    "Delete the entry, or name the policy that was meant.",
)
ROLES_IN_A_CIRCLE = Finding(
    "PT213",
    "roles that act for each other",
    ERROR,
    "A role acts for another that acts for it in the end.",
    "Nobody could tell on whose behalf either decides.",
    "Say `acts-for:` only of the role that decides on the other’s behalf.",
)
