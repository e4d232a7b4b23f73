"""Changes to files as a unified diff, as `git apply` and `patch -p1` take it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from afterword.report.one_line import one_line, printable

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_NO_END = "\\ No newline at end of file\n"


def unified_diff(path: str, before: str, after: str, colour: bool) -> str:
    """Give what makes `after` of `before`; with `colour`, for the eyes at a terminal, which gets no control characters of the file."""
    name = one_line(path).removeprefix("./")
    made = difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), f"a/{name}", f"b/{name}")
    lines = [part for line in made for part in _ended(line)]
    return "".join(_painted(lines) if colour else lines)


def _ended(line: str) -> Iterator[str]:
    yield line if line.endswith("\n") else line + "\n"
    if not line.endswith("\n"):
        yield _NO_END


def _painted(lines: list[str]) -> Iterator[str]:
    from rich.style import Style

    for line in lines:
        style = "bold" if line.startswith(("--- a/", "+++ b/")) else _STYLES.get(line[:1], "")
        yield Style.parse(style).render(printable(line.rstrip("\r\n"))) + "\n"
