"""What stands in a ticket that is opened for an action."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.derive.places.address import record_address
from afterword.derive.promises.owners import plain_name
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.page.site_url import SiteUrl
from afterword.render.record.actions_view import action_anchors
from afterword.trackers.tracker import NewTicket

LONGEST_TITLE = 200
"""Letters; every tracker takes 255."""

LONGEST_PART = 4_000
"""Letters of one part of a description; trackers take 32,000 and more of all."""

_MENTION = re.compile(r"@(?=\w)")
_ZERO_WIDTH_SPACE = "\u200b"


def new_ticket(
    record: Postmortem, action: ActionItem, mark: str, settings: Settings, site: SiteUrl
) -> NewTicket:
    """Write the ticket of an action, with the way back to its record: the address of its page where the site's is known, else its file."""
    description = "\n\n".join(_parts(record, action, mark, settings, site))
    return NewTicket(mark, title(action), description, action.due)


def title(action: ActionItem) -> str:
    """Give the title of an action's ticket: its text, on one line."""
    return _cut(_line(action.text.text), LONGEST_TITLE)


def _parts(
    record: Postmortem, action: ActionItem, mark: str, settings: Settings, site: SiteUrl
) -> Iterator[str]:
    """Yield paragraphs. None begins with a record's words: a line that begins with `/close` is an order to some trackers."""
    named = record.title
    yield f"Action {action.id} of the post-mortem {_said(named)} ({record.id}):"
    yield f"Action: {_said(action.text.text)}"
    if action.done_when.text:
        yield f"Done when: {_said(action.done_when.text)}"
    facts = {
        "Owner": plain_name(action.owner),
        "Due": str(action.due or ""),
        "Category": action.category or "",
        "Priority": action.priority or "",
    }
    told = [f"{name}: {_said(value)}" for name, value in facts.items() if value]
    if told:
        yield "\n".join(told)
    fragment = action_anchors(record).get(record.actions.index(action), "")
    yield f"Record: {site.whole(record_address(record, settings), fragment) or record.path}"
    yield f"Opened by Afterword, which finds this ticket again by the word {mark}"


def _said(text: str) -> str:
    """Give a record's words so that nobody is called by them: what is written there was not written to them."""
    return _MENTION.sub(f"@{_ZERO_WIDTH_SPACE}", _cut(_line(text), LONGEST_PART))


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
