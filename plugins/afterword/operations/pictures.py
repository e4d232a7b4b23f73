"""All causal trees of an archive, drawn in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from afterword.derive.coverage import tree_coverage
from afterword.model.archive import Archive
from afterword.render.dot import tree_dot
from afterword.sources.cache import Cache
from afterword.sources.layout import find_engine, lay_out

LARGEST_DRAWN = 1_500
"""Nodes; a larger tree is shown as its list alone."""

NO_ENGINE = "no layout engine was found, causal trees are shown as lists: pip install graphviz-pure"


@dataclass(frozen=True, slots=True)
class Pictures:
    """The engine's SVG of each drawn tree by the record's id, and sentences for the log."""

    svgs: Mapping[str, str]
    notes: tuple[str, ...] = ()


def draw_trees(archive: Archive, as_of: dt.date, cache: Cache) -> Pictures:
    """Lay out every tree that is not in the cache, in one process of the engine; a tree that fails is missing from the result."""
    dots: dict[str, str] = {}
    notes: list[str] = []
    for record in archive.records:
        tree, coverage = record.causal_tree, tree_coverage(record, archive, as_of)
        if tree is None or coverage is None:
            continue
        if sum(1 for _ in tree.outcome.walk()) > LARGEST_DRAWN:
            notes.append(
                f"{record.path}: the causal tree has more than {LARGEST_DRAWN} nodes and is shown as a list"
            )
            continue
        dots[record.id] = tree_dot(tree, coverage)
    if not dots:
        return Pictures({}, tuple(notes))
    engine = find_engine()
    if engine is None:
        return Pictures({}, (*notes, NO_ENGINE))
    keys = {record_id: Cache.key(engine.version, dot) for record_id, dot in dots.items()}
    svgs = {record_id: svg for record_id, key in keys.items() if (svg := cache.get(key)) is not None}
    waiting = [record_id for record_id in dots if record_id not in svgs]
    result = lay_out([dots[record_id] for record_id in waiting], engine)
    for record_id, svg in zip(waiting, result.svgs, strict=True):
        if svg is None:
            path = archive.by_id[record_id.lower()].path
            notes.append(f"{path}: the causal tree could not be laid out and is shown as a list")
            continue
        cache.put(keys[record_id], svg)
        svgs[record_id] = svg
    if result.problem:
        notes.append(result.problem)
    return Pictures(svgs, tuple(notes))
