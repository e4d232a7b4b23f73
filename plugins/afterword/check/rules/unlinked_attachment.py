"""`unlinked-attachment`: a file in the archive that no record links to."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.span import START


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report files below the archive's folders that are neither records nor pages nor linked."""
    for attachment in context.archive.attachments:
        if not attachment.linked:
            message = "no record links to this file, so it is not published"
            yield Finding(
                "unlinked-attachment",
                message,
                START,
                Nature.HINT,
                "link it from a record, or delete it",
                path=attachment.path,
            )


RULE = Rule(
    id="unlinked-attachment",
    summary="a file below the archive that no record links to",
    why="""\
It is not published, so nobody will see it. Often the link was lost in an edit, or its name is misspelt.""",
    bad="""\
2026/
  2026-03-14-checkout-errors.md
  pool.png""",
    better="""\
![Connections in use, 13:50 to 15:00: the line meets the limit at 14:09](pool.png)""",
    check_archive=check,
)
