"""Bytes to text that is safe to parse and to show, without moving a single column."""

from __future__ import annotations

import re

from afterword.model.finding import Finding, Nature
from afterword.model.span import Span
from afterword.model.value import plain_value

DROPPED = "\ue0ff"
"""Holds the column of a character that was dropped when read; `visible` takes it out."""

MAX_CONTROL_FINDINGS = 20
BINARY_PROBE = 8192
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_UNSAFE_CLASS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069" + DROPPED
_UNSAFE = re.compile(f"[{_UNSAFE_CLASS}]")
_UNSAFE_RUN = re.compile(f"[{_UNSAFE_CLASS}]+")
_CONTROLS = bytes(code for code in range(128) if _UNSAFE.match(chr(code)))
_LINE_END = re.compile(r"\r\n|\n|\r")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")


@plain_value()
class FrontMatterSplit:
    """A file cut at its front matter: `header` is None where there is none; lines are 1-based in the whole file.

    Line ends inside `header` and `body` are `\\n`. An opened header that is never closed leaves the whole text as `body`,
    and `finding` says so.
    """

    header: str | None
    header_line: int
    body: str
    body_line: int
    closed: bool
    finding: Finding | None = None


def is_binary(raw: bytes) -> bool:
    """Tell whether a file is no text in UTF-8 at all: a picture, an archive, UTF-16. A stray NUL in a text does not make it one."""
    probe = raw[:BINARY_PROBE]
    nuls = probe.count(0)
    return raw.startswith(_UTF_16) or nuls * 100 > len(probe) or (nuls > 0 and not _is_utf_8(raw))


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode(raw: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Read a file's bytes as UTF-8: no byte is refused, and what had to be replaced or dropped is a finding.

    A byte order mark is dropped. Undecodable bytes become U+FFFD. Control characters and bidirectional overrides become
    `DROPPED`, one for one, so that columns stay those of the file.
    """
    findings: list[Finding] = []
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    broken: UnicodeDecodeError | None = None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
        text = raw.decode("utf-8", errors="replace")
    if raw.startswith(_UTF_16):
        place = Span.at(1, 1, 1)
        findings.append(
            Finding(
                "encoding", "UTF-16 text, expected UTF-8", place, Nature.UNREADABLE, "save the file as UTF-8"
            )
        )
        return _UNSAFE.sub(DROPPED, text), tuple(findings)
    if b"\x00" in raw[:BINARY_PROBE]:
        findings.append(
            Finding(
                "encoding", "binary content, expected UTF-8 text", _place(text, "\x00"), Nature.UNREADABLE
            )
        )
        return _UNSAFE.sub(DROPPED, text), tuple(findings)
    if broken is not None:
        before = raw[: broken.start].decode("utf-8")
        line, column = _position(before)
        message = f"byte 0x{raw[broken.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8"
        findings.append(Finding("encoding", message, Span.at(line, column, 1), Nature.UNREADABLE, hint))
    if not is_visible(text):
        findings.extend(_control_findings(text))
        text = _UNSAFE.sub(DROPPED, text)
    return text, tuple(findings)


def is_visible(text: str) -> bool:
    """Tell whether `visible` leaves a text as it is; of one in ASCII, as most are, in a tenth of the time."""
    if text.isascii():
        raw = text.encode()
        return len(raw.translate(None, _CONTROLS)) == len(raw)
    return _UNSAFE.search(text) is None


def visible(text: str) -> str:
    """Take out what must not be shown: `DROPPED`, and control characters that came in as character references."""
    return _UNSAFE_RUN.sub("", text)


def escaped_json(text: str) -> str:
    """Write control characters and overrides in a JSON document as its escapes; outside of its strings there are none.

    The names of files may hold them, and programs need these as they are, while a terminal obeys them.
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def split_lines(text: str) -> list[str]:
    """Cut text where Markdown ends a line (`\\n`, `\\r\\n`, `\\r`), without the line ends; a final line end adds an empty line."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def line_bounds(text: str) -> list[tuple[int, int]]:
    """Give the offsets of each line's first character and of its end, line end left out; the lines are those of `split_lines`."""
    ends = [(found.start(), found.end()) for found in _LINE_END.finditer(text)]
    starts = (0, *(after for _, after in ends))
    return list(zip(starts, (*(end for end, _ in ends), len(text)), strict=True))


def split_front_matter(text: str) -> FrontMatterSplit:
    """Cut the YAML header off: it opens with `---` on the first line and closes with `---` or `...`."""
    lines = split_lines(text)
    body = "\n".join(lines)
    if lines[0].rstrip(" \t") != "---":
        return FrontMatterSplit(None, 1, body, 1, True)
    for index in range(1, len(lines)):
        if lines[index].startswith(("---", "...")) and _CLOSING.fullmatch(lines[index]):
            header, rest = "\n".join(lines[1:index]), "\n".join(lines[index + 1 :])
            return FrontMatterSplit(header, 2, rest, index + 2, True)
    message = "front matter is opened but not closed, expected a line `---` after it"
    unclosed = Finding("front-matter", message, Span.at(1, 1, 3), Nature.UNREADABLE)
    return FrontMatterSplit(None, 1, body, 1, False, unclosed)


def _control_findings(text: str) -> list[Finding]:
    findings: list[Finding] = []
    for number, line in enumerate(split_lines(text), start=1):
        first = _UNSAFE.search(line)
        if first is None:
            continue
        message = f"control character U+{ord(first.group()):04X} was dropped"
        findings.append(
            Finding("control-character", message, Span.at(number, first.start() + 1, 1), Nature.WARNING)
        )
        if len(findings) == MAX_CONTROL_FINDINGS:
            break
    return findings


def _place(text: str, char: str) -> Span:
    line, column = _position(text[: text.index(char)])
    return Span.at(line, column, 1)


def _position(before: str) -> tuple[int, int]:
    lines = split_lines(before)
    return len(lines), len(lines[-1]) + 1
