"""What a finding is known by when lines move: for baselines, and for services that follow findings from one commit to the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256

from afterword.model.finding import Finding

LinesOf = Callable[[str], Sequence[str]]
"""Gives the lines of the file at a finding's path, as `parse.text.split_lines` cuts them; none where it cannot be read."""

LENGTH = 16
"""Hexadecimal digits of an identity: two findings of one file meet by chance once in more files than there are."""

_SPACE = re.compile(r"\s+")
# A count ("after 9 sentences", "on line 16") may change while the fault stays; a number in a word, a day or a time names something.
_COUNT = re.compile(r"(?<![\w.:/'-])\d+(?:[.,]\d+)*(?![\w:/'-])")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def identity(finding: Finding, lines: Sequence[str]) -> str:
    """Give what a finding is known by within its file: its rule with the text that it points at, so that neither moved lines nor a new wording matter.

    Where it points at nothing, as what is missing does, its message takes the place of the text, with counts left out. Findings that say the same of equal
    texts are one to this function; `fingerprints` tells them apart by their order.
    """
    text = _pointed_at(finding, lines)
    told_by = f"text {text}" if text else f"message {_COUNT.sub('#', finding.message)}"
    return _digest(finding.rule, _SPACE.sub(" ", told_by).strip())[:LENGTH]


def fingerprints(findings: Sequence[Finding], lines_of: LinesOf) -> tuple[str, ...]:
    """Give each finding a name of 64 hexadecimal digits that no other of them has, in their order.

    It is made from path, identity, and the place among those that are equal in both; so it depends on what paths are relative to.
    """
    read: dict[str, Sequence[str]] = {}
    keys: list[tuple[str, str]] = []
    for finding in findings:
        if finding.path not in read:
            read[finding.path] = lines_of(finding.path)
        keys.append((finding.path, identity(finding, read[finding.path])))
    named = [""] * len(findings)
    met: Counter[tuple[str, str]] = Counter()
    for index in sorted(range(len(findings)), key=lambda each: (findings[each].span, findings[each].message)):
        key = keys[index]
        named[index] = _digest(*key, str(met[key]))
        met[key] += 1
    return tuple(named)


def _pointed_at(finding: Finding, lines: Sequence[str]) -> str:
    """Give the text below a finding, of several lines the first; nothing where there is none that could tell it from others."""
    span = finding.span
    if span.line > len(lines):
        return ""
    end = span.end_column - 1 if span.end_line == span.line else None
    text = lines[span.line - 1][span.column - 1 : end]
    return text if _LETTER_OR_DIGIT.search(text) else ""


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
