"""`missing-anchor`: a mark that the policy requires is on no event of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.derive.words.written import is_empty
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

_MEANINGS = {
    "TRIGGER": "the event that set the incident off",
    "IMPACT": "the event with which customers began to be affected",
    "SIGNAL": "the first sign in any system",
    "DETECTED": "the event with which someone knew",
    "ESCALATED": "the event with which more people were called",
    "MITIGATING": "the start of the attempt that worked",
    "MITIGATED": "the event with which customers were no longer affected",
    "RESOLVED": "the event with which the cause was gone",
    "CLOSED": "the end of the incident",
}


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each required anchor that an incident of the record has not; a missing or empty timeline is another rule's."""
    section = record.section("timeline")
    if (
        section is None
        or is_empty(section)
        or record.header.kind in context.settings.policy.kinds_without_anchors
    ):
        return
    required = context.requirement(record).anchors
    for incident in context.figures(record):
        for anchor in required:
            if anchor in incident.anchors:
                continue
            mark = f"[{anchor} {incident.incident}]" if incident.incident else f"[{anchor}]"
            meaning = _MEANINGS.get(anchor, "its event")
            yield Finding(
                "missing-anchor",
                f"no event of the timeline is marked {mark}",
                section.heading.span,
                Nature.REQUIRED,
                f"begin {meaning} with `{mark}`",
            )


RULE = Rule(
    id="missing-anchor",
    summary="a timeline without one of the marks that the policy requires",
    why="""\
How long customers were affected and how long it took to notice is computed from the marks TRIGGER, DETECTED, MITIGATED and RESOLVED. Without one, the record
has no figure, and the archive's averages are made of the incidents that happened to be marked.

Required at sev0 to sev2, save for the kinds `missed-launch` and `failed-experiment`; with several `incidents`, for each.""",
    bad="""\
| Time (UTC) | Event |
|---|---|
| 14:03 | Nightly batch starts |
| 14:13 | [DETECTED] Page: error rate above 5 % |
| 14:25 | Errors stop |""",
    better="""\
| Time (UTC) | Event |
|---|---|
| 14:03 | [TRIGGER] Nightly batch starts |
| 14:13 | [DETECTED] Page: error rate above 5 % |
| 14:25 | [MITIGATED] Errors stop |
| 15:40 | [RESOLVED] Batch disabled |""",
    check=check,
)
