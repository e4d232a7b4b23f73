"""Hand-broken records: what is written, and the finding that its author must get."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

FIELDS = {
    "title": "Checkout returned errors for 22 minutes",
    "date": "2026-03-14",
    "severity": "sev3",
    "status": "in-review",
    "kind": "outage",
    "services": "[checkout]",
    "failure_class": "[capacity]",
    "authors": "[Petra Vellumworth]",
    "timezone": "UTC",
}
"""The header of a sound record: `title` stands on line 2, `timezone` on line 10; what is added, on line 11; the body begins on line 13."""

TIMELINE = "## Timeline\n\n| Time | Event |\n|---|---|\n"
"""Its rows begin on line 17."""

TREE = "## Root cause analysis\n\nMethod: causal tree\n\n"
"""The tree begins on line 17."""

ACTIONS = (
    "## Action items\n\n"
    "| ID | Action | Owner | Due | Ticket | Category | Status |\n"
    "|---|---|---|---|---|---|---|\n"
)
"""Its rows begin on line 17."""

DEEP = 60_000


@dataclass(frozen=True)
class Broken:
    """A file's bytes, and the rule and line of a finding that they must get; `name` where the usual file name will not do."""

    case: str
    content: bytes
    rule: str
    line: int
    name: str = "2026-03-14-broken.md"


def record(body: str = "", extra: str = "", **fields: str) -> bytes:
    """Draw a record that is sound but for what is given; `extra` are lines at the end of its header."""
    lines = [f"{key}: {value}" for key, value in {**FIELDS, **fields}.items()]
    return "\n".join(["---", *lines, *extra.splitlines(), "---", "", body]).encode()


