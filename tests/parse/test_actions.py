"""The action table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.action import ActionItem, Status, Ticket
from afterword.model.finding import Nature
from afterword.model.settings import Settings, Tracker
from afterword.model.span import Span
from afterword.parse.actions.actions import read_actions
from tests.parse.one_section import LEXICON, said, section

SETTINGS = Settings(trackers=(Tracker("ops", "OPS-#", "https://tickets.example/browse/OPS-#"),))
HEAD = "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n"


def read(
    text: str, *, retold: bool = False
) -> tuple[tuple[ActionItem, ...], tuple[int, ...], list[tuple[str, str]]]:
    """Read a drawing, and give the actions, their tables and the findings."""
    drawn, lines = section(text, "actions")
    actions, blocks, findings = read_actions(drawn, SETTINGS, LEXICON, lines, retold=retold)
    return actions, blocks, said(findings)


def row(**cells: str) -> tuple[ActionItem, list[tuple[str, str]]]:
    """Read one row in which only some cells differ from a good one."""
    good = {
        "id": "A1",
        "action": "Alert on lag above 60 s",
        "owner": "Kim Berg",
        "due": "2026-05-04",
        "ticket": "OPS-7",
        "category": "detect",
        "status": "open",
    }
    actions, _, findings = read(HEAD + "| " + " | ".join((good | cells).values()) + " |\n")
    return actions[0], findings


def test_a_row_is_an_action_with_places() -> None:
    """All cells are read and know where they were written."""
    actions, blocks, findings = read(
        "Words.\n\n"
        + HEAD
        + "| B12 | Drop *old* `lock` | Kim Berg | 2026-05-04 | OPS-7 | Process | in review |\n"
    )
    action = actions[0]
    assert (action.id, action.text.text, action.owner) == ("B12", "Drop old lock", "Kim Berg")
    assert (action.due, action.category, action.status) == (date(2026, 5, 4), "process", Status.IN_REVIEW)
    assert action.ticket == Ticket("OPS-7", "https://tickets.example/browse/OPS-7")
    assert action.span == Span(6, 1, 6, 82)
    assert action.spans["id"] == Span(6, 3, 6, 6)
    assert action.spans["due"] == Span(6, 40, 6, 50)
    assert (blocks, findings) == ((1,), [])


def test_columns_come_in_any_order_under_any_alias() -> None:
    """Heads are read by their aliases, and columns that are none are kept."""
    actions, _, findings = read(
        "| State | Task | # | Assignee | Deadline | Tracking issue | Type | Risk | Prio | Done when | Notes | Closed |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
        "| won't do | Rename it | A1 | Kim | 2026-05-04 | OPS-1 | prevent | low | p0 | x is y | too dear | 2026-05-01 |\n"
    )
    action = actions[0]
    assert (action.id, action.owner, action.status, action.priority) == ("A1", "Kim", Status.CANCELLED, "P0")
    assert (action.done_when.text, action.notes.text, action.closed) == (
        "x is y",
        "too dear",
        date(2026, 5, 1),
    )
    assert [(head, cell.text) for head, cell in action.others] == [("Risk", "low")]
    assert findings == [("column-alias", "2:3-8")]


def test_the_better_of_two_heads_has_the_field() -> None:
    """`ID` beside `#` is the id, whichever comes first."""
    actions, _, _ = read(
        HEAD.replace("| ID", "| # | ID").replace("|---", "|---|---", 1) + "| 1 | A4 | x | | | | | |\n"
    )
    assert (actions[0].id, [cell.text for _, cell in actions[0].others]) == ("A4", ["1"])


@pytest.mark.parametrize(
    ("written", "status", "closed", "rules"),
    [
        ("done", Status.DONE, None, []),
        ("done 2026-03-27", Status.DONE, date(2026, 3, 27), []),
        ("Cancelled (2026-03-27)", Status.CANCELLED, date(2026, 3, 27), []),
        ("✅ Done, 2026-03-27", Status.DONE, date(2026, 3, 27), []),
        ("In Progress", Status.IN_PROGRESS, None, []),
        ("candidate", Status.CANDIDATE, None, []),
        ("", None, None, []),
        ("done 2026-02-30", Status.DONE, None, ["bad-date"]),
        ("open 2026-03-27", Status.OPEN, None, ["unknown-action-status"]),
        ("nearly done", None, None, ["unknown-action-status"]),
    ],
)
def test_states_are_read_with_their_day(
    written: str, status: Status | None, closed: date | None, rules: list[str]
) -> None:
    """Only done and cancelled carry a day."""
    action, findings = row(status=written)
    assert (action.status, action.closed) == (status, closed)
    assert [rule for rule, _ in findings] == rules


@pytest.mark.parametrize(
    ("written", "ticket"),
    [
        ("OPS-12", Ticket("OPS-12", "https://tickets.example/browse/OPS-12")),
        ("OTHER-12", Ticket("OTHER-12")),
        ("[OPS-9](https://elsewhere.example/9)", Ticket("OPS-9", "https://elsewhere.example/9")),
        ("https://tickets.example/browse/OPS-5", Ticket("OPS-5", "https://tickets.example/browse/OPS-5")),
        ("https://elsewhere.example/5", Ticket("https://elsewhere.example/5", "https://elsewhere.example/5")),
        ("[OTHER-9](javascript:alert(1))", Ticket("OTHER-9")),
        ("[OTHER-9](data:text/html,x)", Ticket("OTHER-9")),
        ("[OPS-9](//elsewhere.example/9)", Ticket("OPS-9", "https://tickets.example/browse/OPS-9")),
        ("–", None),
        ("", None),
    ],
)
def test_tickets_are_keys_or_links(written: str, ticket: Ticket | None) -> None:
    """A key gets the tracker's address, a link keeps a safe one, and nothing else becomes a link."""
    assert row(ticket=written)[0].ticket == ticket


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        ({"id": "A-1"}, [("bad-action-id", "4:3-6")]),
        ({"id": "ABCDE1"}, [("bad-action-id", "4:3-9")]),
        ({"id": "[A1](#x)"}, []),
        ({"id": "**zz0001**"}, []),
        ({"due": "next week"}, [("bad-date", "4:45-54")]),
        ({"due": "2026-13-01"}, [("bad-date", "4:45-55")]),
        ({"due": "20260301"}, [("bad-date", "4:45-53")]),
        ({"category": "prevention"}, [("unknown-category", "4:66-76")]),
        ({"category": "PREVENT"}, []),
        ({"id": "", "action": "", "owner": "", "due": "", "ticket": "", "category": "", "status": ""}, []),
    ],
)
def test_cells_that_cannot_be_read_are_said(cells: dict[str, str], findings: list[tuple[str, str]]) -> None:
    """Each fault stands at its cell; an empty cell is no fault here."""
    assert row(**cells)[1] == findings


