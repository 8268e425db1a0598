"""What can be wrong with a text itself (PT1xx)."""

from __future__ import annotations

from policytool.model.diagnostic import Finding, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

NOT_UTF8 = Finding(
    "PT101",
    "not UTF-8",
    ERROR,
    "The file holds bytes that are not UTF-8 text.",
    "Read in another encoding, a pound sign or a curly quote would come out as something else, unnoticed.",
    "Save the file as UTF-8; most editors offer it under “Save with encoding”.",
)
NUL = Finding(
    "PT102",
    "NUL byte",
    ERROR,
    "The file holds a NUL byte.",
    "Text never holds one: the file is damaged, or it is not a text file at all.",
    "Restore the file from git, or delete the byte.",
)
TOO_LARGE = Finding(
    "PT103",
    "file too large",
    ERROR,
    "The file is larger than 5 MB.",
    "No policy is: a book of a thousand pages has about 3 MB. Reading on could exhaust the machine.",
    "Split the file, or check that it is a policy.",
)
CONTROL = Finding(
    "PT104",
    "control character",
    ERROR,
    "The text holds an invisible control character.",
    "It prints as nothing, or as a box, and breaks a search for the word it stands in; pasting from a PDF leaves them.",
    "Delete it; the message names the line and column.",
)
NO_FRONT_MATTER = Finding(
    "PT110",
    "no front matter",
    ERROR,
    "The file does not begin with a block of fields between two lines of three hyphens.",
    "Title, owner, approver and review cycles stand there; without them the policy belongs to nobody.",
    "Begin the file with a line `---`, the fields, and another line `---`.",
    "# Introduction",
    "---\ntitle: Lettings Policy\nkind: policy\nowner: headteacher\napprover: governing-board\n"
    "reviews:\n  annual: {every: 12 months, by: headteacher}\n---\n\n# Introduction",
)
BAD_YAML = Finding(
    "PT111",
    "fields cannot be read",
    ERROR,
    "The fields are not well-formed YAML.",
    "Nothing after the mistake can be trusted.",
    "Look at the place named: often a missing blank after a colon, a tab, or a quote that is not closed.",
    "title:Lettings Policy",
    "title: Lettings Policy",
)
UNKNOWN_FIELD = Finding(
    "PT112",
    "unknown field",
    ERROR,
    "A field has a name that policytool does not know.",
    "A misspelt field would be ignored: `aprover:` names nobody.",
    "Correct the name, or delete the field.",
    "aprover: governing-board",
    "approver: governing-board",
)
MISSING_FIELD = Finding(
    "PT113",
    "missing field",
    ERROR,
    "A field that is required is not there, or is empty.",
    "Title, kind, owner, approver and reviews are what makes a text a governed policy.",
    "Add the field.",
)
WRONG_SHAPE = Finding(
    "PT114",
    "wrong kind of value",
    ERROR,
    "A field holds another kind of value than it should: a list where one word is wanted, or words for a number.",
    "The value cannot be understood.",
    "Write the value as the message says.",
    "audience: staff",
    "audience: [staff]",
)
BAD_DATE = Finding(
    "PT115",
    "bad date",
    ERROR,
    "A date is not a day that exists, written year-month-day.",
    "A date read wrongly puts a review into the wrong year.",
    "Write it as 2026-09-14.",
    "withdrawn: 2026-02-30",
    "withdrawn: 2026-02-28",
)
BAD_DURATION = Finding(
    "PT116",
    "bad duration",
    ERROR,
    "A period is not a whole number of weeks, months or years.",
    "When a review falls due is computed from it.",
    "Write it as `6 weeks`, `12 months` or `2 years`.",
    "every: yearly",
    "every: 12 months",
)
DUPLICATE_FIELD = Finding(
    "PT117",
    "field given twice",
    ERROR,
    "The same field stands twice in one block.",
    "Only one of them can count, and a reader cannot know which.",
    "Delete one of the two.",
)
UNKNOWN_VALUE = Finding(
    "PT118",
    "unknown value",
    ERROR,
    "A field that allows a few values holds another.",
    "The value would have no effect.",
    "Use one of the values that the message lists.",
    "kind: guidence",
    "kind: guidance",
)
BAD_NAME = Finding(
    "PT119",
    "bad name",
    ERROR,
    "The id of a policy, role or cycle is not made of small letters, digits and hyphens, beginning with a letter.",
    "Ids become file names and addresses, and must be the same on every machine.",
    "Use small letters, digits and hyphens.",
    "owner: Head Teacher",
    "owner: headteacher",
)
WRONG_NUMBER = Finding(
    "PT120",
    "number typed is not the number printed",
    ERROR,
    "The number typed before a clause or item is neither the one it gets nor 1.",
    "Markdown ignores the typed number and counts by itself: text and print would disagree, and a year at the start "
    "of a paragraph (“2023. It …”) would become a clause.",
    "Type the number that the message names, or 1. To print another number on purpose, write `{start=N}` at the end "
    "of the clause. If it is no clause, put a backslash before the full stop: `2023\\.`",
    "1. Staff may …\n3. Pupils may …",
    "1. Staff may …\n2. Pupils may …",
)
SWALLOWED = Finding(
    "PT121",
    "an item swallowed by a paragraph",
    ERROR,
    "A line inside a paragraph begins like a clause, an item, a bullet or a heading; or words stand right after the "
    "backticks of a fence.",
    "Markdown reads it as part of the paragraph above, or as no words at all: a clause would silently vanish.",
    "Leave an empty line before it and indent it like its siblings; if it is no item, join it to the line above "
    "or put a backslash before the mark.",
    "A remark.\n4. Fourth clause",
    "A remark.\n\n4. Fourth clause",
)
ODD_INDENT = Finding(
    "PT122",
    "indented like no other",
    ERROR,
    "A line is indented neither like its siblings nor like a child of the clause above it.",
    "Markdown decides by single blanks to which clause a line belongs, and would decide wrongly here.",
    "Indent it as the message says: a child begins under the first word of its parent, "
    "three blanks under `1.`, four under `10.`",
    "10. Parent\n   1. Child",
    "10. Parent\n    1. Child",
)
WRONG_MARK = Finding(
    "PT123",
    "wrong mark before an item",
    ERROR,
    "Clauses are marked `1.` and lettered items `a)`, with a blank after them; `1)`, `a.` and `1.Staff` mean nothing.",
    "One way to write each keeps a citation such as 4.2(b) unmistakable.",
    "Write `1.` for a clause, `a)` for an item.",
    "1) Staff may …",
    "1. Staff may …",
)
CODE_BY_INDENT = Finding(
    "PT124",
    "text taken for code",
    ERROR,
    "Lines are indented so far that Markdown takes them for computer code.",
    "A clause or paragraph would be printed as typed, without number or emphasis.",
    "Indent it like its siblings. For text to be printed as typed, put it between two lines of three backticks.",
    "1. Parent\n\n        1. Child",
    "1. Parent\n\n   1. Child",
)
EMPTY_ITEM = Finding(
    "PT125",
    "nothing after the number",
    ERROR,
    "A clause, item, bullet or heading has no words of its own.",
    "A number would be printed with nothing beside it.",
    "Write the words, or delete the mark.",
)
RAW_HTML = Finding(
    "PT126",
    "raw HTML",
    ERROR,
    "The text holds an HTML tag or comment.",
    "It would print in one format and vanish in the others.",
    "Write it in Markdown; for a pointed bracket as such, put a backslash before it: `\\<name>`.",
    "a <b>bold</b> word",
    "a **bold** word",
)
PICTURE = Finding(
    "PT127",
    "picture",
    ERROR,
    "The text holds a picture.",
    "A policy is its words: a picture cannot be compared, searched, or read aloud.",
    "Say in words what it shows, or link to it.",
    "![Flow chart](chart.png)",
    "[Flow chart](https://school.example/chart.png)",
)
MISPLACED = Finding(
    "PT128",
    "block in the wrong place",
    ERROR,
    "A heading, a numbered clause or a footnote's text stands where it cannot: a heading in a clause, a clause in a "
    "bullet, an item, a quotation or a footnote.",
    "It would have no number that anyone could cite.",
    "Move it out, or write it as a paragraph, a bullet or a lettered item.",
    "- Bullet\n  1. Clause",
    "- Bullet\n  - Bullet below it",
)
UNDERLINED_HEADING = Finding(
    "PT129",
    "underlined heading",
    ERROR,
    "A line of hyphens or equals signs right under a paragraph makes a heading of it.",
    "It looks like a line across the page, and happens by accident.",
    "Write a heading with `#`; for a line across the page leave an empty line above it.",
    "Introduction\n---",
    "# Introduction",
)
BAD_ATTRIBUTE = Finding(
    "PT130",
    "braces that cannot be read",
    ERROR,
    "What stands in braces at the end is not made of `#label`, `.unnumbered`, `.appendix` and `start=N`.",
    "A label that is not understood cannot be cited.",
    "Correct it; for a brace as such put a backslash before it: `\\{`. A label is made of small letters, digits and "
    "hyphens, and begins with a letter.",
    "Staff must … {#Declare It}",
    "Staff must … {#declare-it}",
)
MISPLACED_ATTRIBUTE = Finding(
    "PT131",
    "attribute in the wrong place",
    ERROR,
    "An attribute stands where it has no effect: `.appendix` on a clause, `start=` on a paragraph, or braces alone on "
    "a line that does not follow a table or quotation.",
    "It would be ignored.",
    "Move it to the end of the heading, clause or paragraph it is meant for, or delete it.",
)
UNCLOSED_EMPHASIS = Finding(
    "PT133",
    "unclosed emphasis",
    ERROR,
    "Asterisks or underscores open or close an emphasis, and their partner is missing.",
    "They would be printed as asterisks, and the emphasis lost.",
    "Add the partner; for an asterisk as such put a backslash before it: `\\*`.",
    "Staff **must not rely on it.",
    "Staff **must not** rely on it.",
)
UNDEFINED_FOOTNOTE = Finding(
    "PT134",
    "footnote without text",
    ERROR,
    "A footnote is cited, and its text is nowhere in the file.",
    "The mark would lead to nothing.",
    "Add a line `[^name]: …` with its text, or delete the mark.",
)
UNUSED_FOOTNOTE = Finding(
    "PT135",
    "footnote that nobody cites",
    ERROR,
    "The text of a footnote stands in the file, and no mark cites it.",
    "Its words would not be printed.",
    "Put the mark `[^name]` where it belongs, or delete the footnote.",
)
DUPLICATE_FOOTNOTE = Finding(
    "PT136",
    "footnote given twice",
    ERROR,
    "Two footnotes have the same name.",
    "Only one of them could be printed.",
    "Rename or delete one of them.",
)
HEADLESS_TABLE = Finding(
    "PT137",
    "table without a header row",
    ERROR,
    "Lines that begin with a bar are not a table: the first row must be headings, the second `| --- | --- |` with as "
    "many columns.",
    "The bars would be printed as they stand; and a table without headings cannot be read aloud.",
    "Add the two lines, with as many columns as the table has.",
    "| Staff | 6 years |",
    "| Who | How long |\n| --- | --- |\n| Staff | 6 years |",
)
LONG_ROW = Finding(
    "PT138",
    "row longer than its table",
    ERROR,
    "A row of a table has more cells than the header row.",
    "Markdown drops the cells that are too many, without a word.",
    "Add a column to the header, or join the cells; for a bar as such write `\\|`.",
)
TOO_DEEP = Finding(
    "PT140",
    "nested too deep",
    ERROR,
    "Clauses are nested more than six deep, items more than three, quotations and lists more than thirty, emphasis "
    "more than ten; or a list has more than 780 lettered or roman items.",
    "Word counts nine levels in all, and 780 letters; and nobody can cite clause 1.2.3.4.5.6.7.",
    "Bring the text up a level: a sub-heading often does it.",
)
LINK_DEFINITION = Finding(
    "PT141",
    "link defined apart",
    ERROR,
    "A line gives the address of a link apart from the text (`[name]: address`).",
    "Such a line prints nothing, so that words after it would vanish.",
    "Write the address where the link stands: `[words](address)`.",
)
TYPED_NUMBER = Finding(
    "PT142",
    "number typed into the words",
    WARNING,
    "A heading, clause or paragraph begins with a number typed by hand.",
    "Numbers are computed: it would be printed twice, or go stale when a clause is inserted before it.",
    "Delete the typed number; write a clause as `1. …` and an item as `a) …`. If it belongs to the words, put a "
    "backslash before its last full stop or bracket.",
    "# 3. Responsibility",
    "# Responsibility",
)
EMPTY_LINK = Finding(
    "PT143",
    "link without words",
    ERROR,
    "A link to an address has no words.",
    "Nothing would be printed, and a screen reader would have nothing to say.",
    "Write the words between the square brackets.",
    "[](https://school.example)",
    "[the school’s website](https://school.example)",
)
LONG_PARAGRAPH = Finding(
    "PT144",
    "paragraph without end",
    ERROR,
    "A paragraph, heading or cell is longer than 20,000 characters.",
    "Nobody can read or cite it; most often the line ends were lost when the text was copied.",
    "Divide it into clauses and paragraphs.",
)
HOUSE_FILE_MISSING = Finding(
    "PT150",
    "file of the house style that cannot be read",
    ERROR,
    "`house:` in `policytool.yaml` names a Word template, a crest or a font that is not there, or cannot be read.",
    "Every document would look different from what the school has decided.",
    "Correct the path, which begins at the folder of `policytool.yaml`, or put the file there and commit it.",
)
HOUSE_FILE_OUTSIDE = Finding(
    "PT151",
    "file of the house style outside the repository",
    ERROR,
    "A path under `house:` leads out of the repository, by itself or by a symbolic link.",
    "It would not be there in anybody else’s clone, and could bring in a file that was never meant to be published.",
    "Put the file itself into the repository.",
)
HOUSE_FILE_LARGE = Finding(
    "PT152",
    "file of the house style that is too large",
    ERROR,
    "A Word template may have 5 MB, a crest 1 MB, and each face of a font 3 MB.",
    "It goes into every document that is built, and those go out by mail.",
    "Make its pictures smaller, or choose a font with fewer letters.",
)
UNFIT_TEMPLATE = Finding(
    "PT153",
    "Word template that cannot be used",
    ERROR,
    "The file under `house: word:` is no Word document that can carry policies; the message says why.",
    "Numbers and references in Word are computed by Word itself: a file that is locked, damaged, very narrow or full "
    "of macros cannot hold them.",
    "Open the template in Word, and save it as “Word Document (.docx)” without protection.",
)
TEMPLATE_LOSES = Finding(
    "PT154",
    "Word template of which something is left behind",
    WARNING,
    "Of a template its styles, margins, headers and footers are taken over; this one holds something else besides.",
    "What stands in its text, and pictures that are only linked to, are in none of the documents.",
    "Put the crest, and whatever belongs on each page, into the header or the footer, embedded.",
)
UNFIT_CREST = Finding(
    "PT155",
    "crest that cannot be used",
    ERROR,
    "The file under `house: crest:` is no picture that can stand in Word, PDF and web pages alike.",
    "A picture that runs scripts, fetches something, is damaged or meant for a printing press fails in one of them.",
    "Save it as PNG or JPEG in RGB, or as plain SVG.",
)
UNFIT_FONT = Finding(
    "PT156",
    "font that cannot be used",
    ERROR,
    "The file under `house: font:`, or one in that folder, is no font that can be put into documents.",
    "A PDF that lasts holds its fonts, whole and with the right to do so.",
    "Name a .ttf or .otf file, or a folder with the regular, bold, italic and bold italic faces of one font.",
)
WORD_UNREADABLE = Finding(
    "PT160",
    "Word file that cannot be read",
    ERROR,
    "The file to be imported is no Word document, or a damaged or locked one; the message says why.",
    "Half a document read as a whole one would lose clauses without a word.",
    "Open the file in Word, and save it as “Word Document (.docx)” without a password.",
)
WORD_TOO_LARGE = Finding(
    "PT161",
    "Word file that is too large",
    ERROR,
    "The text of the Word file unfolds to more than any policy holds: more than 40 MB, or millions of marks.",
    "Such a file is damaged, or made to exhaust the machine that reads it.",
    "Open it in Word, copy its text into a fresh document, and save that.",
)
WORD_MACROS = Finding(
    "PT162",
    "Word file with macros",
    ERROR,
    "The Word file holds macros (.docm), or says that it does.",
    "Macros are programs: no policy needs one, and a file that brings some is not to be trusted.",
    "Open it in Word with macros switched off, and save it as “Word Document (.docx)”.",
)
BAD_LEDGER_LINE = Finding(
    "PT190",
    "line of the ledger that cannot be read",
    ERROR,
    "A line of `reviews/reminders.jsonl` is not a reminder as `policytool remind` writes it.",
    "The ledger says what was told already: read wrongly, somebody would be told twice, or not at all.",
    "Restore the file from git. Where two branches were merged by hand, keep the lines of both.",
)
TORN_LEDGER_LINE = Finding(
    "PT191",
    "line of the ledger that breaks off",
    WARNING,
    "A line of `reviews/reminders.jsonl` has a beginning and no end: the machine stopped while it was written.",
    "What it was to say is lost: at most one mail goes out a second time.",
    "Nothing needs to be done. The line is passed over, and the next one begins after it.",
)
PERSON_WITHOUT_ROLE = Finding(
    "PT192",
    "person whose role is not defined",
    WARNING,
    "`people.yaml`, or POLICYTOOL_PEOPLE, says who holds a role that `policytool.yaml` does not define.",
    "Nobody is written to in that role: often its name is misspelt.",
    "Correct the name, or add the role under `roles:` in `policytool.yaml`.",
)
PDF_UNREADABLE = Finding(
    "PT170",
    "PDF that cannot be read",
    ERROR,
    "The file is no PDF, is damaged, or breaks off.",
    "What can be read of it might be half of a policy, and nobody would notice.",
    "Fetch or print it again. If it opens in a viewer, print it from there to a new PDF.",
)
PDF_LOCKED = Finding(
    "PT171",
    "PDF that is locked",
    ERROR,
    "The file can be opened with a password only.",
    "policytool asks for none, and breaks no lock.",
    "Open it in a viewer, save it without the password, and import that.",
)
PDF_SCANNED = Finding(
    "PT172",
    "PDF without text",
    ERROR,
    "The pages are pictures, as a scanner makes them, or are empty: there are no words in the file.",
    "policytool recognises no letters in pictures; a wrong figure in a policy is worse than none.",
    "Find the file that was printed, or have the text recognised and read it against the paper.",
)
PDF_TOO_LARGE = Finding(
    "PT173",
    "PDF that is too large",
    ERROR,
    "The file has more than 50 MB, 1,000 pages, 60,000 letters on a page or 1,500,000 in all, or unfolds to more "
    "than 60 MB, or to more than 2 MB a page.",
    "No policy has; reading on could exhaust the machine.",
    "Print the pages that are wanted to a PDF of their own.",
)
