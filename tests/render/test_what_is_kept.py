"""What an author wrote is on the page: the words that were read into tables and lists of their own, and those beside them."""

from __future__ import annotations

import re

from tests.render.pages import page_of


def rows_of(body: str, anchor: str) -> list[list[str]]:
    """Give the cells of the tables in a section of the page, as HTML."""
    html = page_of(body).html
    section = html[html.index(f'id="{anchor}"') :].partition("</section>")[0]
    rows = re.findall(r"<tr.*?</tr>", section, flags=re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in rows]


def test_all_cells_of_a_timeline_are_kept() -> None:
    """Columns of one name, cells that no head stands over or that hold a note alone, and dates that are not read."""
    body = """
## Timeline (UTC)

| Date | Time | Event | Source | Source |
|---|---|---|---|---|
| 2026-03-14 | 14:03 | Deploy | log | chat |
| the same | 14:05 | Page | [^1] | pager | beside |

[^1]: A note.
"""
    heads, _, first, second = rows_of(body, "timeline")
    assert heads[2:] == ["Source", "Source", "Date", ""]
    assert first[2:] == ["log", "chat", "", ""]
    assert 'href="#fn-1"' in second[2]
    assert second[3:] == ["pager", "the same", "beside"]


def test_links_and_notes_of_times_and_marks_stand_behind_the_event() -> None:
    """A time that links to the chat is shown in our notation, and its link is a sign of its own; no link of the text stands there twice."""
    body = """
## Timeline (UTC)

| Time | Event |
|---|---|
| [14:03](https://chat.example/1) | [DETECTED](https://chat.example/2) Page [seen](https://chat.example/3) |

- [14:05](https://chat.example/4)[^1] Restart
- [14:06 Rollback](https://chat.example/5) begins

[^1]: By hand.
"""
    _, _, first, second, third = rows_of(body, "timeline")
    signs = re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', "".join((first[1], second[1], third[1])))
    assert signs == [
        ("https://chat.example/3", "seen"),
        ("https://chat.example/1", "↗"),
        ("https://chat.example/2", "↗"),
        ("https://chat.example/4", "↗"),
        ("#fn-1", "1"),
        ("https://chat.example/5", "Rollback"),
    ]
    assert 'title="the link on 14:03"' in first[1]


def test_cells_of_actions_that_say_more_than_was_read_stand_as_written() -> None:
    """Unread words beside a state that the day makes, unread priorities and closing days, several tickets, and links in any cell."""
    body = """
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status | Priority | Closed | Notes |
|---|---|---|---|---|---|---|---|---|---|
| A1 | Do | [Ada](https://p.example/1) | 2026-05-01 | [T-1](https://t.example/1), [T-2](https://t.example/2) | prevent | waiting for parts | High | soon | [^1] |
| [A2](https://t.example/3) | Do | Ada | [2026-05-01](https://t.example/4) | [T-5](https://t.example/5) | prevent | [done](https://t.example/6) | P1 | 2026-04-02 | |
| A3 | Do | Ada | 2026-08-01 | T-7 | prevent | open 2026-04-03 | P1 | 2026-04-04 | |
| A4 | Do | Ada | 2026-08-01 | T-8 | prevent | done 2026-04-05 or so | P1 | 2026-04-05 | |

[^1]: A note.
"""
    _, first, second, third, fourth = ["".join(row) for row in rows_of(body, "actions")]
    assert re.findall(r'href="(https?:[^"]+)"', first) == [
        *("https://p.example/1", "https://t.example/1", "https://t.example/2"),
    ]
    assert all(words in first for words in ("overdue", "waiting for parts", "High", "soon", 'href="#fn-1"'))
    assert sorted(re.findall(r'href="https://t.example/(\d)"', second)) == list("3456")
    assert second.count("T-5") == 1
    assert "open 2026-04-03" in third
    assert "2026-04-04" in third
    assert "done 2026-04-05 or so" in fourth


