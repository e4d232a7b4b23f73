"""`afterword new`: begin a record from a template."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from afterword.check.wording import listed
from afterword.cli.console import read_day, settings_option, telling_progress
from afterword.model.settings import Entry
from afterword.operations import CannotRunError
from afterword.operations.writing.writing import (
    Beginning,
    Desk,
    begin_record,
    open_desk,
    read_answer,
    template_text,
)
from afterword.parse.values.identity import is_id
from afterword.parse.values.scalars import EARLIEST_YEAR, LATEST_YEAR

T = TypeVar("T")

_BEGUN = (
    "no archive was found here: the record begins one in {folder}; `afterword init` adds settings and a site"
)

_EXAMPLES = {
    "severity": "sev2",
    "kind": "outage",
    "service": "checkout, or several: checkout, search",
    "failure class": "capacity, or several: capacity, config-change",
}
"""Shown where the settings list no words of their own."""


def _read_start(text: str) -> dt.date:
    day = read_day(text)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise click.BadParameter(
            f"'{text}' is no day of a record, expected a year from {EARLIEST_YEAR} to {LATEST_YEAR}"
        )
    return day


def _start_or(today: dt.date, text: str) -> dt.date:
    try:
        return _read_start(text) if text else today
    except click.BadParameter as error:
        raise CannotRunError(error.message) from error


def _read_slug(text: str) -> str:
    if text and not is_id(f"{dt.date.min}-{text}"):
        raise click.BadParameter(
            f"'{text}' is no part of an id, expected at most 69 small letters a to z, digits and hyphens between them such as checkout-down"
        )
    return text


@click.command(
    epilog="""\b
Examples:
  afterword new                                              asks for what it needs
  afterword new --title "Checkout returned errors" --severity sev2 --kind outage \\
    --service checkout --class connection-pool               asks for nothing
  afterword new --template near-miss --date 2026-03-14       another template, another day

