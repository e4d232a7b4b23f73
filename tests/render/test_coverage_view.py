"""What a record's page says of its causes, and the ways between actions and causes."""

from __future__ import annotations

from tests.render.drawn_archives import links, words
from tests.render.pages import HEADER, page_of

TABLE = """
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Mend the pool | Ada | 2026-05-01 | T-1 | prevent | done |
| A2 | Page someone | Ada | 2026-05-01 | T-1 | prevent | cancelled |
"""
TREE = """
## Root cause analysis

Method: causal tree

- It broke
  - The pool was small -> A1
  - Nobody was paged -> A2
  - Nobody *knew*
  - It is rare -- accepted: rare (lead, 2026-09-30)
"""


def test_causes_that_nothing_answers_are_linked_under_the_caption() -> None:
    """The caption counts leaves; what is unaddressed is listed with a way to its node, and with its state where there is more to say."""
    html = page_of(TREE + TABLE).html
    text = words(html)
    assert "4 leaves: 1 answered by an action, 1 accepted, 2 unaddressed" in text
    assert "Unaddressed: Nobody was paged (action cancelled); Nobody knew" in text
    assert {"#n-0-1", "#n-0-2"} <= set(links(html))


def test_record_without_marks_lists_nothing() -> None:
    """Where no cause carries a mark, the caption alone says so."""
    html = page_of("## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - One\n  - Two\n").html
    assert "2 leaves: 0 answered by an action, 0 accepted, 2 unaddressed" in words(html)
    assert "Unaddressed:" not in words(html)


def test_factors_are_counted_below_their_last_list() -> None:
    """Factors are counted once, with a way to each that nothing answers."""
    html = page_of(f"## Contributing factors\n\n- One -> A1\n- Two\n\nAnd:\n\n- Three\n{TABLE}").html
    text = words(html)
    assert text.count("3 factors: 1 answered by an action, 0 accepted, 2 unaddressed") == 1
    assert {"#aw-factor-2", "#aw-factor-3"} <= set(links(html))


def test_factors_without_marks_are_said_plainly() -> None:
    """Silence is said as such: nothing is marked, or the analysis carries the marks."""
    factors = "## Contributing factors\n\n- One\n- Two\n"
    assert "2 factors, none of which names an action or an accepted risk" in words(page_of(factors).html)
    assert "2 factors; what became of them is said in the analysis" in words(
        page_of(factors + TREE + TABLE).html
    )


def test_last_answer_is_said_plainly() -> None:
    """Below the five whys stands what became of the last answer."""
    whys = "## Root cause analysis\n\nMethod: 5 whys\n\n1. Why?\n   Because one\n2. Why?\n   Because two{}\n3. Why?\n   Because three{}\n"
    assert "The last answer is unaddressed" in words(page_of(whys.format("", "")).html)
    assert "The last answer is answered by an action" in words(
        page_of(whys.format(" -> A1", "") + TABLE).html
    )
    assert "The last answer is an accepted risk" in words(
        page_of(whys.format("", " -- accepted: rare (lead, 2026-09-30)")).html
    )


def test_action_leads_to_everything_that_names_it() -> None:
    """A row links to each node, answer and factor; what stands in several places is said once, with a way to each."""
    factors = "## Contributing factors\n\n- The pool was small -> A1\n- Its size was a guess -> A1\n"
    html = page_of(factors + TREE + TABLE).html
    assert "Answers The pool was small (also factor 1 ); Its size was a guess" in words(html)
    assert {"#n-0-0", "#aw-factor-1", "#aw-factor-2"} <= set(links(html))


def test_action_leads_to_other_records_that_name_it() -> None:
    """A mark that points at an action of another record makes a way back from there."""
    other = HEADER.replace("Payments fail", "Mail fails").replace("2026-03-14", "2026-04-01")
    named = (
        "## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - The pool again -> 2026-03-14-a#A1\n"
    )
    html = page_of(TABLE, others={"2026-04-01-mail.md": other + named}).html
    assert "Answers The pool again in Mail fails" in words(html)
    assert "../2026-04-01-mail/#n-0-0" in links(html)


def test_what_is_to_be_written_is_said_to_be() -> None:
    """Placeholders are shown as what they are: no leaf, no factor and no point of the picture."""
    page = page_of(
        "## Timeline (UTC)\n\n- 14:03 [TRIGGER] It began\n- 14:20 [MITIGATED] It ended\n- 00:00 [RESOLVED] … nothing is left to fear\n\n"
        "## Contributing factors\n\n- … what made it possible -> A1\n\n"
        f"## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - … what broke -> A1\n{TABLE}"
    )
    text = words(page.html)
    for said in (
        "RESOLVED … nothing is left to fear … to be written",
        "not in the picture: 1 event still to be written",
        "… what made it possible … to be written",
        "No factor is written yet",
        "No leaf is written yet",
        "Customer impact 17 min",
    ):
        assert said in text
    assert "Unaddressed:" not in text
    assert "Time to resolve" not in text
