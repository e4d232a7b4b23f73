"""The page of a record."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from afterword.derive.causes.coverage import tree_coverage
from afterword.derive.likeness.related import RelatedRecord
from afterword.parse.settings.settings import read_settings
from afterword.render.page.links import Links
from afterword.render.page.related import reasons
from afterword.render.picture.drawing import drawing_files, dressed
from afterword.render.picture.sketch import sketch_of
from tests.render.drawn_trees import laid_out
from tests.render.pages import AS_OF, HEADER, archive_of, page_in, page_of
from tests.render.test_sanitise import inert

BODY = """
Before.

## TL;DR

It broke.

## Impact

Many.

## Timeline

Said first.

| Time (UTC) | Event | Source |
|---|---|---|
| 2026-03-14 14:03 | [TRIGGER] Deploy | log |
| ~14:10 | [DETECTED] Page | pager |
| 14:18 | [DECISION] Restart | chat |
| 14:25 | [MITIGATED] Fine | chat |
| 2026-03-15 09:00 | [RESOLVED] Over | chat |

Said last.

## Detection

By a page.

## Contributing factors

- No limit -> A1
- No alert

## Root cause analysis

Method: hybrid

- Payments failed (AND)
  - Pool empty (root cause) -> A1

    A note below.
  - Runbook old -- accepted: revisit (lead, 2026-09-30)
  - Alert late -> A9

1. Why did payments fail?
   Because the pool was empty -> A1
