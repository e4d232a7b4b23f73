"""Words that digests have for every reader: the title, what it comes to, records, and figures beside their targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.check.prose import sentence_bounds
from afterword.check.wording import counted
from afterword.derive.again.recurrence import UNTOLD
from afterword.derive.digest import COMING, Digest, SeenAgain
from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.timing.impact import impact_facts
from afterword.derive.words.extracts import summary_blocks
from afterword.derive.words.labels import class_label, service_label, severity_label
from afterword.derive.words.plain_text import plain_text
from afterword.model.markup import Kind
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.digest.digest_outline import Outline
from afterword.render.words.share_words import share_words

SENTENCES = 2
"""Of a record's summary."""


def title_of(summed: Digest, team: str, service: str) -> str:
    """Give the title with the days, and with what the digest is narrowed down to."""
    about = ", ".join(filter(None, ("Post-mortem digest", team, service)))
    return f"{about}: {period(summed)}"


def period(summed: Digest) -> str:
    """Write the days, the year once where they share it."""
    with_year = summed.since.year != summed.as_of.year
    return f"{format_day(summed.since, with_year=with_year)} to {format_day(summed.as_of)}"


def nothing(summed: Digest, team: str = "", service: str = "") -> Outline:
    """Say that nothing happened and nothing is due."""
    about = " and ".join(filter(None, (team, service)))
    for_whom = f" for {about}" if about else ""
    said = f"Nothing happened{for_whom} from {period(summed)}, and nothing is due."
    return Outline(title_of(summed, team, service), said)


def lead(summed: Digest) -> str:
    """Sum up in two sentences: what happened, and what is due."""
    happened = (
        (summed.published, "record published", "records published"),
        (summed.retold, "retold from elsewhere", "retold from elsewhere"),
        (summed.again, "recurrence", ""),
        (summed.done, "action done", "actions done"),
        (summed.promised, "promised", "promised"),
        (summed.put_off, "put off", "put off"),
        (summed.cancelled, "cancelled", "cancelled"),
        (summed.removed, "taken out", "taken out"),
    )
    due = (
        (summed.overdue, "overdue", "overdue"),
        (summed.coming, f"due within {COMING} days", f"due within {COMING} days"),
        (summed.late, "record past its deadline", "records past their deadline"),
        (summed.reviews, "accepted risk to review", "accepted risks to review"),
    )
    new, waiting = (
        ", ".join(counted(len(each), one, several) for each, one, several in kinds if each)
        for kinds in (happened, due)
    )
    return f"{new or 'Nothing new'}. Waiting: {waiting or 'nothing'}."


def as_title(record: Postmortem) -> str:
    """Give what a record is called."""
    return record.title


def record_facts(record: Postmortem, settings: Settings) -> Iterator[str]:
    """Yield severity, services and day."""
    yield severity_label(settings, record.header.severity)
    yield ", ".join(dict.fromkeys(service_label(settings, each) for each in record.header.services))
    yield format_day(record_day(record))


def record_body(record: Postmortem) -> Iterator[str]:
    """Yield the first sentences of the summary, and what the incident cost."""
    paragraphs = (each for each in summary_blocks(record) or () if each.kind is Kind.PARAGRAPH)
    text = next((said for each in paragraphs if (said := plain_text((each,)))), "")
    if text and not is_placeholder(text):
        bounds = [end for _, end in sentence_bounds(text)][:SENTENCES]
        yield text[: bounds[-1]] if bounds else text
    facts = "; ".join(impact_facts(record))
    if facts:
        yield f"Impact: {facts}."


def again_words(seen: SeenAgain, settings: Settings, *, with_note: bool = True) -> Iterator[str]:
    """Yield what was seen again, and how long after what; `with_note` with what somebody wrote about it."""
    if seen.earlier is not None:
        each = seen.earlier
        what = ", ".join(class_label(settings, one) for one in each.classes)
        where = ", ".join(service_label(settings, one) for one in each.services)
        yield " on ".join(filter(None, (what, where)))
        yield f"{counted(each.days, 'day')} after “{as_title(each.earlier)}”"
        if each.near_miss:
            yield "one of them a near miss"
    elif seen.noted is not None:
        yield f"seen again on {format_day(seen.noted.date)}, too small for a record of its own"
        if with_note:
            yield seen.noted.note


def rates(summed: Digest) -> Iterator[tuple[str, str]]:
    """Yield each figure of follow-through with what it comes to beside its target."""
    for each in summed.completions:
        told = each.absent or f"{each.done:,} of {counted(each.actions, 'action')}"
        yield (
            f"Done within {each.days} days: {_percent(each.percent, each.target)}",
            _against(told, f"{each.target:g} %", each.met),
        )
    each_cancelled = summed.cancellation
    told = f"{each_cancelled.cancelled:,} of {counted(each_cancelled.actions, 'promise')}"
    below = f"below {each_cancelled.target:g} %"
    yield (
        f"Cancelled: {_percent(each_cancelled.percent, each_cancelled.target)}",
        _against(told, below, each_cancelled.met),
    )
    again = summed.recurrence
    told = f"{again.recurred:,} of {counted(again.incidents, 'incident')}"
    if again.percent is None:
        told = UNTOLD if again.incidents else "no incident is old enough"
    yield f"Recurred within {again.days} days: {_percent(again.percent)}", told


def past(due: date, as_of: date) -> str:
    """Say since when something waits."""
    return f"due {format_day(due)}, {counted((as_of - due).days, 'day')} ago"


def _percent(percent: float | None, target: float | None = None) -> str:
    return share_words(percent, target).replace("\u00a0", " ") or "unknown"


def _against(told: str, target: str, met: bool | None) -> str:
    verdict = {True: ", met", False: ", missed", None: ""}[met]
    return f"{told}; target {target}{verdict}"
