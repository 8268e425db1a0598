"""Papers for tests: one with every kind of block, a hostile one, and a long one."""

from __future__ import annotations

from policytool.model.paper import (
    Break,
    Clause,
    Facts,
    Grid,
    Heading,
    Line,
    Listing,
    Look,
    Paper,
    PaperBlock,
    Paragraph,
    Words,
)

HOSTILE = "</p><script>x</script> &amp; #set text(red) $x$ <label> @x \"'„“ {{ 1 }} *b* ]]> \\ %1 שלום"


def line(*parts: str | Words) -> Line:
    """A line of plain words, and of words that have a look already."""
    return tuple(Words(part) if isinstance(part, str) else part for part in parts)


def looked(text: str, look: Look) -> Words:
    """Words with a look."""
    return Words(text, look)


EVERY: tuple[PaperBlock, ...] = (
    Heading(1, line("For decision"), "decision"),
    Paragraph(
        line(
            "This is ",
            looked("urgent", "strong"),
            " and ",
            looked("quiet", "quiet"),
            ": see ",
            Words("the notes", "", "#notes"),
            ", ",
            Words("the web", "", "https://example.org/a?b=c&d"),
            ", ",
            Words("a file", "", "clean/anti bullying.pdf"),
            " and ",
            Words("nowhere", "", "javascript:alert(1)"),
            ".",
        )
    ),
    Paragraph(line("Changed since approval"), "notice"),
    Heading(2, line("Anti-bullying Policy"), "anti-bullying"),
    Facts((("Owner", line("Headteacher")), ("Why it is here", line("Due on 8 December")))),
    Clause("4.2.1", line("Staff ", looked("should", "deleted"), " ", looked("must", "inserted"), " report it.")),
    Clause("(a)", line("an item"), 1),
    Clause("", line("a remark"), 1),
    Paragraph(line("Resolved: that the wording of 8 December be approved."), "resolution"),
    Break(),
    Facts((("After a break", line("facts")),)),
    Break(),
    Grid(("Policy", "Outcome", ""), ((line("One"), line("approved"), ()), (line("Two"),)), (3, 2, 1)),
    Heading(3, line("Notes"), "notes"),
    Listing((line("one"), line("two"))),
)


def paper(*blocks: PaperBlock, title: str = "Papers for the board", contents: bool = True) -> Paper:
    """A paper of these blocks."""
    return Paper(title, "8 December 2026", "Example Primary School", "#1b365d", blocks, contents=contents)


SAMPLE = paper(*EVERY)
BARE = Paper("", "", "", "", ())
SPEAKING = paper(
    Heading(2, line(HOSTILE), HOSTILE),
    Paragraph(line(HOSTILE, looked(HOSTILE, "inserted"), Words(HOSTILE, "deleted", f"#{HOSTILE}"))),
    Facts(((HOSTILE, line(HOSTILE)),)),
    Grid((HOSTILE,), ((line(HOSTILE),),)),
    Clause(HOSTILE, line(HOSTILE), 99),
    Listing((line(HOSTILE),)),
    Heading(1, line(HOSTILE), HOSTILE),
    title=HOSTILE,
)
LONG = paper(
    Heading(1, line("A table")),
    Grid(("Number", "Words"), tuple((line(str(number)), line(f"row {number}")) for number in range(10_000))),
)
PAPERS = {"sample": SAMPLE, "bare": BARE, "hostile": SPEAKING}
