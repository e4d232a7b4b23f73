"""How well the rules of language agree with people who read the same documents.

    python -m benchmarks.language LABELS.tsv FOLDER [--near NEAR.tsv] [--category ID …] [--findings OUT.tsv] [--show]

LABELS is a table with the columns collection, file, line, category, cue, one row an offence, and lists every offence of the documents that it names: those of
FOLDER/collection. A finding within one line of a label of its category is right, in the row `any` of a label of whatever category; a label is found where such a
finding is. Findings that meet no label are false alarms. NEAR, of the same form, names lines that tempt and are no offence.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword import operations
from afterword.check.table import LANGUAGE_RULES

ANY = "any"
NOT_LABELLED = frozenset({"single-root-cause", "person-in-cause"})
"""Rules that readers of the labelled documents were not asked about."""

WITHIN = 1
"""Lines between a finding and its label: sentences are wrapped."""


@dataclass(frozen=True, order=True)
class Mark:
    """A category on a line of a document, found or labelled."""

    collection: str
    file: str
    line: int
    category: str

    def meets(self, other: Mark, category: str) -> bool:
        """Tell whether two marks mean the same passage, of whatever category where that is `any`."""
        same_document = (self.collection, self.file) == (other.collection, other.file)
        return (
            same_document
            and abs(self.line - other.line) <= WITHIN
            and (category == ANY or self.category == other.category)
        )


@dataclass(frozen=True)
class Score:
    """The figures of one category: how many are labelled and found, how many findings are right, how many labels were met."""

    category: str
    labels: int
    found: int
    right: int
    met: int

    @property
    def precision(self) -> float:
        """Give the share of findings that are right; of none, 0."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Give the share of labels that were met; of none, 0."""
        return self.met / max(1, self.labels)


def read_marks(path: Path) -> list[Mark]:
    """Read a table of labels; rows of fewer than four columns and the head are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if len(row) >= 4 and row[0] != "collection"]
    return [Mark(collection, name, int(line), category) for collection, name, line, category, *_ in rows]


def findings_in(folder: Path, collections: Iterable[str], categories: Collection[str]) -> set[Mark]:
    """Judge all documents of some collections with the rules of language."""
    marks: set[Mark] = set()
    for collection in collections:
        place = (folder / collection).resolve()
        judged = operations.judge_language(operations.find_documents(None, [place]))
        for finding in judged.findings:
            if finding.rule in categories:
                name = (judged.root / finding.path).resolve().relative_to(place).as_posix()
                marks.add(Mark(collection, name, finding.span.line, finding.rule))
    return marks


def score(labels: Collection[Mark], found: Collection[Mark]) -> list[Score]:
    """Give the score of each category, by name, and of all together last."""
    by_document: dict[tuple[str, str], tuple[list[Mark], list[Mark]]] = {}
    for index, marks in enumerate((labels, found)):
        for mark in marks:
            by_document.setdefault((mark.collection, mark.file), ([], []))[index].append(mark)
    scores = []
    for category in [*sorted({mark.category for mark in (*labels, *found)}), ANY]:
        counts = [0, 0, 0, 0]
        for labelled, here in by_document.values():
            wanted = [mark for mark in labelled if category in (ANY, mark.category)]
            claimed = [mark for mark in here if category in (ANY, mark.category)]
            counts[0] += len(wanted)
            counts[1] += len(claimed)
            counts[2] += sum(any(mark.meets(label, category) for label in wanted) for mark in claimed)
            counts[3] += sum(any(mark.meets(label, category) for mark in claimed) for label in wanted)
        scores.append(Score(category, *counts))
    return scores


def table(scores: Iterable[Score]) -> str:
    """Lay scores out as a table."""
    lines = [f"{'category':16}{'labels':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>9}"]
    lines += [
        f"{each.category:16}{each.labels:8}{each.found:8}{each.right:8}{each.precision:11.2f}{each.recall:9.2f}"
        for each in scores
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores, and what they are made of where that is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.language", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--near", type=Path, help="a table of lines that tempt and are no offence")
    parser.add_argument("--category", action="append", help="judge by these rules alone")
    parser.add_argument("--collection", action="append", help="judge these collections alone")
    parser.add_argument("--findings", type=Path, help="write the findings as a table")
    parser.add_argument("--show", action="store_true", help="list false alarms and misses")
    options = parser.parse_args(arguments)
    categories = frozenset(options.category or {rule.id for rule in LANGUAGE_RULES} - NOT_LABELLED)
    labels = [mark for mark in read_marks(options.labels) if mark.category in categories]
    named = {mark.collection for mark in read_marks(options.labels)}
    collections = sorted(named & set(options.collection) if options.collection else named)
    labels = [mark for mark in labels if mark.collection in collections]
    found = findings_in(options.folder, collections, categories)
    print(table(score(labels, found)))
    alarms = sorted(mark for mark in found if not any(mark.meets(label, ANY) for label in labels))
    near = {
        (mark.collection, mark.file, mark.line) for mark in (read_marks(options.near) if options.near else ())
    }
    tempted = sum((mark.collection, mark.file, mark.line) in near for mark in alarms)
    print(
        f"false alarms {len(alarms)}"
        + (f", of them on labelled near misses {tempted}" if options.near else "")
    )
    if options.findings:
        rows = [f"{mark.collection}\t{mark.file}\t{mark.line}\t{mark.category}\n" for mark in sorted(found)]
        options.findings.write_text("".join(rows), encoding="utf-8")
    if options.show:
        missed = sorted(label for label in labels if not any(mark.meets(label, ANY) for mark in found))
        for word, marks in (("false alarm", alarms), ("missed", missed)):
            for mark in marks:
                print(f"{word}: {mark.collection}/{mark.file}:{mark.line} [{mark.category}]")


if __name__ == "__main__":
    main()
