"""Rules over an archive that is too large to hold: a record is judged as soon as it is read, and little of it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from afterword.check.context import ArchiveContext, Context
from afterword.check.marks import action_refs
from afterword.check.runner import among, conclude, of_itself
from afterword.model.action import ActionItem
from afterword.model.finding import Finding
from afterword.model.markup import RichText
from afterword.model.record import Postmortem

_NO_TEXT = RichText()


class Stream:
    """Takes records one by one, and gives the findings of all of them in the end: those of `check_archive`, before it leaves any out."""

    def __init__(self, context: Context, only: Collection[str] | None) -> None:
        """Begin; `only` are the paths of what is to be judged, all records where it is None."""
        self._context = context
        self._only = frozenset(only) if only is not None else None
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._waiting: set[str] = set()

    def take(self, record: Postmortem) -> Postmortem:
        """Judge a record that was just read, and give what is to be kept of it."""
        waits = names_others(record)
        if self._only is None or record.path in self._only:
            self._findings[record.path] = tuple(of_itself(record, self._context))
            if waits:
                self._waiting.add(record.path)
            else:
                self._findings[record.path] += tuple(
                    among(record, ArchiveContext.of_one(record, self._context))
                )
        return kept(record, analysis=waits)

    def conclude(self, context: ArchiveContext) -> tuple[Finding, ...]:
        """Give the findings, once the archive of all that was kept is known."""

        def found_in(record: Postmortem) -> list[Finding]:
            later = among(record, context) if record.path in self._waiting else ()
            # What making the ids unique has found is with the record.
            return [*self._findings.get(record.path, ()), *record.findings, *later]

        return conclude(context, self._only, found_in)


def names_others(record: Postmortem) -> bool:
    """Tell whether what the rules `among` others find may depend on another record."""
    header = record.header
    return bool(
        header.recurrence_of or header.distinct_from or any(ref.record for ref in action_refs(record))
    )


def kept(record: Postmortem, *, analysis: bool) -> Postmortem:
    """Give a record without its text: the header, the actions as plain text, the suppressions, the anchors, the links to anchors elsewhere, and the analysis where it is wanted."""
    slim = replace(
        record,
        preamble=(),
        sections=(),
        footnotes=(),
        notable=(),
        timeline=None,
        references=tuple(each for each in record.references if "#" in each.target),
        findings=(),
        unreadable=record.unreadable if record.unreadable is None else "",
        actions=tuple(_slim(action) for action in record.actions),
    )
    return slim if analysis else replace(slim, causal_tree=None, five_whys=None, factors=())


def _slim(action: ActionItem) -> ActionItem:
    return replace(
        action,
        text=RichText((), action.text.text, action.text.span),
        done_when=_NO_TEXT,
        notes=_NO_TEXT,
        others=(),
    )
