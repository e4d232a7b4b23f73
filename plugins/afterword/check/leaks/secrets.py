"""The secrets in a text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.check.leaks.assignments import WORDS, assigned_in
from afterword.check.leaks.detectors import DETECTORS, Detector, secrets_in
from afterword.check.leaks.placeholders import is_stand_in

PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    # Content follows, on the same line where line ends are escaped: the line alone is talk about keys.
    r"(?=(?:[ \t>|\"'\\]|\\?[rn]|\r?\n|[A-Z][A-Za-z-]+: ?[^\n]*\n){0,40}[A-Za-z0-9+/=]{24})"
)
"""The library tells the line; that a key follows it, it does not ask."""

EXAMPLE_HOST = re.compile(
    r"(?i)@(?:[a-z0-9-]+\.)*(?:example|company|yourcompany|domain|yourdomain|host|hostname|server|test|localhost)\b(?!-)"
)
"""Behind a password in an address: nobody's."""

LONGEST_LINE = 20_000
"""Characters of a line that are looked at: patterns take their time over more, and no log line of a person's interest is longer."""


@dataclass(frozen=True, slots=True)
class Leak:
    """What was found on a line (from 0), from `start` to `end`; `what` may be told."""

    line: int
    start: int
    end: int
    what: str


def find_secrets(text: str, lines: Sequence[str]) -> Iterator[Leak]:
    """Yield the secrets in a text, whose lines are `lines`; each place once."""
    if not text:
        return
    folded = text.lower()
    taken: set[tuple[int, int]] = set()
    for leak in (*_by_form(text, folded, lines), *_private_keys(text, lines), *_by_word(folded, lines)):
        if (leak.line, leak.start) not in taken:
            taken.add((leak.line, leak.start))
            yield leak


def _by_form(text: str, folded: str, lines: Sequence[str]) -> Iterator[Leak]:
    for detector in DETECTORS:
        within = folded if detector.folded else text
        if not any(word in within for word in detector.words) or detector.beside not in folded:
            continue
        if detector.form is not None and detector.form.search(text) is None:
            continue
        for number, line in enumerate(lines):
            if detector.may_find(line):
                yield from _on_line(detector, number, line[:LONGEST_LINE])


def _on_line(detector: Detector, number: int, line: str) -> Iterator[Leak]:
    for secret in dict.fromkeys(secrets_in(detector, line)):
        shown = next((word for word in detector.words if secret.startswith(word)), "")
        if detector.shows != bool(shown) and detector.plugin == "aws.AWSKeyDetector":
            continue  # one plugin for two kinds
        start = line.find(secret)
        if start < 0 or is_stand_in(secret) or _goes_on_before(line, start):
            continue
        if EXAMPLE_HOST.match(line, start + len(secret)):
            continue
        form = f", '{shown}…' of {len(secret)} characters" if detector.shows and shown else ""
        yield Leak(number, start, start + len(secret), f"{detector.kind}{form}")


def _goes_on_before(line: str, start: int) -> bool:
    """Tell whether what was found is the middle of a longer run, such as an encoded picture."""
    return start > 0 and line[start - 1].isalnum() and line[start].isalnum()


def _private_keys(text: str, lines: Sequence[str]) -> Iterator[Leak]:
    if "PRIVATE KEY" not in text:
        return
    joined = "\n".join(lines)
    for found in PRIVATE_KEY.finditer(joined):
        number = joined.count("\n", 0, found.start())
        start = found.start() - (joined.rfind("\n", 0, found.start()) + 1)
        yield Leak(number, start, start + len(found[0]), "a private key")


def _by_word(folded: str, lines: Sequence[str]) -> Iterator[Leak]:
    words = [word for word in WORDS if word in folded]
    if not words:
        return
    for number, line in enumerate(lines):
        within = line.lower()
        if any(word in within for word in words):
            cut = line[:LONGEST_LINE]
            for value in assigned_in(cut):
                start = cut.find(value)
                if start >= 0 and not is_stand_in(value):
                    yield Leak(
                        number,
                        start,
                        start + len(value),
                        "a password or key behind its name, such as `password =`",
                    )
