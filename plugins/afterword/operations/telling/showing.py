"""One record for a terminal, and its causes in every form in which they can be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from afterword.derive.causes.record_causes import RecordCauses
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.extra import extra_missing
from afterword.operations.reading.loading import Progress
from afterword.operations.reading.subject import Subject, find_subject
from afterword.render.picture.dot import sketch_dot
from afterword.render.picture.drawing import BACKGROUND, standalone
from afterword.render.picture.mermaid import causes_mermaid
from afterword.render.picture.sketch import Sketch, sketch_of
from afterword.render.picture.svg import dress
from afterword.render.terminal.record_text import record_text
from afterword.render.terminal.tree_text import causes_text
from afterword.render.text.terminal import Terminal
from afterword.sources.files import write_atomically
from afterword.sources.layout import find_engine, lay_out
from afterword.sources.raster import to_png


class NoCausesError(Exception):
    """Says that a record has nothing that could be shown in the form asked for."""


def show_record(
    name: str,
    terminal: Terminal,
    config: Path | None,
    as_of: dt.date | None = None,
    progress: Progress | None = None,
) -> str:
    """Give a record as text; `name` is its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    subject = find_subject(name, config, as_of, progress)
    return record_text(subject.record, subject.archive, subject.day, terminal)


def show_causes(
    name: str,
    form: str,
    terminal: Terminal,
    config: Path | None,
    as_of: dt.date | None,
    progress: Progress | None = None,
) -> str | bytes:
    """Give causal tree and five whys of a record in one of `FORMS`; `terminal` is for the form `text` alone.

    Raises NoCausesError where the record has none that the form can show, CannotRunError where there is no such record, or no program that
    draws it.
    """
    subject = find_subject(name, config, as_of, progress)
    if subject.record.causal_tree is None and subject.record.five_whys is None:
        raise NoCausesError(f"{subject.record.path} has neither a causal tree nor five whys")
    return FORMS[form](subject, terminal)


def write_causes(shown: str | bytes, location: Path) -> None:
    """Write what `show_causes` gave to a file, whole or not at all. Raises OSError where it cannot be written."""
    write_atomically(location, shown if isinstance(shown, bytes) else shown.encode("utf-8", "replace"))


def _text(subject: Subject, terminal: Terminal) -> str:
    return "\n".join([*causes_text(subject.record, _causes(subject), terminal), ""])


def _mermaid(subject: Subject, terminal: Terminal) -> str:
    return causes_mermaid(subject.record, _causes(subject))


def _dot(subject: Subject, terminal: Terminal) -> str:
    return sketch_dot(_sketch(subject))


def _svg(subject: Subject, terminal: Terminal) -> str:
    return standalone(_drawing(subject)) + "\n"


def _png(subject: Subject, terminal: Terminal) -> bytes:
    drawing = standalone(_drawing(subject), light_only=True)
    try:
        return to_png(drawing, BACKGROUND)
    except ImportError as error:
        raise extra_missing("drawing as PNG", "png", error) from error
    except ValueError as error:
        raise CannotRunError(f"the causal tree cannot be drawn as PNG: {error}") from error


FORMS: Mapping[str, Callable[[Subject, Terminal], str | bytes]] = {
    "text": _text,
    "svg": _svg,
    "png": _png,
    "dot": _dot,
    "mermaid": _mermaid,
}
"""All forms in which causes are shown; a new one gets its line here."""


def _causes(subject: Subject) -> RecordCauses:
    return RecordCauses.of(subject.record, subject.archive, subject.day)


def _sketch(subject: Subject) -> Sketch:
    causes = _causes(subject)
    sketch = sketch_of(subject.record, causes.tree, causes.whys)
    if sketch is None:
        raise NoCausesError(f"{subject.record.path} has neither a causal tree nor five whys")
    return sketch


def _drawing(subject: Subject) -> str:
    sketch = _sketch(subject)
    engine = find_engine()
    if engine is None:
        raise CannotRunError(
            "drawing needs a layout engine: `pip install graphviz-pure` brings one, and `dot` of Graphviz is another"
        )
    result = lay_out([sketch_dot(sketch)], engine)
    layout = result.layouts[0]
    drawing = dress(sketch, layout, lambda _: None, None) if layout else None
    if drawing is None:
        raise CannotRunError(result.problem or f"the causal tree cannot be drawn by {engine.version}")
    return drawing
