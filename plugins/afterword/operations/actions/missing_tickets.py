"""Promises without a ticket: which tickets are to be opened, and which are not and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from afterword.check.wording import counted, did_you_mean, listed, shown
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.promises.ticket_marks import ticket_marks
from afterword.model.action import UNFINISHED, ActionItem
from afterword.model.archive import Archive
from afterword.model.key_template import filled
from afterword.model.record import Postmortem
from afterword.model.settings import Settings, Tracker
from afterword.operations.actions.action_edits import Wanted, edited, why_not_written
from afterword.operations.actions.ticket_text import new_ticket
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.loading import Loaded
from afterword.operations.site_config import site_address, with_addresses
from afterword.parse.actions.action_cells import CannotWriteError, ticket_edits
from afterword.parse.actions.actions import is_action_id
from afterword.parse.actions.tickets import written_ticket
from afterword.render.page.site_url import SiteUrl
from afterword.sources.files import find_site_config
from afterword.trackers.tracker import NewTicket

_ANY_ADDRESS = "https://tracker.invalid/1"

_UNSETTLED = frozenset({"duplicate-id", "file-name"})
"""Findings of a record whose id is not the one it will have."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An action without a ticket, with the ticket to be opened and all marks that it may have been opened with before."""

    record: Postmortem
    action: ActionItem
    ticket: NewTicket
    marks: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Give the name of the action."""
        return f"{self.record.id}#{self.action.id}"

    def wanted(self, key: str, url: str, tracker: Tracker, settings: Settings) -> Wanted:
        """Give the change that names a ticket in the action's row."""
        text, ticket = written_ticket(key, url, tracker, settings)
        return Wanted(
            self.record, self.action, partial(ticket_edits, self.action, text=text), {"ticket": ticket}
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An action for which no ticket is opened, and why; `place` is its file and line."""

    reference: str
    place: str
    reason: str


def tracker_to_open_in(settings: Settings, name: str) -> Tracker:
    """Give the tracker in which tickets are opened: the one of this name, else the only one that can. Raises CannotRunError."""
    able = [each for each in settings.trackers if each.can_open and each.kind]
    if name:
        named = next((each for each in settings.trackers if each.name.casefold() == name.casefold()), None)
        if named is None:
            known = [each.name for each in settings.trackers]
            expected = f", expected one of {listed(known)}{did_you_mean(name, known)}" if known else ""
            raise CannotRunError(f"no tracker '{shown(name)}' in the settings{expected}")
        if named not in able:
            lacking = "`can_open: true`" if named.kind else "`kind`"
            raise CannotRunError(
                f"no ticket can be opened in {named.name}: it has no {lacking} in the settings"
            )
        return named
    if not able:
        raise CannotRunError(
            "no tracker in which tickets can be opened, expected one of the settings with `kind` and `can_open: true`"
        )
    if len(able) > 1:
        raise CannotRunError(
            f"tickets can be opened in {counted(len(able), 'tracker')}, expected --tracker with one of {listed(each.name for each in able)}"
        )
    return able[0]


def lacking_tickets(archive: Archive, *, of_drafts: bool = False) -> Iterator[Postmortem]:
    """Yield the records with actions that `missing_tickets` looks at."""
    for record in archive.records:
        if any(_without_ticket(record, of_drafts=of_drafts)):
            yield record


def missing_tickets(
    loaded: Loaded, tracker: Tracker, *, of_drafts: bool
) -> tuple[tuple[Missing, ...], tuple[LeftOut, ...]]:
    """Give the actions that a tracker is to have tickets for, in the order of the records, and those that cannot have one.

    These are the unfinished promises of final records whose cell for the ticket is empty; with `of_drafts` those of other records too. That their rows can be
    written is tried before anything is opened.
    """
    config = find_site_config([loaded.root])
    site = _site(config)
    settings = with_addresses(loaded.archive.settings, loaded.root)
    found: list[Missing] = []
    left_out: list[LeftOut] = []
    for record in loaded.archive.records:
        good: list[Missing] = []
        for action in _without_ticket(record, of_drafts=of_drafts):
            reason = _why_not(record, action)
            if reason:
                left_out.append(_left_out(record, action, reason))
                continue
            marks = ticket_marks(record, action)
            ticket = new_ticket(record, action, marks[0], settings, site)
            good.append(Missing(record, action, ticket, marks))
        # One that cannot be written keeps the others from it only where all are tried at once.
        if good and _why_unwritable(good, tracker, loaded):
            reasons = {each.reference: _why_unwritable([each], tracker, loaded) for each in good}
            left_out += [
                _left_out(record, each.action, said) for each in good if (said := reasons[each.reference])
            ]
            good = [each for each in good if not reasons[each.reference]]
        found += good
    return tuple(found), tuple(left_out)


def why_no_links(loaded: Loaded) -> str:
    """Say why tickets name the path of a record in the place of its address on the site, nothing where they lead there."""
    config = find_site_config([loaded.root])
    if _site(config).url:
        return ""
    name = config.name if config is not None else "mkdocs.yml"
    return f"tickets name the path of their record and do not lead to its page: set `site_url` in {name}, the address of the site"


def _site(config: Path | None) -> SiteUrl:
    return SiteUrl.of(site_address(config) if config is not None else "")


def _left_out(record: Postmortem, action: ActionItem, reason: str) -> LeftOut:
    place = f"{record.path}:{action.span.line}"
    return LeftOut(f"{record.id}#{action.id}", place, reason.splitlines()[0])


def _without_ticket(record: Postmortem, *, of_drafts: bool) -> Iterator[ActionItem]:
    if record.archive and is_owed_here(record) and (record.is_final or of_drafts):
        for action in record.actions:
            # A status that cannot be read is no promise that a ticket could be opened for.
            if action.ticket is None and action.status in UNFINISHED:
                yield action


def _why_not(record: Postmortem, action: ActionItem) -> str:
    """Say what keeps an action from having a ticket of its own, nothing where all is well."""
    unsettled = next((each for each in record.findings if each.rule in _UNSETTLED), None)
    if unsettled is not None:
        return f"its record's id is not settled: {unsettled.message}"
    if not is_action_id(action.id):
        return f"its id '{shown(action.id)}' is none, expected such as A1"
    if sum(each.id.upper() == action.id.upper() for each in record.actions) > 1:
        return f"its record has several actions {action.id}"
    return "" if action.text.text.strip() else "its row does not say what is to be done"


def _why_unwritable(missing: Sequence[Missing], tracker: Tracker, loaded: Loaded) -> str:
    """Try to write tickets into the rows of one record, without writing the file."""
    settings = loaded.archive.settings
    wanted = [
        each.wanted(filled(tracker.key, str(number)), _ANY_ADDRESS, tracker, settings)
        for number, each in enumerate(missing, start=1)
    ]
    try:
        return why_not_written(edited(loaded, wanted), loaded)
    except CannotWriteError as error:
        return str(error).partition(f"{missing[0].reference}: ")[2] or str(error)
