"""Every word with a meaning in a record, with the aliases that are read as the same (docs/format.md, sections 3 to 6)."""

from __future__ import annotations

from afterword.model.settings import ALL_SECTIONS, Settings
from afterword.model.timeline import ANCHORS, DECISION

SECTIONS: dict[str, tuple[str, ...]] = {
    "summary": (
        "Summary",
        "TL;DR",
        "What happened",
        "Issue summary",
        "Incident summary",
        "Overview",
        "Executive summary",
    ),
    "impact": ("Impact", "Customer impact", "User impact", "Business impact", "Incident impact"),
    "timeline": ("Timeline", "Timeline of events", "Key events", "Incident timeline"),
    "went-well": ("What went well", "What worked", "What worked well"),
    "went-wrong": (
        "What went wrong",
        "What went poorly",
        "What didn't go so well",
        "What didn't go well",
        "What did not go well",
    ),
    "factors": ("Contributing factors", "Contributing causes", "Contributing factor"),
    "causes": ("Root cause analysis", "Root cause", "Root causes", "Analysis", "Causal analysis"),
    "actions": (
        "Action items",
        "Actions",
        "Follow-ups",
        "Follow ups",
        "Corrective actions",
        "Corrective and preventive actions",
        "Corrective and preventive measures",
        "Corrective and preventative actions",
        "Corrective and preventative measures",
    ),
    "lessons": ("Lessons learned", "Lessons learnt", "Lessons", "Conclusion", "Conclusions"),
    "background": ("Background", "Context"),
    "detection": ("Detection",),
    "resolution": ("Resolution", "Resolution and recovery", "Recovery"),
    "lucky": ("Where we got lucky",),
    "open-questions": ("Open questions",),
    "appendix": ("Appendix", "Supporting information"),
}
"""The ten sections but the first in reading order, then the known optional ones; the first alias is the name."""

NUMBERS = {key: number for number, key in enumerate(ALL_SECTIONS, start=2)}
"""The numbers of the ten sections (1 is the front matter)."""

TIMELINE_HEADS: dict[str, tuple[str, ...]] = {
    "time": ("Time", "When", "Timestamp", "Time stamp", "Date and time", "Date/time", "Datetime"),
    "date": ("Date",),
    "event": ("Event", "Description", "What happened"),
    "source": ("Source",),
}

FACTOR_HEADS: dict[str, tuple[str, ...]] = {
    "number": ("#", "ID", "No"),
    "factor": ("Factor", "Contributing factor", "Description"),
    "category": ("Category", "Type"),
}

ACTION_HEADS: dict[str, tuple[str, ...]] = {
    "id": ("ID", "#", "No", "Action ID"),
    "action": ("Action", "Action item", "Description", "Task", "What"),
    "owner": ("Owner", "Assignee", "Who", "Responsible"),
    "due": ("Due", "Due date", "Deadline", "By when"),
    "ticket": ("Ticket", "Tracking issue", "Issue", "Tracker ID", "Tracker", "Link"),
    "category": ("Category", "Type"),
    "status": ("Status", "State"),
    "priority": ("Priority", "Prio"),
    "closed": ("Closed", "Closed date", "Closed on"),
    "done_when": ("Done when", "Acceptance", "Acceptance criteria"),
    "notes": ("Notes", "Note", "Comment", "Comments", "Rationale"),
}

STATUSES: dict[str, tuple[str, ...]] = {
    "candidate": ("candidate", "idea", "proposed"),
    "open": ("open", "todo", "to do", "to-do", "not started", "new"),
    "in progress": ("in progress", "in-progress", "in_progress", "started", "doing", "wip"),
    "in review": ("in review", "in-review", "in_review", "review"),
    "done": ("done", "closed", "complete", "completed", "fixed"),
    "cancelled": ("cancelled", "canceled", "won't do", "wontfix", "won't fix", "dropped"),
}

GATES: dict[str, tuple[str, ...]] = {"AND": ("AND",), "OR": ("OR",)}
ROOT_CAUSE = ("root cause",)
ACCEPTED = ("accepted",)
BECAUSE = ("Because", "→", "->")
BECAUSE_OF = ("of",)
"""Words behind `Because` that make it a part of the answer: `Because of a full disk`."""
METHOD = ("Method",)
OUTCOME = ("Outcome",)
CAUSAL_TREE_HEADINGS = ("Causal tree",)
METHODS: dict[str, tuple[str, ...]] = {
    "causal tree": ("causal tree", "causal-tree", "tree"),
    "5 whys": ("5 whys", "five whys", "5-whys", "5 why"),
    "hybrid": ("hybrid", "both"),
}
MARKS: dict[str, tuple[str, ...]] = {name: (name,) for name in (*ANCHORS, DECISION)}

MEANT = tuple(
    dict.fromkeys(
        (
            *SECTIONS,
            *TIMELINE_HEADS,
            *FACTOR_HEADS,
            *ACTION_HEADS,
            *MARKS,
            *STATUSES,
            *METHODS,
            *GATES,
            "method",
            "outcome",
            "because",
            "accepted",
            "root cause",
        )
    )
)
"""Every word that settings may give further spellings, by the key it has there."""

STATUS_OF_RECORD = ("draft", "in-review", "final")
DETECTED_BY = ("alert", "customer", "staff", "third-party", "review")
LINK_RELS = ("chat", "dashboard", "runbook", "change", "ticket", "regulator", "related")
COMMUNICATION = ("status-page", "email", "none")
VISIBILITY = ("internal", "public")
PRIORITIES = ("P0", "P1", "P2")
TRACKER_KINDS = ("github", "gitlab", "jira", "linear", "roundup", "file")
"""How a tracker can be asked: what settings may have for `kind`, each with a line in `trackers/table.py`."""

RESERVED = frozenset(
    [
        "services",
        "severities",
        "classes",
        "kinds",
        "teams",
        "owners",
        "years",
        "actions",
        "search",
        "feeds",
        "assets",
        "data",
        "figures",
        "health",
        "risks",
    ]
)
"""Names below an archive's address that its own pages have."""


def sections(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Give the section aliases with those that the settings add."""
    return {key: (*aliases, *settings.section_aliases.get(key, ())) for key, aliases in SECTIONS.items()}
