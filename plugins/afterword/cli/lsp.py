"""`afterword lsp`: the language server."""

from __future__ import annotations

import click

from afterword.cli.console import read_address
from afterword.operations.extra import extra_missing


@click.command(
    epilog="""\b
Examples:
  afterword lsp                           what an editor starts
  afterword lsp --tcp 127.0.0.1:9257      waits for an editor to connect"""
)
@click.option(
    "--tcp",
    type=read_address,
    metavar="HOST:PORT",
    help="Wait there for one connection instead of talking over standard input and output.",
)
@click.pass_context
def lsp(ctx: click.Context, tcp: tuple[str, int] | None) -> None:
    """Serve an editor by the Language Server Protocol: findings while you write, explanations, completion, quick fixes.

    An editor starts this by itself once it is told to; docs/editors.md says how. It needs `pip install 'afterword[lsp]'`.
    """
    try:
        from afterword.lsp import server
    except ImportError as error:
        raise extra_missing("serving an editor", "lsp", error) from error
    if tcp is None:
        ctx.exit(server.serve_standard_streams())
    else:
        server.serve_tcp(*tcp)
