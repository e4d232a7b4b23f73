"""`sweeping-document`: a record is far longer than its severity needs."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.prose import texts
from afterword.check.rule import Option, Rule
from afterword.check.wording import counted
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

_MAJOR_RANK = 1
"""The rank of sev1: what everybody was hit by may take twice the room."""

WORDS_OF_A_PAGE = 500

PAGES = Option("pages", 8, f"the most pages of {WORDS_OF_A_PAGE} words; sev0 and sev1 have twice as many")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report, at the title, more words in paragraphs and lists than the option allows; tables, code and headings are not counted."""
    if record.header.retold_from:
        return
    most = context.number("sweeping-document", PAGES.name, PAGES.default)
    rank = context.rank(record.header.severity)
    if rank is not None and rank <= _MAJOR_RANK:
        most *= 2
    blocks = (block for section in record.sections for block in section.blocks)
    words = sum(text.count(" ") + 1 for text in texts(blocks))
    if words > most * WORDS_OF_A_PAGE:
        yield Finding(
            "sweeping-document",
            f"{words:,} words of text, expected at most {most * WORDS_OF_A_PAGE:,} ({counted(most, 'page')}) for {record.header.severity or 'a record'}",
            record.header.span("title"),
            Nature.HINT,
            "details may go into attached files, and a second incident or topic into a record of its own",
        )


RULE = Rule(
    id="sweeping-document",
    summary="a record with far more text than an incident of its severity needs (more than 8 pages; at sev0 and sev1 more than 16)",
    why="""\
A record of twenty pages is signed off and not read. Often it has become a review of everything around the incident: its actions then are about everything as well, and none of them is about this.

Counted are the words of paragraphs and lists. Logs, tables and the timeline may be as long as they have to be.""",
    bad="""\
## Root cause analysis

Twelve pages on the history of the platform since it was founded.""",
    better="""\
## Root cause analysis

Method: causal tree

- Checkout failed (AND)
  - Connections leaked (root cause) -> A1

How the pool came to be shared is told in [its history](pool-history.pdf).""",
    options=(PAGES,),
    check=check,
)
