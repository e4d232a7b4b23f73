"""Mends arbitrary bytes, and records whose every word is known, in the folder that is named; run in a process of its own, as `any_record` is."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword import operations
from afterword.model.finding import Level
from afterword.operations.checking.fixing import Fixing
from tests.robustness.any_record import CONTENTS, NAME

DAY = dt.date(2026, 4, 1)
EXAMPLES = int(sys.argv[1])
ROOT = Path(sys.argv[2])
(ROOT / "afterword.yml").write_text("format: 1\n")
(ROOT / "postmortems").mkdir()

HEADERS = [
    "date: 14 March 2026",
    "date: '2026-03-14'",
    "severity: SEV-2  # kept",
    'status: "Final"',
    "kind: outgae",
]
HEADERS += [
    "services: [Checkout API, b]",
    "timezone: Zulu",
    "duration: 1 hour and 2 minutes",
    "titel: w",
    "x-own: \t w",
]
TITLE = re.compile(rb"(?:^|(?<=[\r\n]))tit[a-z]*: [^\r\n]*(?:\r\n|\r|\n)")
"""The line of a header with its title, or a slip of it."""

HEADINGS = [
    "## Summary",
    "## TL;DR",
    "### Impact",
    "# Timeline (UTC)",
    "Key events\n==========",
    "## Action items",
]
HEADINGS += [
    "## 3. Root cause",
    "## Lessons",
    "## Unknown",
    "## What went wellness",
    "## Sumary",
    "## Contributing factors",
]
BLOCKS = [
    "w w.",
    "w  \nw\\\nw",
    "- w\n- w",
    "<!-- internal -->\nw\n<!-- /internal -->",
    "<!-- internal -->",
    "<!-- afterword: ignore section-order -- w -->",
    "- 2:05 PM w\n- 14h10 [TRIGER] w",
    "| When | Description |\n|---|---|\n| 2:05 PM | w |\n| March 15 | w |",
    "| # | Task | Assignee | Due | Ticket | Type | State |\n|-|-|-|-|-|-|-|\n| | w | w | 2026-3-28 | w | prevent | opne |",
    "Method: causal tree\n\n```\nw *w* (AND)\n├── w_w -> A1\n│   └── 1. w <b>\n└── # w\n```",
    "```\nw",
    "[^1]: w",
    "[w]: https://tracker.example/w",
    "\u202ew\x07",
]


def _numbered(text: str) -> str:
    """Make each `w` a word of its own, so that none can get lost unnoticed."""
    count = iter(range(10_000))
    return re.sub(r"\bw\b", lambda _: f"word{next(count)}", text)


RECORDS = st.builds(
    lambda mark, head, parts, line_end, end: (
        mark
        + (_numbered("\n".join(["---", *head, "---", "", "".join(parts)])) + end)
        .replace("\n", line_end)
        .encode("utf-8")
    ),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.lists(st.sampled_from(HEADERS), max_size=6, unique=True),
    st.lists(
        st.tuples(
            st.sampled_from([*HEADINGS, *BLOCKS, *BLOCKS]), st.sampled_from(["\n", "\n\n", "\n\n \n"])
        ).map("".join),
        max_size=14,
    ),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", " \t"]),
)


def fix(content: bytes) -> tuple[bytes, Fixing]:
    """Mend a record in its archive; give what is in the file then."""
    place = ROOT / "postmortems" / NAME
    place.write_bytes(content)
    fixing = operations.fix(operations.load(ROOT / "afterword.yml", ROOT), DAY, write=True)
    return place.read_bytes(), fixing


def errors(content: bytes) -> int:
    """Count the errors of a record."""
    (ROOT / "postmortems" / NAME).write_bytes(content)
    found = operations.check(operations.load(ROOT / "afterword.yml", ROOT), DAY)
    return sum(finding.level is Level.ERROR for finding in found)


@settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True)
@given(st.one_of(CONTENTS, RECORDS))
def check_any(content: bytes) -> None:
    """Nothing raises, a second run changes nothing, and there is never an error more."""
    made, fixing = fix(content)
    assert not fixing.problems, content
    assert bool(fixing.changes) == (made != content), content
    assert errors(made) <= errors(content), content
    assert fix(made)[0] == made, content


@settings(max_examples=EXAMPLES * 2, deadline=None, database=None, derandomize=True)
@given(RECORDS)
def check_words(content: bytes) -> None:
    """Every word of the text is there as often as before, and so are line ends of each kind, the mark at the beginning and the end of the file.

    A heading that is written as the title of a header without one stands there, too, on a line of its own.
    """
    made, _ = fix(content)
    title = b"" if TITLE.search(content) else b"".join(TITLE.findall(made))
    words = [Counter(re.findall(rb"word[0-9]+", each)) for each in (content + title, made)]
    assert words[0] == words[1], content
    assert made[:3] == content[:3], content
    assert made.count(b"\r\n") == made.count(b"\r") or b"\r\n" not in content, content
    if "├".encode() not in content:
        # A drawn tree loses its fence; all else moves no line end.
        assert [made.count(end) for end in (b"\r", b"\n")] == [
            (content + title).count(end) for end in (b"\r", b"\n")
        ], content
        assert re.findall(rb"\s*\Z", made) == re.findall(rb"\s*\Z", content), content


if __name__ == "__main__":
    check_any()
    check_words()