def test_an_unknown_word_comes_with_a_guess() -> None:
    """The message names what is known and what may have been meant."""
    drawn, lines = section(HEAD + "| A1 | x | y | | | prevnt | opne |\n", "actions")
    _, _, findings = read_actions(drawn, SETTINGS, LEXICON, lines)
    assert findings[0].message.endswith("mitigate, respond, process (did you mean 'prevent'?)")
    assert findings[1].message.endswith("done, cancelled (did you mean 'open'?)")
    assert {each.nature for each in findings} == {Nature.UNREADABLE}


def test_an_id_is_used_once_in_a_record() -> None:
    """Letter case does not make ids different; both rows are kept."""
    text = HEAD + "| A1 | x | | | | | |\n| a1 | y | | | | | |\n\n" + HEAD + "| A1 | z | | | | | |\n"
    actions, blocks, findings = read(text)
    assert [each.text.text for each in actions] == ["x", "y", "z"]
    assert blocks == (0, 1)
    assert findings == [("duplicate-action-id", "5:3-5"), ("duplicate-action-id", "9:3-5")]


def test_missing_columns_are_one_finding() -> None:
    """It names each required column that no head does; a retold record needs fewer."""
    text = "| ID | Action | Status |\n|---|---|---|\n| A1 | x | open |\n"
    drawn, lines = section(text, "actions")
    _, _, findings = read_actions(drawn, SETTINGS, LEXICON, lines)
    (finding,) = findings
    assert (finding.rule, finding.nature, finding.span.line) == ("action-column", Nature.REQUIRED, 2)
    assert "has no columns 'Owner', 'Due', 'Ticket', 'Category', expected ID, Action" in finding.message
    assert read(text, retold=True)[2] == [("action-column", "2:3-23")]


def test_a_row_of_another_width_is_said() -> None:
    """A pipe in a cell makes one cell more, and the row is read as it stands."""
    actions, _, findings = read(
        HEAD + "| A1 | a | b | c | d | e | f | g |\n| A2 | x |\n| A3 | a \\| b | | | | | |\n"
    )
    assert [each.id for each in actions] == ["A1", "A2", "A3"]
    assert actions[2].text.text == "a | b"
    assert [each for each in findings if each[0] == "table-cells"] == [
        ("table-cells", "4:1-35"),
        ("table-cells", "5:1-11"),
    ]


def test_a_table_of_something_else_is_left_alone() -> None:
    """Beside an action table, a table without id and action is none."""
    other = "| Term | Meaning |\n|---|---|\n| a | b |\n\n"
    actions, blocks, findings = read(other + HEAD + "| A1 | x | | | | | |\n")
    assert ([each.id for each in actions], blocks, findings) == (["A1"], (1,), [])


def test_actions_in_a_list_are_not_read() -> None:
    """A list instead of a table is one finding."""
    assert read("- [ ] Alert on lag\n- [x] Other\n") == ((), (), [("actions-not-a-table", "2:1-2")])
    assert read("None were needed.\n") == ((), (), [])


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            [
                "| ",
                " |\n",
                "---",
                "A1",
                "ID",
                "Action",
                "Status",
                "done 2026-01-01",
                "[x](u)",
                "\\|",
                "`",
                "https://a.b/c",
                "\n",
                "- ",
                "é",
                ",",
            ]
        ),
        max_size=40,
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    """Any mixture of pieces gives values with places in the text."""
    drawn, lines = section(HEAD + "".join(parts), "actions")
    actions, _, findings = read_actions(drawn, SETTINGS, LEXICON, lines)
    assert all(1 <= each.span.line <= len(lines) for each in (*actions, *findings))
