"""What stands in the place of a secret and is none."""

from __future__ import annotations

import re

# Keys of the vendors' own documentation say EXAMPLE.
_STAND_IN = re.compile(
    r"(?i)example|redact|removed|masked|hidden|censor|sanitiz|sanitis|change.?me|placeholder|dummy|sample|fake|"
    r"not.?a.?real|your|my-|insert|x{4}|\*{2}|\.{3}|…|•|%s|\$\{|\$\(|\{\{|<|>|^\$|^%|^\[|^\("
)
_USUAL = frozenset(
    {
        "pass", "passwd", "password", "passw0rd", "pwd", "secret", "token", "user", "username", "guest", "admin", "root", "postgres",
        "mysql", "redis", "test", "foo", "bar", "baz", "none", "null", "true", "false", "undefined", "string", "key", "xxx",
    }
)  # fmt: skip
"""Words that documentation puts where a password goes, and the passwords that images are shipped with."""

SHORTEST = 6
"""Characters of a password below which it is a word of a message rather than a leak."""

_REFERENCE = re.compile(
    r"(?i)^(?:[./~]|https?:|arn:|file:|sha\d+:|secret(?:s|manager)?[:/]|vault[:/])|[()\[\]]|\b(?:env|var|vars|secrets|config|settings|self|this|os|process)\."
)
_NAME = re.compile(r"[a-zA-Z]+(?:[-_.:][a-zA-Z0-9]+)+|[A-Za-z]+\d{0,3}")
"""A name of words, such as `db-credentials-v2` or `DatabaseKey2`: what refers to a secret is mostly named so."""


def is_stand_in(text: str) -> bool:
    """Tell whether a text only shows where a secret would be: masked, a template, a word for it, one or two characters again and again."""
    return (
        len(text) < SHORTEST
        or len(set(text)) < 4
        or text.lower() in _USUAL
        or _STAND_IN.search(text) is not None
        or _is_sequence(text)
    )


def _is_sequence(text: str) -> bool:
    from detect_secrets.filters.heuristic import is_potential_uuid, is_sequential_string

    return bool(is_sequential_string(text) or is_potential_uuid(text))


def names_a_secret(text: str) -> bool:
    """Tell whether a value refers to a secret rather than being one: a path, an address, a variable, a name of words."""
    return _REFERENCE.search(text) is not None or _NAME.fullmatch(text) is not None
