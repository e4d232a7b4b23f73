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
