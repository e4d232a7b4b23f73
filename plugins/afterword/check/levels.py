"""How loudly a finding is said (docs/format.md, section 8)."""

from __future__ import annotations

from collections.abc import Mapping

from afterword.model.finding import Finding, Level, Nature
from afterword.model.settings import RuleSetting

_ALWAYS = {
    Nature.UNREADABLE: Level.ERROR,
    Nature.ERROR: Level.ERROR,
    Nature.WARNING: Level.WARNING,
    Nature.DATED: Level.WARNING,
    Nature.HINT: Level.INFO,
}
_BY_STATUS = {
    Nature.CONTRADICTION: {"draft": Level.WARNING, "in-review": Level.ERROR, "final": Level.ERROR},
    Nature.REQUIRED: {"draft": Level.INFO, "in-review": Level.WARNING, "final": Level.ERROR},
    Nature.MISSING: {"draft": Level.INFO, "in-review": Level.WARNING, "final": Level.INFO},
}


def natural_level(nature: Nature, status: str | None) -> Level:
    """Give the level of a finding by its nature in a record of this status; without a readable one, as in review."""
    if nature in _ALWAYS:
        return _ALWAYS[nature]
    by_status = _BY_STATUS[nature]
    return by_status.get(status or "", by_status["in-review"])


def level_of(finding: Finding, status: str | None, rules: Mapping[str, RuleSetting]) -> Level:
    """Give the level that settings ask for, else the natural one; what the day alone can make true stays a warning at most."""
    setting = rules.get(finding.rule)
    level = setting.level if setting else None
    if level is None:
        return natural_level(finding.nature, status)
    if finding.nature is Nature.DATED and level is Level.ERROR:
        return Level.WARNING
    return level
