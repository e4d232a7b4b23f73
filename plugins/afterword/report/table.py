"""All forms in which findings are reported; a new one gets its line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from afterword.model.finding import Finding
from afterword.report.json import json_report
from afterword.report.text import text_report

Reporter = Callable[[Sequence[Finding], int, bool], str]
"""Takes the findings, how many records were judged, and whether colour may be used."""

REPORTERS: Mapping[str, Reporter] = {
    "text": text_report,
    "json": json_report,
}
