"""Causes addressed and accepted (docs/format.md, section 5)."""

from __future__ import annotations

from afterword.derive.causes.coverage import (
    NodeState,
    factor_coverage,
    hybrid_join,
    resolve,
    tree_coverage,
    why_coverage,
)
from afterword.model.causes import ActionRef, CausalNode, CausalTree, Factor
from afterword.model.record import Postmortem
from afterword.model.span import START
from tests.derive.drawn_records import a_record, actions, an_archive, day, node, tree, whys

TODAY = day("2026-06-01")
TABLE = actions("""
    A1 | done        | closed 2026-03-27
    A2 | open        | due 2026-06-01
    A3 | in progress | due 2026-05-31
    A4 | cancelled   | closed 2026-04-01
    A5 | candidate
    A6 | ?
""")


def judged(drawing: str) -> dict[str, str]:
    """Give the state of each node of a tree by label, with a for addressed and c for accepted before it."""
    record = a_record(tree=tree(drawing), actions=TABLE)
    coverage = tree_coverage(record, an_archive(record), TODAY)
    assert coverage is not None
    return {
        each.node.label.text: f"{'a' if each.addressed else '-'}{'c' if each.accepted else '-'} {each.state}"
        for each in coverage.nodes.values()
    }


def test_leaf_takes_the_state_of_its_actions() -> None:
    """The worst state of a leaf's actions is its own; candidates and cancelled actions address nothing."""
    assert judged("""
        Outcome
          Done -> A1
          Due today -> A1, A2
          Overdue -> A2, A3
          Cancelled -> A4
          Cancelled and done -> A4, A1
          Candidate -> A5
          Unreadable -> A6
          Missing -> A9
          Nothing
    """) == {
        "Outcome": "-- unaddressed",
        "Done": "a- action done",
        "Due today": "a- action open",
        "Overdue": "a- action overdue",
        "Cancelled": "-- action cancelled",
        "Cancelled and done": "a- action done",
        "Candidate": "-- unaddressed",
        "Unreadable": "a- action open",
        "Missing": "-- action missing",
        "Nothing": "-- unaddressed",
    }


def test_ancestor_addresses_all_below_it_but_the_outcome_does_not() -> None:
    """What an inner factor names covers every node below it; what the outcome names covers the outcome alone."""
    assert judged("""
        Outcome -> A1
          Branch -> A2
            Twig
              Leaf
              Leaf with its own -> A1
          Other
    """) == {
        "Outcome": "a- action done",
        "Branch": "a- action open",
        "Twig": "a- action open",
        "Leaf": "a- action open",
        "Leaf with its own": "a- action done",
        "Other": "-- unaddressed",
    }


def test_cancelled_action_of_an_ancestor_covers_nothing() -> None:
    """A leaf below a node whose action was cancelled is unaddressed."""
    assert judged("Outcome\n  Branch -> A4\n    Leaf") == {
        "Outcome": "-- unaddressed",
        "Branch": "-- action cancelled",
        "Leaf": "-- unaddressed",
    }


def test_acceptance_lasts_until_its_review_day() -> None:
    """A risk is accepted up to and on its review day, for all below it, and by a day that cannot be read until that is mended."""
    assert judged("""
        Outcome
          Today -- accepted 2026-06-01
            Below
          Yesterday -- accepted 2026-05-31
            Below that
          Unreadable -- accepted ?
          Past, with an action -- accepted 2026-05-31 -> A1
    """) == {
        "Outcome": "-- unaddressed",
        "Today": "-c risk accepted",
        "Below": "-c risk accepted",
        "Yesterday": "-- review past",
        "Below that": "-- review past",
        "Unreadable": "-c risk accepted",
        "Past, with an action": "a- action done",
    }


def test_inner_node_is_what_its_children_are() -> None:
    """A node is addressed if each child is addressed or accepted and one is addressed, accepted if all are accepted."""
    assert judged("""
        Outcome
          Mixed
            One -> A1
            Two -- accepted 2026-09-30
          Accepted
            Three -- accepted 2026-09-30
            Four -- accepted 2026-09-30
          Half
            Five -> A1
            Six
    """) | {"Outcome": ""} == {
        "Outcome": "",
        "Mixed": "a- addressed",
        "One": "a- action done",
        "Two": "-c risk accepted",
        "Accepted": "-c risk accepted",
        "Three": "-c risk accepted",
        "Four": "-c risk accepted",
        "Half": "-- unaddressed",
        "Five": "a- action done",
        "Six": "-- unaddressed",
    }
    assert judged("Outcome\n  One -> A1\n  Two -- accepted 2026-09-30")["Outcome"] == "a- addressed"
    assert judged("Outcome\n  Branch -> A4\n    One -> A1")["Branch"] == "a- addressed"


def test_sums_are_of_leaves() -> None:
    """Addressed, accepted and unaddressed leaves make up all leaves; a node's path is its position."""
    record = a_record(
        actions=TABLE,
        tree=tree(
            "Outcome\n  A\n    B -> A1\n    C -- accepted 2026-09-30\n  D\n  E -- accepted 2026-09-30 -> A1"
        ),
    )
    coverage = tree_coverage(record, an_archive(record), TODAY)
    assert coverage is not None
    assert list(coverage.nodes) == ["0", "0.0", "0.0.0", "0.0.1", "0.1", "0.2"]
    assert (coverage.leaves, coverage.addressed, coverage.accepted) == (4, 2, 1)
    assert [each.path for each in coverage.unaddressed] == ["0.1"]


