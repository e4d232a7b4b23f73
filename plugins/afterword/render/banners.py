"""What a reader must know before reading: drafts, retellings, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.check.links import host_of
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem
from afterword.parse.text import visible
from afterword.render.links import Links

MOST_FINDINGS = 20
"""Findings that a page lists."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as it is shown."""

    level: str
    line: int
    message: str
    hint: str
    rule: str


@dataclass(frozen=True, slots=True)
class Banners:
    """The notices above a record; `retold_host` is empty where the record is the archive's own, `hints` counts findings of information, `more`
    errors and warnings that are not listed.
    """

    status: str
    retold_host: str
    retold_href: str | None
    findings: tuple[FindingLine, ...]
    errors: int
    warnings: int
    hints: int
    more: int


def banners(record: Postmortem, findings: Sequence[Finding], links: Links) -> Banners:
    """Gather the notices of a record; errors come before warnings, each in the order of the source."""
    loud = [finding for finding in findings if finding.level in (Level.ERROR, Level.WARNING)]
    loud.sort(key=lambda finding: (finding.level is not Level.ERROR, finding.span))
    source = record.header.retold_from or ""
    errors = sum(finding.level is Level.ERROR for finding in loud)
    return Banners(
        record.header.status or "",
        (host_of(source) or source) if source else "",
        links.href(source) if source else None,
        tuple(
            # A message may quote the name of a file, which nobody has cleaned.
            FindingLine(
                str(each.level), each.span.line, visible(each.message), visible(each.hint or ""), each.rule
            )
            for each in loud[:MOST_FINDINGS]
        ),
        errors,
        len(loud) - errors,
        sum(finding.level is Level.INFO for finding in findings),
        max(0, len(loud) - MOST_FINDINGS),
    )
