"""What a reader must know before reading: drafts, retellings, findings."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.check.links import host_of
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem, Section
from afterword.model.value import plain_value
from afterword.parse.source.text import visible
from afterword.render.page.links import Links

MOST_FINDINGS = 20
"""Findings that a published page lists; errors and warnings alone."""

_ORDER = (Level.ERROR, Level.WARNING, Level.INFO)


@plain_value()
class FindingLine:
    """One finding as it is shown; `place` is the name of the section that it is in, and `anchor` leads there, both empty where there is none."""

    level: str
    line: int
    message: str
    hint: str
    rule: str
    place: str = ""
    anchor: str = ""


@plain_value()
class Banners:
    """The notices above a record; `retold_host` is empty where the record is the archive's own, `hints` counts findings of information, `more`
    errors and warnings that are not listed. A page is `open_to_author` where it is made for whoever writes the record: it lists everything.
    """

    status: str
    retold_host: str
    retold_href: str | None
    findings: tuple[FindingLine, ...]
    errors: int
    warnings: int
    hints: int
    more: int
    open_to_author: bool = False


def banners(record: Postmortem, findings: Sequence[Finding], links: Links, *, for_author: bool) -> Banners:
    """Gather the notices of a record; errors come before warnings, each in the order of the source.

    Made `for_author` they list all findings, each with the section that it is in.
    """
    told = sorted(
        (finding for finding in findings if finding.level in _ORDER),
        key=lambda finding: (_ORDER.index(finding.level or Level.INFO), finding.span),
    )
    loud = [finding for finding in told if finding.level is not Level.INFO]
    shown = told if for_author else loud[:MOST_FINDINGS]
    source = record.header.retold_from or ""
    errors = sum(finding.level is Level.ERROR for finding in loud)
    return Banners(
        record.header.status or "",
        (host_of(source) or source) if source else "",
        links.href(source) if source else None,
        tuple(_line(each, _section_of(each, record) if for_author else None) for each in shown),
        errors,
        len(loud) - errors,
        len(told) - len(loud),
        max(0, len(loud) - len(shown)),
        for_author,
    )


def _line(finding: Finding, section: Section | None) -> FindingLine:
    # A message may quote the name of a file, which nobody has cleaned.
    return FindingLine(
        str(finding.level),
        finding.span.line,
        visible(finding.message),
        visible(finding.hint or ""),
        finding.rule,
        visible(section.title) if section else "",
        section.key if section and not section.duplicate else "",
    )


def _section_of(finding: Finding, record: Postmortem) -> Section | None:
    """Give the section that a finding is in; the last one that begins before its line."""
    before = [each for each in record.sections if each.heading.span.line <= finding.span.line]
    return before[-1] if before else None
