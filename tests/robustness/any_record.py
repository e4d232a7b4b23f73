"""Throws arbitrary bytes and mixtures of the format's own words at reading and checking; run in a process of its own, since what it looks for may end it."""

from __future__ import annotations

import datetime as dt
import re
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.check.runner import check_archive
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.settings import Settings
from afterword.parse.record import parse_record

NAME = "2026-03-14-any.md"
WORDS = (
    "--- ... title: date: severity: services: authors: timezone: closed: impact: links: aliases: recurrence_of: duration: "
    "sev1 near-miss draft final outage & * ! | > % @ ` ' \" << ? [ ] { } , : # ## ### Summary Impact (UTC) (PST) Because -> → A1 A2, "
    "2026-03-14-any#A1 (AND) (OR) |---|---| \\| prevent done open cancelled candidate 14:02 25:99 ~14:05 14:02–14:10 2026-03-14 2026-02-30 "
    "9999-12-31 0001-01-01 +14:00 -12:00 Z PST Europe/Berlin America/New_York [TRIGGER] [DETECTED] [RESOLVED] [CLOSED] [DETECTD] INC-1 "
    "- 1. * ``` ```tree ├─ └─ │ Outcome: <!-- <br> <b> [x](../y) [x](y.md#A1) ![x](z.png) [^1] [^1]: 1h PT1H P1DT2H 99999999999h 1e999 "
    "nan ٣ ２ \u202e \x00 \ufeff \u2028 \u0085 😀 é"
)
PHRASES = [
    "[a, b]",
    "{a: b}",
    "{name: x, role: y}",
    "## Timeline (Europe/Berlin)\n\n",
    "## Contributing factors\n\n",
    "## Root cause analysis\n\n",
    "## Action items\n\n",
    "Method: causal tree\n\n",
    "Method: 5 whys\n\n",
    "Method: hybrid\n\n",
    "(root cause)",
    "-- accepted: x (lead, 2026-09-30)",
    "| ID | Action | Owner | Due | Ticket | Category | Status |\n|-|-|-|-|-|-|-|\n",
    "| Time | Event |\n|-|-|\n",
    "2:05 PM",
    "[DETECTED INC-1]",
    "<!-- internal -->",
    "<!-- /internal -->",
    "<!-- afterword: ignore few-whys -- x -->\n",
    "> [!NOTE]\n",
]
FRAGMENTS = st.sampled_from([*WORDS.split(" "), *PHRASES])
BLANKS = [
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\n  ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n| ",
    "\n## ",
    "\n---\n",
    "\n> ",
]
HEADS = [
    "",
    "---\n",
    "---\ntitle: x\ndate: 2026-03-14\nseverity: sev1\nstatus: final\ntimezone: Europe/Berlin\n",
    "---\ndate: 2026-03-14\nincidents: [INC-1, INC-2]\n---\n## Timeline\n\n| Time | Event |\n|---|---|\n| 14:02 |",
    "---\ndate: 2026-03-29\ntimezone: America/New_York\n---\n## Timeline\n\n- 14:02 x\n- ",
    "---\nseverity: sev0\n---\n## Root cause analysis\n\nMethod: hybrid\n\n- a\n  - ",
    "---\nseverity: sev0\n---\n## Action items\n\n| ID | Action | Owner | Due | Ticket | Category | Status |\n|-|-|-|-|-|-|-|\n| A1 |",
    "## Contributing factors\n\n- ",
]
MIXTURES = st.builds(
    lambda head, parts: (head + "".join(parts)).encode("utf-8", "surrogatepass"),
    st.sampled_from(HEADS),
    st.lists(st.one_of(FRAGMENTS, st.sampled_from(BLANKS), st.text(max_size=3)), max_size=70),
)
CONTENTS = st.one_of(
    MIXTURES,
    MIXTURES,
    MIXTURES,
    st.binary(max_size=300),
    st.builds(bytes.__add__, MIXTURES, st.binary(max_size=20)),
)
ZONED = Settings(path="afterword.yml", timezone="Europe/Berlin")


def judged(content: bytes, rules: Settings) -> tuple[Finding, ...]:
    """Read a record and check it beside another."""
    other = parse_record(
        b"---\ndate: 2026-03-14\nservices: [a]\n---\n",
        "p/2026-03-13-other.md",
        rules,
        "2026-03-13-other.md",
        "p",
    )
    read = parse_record(content, f"p/{NAME}", rules, NAME, "p")
    return check_archive(Archive.of(rules, (read, other)), dt.date(2026, 4, 1))


@settings(
    max_examples=int(sys.argv[1]) if len(sys.argv) > 1 else 200,
    deadline=None,
    database=None,
    derandomize=True,
)
@given(CONTENTS, st.sampled_from([Settings(), ZONED]))
def check(content: bytes, rules: Settings) -> None:
    """Nothing raises, every finding lies inside the file, and a second run says the same."""
    findings = judged(content, rules)
    lines = re.split(r"\r\n|\n|\r", content.decode("utf-8", "replace"))
    for finding in findings:
        said = (content, finding)
        assert finding.message, said
        assert finding.level is not None, said
        if not finding.path.endswith(NAME):
            continue
        span = finding.span
        assert (span.line, span.column) <= (span.end_line, span.end_column), said
        assert 1 <= span.line <= span.end_line <= len(lines), said
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, said
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, said
    places = [(finding.path, finding.span.line, finding.span.column) for finding in findings]
    assert places == sorted(places), content
    assert judged(content, rules) == findings, content


if __name__ == "__main__":
    check()
