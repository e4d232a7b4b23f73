"""`negative-figure`: the marks of a timeline give a duration below zero."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each figure whose end lies before its start."""
    for incident in context.figures(record):
        for figure in incident.negative:
            start = next((mark for mark in figure.kind.start if figure.start.has(mark)), figure.kind.start[0])
            of = f" of {incident.incident}" if incident.incident else ""
            message = f"{figure.kind.label.lower()}{of} is negative: [{figure.kind.end}] {shown(figure.end.written)} is before [{start}] {shown(figure.start.written)}"
            hint = f"check both times, and whether the marks stand on the right events: line {figure.start.span.line} and line {figure.end.span.line}"
            yield Finding("negative-figure", message, figure.end.time_span, Nature.CONTRADICTION, hint)


RULE = Rule(
    id="negative-figure",
    summary="marks in an order that makes a figure negative",
    why="""\
An incident cannot be mitigated before it was detected. One of the two times or marks is wrong; until it is right the figure is left out, from the record and from
the archive's averages.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [MITIGATED] Errors stop |
| 14:25 | [DETECTED] Page: error rate above 5 % |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:13 | [DETECTED] Page: error rate above 5 % |
| 14:25 | [MITIGATED] Errors stop |""",
    check=check,
)
