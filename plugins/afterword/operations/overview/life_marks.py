"""What keys of pages and lists take for the life of a record: to write down ten thousand of them takes long, and what they were read from is short."""

from __future__ import annotations

from afterword.model.history import RecordLife


def mark_of_life(life: RecordLife | None) -> str:
    """Give what differs wherever the lives of two records do, under the same settings."""
    return (life.mark or repr(life)) if life else ""


def mark_of_actions(life: RecordLife | None) -> str:
    """Give what differs wherever lists and figures do: they look at what became of actions, and at when a record was first there and final; of its versions, feeds and calendars alone tell."""
    if life is None:
        return ""
    is_backdated = len(life.versions) > 1 and life.versions[0].commit == life.versions[1].commit
    return f"{life.action_mark or repr(life.actions)} {life.first_seen} {life.final_since} {is_backdated} {life.gone}"
