"""`afterword build` and `afterword serve`."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click

from afterword.cli.console import as_of_option, read_address
from afterword.operations.extra import site_extra_missing
from afterword.operations.timings import Timings

TERMINATED = 143
"""The exit code that shells give to what was asked to end, as systems ask when a CI is cancelled or a container stops."""

_CONFIG = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The site's mkdocs.yml (default: the one here or beside afterword.yml).",
)
_STRICT = click.option(
    "--strict", is_flag=True, help="Fail on warnings about the site. Findings in records never fail it."
)


@click.command(
    epilog="""\b
Examples:
  afterword build                                into site/
  afterword build --strict --site-dir public     into public/; fails on broken links
  afterword build --as-of 2026-06-30             as on that day: the same bytes every time
  afterword build --timings                      and says where the time went
  afterword build --no-cache                     everything anew"""
)
@_CONFIG
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to write the site (default: what mkdocs.yml says, or site/).",
)
@as_of_option
@_STRICT
@click.option(
    "--cache/--no-cache",
    default=True,
    help="Use what earlier builds have kept (default), or make everything anew and keep nothing.",
)
@click.option("--timings", "timed", is_flag=True, help="Say where the time went.")
@click.option("-v", "--verbose", is_flag=True, help="Show what MkDocs does in detail.")
def build(
    config_file: Path | None,
    site_dir: Path | None,
    as_of: dt.date | None,
    strict: bool,
    cache: bool,
    timed: bool,
    verbose: bool,
) -> None:
    """Build the archive's site.

    Only what changed is built, written or deleted. With --as-of two builds of the same files are the same to the byte. The sitemap is dated by SOURCE_DATE_EPOCH where it is set, else by that day.
    """
    adapter = _adapter()
    adapter.log_to_terminal(verbose)
    timings = Timings()
    with _ending_in_order():
        folder = adapter.build(config_file, site_dir, strict, as_of, timings, keep=cache)
    if timed:
        for name, wall, processor in timings.rows():
            click.echo(f"{name:<24}{wall:>9.2f} s{processor:>9.2f} s processor")
    click.echo(f"built {folder / 'index.html'}")


@click.command(
    epilog="""\b
Examples:
  afterword serve
  afterword serve --address 127.0.0.1:9000 --open"""
)
@_CONFIG
@click.option(
    "-a",
    "--address",
    type=read_address,
    metavar="HOST:PORT",
    help="Where to serve (default: 127.0.0.1:8000).",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@_STRICT
@click.option("-v", "--verbose", is_flag=True, help="Show what MkDocs does in detail.")
def serve(
    config_file: Path | None, address: str | None, open_browser: bool, strict: bool, verbose: bool
) -> None:
    """Show the site while you write: it is built again on every change."""
    adapter = _adapter()
    adapter.log_to_terminal(verbose)
    place = f"{address[0]}:{address[1]}" if address is not None else None
    with _ending_in_order():
        adapter.serve(config_file, place, strict, open_browser)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let what is asked to end (SIGTERM) end its processes and remove its folders, as Ctrl-C does."""

    def end(*_: object) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _adapter() -> ModuleType:
    try:
        from afterword.mkdocs_plugin import command
    except ImportError as error:
        raise site_extra_missing(error) from error
    return command
