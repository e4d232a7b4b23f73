"""A digest in its forms, for its readers."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import comrak
import pytest

from afterword.derive.digest import digest
from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.words.markdown_words import escaped
from afterword.model.action import Status, Ticket
from afterword.model.archive import Archive
from afterword.model.header import Impact
from afterword.model.settings import Entry, RosterEntry, Settings, Tracker
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.render.digest.digest_engineering import engineering_outline
from afterword.render.digest.digest_executive import executive_outline
from afterword.render.digest.digest_html import digest_html
from afterword.render.digest.digest_markdown import digest_markdown
from afterword.render.digest.digest_outline import Line, Outline, Part, Places
from afterword.render.digest.digest_text import WIDTH, digest_text
from afterword.render.digest.digest_words import nothing, rates
from afterword.render.page.environment import environment
from afterword.render.text.wrap import columns
from tests.derive.drawn_histories import a_history
from tests.derive.drawn_records import a_record, actions, an_archive, day, rich, section, tree

AS_OF = day("2026-04-27")
SETTINGS = Settings(
    teams=(RosterEntry("Payments", id="payments"),),
    people=(RosterEntry("Ada", "payments"),),
    services=(Entry("checkout", "Checkout", "payments"),),
)
SITE = "https://x.example/pm/"


def _archive() -> Archive:
    drawing = """
        A1 | open | due 2026-04-01 | owner @Ada
        A2 | open | due 2026-05-01
        A3 | cancelled | closed 2026-04-22
        A4 | done | closed 2026-04-23 | owner Ada
    """
    rows = actions(drawing)
    rows = (*rows[:2], replace(rows[2], notes=rich("the vendor does it")), rows[3])
    record = a_record(
        "2026-04-10-checkout",
        title="Payments fail",
        severity="sev1",
        services=("checkout",),
        published="2026-04-21",
        impact=Impact(customers=1200, revenue_amount=4360.0, revenue_currency="EUR"),
        sections=(section("summary", "One payment in four failed. It took an hour. Nobody was told."),),
        actions=rows,
        tree=tree("outcome\n  the replica lags -- accepted 2026-04-20"),
    )
    mild = a_record("2026-04-11-mild", title="A mild one", severity="sev3", published="2026-04-22")
    history = a_history(
        record,
        A1="2026-03-01 open owner @Ada due 2026-03-01; 2026-03-10 open due 2026-03-20; 2026-04-21 open due 2026-04-01",
        A2="2026-03-01 open due 2026-05-01",
        A3="2026-03-01 open; 2026-04-22 cancelled closed 2026-04-22",
        A4="2026-03-01 open; 2026-04-23 done closed 2026-04-23",
        A5="2026-03-01 open owner Ada due 2026-05-09; 2026-04-24 gone",
    )
    return as_it_was(replace(an_archive(record, mild, settings=SETTINGS), history=history), AS_OF)


def _outlined(audience: str = "engineering", site: str = SITE, most: int | None = None) -> Outline:
    summed = digest(_archive(), day("2026-04-20"), AS_OF)
    made = engineering_outline if audience == "engineering" else executive_outline
    return made(summed, SETTINGS, Places(SETTINGS, site), most=most)


def test_tickets_that_tell_otherwise_are_counted_and_the_worst_named() -> None:
    """Engineers see three of them and how many there are, executives the number; alone they are enough for a digest."""
    rows = actions("\n".join(f"A{n} | {'done' if n == 5 else 'open'}" for n in range(1, 6)))
    rows = tuple(replace(each, ticket=Ticket(f"T-{each.id[1:]}")) for each in rows)
    states = {f"t-{n}": TicketState(f"T-{n}", Status.OPEN if n == 5 else Status.DONE) for n in range(1, 6)}
    settings = replace(SETTINGS, trackers=(Tracker("Board", "T-#", kind="jira"),))
    tickets = Tickets("tickets.json", {"Board": TrackerSnapshot("Board", AS_OF, "", states)})
    record = a_record("2025-04-10-checkout", published="2025-04-21", actions=rows)
    archive = replace(an_archive(record, settings=settings), tickets=tickets)
    summed = digest(as_it_was(archive, AS_OF), day("2026-04-20"), AS_OF)
    assert not summed.is_empty and not summed.is_due
    head = "Tickets that tell otherwise: 5"
    part = engineering_outline(summed, settings, Places(settings, SITE)).parts[0]
    assert (part.heading, len(part.lines), part.more) == (head, 3, 2)
    assert part.lines[0].facts[0] == "done here, open in Board" and part.lines[0].href.endswith("#a5")
    executive = executive_outline(summed, settings, Places(settings, SITE))
    assert head in [line.title for part in executive.parts for line in part.lines]


def test_engineers_see_what_waits_first_and_whose_it_is() -> None:
    """Overdue, reviews and what is due come before what happened; each action has its owner, without the `@` that would call them, and how often it was put off."""
    outline = _outlined()
    assert outline.lead == (
        "2 records published, 1 action done, 1 put off, 1 cancelled, 1 taken out. "
        "Waiting: 1 overdue, 1 due within 7 days, 1 accepted risk to review."
    )
    parts = {
        part.heading: [" · ".join((each.title, *each.facts, *each.body)) for each in part.lines]
        for part in outline.parts
    }
    assert [*parts] == [
        "Overdue",
        "Accepted risks to review",
        "Due within 7 days",
        "Published",
        "Done",
        "Put off",
        "Cancelled",
        "Taken out of their record while open",
        "Follow-through",
    ]
    assert parts["Overdue"] == [
        "Action A1 · by 26 days, due 1 Apr 2026, put off twice · Ada (Payments) · A1 of Payments fail"
    ]
    assert parts["Due within 7 days"] == [
        "Action A2 · due 1 May 2026 · no owner (Payments) · A2 of Payments fail"
    ]
    assert parts["Published"][0] == (
        "Payments fail · Sev 1 · Checkout · 10 Apr 2026 · One payment in four failed. It took an hour. · "
        "Impact: 1,200 customers; 4,360 EUR lost."
    )
    assert parts["Put off"][0].startswith("Action A1 · from 20 Mar 2026 to 1 Apr 2026 · twice so far · ")
    assert parts["Cancelled"][0].endswith("Reason: the vendor does it")
    assert "Ada · was due 9 May 2026" in parts["Taken out of their record while open"][0]
    assert parts["Follow-through"][-1] == "Recurred within 90 days: unknown · no incident is old enough"


def test_recurrence_of_which_nothing_tells_is_unknown() -> None:
    """An old incident without a failure class and a service is no share of 0 %."""
    archive = as_it_was(an_archive(a_record("2025-04-10-old", services=(), failure_class=())), AS_OF)
    *_, recurred = rates(digest(archive, day("2026-04-20"), AS_OF))
    assert recurred == (
        "Recurred within 90 days: unknown",
        "no record has a failure class and a service",
    )


def test_executives_get_no_names() -> None:
    """The gravest in full, the others by count and title, promises against their targets, teams at most, and no action's text."""
    outline = _outlined("executive")
    text = digest_text(outline)
    assert "One payment in four failed." in text
    assert "Also published: 1 Sev 3" in text and "A mild one" in text
    assert "Overdue: 1 · the longest by 26 days · Payments 1" in text
    assert "Ada" not in text and "Action A" not in text


