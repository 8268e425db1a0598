"""What the calendar says of reviews, and what can be wrong with their records (PT4xx)."""

from __future__ import annotations

from policytool.model.diagnostic import Finding, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

# What the calendar says: found by `status` alone, because `check` never looks at the clock.

DUE = Finding(
    "PT401",
    "review due",
    WARNING,
    "A review is due: this is its day, or its month.",
    "From the day after, or from the first of the next month, it is overdue.",
    "Hold the review, then record it: `policytool record POLICY CYCLE --held DATE --by ROLE --outcome …`.",
)
OVERDUE = Finding(
    "PT402",
    "review overdue",
    ERROR,
    "The last day on which a review was due has passed.",
    "The policy says it is reviewed this often; an inspector, a parent or a tribunal may ask who did.",
    "Hold the review, then record it. If it cannot be held yet, `waive:` in the settings silences this until a day,"
    " with a reason and a name.",
)
NEVER = Finding(
    "PT403",
    "never reviewed",
    ERROR,
    "A policy was never reviewed, or was never approved by its approver: there is no record of it.",
    "Nobody can say that this text was agreed.",
    "Take it to its approver, then record the approval with `policytool record`.",
)
CHANGED = Finding(
    "PT404",
    "changed since approval",
    WARNING,
    "The text says something else than the wording that its approver approved last.",
    "What people read in `source/` is not what was agreed. Documents built from it say that they are drafts.",
    "Show the approver what changed (`policytool diff POLICY`) and record the approval; a mere slip of the pen can be"
    " recorded with `policytool record POLICY --amend`.",
)
WAIVED_TOO_LONG = Finding(
    "PT405",
    "waiver that has run out",
    WARNING,
    "A waiver in the settings ended before today: what it silenced is told again.",
    "It looks as if it still did something.",
    "Delete it; or agree on another day, and write it with the reason.",
)

# What can be wrong with records: found by `check`.

UNKNOWN_POLICY = Finding(
    "PT410",
    "record of no policy",
    ERROR,
    "A record stands in a folder, or names a policy, of which there is no source.",
    "Its date would count for nothing, and nobody would miss it.",
    "Correct the name. A policy that was renamed takes its folder in `reviews/` with it (`git mv`); one that is no"
    " longer in force has `withdrawn:` in its front matter and stays.",
    "policy: social-media-stuff",
    "policy: social-media-staff",
)
UNKNOWN_CYCLE = Finding(
    "PT411",
    "record of no cycle",
    ERROR,
    "A record names a review cycle that the policy does not have, and did not have then.",
    "It moves no date.",
    "Correct the name of the cycle, or add the cycle to the policy’s front matter.",
)
UNKNOWN_REVIEWER = Finding(
    "PT412",
    "record by no role",
    ERROR,
    "A record names a role that the settings do not define.",
    "Nobody can tell whether it might decide this.",
    "Correct the role, or define it under `roles:` in the settings.",
)
NOT_THEIRS = Finding(
    "PT413",
    "decided by a role that may not",
    ERROR,
    "A record’s role is not the one that the cycle or the policy names, and neither of them acts for the other.",
    "The record counts for nothing: who approves a policy is itself a rule.",
    "Record who held the review. If the role may act for the other, say so: `acts-for:` under `roles:`.",
)
CONTRADICTION = Finding(
    "PT414",
    "records that contradict each other",
    ERROR,
    "Two records say different things of the same review on the same day: another outcome, or another wording.",
    "Which of them counts would be chance.",
    "Look at the minutes, then write a correction of the wrong one: `policytool record POLICY --correct RECORD`.",
)
NOT_KEPT = Finding(
    "PT415",
    "wording that is not kept",
    ERROR,
    "A record names a fingerprint, and no wording of that name stands beside it.",
    "Nobody can prove any more what was approved.",
    "Restore the file from git’s history; `policytool record` writes both together.",
)
WRONG_WORDING = Finding(
    "PT416",
    "kept wording that is another",
    ERROR,
    "A file in `wording/` does not have the fingerprint that it is named by.",
    "It was altered after it was approved, or never was what was approved.",
    "Restore the file from git’s history.",
)
ALTERED = Finding(
    "PT417",
    "record altered",
    ERROR,
    "A record or a kept wording says something else than when it was committed to the default branch.",
    "Records are evidence: they are only ever added to.",
    "Restore it (`git log -- FILE` shows the commits), and say what was wrong with a correction:"
    " `policytool record POLICY --correct RECORD`.",
)
REMOVED = Finding(
    "PT418",
    "record removed",
    ERROR,
    "A record or a kept wording that was committed to the default branch is no longer there.",
    "Records are evidence: they are only ever added to.",
    "Restore it from git’s history. A record that should never have been is taken back by a correction:"
    " `policytool record POLICY --correct RECORD --void`.",
)
NOT_JUDGED = Finding(
    "PT419",
    "history of the records not looked at",
    WARNING,
    "Whether a record was altered or removed cannot be told here: the clone is shallow, or the branch is not in it.",
    "The rule that records are only added to is not held.",
    "Fetch the whole history: `git fetch --unshallow`; `fetch-depth: 0` in a workflow.",
)
CORRECTS_NOTHING = Finding(
    "PT420",
    "correction of nothing",
    ERROR,
    "A correction names a record that is not there, or one that another correction replaces already.",
    "It counts for nothing, or which of the two counts would be chance.",
    "Name the record by its file without `.yaml`; correct the latest correction, not what it corrected.",
    "replaces: 2023-09-14-governers",
    "replaces: 2023-09-14-governors",
)
TOO_LATE = Finding(
    "PT421",
    "next review later than the cycle allows",
    ERROR,
    "A record asks for the next review on a day after the one that the cycle gives.",
    "A body may ask to see a policy sooner. Later would be no review at all: the cycle’s date counts.",
    "Write an earlier date; or change `every:` in the policy and have it approved.",
)
NOT_UNCHANGED = Finding(
    "PT422",
    "“no change” over a changed wording",
    ERROR,
    "A record says that nothing needed changing, over a wording that was not the approved one.",
    "The changes would have been approved by nobody.",
    "Record `approved` instead, if they saw the changes; or hold the review over the approved wording.",
)
AMENDS_SUBSTANCE = Finding(
    "PT423",
    "amendment of substance",
    ERROR,
    "An amendment changes a duty, a number, a date, a role or another thing of substance, or adds or deletes a clause.",
    "An amendment is for spelling, a name, an address: what is more wants a review.",
    "Take the change to the approver, and record a review.",
)
MISNAMED = Finding(
    "PT424",
    "record in a file of another name",
    WARNING,
    "A record’s file is not named after its date and its cycle or kind.",
    "People look for records by name.",
    "Rename the file before it is committed: `2023-09-14-governors.yaml`.",
)
UNKNOWN_ALGORITHM = Finding(
    "PT425",
    "fingerprint of a newer kind",
    WARNING,
    "A fingerprint was made in a way that this version of policytool does not know.",
    "Whether the text is the wording it names can only be told byte by byte.",
    "Use the newest version of policytool.",
)
