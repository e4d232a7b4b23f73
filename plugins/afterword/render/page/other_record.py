"""A record as the pages of others name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from afterword.derive.places.address import record_address
from afterword.derive.timing.calendar import record_day
from afterword.derive.words.labels import severity_entry
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings


@dataclass(frozen=True, slots=True, repr=False)
class OtherRecord:
    """What a page says of another record, put together once for all pages that name it; so is its `repr`, which their keys are made of."""

    id: str
    title: str
    address: str
    day: date | None
    severity: Entry | None
    _written: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        facts = (self.id, self.title, self.address, self.day, self.severity)
        object.__setattr__(self, "_written", f"{type(self).__name__}{facts!r}")

    def __repr__(self) -> str:
        return self._written

    @classmethod
    def of(cls, record: Postmortem, settings: Settings) -> OtherRecord:
        """Gather what is said of a record."""
        return cls(
            record.id,
            record.title,
            record_address(record, settings),
            record_day(record),
            severity_entry(record, settings),
        )