@pytest.mark.parametrize(
    ("since", "said"),
    [("2026-04-20", "Put off: 1\n"), ("2026-03-05", "Put off: 1 · 2 times since 5 Mar 2026\n")],
)
def test_how_often_is_told_where_it_is_more_than_once(since: str, said: str) -> None:
    """An action put off twice in the days of the digest is one action and two times."""
    summed = digest(_archive(), day(since), AS_OF)
    assert said in digest_text(executive_outline(summed, SETTINGS, Places(SETTINGS))) + "\n"


def test_executives_need_one_screen() -> None:
    """Of any number of records five are listed, and how many more there are is said."""
    records = [a_record(f"2026-04-{n:02}-x", severity="sev2", published="2026-04-21") for n in range(1, 20)]
    summed = digest(an_archive(*records), day("2026-04-20"), AS_OF)
    outline = executive_outline(summed, Settings(), Places(Settings()))
    assert (len(outline.parts[0].lines), outline.parts[0].more) == (5, 14)
    assert outline.parts[0].heading == "Published: 19 Sev 2"
    assert digest_text(outline).count("\n") < 30


def test_grave_is_what_the_settings_rank_so() -> None:
    """Where severities have other names, the two worst are told in full."""
    settings = Settings(severities=(Entry("red"), Entry("amber"), Entry("green")))
    records = [
        a_record(f"2026-04-0{n}-{word}", severity=word, published="2026-04-21")
        for n, word in enumerate(("red", "amber", "green"), start=1)
    ]
    outline = executive_outline(
        digest(an_archive(*records, settings=settings), day("2026-04-20"), AS_OF), settings, Places(settings)
    )
    assert [part.heading for part in outline.parts][:2] == ["Published", "Also published: 1 green"]
    assert len(outline.parts[0].lines) == 2


