"""`reserved-address`: an ordinary page lies where the archive's own pages are."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.settings import ArchiveFolder
from afterword.model.span import START
from afterword.model.words import RESERVED


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report ordinary pages whose first name below the archive's folder is reserved, or that lie at a record's address."""
    for folder in context.settings.archives:
        records = _addresses(context, folder)
        for page in context.archive.pages:
            below = folder.inside(page)
            if below is None:
                continue
            place = below.rpartition(".")[0].lower()
            first = place.partition("/")[0]
            record = records.get(place.removesuffix("/index").removesuffix("/readme"))
            if first in RESERVED:
                message = f"'{first}' below the archive is the address of generated pages"
            elif record:
                message = f"the page lies at the address of {record}, and only the record is published"
            else:
                continue
            hint = "move the page to another folder or name"
            yield Finding("reserved-address", message, START, Nature.WARNING, hint, path=page)


def _addresses(context: ArchiveContext, folder: ArchiveFolder) -> dict[str, str]:
    return {
        f"{record.year}/{record.id}".lower(): record.path
        for record in context.archive.records
        if context.folder(record) == folder
    }


RULE = Rule(
    id="reserved-address",
    summary="a page below the archive whose address belongs to a record or to the archive's own pages",
    why="""\
Services, severities, classes, actions and the other indexes have fixed addresses that readers bookmark, and so have records. Of two pages at one address
only the archive's own is published.""",
    bad="""\
<!-- postmortems/services/overview.md -->
# Our services""",
    better="""\
<!-- postmortems/handbook/services.md -->
# Our services""",
    check_archive=check,
)
