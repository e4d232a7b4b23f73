"""Putting answers into a template: values of its header are replaced where they stand, and every comment stays."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence

from afterword.model.span import Span
from afterword.parse.source.text import split_front_matter
from afterword.parse.source.yaml_text import on_one_line
from afterword.parse.values.identity import made_id
from afterword.parse.values.yaml_nodes import read_yaml

LONGEST_SLUG = 60
"""Characters of an id after its date, cut between words: an address that can be read aloud."""

Answer = str | Sequence[str] | Mapping[str, str]


class TemplateError(ValueError):
    """A template cannot take answers; the text says why."""


def id_for(title: str, day: dt.date, unnamed: str = "record") -> str:
    """Make a record's id of its title and day: accents dropped, other characters a hyphen, whole words only.

    `unnamed` stands for a title of which nothing is left, as of one in another script.
    """
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", title.casefold())
        if not unicodedata.combining(char) and char not in "'’"
    )
    words = made_id(plain, day, unnamed)[11:]
    if len(words) > LONGEST_SLUG:
        words = words[: LONGEST_SLUG + 1].rpartition("-")[0] or words[:LONGEST_SLUG]
    return f"{day.isoformat()}-{words}"


def fill(template: str, answers: Mapping[str, Answer]) -> str:
    """Give a template with the header values of `answers`; keys that it does not have are added at the header's end.

    Wherever the template's own `date` stands in its text, the answered one does afterwards. Raises TemplateError where the template has no header
    that can be read.
    """
    split = split_front_matter(template)
    root, findings = read_yaml(split.header, split.header_line) if split.header is not None else (None, ())
    if root is None or root.kind != "mapping" or split.header is None:
        raise TemplateError("it has no header between two lines `---`")
    if findings:
        raise TemplateError(f"line {findings[0].span.line}: {findings[0].message}")
    lines = template.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    edits: list[tuple[Span, str]] = []
    added: list[str] = []
    for key, answer in answers.items():
        node = root.get(key)
        if node is None:
            added.append(f"{key}: {_flow(answer)}")
        else:
            edits.append((node.span, _flow(answer)))
    for span, text in sorted(edits, reverse=True):
        before = lines[span.line - 1][: span.column - 1]
        after = lines[span.end_line - 1][span.end_column - 1 :]
        blank = " " if before.endswith(":") else ""
        lines[span.line - 1 : span.end_line] = [f"{before}{blank}{text}{after}"]
    end = lines.index("---", 1) if "---" in lines[1:] else lines.index("...", 1)
    lines[end:end] = added
    filled = "\n".join(lines)
    own_day, day = root.get("date"), answers.get("date")
    if own_day is not None and own_day.text and isinstance(day, str):
        filled = filled.replace(own_day.text, day)
    return filled


def _flow(answer: Answer) -> str:
    """Write a value on one line, quoted where YAML would read it as something else than text."""
    if isinstance(answer, str):
        return _dumped(answer)
    if isinstance(answer, Mapping):
        return "{" + ", ".join(f"{key}: {_dumped([value])[1:-1]}" for key, value in answer.items()) + "}"
    return _dumped(list(answer))


def _dumped(value: str | list[str]) -> str:
    text = on_one_line(value)
    # A day is a day in a header, with or without quotes.
    return value if isinstance(value, str) and text == f"'{value}'" and _is_day(value) else text


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
