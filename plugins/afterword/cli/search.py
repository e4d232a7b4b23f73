"""`afterword search`: records by their words and facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from afterword.cli.console import (
    path_seen_from,
    read_reach,
    settings_option,
    tell_line,
    telling_progress,
    this_terminal,
)
from afterword.cli.paging import tell_text
from afterword.derive.promises.reach import Reach
from afterword.operations.cannot_run import CannotRunError
from afterword.report.one_line import one_line

if TYPE_CHECKING:  # without SQLite it cannot be imported
    from afterword.operations.search.searching import Asked, Searched

F = TypeVar("F", bound=Callable[..., Any])

NOTHING_FOUND = 1
"""The exit code where no record is found, as `grep` has it."""


class _Search(click.Command):
    """Lets `--open` stand before the words: what follows it is a number, or no part of it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give `--open` its number where none is written."""
        words = args[: args.index("--")] if "--" in args else args
        for place, word in enumerate(words):
            following = args[place + 1 : place + 2]
            if word == "--open" and not (following and following[0].isdecimal()):
                args = [*args[:place], "--open=1", *args[place + 1 :]]
        return super().parse_args(ctx, args)


def _filter(name: str, text: str) -> Callable[[F], F]:
    return click.option(f"--{name}", multiple=True, metavar=name.upper(), help=text)


@click.command(
    cls=_Search,
    epilog="""\b
Examples:
  afterword search connection pool                     records with both words, the best first
  afterword search '"connection pool" timeout'         a phrase, and a word
  afterword search "connection pool" --service payments --since 2y
  afterword search PAY-4411                            a ticket, an incident or an id as typed
  afterword search 'remaining connection slots are reserved'
  afterword search certificate --class dependency      with its narrower classes
  afterword search --service payments --open-actions   the newest records with something open
  afterword search certificate --open                  the first one's page; --open 2: the second's
  afterword search certificate --format json | jq -r '.records[].id'

Exits with 0 where a record is found, 1 where none is, 2 where it is used wrongly or cannot run.""",
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@_filter("service", "Of this service: an id, name or alias.")
@_filter("team", "Of the services of this team.")
@_filter("severity", "Of this severity.")
@_filter("kind", "Of this kind.")
@_filter("class", "Of this failure class, or a narrower one.")
@_filter("year", "Of this year.")
@_filter("status", "Of this status: draft, in-review, final.")
@_filter("detection", "Detected by: alert, customer, staff, third-party, review.")
@click.option("--open-actions", is_flag=True, help="With action items that are not done yet.")
@click.option(
    "--since", type=read_reach, metavar="TIME", help="Not older: 90d, 2w, 6m, 2y, or a day (YYYY-MM-DD)."
)
@click.option("--until", type=read_reach, metavar="TIME", help="Not newer, said as in --since.")
@click.option(
    "--sort",
    type=click.Choice(["best", "newest"]),
    help="What comes first (default: the best, without words the newest).",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Show N records."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How they are told."
)  # fmt: skip
@click.option(
    "--open",
    "opened",
    type=click.IntRange(min=1),
    metavar="[N]",
    help="Open the page of the first record, or of the Nth, in the browser.",
)
@settings_option
@click.pass_context
def search(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    open_actions: bool,
    since: Reach | None,
    until: Reach | None,
    sort: str | None,
    limit: int,
    form: str,
    opened: int | None,
    config: Path | None,
    **facets: tuple[str, ...],
) -> None:
    """Find records by WORDS, and by what they are about.

    Records with every word come first, then those with most of them, each with the passages that have them. Words in quotes stand in this
    order; ids, tickets and what signs hold together (pool.acquire) are found as typed; slips are forgiven, and told. Of one filter given
    several times any may fit; of several filters all must. Drafts and internal passages are searched, too.
    """
    filters = {**facets, "open": ("yes",) if open_actions else ()}
    try:
        from afterword.operations.search.searching import Asked
        from afterword.operations.search.searching import search as find
    except ModuleNotFoundError as error:
        if "sqlite3" not in (error.name or ""):
            raise
        raise CannotRunError(
            "this Python was built without SQLite, which searching needs: take one from python.org or your system"
        ) from error
    asked = Asked(
        " ".join(words),
        {facet: values for facet, values in filters.items() if values},
        since,
        until,
        newest=sort == "newest",
        limit=max(limit, opened or 1),
    )
    with telling_progress() as progress:
        searched = find(asked, config, progress=progress)
    for note in searched.notes:
        tell_line(note)
    if opened is not None:
        _open(searched, opened)
    elif form == "json":
        _tell_json(searched)
    else:
        _tell_text(searched, asked)
    if not searched.answer.records:
        ctx.exit(NOTHING_FOUND)


def _tell_json(searched: Searched) -> None:
    from afterword.render.page.site_url import SiteUrl
    from afterword.render.terminal.found_json import found_json

    site = SiteUrl.of(searched.site_url)
    urls = {each.id: site.whole(each.address) for each in searched.answer.records}
    text = found_json(searched.answer, urls, path_seen_from(Path.cwd(), searched.root))
    # As bytes: JSON is UTF-8 whatever the terminal's encoding.
    click.echo(text.encode("utf-8", "replace"), nl=False)


def _tell_text(searched: Searched, asked: Asked) -> None:
    from afterword.render.terminal.found_text import found_text, nothing_found

    if searched.answer.records:
        tell_text(found_text(searched.answer, path_seen_from(Path.cwd(), searched.root), this_terminal()))
        return
    for line in nothing_found(searched.answer, filtered=bool(asked.filters or asked.since or asked.until)):
        tell_line(line)


def _open(searched: Searched, number: int) -> None:
    """Open a record's page: of the published site, else of the one that was built here; without either its file is named."""
    from afterword.operations.search.found_page import page_of
    from afterword.render.terminal.found_text import nothing_found
    from afterword.sources.browser import open_in_browser

    records = searched.answer.records
    if not records:
        for line in nothing_found(searched.answer, filtered=False):
            tell_line(line)
        return
    if number > len(records):
        raise click.UsageError(
            f"--open {number}: only {len(records):,} {'record is' if len(records) == 1 else 'records are'} found"
        )
    record = records[number - 1]
    page = page_of(record, searched)
    if not page:
        seen = path_seen_from(Path.cwd(), searched.root)(record.path)
        click.echo(one_line(f"{seen}:{record.line}"))
        click.echo(
            "no page to open: mkdocs.yml names no `site_url`, and `afterword build` has not built the site here",
            err=True,
        )
        return
    click.echo(one_line(page))
    if not open_in_browser(page):
        click.echo("no browser could be started: the address is above", err=True)
