"""The table of templates that authors start from, and their texts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Template:
    """A text to start from: `name` is its file's without `.md`. Records have a header and lie in an archive; worksheets do not."""

    name: str
    summary: str
    is_record: bool = True


POSTMORTEM = "postmortem"
NEAR_MISS = "near-miss"
LAUNCH = "launch-or-experiment"
SHORT = "short"

TEMPLATES = (
    Template(POSTMORTEM, "the whole post-mortem, for sev0 to sev2"),
    Template(SHORT, "the short form, for sev3 and sev4"),
    Template(NEAR_MISS, "what nearly happened, and what stopped it"),
    Template(LAUNCH, "a launch that was missed, an experiment that failed"),
    Template("interview", "worksheet: one talk per role, and the timeline that comes of them", False),
    Template("went-well", "worksheet: questions for what went well", False),
    Template("survey", "worksheet: an anonymous survey before the meeting", False),
)

NAMES = tuple(template.name for template in TEMPLATES)


def shipped_text(name: str) -> str:
    """Give the text of a template as this package brings it. Raises KeyError for a name that is not in the table."""
    if name not in NAMES:
        raise KeyError(name)
    return (files("afterword.authoring") / "templates" / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def template_for(severity: str, kind: str, severity_rank: int | None) -> str:
    """Choose the template of a record by what happened; `severity_rank` is the severity's place in the order of harm, 0 the worst."""
    if severity == "near-miss":
        return NEAR_MISS
    if kind in ("missed-launch", "failed-experiment"):
        return LAUNCH
    return SHORT if severity_rank is not None and severity_rank > 2 else POSTMORTEM
