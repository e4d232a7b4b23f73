"""What stands at a place of a record, explained: a finding by its rule, a key by its meaning, a name by what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.authoring.manuscript import Manuscript, covers
from afterword.authoring.mentions import Mention, What, action_of, mention_at, record_of
from afterword.check.reference import rule_page
from afterword.check.table import RULES
from afterword.model.settings import Entry
from afterword.model.span import Span
from afterword.parse.values.fields import BY_KEY

MOST_RULES = 3
"""Nobody reads more pages in a box beside the cursor."""

_PAGES = {rule.id: rule for rule in RULES}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text in Markdown, and the place that it is about."""

    text: str
    span: Span


def explain(manuscript: Manuscript, line: int, column: int) -> Explanation | None:
    """Explain what stands at a place, None where there is nothing to say."""
    parts = [
        *_key(manuscript, line, column),
        *_name(manuscript, line, column),
        *_rules(manuscript, line, column),
    ]
    if not parts:
        return None
    return Explanation("\n\n---\n\n".join(part.text for part in parts), parts[0].span)


def _key(manuscript: Manuscript, line: int, column: int) -> Iterator[Explanation]:
    spans = manuscript.record.header.spans if manuscript.record is not None else {}
    for path, span in spans.items():
        if not path.startswith("@") or not covers(span, line, column):
            continue
        field = BY_KEY.get(path[1:])
        if field is not None:
            needed = "required" if field.required == "yes" else f"required {field.required}"
            asked = "" if field.required == "no" else f", {needed}"
            yield Explanation(f"**{field.key}** ({field.type}{asked}): {field.meaning}", span)


def _name(manuscript: Manuscript, line: int, column: int) -> Iterator[Explanation]:
    mention = mention_at(manuscript, line, column)
    said = _said(mention, manuscript) if mention is not None else ""
    if mention is not None and said:
        yield Explanation(said, mention.span)


def _said(mention: Mention, manuscript: Manuscript) -> str:
    action, record = action_of(mention, manuscript), record_of(mention, manuscript)
    if action is not None:
        facts = [action.owner, f"due {action.due}" if action.due else "", action.status or ""]
        told = ", ".join(_plain(fact) for fact in facts if fact)
        return f"**{_plain(action.id)}**: {_plain(action.text.text.strip())}" + (
            f"\n\n{told}" if told else ""
        )
    if record is not None and mention.what is not What.ACTION:
        header = record.header
        facts = [str(header.date or ""), header.severity or "", header.status or "", record.path]
        told = ", ".join(_plain(fact) for fact in facts if fact)
        return f"**{_plain(record.title)}**\n\n{told}"
    entry = next((each for each in _catalogue(mention, manuscript) if each.id == mention.name), None)
    if entry is None:
        return ""
    team = f", team {_plain(entry.team)}" if entry.team else ""
    return f"**{_plain(entry.label)}** ({mention.what} `{entry.id}`{team})"


def _catalogue(mention: Mention, manuscript: Manuscript) -> tuple[Entry, ...]:
    settings = manuscript.archive.settings
    return {
        What.SERVICE: settings.services,
        What.FAILURE_CLASS: settings.failure_classes,
        What.KIND: settings.kinds,
        What.SEVERITY: settings.severities,
    }.get(mention.what, ())


def _rules(manuscript: Manuscript, line: int, column: int) -> Iterator[Explanation]:
    found = [each for each in manuscript.findings if covers(manuscript.shown(each.span), line, column)]
    # A word is more to the point than the file that it stands in.
    found.sort(key=lambda each: each.span, reverse=True)
    for rule in list(dict.fromkeys(each.rule for each in found))[:MOST_RULES]:
        place = next(each.span for each in found if each.rule == rule)
        if rule in _PAGES:
            yield Explanation(rule_page(_PAGES[rule], level=3), manuscript.shown(place))


def _plain(text: str) -> str:
    """Give a text of a record as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)
