"""Open causes and accepted risks for spreadsheets and programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from afterword.derive.causes.archive_coverage import ArchiveCoverage, CoverageLine, OpenCause, RegisteredRisk
from afterword.derive.causes.coverage import NodeState
from afterword.derive.causes.record_causes import AcceptedRisk, Cause
from afterword.derive.places.address import record_address, risks_address
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.derive.words.labels import class_ids, service_ids, severity_id
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.render.page.site_page import SiteFile
from afterword.render.text.json_document import json_document
from afterword.render.text.labels import cause_anchor
from afterword.render.text.spreadsheet import csv_table

CSV_NAME = "risks.csv"
JSON_NAME = "risks.json"
FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

COLUMNS = (
    "list",
    "record",
    "record_title",
    "date",
    "severity",
    "services",
    "failure_classes",
    "kind",
    "statement",
    "root_cause",
    "state",
    "days_since_incident",
    "reason",
    "role",
    "review",
    "days_past_review",
    "retold",
    "page",
)


def risk_files(
    covered: ArchiveCoverage, archive: Archive, folder: ArchiveFolder, as_of: dt.date
) -> tuple[SiteFile, ...]:
    """Give the files beside the page of open causes and accepted risks."""
    base = risks_address(folder)
    return (
        SiteFile(base + CSV_NAME, risks_csv(covered, archive)),
        SiteFile(base + JSON_NAME, risks_json(covered, archive, as_of)),
    )


def risks_csv(covered: ArchiveCoverage, archive: Archive) -> bytes:
    """Give open causes and accepted risks as CSV, in the order of the page; `list` is `open` or `accepted`."""
    return csv_table(COLUMNS, _rows(covered, archive))


def risks_json(covered: ArchiveCoverage, archive: Archive, as_of: dt.date) -> bytes:
    """Give the figures, open causes and accepted risks as JSON; days are ISO dates, what is absent is null."""
    rows = list(_rows(covered, archive))
    made = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "records": covered.records,
        "drafts_left_out": covered.drafts,
        "retold_left_out": covered.retold,
        "leaves": covered.leaves.as_mapping(),
        "factors": covered.factors.as_mapping(),
        "by": {name: [_line(line) for line in lines] for name, lines in covered.divided.items()},
        "without_causal_tree": sorted(record.id for record in covered.treeless),
        "open": [row for row in rows if row["list"] == "open"],
        "accepted": [row for row in rows if row["list"] == "accepted"],
    }
    return json_document(made)


def _rows(covered: ArchiveCoverage, archive: Archive) -> Iterator[Mapping[str, object]]:
    unmarked = (cause for each in covered.unmarked for cause in each.causes)
    for cause in (*covered.open, *unmarked, *covered.retold_open):
        yield _open(cause, archive)
    for risk in (*covered.risks, *covered.undated_risks, *covered.retold_risks):
        yield _accepted(risk, archive)


def _open(each: OpenCause, archive: Archive) -> Mapping[str, object]:
    return {
        "list": "open",
        **_facts(each.record, each.cause, archive),
        "state": each.cause.state.value,
        "days_since_incident": each.days,
        "reason": None,
        "role": None,
        "review": None,
        "days_past_review": None,
    }


def _accepted(each: RegisteredRisk, archive: Archive) -> Mapping[str, object]:
    past = each.past and is_owed_here(each.record)
    return {
        "list": "accepted",
        **_facts(each.record, each.risk, archive),
        "state": (NodeState.REVIEW_PAST if past else NodeState.ACCEPTED).value,
        "days_since_incident": None,
        "reason": each.risk.acceptance.reason or None,
        "role": each.risk.acceptance.role or None,
        "review": each.review.isoformat() if each.review else None,
        "days_past_review": each.days_past if past else 0,
    }


def _facts(record: Postmortem, said: Cause | AcceptedRisk, archive: Archive) -> Mapping[str, object]:
    settings, day = archive.settings, record_day(record)
    return {
        "record": record.id,
        "record_title": record.title,
        "date": day.isoformat() if day else None,
        "severity": severity_id(record, settings) or None,
        "services": list(service_ids(record, settings)),
        "failure_classes": list(class_ids(record, settings)),
        "kind": said.kind.value,
        "statement": said.text,
        "root_cause": said.root_cause,
        "retold": not is_owed_here(record),
        "page": f"{record_address(record, settings)}#{cause_anchor(said.kind, said.place)}",
    }


def _line(line: CoverageLine) -> Mapping[str, object]:
    return {
        "id": line.entry.id,
        "records": line.records,
        "without_causal_tree": line.treeless,
        "leaves": line.leaves.as_mapping(),
        "factors": line.factors.as_mapping(),
    }
