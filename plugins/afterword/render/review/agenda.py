"""The agenda of the weekly review of actions: what needs a decision, in the order in which a meeting can take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from afterword.check.ownership import Load, loads_beyond_limit, why_not_held
from afterword.derive.again.promises_again import Bundle, bundles
from afterword.derive.again.repeated import are_told_apart
from afterword.derive.causes.archive_coverage import RegisteredRisk, archive_coverage
from afterword.derive.promises.action_choice import team_key
from afterword.derive.promises.follow_through import ActionView, told_otherwise
from afterword.derive.promises.owners import Owners
from afterword.derive.promises.review_board import SOON, ReviewBoard, review_board, vanished_actions
from afterword.derive.timing.calendar import days_after
from afterword.derive.words.labels import find_entry
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to decide on a day: `board` has what is owed, `unheld` what nobody answers for, with the reason.

    `otherwise` is what a ticket contradicts, the worst first; `still` lies still and is neither overdue nor on another part of the agenda. `loads` are those beyond the settings' limit, left out where it is about one team.
    `untold` says why git tells nothing.
    """

    day: date
    team: str
    board: ReviewBoard
    unheld: tuple[tuple[ActionView, str], ...]
    still: tuple[ActionView, ...]
    repeated: tuple[Bundle, ...]
    risks: tuple[RegisteredRisk, ...]
    loads: tuple[Load, ...]
    otherwise: tuple[ActionView, ...] = ()
    untold: str = ""

    @property
    def has_decisions(self) -> bool:
        """Tell whether there is anything to decide."""
        board = self.board
        late = (board.overdue, board.soon, board.vanished)
        return any((*late, self.unheld, self.still, self.repeated, self.risks, self.loads, self.otherwise))


def review_of(archive: Archive, views: Sequence[ActionView], day: date, team: str) -> Review:
    """Bring together what a review is about; `views` are all actions on that day, `team` leaves those of others out."""
    settings = archive.settings
    owners = Owners.of(settings)
    key = team_key(team, settings)
    own = [view for view in views if not team or team_key(view.team, settings) == key]
    vanished = [
        each
        for each in vanished_actions(archive, day)
        if not team or (each.record is not None and _has_team(each.record, team, archive))
    ]
    board = review_board(own, day, vanished)
    # Whether it is late or not, who is gone has to be told; what is on the agenda already is not said twice for lying still.
    unheld = [(view, why) for view in board.unfinished if (why := why_not_held(view.action, owners, day))]
    told = {id(view) for view in (*board.soon, *(view for view, _ in unheld))}
    mine = {id(view.action) for view in own}
    return Review(
        day,
        team,
        board,
        tuple(unheld),
        tuple(view for view in board.still_in_time if id(view) not in told),
        tuple(
            bundle
            for bundle in bundles(archive.records)
            if _is_asked(bundle) and any(id(action) in mine for _, action in bundle.promises)
        ),
        tuple(_risks(archive, day, team)),
        loads_beyond_limit(archive.records, settings, owners) if not team else (),
        told_otherwise(own),
        archive.history.absent,
    )


def _is_asked(bundle: Bundle) -> bool:
    """Tell whether a promise is owed, and made again by somebody who does not speak of the earlier one."""
    return bundle.is_owed and any(
        action.status is not Status.CANCELLED and not are_told_apart(record, action, earlier)
        for (earlier, _), (record, action) in pairwise(bundle.promises)
    )


def _risks(archive: Archive, day: date, team: str) -> Iterator[RegisteredRisk]:
    """Yield the accepted risks that are to be looked at again by the next review, the longest due first."""
    until = days_after(day, SOON)
    for risk in archive_coverage(archive, day).risks:
        is_own = not team or _has_team(risk.record, team, archive)
        if risk.review is not None and risk.review <= until and is_own:
            yield risk


def _has_team(record: Postmortem, team: str, archive: Archive) -> bool:
    """Tell whether a service of a record belongs to a team, given by its name or id."""
    settings = archive.settings
    entries = (find_entry(settings.services, service) for service in record.header.services)
    return team_key(team, settings) in {
        team_key(each.team, settings) for each in entries if each and each.team
    }
