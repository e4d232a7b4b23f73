"""`severity-below-impact`: what Impact says is worse than the severity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from afterword.check.context import SEVERE_RANK, Context
from afterword.check.prose import paragraphs
from afterword.check.rule import Option, Rule
from afterword.check.wording import shown
from afterword.derive.again.recurrence import is_near_miss
from afterword.derive.timing.figures import customer_impact
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem
from afterword.model.span import Span

SHARE = Option(
    "share", 50, "the percentage of customers or requests that failed from which sev3 and sev4 are too low"
)
MINUTES = Option(
    "minutes", 15, "how many minutes a failure has to last; a shorter one may be sev3, however wide"
)

_WHOM = r"(?:customers?|users?|visitors?|tenants?|subscribers?|requests|payments|orders|checkouts|log-?ins|sign-?ins|traffic)"
_RESTRICTED = r"(?!\s+(?:of|in|on|at|from|with|who|whose|which|that|using|to|for|except|outside|behind|running|through|via|over|by)\b)"
_FAILED = (
    r"(?:failed|(?:was|were) (?:affected|rejected|declined|dropped|down|locked out|unable)|could(?: not|n[’']t)|lost (?:access|their)"
    r"|timed out|(?:saw|got|received|returned|ended in) (?:an? )?(?:errors?|5\d\d|time-?outs?))"
)
_ACTS = r"(?:log|sign|pay|order|buy|check out|reach|open|use|connect|access|place)"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that say how much was lost; a group `share` holds a percentage. `lasting` where a short time makes it harmless."""

    pattern: re.Pattern[str]
    why: str
    lasting: bool = True


def _wording(pattern: str, why: str, *, lasting: bool = True) -> Wording:
    return Wording(re.compile(pattern, re.IGNORECASE), why, lasting)


WORDINGS = (
    _wording(
        rf"\b(?:all|every|the majority of|(?P<share>\d{{1,3}})\s?(?:%|per ?cent) of)(?: all)?(?: of)?(?: our| the)? {_WHOM}{_RESTRICTED}[^.;:,]{{0,40}}?\b{_FAILED}",
        "most of those who tried could not do what they came for",
    ),
    _wording(
        rf"\b(?:affected|hit) (?:all|every)(?: of)?(?: our| the)? {_WHOM}\b{_RESTRICTED}",
        "everybody was affected",
    ),
    _wording(
        r"\b(?:complete|total|full) (?:outage|loss of service)\b(?!\s+(?:time|duration|minutes|window|length|report))"
        + _RESTRICTED,
        "nothing worked",
    ),
    _wording(
        r"\b(?:site|shop|store|service|product|platform|api|app|application) was (?:completely|entirely|totally) (?:down|unavailable|unreachable|offline)\b",
        "nothing worked",
    ),
    _wording(
        rf"\b(?:nobody|no one|no {_WHOM})(?: at all)? (?:could|was able to|were able to) {_ACTS}\b",
        "nobody could do what they came for",
    ),
    _wording(
        rf"(?:^|[.;] )(?:our |the )?(?:customers|users) (?:could not|couldn[’']t|were unable to|were not able to) {_ACTS}\b[^.;]{{0,40}}? for (?:more than |over |about |nearly |almost )?(?:\d+|two|three|four|five|six|several) (?:hours|days)\b",
        "customers in general could not do what they came for, for hours",
    ),
    _wording(
        r"\b(?:customer|user)s?[’']? ?(?:data|files|orders|messages|records) (?:was|were) (?:permanently|irrecoverably|irretrievably) (?:lost|deleted|destroyed)\b",
        "what customers had entrusted is gone",
        lasting=False,
    ),
)
"""What contradicts sev3 and sev4, with the reason; each speaks of customers in general, not of some of them."""

_NOT_SO = re.compile(
    r"\b(?:would|could have|might|may|avoided|prevented|nearly (?:all|every|a )|almost (?:all|every|a )|if|unless|not (?:all|every|a|the)|no (?:complete|total|full)"
    r"|(?:was|were) not affected|unaffected|instead of|at stake|potential(?:ly)?|worst case|test|staging|beta|internal|preview|succeeded|seconds?|less than a minute|briefly)\b",
    re.IGNORECASE,
)
"""A sentence with one of these speaks of what did not happen, of few, or of a moment; to miss one is better than to contradict an author wrongly."""

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_GLANCE = re.compile(
    r"\ball\b|every|majority|%|per ?cent|outage|loss|entirely|complete|totally|nobody|no one|\bno\b|could|unable|not able|lost|deleted|destroyed",
    re.I,
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report one sentence of Impact at most, and a duty to report, in records milder than sev2 that give no `severity_reason`."""
    header = record.header
    rank = context.rank(header.severity)
    if rank is None or rank <= SEVERE_RANK or is_near_miss(record) or header.severity_reason:
        return
    hint = f"rate it by what customers lost, or say what speaks for {header.severity} in `severity_reason`"
    if header.impact.reportable:
        message = f"a law or contract asks for a report, and the severity is {header.severity}"
        yield Finding(
            "severity-below-impact", message, header.span("impact.reportable"), Nature.WARNING, hint
        )
    section = record.section("impact")
    for block in paragraphs(section.blocks) if section else ():
        found = _contradiction(block, record, context)
        if found:
            said, why, place = found
            message = f"the severity is {header.severity}, and '{shown(said)}' says that {why}"
            yield Finding("severity-below-impact", message, place, Nature.WARNING, hint)
            return


def _contradiction(block: Node, record: Postmortem, context: Context) -> tuple[str, str, Span] | None:
    texts = [node for node in block.walk() if node.kind in (Kind.TEXT, Kind.CODE)]
    text = " ".join(node.text.strip() for node in texts)
    if not _GLANCE.search(text):
        return None
    share = context.number("severity-below-impact", SHARE.name, SHARE.default)
    for sentence in _SENTENCES.split(text):
        if _NOT_SO.search(sentence):
            continue
        for wording in WORDINGS:
            said = wording.pattern.search(sentence)
            if said is None or (said.groupdict().get("share") and int(said["share"]) < share):
                continue
            if wording.lasting and _is_short(record, context):
                continue
            words = said.group().strip(" .;")
            first = words.partition(" ")[0]
            place = next((node.span for node in texts if words in node.text), None) or next(
                (node.span for node in texts if first in node.text), block.span
            )
            return words, wording.why, place
    return None


def _is_short(record: Postmortem, context: Context) -> bool:
    lasted = customer_impact(record)
    return lasted is not None and lasted < timedelta(
        minutes=context.number("severity-below-impact", MINUTES.name, MINUTES.default)
    )


RULE = Rule(
    id="severity-below-impact",
    summary="a sev3 or sev4 whose Impact says that most customers failed, nothing worked, or data of customers is gone for good",
    why="""\
Severity decides who reads a record, how soon it is due and what it has to hold. Where the words say "everybody" and the number says "few", one of the two is wrong, and readers
who go by the number miss the incident.

Only sentences of Impact that speak of customers in general are reported: not "all customers of the beta", not what was avoided or could have been, and nothing that lasted less than the option says. A duty to report
(`impact.reportable`) counts, too. Near misses and records with a `severity_reason` are left alone.""",
    bad="""\
---
severity: sev4
---

## Impact

For three hours all customers were unable to sign in.""",
    better="""\
---
severity: sev1
---

## Impact

For three hours all customers were unable to sign in.""",
    options=(SHARE, MINUTES),
    check=check,
)
