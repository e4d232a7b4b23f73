"""Lines of the lists around action items that are no actions themselves: what was deleted, what was promised again, and who owns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from afterword.derive.again.promises_again import Bundle
from afterword.derive.places.address import (
    owner_address,
    record_address,
    relative,
)
from afterword.derive.promises.holders import Owner
from afterword.derive.promises.review_board import Vanished
from afterword.render.actions.promises import Promises


@dataclass(frozen=True, slots=True)
class VanishedLine:
    """A promise that was deleted; `href` is None where its record is gone, too."""

    text: str
    id: str
    record_title: str
    href: str | None
    owner: str
    due: dt.date | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class BundleLine:
    """An action that was promised more than once, with the ways to its places, the latest first; `more` are left out."""

    text: str
    times: int
    owed: bool
    places: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class OwnerLink:
    """The way to an owner's page."""

    name: str
    href: str
    left: dt.date | None


def vanished_line(gone: Vanished, promises: Promises, page_address: str) -> VanishedLine:
    """Make the line of a promise that was deleted."""
    record = gone.record
    way = relative(page_address, record_address(record, promises.archive.settings)) if record else None
    title = record.title if record else gone.record_id
    state = gone.state
    return VanishedLine(state.text, gone.id, title, way, state.owner, state.due, gone.day)


def bundle_line(bundle: Bundle, promises: Promises, page_address: str, most: int) -> BundleLine:
    """Make the line of an action that was promised more than once, with at most so many of its records."""
    settings = promises.archive.settings
    latest_first = bundle.promises[::-1]
    return BundleLine(
        bundle.last[1].text.text.strip(),
        bundle.times,
        bundle.is_owed,
        tuple(
            (
                relative(page_address, record_address(record, settings)) + f"#{action.id.lower()}",
                f"{action.id} of {record.title}",
                str(action.status or "open"),
            )
            for record, action in latest_first[:most]
        ),
        max(len(latest_first) - most, 0),
    )


def owner_link(owner: Owner, promises: Promises, page_address: str) -> OwnerLink:
    """Make the way to an owner's page."""
    left = owner.left if owner.left and owner.left <= promises.as_of else None
    return OwnerLink(owner.name, relative(page_address, owner_address(promises.folder, owner.slug)), left)
