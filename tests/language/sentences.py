"""The labelled sentences: what stands in `sentences.tsv` and `causes.tsv`, and what the rules say of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from afterword.check.context import Context
from afterword.check.table import LANGUAGE_RULES
from afterword.model.finding import Finding
from afterword.model.settings import Settings
from afterword.model.words import SECTIONS
from afterword.parse.record import parse_record

TABLE = Path(__file__).parent / "sentences.tsv"
CAUSES = TABLE.with_name("causes.tsv")
"""Nodes, factors, answers and summaries, for the two rules about causes."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the table: the rules that must speak, the one that it tempts, and the section that it stands in."""

    expected: frozenset[str]
    tempts: str
    section: str
    text: str


def read_sentences(table: Path = TABLE) -> list[Sentence]:
    """Read a table; `none` in its first column means that no rule speaks."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Sentence(frozenset(row[0].split(",")) - {"none"}, *row[1:]) for row in rows]


def judge(section: str, text: str, rules: Collection[str], settings: Settings | None = None) -> list[Finding]:
    """Give what some rules find in a sentence that is an item of a section."""
    settings = settings or Settings()
    source = f"---\ntitle: t\n---\n\n## {SECTIONS[section][0]}\n\n- {text}\n"
    record = parse_record(source.encode(), "2026-03-14-sentence.md", settings)
    context = Context(settings, dt.date(2026, 4, 1), frozenset(), {}, frozenset(), {})
    return [
        finding
        for rule in LANGUAGE_RULES
        if rule.id in rules and rule.check
        for finding in rule.check(record, context)
    ]
