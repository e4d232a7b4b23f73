"""A text as a whole, front matter, code and comments included: what should not have been pasted."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import words_of
from afterword.check.leaks.personal import find_personal_data
from afterword.check.leaks.secrets import find_secrets
from afterword.check.rules import personal_data, secret
from afterword.model.finding import Finding, Nature
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.source.text import split_lines

NEEDED = ("detect_secrets", "phonenumbers")
"""Packages of the extra `secrets`."""


def find_leaks(text: str, settings: Settings) -> tuple[Finding, ...]:
    """Give the secrets and personal data in a text; no message repeats what was found. Packages of the extra `secrets` have to be there."""
    return tuple(_found(text, settings))


def _found(text: str, settings: Settings) -> Iterator[Finding]:
    lines = split_lines(text)
    hidden: set[tuple[int, int]] = set()
    allowed = words_of(settings, secret.RULE.id, secret.ALLOW.name)
    for leak in find_secrets(text, lines):
        hidden.update((leak.line, place) for place in range(leak.start, leak.end))
        if lines[leak.line][leak.start : leak.end] not in allowed:
            place = Span.at(leak.line + 1, leak.start + 1, leak.end - leak.start)
            message = f"this looks like {leak.what}, and a record holds no secrets"
            yield Finding(secret.RULE.id, message, place, Nature.ERROR, secret.HINT)
    allowed = tuple(
        each.lower() for each in words_of(settings, personal_data.RULE.id, personal_data.ALLOW.name)
    )
    for leak in find_personal_data(text, lines):
        found = lines[leak.line][leak.start : leak.end].lower()
        if (leak.line, leak.start) in hidden or any(
            found == each or found.endswith(f"@{each}") for each in allowed
        ):
            continue
        place = Span.at(leak.line + 1, leak.start + 1, leak.end - leak.start)
        message = f"this looks like {leak.what}, and a record holds no personal data"
        yield Finding(personal_data.RULE.id, message, place, hint=personal_data.HINT)