def test_a_share_never_looks_like_the_target_that_it_misses() -> None:
    """69.6 % of 70 % is 69 %, and missed."""
    drawing = "\n".join(f"A{n} | {'done | closed 2026-01-05' if n < 16 else 'open'}" for n in range(23))
    record = a_record("2026-01-01-x", published="2026-01-02", actions=actions(drawing))
    summed = digest(an_archive(record), day("2026-01-01"), AS_OF)
    line = engineering_outline(summed, Settings(), Places(Settings())).parts[-1].lines[0]
    assert (line.title, line.facts) == (
        "Done within 30 days: 69.5 %",
        ("16 of 23 actions; target 70 %, missed",),
    )


def test_links_are_whole_where_the_site_is_known() -> None:
    """An action leads to its row; without an address records are named."""
    overdue = _outlined().parts[0].lines[0]
    assert overdue.href == f"{SITE}postmortems/2026/2026-04-10-checkout/#a1"
    assert f"[Action A1]({overdue.href})" in digest_markdown(_outlined())
    bare = digest_markdown(_outlined(site=""))
    assert "](" not in bare and "`2026-04-10-checkout#A1`" in bare


def test_lists_can_be_shortened() -> None:
    """`most` entries and the number of the others, in every form."""
    outline = _outlined(most=1)
    assert "- and 1 more\n" in digest_markdown(outline) + digest_text(outline)
    assert ">and 1 more</li>" in digest_html(outline, environment())


def test_nothing_is_one_line() -> None:
    """In Markdown and text; the HTML document has that sentence alone."""
    outline = nothing(digest(an_archive(), day("2026-04-20"), AS_OF), "Payments", "Checkout")
    sentence = "Nothing happened for Payments and Checkout from 20 Apr to 27 Apr 2026, and nothing is due."
    assert digest_markdown(outline) == digest_text(outline) == f"{sentence}\n"
    assert (
        re.sub(
            r"\s+", " ", re.sub(r"(?s)<head>.*</head>|<[^>]+>", "", digest_html(outline, environment()))
        ).strip()
        == sentence
    )


HOSTILE = (
    "@juno and @org/team, closes #12, fixes org/repo#4, resolves GH-3",
    "https://x.example/org/repo/issues/1 www.x.example mail a@b.example",
    "<script>alert(1)</script><!-- x --> &lt;b&gt; &copy; <b onclick=x>",
    "*a* _b_ **c** `d` ~~e~~ [f](javascript:x) ![g](https://x.example/g.png) [^1] $x$ | y |",
    "/close",
    "- [ ] task",
    "+ item",
    "12. item",
    "1) item",
    "# heading",
    "> quote",
    "===",
    "---",
    "|-|-|",
    "    code",
    "```",
    "\\",
    "::error::x",
    '!12 %1.0 %"a" ~bug $1 &3 ^alert#1',
    "trailing backslash \\",
    "a\u202eb\x1b[31mc\nd\u2028e",
)

