"""What is followed of a record through time, read without all else: its header's state and the rows of its actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any, NamedTuple

from afterword.model.action import ActionItem
from afterword.model.commits import RecordState
from afterword.model.history import ActionState
from afterword.model.markup import Node
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.actions.actions import is_action_id, read_actions
from afterword.parse.markdown.flatten import rich
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import parse_blocks, parse_tables
from afterword.parse.sections import read_sections
from afterword.parse.source.excerpt import entries_of, headings_of
from afterword.parse.source.limits import check_limits
from afterword.parse.source.text import decode, is_binary, split_front_matter
from afterword.parse.values.fields import BY_KEY
from afterword.parse.values.identity import has_record_keys
from afterword.parse.values.yaml_nodes import read_yaml

UNREAD = RecordState(actions=None)
"""The state of a file that is no text, or too large: it is passed over."""

_ACTIONS = "actions"
_FOLLOWED = ("title", "date", "severity", "status", "aliases", "language")
_MOST_KEPT = 65_536
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


class StateReader:
    """Reads what is followed of records, with the words that today's settings know; what these do not know is unknown, and nothing raises.

    Of the many versions of a record most have the same headings and the same actions: each is read once.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing read."""
        self._settings = settings
        self._reaches: dict[tuple[object, ...], _Reach | None] = {}
        self._actions: dict[tuple[str | None, bytes], Mapping[str, ActionState]] = {}

    def read(self, raw: bytes) -> RecordState:
        """Read the bytes of a file. It must run on the large stack."""
        if is_binary(raw):
            return UNREAD
        text, _ = decode(raw)
        split = split_front_matter(text)
        if check_limits(len(raw), split.header, split.body, split.body_line) is not None:
            return UNREAD
        header = self._header(split.header) if split.header is not None else {}
        return RecordState(
            header.get("status"),
            header.get("severity"),
            tuple(header.get("aliases") or ()),
            header.get("date"),
            has_record_keys(split.header),
            self._states(split.body, header) if "|" in split.body else {},
        )

    def _header(self, text: str) -> dict[str, Any]:
        """Read the keys that are followed as `read_header` does."""
        root, _ = read_yaml(entries_of(text, _FOLLOWED), 2)
        if root is None or root.kind != "mapping":
            return {}
        values: dict[str, Any] = {}
        for key, node in root.entries:
            if key.text in _FOLLOWED:
                read = BY_KEY[key.text].read(node, key.text, self._settings)
                if read.value is not None:
                    values[key.text] = read.value
        return values

    def _states(self, body: str, header: Mapping[str, Any]) -> Mapping[str, ActionState]:
        title, language = header.get("title"), header.get("language")
        headings = headings_of(body)
        if headings is None:
            return self._of_whole(body, title, language)
        written = tuple(each.line for each in headings)
        # Only a heading of level 1 is compared with the title.
        key = (language, written, title if any(map(_is_first_level, written)) else None)
        if key not in self._reaches:
            _limit(self._reaches)
            self._reaches[key] = _reach(written, title, Lexicon.of(self._settings, language))
        reach = self._reaches[key]
        if reach is None:
            return {}
        start = headings[reach.heading].end + 1
        part = body[start : headings[reach.next].start if reach.next < len(headings) else None]
        told = (language, blake2b(part.encode("utf-8", "replace"), digest_size=16).digest())
        if told not in self._actions:
            _limit(self._actions)
            section = replace(reach.section, blocks=parse_blocks(part, 1))
            self._actions[told] = self._of_section(section, part.split("\n"), language)
        return self._actions[told]

    def _of_whole(self, body: str, title: str | None, language: str | None) -> Mapping[str, ActionState]:
        lexicon, lines = Lexicon.of(self._settings, language), body.split("\n")
        blocks = parse_tables(
            body, 1, lambda heading: lexicon.section(rich(heading.children, lines).text.strip()) == _ACTIONS
        )
        section = _section_of_actions(blocks, lines, title, lexicon)
        return self._of_section(section, lines, language) if section is not None else {}

    def _of_section(
        self, section: Section, lines: Sequence[str], language: str | None
    ) -> Mapping[str, ActionState]:
        actions, _, _ = read_actions(section, self._settings, Lexicon.of(self._settings, language), lines)
        return states_by_id(actions)


class _Reach(NamedTuple):
    """The section of the actions, without what is in it, with the positions of its heading and of the one that ends it among all headings."""

    section: Section
    heading: int
    next: int


def _reach(headings: Sequence[str], title: str | None, lexicon: Lexicon) -> _Reach | None:
    """Find the section of the actions among headings alone."""
    lines = "\n\n".join(headings).split("\n")
    section = _section_of_actions(parse_blocks("\n".join(lines), 1), lines, title, lexicon)
    if section is None:
        return None
    # Each heading stands on every other line; those that open no section stand in one.
    heading = section.heading.span.line // 2
    return _Reach(section, heading, heading + 1 + len(section.blocks))


def _section_of_actions(
    blocks: tuple[Node, ...], lines: Sequence[str], title: str | None, lexicon: Lexicon
) -> Section | None:
    end = Span.at(len(lines), len(lines[-1]) + 1)
    _, sections, _, _, _ = read_sections(blocks, lines, lexicon, title, end)
    return next((each for each in sections if each.key == _ACTIONS), None)


def _is_first_level(heading: str) -> bool:
    return not heading.startswith("##")


def _limit(kept: dict[Any, Any]) -> None:
    """Make room for another entry."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()


def states_by_id(actions: Iterable[ActionItem]) -> dict[str, ActionState]:
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
