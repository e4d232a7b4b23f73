"""`mark-link-differs`: a mark names one action, and its link leads to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from afterword.check.context import Context
from afterword.check.links import is_remote, linked_nodes, scheme_of
from afterword.check.marks import action_refs
from afterword.check.rule import Rule
from afterword.model.causes import ActionRef
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem, Reference

_ACTION = re.compile(r"[a-z]{1,4}[0-9]{1,4}", re.IGNORECASE)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report marks that are links within the archive to another action, or to another record without naming it; links elsewhere, such as to a ticket, say nothing."""
    links = [node for node in linked_nodes(record) if node.kind is Kind.LINK and "#" in node.url]
    if not links:
        return
    refs: dict[int, list[ActionRef]] = {}
    for ref in action_refs(record):
        refs.setdefault(ref.span.line, []).append(ref)
    for link in links:
        for ref in refs.get(link.span.line, ()):
            if link.span.column <= ref.span.column and ref.span.end_column <= link.span.end_column:
                yield from _differs(link, ref, record, context)


def _differs(link: Node, ref: ActionRef, record: Postmortem, context: Context) -> Iterator[Finding]:
    fragment = unquote(link.url.partition("#")[2])
    if is_remote(link.url) or scheme_of(link.url) or not _ACTION.fullmatch(fragment):
        return
    path = Reference(link.url, link.span).path_from(record.path) or record.path
    if path not in context.records:
        return
    is_elsewhere = path != record.path
    named = f"{ref.record}#{ref.id}" if ref.record else ref.id
    there = path.rpartition("/")[2].removesuffix(".md")
    leads_to = f"{there}#{fragment.upper()}" if is_elsewhere else fragment.upper()
    if fragment.upper() != ref.id.upper() or is_elsewhere != bool(ref.record):
        yield Finding(
            "mark-link-differs",
            f"the mark names {named}, and its link leads to {leads_to}",
            ref.span,
            Nature.CONTRADICTION,
            f"write `[{leads_to}]({link.url})` if that is meant: the words count, the link is for readers",
        )


RULE = Rule(
    id="mark-link-differs",
    summary="a mark at a cause that names one action while its link leads to another",
    why="""\
What answers a cause is told by the words of the mark. Where they say `A3` and the link leads to the A3 of an earlier record, the page shows an action of this record as the answer, which may be
about something else, and the earlier promise is followed up nowhere.""",
    bad="""\
- Connections leaked -> [A3](2025-11-28-checkout-timeouts.md#a3)""",
    better="""\
- Connections leaked -> [2025-11-28-checkout-timeouts#A3](2025-11-28-checkout-timeouts.md#a3)""",
    check=check,
)
