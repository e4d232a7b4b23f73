"""`afterword review`: what is on the agenda, in which words and forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.drawn_actions import CHECKOUT, HEAD, SEARCH, SETTINGS, draw_archive, path_of, record, run

DAY = ("--as-of", "2026-05-01")


def test_the_agenda(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part says what is to be decided, each line who, what, when and where it stands; nothing is wider than 80 columns."""
    draw_archive(tmp_path, SETTINGS + "actions_per_person: 1\n")
    text = run(tmp_path, monkeypatch, "review", *DAY).stdout
    assert text.startswith(
        "REVIEW OF ACTIONS, 1 MAY 2026\n"
        "4 actions owed, 2 overdue, 1 due within 7 days.\n"
        "\n"
        "1. OVERDUE (2)\n"
        "   For each: one sentence, and a new date; or cancel it with a reason.\n"
        "\n"
        "   - Juno Papercliff: Double the pool\n"
        "     was due 28 Mar 2026, 34 days ago · PAY-1\n"
        f"     {CHECKOUT}#A1\n"
    )
    assert "\n2. DUE WITHIN 7 DAYS (1)\n" in text
    assert "\n3. NOBODY ANSWERS FOR IT (1)\n" in text
    assert "is with somebody who left on 31 Mar 2026 · due 1 Jun 2026 · WEB-2" in text
    assert "\n4. TOO MUCH IN ONE PAIR OF HANDS (1)\n" in text
    assert f"   - 2 actions with Juno Papercliff\n     - {CHECKOUT}#A1\n     - {CHECKOUT}#A2\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_of_one_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its id or name; one that nobody knows is wrong use."""
    draw_archive(tmp_path)
    text = run(tmp_path, monkeypatch, "review", "--team", "web", *DAY).stdout
    assert text.startswith(
        "REVIEW OF ACTIONS: WEB, 1 MAY 2026\n2 actions owed, 1 overdue, 0 due within 7 days.\n"
    )
    assert "Juno" not in text
    assert "(did you mean 'Web'?)" in run(tmp_path, monkeypatch, "review", "--team", "wweb", code=2).stderr
    assert "no team '', expected one of" in run(tmp_path, monkeypatch, "review", "--team", "", code=2).stderr


def test_what_was_closed_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the seven days up to the day."""
    draw_archive(tmp_path)
    text = run(tmp_path, monkeypatch, "review", "--as-of", "2026-04-08").stdout
    closed = text[text.index("CLOSED IN THE LAST 7 DAYS (1)") :]
    assert f"   - JUNO: Halve the load\n     done 2 Apr 2026 · PAY-3\n     {CHECKOUT}#A3\n" in closed
    assert "CLOSED" not in run(tmp_path, monkeypatch, "review", "--as-of", "2026-04-09").stdout


def test_promises_and_risks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One action in two records is one line, its references code in Markdown; a risk comes a week before its day."""
    draw_archive(tmp_path)
    rows = "| A1 | Reindex at night, with a limit of 200 MB/s | Tansy Inkersley | 2026-08-01 | WEB-1 | prevent | open |\n"
    tree = "\n## Root cause analysis\n\nMethod: causal tree\n\n- Slow\n  - Small pool -- accepted: costs (platform lead, 2026-05-08)\n"
    path_of(tmp_path, SEARCH).write_text(record(rows, date=SEARCH[:10], service="search") + tree)
    path_of(tmp_path).write_text(record(rows.replace("WEB-1", "WEB-8")))
    text = run(tmp_path, monkeypatch, "review", *DAY).stdout
    assert (
        "   - Reindex at night, with a limit of 200 MB/s\n"
        f"     - {SEARCH}#A1: Tansy Inkersley, open\n     - {CHECKOUT}#A1: Tansy Inkersley, open\n"
    ) in text
    assert (
        "   - Small pool\n     accepted: costs · platform lead · to be looked at again on 8 May 2026\n"
        in text
    )
    assert "Small pool" not in run(tmp_path, monkeypatch, "review", "--as-of", "2026-04-30").stdout
    markdown = run(tmp_path, monkeypatch, "review", "--format", "markdown", *DAY).stdout
    assert (
        f"  - `{SEARCH}#A1`: Tansy Inkersley, open\n  - `{CHECKOUT}#A1`: Tansy Inkersley, open\n" in markdown
    )


