"""The lines that findings are about, read again where they are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from afterword.operations.reading.loading import LARGEST_READ
from afterword.parse.source.text import decode, split_lines
from afterword.sources.files import problem_of, read_bytes


def lines_below(root: Path) -> Callable[[str], Sequence[str]]:
    """Give what reads the lines of a file by its path relative to `root`, as spans count them; of a file that cannot be read there are none."""

    @lru_cache(maxsize=64)
    def lines_of(path: str) -> Sequence[str]:
        if not path or problem_of(root / path):
            return ()
        try:
            text, _ = decode(read_bytes(root / path, LARGEST_READ))
        except OSError:
            return ()
        return split_lines(text)

    return lines_of
