"""What a record's causes are, and how many of them are answered (docs/figures.md, "Coverage")."""

from __future__ import annotations

import dataclasses

from afterword.derive.causes.coverage import NodeState
from afterword.derive.causes.record_causes import (
    CauseCounts,
    RecordCauses,
    accepted_risks,
    records_named,
    statements,
)
from afterword.model.causes import Acceptance, ActionRef, Factor
from afterword.model.record import Postmortem
from afterword.model.span import START
from tests.derive.drawn_records import a_record, actions, an_archive, day, rich, tree, whys

TODAY = day("2026-06-01")
TABLE = actions("""
    A1 | done | closed 2026-03-27
    A2 | cancelled | closed 2026-03-27
""")


def factor(text: str, *names: str, accepted: Acceptance | None = None) -> Factor:
    """Make a factor that names actions."""
    return Factor(
        rich(text), START, actions=tuple(ActionRef(name, None, START) for name in names), accepted=accepted
    )


def causes_of(record: Postmortem, *factors: Factor) -> RecordCauses:
    """Judge a record with factors."""
    record = dataclasses.replace(record, factors=factors)
    return RecordCauses.of(record, an_archive(record), TODAY)


def test_leaves_and_factors_are_counted_apart() -> None:
    """A leaf is addressed, accepted or neither; so is a factor; what is both counts as addressed."""
    record = a_record(
        actions=TABLE,
        tree=tree("""
        Outcome
          Done -> A1
          Both -- accepted 2026-09-30 -> A1
          Accepted -- accepted 2026-09-30
          Past -- accepted 2026-05-31
          Cancelled -> A2
        """),
    )
    found = causes_of(record, factor("The pool is small", "A1"), factor("The alert is late"))
    assert found.leaf_counts == CauseCounts(2, 1, 2)
    assert found.factor_counts == CauseCounts(1, 0, 1)
    assert [(cause.text, cause.state.value) for cause in found.open] == [
        ("Past", "review past"),
        ("Cancelled", "action cancelled"),
        ("The alert is late", "unaddressed"),
    ]


def test_records_are_named_in_the_order_of_the_statements() -> None:
    """Of the tree, the answers and the factors, those names alone that lead to another record."""
    record = a_record(
        tree=tree("""
        Outcome
          One -> 2026-01-01-b#A1, A2
            Below -> 2026-01-01-c#A1
          Two -> 2026-01-01-b#A2
        """),
        whys=whys("because -> 2026-01-01-d#A1", "of that"),
    )
    far = Factor(rich("far"), START, actions=(ActionRef("A1", "2026-01-01-a", START),))
    record = dataclasses.replace(record, factors=(factor("near", "A1"), far))
    named = [
        ref.record for _, _, said in statements(record) for ref in said.actions if ref.record is not None
    ]
    assert records_named(record) == named
    assert "2026-01-01-a" in named


def test_last_answer_is_a_leaf() -> None:
    """Of five whys the last answer alone counts, and has the number of its step."""
    found = causes_of(a_record(whys=whys("because of this", "because of that")))
    assert [(cause.kind.value, cause.place, cause.text) for cause in found.leaves] == [
        ("answer", "2", "because of that")
    ]


def test_last_answer_that_is_a_node_counts_once() -> None:
    """In a hybrid the last answer is counted where the tree has it."""
    record = a_record(whys=whys("first", "Pool exhausted"), tree=tree("Outcome\n  Pool exhausted"))
    assert [cause.kind.value for cause in causes_of(record).leaves] == ["node"]


def test_factor_told_by_the_analysis_is_judged_there_and_listed_once() -> None:
    """A factor in the words of a node takes its state, and is open only as a node."""
    record = a_record(actions=TABLE, tree=tree("Outcome\n  Pool exhausted -> A1\n  Nobody knew\n"))
    found = causes_of(record, factor("Pool exhausted."), factor("nobody knew"), factor("Other", "A1"))
    assert found.factor_counts == CauseCounts(2, 0, 1)
    assert [cause.kind.value for cause in found.open] == ["node"]


def test_factors_are_not_judged_where_the_analysis_alone_carries_marks() -> None:
    """Silence of the factors says nothing where the tree says it all."""
    record = a_record(actions=TABLE, tree=tree("Outcome\n  Leaf -> A1"))
    found = causes_of(record, factor("One"), factor("Two"))
    assert found.factor_counts == CauseCounts(unjudged=2)
    assert found.open == ()


def test_record_without_marks_is_told_apart() -> None:
    """Where nothing names anything, all of it is unaddressed and the record known to be unmarked."""
    found = causes_of(a_record(tree=tree("Outcome\n  Leaf")), factor("One"))
    assert (found.marked, len(found.open)) == (False, 2)


def test_accepted_risks_are_those_with_words_of_their_own() -> None:
    """What is accepted is listed where its mark stands: nodes with children too, answers and factors, whatever the day."""
    accepted = Acceptance("rare", "lead", None, START)
    record = dataclasses.replace(
        a_record(
            tree=tree("Outcome\n  Branch -- accepted 2020-01-01\n    Leaf\n"),
            whys=whys("one", "two -- accepted 2026-09-30"),
        ),
        factors=(factor("Three", accepted=accepted),),
    )
    assert [(risk.kind.value, risk.place, risk.text) for risk in accepted_risks(record)] == [
        ("node", "0.0", "Branch"),
        ("answer", "2", "two"),
        ("factor", "1", "Three"),
    ]


def test_what_is_still_to_be_written_is_no_cause() -> None:
    """Placeholders among leaves, answers, factors and risks are counted and listed nowhere, and keep their places."""
    record = a_record(
        actions=TABLE,
        tree=tree("""
        … what customers met
          … what broke -> A1
          The pool is small
          TODO ask -- accepted 2026-09-30
        """),
        whys=whys("because of this", "… because of what"),
    )
    found = causes_of(record, factor("… what made it possible", "A1"), factor("The alert is late"))
    assert [(cause.place, cause.text) for cause in found.leaves] == [("0.1", "The pool is small")]
    assert [(cause.place, cause.text, cause.judged) for cause in found.factor_causes] == [
        ("2", "The alert is late", True)
    ]
    assert (found.tree.leaves, found.tree.addressed, found.marked) == (1, 0, False) if found.tree else False
    assert {found.factors[0].state, found.whys[1].state} == {NodeState.UNWRITTEN}
    assert list(accepted_risks(record)) == []