def test_markdown_is_for_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes to tick, links to tickets, and words of records that are no markup of it, call nobody and close nothing."""
    trackers = "trackers: [{name: Tickets, key: PAY-#, url: 'https://tracker.example/PAY-#'}]\n"
    draw_archive(tmp_path, SETTINGS + trackers)
    path_of(tmp_path).write_text(
        record(
            "| A1 | Refuse `<b>` \\| [x], tell @juno, close #12 | Juno Papercliff | 2026-03-28 | PAY-1 | prevent | open |\n",
            HEAD,
        )
    )
    text = run(tmp_path, monkeypatch, "review", "--format", "markdown", *DAY).stdout
    assert text.startswith(
        "# Review of actions, 1 May 2026\n\n3 actions owed, 2 overdue, 0 due within 7 days.\n\n## 1. Overdue (2)\n"
    )
    assert (
        "- [ ] Juno Papercliff: Refuse &lt;b&gt; \\| \\[x\\], tell \\@&#8203;juno, close \\#&#8203;12 "
        f"(was due 28 Mar 2026, 34 days ago; [PAY-1](<https://tracker.example/PAY-1>)) `{CHECKOUT}#A1`\n"
    ) in text


def test_the_address_of_a_ticket_ends_where_the_link_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows a sign that ends an address in Markdown would be read as text, and call somebody."""
    draw_archive(tmp_path)
    ticket = "[PAY-1](<https://tracker.example/1?a=%20b#c\\\\\\>@juno>)"
    row = f"| A1 | Double the pool | Juno Papercliff | 2026-03-28 | {ticket} | prevent | open |\n"
    path_of(tmp_path).write_text(record(row))
    text = run(tmp_path, monkeypatch, "review", "--format", "markdown", *DAY).stdout
    assert "[PAY-1](<https://tracker.example/1?a=%20b#c%5C%3E@juno>)" in text


def test_json_holds_what_the_actions_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the keys of `actions.json`; what git does not tell is null."""
    draw_archive(tmp_path)
    made = json.loads(run(tmp_path, monkeypatch, "review", "--format", "json", *DAY).stdout)
    assert [each["id"] for each in made["overdue"]] == ["A1", "A1"]
    assert made["not_held"][0]["reason"] == "is with somebody who left on 31 Mar 2026"
    assert (made["owed"], made["unchanged"], made["team"]) == (4, None, None)


def test_a_ticket_that_tells_otherwise_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it tells and the way to it, first where a promise is said to be kept that is not; without a snapshot there is no such part."""
    tracker = '{name: Board, key: PAY-#, kind: jira, url: "https://tracker.example/PAY-#"}'
    draw_archive(tmp_path, SETTINGS + f"trackers: [{tracker}]\n")
    asked = ("review", *DAY, "--format", "markdown")
    assert "disagree" not in run(tmp_path, monkeypatch, *asked).stdout
    states = {"pay-1": {"status": "done"}, "pay-3": {"status": "open"}}
    snapshot = {"format": 1, "trackers": {"Board": {"as_of": "2026-04-30", "tickets": states}}}
    (tmp_path / "tickets.json").write_text(json.dumps(snapshot), "utf-8")
    part = run(tmp_path, monkeypatch, *asked).stdout.partition("Record and ticket disagree (2)")[2]
    first, second = [line for line in part.partition("##")[0].splitlines() if line.startswith("- ")]
    assert "done here, open in Board" in first and "[PAY-3](<https://tracker.example/PAY-3>)" in first
    assert "open here, done in Board" in second and f"`{CHECKOUT}#A1`" in second
    told = json.loads(run(tmp_path, monkeypatch, "review", *DAY, "--format", "json").stdout)
    assert [each["ticket_says"] for each in told["ticket_otherwise"]] == [
        ["done here, open in Board"],
        ["open here, done in Board"],
    ]


def test_it_is_short_where_there_is_nothing_to_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines, and why nothing is known of what is unchanged."""
    draw_archive(tmp_path)
    for name in (SEARCH, CHECKOUT):
        path_of(tmp_path, name).write_text(
            record(
                "| A1 | Halve the load | Juno Papercliff | 2026-03-28 | PAY-3 | prevent | done 2026-03-28 |\n",
                date=name[:10],
            )
        )
    text = run(tmp_path, monkeypatch, "review", *DAY).stdout
    assert text.startswith(
        "REVIEW OF ACTIONS, 1 MAY 2026\n"
        "0 actions owed; nothing is late or due within 7 days, and nothing is to be\ndecided.\n"
    )
    assert len(text.splitlines()) <= 6


def test_a_long_part_is_cut_and_says_how_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty lines are more than a meeting takes, and an issue holds no thousand; the JSON has them all."""
    draw_archive(tmp_path)
    rows = "".join(
        f"| A{number} | Halve load {number} | Juno Papercliff | 2026-03-28 | PAY-{number} | prevent | open |\n"
        for number in range(1, 42)
    )
    path_of(tmp_path).write_text(record(rows))
    team = ("--team", "payments", *DAY)
    text = run(tmp_path, monkeypatch, "review", *team).stdout
    assert "1. OVERDUE (41)" in text
    assert "#A41" not in text
    assert "\n   - and 1 more: `afterword actions --overdue --team Payments`\n" in text
    markdown = run(tmp_path, monkeypatch, "review", "--format", "markdown", *team).stdout
    assert "\n- and 1 more: `afterword actions --overdue --team Payments`\n" in markdown
    assert (
        len(json.loads(run(tmp_path, monkeypatch, "review", "--format", "json", *team).stdout)["overdue"])
        == 41
    )