def test_rows_and_items_without_a_factor_are_kept() -> None:
    """An item that begins with a quote, a row that is too short for its factor or leaves it empty, and the box of a task."""
    body = """
## Contributing factors

- > Said on the day.
- [x] The pool is small -> A1

  | Size | 5 |
  |---|---|

| Category | Notes | Factor |
|---|---|---|
| process | short |
| config | | No limit |
| people | open | |
"""
    html = page_of(body).html
    section = html[html.index('id="factors"') :]
    told = ("Said on the day.", "☑", "The pool is small", "Size", "process", "short", "config", "No limit")
    places = [section.index(words) for words in (*told, "people", "open</td>")]
    assert places == sorted(places)
    assert re.findall(r'<(?:tr|li) id="aw-factor-(\d)"', section) == ["1", "2", "3"]
    assert [len(row) for row in rows_of(body, "factors")[2:]] == [2, 3, 3]


def test_what_stands_below_the_children_of_a_cause_stays_there() -> None:
    """Blocks of an item are kept on their side of the list in it."""
    body = """
## Root cause analysis

Method: causal tree

- Payments failed (AND)

  Before.

  - [x] Pool empty
    - Leak

    Measured later.

  - Pool small

  After.
"""
    html = page_of(body).html
    told = (
        "Payments failed",
        "Before.",
        "☑",
        "Pool empty",
        "Leak",
        "Measured later.",
        "Pool small",
        "After.",
    )
    tree = html[html.index("aw-tree-list") :]
    places = [tree.index(words) for words in told]
    assert places == sorted(places)
    assert tree.count("<li") == tree.count("</li>")
    assert tree.count("<ul") + 1 == tree.count("</ul>")


def test_what_is_no_step_and_no_node_is_kept() -> None:
    """An item in which nothing is asked, the words above drawn steps, and a second outcome in a fence."""
    listed = page_of("""
## Root cause analysis

Method: 5 whys

1. > Asked in the review.
2. [x] Why did it fail?
   Because the pool was empty
3. ```text
   a graph
   ```
4. Why was it empty?
   - Because of a leak
     - Found in the log
""").html
    section = listed[listed.index('id="causes"') :]
    places = [
        section.index(words) for words in ("Asked in the", "☑", "Why did it", "the pool was", "a graph")
    ]
    assert places == sorted(places)
    assert re.findall(r'id="(aw-why-\d)"', section) == ["aw-why-1", "aw-why-2"]
    assert section.index("of a leak") < section.index("Found in the log")
    drawn = page_of("""
## Root cause analysis

Method: hybrid

```
Payments failed
├── Pool empty
└── Pool small
Mails failed
└── No queue
```

```
As told on the day:
1. Why did it fail?
   -> The pool was empty
```
""").html
    section = drawn[drawn.index('id="causes"') :]
    places = [
        section.index(words) for words in ("Pool small", "Mails failed\n└── No queue", "As told", "Why did")
    ]
    assert places == sorted(places)


def test_a_table_of_something_else_among_the_actions_stays_as_it_is() -> None:
    """Where no head is one of action items the rows are no actions, with a finding or with a list beside them."""
    body = """
## Action items

| Team | Load |
|---|---|
| Payments | 5 |
"""
    assert rows_of(body, "actions") == [["Team", "Load"], ["Payments", "5"]]
    assert rows_of(f"{body}\n- Double the pool\n", "actions") == [["Team", "Load"], ["Payments", "5"]]


def test_a_link_to_the_method_is_kept() -> None:
    """The line that names the method is set off where it is a name and nothing else."""
    linked = page_of("\n## Root cause analysis\n\nMethod: [5 whys](https://m.example/)\n").html
    assert '<p>Method: <a href="https://m.example/" rel="noopener">5 whys</a></p>' in linked
    assert "aw-method" not in linked
    assert "aw-method" in page_of("\n## Root cause analysis\n\nMethod: *5 whys*\n").html


def test_what_is_told_below_a_day_is_kept() -> None:
    """A day in a list of events is a line of the table; where more than events is told below it, it is a row with that."""
    body = """
## Timeline (UTC)

- 2026-03-14
  - 14:03 Deploy
- 2026-03-15

  Nobody was at work.
- 2026-03-16
  - 09:00 Page
  - Much later: over
- 10:00 Meeting
"""
    rows = rows_of(body, "timeline")[1:]
    assert [" ".join(re.sub(r"<[^>]+>", " ", " ".join(row)).split()) for row in rows] == [
        "14 Mar 2026",
        "14:03 Deploy",
        "15 Mar 2026",
        "2026-03-15 Nobody was at work.",
        "16 Mar 2026",
        "2026-03-16 09:00 Page Much later: over",
        "10:00 Meeting",
    ]
