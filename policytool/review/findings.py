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

# What does not agree with what was published: found by `verify`.

FILE_ALTERED = Finding(
    "PT520",
    "published file altered",
    ERROR,
    "A file has the name of one that was published, and other bytes than its publication record has.",
    "What people read may not be what was approved.",
    "Put the published file in its place again: from `build/published/`, from a backup, or with"
    " `policytool publish POLICY`. Some websites rewrite pages as they serve them: copy the files themselves.",
)
FILE_MISSING = Finding(
    "PT521",
    "published file missing",
    ERROR,
    "A file of the current version, or one that an index leads to, is not in the folder.",
    "People do not find the policy, or find a link that leads nowhere.",
    "Copy it there from `build/published/`; `policytool publish POLICY` makes what is missing there.",
)
FILE_SUPERSEDED = Finding(
    "PT522",
    "superseded file where the current one belongs",
    ERROR,
    "A file of an older version stands where only the current version is expected: in its place, or without it.",
    "People read rules that are no longer in force.",
    "Put the files of the current version there. Older versions may stay beside it, each in the folder of its version.",
)
FILE_UNKNOWN = Finding(
    "PT523",
    "file that was never published",
    ERROR,
    "A file in the folder is not in any publication record.",
    "Whoever finds it among published policies takes it for one.",
    "Take it away, or keep it elsewhere. A policy that is to be there is published: `policytool publish POLICY`.",
)
INDEX_STALE = Finding(
    "PT524",
    "index that is not up to date",
    ERROR,
    "A policy’s `index.html` is not the one that follows from the publication records.",
    "It names another version as the current one, or leads to files that are not there.",
    "`policytool publish POLICY` writes it anew; copy it from `build/published/`.",
)
FILE_WITHDRAWN = Finding(
    "PT525",
    "withdrawn policy still out",
    ERROR,
    "A file is there of a policy that has been withdrawn, or of a publication that a correction took back.",
    "People take it for a policy in force.",
    "Take it away; or put the policy’s `index.html` beside it, which says that it was withdrawn.",
)
REWRITTEN = Finding(
    "PT526",
    "history rewritten since a publication",
    ERROR,
    "A publication record names a commit that is no longer in the history of this repository.",
    "Settings and house style of then cannot be found any more, and the documents cannot be made again.",
    "Bring the commit back: find a clone that has it, tag it there and fetch the tag. Published commits are never"
    " rewritten or squashed; `policytool publish --tag` keeps a tag on them.",
)
NOT_COMMITTED = Finding(
    "PT527",
    "publication record not committed",
    WARNING,
    "A publication record is not on the default branch yet.",
    "Until it is, it proves nothing: it could still be altered without a trace.",
    "Commit the record, and push it.",
)
OTHER_WORDS = Finding(
    "PT528",
    "published file that says something else",
    ERROR,
    "A published file was read back, and its words or numbers are not those of the wording in its record.",
    "The file is the one that was published, but it is not what was approved.",
    "Compare it with the approved wording: `policytool diff POLICY FILE`. Then publish the policy again.",
)
MADE_OTHERWISE = Finding(
    "PT529",
    "published file that is made otherwise",
    WARNING,
    "The policytool that made a published file made it again, and it came out another.",
    "The file is the recorded one, and its words were held against the approved wording instead; but whether its dates"
    " and its looks follow from the records is not proved.",
    "Look at its dates. Where libraries on this machine are others than those of then, install those.",
)
FILE_UNREAD = Finding(
    "PT530",
    "published file that cannot be read",
    ERROR,
    "A file or folder among those published is a link that is not followed, or the operating system refuses to give"
    " it.",
    "Nobody can say whether it is right.",
    "Put the file itself there, and check who may read it.",
)
