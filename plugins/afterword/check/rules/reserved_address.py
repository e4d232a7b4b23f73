"""`reserved-address`: an ordinary page lies where the archive's own pages are."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.span import START
from afterword.model.words import RESERVED


def check(context: Context) -> Iterator[Finding]:
    """Report ordinary pages whose first name below the archive's folder is reserved."""
    for folder in context.settings.archives:
        below = f"{folder.folder.strip('/')}/"
        for page in context.archive.pages:
            if not page.startswith(below):
                continue
            first = page.removeprefix(below).partition("/")[0].removesuffix(".md").lower()
            if first in RESERVED:
                message = f"'{first}' below the archive is the address of generated pages"
                yield Finding(
                    "reserved-address",
                    message,
                    START,
                    Nature.WARNING,
                    "move the page to another folder or name",
                    path=page,
                )


RULE = Rule(
    id="reserved-address",
    summary="a page below the archive whose address belongs to the archive's own pages",
    why="""\
Services, severities, classes, actions and the other indexes have fixed addresses that readers bookmark. Two pages at one address hide one of the two,
and which one is chance.""",
    bad="""\
<!-- postmortems/services/overview.md -->
# Our services""",
    better="""\
<!-- postmortems/handbook/services.md -->
# Our services""",
    check_archive=check,
)
