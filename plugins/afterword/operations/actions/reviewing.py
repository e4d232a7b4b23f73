"""The agenda of the weekly review of actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from afterword.derive.promises.action_choice import Choice, team_key
from afterword.model.archive import Archive
from afterword.operations.actions.asked_actions import ask
from afterword.operations.reading.loading import Progress
from afterword.render.review.agenda import Review, review_of
from afterword.render.review.review_words import review_json, review_markdown, review_text
from afterword.render.text.terminal import Terminal


def _text(review: Review, archive: Archive, terminal: Terminal) -> str:
    return review_text(review, archive, terminal)


def _markdown(review: Review, archive: Archive, terminal: Terminal) -> str:
    return review_markdown(review, archive)


def _json(review: Review, archive: Archive, terminal: Terminal) -> bytes:
    return review_json(review, archive)


FORMS: Mapping[str, Callable[[Review, Archive, Terminal], str | bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
"""All forms of the agenda; a new one gets its line here."""


def weekly_review(
    form: str,
    terminal: Terminal,
    team: str | None,
    config: Path | None,
    as_of: dt.date | None,
    progress: Progress | None = None,
) -> tuple[str | bytes, tuple[str, ...]]:
    """Give the agenda in one of `FORMS`, of one team's actions or of all, and lines that say which records are missing. Raises CannotRunError for a team that nobody knows."""
    choice = Choice(teams=(team,) if team is not None else (), everything=True)
    asked = ask(choice, config, as_of, progress)
    review = review_of(asked.archive, asked.every, asked.day, _named(team, asked.archive))
    return FORMS[form](review, asked.archive, terminal), asked.known.loaded.unread


def _named(team: str | None, archive: Archive) -> str:
    """Give a team as the settings name it, else as it is written."""
    settings = archive.settings
    key = team_key(team or "", settings)
    return next((each.name for each in settings.teams if each.name.casefold() == key), team or "")
