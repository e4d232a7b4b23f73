"""What is followed of a record is the same whether all of it is read or only what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.changing_archive import ChangingArchive
from benchmarks.generate import draw_record

from afterword.model.commits import RecordState
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.record_state import StateReader, states_by_id
from afterword.parse.source.excerpt import entries_of, headings_of
from afterword.parse.source.large_stack import on_large_stack

TABLE = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n"
ROW = "| A{0} | Do *it* {0} | [Ada][ada] | 2026-01-0{0} | [T-{0}](https://t.example/T-{0}) | process | done 2026-01-02 |\n"
HEADER = "---\ntitle: Cut\ndate: 2026-01-01\nseverity: sev2\nstatus: draft\n---\n\n"
ACTIONS = f"## Action items\n\n{TABLE}{ROW.format(1)}{ROW.format(2)}\n"
OTHERS = f"## Lessons learned\n\n{TABLE}{ROW.format(3)}\n"

BODIES = {
    "plain": f"## Summary\n\nText.\n\n{ACTIONS}{OTHERS}",
    "an address defined below": f"{ACTIONS}{OTHERS}[ada]: https://people.example/ada\n",
    "a heading in a fence": f"```text\n## Action items\n{TABLE}{ROW.format(4)}```\n\n{ACTIONS}{OTHERS}",
    "a fence with a longer one in it": f"```\n~~~\n```` x\n## Action items\n`````\n{ACTIONS}```\n{OTHERS}",
    "a fence in an item": f"- a\n\n  ```\n  ## x\n## Action items\n\n{TABLE}{ROW.format(5)}",
    "a fence on an item's line": f"- ```\n{ACTIONS}```\n{OTHERS}",
    "a fence that is never closed": f"~~~\n{ACTIONS}{OTHERS}",
    "a comment": f"<!-- note -->\n{ACTIONS}<!-- note\n{OTHERS}-->\n\n{OTHERS}",
    "a comment that goes on": f"<!--\n{ACTIONS}-->\n{OTHERS}",
    "raw HTML": f"<pre>\n\n{ACTIONS}</pre>\n\n{ACTIONS}",
    "underlined headings": f"Action items\n---\n\n{TABLE}{ROW.format(6)}\nLessons learned\n===\n\n{TABLE}{ROW.format(7)}",
    "a rule": f"{ACTIONS}---\n\n{TABLE}{ROW.format(8)}{OTHERS}",
    "a heading below a row": f"{TABLE}{ROW.format(9)}{ACTIONS.replace(chr(10) * 2, chr(10))}## Lessons | learned |\n{TABLE}",
    "third level": f"## Follow-up\n\n{ACTIONS.replace('##', '###')}{OTHERS.replace('##', '####')}",
    "a part below it": f"{ACTIONS}### Later\n\n{TABLE}{ROW.format(3)}{OTHERS}",
    "first level": f"# Cut\n\n# Action items\n\n{TABLE}{ROW.format(1)}# More\n\n{TABLE}{ROW.format(2)}{OTHERS}",
    "a first level inside": f"{ACTIONS}# More\n\n{TABLE}{ROW.format(3)}",
    "decorated": ACTIONS.replace("Action items", "7. **Action items** :rocket: ##") + OTHERS,
    "twice": f"{ACTIONS}{OTHERS}{ACTIONS.replace('A1', 'A7')}",
    "in a quote": f"> ## Action items\n> {TABLE.splitlines()[0]}\n{ACTIONS}{OTHERS}",
    "indented": f" ## Action items\n\n{TABLE}{ROW.format(3)}{OTHERS}",
    "without a table": "## Action items\n\nNone | yet.\n",
    "nothing below": "a | b\n\n## Action items",
}
HEADERS = {
    "lists": "title: A\naliases: [a, b-c]\nauthors:\n  - {name: Ada, role: x}\nstatus: final\n",
    "items": "aliases:\n  - one\n  - two\nauthors:\n  - name: Ada\n    role: x\nseverity: sev1\n",
    "a quote over lines": 'summary: "a\nstatus: final\nb"\nseverity: sev1\n',
    "a flow over lines": "x: [a,\nstatus: final,\nb]\nseverity: sev1\n",
    "text in a block": "x: |\n  a\nstatus: final\ny: >\n  status: draft\n",
    "twice": "status: draft\nx: y\nstatus: final\n",
    "empty": "title:\nstatus:\nx:\nseverity: sev1\n",
    "a colon": "title: One: two\nstatus: final\n",
    "a value goes on": "title: One\n  two\nstatus: final\nx: y\n  z\n",
    "a mapping below a value": "x: y\n  z: a\nstatus: final\n",
    "anchors": "x: &a b\nstatus: *a\nseverity: sev1\n",
    "two documents": "status: draft\n--- x\nseverity: sev1\n",
    "the end of a document": "status: draft\n... # end\nseverity: sev1\n",
    "quoted keys": '"status": draft\nseverity: sev1\n',
    "comments": "status: draft # final\n# x\nseverity: sev1\n",
    "no mapping": "- status\n",
    "quoted": 'title: \'a: b\'\nx: "c # d"\nstatus: "final"\n',
}


def whole(raw: bytes, settings: Settings) -> RecordState:
    """Read a record as it is read today, and take of it what is followed."""
    record = parse_record(raw, "a.md", settings)
    header = record.header
    return RecordState(
        header.status,
        header.severity,
        tuple(header.aliases),
        header.date,
        has_record_keys=True,
        actions=states_by_id(record.actions),
    )


def differing(texts: dict[str, str]) -> list[str]:
    """Give the texts of which something else is followed than the whole of them says."""
    settings = Settings()
    reader = StateReader(settings)

    def compare() -> list[str]:
        found = []
        for name, text in texts.items():
            raw = text.encode()
            read, expected = reader.read(raw), whole(raw, settings)
            told = (read.status, read.severity, read.aliases, read.actions)
            if told != (expected.status, expected.severity, expected.aliases, expected.actions):
                found.append(name)
        return found

    return on_large_stack(compare)


@pytest.mark.parametrize("name", BODIES)
def test_any_body(name: str) -> None:
    """The actions of a record are the same however its parts are written."""
    assert not differing({name: HEADER + BODIES[name], "without a header": BODIES[name]})


@pytest.mark.parametrize("name", HEADERS)
def test_any_header(name: str) -> None:
    """Status, severity and aliases are the same however the header is written."""
    assert not differing({name: f"---\n{HEADERS[name]}---\n\n{ACTIONS}"})


def test_records_of_the_repository() -> None:
    """Every record of this repository, its templates and documents give what the whole of them gives."""
    root = Path(__file__).parents[2]
    texts = {
        str(path): path.read_text(encoding="utf-8")
        for folder in ("postmortems", "docs", "plugins/afterword/authoring")
        for path in sorted((root / folder).rglob("*.md"))
    }
    assert len(texts) > 20
    assert not differing(texts)


def test_generated_records() -> None:
    """So do generated records and those of an archive that changes, and of nearly all of them most is left out."""
    archive = ChangingArchive(40, 1.0, 5)
    for _ in range(80):
        archive.happen()
    changed = [record.text().decode() for record in archive.records.values()]
    texts = {
        str(number): text for number, text in enumerate([*changed, *(draw_record(n)[1] for n in range(40))])
    }
    assert not differing(texts)
    headers = [text.split("---\n")[1].strip() for text in texts.values()]
    assert sum(len(entries_of(each, {"status"})) < 40 for each in headers) > len(headers) * 0.9
    assert (
        sum(headings_of(text.split("---\n", 2)[2]) is not None for text in texts.values()) > len(texts) * 0.9
    )


def test_what_was_read_before_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more was read than is remembered, as of a hundred thousand records, it is read again."""
    contents = [f"{HEADER}{body}".encode() for body in BODIES.values()]

    def states() -> list[RecordState]:
        reader = StateReader(Settings())
        return on_large_stack(lambda: [reader.read(content) for content in contents])

    all_kept = states()
    monkeypatch.setattr("afterword.parse.record_state._MOST_KEPT", 1)
    assert states() == all_kept
