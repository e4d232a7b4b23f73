"""Personal handles in a text: `@jane`, a login of the header, `jane.doe` as somebody who did something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword.check.names import contexts
from afterword.check.names.lexicon import folded, is_given, is_word
from afterword.check.names.people import KnownPeople

_HANDLE = re.compile(
    r"(?<![\w@/.:`=+-])@([A-Za-z0-9](?:[A-Za-z0-9]|[-_.](?=[A-Za-z0-9])){1,38})(?![\w@/:(-]|\.\w|\[)"
)
_DOT = re.compile(r"\.(?<=[a-z]{2}\.)[a-z]{3,}(?![\w./(@-])")
_DONE_BY = re.compile(
    r"\b(?:by|cc|from|with|ping|pinged|paged|asked|told|thanks to) ([a-z]{2,})$", re.IGNORECASE
)
_FAR = 40
_BEHIND_PEOPLE = r"(?:(?<=\bby )|(?<=\bto )|(?<=\bcc )|(?<=\bfrom )|(?<=\bpinged ))"
_WORDS = re.compile(r"[\w.-]+")
_BEHIND = re.compile(r" ([a-z]+)")
_PARTS = re.compile(r"[-_.]")
_ENDINGS = frozenset(
    [
        "com",
        "org",
        "net",
        "io",
        "dev",
        "py",
        "js",
        "ts",
        "go",
        "sh",
        "md",
        "yml",
        "yaml",
        "json",
        "toml",
        "txt",
        "log",
        "csv",
        "service",
        "socket",
        "conf",
        "cfg",
        "ini",
        "sql",
        "local",
        "internal",
    ]
)
_VERSION = re.compile(r"v?\d[\d.]*|[0-9a-f]{7,40}")


def handles(text: str, people: KnownPeople, groups: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where handles of people begin and end (exclusive), with the role of those whom the record knows.

    `groups` are the ids and names of teams and services in small letters.
    """
    if "@" in text:
        for found in _HANDLE.finditer(text):
            if is_personal(found[1], text[found.end() : found.end() + _FAR], groups):
                yield found.start(), found.end(), people.logins.get(found[1], "")
    for found in _DOT.finditer(text):
        before = _DONE_BY.search(text[max(0, found.start() - _FAR) : found.start()])
        first, last = before[1] if before else "", found[0][1:]
        if is_given(first) and last not in _ENDINGS and not (is_word(first) or is_word(last)):
            yield found.start() - len(first), found.end(), people.logins.get(first + found[0], "")
    if people.logins:
        words = {word.rstrip(".-") for word in _WORDS.findall(text)}
        for login in sorted(people.logins.keys() & words):
            for start, end in _places(login, text):
                yield start, end, people.logins[login]


def _places(login: str, text: str) -> Iterator[tuple[int, int]]:
    """Find a login as it stands; one of letters alone may be a word, and counts behind what stands before people."""
    asked = _BEHIND_PEOPLE if login.isalpha() else ""
    for place in re.finditer(rf"{asked}(?<![\w@/.-]){re.escape(login)}(?![\w@/-]|\.\w)", text):
        yield place.span()


def is_personal(handle: str, behind: str, groups: Collection[str]) -> bool:
    """Tell whether `@handle` calls a person, not a group, a package, an annotation or a version."""
    name = handle.lower()
    parts = _PARTS.split(name)
    if name in groups or name in contexts.NOT_A_HANDLE or name in contexts.SCOPES or _VERSION.fullmatch(name):
        return False
    if len(parts) > 1 and not is_given(parts[0]) and any(part in contexts.GROUP_PARTS for part in parts):
        return False
    if name.endswith("bot") or any(part in groups for part in parts if len(parts) > 1):
        return False
    following = _BEHIND.match(behind)
    if following and following[1] in contexts.OF_ANNOTATIONS:
        return False
    # Annotations of Java and Python are written like this; a person's handle seldom is, unless it is a name.
    if handle[0].isupper():
        return is_given(folded(parts[0]))
    return not is_word(name) or is_given(name)
