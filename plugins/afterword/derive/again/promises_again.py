"""The same action in several records, as one: promised, and promised again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afterword.derive.again.repeated import Repeated, repeated_actions
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class Bundle:
    """One action with every record that promised it, each once, the earliest first; there are at least two."""

    promises: tuple[tuple[Postmortem, ActionItem], ...]

    @property
    def times(self) -> int:
        """Give how often it was promised."""
        return len(self.promises)

    @property
    def is_owed(self) -> bool:
        """Tell whether one of its promises is still open."""
        return any(action.is_unfinished for _, action in self.promises)

    @property
    def last(self) -> tuple[Postmortem, ActionItem]:
        """Give the latest promise, whose words are those to show."""
        return self.promises[-1]


def bundles(records: Iterable[Postmortem], repeated: Repeated = repeated_actions) -> tuple[Bundle, ...]:
    """Put together what was promised more than once, most promised first; of equals what is still owed, then the latest."""
    chains: dict[int, list[tuple[Postmortem, ActionItem]]] = {}
    for promise, earlier in repeated(records):  # by day, so that an earlier one has its chain already
        chain = chains.setdefault(id(earlier.action), [(earlier.record, earlier.action)])
        if chain[-1][0] is not promise.record:
            chain.append((promise.record, promise.action))
        chains[id(promise.action)] = chain
    found = {id(chain): Bundle(tuple(chain)) for chain in chains.values()}
    latest_first = sorted(found.values(), key=lambda bundle: bundle.last[0].id, reverse=True)
    return tuple(sorted(latest_first, key=lambda bundle: (-bundle.times, not bundle.is_owed)))
