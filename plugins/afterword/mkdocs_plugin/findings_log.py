"""Findings in the log of a site that is being written: all at first, then what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from afterword.model.finding import Finding, FindingKey
from afterword.model.settings import Settings
from afterword.operations.checking.baseline import telling_all
from afterword.report.text import concise_line
from afterword.sources.files import way_to

MOST_LINES = 200
"""Findings that are said after a build: an old archive has thousands."""


class FindingsLog:
    """Says what is found, build after build."""

    def __init__(self) -> None:
        self._said: frozenset[FindingKey] | None = None

    def lines(self, findings: Sequence[Finding], settings: Settings, root: Path) -> Iterator[str]:
        """Yield a line for each finding, after the first build for those alone that the build before did not have; paths are seen from the current folder."""
        before = self._said
        self._said = frozenset(each.key for each in findings)
        if before is not None and before != self._said:
            yield f"findings: {len(self._said - before)} new, {len(before - self._said)} gone"
        new = [each for each in findings if before is None or each.key not in before]
        for each in new[:MOST_LINES]:
            yield concise_line(replace(each, path=way_to(root / each.path)))
        if len(new) > MOST_LINES:
            yield f"and {len(new) - MOST_LINES:,} more: {telling_all(settings, root)} lists all"