def _yaml() -> list[Broken]:
    bomb = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(20))
    merge = "b: &b {x: 1}\n" + "".join(f"m{n}: &m{n} {{<<: [*b, *b, *b, *b]}}\n" for n in range(200))
    return [
        Broken("tab as indentation", record(extra="impact:\n\tcustomers: 4"), "yaml-syntax", 12),
        Broken("unclosed double quote", record(title='"Checkout returned errors'), "yaml-syntax", 2),
        Broken("unclosed single quote", record(extra="commander: 'Petra"), "yaml-syntax", 11),
        Broken("colon in an unquoted title", record(title="Checkout: errors: many"), "yaml-syntax", 2),
        Broken("unclosed list", record(services="[checkout"), "yaml-syntax", 7),
        Broken("unclosed mapping", record(extra="impact: {customers: 4"), "yaml-syntax", 11),
        Broken("at sign", record(commander="@petra"), "yaml-syntax", 11),
        Broken("backtick", record(commander="`petra`"), "yaml-syntax", 11),
        Broken("per cent sign", record(extra="%commander"), "yaml-syntax", 11),
        Broken("unknown escape", record(title=r'"C:\path"'), "yaml-syntax", 2),
        Broken("text after a quote", record(title='"Checkout" errors'), "yaml-syntax", 2),
        Broken("list on the key's line", record(services="- checkout"), "yaml-syntax", 7),
        Broken("no colon", record(extra="commander Petra"), "yaml-syntax", 11),
        Broken("no blank after a colon", record(extra="commander:Petra"), "yaml-syntax", 11),
        Broken(
            "wrong indentation", record(extra="impact:\n  customers: 4\n segments: [a]"), "yaml-syntax", 13
        ),
        Broken("header is a list", b"---\n- title\n- date\n---\n\n## Summary\n", "yaml-syntax", 2),
        Broken("header is a text", b"---\njust words\n---\n\n## Summary\n", "yaml-syntax", 2),
        Broken("duplicate key", record(extra="title: Another"), "duplicate-key", 11),
        Broken(
            "duplicate key in a mapping",
            record(extra="impact: {customers: 1, customers: 2}"),
            "duplicate-key",
            11,
        ),
        Broken("anchor", record(title="&name Checkout"), "yaml-feature", 2),
        Broken("alias", record(title="*name"), "yaml-feature", 2),
        Broken("merge key", record(extra="<<: {title: x}"), "yaml-feature", 11),
        Broken("alias bomb", record(extra=bomb), "yaml-feature", 11),
        Broken("merge bomb", record(extra=merge), "yaml-feature", 11),
        Broken("python tag", record(title="!!python/object/apply:os.system [id]"), "yaml-feature", 2),
        Broken("local tag", record(title="!secret x"), "yaml-feature", 2),
        Broken("directive", b"---\n%YAML 1.1\ntitle: x\n---\n", "yaml-syntax", 2),
        Broken("list as key", record(extra="? [a, b]\n: c"), "yaml-feature", 11),
        Broken("17 nested lists", record(extra="x-own: " + "[" * 17 + "]" * 17), "yaml-feature", 11),
        Broken("60,000 brackets", record(extra="x-own: " + "[" * DEEP), "yaml-feature", 11),
        Broken("60,000 braces", record(extra="x-own: " + "{" * DEEP), "yaml-feature", 11),
        Broken("60,000 dashes", record(extra="x-own:\n" + "- " * (DEEP // 2)), "yaml-feature", 12),
        Broken("60,000 question marks", record(extra="? " * (DEEP // 2)), "yaml-feature", 11),
        Broken("70 KB of header", record(extra="x-own: " + "y" * 70_000), "too-large", 1),
        Broken("never closed", b"---\ntitle: x\nseverity: sev1\n\n## Summary\n", "front-matter", 1),
        Broken("no header", b"# Checkout\n\n## Summary\n", "front-matter", 1),
        Broken("empty header", b"---\n---\n\n## Summary\n", "missing-field", 1),
        Broken("header only", record(), "missing-section", 1),
        Broken("empty file", b"", "front-matter", 1),
        Broken("blanks only", b" \n\t\n\n", "front-matter", 1),
    ]


def _fields() -> list[Broken]:
    return [
        Broken("title is a list", record(title="[a, b]"), "wrong-type", 2),
        Broken("title is a mapping", record(title="{a: b}"), "wrong-type", 2),
        Broken("impossible day", record(date="2026-02-30"), "bad-date", 3),
        Broken("month 13", record(date="2026-13-01"), "bad-date", 3),
        Broken("year 0", record(date="0000-01-01"), "bad-date", 3),
        Broken("German date", record(date="14.03.2026"), "bad-date", 3),
        Broken("words as date", record(date="yesterday"), "bad-date", 3),
        Broken("date is a list", record(date="[2026-03-14]"), "wrong-type", 3),
        Broken("another date than the file's", record(date="2026-03-15"), "date-mismatch", 3),
        Broken("unknown severity", record(severity="P9"), "unknown-severity", 4),
        Broken("severity in another spelling", record(severity="SEV-3"), "severity-spelling", 4),
        Broken("severity is a mapping", record(severity="{a: 1}"), "wrong-type", 4),
        Broken("unknown status", record(status="done"), "unknown-status", 5),
        Broken("unknown kind", record(kind="outrage"), "unknown-kind", 6),
        Broken("services is a mapping", record(services="{checkout: yes}"), "wrong-type", 7),
        Broken("a list in services", record(services="[[checkout]]"), "wrong-type", 7),
        Broken("service with blanks", record(services="[Check out!]"), "bad-id", 7),
        Broken("class in capitals", record(failure_class="[Capacity Of Pool]"), "bad-id", 8),
        Broken("empty services", record(services=""), "missing-field", 7),
        Broken("no services", record(services="[]"), "missing-field", 7),
        Broken("authors is a number of lists", record(authors="[[a], [b]]"), "wrong-type", 9),
        Broken("zone abbreviation", record(timezone="PST"), "bad-timezone", 10),
        Broken("zone that is none", record(timezone="Europe/Atlantis"), "bad-timezone", 10),
        Broken("zone with a path", record(timezone="../../etc/passwd"), "bad-timezone", 10),
        Broken("duration in words", record(extra="duration: a while"), "bad-duration", 11),
        Broken("closed without zone", record(extra="closed: 2026-03-14 15:40"), "bad-datetime", 11),
        Broken("closed at 25:99", record(extra="closed: 2026-03-14T25:99Z"), "bad-datetime", 11),
        Broken("customers in words", record(extra="impact: {customers: many}"), "wrong-type", 11),
        Broken("impact is a list", record(extra="impact: [4]"), "wrong-type", 11),
        Broken("reportable in words", record(extra="impact: {reportable: perhaps}"), "wrong-type", 11),
        Broken(
            "link with a script",
            record(extra="links: [{rel: chat, url: 'javascript:alert(1)'}]"),
            "bad-url",
            11,
        ),
        Broken("retold from a file", record(extra="retold_from: file:///etc/passwd"), "bad-url", 11),
        Broken("alias leads out", record(extra="aliases: ['../../escape.md']"), "bad-id", 11),
        Broken(
            "recurrence of itself in capitals",
            record(extra="recurrence_of: [2026-01-01-nothing]"),
            "unknown-record",
            11,
        ),
        Broken("language with a blank", record(extra="language: plain english"), "bad-language", 11),
        Broken("unknown key", record(extra="severty: sev1"), "unknown-key", 11),
        Broken("negative customers", record(extra="impact: {customers: -4}"), "wrong-type", 11),
        Broken("5,000 digits", record(extra="impact: {customers: " + "9" * 5_000 + "}"), "wrong-type", 11),
    ]


def _tables() -> list[Broken]:
    wide = "|" + " a |" * 150
    short = "|" + "a|" * 90 + "\n|" + "-|" * 90 + "\n" + "|\n" * 5_000
    row = "| A1 | Alert on queue depth above 5,000 | Petra | 2026-05-01 | PAY-1 | detect | open |\n"
    return [
        Broken("short row", record(ACTIONS + row + "| A2 | Cap the pool |\n"), "table-cells", 18),
        Broken("long row", record(ACTIONS + row.replace("|\n", "| x |\n")), "table-cells", 17),
        Broken("pipe in code", record(ACTIONS + row.replace("Alert", "`a | b`")), "table-cells", 17),
        Broken(
            "no delimiter",
            record(ACTIONS.replace("|---|---|---|---|---|---|---|\n", "") + row),
            "actions-not-a-table",
            15,
        ),
        Broken("150 columns", record(f"## Impact\n\n{wide}\n|{'---|' * 150}\n{wide}\n"), "too-large", 16),
        Broken("6,000 rows", record(TIMELINE + "| 14:02 | x |\n" * 6_000), "too-large", 5_017),
        Broken("short rows of wide tables", record(f"{short}\n{short}"), "too-large", 5_573),
        Broken(
            "duplicate action", record(ACTIONS + row + row.replace("A1", "a1")), "duplicate-action-id", 18
        ),
        Broken("bad action id", record(ACTIONS + row.replace("A1", "first")), "bad-action-id", 17),
        Broken("bad due date", record(ACTIONS + row.replace("2026-05-01", "May")), "bad-date", 17),
        Broken("unknown category", record(ACTIONS + row.replace("detect", "detekt")), "unknown-category", 17),
        Broken(
            "unknown status of an action",
            record(ACTIONS + row.replace("open", "opened up")),
            "unknown-action-status",
            17,
        ),
        Broken("unknown column", record(ACTIONS.replace("Ticket", "Colour") + row), "action-column", 15),
    ]


def _trees() -> list[Broken]:
    ladder = "".join("  " * depth + f"- level {depth}\n" for depth in range(150))
    return [
        Broken(
            "two outcomes", record(TREE + "- API down\n  - pool full\n- batch late\n"), "several-outcomes", 19
        ),
        Broken("unknown action", record(TREE + "- API down\n  - pool full -> A9\n"), "unknown-action", 18),
        Broken("depth 150", record(TREE + ladder), "too-large", 117),
        Broken("depth 30", record(TREE + "\n".join(ladder.splitlines()[:30])), "tree-depth", 22),
        Broken("mark in the middle", record(TREE + "- API down\n  - pool (AND) full\n"), "mark-in-label", 18),
        Broken(
            "accepted without a date",
            record(TREE + "- API down\n  - pool full -- accepted: cheap\n"),
            "accepted-incomplete",
            18,
        ),
        Broken(
            "fence with wrong indentation",
            record(TREE + "```tree\nOutcome: API down\n├─ pool full\n      └─ leak\n```\n"),
            "tree-indent",
            20,
        ),
        Broken(
            "fenced tree", record(TREE + "```\nAPI down\n├─ pool full\n└─ slow\n```\n"), "fenced-tree", 17
        ),
        Broken(
            "unknown method", record("## Root cause analysis\n\nMethod: guessing\n"), "unknown-method", 15
        ),
        Broken(
            "no method", record("## Root cause analysis\n\n- API down\n  - pool full\n"), "method-missing", 13
        ),
        Broken(
            "two whys",
            record(
                "## Root cause analysis\n\nMethod: 5 whys\n\n1. Why?\n   Because a.\n2. Why a?\n   Because b.\n"
            ),
            "few-whys",
            19,
        ),
        Broken(
            "why without an answer",
            record("## Root cause analysis\n\nMethod: 5 whys\n\n1. Why?\n2. Why a?\n   Because b.\n"),
            "why-answer",
            17,
        ),
        Broken(
            "tree nested by tabs", record(TREE + "- API down\n\t- pool full -> A9\n"), "unknown-action", 18
        ),
    ]


def _times() -> list[Broken]:
    def row(time: str, event: str = "x") -> bytes:
        return record(f"{TIMELINE}| {time} | {event} |\n")

    berlin = TIMELINE.replace("Time |", "Time (Europe/Berlin) |")
    return [
        Broken("25:99", row("25:99"), "bad-time", 17),
        Broken("2 PM", row("2 PM"), "twelve-hour-time", 17),
        Broken("2:05 pm", row("2:05 pm"), "twelve-hour-time", 17),
        Broken("PST", row("14:02 PST"), "zone-abbreviation", 17),
        Broken("words", row("around noon"), "bad-time", 17),
        Broken("no time", row(""), "bad-time", 17),
        Broken("impossible day in a row", row("2026-02-30 14:02"), "bad-time", 17),
        Broken("year 0 in a row", row("0000-01-01 14:02"), "bad-time", 17),
        Broken("range of 99 hours at the end of time", row("9999-12-31 23:00 – 99:00"), "bad-time", 17),
        Broken(
            "the day after the last",
            record(f"{TIMELINE}| 9999-12-31 23:00 | x |\n| 01:00 | y |\n"),
            "bad-time",
            17,
        ),
        Broken("before the first day", row("0001-01-01T00:00+14:00"), "bad-time", 17),
        Broken("offset of 99 hours", row("2026-03-14T14:02+99:00"), "bad-time", 17),
        Broken("backwards", record(f"{TIMELINE}| 14:02 | x |\n| 13:02 | y |\n"), "time-backwards", 18),
        Broken("skipped hour", record(f"{berlin}| 2026-03-29 02:30 | x |\n"), "dst-time", 17),
        Broken("repeated hour", record(f"{berlin}| 2026-10-25 02:30 | x |\n"), "dst-time", 17),
        Broken(
            "no zone",
            record(TIMELINE + "| 14:02 | x |\n").replace(b"timezone: UTC", b"x-own: 1"),
            "zone-missing",
            17,
        ),
        Broken(
            "anchor twice",
            record(f"{TIMELINE}| 14:02 | [DETECTED] x |\n| 14:03 | [DETECTED] y |\n"),
            "duplicate-anchor",
            18,
        ),
        Broken("mark misspelt", row("14:02", "[DETECTD] x"), "mark-spelling", 17),
        Broken(
            "unknown incident",
            record(TIMELINE + "| 14:02 | [DETECTED INC-1] x |\n", "incidents: [INC-2]"),
            "unknown-incident",
            18,
        ),
        Broken("no time at all", record("## Timeline\n\nIt happened.\n"), "timeline-form", 15),
    ]


def _bodies() -> list[Broken]:
    return [
        Broken("another first-level heading", record("# Something else\n"), "extra-title", 13),
        Broken("section twice", record("## Impact\n\na\n\n## Impact\n\nb\n"), "duplicate-section", 17),
        Broken("section on the third level", record("### Impact\n\na\n"), "section-level", 13),
        Broken(
            "unclosed internal mark", record("## Impact\n\n<!-- internal -->\n\nx\n"), "internal-mark", 15
        ),
        Broken("misspelt internal mark", record("## Impact\n\n<!-- intrenal -->\n"), "internal-spelling", 15),
        Broken(
            "ignore without a reason",
            record("## Impact\n\n<!-- afterword: ignore few-whys -->\n"),
            "suppression",
            15,
        ),
        Broken(
            "link with a script in the text",
            record("## Impact\n\n[x](javascript:alert(1))\n"),
            "unsafe-link",
            15,
        ),
        Broken(
            "link out of the folder", record("## Impact\n\n[x](../../../etc/passwd)\n"), "link-outside", 15
        ),
        Broken("link to nothing", record("## Impact\n\n[x](nothing.md)\n"), "dead-link", 15),
        Broken("link with a NUL", record("## Impact\n\n[x](a%00b.png)\n"), "dead-link", 15),
        Broken("link to 5,000 letters", record(f"## Impact\n\n[x]({'a' * 5_000}.png)\n"), "dead-link", 15),
        Broken("remote image", record("## Impact\n\n![x](https://example.com/x.png)\n"), "remote-image", 15),
        Broken("quotes 101 deep", record("> " * 101 + "x\n"), "too-large", 13),
        Broken("lists 101 deep on one line", record("- " * 101 + "x\n"), "too-large", 13),
    ]


def _encodings() -> list[Broken]:
    text = record("## Impact\n\nCafé\n").decode()
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + zlib.compress(bytes(range(256)) * 400)
    return [
        Broken("Latin-1", text.encode("latin-1"), "encoding", 15),
        Broken("Windows quotes", record("a\n").replace(b"a\n", b"\x93a\x94\n"), "encoding", 13),
        Broken("UTF-16 with a mark", text.encode("utf-16"), "encoding", 1),
        Broken("UTF-16 without a mark", text.encode("utf-16-le"), "encoding", 1),
        Broken("UTF-32", text.encode("utf-32"), "encoding", 1),
        Broken("NUL bytes", record("a\x00b\n"), "encoding", 13),
        Broken("late NUL bytes", record("a\n" * 6_000 + "\x00"), "control-character", 6_013),
        Broken("lone surrogate", record("x\n") + b"\xed\xa0\x80", "encoding", 14),
        Broken("overlong form", record("x\n") + b"\xc0\xaf", "encoding", 14),
        Broken("cut character", record("x\n") + b"\xe2\x82", "encoding", 14),
        Broken("byte order mark and a fault", b"\xef\xbb\xbf" + record(severity="P9"), "unknown-severity", 4),
        Broken("carriage returns only", record(severity="P9").replace(b"\n", b"\r"), "unknown-severity", 4),
        Broken(
            "mixed line ends",
            record(severity="P9").replace(b"\n", b"\r\n", 2).replace(b"\n", b"\r", 1),
            "unknown-severity",
            5,
        ),
        Broken("bidirectional override", record("## Impact\n\nx\u202ey\n"), "control-character", 15),
        Broken(
            "merge that is not finished",
            record("## Impact\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n").replace(b"\n", b"\r\n"),
            "merge-conflict",
            15,
        ),
        Broken("bell", record("## Impact\n\nx\x07y\n"), "control-character", 15),
        Broken("escape sequence in the title", record(title="x\x1b[31my"), "control-character", 2),
        Broken("picture renamed", png, "encoding", 3),
        Broken("random bytes", bytes(range(256)) * 40, "encoding", 1),
        Broken("gzip", b"\x1f\x8b\x08\x00" + bytes(range(128, 256)) * 20, "encoding", 1),
    ]


def _large() -> list[Broken]:
    return [
        Broken("10 MB of letters", b"x" * 10_000_000, "too-large", 1),
        Broken("10 MB of lines", record("word\n" * 2_000_000), "too-large", 1),
        Broken("10 MB of NUL", b"\x00" * 10_000_000, "too-large", 1),
        Broken("10 MB of brackets", b"[" * 10_000_000, "too-large", 1),
        Broken("257 KB", record("x" * 257 * 1024), "too-large", 1),
        *(
            Broken(
                f"60,000 characters of {mark!r}",
                record("## Impact\n\n" + mark * (DEEP // len(mark)) + "x\n"),
                rule,
                line,
            )
            for mark, rule, line in (
                ("> ", "too-large", 15),
                ("- ", "too-large", 15),
                (">", "too-large", 15),
                ("1. ", "too-large", 15),
                ("[", "missing-section", 1),
                ("![", "missing-section", 1),
                ("*", "too-large", 15),
                ("(", "missing-section", 1),
                ("`a", "missing-section", 1),
                ("<", "missing-section", 1),
                ("**a", "missing-section", 1),
                ("[a](", "missing-section", 1),
                ("\\", "missing-section", 1),
                ("&", "missing-section", 1),
                ("|", "missing-section", 1),
                ("[^1]", "missing-section", 1),
            )
        ),
        Broken("one line of 250 KB", record("## Summary\n\n" + "word " * 50_000), "summary-length", 13),
        Broken(
            "a deep ladder of quotes",
            record("".join(">" * depth + "x\n\n" for depth in range(1, 140))),
            "too-large",
            213,
        ),
        Broken("60,000 levels behind a tab", record("\t" + "> " * DEEP), "too-large", 13),
    ]


def _names() -> list[Broken]:
    sound = record("## Impact\n\na\n")
    long = "2026-03-14-" + "very-" * 40 + "long.md"
    return [
        Broken("capitals in the name", sound, "file-name", 1, "2026-03-14-Broken.md"),
        Broken("blanks in the name", sound, "file-name", 1, "2026-03-14 broken thing.md"),
        Broken("date alone", sound, "file-name", 1, "2026-03-14.md"),
        Broken("impossible day in the name", sound, "file-name", 1, "2026-02-30-broken.md"),
        Broken("no date in the name", sound, "file-name", 1, "broken.md"),
        Broken("line end in the name", sound, "file-name", 1, "2026-03-14-a\nb.md"),
        Broken("emoji in the name", sound, "file-name", 1, "2026-03-14-🔥.md"),
        Broken("right-to-left name", sound, "file-name", 1, "2026-03-14-\u202edm.live.md"),
        Broken("script in the name", sound, "file-name", 1, "2026-03-14-<script>alert(1)<&script>.md"),
        Broken("quotes in the name", sound, "file-name", 1, "2026-03-14-\"'`|.md"),
        Broken("very long name", sound, "file-name", 1, long),
        Broken("no extension", sound, "file-name", 1, "2026-03-14-broken"),
        Broken("record in a text file", sound, "file-name", 1, "2026-03-14-broken.txt"),
    ]


BROKEN = (
    *_yaml(),
    *_fields(),
    *_tables(),
    *_trees(),
    *_times(),
    *_bodies(),
    *_encodings(),
    *_large(),
    *_names(),
)