Prints the path of the file on standard output and nothing else there, so that `$EDITOR "$(afterword new …)"` opens it."""
)
@click.option("--title", metavar="TEXT", help="What happened, as the customer saw it.")
@click.option("--severity", metavar="SEVERITY", help="How bad it was, such as sev2 or near-miss.")
@click.option("--kind", metavar="KIND", help="What kind of incident, such as outage or data-loss.")
@click.option(
    "--service",
    "services",
    metavar="ID",
    multiple=True,
    help="An affected service; may be repeated, or several with commas.",
)
@click.option(
    "--class",
    "classes",
    metavar="ID",
    multiple=True,
    help="A failure class; may be repeated, or several with commas.",
)
@click.option(
    "--date",
    "day",
    type=_read_start,
    metavar="DAY",
    help="The day it started (default: asked for where anything else is, else today).",
)
@click.option(
    "--slug",
    type=_read_slug,
    default="",
    metavar="WORDS",
    help="What follows the day in the record's id, such as checkout-down (default: the title's words, else service and kind).",
)
@click.option("--author", metavar="NAME", help="Who writes the record (default: git's user.name).")
@click.option(
    "--template", metavar="NAME", help="The template (default: the one that fits; see `afterword template`)."
)
@click.option(
    "--archive", metavar="NAME", help="The archive, where the settings have several (default: the first)."
)
@settings_option
def new(
    title: str | None,
    severity: str | None,
    kind: str | None,
    services: tuple[str, ...],
    classes: tuple[str, ...],
    day: dt.date | None,
    slug: str,
    author: str | None,
    template: str | None,
    archive: str | None,
    config: Path | None,
) -> None:
    """Begin a record: copy the template that fits to its place in the archive, filled in as far as answers go.

    It asks for what no option says; where there is no terminal to ask at, that is an error. The record is a draft: `afterword check` has no error for it, and lists what is still to be written.
    """
    desk = open_desk(config, archive)
    if template is not None:
        template_text(desk, template)
    settings = desk.settings
    if template == "near-miss":
        severity = severity or "near-miss"
    missing = [
        name
        for name, given in (
            ("--title", title),
            ("--severity", severity),
            ("--kind", kind),
            ("--service", services),
            ("--class", classes),
        )
        if not given
    ]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"not on a terminal, where nothing can be asked: {', '.join(missing)} missing")
    answers = _Answers(desk)
    beginning = Beginning(
        title=answers.title(title),
        severity=answers.word("severity", severity, settings.severities),
        kind=answers.word("kind", kind, settings.kinds),
        services=answers.words("service", services, settings.services),
        failure_classes=answers.words("failure class", classes, settings.failure_classes),
        day=day or (answers.day() if missing else desk.today),
        author=author or desk.git_name,
        slug=slug,
    )
    answers.refuse_wrong_ones()
    unprepared = desk.is_unprepared
    with telling_progress() as progress:
        path = begin_record(desk, beginning, template, progress)
    click.echo(path.as_posix())
    if unprepared:
        # Not on standard output, which is the path and nothing else.
        click.echo(_BEGUN.format(folder=desk.root / desk.folder.folder), err=True)


class _Answers:
    """Reads what options say and asks for the rest; what is wrong with options is told at once, at the end."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.problems: list[str] = []

    def title(self, given: str | None) -> str:
        return self._read_or_ask(given, "Title, as the customer saw it", _plain)

    def word(self, what: str, given: str | None, entries: Iterable[Entry]) -> str:
        read = partial(self._meaning, what, entries=entries)
        return self._read_or_ask(given, what.capitalize() + _known(entries), read)

    def words(self, what: str, given: tuple[str, ...], entries: Iterable[Entry]) -> tuple[str, ...]:
        def read(text: str) -> tuple[str, ...]:
            parts = [part for each in text.split(",") if (part := each.strip())] or [""]
            return tuple(dict.fromkeys(self._meaning(what, each, entries) for each in parts))

        plural = {"service": "Services", "failure class": "Failure classes"}[what]
        return self._read_or_ask(",".join(given), f"{plural}, several with commas{_known(entries)}", read)

    def day(self) -> dt.date:
        """Ask for the day, which the id has for ever: hardly any record is begun on it."""
        today = self.desk.today
        return _ask(f"Day it started (empty: today, {today})", lambda text: _start_or(today, text.strip()))

    def refuse_wrong_ones(self) -> None:
        """Raise CannotRunError with all that is wrong, a line each."""
        if self.problems:
            raise CannotRunError("\n".join(self.problems))

    def _meaning(self, what: str, text: str, entries: Iterable[Entry]) -> str:
        if not text.strip():
            known = listed(entry.id for entry in entries)
            expected = f"one of {known}" if known else f"such as {_EXAMPLES[what]}"
            raise CannotRunError(f"a {what} is needed, {expected}")
        return read_answer(what, text, self.desk.settings)

    def _read_or_ask(self, given: str | None, question: str, read: Callable[[str], T]) -> T | Any:
        if not given:
            return _ask(question, read)
        try:
            return read(given)
        except CannotRunError as error:
            self.problems.append(str(error))
            return ""


def _plain(text: str) -> str:
    title = " ".join(text.split())
    if not any(char.isalnum() for char in title):
        raise CannotRunError("a title is needed: what happened, as the customer saw it")
    return title


def _known(entries: Iterable[Entry]) -> str:
    ids = [entry.id for entry in entries]
    return f" ({listed(ids)})" if ids else ""


def _ask(question: str, read: Callable[[str], T]) -> T:
    """Ask on standard error, where the answer's path does not go, until the answer can be read."""
    while True:
        # A default, or click would ask again without a word of what is missing.
        answer = click.prompt(question, default="", show_default=False, err=True)
        try:
            return read(answer)
        except CannotRunError as error:
            click.echo(f"  {error}", err=True)
