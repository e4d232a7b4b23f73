"""The template engine of the archive's pages: everything escaped, nothing undefined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from afterword.check.wording import counted
from afterword.derive.timing.calendar import format_day
from afterword.derive.timing.figures import format_duration
from afterword.render.page.badges import glyph, label, slug, tone, words
from afterword.render.page.template_code import PageEnvironment
from afterword.render.words.action_words import due_in
from afterword.render.words.direction import isolated
from afterword.render.words.share_words import share_words


def environment(custom: Path | None = None, kept: BytecodeCache | None = None) -> Environment:
    """Make the environment; a template of the same name in the folder `custom` goes before the package's, and `kept` keeps what they are compiled to.

    Filters: `duration` (`1 h 22 min`), `day` (`14 Mar 2026`), `plural` (`3|plural('action')` is `3 actions`), and for badges `tone` and `label` (of
    a severity), `glyph` and `slug` (of a state); `words` (a catalogue id as words); `quoted` (what a message quotes
    in backticks, as code); `isolated` (a text that may be read from right to left); `due_in` (days until a due day, `in 3 days`); `share`
    (percent beside its target, `14 %`).
    """
    loaders: list[BaseLoader] = [FileSystemLoader(custom)] if custom is not None else []
    made = PageEnvironment(
        kept,
        loader=ChoiceLoader([*loaders, PackageLoader("afterword.render", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "duration": format_duration,
        "day": format_day,
        "plural": counted,
        "tone": tone,
        "glyph": glyph,
        "label": label,
        "slug": slug,
        "words": words,
        "quoted": quoted,
        "isolated": isolated,
        "due_in": due_in,
        "share": share_words,
    }
    made.filters.update(filters)
    return made


def quoted(message: str) -> Markup:
    """Set what stands between backticks as code; a backtick without its partner stays."""
    if "`" not in message:
        return escape(message)
    parts = message.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return Markup("").join(
        Markup(f"<code>{escape(part)}</code>") if number % 2 else escape(part)  # noqa: S704
        for number, part in enumerate(parts)
    )
