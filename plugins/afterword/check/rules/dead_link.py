"""`dead-link`: a relative link leads to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename
from urllib.parse import unquote

from afterword.check.context import ArchiveContext, Context
from afterword.check.links import linked_nodes, targets
from afterword.check.rule import Rule
from afterword.check.wording import MOST_GUESSES, shown
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.parse.source.guesses import nearest, the_one

_OF_PAGES = (":~:", "_", "aw-", "n-", "svg-n-", "fn-", "fnref-", "h-")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report relative links and images below the archive that lead to no record, page or attachment, and links to an anchor of the record that is not there."""
    said = 0
    for target in targets(record, context):
        path = target.path
        if target.outside or _exists(path, context):
            continue
        said += 1
        close = _meant(path, context) if said <= MOST_GUESSES else None
        guess = f" (did you mean '{close}'?)" if close else ""
        what = "image" if target.reference.image else "link"
        message = f"{what} leads to '{shown(path)}', which does not exist{guess}"
        yield Finding("dead-link", message, target.reference.span, Nature.UNREADABLE)

    for node in linked_nodes(record):
        if node.kind is Kind.LINK and node.url.startswith("#"):
            fragment = unquote(node.url[1:])
            if not _has(record, fragment):
                yield _nowhere(fragment, record, "this record", node.span)


def check_archive(context: ArchiveContext) -> Iterator[Finding]:
    """Report links to an anchor of another record that is not there; of ordinary pages the anchors are not known."""
    by_path = {record.path: record for record in context.archive.records}
    for record in context.archive.records:
        for reference in record.references:
            _, mark, fragment = reference.target.partition("#")
            target = by_path.get(reference.path_from(record.path)) if mark and record.archive else None
            if target is not None and not _has(target, unquote(fragment)):
                where = f"'{shown(target.id)}'"
                yield replace(_nowhere(unquote(fragment), target, where, reference.span), path=record.path)


def _has(record: Postmortem, fragment: str) -> bool:
    """Tell whether a record has an anchor; those that only pages have are the page's business, and so is a text of which a browser looks for the words."""
    return (
        not fragment
        or fragment == "top"
        or fragment in record.anchors
        or fragment.startswith(_OF_PAGES)
        or record.action(fragment) is not None
        or not record.anchors
    )


def _nowhere(fragment: str, record: Postmortem, where: str, span: Span) -> Finding:
    close = nearest(
        fragment.lower(), sorted({*record.anchors, *(each.id.lower() for each in record.actions)})
    )
    guess = f" (did you mean '#{close}'?)" if close else ""
    message = f"link leads to '#{shown(fragment)}', which {where} does not have{guess}"
    hint = "sections are named `#impact`, `#timeline` …, actions `#a1`, other headings as GitHub names them"
    return Finding("dead-link", message, span, Nature.WARNING, None if close else hint)


def _exists(path: str, context: Context) -> bool:
    files = (context.records, context.pages, context.attachments)
    return any(path in each for each in files) or f"{path.rstrip('/')}/index.md" in context.pages


def _meant(path: str, context: Context) -> str | None:
    """Guess by the same name in another folder, then by spelling."""
    known = sorted((*context.records, *context.pages, *context.attachments))
    name = basename(path.rstrip("/"))
    moved = the_one(each for each in known if basename(each) in (name, f"{name}.md"))
    return moved or nearest(path, known, cutoff=0.8)


RULE = Rule(
    id="dead-link",
    summary="a relative link or image below the archive that leads to no file, or a link to an anchor that its record does not have",
    why="""\
Whoever follows the link, often in the next incident of the kind, finds an error page where the graph or the earlier record should be, or the top of a page instead of the action.

Anchors are the sections' (`#impact`), the actions' (`#a1`) and GitHub's slugs of all headings; those in raw HTML are not on the site, and none of ordinary pages are known here. A file that is missing is an error, an anchor a warning. Links go to the record's file:
its address on the site (`../2025/2025-11-02-checkout-errors/`) is none.""",
    bad="""\
The same pool was exhausted [in November](../2025/2025-11-02-chekout-errors.md).""",
    better="""\
The same pool was exhausted [in November](../2025/2025-11-02-checkout-errors.md).""",
    check=check,
    check_archive=check_archive,
)
