"""The rules as documentation, made from the rules themselves."""

from __future__ import annotations

from afterword.check.rule import Rule
from afterword.check.table import RULES

_INTRODUCTION = """\
# Rules

Everything that `afterword check` reports. `afterword rule ID` prints one of these in the terminal.

A rule's level follows from what it reports and from the record's `status`; `rules` in `afterword.yml` sets another
(`off`, `info`, `warning` or `error`). A comment on a line of its own silences a rule for the next block, and says why:

```markdown
<!-- afterword: ignore unknown-section -- the regulator asks for this heading -->
```

Where a rule says what `afterword check --fix` does, its findings are marked `[*]` if that is safe at their place.
"""


def rules_reference() -> str:
    """Give the documentation of all rules as one Markdown page, in the order of their ids."""
    ordered = sorted(RULES, key=lambda rule: rule.id)
    index = "\n".join(f"- [`{rule.id}`](#{rule.id}): {rule.summary}" for rule in ordered)
    pages = "\n".join(rule_page(rule, level=2) for rule in ordered)
    return f"{_INTRODUCTION}\n{index}\n\n{pages}"


def rule_page(rule: Rule, level: int = 1) -> str:
    """Give the documentation of one rule as Markdown, its heading at `level`."""
    parts = [
        f"{'#' * level} {rule.id}",
        f"Reports {rule.summary}.",
        rule.why,
        f"Reported:\n\n{_fenced(rule.bad, rule.language)}",
        f"Better:\n\n{_fenced(rule.better, rule.language)}",
    ]
    if rule.fix:
        parts.append(f"`afterword check --fix` {rule.fix}.")
    if rule.options:
        lines = [f"- `{each.name}` (default {each.unset}): {each.meaning}" for each in rule.options]
        parts.append("Options:\n\n" + "\n".join(lines))
    if rule.sources:
        parts.append("Sources:\n\n" + "\n".join(f"- {each}" for each in rule.sources))
    return "\n\n".join(parts) + "\n"


def _fenced(text: str, language: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text.strip()}\n{fence}"
