"""Words of records in Markdown for GitHub and GitLab: no text is more than text there."""

from __future__ import annotations

import re
from urllib.parse import quote

_MARKUP = re.compile(r"[\\`*_\[\]~$|#@]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_GAP = "&#8203;"
"""A space of no width: hosts look for people, issues and addresses in the finished text, where a backslash is gone."""

_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]-._~"

_REFERENCES = (
    (re.compile(r"\\([@#])(?=\S)"), rf"\\\1{_GAP}"),
    (re.compile(r"\b(GH-)(?=\d)", re.IGNORECASE), rf"\1{_GAP}"),
    (re.compile(r"([!%^])(?=[\w\"])"), rf"\\\1{_GAP}"),
    (re.compile(r"&amp;(?=\d)"), rf"&amp;{_GAP}"),
    (re.compile(r"(?<=[A-Za-z]):(?=//)"), rf":{_GAP}"),
    (re.compile(r"\b(www)\.(?=\S)", re.IGNORECASE), rf"\1{_GAP}."),
)
_START = re.compile(r"(?P<mark>[-+=/:])|(?P<number>\d+)(?P<end>[.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Write a text on one line so that it is read as itself: no markup or HTML, no mention of a person or an issue, no address, no command."""
    made = "".join(_ENTITIES.get(each, each) for each in " ".join(text.split()))
    made = _MARKUP.sub(r"\\\g<0>", made)
    for found, instead in _REFERENCES:
        made = found.sub(instead, made)
    return _START.sub(_at_start, made, count=1) if _START.match(made) else made


def _at_start(found: re.Match[str]) -> str:
    return f"\\{found['mark']}" if found["mark"] else f"{found['number']}\\{found['end']}"


def as_target(url: str) -> str:
    """Write an address as where a link leads to; nothing in it ends that before its end."""
    return f"<{quote(url, safe=_IN_ADDRESSES)}>"


def as_code(text: str) -> str:
    """Set a text as code, in which no host looks for references; its fence is longer than any in it."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    gap = " " if "`" in text else ""
    return f"{fence}{gap}{text}{gap}{fence}"
