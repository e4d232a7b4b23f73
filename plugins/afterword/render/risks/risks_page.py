"""The page of open causes and accepted risks: what nobody has answered, and what was taken knowingly until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.causes.archive_coverage import ArchiveCoverage, CoverageLine
from afterword.derive.causes.record_causes import CauseCounts
from afterword.derive.places.address import risks_address
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder
from afterword.render.lists.entries import NAMES
from afterword.render.page.crumbs import crumbs
from afterword.render.page.site_page import SitePage
from afterword.render.risks.risk_export import CSV_NAME, JSON_NAME
from afterword.render.risks.risk_lists import OPEN, TITLE, RiskLists, reviews_to_come
from afterword.render.risks.risk_rows import RiskRows

MOST_ROWS = 25
"""Of each of the two lists, and of the records without a causal tree; their own pages go on."""

MOST_LINES = 250
"""Of each way to divide the archive: those with most that is unaddressed; the files hold all of them."""

DIVISIONS = (
    ("services", "Service"),
    ("severities", "Severity"),
    ("classes", "Failure class"),
    ("years", "Year"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """Counts as parts of one bar: each with its tone, where it begins and how long it is, of 100."""

    counts: CauseCounts
    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, counts: CauseCounts) -> Share:
        """Divide a bar."""
        parts = []
        begin = 0.0
        for tone, count in (
            ("done", counts.addressed),
            ("accepted", counts.accepted),
            ("unaddressed", counts.unaddressed),
        ):
            length = 100 * count / counts.judged if counts.judged else 0.0
            if count:
                parts.append((tone, f"{begin:.2f}", f"{length:.2f}"))
            begin += length
        return cls(counts, tuple(parts))


@dataclass(frozen=True, slots=True)
class Division:
    """The coverage of one way to divide the archive, each line with the way to its open causes, `None` where the archive has none; `left_out` lines have fewer that are unaddressed."""

    label: str
    lines: tuple[tuple[str | None, CoverageLine], ...]
    left_out: int


def risks_page(
    covered: ArchiveCoverage,
    lists: RiskLists,
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
) -> SitePage:
    """Make the page: all figures, and the first entries of each list."""
    here = risks_address(folder)
    made = RiskRows(archive, here)
    html = templates.get_template("risks.html").render(
        title=TITLE,
        as_of=as_of,
        reading_on=reviews_to_come(covered, archive, as_of),
        crumbs=crumbs(folder, here, here=TITLE),
        covered=covered,
        leaves=Share.of(covered.leaves),
        factors=Share.of(covered.factors),
        divisions=[
            _division(covered.divided[name], label, NAMES[name], bool(lists.open.entries))
            for name, label in DIVISIONS
        ],
        lists=lists,
        opened=lists.open.shown(lists.open.entries[:MOST_ROWS], made),
        accepted=lists.accepted.shown(lists.accepted.entries[:MOST_ROWS], made),
        treeless=[made.record(record) for record in lists.treeless[:MOST_ROWS]],
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "risks",
        # No table of contents: the tables need the room.
        description="Causes that neither an action nor an accepted risk answers, and accepted risks by review day",
        nav_title=TITLE,
    )


def _division(lines: Iterable[CoverageLine], label: str, parameter: str, has_list: bool) -> Division:
    every = tuple(lines)
    # Sorting is stable: among equals the order by name decides.
    most = sorted(every, key=lambda line: -(line.leaves.unaddressed + line.factors.unaddressed))[:MOST_LINES]
    kept = {line.entry.id for line in most}
    return Division(
        label,
        tuple(
            (f"{OPEN}/?{urlencode({parameter: line.entry.id})}" if has_list else None, line)
            for line in every
            if line.entry.id in kept
        ),
        len(every) - len(kept),
    )
