"""The durations that a timeline gives, by their marks (docs/format.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One of the derived durations; of `start`, the first mark that the timeline has counts."""

    id: str
    label: str
    start: tuple[str, ...]
    end: str


FIGURES = (
    FigureKind("detection-latency", "Detection latency", ("SIGNAL",), "DETECTED"),
    FigureKind("time-to-detect", "Time to detect", ("IMPACT", "TRIGGER"), "DETECTED"),
    FigureKind("time-to-escalate", "Time to escalate", ("DETECTED",), "ESCALATED"),
    FigureKind("time-to-mitigate", "Time to mitigate", ("DETECTED",), "MITIGATED"),
    FigureKind("time-to-resolve", "Time to resolve", ("DETECTED",), "RESOLVED"),
    FigureKind("customer-impact", "Customer impact", ("IMPACT", "TRIGGER"), "MITIGATED"),
)
"""The figures of docs/format.md, section 4, in the order in which they are shown."""

CUSTOMER_IMPACT = "customer-impact"
