"""Standard output and standard error: any text can be written to them, all of it or none, and a reader may go away."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from afterword.render.text.spelling import spell_what_is_missing

CUT_SHORT = 141
"""The exit code that shells give to what wrote into a pipe that nobody reads any more."""

_SPELT = "afterword-spelt"
_PLAIN = "plain_ascii"
"""ASCII, by a name that only we know: Click takes its own for a mistake, and writes UTF-8."""


def prepare_streams() -> None:
    """Let standard output and error take whatever a record holds, and tell of a reader that has gone."""
    codecs.register_error(_SPELT, spell_what_is_missing)
    codecs.register(_plain_ascii)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _prepared(sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _prepared(sys.stderr)


@contextmanager
def ending_with_the_reader() -> Iterator[None]:
    """End as other programs do where whoever read the output has seen enough: Click would exit with 1, which says that records have faults."""
    try:
        yield
    except BrokenPipeError as error:
        write_nowhere()
        raise click.exceptions.Exit(CUT_SHORT) from error


def forget_the_rest() -> None:
    """Let go of what could not be written, as to a full disk: Python would try once more at its end, and exit with 120."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.closed:
        try:
            sys.stdout.flush()
        except OSError:
            write_nowhere()


def write_nowhere() -> None:
    """Let what is still to be written go nowhere, or Python would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)


def _prepared(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    encoding = _PLAIN if codecs.lookup(stream.encoding).name == "ascii" else stream.encoding
    if isinstance(stream.buffer, io.RawIOBase) and not stream.isatty():
        # PYTHONUNBUFFERED: what does not fit into a pipe at once would be forgotten, and nobody told.
        return open(stream.fileno(), "w", 1, encoding, _SPELT, closefd=False)
    stream.reconfigure(encoding=encoding, errors=_SPELT)
    return stream


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    if name != _PLAIN:
        return None
    known = codecs.lookup("ascii")
    return codecs.CodecInfo(
        known.encode,
        known.decode,
        known.streamreader,
        known.streamwriter,
        known.incrementalencoder,
        name=_PLAIN,
    )
