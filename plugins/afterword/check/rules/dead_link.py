"""`dead-link`: a relative link leads to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from afterword.check.context import Context
from afterword.check.links import targets
from afterword.check.rule import Rule
from afterword.check.wording import MOST_GUESSES, shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.parse.guesses import nearest


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report relative links and images below the archive that lead to no record, page or attachment."""
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


def _exists(path: str, context: Context) -> bool:
    files = (context.records, context.pages, context.attachments)
    return any(path in each for each in files) or f"{path.rstrip('/')}/index.md" in context.pages


def _meant(path: str, context: Context) -> str | None:
    """Guess by the same name in another folder, then by spelling."""
    known = sorted((*context.records, *context.pages, *context.attachments))
    moved = next((each for each in known if basename(each) == basename(path)), None)
    return moved or nearest(path, known, cutoff=0.8)


RULE = Rule(
    id="dead-link",
    summary="a relative link or image below the archive that leads to no file",
    why="""\
Whoever follows the link, often in the next incident of the kind, finds an error page where the graph or the earlier record should be.""",
    bad="""\
The same pool was exhausted [in November](../2025/2025-11-02-chekout-errors.md).""",
    better="""\
The same pool was exhausted [in November](../2025/2025-11-02-checkout-errors.md).""",
    check=check,
)
