"""Causes and timelines of odd shapes, with what a reader of the source would count in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from afterword.model.timeline import ANCHORS


class Causes(NamedTuple):
    """What stands under Root cause analysis; `whys` are answers that are no node of the tree, `gates` those above children."""

    text: str
    nodes: int
    gates: int = 0
    whys: int = 0


class Course(NamedTuple):
    """The rows of a timeline; `told` are those with a time that can be drawn."""

    rows: list[tuple[str, str]]
    told: int
    head: str = "Time (UTC)"
    header: str = ""


def _tree(*lines: str, method: str = "causal tree") -> str:
    listed = "".join(
        f"{' ' * (len(line) - len(line.lstrip()))}- {line.lstrip()}\n" for line in ("Outcome (AND)", *lines)
    )
    return f"Method: {method}\n\n{listed}"


def _labels(*labels: str) -> Causes:
    return Causes(_tree(*(f"  {label}" for label in labels)), len(labels) + 1, 1)


def _whys(*steps: str, method: str = "5 whys") -> str:
    lines = [
        f"{number}. Why {number}?\n" + (f"   Because {step}\n" if step else "")
        for number, step in enumerate(steps, 1)
    ]
    return f"Method: {method}\n\n{''.join(lines)}"


def _even(levels: int, below: int, gate: Callable[[int], str]) -> str:
    lines: list[str] = []

    def add(level: int, name: str) -> None:
        lines.append(f"{'  ' * level}Cause {name}{gate(level) if level < levels else ''}")
        for number in range(below if level < levels else 0):
            add(level + 1, f"{name}.{number}")

    for number in range(below):
        add(1, str(number))
    return _tree(*lines)


_JOINED = _tree("  The pool was empty (AND)", "    A job leaked", "  Nobody was paged", method="hybrid")
_LONG = "the pool of the service had been sized for the traffic of the year before last and "

CAUSES = {
    "two": Causes(_tree("  The pool is small"), 2, 1),
    "alone": Causes("Method: causal tree\n\n```tree\nAlone\n```\n", 1),
    "siblings": Causes(_tree(*(f"  Factor {number}" for number in range(200))), 201, 1),
    "chain": Causes(_tree(*(f"{'  ' * level}Level {level} of it (OR)" for level in range(1, 30))), 30, 29),
    "all-gates": Causes(_even(3, 3, lambda level: (" (AND)", " (OR)")[level % 2]), 40, 13),
    "one-gate": Causes(_even(3, 2, lambda level: ""), 15, 1),
    "gates-on-leaves": Causes(_tree("  One (AND)", "  Two (OR)", "    Three (OR)"), 4, 2),
    "short": _labels("x", ".", "…"),
    "long": _labels(_LONG * 6, "w" * 500, "/var/lib/" * 40),
    "scripts": _labels(
        "データベース接続プールが枯渇し、全てのリクエストが失敗した。",
        "결제 서비스가 응답하지 않았고 재시도가 폭주했습니다",
        "لم يلاحظ النظام اختفاء postgres-3 أثناء النشر",
        "שירות ה-checkout נפל ב-14:03 UTC",
        "डेटाबेस कनेक्शन पूल समाप्त हो गया",
    ),
    "signs": _labels(
        "👩‍👩‍👧‍👦 could not pay 🇩🇪🇫🇷 👍🏽 ⚠️",
        "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034fA\u0334\u0335\u031c\u0330\u0354\u036b\u0357\u0362L\u0320\u0368\u0367\u0369 " * 3,
    ),
    "markup": _labels(
        "`a -> b (AND)` **bold** ~~struck~~",
        "[a link](https://example.org/) and ![image](x.png)",
        "https://example.org/a/very/long/path/that/never/ends?with=query&and=more#fragment",
        "<script>alert(1)</script>",
        "<b>bold</b> &lt; </svg></g>",
        '" \' \\N \\l &amp;',
    ),
    "same": Causes(_tree("  Same (OR)", "    Same", "    Same", "  Same"), 5, 2),
    "states": _labels(
        "Missing -> A9",
        "Elsewhere -> 2026-03-14-causes-two#A1",
        f"Many -> {', '.join(f'A{number}' for number in range(1, 13))}",
        "Taken -- accepted: cheap (lead, 2099-01-01)",
        "Past -- accepted: cheap (lead, 2020-01-01)",
        "No date -- accepted: cheap",
        "One (root cause)",
        "Two (root cause)",
    ),
    "two-outcomes": Causes(_tree("  One") + "- Second\n  - Two\n", 2, 1),
    "fence": Causes(
        "Method: causal tree\n\n```\nOutcome: It broke (AND)\n├── One (OR)\n│   ├── Two\n│   └── Three\n└── Four\n    └── Five\n```\n",
        6,
        2,
    ),
    "whys": Causes(_whys("a", "b", "c -> A1"), 0, whys=3),
    "fifteen-whys": Causes(_whys(*(f"{_LONG * 3}{number}" for number in range(15))), 0, whys=15),
    "no-answers": Causes(_whys("", "", ""), 0, whys=3),
    "joined": Causes(_JOINED + "\n" + _whys("the pool was empty", "a job leaked.", "Outcome").split("\n\n", 1)[1], 4, 2),
    "reversed": Causes(_JOINED + "\n" + _whys("a job leaked", "the pool was empty").split("\n\n", 1)[1], 4, 2),
    "apart": Causes(_JOINED + "\n" + _whys("one", "two", "three").split("\n\n", 1)[1], 4, 2, 3),
}  # fmt: skip

_USUAL = [
    ("10:00", "[TRIGGER] a"),
    ("10:05", "[DETECTED] b"),
    ("10:20", "[MITIGATED] c"),
    ("10:40", "[RESOLVED] d"),
]


def _lanes(count: int) -> Course:
    marks = [(hour, mark) for hour, mark in ((10, "TRIGGER"), (11, "DETECTED"), (12, "MITIGATED"))]
    rows = [
        (f"{hour}:{each * 4:02}", f"[{mark} INC-{each}] x") for hour, mark in marks for each in range(count)
    ]
    return Course(
        rows, 3 * count, header=f"incidents: [{', '.join(f'INC-{each}' for each in range(count))}]\n"
    )


COURSES = {
    "usual": Course(_USUAL, 4),
    "two": Course([("10:00", "a"), ("10:05", "b")], 2),
    "same-minute": Course([("10:00", f"event {number}") for number in range(40)] + [("10:10", "end")], 41),
    "dense": Course(
        [
            *((f"14:{number // 20:02}:{number % 20 * 3:02}", f"retry {number}") for number in range(200)),
            ("14:10", "[DETECTED] page"),
            ("2026-03-17 15:00", "[MITIGATED] fixed"),
        ],
        202,
    ),
    "years": Course([(f"{2026 + number // 12}-{number % 12 + 1:02}-14 09:00", f"{number}") for number in range(3, 40)], 37),
    "spring": Course([("2026-03-29 01:50", "[TRIGGER] a"), ("03:10", "[DETECTED] b"), ("04:00", "c")], 3, "Time (Europe/Berlin)"),
    "autumn": Course([("2026-10-25 02:30", "[TRIGGER] a"), ("2026-10-25T02:30+01:00", "[DETECTED] b"), ("03:10", "c")], 3, "Time (Europe/Berlin)"),
    "no-midnight": Course([("2026-04-23 22:30", "[TRIGGER] a"), ("2026-04-24 01:10", "[DETECTED] b"), ("02:00", "c")], 3, "Time (Africa/Cairo)"),
    "ranges": Course([("22:00", "[TRIGGER] a"), ("23:30–01:15", "b"), ("~23:45", "[DETECTED] c"), ("00:10-~03:00", "[MITIGATING] d"), ("03:05", "[MITIGATED] e")], 5),
    "two-lanes": _lanes(2),
    "eight-lanes": _lanes(8),
    "twelve-lanes": _lanes(12),
    "no-times": Course([*_USUAL, ("later", "e"), ("", "f")], 4),
    "backwards": Course([*_USUAL, ("10:30", "too early")], 4),
    "seconds": Course([("10:00:01", "[TRIGGER] a"), ("10:00:04", "[DETECTED] b"), ("10:00:41", "[MITIGATED] c")], 3, "Time (+05:45)"),
    "unread-zone": Course([("10:00 PST", "[TRIGGER] a"), ("10:05 PST", "[DETECTED] b"), ("10:30 UTC", "c")], 2, "Time", "timezone: America/Los_Angeles\n"),
    "all-marks": Course([(f"10:{number:02}", f"[{name}] x") for number, name in enumerate(ANCHORS)], 9),
    "marks-at-once": Course([("10:00", f"{' '.join(f'[{name}]' for name in ANCHORS[:5])} a"), ("10:01", f"{' '.join(f'[{name}]' for name in ANCHORS[5:])} b")], 2),
    "decisions": Course([(f"1{number}:00", "[DECISION] so") for number in range(6)], 6),
    "rows": Course([(f"{number // 60 % 24:02}:{number % 60:02}", f"step {number} <b>&amp;</b>") for number in range(3000)], 3000),
    "arabic": Course([("10:00", "[TRIGGER] بدأت عملية النشر"), ("10:05", "[DETECTED] وصل الإنذار"), ("11:00", "c")], 3),
}  # fmt: skip

NOT_DRAWN = {
    "no-zone": Course(_USUAL, 0, "Time"),
    "one-moment": Course([("10:00", "[TRIGGER] a"), ("10:00", "[DETECTED] b")], 0),
    "words": Course([("later", "a"), ("soon", "b")], 0),
}
"""Timelines that nothing can be drawn of."""
