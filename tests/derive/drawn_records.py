"""Records for the tests of deriving, drawn in a few lines instead of parsed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.causes import Acceptance, ActionRef, CausalNode, CausalTree, FiveWhys, WhyStep
from afterword.model.header import Header
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Postmortem, Section
from afterword.model.settings import Settings
from afterword.model.span import START
from afterword.model.timeline import Mark, Timeline, TimelineEvent

_EVENT = re.compile(
    r"(?P<about>~)?(?P<time>\d\d:\d\d(?::\d\d)?|--) (?P<back>back )?(?P<mark>[A-Z]+)(?: (?P<incident>\S+))?"
)
_REF = re.compile(r"(?:(?P<record>[^#\s]+)#)?(?P<id>\w+)")


def day(text: str) -> date:
    """Read a day, `2026-03-14`."""
    return date.fromisoformat(text)


def rich(text: str) -> RichText:
    """Make plain text."""
    return RichText((Node(Kind.TEXT, text=text),), text)


def timeline(drawing: str, on: str = "2026-03-14", zone: str | None = "UTC") -> Timeline:
    """Draw a timeline, a line for each event: `~14:05 IMPACT INC-1`; `--` for a time that cannot be read, `back` for one that runs backwards."""
    events = []
    for line in drawing.strip().splitlines():
        found = _EVENT.fullmatch(line.strip())
        assert found, line
        at = None
        if found["time"] != "--":
            at = datetime.fromisoformat(f"{on}T{found['time']}").replace(tzinfo=UTC)
        events.append(
            TimelineEvent(
                found["time"],
                rich(line.strip()),
                START,
                START,
                at,
                approximate=bool(found["about"]),
                marks=(Mark(found["mark"], found["incident"], START),),
                counts=not found["back"],
            )
        )
    return Timeline(tuple(events), zone)


def actions(drawing: str) -> tuple[ActionItem, ...]:
    """Draw an action table, a line for each: `A1 | done | closed 2026-03-27`, `A2 | open | due 2026-04-01 | owner Ada Example`."""
    made = []
    for line in drawing.strip().splitlines():
        name, status, *rest = (cell.strip() for cell in line.split("|"))
        cells = dict(cell.split(" ", 1) for cell in rest)
        made.append(
            ActionItem(
                name,
                rich(f"Action {name}"),
                START,
                owner=cells.get("owner", ""),
                due=day(cells["due"]) if "due" in cells else None,
                closed=day(cells["closed"]) if "closed" in cells else None,
                status=Status(status) if status != "?" else None,
            )
        )
    return tuple(made)


def node(line: str, children: tuple[CausalNode, ...] = ()) -> CausalNode:
    """Draw a node: its label, then `-- accepted 2026-09-30` (`?` for a day that cannot be read), then `-> A1, other#A2`."""
    text, _, refs = line.strip().partition(" -> ")
    label, _, review = text.partition(" -- accepted ")
    accepted = (
        Acceptance("a reason", "a role", None if review == "?" else day(review), START) if review else None
    )
    named = tuple(ActionRef(found["id"], found["record"], START) for found in _REF.finditer(refs))
    return CausalNode(rich(label), START, actions=named, accepted=accepted, children=children)


def tree(drawing: str) -> CausalTree:
    """Draw a causal tree, two blanks a level."""
    lines = drawing.strip("\n").splitlines()
    margin = len(lines[0]) - len(lines[0].lstrip())
    depths = [(len(line) - len(line.lstrip()) - margin) // 2 for line in lines]

    def grow(position: int) -> CausalNode:
        below = []
        for following in range(position + 1, len(lines)):
            if depths[following] <= depths[position]:
                break
            if depths[following] == depths[position] + 1:
                below.append(grow(following))
        return node(lines[position], tuple(below))

    return CausalTree(grow(0), 0)


def whys(*answers: str) -> FiveWhys:
    """Draw five whys by their answers; an empty one is a question without an answer."""
    return FiveWhys(
        tuple(WhyStep(rich("Why?"), node(answer) if answer else None, START) for answer in answers), 0
    )


def section(key: str, text: str) -> Section:
    """Make a section of one paragraph."""
    paragraph = Node(Kind.PARAGRAPH, children=(Node(Kind.TEXT, text=text),))
    return Section(key, key.capitalize(), key, Node(Kind.HEADING), (paragraph,), START)


def a_record(
    id: str = "2026-03-14-pool-exhausted",
    *,
    actions: tuple[ActionItem, ...] = (),
    timeline: Timeline | None = None,
    tree: CausalTree | None = None,
    whys: FiveWhys | None = None,
    sections: tuple[Section, ...] = (),
    archive: str = "postmortems",
    path: str = "",
    **header: Any,
) -> Postmortem:
    """Make a final sev2 record of the day in its id; other keywords go to the header, days and moments as text."""
    for key in ("published", "date"):
        if isinstance(header.get(key), str):
            header[key] = day(header[key])
    if isinstance(header.get("closed"), str):
        header["closed"] = datetime.fromisoformat(header["closed"])
    if "date" not in header:
        header["date"] = day(id[:10])
    header.setdefault("severity", "sev2")
    header.setdefault("status", "final")
    return Postmortem(
        id,
        path or f"{archive}/{id}.md",
        archive=archive,
        header=Header(**header),
        timeline=timeline,
        causal_tree=tree,
        five_whys=whys,
        actions=actions,
        sections=sections,
    )


def an_archive(*records: Postmortem, settings: Settings | None = None) -> Archive:
    """Bring records together."""
    return Archive.of(settings or Settings(), records)
