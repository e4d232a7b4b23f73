"""YAML's syntax errors in plain words, at the place an author has to look."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

_MARK = re.compile(
    r"""(?<=[\s,:\[{])(?:"(?:\\.|[^"\\])*"|'[^']*'|\#[^\n\r]*)|(?P<mark>[\[{\]}])""", re.DOTALL
)
"""Brackets, and in their place what they mean nothing in: texts in quotes and comments."""
_BEFORE_VALUE = re.compile(r"(?:[:\-]\s+|^\s*)\Z", re.MULTILINE)

QUOTE = "put the whole value in quotes"


@dataclass(frozen=True, slots=True)
class Fault:
    """A syntax error at an index of the text that was parsed.

    `unquoted_colon` marks the one whose meaning is plain all the same, `too_deep` the one that is a limit.
    """

    index: int
    message: str
    hint: str | None = None
    unquoted_colon: bool = False
    too_deep: bool = False


def explain(error: Exception, text: str) -> Fault:
    """Say what is wrong and what to write instead; libyaml and the pure parser word the same error differently, so both are matched."""
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    index = min(_index(getattr(error, "problem_mark", None), 0), len(text))
    begin = min(_index(getattr(error, "context_mark", None), index), len(text))
    line_start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    before = text[line_start:index]
    char = text[index : index + 1]

    if "nesting depth" in problem:
        # libyaml since 0.2.6 reads ahead up to a thousand levels before it gives the first of them.
        return Fault(max(index - 1, 0), problem, too_deep=True)
    if "tab" in problem or (char == "\t" and "token" in problem):
        return Fault(index, "a tab cannot indent YAML, expected spaces", "replace the tab with two spaces")
    if "mapping values are not allowed" in problem:
        return _colon(index, before)
    if "cannot start any token" in problem or "expected node content" in problem or "node content" in problem:
        opened = None if text[index:].strip() else _left_open(text)
        if opened is not None:
            return _bracket(opened, len(text), text)
        return Fault(index, f"an unquoted value cannot begin with '{char}'", QUOTE)
    if "entries are not allowed" in problem:
        return Fault(
            index,
            "a list cannot begin on the line of its key",
            "write each item on a line of its own, beginning with `- `",
        )
    if "escape" in problem:
        return _escape(index, text)
    if "alias" in context or "anchor" in context or "tag" in context:
        mark = text[begin : begin + 1]
        return Fault(begin, f"an unquoted value cannot begin with '{mark}'", QUOTE)
    if "quoted scalar" in context:
        return Fault(begin, "a quote is opened here and not closed", "close the quote at the value's end")
    if "flow" in context:
        return _bracket(begin, index, text)
    if "block scalar" in context:
        return Fault(begin, f"'{text[begin : begin + 1]}' begins a block of text on the next line", QUOTE)
    if "simple key" in context or "':'" in problem:
        return Fault(begin, "expected `key: value`, with a space after the colon")
    if "directive" in context or "directive" in problem:
        return Fault(begin, "a line cannot begin with '%'")
    if "document start" in problem:
        directive = _last_directive(text, index)
        if directive is not None:
            return Fault(directive, "a line cannot begin with '%'")
        return Fault(index, "text follows a value that has already ended", QUOTE)
    if "expected key" in problem or "block end" in problem or "'-' indicator" in problem:
        return _unexpected(index, before, char)
    return Fault(index, f"cannot be read as YAML: {problem}" if problem else "cannot be read as YAML")


def _last_directive(text: str, end: int) -> int | None:
    """Give the place of a line with `%` above: YAML takes it for a directive, and complains about the line below."""
    at = max(text.rfind("\n%", 0, end), text.rfind("\r%", 0, end)) + 1
    return at if text.startswith("%", at) else None


def _index(mark: yaml.Mark | None, default: int) -> int:
    return default if mark is None else int(mark.index)


def _colon(index: int, before: str) -> Fault:
    if ": " in before or before.rstrip().endswith(":"):
        return Fault(
            index, "a colon followed by a blank starts a new key inside an unquoted value", QUOTE, True
        )
    if before[:1].isspace():
        return Fault(
            index,
            f"'{before.strip()[:40]}:' is indented below a value that is already complete",
            "indent keys of one level alike",
        )
    return Fault(index, "the line above is no `key: value`", "write a blank after its colon")


def _escape(index: int, text: str) -> Fault:
    backslash = index if text[index : index + 1] == "\\" else text.rfind("\\", 0, index + 1)
    backslash = max(backslash, 0)
    shown = text[backslash : backslash + 2]
    return Fault(
        backslash,
        f"'{shown}' is no escape inside double quotes",
        "write the backslash twice, or use single quotes",
    )


def _left_open(text: str) -> int | None:
    """Give the place of the innermost bracket that is opened and never closed, of those that begin a value."""
    opened: list[int] = []
    for found in _MARK.finditer(text):
        mark = found["mark"]
        if mark in ("[", "{") and (
            opened or _BEFORE_VALUE.search(text, max(found.start() - 80, 0), found.start())
        ):
            opened.append(found.start())
        elif mark in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else None


def _bracket(begin: int, index: int, text: str) -> Fault:
    opening = text[begin : begin + 1]
    closing = "]" if opening == "[" else "}"
    what = "list" if opening == "[" else "mapping"
    if text[index:].strip() and "\n" not in text[begin:index]:
        return Fault(index, f"expected ',' or '{closing}' in the {what} begun by '{opening}'", QUOTE)
    return Fault(begin, f"a {what} is opened by '{opening}' and not closed", f"close it with '{closing}'")


def _unexpected(index: int, before: str, char: str) -> Fault:
    if before.strip():
        hint = QUOTE
        if before.rstrip().endswith("'"):
            hint = "write a single quote inside single quotes twice, or use double quotes"
        return Fault(index, "text follows a value that has already ended", hint)
    if char == "-":
        return Fault(index, "expected `key: value`, not a list item", "indent the items of a list alike")
    return Fault(
        index, "this line does not fit the lines above it", "indent keys of one level alike, with spaces"
    )
