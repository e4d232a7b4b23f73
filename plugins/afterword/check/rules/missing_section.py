"""`missing-section`: a section that the policy requires is not there, or is empty."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.prose import is_empty
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import START
from afterword.model.words import NUMBERS, SECTIONS


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each required section that has no heading, or nothing but comments below it."""
    for key in context.requirement(record).sections:
        section = record.section(key)
        title = SECTIONS[key][0] if key in SECTIONS else key
        if section is None:
            where = _next_heading(record, key)
            hint = f"add `## {title}`{where}"
            yield Finding("missing-section", f"section '{title}' is missing", START, Nature.REQUIRED, hint)
        elif all(is_empty(each) for each in record.sections if each.key == key):
            yield Finding(
                "missing-section",
                f"section '{shown(section.title)}' is empty",
                section.heading.span,
                Nature.REQUIRED,
            )


def _next_heading(record: Postmortem, key: str) -> str:
    number = NUMBERS.get(key, 0)
    for section in record.sections:
        if number and section.number > number:
            return f" before '{shown(section.title)}' on line {section.heading.span.line}"
    return " at the end"


RULE = Rule(
    id="missing-section",
    summary="a section that the policy requires at this severity and that is absent or empty",
    why="""\
Readers who know one record know where to look in all of them: what customers felt under Impact, what still holds under What went well. A missing section
leaves it open whether there was nothing to say or nobody asked.

At sev0 to sev2 all sections are required; at sev3 and sev4 Summary, Impact, Contributing factors and Action items; for a near miss Summary, Timeline,
What went well, Contributing factors and Action items. `policy` in `afterword.yml` changes this.""",
    bad="""\
## Summary

Checkout failed for 22 minutes.

## Action items""",
    better="""\
## Summary

Checkout failed for 22 minutes.

## Impact

One in four customers saw an error page when paying.

## Contributing factors

- The pool's size is a constant in the client's code.

## Action items""",
    check=check,
)
