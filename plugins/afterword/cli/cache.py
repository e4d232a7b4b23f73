"""`afterword cache`: show what is kept between runs, and forget it."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.check.wording import counted
from afterword.operations.reading.keeping import allowed_size, forget, read_size, stores
from afterword.sources.cache import is_off


def _read_size(text: str) -> int:
    try:
        return read_size(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  afterword cache                        where it is, how large, and what it holds
  afterword cache prune                  down to the size that is allowed
  afterword cache prune --max 500MB      down to this size
  afterword cache prune --all            all of it
  AFTERWORD_CACHE=off afterword build    without it""",
)
@click.pass_context
def cache(context: click.Context) -> None:
    """Show what is kept between runs. Losing it costs time and nothing else.

    AFTERWORD_CACHE=off keeps nothing and uses nothing that was kept, AFTERWORD_CACHE_SIZE says how large it may become (1GB).
    """
    if context.invoked_subcommand is not None:
        return
    found = list(stores(Path.cwd()))
    if not found:
        click.echo(f"nothing is kept: {'AFTERWORD_CACHE is off' if is_off() else 'no home folder is known'}")
        return
    for store in found:
        click.echo(f"{store.folder}  {store.purpose}")
        for shelf in store.shelves:
            click.echo(f"  {shelf.number:>9,}  {_size(shelf.size):>9}  {shelf.name}")
        if not store.shelves:
            click.echo("  empty")
    click.echo(
        f"{_size(sum(each.size for each in found))} in all, {_size(allowed_size())} allowed in each folder"
    )


@cache.command(
    epilog="""\b
Examples:
  afterword cache prune --max 500MB
  afterword cache prune --all"""
)
@click.option(
    "--max",
    "most",
    type=_read_size,
    metavar="SIZE",
    help="Leave no more than this, such as 500MB (default: what is allowed).",
)
@click.option("--all", "everything", is_flag=True, help="Leave nothing.")
def prune(most: int | None, everything: bool) -> None:
    """Forget what was not used for the longest time."""
    left = 0 if everything else allowed_size() if most is None else most
    click.echo(f"{counted(forget(Path.cwd(), left), 'page or file', 'pages and files')} forgotten")


def _size(size: int) -> str:
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "KB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"
