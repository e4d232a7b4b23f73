"""What the log of a build says of an archive before its pages are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from afterword.check.wording import counted
from afterword.model.archive import Archive
from afterword.model.finding import Finding, Level
from afterword.operations.checking.baseline import telling_all
from afterword.operations.reading.ledger import unknown, withheld
from afterword.operations.reading.loading import Loaded
from afterword.report.text import summary_line


def site_warnings(archive: Archive, findings: Collection[Finding], *, for_author: bool) -> Iterator[str]:
    """Yield what makes a site another one than was asked for; an author is told of faults of the settings as of all findings."""
    if not for_author:
        yield from (_told(each) for each in findings if _is_of_settings(each))
    yield from withheld(archive.history)


def site_notes(loaded: Loaded, findings: Collection[Finding]) -> Iterator[str]:
    """Yield what is worth knowing, and wrong with nothing."""
    archive = loaded.archive
    listed_by = f" ({telling_all(archive.settings, loaded.root)} lists them)" if findings else ""
    yield f"{summary_line(findings, len(archive.records))}{listed_by}"
    if archive.history.absent and not archive.history.is_withheld:
        yield unknown(archive.history)
    marked = sum(1 for record in archive.records if record.hidden)
    public = sum(1 for record in archive.records if record.header.visibility == "public")
    if marked or public:
        yield (
            f"this build hides nothing: {counted(public, 'record')} with `visibility: public`, {counted(marked, 'record')} with internal marks, "
            "and every record is published whole"
        )


def _is_of_settings(finding: Finding) -> bool:
    """Tell whether a finding says that the settings cannot be read as they are written, so that the site is not the one they ask for."""
    return finding.rule in ("settings", "settings-format") and finding.level in (Level.ERROR, Level.WARNING)


def _told(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.line}: {finding.message}"
