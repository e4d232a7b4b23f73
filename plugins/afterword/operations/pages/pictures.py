"""Drawings of the causes of many records, laid out by one process of the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from afterword.derive.causes.record_causes import RecordCauses
from afterword.derive.places.address import record_address
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.operations.pages.kept_layouts import KeptLayouts
from afterword.render.page.links import Links
from afterword.render.picture.dot import sketch_dot
from afterword.render.picture.drawing import dressed
from afterword.render.picture.sketch import has_more_boxes, sketch_of
from afterword.sources.cache import Cache
from afterword.sources.layout import find_engine, lay_out


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings by the record's id, as they stand in its page or in the file beside it, and sentences for the log about those that failed.

    `layouts` are those that were made for them, by the record's path: the hash of what each was made from, and below it what the engine said.
    """

    drawings: Mapping[str, str]
    notes: tuple[str, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JudgedRecord:
    """A record whose causes are to be drawn, with the archive that knows the actions they name, and how they are judged."""

    record: Postmortem
    archive: Archive
    causes: RecordCauses

    @classmethod
    def of(cls, record: Postmortem, archive: Archive, as_of: dt.date) -> JudgedRecord:
        """Judge the causes of a record on a day."""
        return cls(record, archive, RecordCauses.of(record, archive, as_of))


def draw_kept(
    judged: Sequence[JudgedRecord], settings: Settings, cache: Cache, timeout: float = 60
) -> Pictures:
    """Draw trees and chains as `draw` does, with the layouts that the cache has, and keep the others."""
    with KeptLayouts.within(cache.folder) as kept:
        pictures = draw(judged, settings, kept.of(each.record.path for each in judged), timeout)
        kept.keep(pictures.layouts)
    return pictures


def draw(
    judged: Iterable[JudgedRecord], settings: Settings, known: Mapping[str, str], timeout: float = 60
) -> Pictures:
    """Draw trees and chains; those whose layout is not `known` go through one process of the engine.

    One that fails, or is larger than the settings allow, is missing from the result, and all are where there is no engine. What is known is by the record's path, as `layouts` of earlier pictures are. Of an engine that does not answer within `timeout` seconds there are none.
    """
    by_id = {each.record.id: each for each in judged if has_causes(each.record)}
    sketches = {
        record_id: sketch
        for record_id, each in by_id.items()
        if not has_more_boxes(each.record, settings.largest_drawing)
        and (sketch := sketch_of(each.record, each.causes.tree, each.causes.whys)) is not None
    }
    dots = {record_id: sketch_dot(sketch) for record_id, sketch in sketches.items()}
    engine = find_engine()
    if not dots or engine is None:
        return Pictures({})
    keys = {record_id: Cache.key(engine.version, dot) for record_id, dot in dots.items()}
    drawings: dict[str, str | None] = {}

    def draw_one(record_id: str, layout: str) -> None:
        record = by_id[record_id].record
        links = Links(by_id[record_id].archive, record, record_address(record, settings))
        drawings[record_id] = dressed(sketches[record_id], layout, links)

    waiting = []
    for record_id, key in keys.items():
        made_from, _, layout = known.get(by_id[record_id].record.path, "").partition("\n")
        if made_from == key:
            draw_one(record_id, layout)
        else:
            waiting.append(record_id)
    # Drawn while the engine is at the next; what it does not stand by in the end is thrown away.
    result = lay_out(
        [dots[record_id] for record_id in waiting],
        engine,
        timeout,
        lambda position, layout: draw_one(waiting[position], layout),
    )
    layouts: dict[str, str] = {}
    notes = []
    for record_id, answer in zip(waiting, result.layouts, strict=True):
        path = by_id[record_id].record.path
        if answer is None:
            notes.append(f"{path}: the causes could not be laid out and are shown as a list")
            drawings.pop(record_id, None)
        else:
            layouts[path] = f"{keys[record_id]}\n{answer}"
    if result.problem:
        notes.append(result.problem)
    return Pictures({record_id: svg for record_id, svg in drawings.items() if svg}, tuple(notes), layouts)


def has_causes(record: Postmortem) -> bool:
    """Tell whether there is anything to draw."""
    return record.causal_tree is not None or record.five_whys is not None
