"""The file that the filter of causes and risks reads: every entry of both lists in few bytes, and only what is shown and asked for."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.derive.places.address import risks_address
from afterword.derive.words.labels import class_label, service_label
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder
from afterword.render.actions.action_file import FILE_NAME, LONGEST
from afterword.render.page.badges import tone
from afterword.render.page.cards import shortened
from afterword.render.page.site_page import SiteFile
from afterword.render.risks.risk_lists import RiskLists
from afterword.render.risks.risk_rows import RecordFacts, RiskRow, RiskRows
from afterword.render.text.compact import Numbers, compact_json, day_number

FORMAT = 1


def risk_rows_file(lists: RiskLists, archive: Archive, folder: ArchiveFolder) -> SiteFile:
    """Write the file; its rows are in the order of the lists, what several share stands once before them. Days are counted from 1970."""
    address = risks_address(folder)
    # As the page of an archive's home sees them, records lie where their addresses say.
    made = RiskRows(archive, address.removesuffix("risks/"))
    records, services, classes, words = (Numbers() for _ in range(4))
    by_id: dict[str, RecordFacts] = {}

    def row(each: RiskRow) -> list[object]:
        by_id.setdefault(each.record.id, each.record)
        return [
            records[each.record.id],
            each.anchor,
            shortened(each.text, LONGEST),
            int(each.root_cause),
            words[each.note],
            words[each.state],
        ]

    def risk(each: RiskRow) -> list[object]:
        reason = shortened(each.reason, LONGEST)
        # The last number tells that a review may come to be past.
        return [*row(each), words[reason], words[each.role], day_number(each.review), int(bool(each.due_at))]

    content = {
        "format": FORMAT,
        "open": [row(each) for each in made.rows(entry for _, entry in lists.open.entries)],
        "accepted": [risk(each) for each in made.rows(entry for _, entry in lists.accepted.entries)],
        "records": [_record(by_id[record_id], services, classes) for record_id in records],
        "services": [[one, service_label(archive.settings, one)] for one in services],
        "classes": [[one, class_label(archive.settings, one)] for one in classes],
        "words": list(words),
    }
    return SiteFile(address + FILE_NAME, compact_json(content))


def _record(record: RecordFacts, services: Numbers, classes: Numbers) -> Sequence[object]:
    severity = record.severity
    return [
        record.href,
        record.title,
        tone(severity) if severity else "",
        severity.label if severity else "",
        severity.id if severity else "",
        [services[one] for one in record.services],
        [classes[one] for one in record.classes],
        record.year,
        day_number(record.day),
        record.service_names,
    ]
