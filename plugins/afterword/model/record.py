"""One post-mortem, as read from its file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import field
from urllib.parse import unquote

from afterword.model.action import ActionItem
from afterword.model.causes import CausalTree, Factor, FiveWhys, Method
from afterword.model.finding import Finding
from afterword.model.header import Header
from afterword.model.markup import Kind, Node
from afterword.model.span import START, Span
from afterword.model.timeline import Timeline
from afterword.model.value import plain_value

UNDATED = "0000-00-00"
"""Stands in an id where neither the file's name nor its header gives a day."""


@plain_value()
class Section:
    """A stretch of the body below one second-level heading.

    `key` is the anchor of a known section (`summary`, `actions`, `background` …) and empty for any other. `slug` is GitHub's slug of the
    heading. `blocks` are the blocks below the heading, the heading itself left out. `number` is 2 to 10 for the ten sections, else 0.
    `level` is the level of the heading as written (1 to 3). `note` is what the heading says in its final parenthesis.
    """

    key: str
    title: str
    slug: str
    heading: Node
    blocks: tuple[Node, ...]
    span: Span
    number: int = 0
    level: int = 2
    note: str = ""
    duplicate: bool = False


@plain_value()
class HiddenRange:
    """A stretch of the source that a public build leaves out."""

    span: Span


@plain_value()
class Suppression:
    """An `afterword: ignore` comment: it silences `rule` on the lines of `covers`."""

    rule: str
    reason: str
    span: Span
    covers: Span


@plain_value()
class Reference:
    """A relative link or image of the body, with the place of its target as far as known."""

    target: str
    span: Span
    image: bool = False

    def path_from(self, path: str) -> str:
        """Give the path that the target means in a file at `path`, both relative to the same folder; empty for an anchor alone.

        Query and fragment are left out. A path that leaves the folder begins with `../`, an absolute one with its slash.
        """
        target = unquote(self.target.partition("#")[0].partition("?")[0])
        if not target or target.startswith(("/", "\\")):
            return target
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


@plain_value()
class Postmortem:
    """A record: header, sections and what was read from them, with the findings of reading it.

    `id` is unique within all archives (two of one id: the second has `-2`), `path` relative to the folder of `afterword.yml`,
    `folder_path` relative to the archive's folder. `unreadable` holds the text of a file that was not parsed (too large, too deep): it is
    published escaped, and `unshown` is how many bytes of the file come after it. `body_line` is the line of the file on which the body begins.
    `heading` is what the first-level heading above the first section says where the header has no title.
    `known` is what was worked out of the text before it was put away (derive/brief.py), empty where the text is there.
    `anchors` are the names that links can lead to beside those of actions: the known sections' and GitHub's slugs of all headings. `notable` are all links, images, pieces of raw HTML and code blocks of the body, in the order of the source.
    """

    id: str
    path: str
    folder_path: str = ""
    archive: str = ""
    header: Header = field(default_factory=Header)
    heading: str = ""
    preamble: tuple[Node, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Node, ...] = ()
    anchors: tuple[str, ...] = ()
    notable: tuple[Node, ...] = ()
    timeline: Timeline | None = None
    method: Method | None = None
    causal_tree: CausalTree | None = None
    five_whys: FiveWhys | None = None
    factors: tuple[Factor, ...] = ()
    factor_blocks: tuple[int, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    action_blocks: tuple[int, ...] = ()
    references: tuple[Reference, ...] = ()
    hidden: tuple[HiddenRange, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: str | None = None
    unshown: int = 0
    body_line: int = 1
    end: Span = START
    known: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def title(self) -> str:
        """Give what the record is called: the title of its header, else its heading, else its id."""
        return self.header.title or self.heading or self.id

    @property
    def named_by(self) -> Node | None:
        """Give the heading that is the title, None where the header has one or no heading may be it."""
        return first_heading(self.preamble) if self.heading else None

    @property
    def lead(self) -> tuple[Node, ...]:
        """Give what stands above the first section, without a heading that is the title."""
        named_by = self.named_by
        return tuple(each for each in self.preamble if each is not named_by)

    @property
    def year(self) -> str:
        """Give the year of the id, under which the record is published."""
        return self.id[:4]

    @property
    def is_final(self) -> bool:
        """Tell whether the record is finished."""
        return self.header.status == "final"

    def section(self, key: str) -> Section | None:
        """Give the first section of a key, None where there is none."""
        return next((section for section in self.sections if section.key == key), None)

    def action(self, action_id: str) -> ActionItem | None:
        """Give the action of an id, without regard to case."""
        wanted = action_id.upper()
        return next((action for action in self.actions if action.id.upper() == wanted), None)


def first_heading(blocks: Iterable[Node]) -> Node | None:
    """Give the first of some blocks that is a first-level heading, None where none is."""
    return next((each for each in blocks if each.kind is Kind.HEADING and each.level == 1), None)
