"""A record on one page, for those who will not read it all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from afterword.authoring.words import bullet, facts_line, has_unread_actions
from afterword.check.wording import counted
from afterword.derive.again.recurrence import recurrences
from afterword.derive.causes.coverage import NodeState, factor_coverage, tree_coverage
from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.derive.timing.calendar import format_day
from afterword.derive.timing.figures import format_duration, incident_figures
from afterword.derive.timing.impact import impact_facts
from afterword.derive.words.markdown_words import as_code, escaped
from afterword.derive.words.plain_text import plain_text
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.audience import Audience
from afterword.model.figure_kinds import CUSTOMER_IMPACT
from afterword.model.markup import Kind, Node
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem

TOP = 3
"""Contributing factors that stand in the one line."""

_YEAR = 365


def summary(
    record: Postmortem, archive: Archive, as_of: date, audience: Audience = Audience.ENGINEERING
) -> str:
    """Give the page as Markdown.

    For engineers with the figures of the timeline, every action and the lessons; for executives with what it cost, how the actions stand and
    whether it happened before. Owners are named for engineers only.
    """
    parts = [
        f"# {escaped(record.title)}",
        facts_line(record, archive.settings),
        *_told(record, "summary"),
        *_impact(record),
    ]
    if audience is Audience.EXECUTIVE:
        parts += islice(_told(record, "impact"), 1)
    parts += _factors(record, archive, as_of)
    if audience is Audience.EXECUTIVE:
        parts += [*_follow_through(record, archive, as_of), *_before(record, archive)]
    else:
        parts += [*_figures(record), *_actions(record, archive, as_of), *_before(record, archive)]
        lessons = list(_told(record, "lessons"))
        parts += ["**Lessons.**", *lessons] if lessons else []
    parts.append(f"The whole record: {as_code(record.path)}")
    return "\n\n".join(parts) + "\n"


def _told(record: Postmortem, key: str) -> Iterator[str]:
    section = record.section(key)
    for block in section.blocks if section else ():
        if block.kind in (Kind.LIST, Kind.TABLE):
            items = "\n".join(_bullets(block))
            if items:
                yield items
        elif (text := plain_text((block,))) and not is_placeholder(text):
            yield escaped(text)


def _bullets(block: Node, depth: int = 0) -> Iterator[str]:
    """Give the items of a list, those of lists in them below them, or the rows of a table."""
    for part in block.children:
        if part.kind is Kind.ROW:
            cells = () if part.header else part.children
            text = "; ".join(filter(None, (plain_text(cell.children) for cell in cells)))
        else:
            text = plain_text(child for child in part.children if child.kind is not Kind.LIST)
        is_said = bool(text) and not is_placeholder(text)
        if is_said:
            yield bullet(text, depth)
        for child in part.children:
            if child.kind is Kind.LIST:
                yield from _bullets(child, depth + is_said)


def _impact(record: Postmortem) -> Iterator[str]:
    facts = list(impact_facts(record))
    if facts:
        yield f"**Impact:** {escaped('; '.join(facts))}."


def _factors(record: Postmortem, archive: Archive, as_of: date) -> Iterator[str]:
    """Give the first factors on one line: root causes first, then what nothing has been done about, then as they are written."""
    ranked = [
        (not each.factor.root_cause, each.state is not NodeState.UNADDRESSED, each.factor.text.in_one_line)
        for each in factor_coverage(record, archive, as_of)
        if each.state is not NodeState.UNWRITTEN
    ]
    coverage = None if ranked else tree_coverage(record, archive, as_of)
    if coverage is not None:
        ranked = [
            (not each.node.root_cause, each.state is not NodeState.UNADDRESSED, each.node.label.in_one_line)
            for each in coverage.nodes.values()
            if (each.leaf or each.node.root_cause) and each.state is not NodeState.UNWRITTEN
        ]
    ranked.sort(key=lambda each: each[:2])
    texts = list(dict.fromkeys(text.rstrip(".") for *_, text in ranked if text))
    if texts:
        more = f"; and {counted(len(texts) - TOP, 'more factor')}" if len(texts) > TOP else ""
        yield f"**What made it possible:** {escaped('; '.join(texts[:TOP]))}{more}."


def _figures(record: Postmortem) -> Iterator[str]:
    for incident in incident_figures(record):
        figures = [
            f"{figure.kind.label.lower()} {format_duration(figure.duration, about=figure.about)}"
            for figure in incident.figures
            if figure.kind.id != CUSTOMER_IMPACT
        ]
        if figures:
            name = f" ({escaped(incident.incident)})" if incident.incident else ""
            yield f"**Figures{name}:** {'; '.join(figures)}."


def _views(record: Postmortem, archive: Archive, as_of: date) -> list[ActionView]:
    return [view for view in action_views(archive, as_of) if view.record.id == record.id]


def _actions(record: Postmortem, archive: Archive, as_of: date) -> Iterator[str]:
    views = _views(record, archive, as_of)
    if not views:
        unread = "actions are written, and not as a table, so none was read"
        yield f"**What will be different:** {unread if has_unread_actions(record) else 'no action is written'}."
        return
    lines = []
    for view in views:
        action = view.action
        promise = ", ".join(
            part
            for part in (
                f"{view.state} by {counted(view.days_overdue, 'day')}" if view.overdue else view.state,
                action.owner,
                f"due {format_day(action.due)}" if action.due and action.is_unfinished else "",
                action.ticket.key if action.ticket else "",
            )
            if part
        )
        lines.append(bullet(f"{action.id}: {action.text.in_one_line} ({promise})"))
    yield "**What will be different:**\n\n" + "\n".join(lines)


def _follow_through(record: Postmortem, archive: Archive, as_of: date) -> Iterator[str]:
    views = [view for view in _views(record, archive, as_of) if view.action.is_commitment]
    kept = [view for view in views if view.action.status is not Status.CANCELLED]
    if not kept:
        yield "**What will be different:** nothing is promised yet."
        return
    done = sum(view.action.status is Status.DONE for view in kept)
    late = [view for view in kept if view.overdue]
    waiting = [view.action.due for view in kept if view.unfinished and not view.overdue and view.action.due]
    said = [f"{done} of {counted(len(kept), 'action')} done"]
    if late:
        said.append(
            f"{len(late)} overdue, the longest by {counted(max(view.days_overdue for view in late), 'day')}"
        )
    if waiting:
        said.append(f"next due on {format_day(min(waiting))}")
    open_ones = [view for view in kept if view.action.is_unfinished]
    lines = [
        bullet(f"{view.action.text.in_one_line} ({'overdue' if view.overdue else view.state})")
        for view in open_ones
    ]
    listed = "\n\n" + "\n".join(lines) if lines else ""
    yield f"**What will be different:** as of {format_day(as_of)} {'; '.join(said)}.{listed}"


def _before(record: Postmortem, archive: Archive) -> Iterator[str]:
    found = [each for each in recurrences(record, archive, within=_YEAR) if not each.near_miss]
    noted = len(record.header.recurrences)
    if found:
        days = ", ".join(format_day(each.earlier.header.date) for each in found)
        yield f"**Before:** the same class of failure on the same service {counted(len(found), 'time')} in the year before ({days})."
    if noted:
        yield f"**Since:** seen again {counted(noted, 'time')}, too small for a record of its own."
