"""What actions answer, in their own record and in others."""

from __future__ import annotations

from afterword.derive.causes.answers import answers, answers_elsewhere
from tests.derive.drawn_records import a_record, actions, an_archive, tree, whys

TABLE = actions("A1 | open")


def test_every_statement_that_names_an_action_is_given() -> None:
    """Nodes come first, then answers; what stands twice is given twice, what names it twice once."""
    record = a_record(
        actions=TABLE,
        tree=tree("Outcome\n  Pool -> A1, a1\n    Size -> A1"),
        whys=whys("Pool -> A1"),
    )
    assert [(each.kind.value, each.place, each.text) for each in answers(record)["a1"]] == [
        ("node", "0.0", "Pool"),
        ("node", "0.0.0", "Size"),
        ("answer", "1", "Pool"),
    ]


def test_other_records_are_found_by_id_and_alias() -> None:
    """A record that names an action of another stands with that action; its own id, and one that nobody has, make no link."""
    target = a_record("2026-01-01-a", actions=TABLE, aliases=("2025-12-31-old",))
    naming = a_record(
        "2026-02-01-b",
        tree=tree(
            "Outcome\n  One -> 2026-01-01-a#A1\n  Two -> 2025-12-31-old#A1\n  Own -> 2026-02-01-b#A1\n  None -> 2024-01-01-x#A1"
        ),
    )
    found = answers_elsewhere(an_archive(target, naming))
    assert list(found) == ["2026-01-01-a"]
    assert [(each.record.id, each.text) for each in found["2026-01-01-a"]["a1"]] == [
        ("2026-02-01-b", "One"),
        ("2026-02-01-b", "Two"),
    ]
    assert [each.text for each in answers(naming)["a1"]] == ["Own"]
