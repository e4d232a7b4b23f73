"""What commands say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from afterword.cli.main import cli


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command below a group, with its whole name."""
    context = click.Context(group, info_name=name)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        yield f"{name} {each}", command, click.Context(command, context, each)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {each}")


EVERY = list(_commands(cli, "afterword"))


@pytest.mark.parametrize(("name", "command", "context"), EVERY, ids=[name for name, _, _ in EVERY])
def test_every_command_has_examples_and_says_what_each_option_does(
    name: str, command: click.Command, context: click.Context
) -> None:
    """The examples are of the command itself, and a group cuts no summary of its commands off."""
    said = command.get_help(context)
    assert "Examples:" in said
    assert f"    {name}" in said
    assert all(each.help for each in command.params if isinstance(each, click.Option))
    assert "..." not in said.partition("\n\n")[2]
