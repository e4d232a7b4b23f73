"""What is followed of a record through time, read without all else: its header's state and the rows of its actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from afterword.model.action import ActionItem
from afterword.model.commits import RecordState
from afterword.model.history import ActionState
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.actions import is_action_id, read_actions
from afterword.parse.fields import BY_KEY
from afterword.parse.flatten import rich
from afterword.parse.identity import has_record_keys
from afterword.parse.lexicon import Lexicon
from afterword.parse.limits import check_limits
from afterword.parse.markdown import parse_tables
from afterword.parse.sections import read_sections
from afterword.parse.text import decode, is_binary, split_front_matter, split_lines
from afterword.parse.yaml_nodes import read_yaml

UNREAD = RecordState(actions=None)
"""The state of a file that is no text, or too large: it is passed over."""

_ACTIONS = "actions"
_FOLLOWED = ("title", "date", "severity", "status", "aliases", "language")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


def read_state(raw: bytes, settings: Settings) -> RecordState:
    """Read what is followed of a record, with the words that today's settings know; what these do not know is unknown, and nothing raises.

    It must run on the large stack.
    """
    if is_binary(raw):
        return UNREAD
    text, _ = decode(raw)
    split = split_front_matter(text)
    if check_limits(len(raw), split.header, split.body, split.body_line) is not None:
        return UNREAD
    header = _header(split.header, settings) if split.header is not None else {}
    lines = split_lines(text)
    lexicon = Lexicon.of(settings, header.get("language"))
    actions: tuple[ActionItem, ...] = ()
    if "|" in split.body:
        blocks = parse_tables(
            split.body,
            split.body_line,
            lambda heading: lexicon.section(rich(heading.children, lines).text.strip()) == _ACTIONS,
        )
        end = Span.at(len(lines), len(lines[-1]) + 1)
        title = header.get("title") if split.header is not None else None
        _, sections, _, _, _ = read_sections(blocks, lines, lexicon, title, end)
        section = next((each for each in sections if each.key == _ACTIONS), None)
        if section is not None:
            actions, _, _ = read_actions(section, settings, lexicon, lines)
    return RecordState(
        header.get("status"),
        header.get("severity"),
        tuple(header.get("aliases") or ()),
        header.get("date"),
        has_record_keys(split.header),
        _by_id(actions),
    )


def _header(text: str, settings: Settings) -> dict[str, Any]:
    """Read the keys that are followed as `read_header` does."""
    root, _ = read_yaml(text, 2)
    if root is None or root.kind != "mapping":
        return {}
    values: dict[str, Any] = {}
    for key, node in root.entries:
        if key.text in _FOLLOWED:
            read = BY_KEY[key.text].read(node, key.text, settings)
            if read.value is not None:
                values[key.text] = read.value
    return values


def _by_id(actions: Iterable[ActionItem]) -> dict[str, ActionState]:
    """Give the rows that can be followed: of two with one id the first, and none without."""
    states: dict[str, ActionState] = {}
    for action in actions:
        if is_action_id(action.id):
            states.setdefault(action.id.upper(), _state(action))
    return states


def _state(action: ActionItem) -> ActionState:
    notes = (action.notes.text, action.done_when.text)
    return ActionState(
        action.status,
        _same(action.owner),
        action.due,
        action.closed,
        (action.ticket.key or action.ticket.url) if action.ticket else "",
        action.category,
        action.priority,
        _same(action.text.text),
        "\n".join(filter(None, map(_same, notes))),
    )


def _same(text: str) -> str:
    """Write a text so that reformatting does not change it: one blank for each gap, straight quotes."""
    return " ".join(text.translate(_QUOTES).split())