def test_action_of_another_record() -> None:
    """A reference finds its action in another record by id or alias, and says where it looked when there is none."""
    other = a_record("2026-01-01-other", actions=TABLE, aliases=("2026-01-01-former",))
    record = a_record(actions=actions("A1 | open"))
    archive = an_archive(record, other)

    def found(record_id: str | None, action_id: str) -> tuple[str, str | None]:
        resolved = resolve(ActionRef(action_id, record_id, START), record, archive)
        return resolved.record_id, str(resolved.action.status) if resolved.action else None

    assert found(None, "a1") == (record.id, "open")
    assert found("2026-01-01-OTHER", "A1") == (other.id, "done")
    assert found("2026-01-01-former", "A1") == (other.id, "done")
    assert found(other.id, "A9") == (other.id, None)
    assert found("2020-01-01-gone", "A1") == ("2020-01-01-gone", None)


def test_tree_without_bottom_is_judged() -> None:
    """A tree deeper than the interpreter's stack is judged like any other."""
    deep = node("Leaf -> A1")
    for _ in range(3000):
        deep = CausalNode(deep.label, START, children=(deep,))
    record = a_record(tree=CausalTree(deep, 0), actions=TABLE)
    coverage = tree_coverage(record, an_archive(record), TODAY)
    assert coverage is not None
    assert (len(coverage.nodes), coverage.nodes["0"].state) == (3001, NodeState.ADDRESSED)


def why_states(record: Postmortem) -> list[str]:
    """Give the states of the answers."""
    return [str(each.state) for each in why_coverage(record, an_archive(record), TODAY)]


def test_answers_stand_below_each_other() -> None:
    """An answer's action covers the answers after it; those before are addressed through them; the last is the leaf."""
    record = a_record(whys=whys("One", "Two -> A1", "Three"), actions=TABLE)
    assert why_states(record) == ["addressed", "action done", "action done"]
    covered = why_coverage(record, an_archive(record), TODAY)
    assert [(each.path, each.leaf) for each in covered] == [("0", False), ("1", False), ("2", True)]


def test_question_without_an_answer_is_unaddressed() -> None:
    """A step that has no answer keeps its place, and the last answer is the leaf."""
    record = a_record(whys=whys("One", "", "Three -> A1", ""), actions=TABLE)
    assert why_states(record) == ["addressed", "unaddressed", "action done", "unaddressed"]
    assert [each.leaf for each in why_coverage(record, an_archive(record), TODAY)] == [
        False,
        False,
        True,
        False,
    ]
    assert why_coverage(a_record(), an_archive(), TODAY) == ()


def test_hybrid_joins_by_label() -> None:
    """An answer and a node join where their labels agree but for case, blanks, a final stop and the word that begins an answer."""
    record = a_record(
        tree=tree("Outcome\n  Pool  exhausted.\n    Leak in the batch job -> A1\n  Because of load"),
        whys=whys("Because pool exhausted", "→ leak in the Batch job.", "Becausewise"),
        actions=TABLE,
    )
    assert hybrid_join(record) == ((0, "0.0"), (1, "0.0.0"))
    assert hybrid_join(a_record(whys=record.five_whys)) == ()


def test_joined_answer_and_node_share_their_marks() -> None:
    """What one of two joined statements names holds for the other."""
    marked_tree = a_record(
        tree=tree("Outcome\n  Leak -> A1"), whys=whys("Pool exhausted", "Leak"), actions=TABLE
    )
    assert why_states(marked_tree) == ["addressed", "action done"]
    marked_answer = a_record(
        tree=tree("Outcome\n  Leak"), whys=whys("Pool exhausted", "Leak -> A2"), actions=TABLE
    )
    coverage = tree_coverage(marked_answer, an_archive(marked_answer), TODAY)
    assert coverage is not None
    assert coverage.nodes["0.0"].state is NodeState.OPEN
    assert [each.ref.id for each in coverage.nodes["0.0"].actions] == ["A2"]


def test_factors_stand_for_themselves() -> None:
    """A factor is judged by its own marks alone."""
    drawn = [node("One -> A3"), node("Two -- accepted 2026-05-01"), node("Three")]
    factors = tuple(Factor(each.label, START, actions=each.actions, accepted=each.accepted) for each in drawn)
    record = Postmortem("2026-03-14-x", "x.md", factors=factors, actions=TABLE)
    judged = factor_coverage(record, an_archive(record), TODAY)
    assert [str(each.state) for each in judged] == ["action overdue", "review past", "unaddressed"]
    assert [each.addressed for each in judged] == [True, False, False]


def test_state_says_until_which_day_it_holds() -> None:
    """An open action is overdue after its due day, an accepted risk past after its review; where something else answers, or a day is not known, no day is given."""
    record = a_record(
        tree=tree("""
        Outcome
          Due today -> A1, A2
          Done -> A1
          Accepted -- accepted 2026-09-30
            Below it
          Branch -> A1
            Accepted below an action -- accepted 2026-09-30
          Undated -- accepted ?
        """),
        actions=TABLE,
    )
    coverage = tree_coverage(record, an_archive(record), TODAY)
    assert coverage is not None
    assert {each.node.label.text: str(each.until) for each in coverage.nodes.values() if each.until} == {
        "Due today": "2026-06-01",
        "Accepted": "2026-09-30",
        "Below it": "2026-09-30",
    }
