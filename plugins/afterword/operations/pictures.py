"""All drawings of causes of an archive, made in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from afterword.check.wording import counted
from afterword.derive.address import record_address
from afterword.derive.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.operations.loading import not_collecting
from afterword.render.dot import sketch_dot
from afterword.render.drawing import dressed
from afterword.render.links import Links
from afterword.render.sketch import Sketch, count_boxes, sketch_of
from afterword.sources.cache import Cache
from afterword.sources.layout import find_engine, lay_out

NO_ENGINE = "no layout engine was found, causal trees are shown as lists: pip install graphviz-pure"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings by the record's id, as they stand in its page or in the file beside it, and sentences for the log."""

    drawings: Mapping[str, str]
    notes: tuple[str, ...] = ()


@not_collecting()
def draw_causes(
    archive: Archive,
    as_of: dt.date,
    cache: Cache,
    judged: Mapping[str, RecordCauses] | None = None,
    timeout: float = 60,
) -> Pictures:
    """Draw every tree and chain; those whose layout is not in the cache go through one process of the engine, and one that fails is missing from the result.

    `judged` are the causes of each record as judged on the day, where they are known already. Nothing is kept of an engine that does not answer within `timeout` seconds.
    """
    sketches, notes = _sketches(archive, as_of, judged or {})
    dots = {record_id: sketch_dot(sketch) for record_id, sketch in sketches.items()}
    if not dots:
        return Pictures({}, tuple(notes))
    engine = find_engine()
    if engine is None:
        return Pictures({}, (*notes, NO_ENGINE))
    keys = {record_id: Cache.key(engine.version, dot) for record_id, dot in dots.items()}
    records = {record.id: record for record in archive.records}
    drawings: dict[str, str | None] = {}

    def draw(record_id: str, layout: str) -> None:
        record = records[record_id]
        links = Links(archive, record, record_address(record, archive.settings))
        drawings[record_id] = dressed(sketches[record_id], layout, links)

    waiting = []
    for record_id, key in keys.items():
        layout = cache.get(key)
        if layout is None:
            waiting.append(record_id)
        else:
            draw(record_id, layout)
    # Drawn while the engine is at the next; what it does not stand by in the end is thrown away.
    result = lay_out(
        [dots[record_id] for record_id in waiting],
        engine,
        timeout,
        lambda position, layout: draw(waiting[position], layout),
    )
    for record_id, layout in zip(waiting, result.layouts, strict=True):
        if layout is None:
            notes.append(
                f"{records[record_id].path}: the causes could not be laid out and are shown as a list"
            )
            drawings.pop(record_id, None)
        else:
            cache.put(keys[record_id], layout)
    if result.problem:
        notes.append(result.problem)
    return Pictures({record_id: svg for record_id, svg in drawings.items() if svg}, tuple(notes))


def _sketches(
    archive: Archive, as_of: dt.date, judged: Mapping[str, RecordCauses]
) -> tuple[dict[str, Sketch], list[str]]:
    """Sketch what is not too large, by the record's id, and say of what it is."""
    sketches: dict[str, Sketch] = {}
    notes: list[str] = []
    largest = archive.settings.largest_drawing
    for record in archive.records:
        if record.causal_tree is None and record.five_whys is None:
            continue
        if count_boxes(record) > largest:
            notes.append(
                f"{record.path}: the causes are more than {counted(largest, 'statement')} (`largest_drawing`) and are shown as a list"
            )
            continue
        causes = judged.get(record.id) or RecordCauses.of(record, archive, as_of)
        sketch = sketch_of(record, causes.tree, causes.whys)
        if sketch is not None:
            sketches[record.id] = sketch
    return sketches, notes
