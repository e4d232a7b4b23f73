"""A strict reading of the lines of a calendar (RFC 5545, sections 3.1 and 3.3.11)."""

from __future__ import annotations

import re

_PROPERTY = re.compile(r"([A-Z][A-Z-]*)((?:;[A-Z-]+=[^;:\"]+)*):(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_ESCAPE = re.compile(r"\\(?![\\;,nN])")
_TEXTS = {"SUMMARY", "DESCRIPTION", "UID", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}


def properties(content: bytes) -> list[tuple[str, str]]:
    """Give names and values, unfolded; what the standard forbids fails the test."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= 75, line
        assert b"\r" not in line and b"\n" not in line, line
        line.decode("utf-8")  # no character is cut
    found = []
    for line in re.split(rb"\r\n(?![ \t])", content[:-2]):
        text = line.replace(b"\r\n ", b"").decode("utf-8")
        assert not _CONTROL.search(text), text
        match = _PROPERTY.fullmatch(text)
        assert match, text
        name, value = match[1], match[3]
        if name in _TEXTS:
            assert not _BAD_ESCAPE.search(value.replace("\\\\", "")), value
            assert not re.search(r"(?<!\\)[;,]", value.replace("\\\\", "")), value
        found.append((name, value))
    opened: list[str] = []
    for name, value in found:
        if name == "BEGIN":
            opened.append(value)
        elif name == "END":
            assert opened.pop() == value
    assert not opened
    return found
