"""`attachment-size`: a linked file is too large to be published."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import targets
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.archive import MAX_ATTACHMENT
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

MEGABYTE = 1024 * 1024


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report links to files above ten megabytes."""
    for target in targets(record, context):
        attachment = None if target.outside else context.attachments.get(target.path)
        if attachment and attachment.size > MAX_ATTACHMENT:
            message = (
                f"'{shown(target.path)}' has {attachment.size / MEGABYTE:.1f} MB, expected at most 10 MB"
            )
            yield Finding(
                "attachment-size",
                message,
                target.reference.span,
                Nature.ERROR,
                "link the part that matters, or where the whole is kept",
            )


RULE = Rule(
    id="attachment-size",
    summary="a link to a file of more than 10 MB",
    why="""\
Such a file is not published, so the link would be dead. It would also stay in the repository for good, in every copy, long after anyone needs the whole of it.""",
    bad="""\
The [full trace](trace.zip), 48 MB.""",
    better="""\
The [two minutes around the first error](trace-1402.zip); the full trace is kept with the ticket.""",
    check=check,
)
