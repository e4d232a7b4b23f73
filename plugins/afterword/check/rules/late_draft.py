"""`late-draft`: the days for a first draft are over, and what happened is not written yet."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import counted
from afterword.derive.timing.calendar import first_draft_due, format_day, is_asked_for
from afterword.derive.words.plain_text import plain_text
from afterword.model.finding import Finding, Nature
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a draft in which, after the day for a first draft, neither Summary nor Timeline says more than a template."""
    if record.header.status != "draft" or not is_asked_for(record, context.settings):
        return
    due = first_draft_due(record, context.settings)
    if due is not None and due < context.as_of and not _tells_anything(record):
        days = context.settings.policy.first_draft
        yield Finding(
            "late-draft",
            f"neither Summary nor Timeline is written; a first draft was due by {format_day(due)}, {counted(days, 'business day')} from the close",
            record.header.span("status"),
            Nature.DATED,
            "a few rough sentences, or the times that are known, will do; causes and actions may follow",
        )


def _tells_anything(record: Postmortem) -> bool:
    summary = record.section("summary")
    events = record.timeline.events if record.timeline else ()
    texts = [
        *(plain_text([block]) for block in (summary.blocks if summary else ())),
        *(event.text.text.strip() for event in events),
    ]
    return any(text and not is_placeholder(text) for text in texts)


RULE = Rule(
    id="late-draft",
    summary="a draft in which neither summary nor timeline is written when a first draft is due",
    why="""\
Who saw what, and why a step seemed right, is remembered for a few days. A first draft keeps it, however rough, and gives the meeting something to start from.

A first draft is due within the policy's `first_draft` business days from the close (by default 3), where the severity has a deadline. A file does not tell since when it is there, so what is judged
is whether, while `status` is `draft`, Summary or Timeline says anything but a template's words. An incident without any file, and without a close, is not seen. This becomes true with the day alone, so it is never more than a warning.""",
    bad="""\
---
severity: sev1
status: draft
closed: 2020-03-14T15:40:00Z
---

## Summary

… what happened""",
    better="""\
---
severity: sev1
status: draft
closed: 2020-03-14T15:40:00Z
---

## Summary

One customer in four could not pay for about 20 minutes. Why the pool ran empty is not known yet.""",
    check=check,
)