_EXTENSIONS = comrak.ExtensionOptions(
    table=True,
    strikethrough=True,
    autolink=True,
    tasklist=True,
    footnotes=True,
    alerts=True,
    math_dollars=True,
)
_RENDERED = comrak.RenderOptions(unsafe_=True)


def _seen(markdown: str) -> str:
    return comrak.markdown_to_html(markdown, extension_options=_EXTENSIONS, render_options=_RENDERED)


def _hostile_outline(text: str, href: str) -> Outline:
    # As `Places.line` makes it from what a record says.
    record = a_record("2026-04-10-x")
    line = Places(Settings(), SITE if href else "").line(record, text, (text, text), (text, text))
    return Outline("Title", "Lead.", (Part("Heading", (line, line)),), ("Note.",))


@pytest.mark.parametrize("href", ["", SITE])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_is_markup(text: str, href: str) -> None:
    """Read as GitHub and GitLab read Markdown, it is a list of two entries, with no element but ours, and says what the record says."""
    outline = _hostile_outline(text, href)
    seen = _seen(digest_markdown(outline))
    tags = set(re.findall(r"<(\w+)", seen))
    assert tags <= {"h1", "h2", "p", "ul", "li", "strong", "code", "br", "a"}
    assert (seen.count("<ul"), seen.count("<li"), seen.count("<h1"), seen.count("<h2")) == (1, 2, 1, 1)
    assert seen.count("<a ") == (2 if href else 0)
    words = html.unescape(re.sub(r"<[^>]+>", "", seen)).replace("\u200b", "")
    shown = outline.parts[0].lines[0].title
    assert words.count(shown) >= 10


@pytest.mark.parametrize("text", HOSTILE)
def test_no_host_finds_people_issues_or_addresses(text: str) -> None:
    """In the finished words nothing is left of `@name`, `#12`, `GH-3`, `https://` or `www.` that hosts make links of; no line is a quick action, none a command of a build service."""
    made = digest_markdown(_hostile_outline(text, ""))
    # What is set as code is looked through by no host.
    words = html.unescape(re.sub(r"(?s)<code>.*?</code>|<[^>]+>", " ", _seen(made)))
    assert not re.search(r"@\w|#\w|\bGH-\d|[a-z]://|\bwww\.\w|[!%^&]\d", words)
    assert not re.search(r"^\s*(?:/|::|##\[)", made, re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_document_is_harmless(text: str) -> None:
    """Everything is escaped, nothing is fetched, no script, and styles are our own alone."""
    document = digest_html(_hostile_outline(text, SITE), environment())
    assert set(re.findall(r"<(\w+)", document)) <= {
        *("html", "head", "meta", "title", "style", "body", "div"),
        *("h1", "h2", "p", "ul", "li", "a", "b", "bdi", "span", "br"),
    }
    attributes = " ".join(re.findall(r"<\w+([^>]*)>", document))
    names = {*re.findall(r"([\w-]+)=\"", re.sub(r'="[^"]*"', '="', attributes))}
    assert names <= {"lang", "charset", "name", "content", "class", "style", "href"}
    assert "url(" not in document and "@import" not in document
    assert {*re.findall(r'href="([^"]*)"', document)} == {f"{SITE}postmortems/2026/2026-04-10-x/"}
    shown = _hostile_outline(text, SITE).parts[0].lines[0].title
    assert html.unescape(document).count(f"<bdi>{shown}</bdi>") == 10


def test_text_is_eighty_columns_wide() -> None:
    """In any script; an address is never broken."""
    line = Line(
        "日本語の題名がとても長い場合" * 8, ("word " * 40,), ("x" * 200,), "https://x.example/" + "a" * 90
    )
    lines = digest_text(Outline("Title", "Lead.", (Part("Heading", (line,)),))).splitlines()
    assert max(columns(each) for each in lines if "https" not in each) <= WIDTH
    assert [each for each in lines if "https" in each] == ["  " + line.href]


def test_plain_words_stay_plain() -> None:
    """Markdown stays readable where nothing in it means anything."""
    plain = "Alert at 90 % within 10 min; 4,360 EUR (about), by team/lead: done - 1.5 h = ok!"
    assert escaped(plain) == plain