2. Why was it empty?
   Because pool empty

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status | Notes |
|---|---|---|---|---|---|---|---|
| A1 | Close it | Priya | 2026-04-01 | [PAY-1](https://t.example/1) | prevent | open | soon |
| A2 | Watch it | Priya | next week | PAY-2 | detekt | dunno | |
| A3 | Write it | Priya | 2026-04-01 | PAY-3 | process | done 2026-03-30 | |

## What else

Anything.
"""


class _Checker(HTMLParser):
    """Collects ids and anchors, and fails on elements that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if (given.get("href") or "").startswith("#"):
            self.anchors.append((given["href"] or "")[1:])
        if tag not in {"br", "hr", "img", "input", "wbr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element that closes itself."""

    def handle_endtag(self, tag: str) -> None:
        """Compare with what is open."""
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def checked(html: str) -> _Checker:
    """Read a page back: closed in order, ids unique, anchors leading somewhere."""
    checker = _Checker()
    checker.feed(html)
    assert not checker.open
    assert len(checker.ids) == len(set(checker.ids))
    assert set(checker.anchors) <= set(checker.ids)
    return checker


def test_page_is_whole() -> None:
    """All elements are closed, every id is there once, and every anchor in the page has its place."""
    checked(page_of(BODY).html)


def test_fixed_anchors_and_github_slugs() -> None:
    """A section has its fixed anchor whatever it is called, and GitHub's slug of its heading beside it."""
    ids = checked(page_of(BODY).html).ids
    fixed = ["summary", "impact", "timeline", "detection", "factors", "causes", "actions"]
    slugs = ["tldr", "contributing-factors", "root-cause-analysis", "action-items", "what-else"]
    assert [each for each in ids if each in fixed] == fixed
    assert [each for each in ids if each in slugs] == slugs
    assert {"a1", "a2", "a3", "n-0", "n-0-0", "aw-why-1", "aw-factor-1"} <= set(ids)


def test_table_of_contents_follows_the_source() -> None:
    """Sections are listed as they stand, known or not, with the headings below them."""
    toc = page_of(BODY + "\n### Deep\n").toc
    assert [entry.id for entry in toc] == [
        *("summary", "impact", "timeline", "detection", "factors", "causes", "actions", "what-else"),
    ]
    assert [entry.id for entry in toc[-1].children] == ["deep"]


def test_text_around_what_was_read_stays_in_its_place() -> None:
    """Paragraphs before and after a table stand before and after it; a note below a node is kept."""
    html = page_of(BODY).html
    places = [html.index(words) for words in ("Said first.", "aw-timeline", "Said last.", "By a page.")]
    assert places == sorted(places)
    assert "A note below." in html
    assert html.count("Payments failed") == 1


IN_PARTS = """
## Timeline (UTC)

From the chat.

### The first outage

- 14:03 [TRIGGER] Deploy
- 14:10 [DETECTED] Page

### 2026-03-15

Nobody was at work.

### 2026-03-16: the second outage

<!-- from the chat -->

- 09:00 Page again

<!-- from the log -->

| Time | Event | Source |
|---|---|---|
| 10:00 | [RESOLVED] Over | a log |

### 2026-03-17

- 11:00 [CLOSED] Meeting

### 2026-03-18
"""


def test_the_parts_of_a_timeline_stand_below_their_headings() -> None:
    """What is told of events stays with them; a day with nothing else before its events is the line of a table, any other stays a heading."""
    html = page_of(IN_PARTS).html
    told = (
        "The first outage</h3>",
        "14 Mar 2026",
        "Deploy",
        "Page",
        "2026-03-15</h3>",
        "Nobody was at work.",
        "2026-03-16: the second outage</h3>",
        "16 Mar 2026",
        "Page again",
        "Over",
        "17 Mar 2026",
        "Meeting",
        "2026-03-18</h3>",
    )
    section = re.sub(r"<figure.*?</figure>", "", html[html.index('id="timeline"') :], flags=re.DOTALL)
    places = [section.index(words) for words in told]
    assert places == sorted(places)
    assert html.count('class="aw-course"') == 1
    assert (
        html.index("From the chat.") < html.index('class="aw-course"') < html.index("The first outage</h3>")
    )
    assert re.findall(r'aria-label="(timeline[^"]*)"><table', html) == ["timeline", "timeline, part 2"]
    assert re.findall(r'<tr id="(t-\d)"', html) == ["t-1", "t-2", "t-3", "t-4", "t-5"]
    assert "2026-03-17</h3>" not in html
    heads = [re.findall(r'<th scope="col">(\w+)', row) for row in re.findall(r"<thead>.*?</thead>", section)]
    assert heads == [["Time", "Event"], ["Time", "Event", "Source"]]


def test_days_of_times_that_are_not_read_are_shown() -> None:
    """A day that a heading or row tells stands above its events, also where no zone is known, and where the first of them has no time."""
    zoneless = page_of("\n## Timeline\n\n### 2026-03-15\n\n- 23:30 Page\n- 00:10 Over\n").html
    assert re.findall(r"\d+ Mar 2026|Page|Over", zoneless[zoneless.index('class="aw-table') :]) == [
        *("15 Mar 2026", "Page", "16 Mar 2026", "Over"),
    ]
    untimed = page_of("\n## Timeline (UTC)\n\n- 14:00 Page\n- 2026-03-15\n- later Talk\n- 11:00 Over\n").html
    assert re.findall(r"\d+ Mar 2026|Page|Talk|Over", untimed[untimed.index('class="aw-table') :]) == [
        *("14 Mar 2026", "Page", "15 Mar 2026", "Talk", "Over"),
    ]


def test_text_without_any_section_is_the_record_and_no_remark_above_it() -> None:
    """What stands before the first section is set small and pale; all that a record says is not."""
    assert '<div class="aw-text aw-preamble">\n<p>Before.</p>' in page_of(BODY).html
    assert '<div class="aw-text">\n<p>Before.</p>' in page_of("\nBefore.\n").html


def test_timeline_sets_marks_off() -> None:
    """Marks are badges, days are lines of their own, the zone is named, an approximate time says so."""
    html = page_of(BODY).html
    assert '<span class="aw-mark aw-mark--trigger">TRIGGER</span> Deploy' in html
    assert "aw-mark--aside" in html
    assert html.count("aw-timeline__day") == 2
    assert "(UTC)" in html
    assert re.search(
        r'<abbr title="approximate">~</abbr>(<a [^>]*>)?<time datetime="2026-03-14T14:10Z">14:10</time>', html
    )


def test_figures_say_where_they_come_from() -> None:
    """A figure stands with its two anchors, and with `about` where one is approximate; absent ones are not shown."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page_of(BODY).html))
    assert "Customer impact22 minTRIGGER 14:03 → MITIGATED 14:25" in text
    assert "about 15 min" in text
    assert "Detection latency" not in text


def test_a_figure_over_several_days_says_which() -> None:
    """Where the two anchors lie on different days, each has its day."""
    body = BODY.replace("| 14:25 | [MITIGATED]", "| 2026-03-16 14:25 | [MITIGATED]")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page_of(body).html))
    assert "TRIGGER 14 Mar 14:03 → MITIGATED 16 Mar 14:25" in text


def targeted(policy: str, body: str = BODY, header: str = HEADER) -> str:
    """Render a page under a policy for sev2, and give its text."""
    settings = read_settings(
        f"archives: [{{folder: postmortems, address: postmortems/}}]\npolicy: {policy}\n", ""
    )
    assert not settings.findings
    archive = archive_of({"2026-03-14-a.md": header + body}, settings=settings)
    html = page_in(archive).html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_figures_stand_beside_their_targets() -> None:
    """A tile says by word whether it is within the target of its severity, and by how much it is over; an approximate one how near."""
    text = targeted("{sev2: {targets: {customer-impact: 30m, time-to-detect: 5m, time-to-mitigate: 10m}}}")
    assert "Customer impact22 minTRIGGER 14:03 → MITIGATED 14:25✓ within 30 min" in text
    assert "about 7 minTRIGGER 14:03 → DETECTED 14:10↑ over 5 min by about 2 min" in text
    assert "↑ over 10 min by about 5 min" in text


def test_a_target_without_its_figure_says_which_mark_is_missing() -> None:
    """Where a figure with a target is absent, the page names what the timeline lacks; without a target it is silent."""
    text = targeted("{sev2: {targets: {detection-latency: 2m}}}")
    assert "Detection latency: unknown, no event is marked [SIGNAL]. The target is 2 min." in text
    assert "unknown, no event" not in targeted("{sev1: {targets: {detection-latency: 2m}}}")
    retold = HEADER.replace("authors:", "retold_from: https://example.org/report\nauthors:")
    assert "unknown, no event" not in targeted("{sev2: {targets: {detection-latency: 2m}}}", header=retold)


def test_a_stated_duration_has_its_target() -> None:
    """The header's duration stands for the customer impact beside its target as well."""
    header = HEADER.replace("authors:", "duration: 2h\nauthors:")
    text = targeted("{sev2: {targets: {customer-impact: 90m}}}", "\n## Summary\n\nIt broke.\n", header)
    assert "Customer impact2 has stated↑ over 1 h 30 min by 30 min" in text


def test_actions_say_their_state() -> None:
    """An action has its state, its ticket and what it answers; cells that could not be read stand as written."""
    html = page_of(BODY).html
    first = html[html.index('id="a1"') : html.index('id="a2"')]
    assert "aw-state--overdue" in first
    assert 'data-due="2026-04-01"' in first
    assert '<a href="https://t.example/1" rel="noopener">PAY-1</a>' in first
    assert 'href="#n-0-0"' in first
    second = html[html.index('id="a2"') : html.index('id="a3"')]
    assert all(words in second for words in ("next week", "detekt", "dunno"))
    third = html[html.index('id="a3"') : html.index('id="what-else"')]
    assert "30 Mar 2026" in third
    assert "data-due" not in third


def test_tree_says_states_in_words() -> None:
    """Each leaf of the list says its state; an action that does not exist is no link."""
    html = page_of(BODY).html
    assert "risk accepted" in html
    assert '<span class="aw-ref aw-dead">A9</span>' in html
    assert '<a class="aw-ref" href="#a1" title="Close it">A1</a>' in html
    assert "in the tree" in html


def test_second_outcome_is_kept() -> None:
    """Items beside the outcome are no part of the tree, and still published."""
    html = page_of("\n## Root cause\n\nMethod: causal tree\n\n- One\n  - Two\n- Three\n  - Four\n").html
    assert all(word in html for word in ("One", "Two", "Three", "Four"))
    checked(html)


def test_second_section_of_a_name_is_kept() -> None:
    """A second Summary is published under its slug."""
    html = page_of("\n## Summary\n\nOne.\n\n## Summary\n\nTwo.\n").html
    assert 'id="summary-1"' in html
    assert "Two." in html
    checked(html)


def test_banners() -> None:
    """Drafts, retellings and findings are announced; findings give line, message and hint, hints are counted only."""
    header = HEADER.replace("status: final", "status: draft\nretold_from: https://e.example/x")
    html = page_of(BODY, header).html
    assert "Draft." in html
    assert '<a href="https://e.example/x" rel="noopener">e.example</a>' in html
    assert "data-due" not in html
    assert '<span class="aw-finding__place">line ' in html


def test_findings_beyond_the_first_twenty_are_counted() -> None:
    """A record with very many findings lists twenty and says how many more there are."""
    rows = "".join(f"| A{number} | Do it | Ada | soon | perhaps |\n" for number in range(1, 31))
    html = page_of(
        f"## Action items\n\n| ID | Action | Owner | Due | Status |\n|---|---|---|---|---|\n{rows}"
    ).html
    assert html.count('<span class="aw-finding__place">') == 20
    assert re.search(r"and \d+ findings more: <code>afterword check</code>", html)


def test_findings_quote_in_code() -> None:
    """What a message puts in backticks is set as code."""
    assert (
        "<code>authors</code> is missing"
        in page_of("## Summary\n\nShort.\n", HEADER.replace("authors", "writers")).html
    )


def _without_ours(html: str) -> str:
    """Leave out our own way to the search, and take the one element that our drawing begins with for another: all that is in it is judged."""
    html = re.sub(r'<form class="aw-find".*?</form>', "", html, count=1)
    return re.sub(r'<svg(?=[^>]* class="aw-course__svg")', "<g", html)


def test_findings_are_escaped() -> None:
    """A finding quotes what an author wrote, and that stays text."""
    header = HEADER.replace("severity: sev2", 'severity: "<script>alert(1)</script>"')
    assert inert(_without_ours(page_of(BODY, header).html))


def test_unreadable_record_is_escaped_text() -> None:
    """A file that was not parsed is published as text."""
    page = page_of("> " * 150 + "<script>alert(1)</script>\n")
    assert "Not parsed." in page.html
    assert "&lt;script&gt;" in page.html


def test_recurrence_and_neighbours() -> None:
    """An earlier record of the same class and service is named at the end, with the way there."""
    earlier = HEADER.replace("2026-03-14", "2026-01-10").replace("Payments fail", "Payments failed before")
    html = page_of(BODY, others={"2026-01-10-b.md": earlier}).html
    related = html[html.index('id="aw-related"') :]
    assert "This happened before" in related
    assert 'href="../../2026/2026-01-10-b/"' in related or 'href="../2026-01-10-b/"' in related
    assert "63 days before" in related


def test_footnotes_lead_there_and_back() -> None:
    """A footnote has a number, a way there and a way back."""
    html = page_of("\n## Summary\n\nOne[^a] and again[^a].\n\n[^a]: Said *so*.\n").html
    assert 'id="fnref-1"' in html
    assert 'href="#fn-1"' in html
    assert "Said <em>so</em>" in html
    checked(html)


def test_footnotes_are_numbered_as_they_are_read() -> None:
    """Footnotes have the numbers and the order of their first references, wherever and in which order they are defined."""
    body = "\n## Summary\n\nFirst[^late], second[^early].\n\n## Impact\n\nThird[^deep].\n"
    notes = "\n[^deep]: Ccc.\n[^early]: Bbb.\n[^late]: Aaa.\n"
    html = page_of(body + notes).html
    assert re.findall(r'href="#fn-(\d)"', html) == ["1", "2", "3"]
    listed = html[html.index('<ol class="aw-footnotes">') :]
    assert re.findall(r"Aaa|Bbb|Ccc", listed) == ["Aaa", "Bbb", "Ccc"]
    assert re.findall(r'id="fn-(\d)"', listed) == ["1", "2", "3"]


def test_a_zone_that_is_not_read_is_shown_as_written() -> None:
    """A time whose zone is an abbreviation keeps it on the page, where it would pass for one in the zone of the others."""
    html = page_of("\n## Timeline (UTC)\n\n- 14:03 Batch\n- 2026-03-14 14:13–14:20 PST: Page\n").html
    assert ">14:03</time>" in html
    assert "<td>14:13–14:20 PST</td>" in html
    for text in (
        "## Timeline (BST)\n\n- 14:03 Batch\n",
        "## Timeline\n\n|Time (BST)|Event|\n|-|-|\n|14:03|Batch|\n",
    ):
        html = page_of(f"\n{text}", HEADER.replace("title:", "timezone: Asia/Tokyo\ntitle:")).html
        assert 'Time <span class="aw-muted">(BST)</span>' in html
        assert "<td>14:03</td>" in html
        assert "<td>14:03</td>" not in page_of(f"\n{text.replace('14:03', '14:03Z')}").html


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "{{ 7*7 }}{% raw %}",
    "</title></textarea></style></section></div><iframe src=//e.example>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_in_every_field(payload: str) -> None:
    """Whatever a field, a heading, a cell, a node or a mark says, the page stays inert and whole."""
    quoted = "'" + payload.replace("'", "''") + "'"
    header = f"""---
title: {quoted}
date: 2026-03-14
severity: {quoted}
status: {quoted}
kind: {quoted}
services: [{quoted}]
failure_class: [{quoted}]
detected_by: {quoted}
authors: [{{name: {quoted}, role: {quoted}}}]
commander: [{quoted}]
incidents: [{quoted}, INC-2]
severity_reason: {quoted}
opened_as: sev1
impact: {{customers: 1, segments: [{quoted}], revenue: {{amount: 1, currency: {quoted}}}, teams_blocked: [{quoted}]}}
links: [{{rel: chat, url: {quoted}, title: {quoted}}}, {{rel: chat, url: "javascript:alert(1)", title: x}}]
recurrence_of: [{quoted}]
recurrences: [{{date: 2026-05-01, incident: {quoted}, note: {quoted}}}]
distinct_from: [{{id: {quoted}, reason: {quoted}}}]
retold_from: {quoted}
sign_off: [{{role: {quoted}, name: {quoted}}}]
---
"""
    cell = payload.replace("|", "\\|")
    body = f"""
{payload}

## Timeline

| Time (UTC) | Event | {cell} |
|---|---|---|
| 2026-03-14 14:03 | [TRIGGER {cell}] {cell} | {cell} |
| {cell} | {cell} | {cell} |

## {payload}

## Contributing factors

- {payload} -> A1

## Root cause analysis

Method: hybrid

- {payload} (AND)
  - {payload} -> A1
  - x -- accepted: {payload} ({payload}, 2026-09-30)

1. Why {payload}?
   Because {payload}

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status | Notes | {cell} |
|---|---|---|---|---|---|---|---|---|
| A1 | {cell} | {cell} | {cell} | {cell} | {cell} | {cell} | {cell} | {cell} |
| {cell} | x | x | 2026-04-01 | [x](javascript:alert(1)) | x | open | x | x |

## __config

```{payload}
{payload}
```
"""
    page = page_of(body, header)
    assert inert(_without_ours(page.html))
    checked(page.html)
    assert 'id="h-__config"' in page.html
    assert "{{ 7*7 }}" in page.html or "7*7" not in payload


def test_large_tree_is_a_file_beside_the_page() -> None:
    """Above 40 nodes the drawing is linked, and given as a file whose links lead back to the page."""
    nodes = "".join(f"  - Cause {number} -> A1\n" for number in range(45))
    body = f"\n## Root cause\n\nMethod: causal tree\n\n- Outcome\n{nodes}\n## Actions\n\n| ID | Action | Status |\n|---|---|---|\n| A1 | x | open |\n"
    archive = archive_of({"2026-03-14-a.md": HEADER + body})
    record = archive.records[0]
    made = sketch_of(record, tree_coverage(record, archive, AS_OF))
    assert made is not None
    drawing = dressed(made, laid_out(made), Links(archive, record, ""))
    html = page_of(body, drawing=drawing).html
    assert "<svg" not in html
    assert '<a href="tree.svg">' in html
    files = drawing_files(record, archive, drawing)
    assert [file.address for file in files] == ["postmortems/2026/2026-03-14-a/tree.svg"]
    assert b'href="./#a1"' in files[0].content


def test_actions_of_a_cause_are_told_apart() -> None:
    """Several actions stand with commas between, as the drawing has them."""
    body = "\n## Contributing factors\n\n- Full disk -> A1, A2\n\n## Action items\n\n| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n| A1 | Clean | Ada | 2026-05-01 | T-1 | prevent | open |\n| A2 | Alert | Ada | 2026-05-01 | T-2 | detect | open |\n"
    html = page_of(body).html
    assert '<a class="aw-ref" href="#a1" title="Clean">A1</a>, <a class="aw-ref" href="#a2"' in html


def test_facts_of_the_incident_stand_before_those_of_the_record() -> None:
    """Who wrote and signed a record folds away, so that the summary is in sight; what the incident did does not."""
    header = HEADER.replace("authors:", "detected_by: customer\nauthors:")
    facts, _, handling = page_of("\n## Summary\n\nBad.\n", header).html.partition(
        '<details class="aw-handling"'
    )
    assert "Detected by" in facts and "Authors" not in facts
    assert "Authors" in handling and "A. Writer" in handling


def test_every_anchor_that_a_record_is_known_by_is_on_its_page() -> None:
    """What `dead-link` takes for an anchor leads somewhere: sections in any alias, further headings, those in lists, and actions."""
    body = f"{BODY}\n## Detection\n\n- ### Who *saw* it first?\n\n### A note\n"
    record = archive_of({"2026-03-14-a.md": HEADER + body}).records[0]
    found = set(re.findall(r' id="([^"]+)"', page_of(body).html))
    wanted = {*record.anchors, *(action.id.lower() for action in record.actions)}
    assert {"summary", "tldr", "who-saw-it-first", "detection-1", "a1"} <= wanted
    assert wanted <= found


def test_related_incidents_say_why() -> None:
    """A later record of the same class and service is related, with what both share and the similar cause; an earlier one is not repeated."""
    later = HEADER.replace("2026-03-14", "2026-05-10").replace("Payments fail", "Refunds fail")
    earlier = HEADER.replace("2026-03-14", "2026-01-10").replace("Payments fail", "Payouts fail")
    causes = "\n## Contributing factors\n\n- The replica had no free connection <b>left</b>\n"
    others = {"2026-05-10-b.md": later + causes, "2026-01-10-c.md": earlier + causes}
    others |= {f"2020-01-{n:02}-n.md": HEADER.replace("api", f"s{n}") for n in range(1, 13)}
    html = page_of(causes.replace("had", "has"), others=others).html
    checked(html)
    listed = html[html.index("Related incidents") :]
    assert 'href="../../2026/2026-05-10-b/"' in listed or 'href="../2026-05-10-b/"' in listed
    assert "same service api; same failure class capacity; similar cause: The replica had no free" in listed
    assert "2026-01-10-c" not in listed[: listed.index("aw-around")]


def test_a_broader_class_is_called_a_class() -> None:
    """Kinds are something else (outage, regression): what two narrower classes have above them is a failure class, as elsewhere on the page."""
    archive = archive_of({"2026-03-14-a.md": HEADER})
    each = RelatedRecord(archive.records[0], 14, 0, False, (), (), (), ("capacity",))
    assert list(reasons(each, archive.settings)) == ["both of the broader failure class capacity"]


def test_distinct_records_are_named_once() -> None:
    """What looks alike and is not stands under that heading alone."""
    later = HEADER.replace("2026-03-14", "2026-05-10").replace("Payments fail", "Refunds fail")
    header = HEADER.replace("authors:", "distinct_from: [{id: 2026-05-10-b, reason: another pool}]\nauthors:")
    html = page_of(BODY, header, others={"2026-05-10-b.md": later}).html
    assert "Related incidents" not in html
    assert "another pool" in html


def test_a_heading_that_stands_for_the_title_is_shown_once_and_names_the_record_elsewhere() -> None:
    """The header has no title; what stands around the heading stays."""
    header = HEADER.replace("title: Payments fail\n", "")
    body = "\nBefore.\n\n# Checkout down\n\nBehind.\n\n## Summary\n\nIt broke.\n"
    page = page_of(body, header)
    assert page.title == "Checkout down" and "Checkout down" not in [entry.title for entry in page.toc]
    assert re.findall(r"<(h\d)[^>]*>Checkout down", page.html) == ["h1"]
    assert page.html.index(">Checkout down<") < page.html.index("Before.") < page.html.index("Behind.")
    other = page_of(
        "\n## Summary\n\nIt broke.\n", name="2026-03-20-b.md", others={"2026-03-14-a.md": header + body}
    )
    assert ">Checkout down</a>" in other.html
