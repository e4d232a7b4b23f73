"""`incident-list`: a row of `incidents.csv` that cannot be read; found while reading."""

from __future__ import annotations

from afterword.check.rule import Rule

RULE = Rule(
    id="incident-list",
    summary="a line of `incidents.csv` that cannot be read, or an incident that stands there twice",
    why="""\
An incident whose severity or close cannot be read has no deadline, and is missed by nobody. A list that cannot be read at all makes the page of archive health speak of the records alone.

[The list](health.md#incidentscsv) is CSV in UTF-8, separated by commas, semicolons or tabs, whose first row names the columns `id`, `severity`, `closed` and `class` in any order; other columns are kept and mean nothing.
A tracker's spelling of a severity (`SEV-1`) is read as it is. A list of more than 4 MB or 50,000 rows is not used at all.""",
    bad="""\
id,severity,closed,class
INC-142,P1,14.03.2026,capacity
INC-142,sev1,2026-03-14,capacity""",
    better="""\
id,severity,closed,class
INC-142,sev1,2026-03-14T15:40Z,capacity""",
)
