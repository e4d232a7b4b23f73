"""`missing-field`: a header field that the format or the policy requires is not there."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context, Reported
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Level, Nature
from afterword.model.header import Header
from afterword.model.record import Postmortem
from afterword.model.span import START, Span
from afterword.parse.values.header import REQUIRED
from afterword.parse.values.readers import meant_key

_HINTS = {
    "title": "say what happened as the customer saw it: `title: Checkout returned errors for 22 minutes`",
    "date": "the day the incident started: `date: 2026-03-14`",
    "severity": "as at close: `severity: sev2`",
    "status": "`status: draft`, `in-review` or `final`",
    "kind": "`kind: outage`; for a near miss, what nearly happened",
    "services": "the affected services: `services: [checkout]`",
    "failure_class": "the kind of weakness: `failure_class: [capacity]`",
    "authors": "who wrote it: `authors: [Name]`",
    "potential_severity": "how bad it nearly was: `potential_severity: sev1`",
    "allspaw_test": "ask the person who pushed the button whether they call this fair: `allspaw_test: {passed: true, date: 2026-03-28}`",
}
_NOT_FOR_RETOLD = frozenset({"authors"})
_UNREAD = frozenset({"front-matter", "yaml-syntax", "too-large"})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report required fields that are absent or empty, save where reading said already that the value cannot be read."""
    header, reported = record.header, Reported(record.findings)
    if any(_has_lost(finding, header) for finding in record.findings):
        return
    misspelt = {meant_key(finding) for finding in record.findings} & set(REQUIRED)
    told = context.settings.rules.get("unknown-key")
    if told is not None and told.level is Level.OFF:
        misspelt.clear()
    for name in _required(record, context):
        key, place = header.spans.get(f"@{name}"), header.spans.get(name)
        if key is None and name in misspelt:
            continue  # said where it stands under another name
        alone = header.spans.get("@author") if name == "authors" else None
        if key is None and alone is not None:
            yield _missing(f"`{name}` is missing", alone, "`author` is a key of MkDocs: write `authors`")
        elif key is None:
            yield _missing(f"`{name}` is missing", START, _HINTS.get(name))
        elif not reported.within(key.to(place) if place and place >= key else key):
            yield _missing(f"`{name}` is empty", key, _HINTS.get(name))
    if not header.retold_from:
        yield from _allspaw(record, context)
        yield from _signatures(record, context)


def _has_lost(finding: Finding, header: Header) -> bool:
    """Tell whether entries of the header were not read: those of a fault, and those that are merged, nested too deep or have a list as key; of an anchor the entry is there."""
    if finding.rule == "yaml-feature":
        return not any(map(Reported((finding,)).within, header.spans.values()))
    return finding.rule in _UNREAD


def _required(record: Postmortem, context: Context) -> Iterator[str]:
    header = record.header
    values: dict[str, object] = {
        "title": header.title,
        "date": header.date,
        "severity": header.severity,
        "status": header.status,
        "kind": header.kind,
        "services": header.services,
        "failure_class": header.failure_class,
        "authors": header.authors,
    }
    if header.severity == "near-miss":
        values["potential_severity"] = header.potential_severity
    for own in context.settings.fields:
        if _applies(own.required_for, header):
            values[own.id] = header.extra.get(own.id)
    for name, value in values.items():
        if value in (None, "", ()) and not (header.retold_from and name in _NOT_FOR_RETOLD):
            yield name


def _applies(required_for: tuple[str, ...], header: Header) -> bool:
    return any(each in ("all", "*", header.severity, header.kind, header.status) for each in required_for)


def _allspaw(record: Postmortem, context: Context) -> Iterator[Finding]:
    header = record.header
    if not (record.is_final and context.requirement(record).allspaw_test):
        return
    hint = _HINTS["allspaw_test"]
    if header.allspaw_test is None:
        place = header.spans.get("@allspaw_test")
        if place is None:
            message = f"`allspaw_test` is missing, expected for a final record at {header.severity}"
            yield _missing(message, START, hint)
        elif not Reported(record.findings).within(place):
            yield _missing("`allspaw_test` is empty", place, hint)
    elif header.allspaw_test.passed is not True:
        place = header.span("allspaw_test.passed")
        if header.allspaw_test.passed is False:
            yield _missing(
                "`allspaw_test` is not passed, expected before a record is final",
                place,
                "`status: in-review` until it is",
            )
        elif not Reported(record.findings).within(place):
            yield _missing("`allspaw_test` does not say `passed`", place, hint)


def _signatures(record: Postmortem, context: Context) -> Iterator[Finding]:
    header = record.header
    for role in context.requirement(record).sign_off:
        wanted = [each for each in header.sign_off if each.role.casefold() == role.casefold()]
        if not any(each.name and each.date for each in wanted):
            place = header.spans.get("sign_off", START)
            message = (
                f"`sign_off` by '{role}' is missing"
                if not wanted
                else f"`sign_off` by '{role}' has no name or date"
            )
            yield _missing(message, place, f"`sign_off: [{{role: {role}, name: Name, date: 2026-03-28}}]`")


def _missing(message: str, place: Span, hint: str | None) -> Finding:
    return Finding("missing-field", message, place, Nature.REQUIRED, hint)


RULE = Rule(
    id="missing-field",
    summary="a header field that the format or the policy requires and that is absent or empty",
    why="""\
The header is what readers search, filter and count by. A record without a service or a failure class is on no index page, so the engineer who meets
the same failure next year does not find it.

Title, date, severity, status, kind, services, failure classes and authors are always required; `potential_severity` for a near miss; a passed `allspaw_test`
for a final record at sev0 to sev2; signatures and fields of your own where the settings say so. A record with `retold_from` needs no authors, test or signatures.""",
    bad="""\
---
title: Checkout returned errors for 22 minutes
date: 2026-03-14
severity: sev2
---""",
    better="""\
---
title: Checkout returned errors for 22 minutes
date: 2026-03-14
severity: sev2
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---""",
    check=check,
)
