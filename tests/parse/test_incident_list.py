"""Incident lists as spreadsheets and scripts write them."""

from __future__ import annotations

from datetime import date

import pytest

from afterword.model.incident import ListedIncident
from afterword.model.settings import Settings
from afterword.parse.beside.incident_list import MAX_BYTES, MAX_ROWS, read_incident_list

HEAD = "id,severity,closed,class\n"


def read(text: str | bytes, settings: Settings | None = None) -> tuple[tuple[ListedIncident, ...], list[str]]:
    """Give the incidents of a list and what is found in it, `line:column message`."""
    raw = text.encode() if isinstance(text, str) else text
    found, findings = read_incident_list(raw, "incidents.csv", settings or Settings())
    assert all(each.path == "incidents.csv" and not each.edits for each in findings)
    return found.incidents, [f"{each.span.line}:{each.span.column} {each.message}" for each in findings]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_found_by_their_heads(separator: str) -> None:
    """In any order and under any usual separator; columns that mean nothing are kept by their heads."""
    text = "\ufeffTeam,CLASS, Id ,Severity,Closed\r\nweb,capacity,INC-1,SEV-1,2026-03-14\r\n"
    (incident,), findings = read(text.replace(",", separator))
    assert incident == ListedIncident("INC-1", "sev1", date(2026, 3, 14), "capacity", {"Team": "web"})
    assert findings == []


@pytest.mark.parametrize(
    ("closed", "day"),
    [
        ("2026-03-14", 14),
        ("2026-03-14 23:59", 14),
        ("2026-03-14T23:30:00Z", 15),
        ("2026-03-14T23:30:00+01:00", 14),
        ("2026-03-14 23:59:59.123", 14),
        ("", None),
    ],
)
def test_close_is_a_day_of_the_archives_zone(closed: str, day: int | None) -> None:
    """A time with a zone is moved there, one without is taken for one of there, and an incident that is not closed has none."""
    (incident,), findings = read(f"{HEAD}INC-1,sev1,{closed},\n", Settings(timezone="Europe/Berlin"))
    assert incident.closed == (date(2026, 3, day) if day else None)
    assert findings == []


def test_quoted_cells_may_hold_separators_and_lines() -> None:
    """The places behind them are those of the file."""
    text = 'id,note,severity,closed,class\n"INC-1","a, b ""c""\nsecond",sev9,2026-03-14,x\nINC-2,,sev8,,\n'
    incidents, findings = read(text)
    assert [each.id for each in incidents] == ["INC-1", "INC-2"]
    assert incidents[0].others == {"note": 'a, b "c"\nsecond'}
    assert [each.partition(" severity")[0] for each in findings] == ["3:9", "4:8"]


def test_half_a_list_is_none() -> None:
    """Of what is too large, too long or not text at all nothing is used, since figures would count what is left of it."""
    too_long = HEAD + "".join(f"INC-{number},sev1,,\n" for number in range(MAX_ROWS + 1))
    too_large = HEAD + "x" * MAX_BYTES
    for text in (too_long, too_large, b"PK\x03\x04" + b"\0" * 100, "", "\n\n"):
        incidents, findings = read(text)
        assert incidents == ()
        assert len(findings) == 1 and findings[0].endswith("none of it is used")


def test_what_cannot_be_read_costs_its_row_at_most() -> None:
    """Rows of all lengths, empty ones, controls and a byte that is not UTF-8 leave the others as they are."""
    text = HEAD.encode() + b"INC-1,sev1\n,,,\n\n   \nINC-2,sev1,2026-13-40,x,y,z\nINC\x07-3,sev1,,\xff\n"
    incidents, findings = read(text)
    assert [(each.id, each.severity, each.closed) for each in incidents] == [
        ("INC-1", "sev1", None),
        ("INC-2", "sev1", None),
        ("INC-3", "sev1", None),
    ]
    assert len(findings) == 5, findings
