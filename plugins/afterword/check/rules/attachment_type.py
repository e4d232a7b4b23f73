"""`attachment-type`: a linked file is of a type that is not published."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import targets
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

NEVER = frozenset({"html", "htm", "xhtml", "xml", "js", "mjs", "wasm"})
"""A browser would run these as part of the site, so that no setting allows them."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report links to files whose extension the settings do not allow."""
    allowed = [each for each in context.settings.attachment_types if each.lower() not in NEVER]
    for target in targets(record, context):
        if target.outside or target.path not in context.attachments:
            continue
        extension = target.path.rpartition("/")[2].rpartition(".")[2].lower()
        if extension not in allowed:
            message = f"'{shown(target.path)}' is not published, expected a file of type {', '.join(allowed)}"
            hint = "put it into a zip, or say what matters in the record"
            yield Finding("attachment-type", message, target.reference.span, Nature.ERROR, hint)


RULE = Rule(
    id="attachment-type",
    summary="a link to a file of a type that is not published",
    why="""\
The link would be dead on the site. Pages and scripts are never published as attachments, since they would run with the site's rights in every reader's browser.""",
    bad="""\
The [saved dashboard](dashboard.html) shows the climb.""",
    better="""\
The [dashboard](dashboard.png) shows the climb.""",
    check=check,
)
