"""`dead-link`: a relative link leads to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from posixpath import basename

from afterword.check.context import Context
from afterword.check.links import targets
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report relative links and images below the archive that lead to no record, page or attachment."""
    for target in targets(record, context):
        path = target.path
        if target.outside or path in context.records or path in context.pages or path in context.attachments:
            continue
        if f"{path.rstrip('/')}/index.md" in context.pages:
            continue
        moved = [
            each
            for each in (*context.records, *context.pages, *context.attachments)
            if basename(each) == basename(path)
        ]
        close = moved[:1] or get_close_matches(
            path, sorted((*context.records, *context.attachments)), n=1, cutoff=0.8
        )
        guess = f" (did you mean '{close[0]}'?)" if close else ""
        what = "image" if target.reference.image else "link"
        yield Finding(
            "dead-link",
            f"{what} leads to '{path}', which does not exist{guess}",
            target.reference.span,
            Nature.UNREADABLE,
        )


RULE = Rule(
    id="dead-link",
    summary="a relative link or image below the archive that leads to no file",
    why="""\
Whoever follows the link, often in the next incident of the kind, finds an error page where the graph or the earlier record should be.""",
    bad="""\
The same pool was exhausted [in November](../2025/2025-11-02-chekout-errors.md).""",
    better="""\
The same pool was exhausted [in November](../2025/2025-11-02-checkout-errors.md).""",
    check=check,
)
