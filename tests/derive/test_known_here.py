"""What the records of a service tell those who are called to it."""

from __future__ import annotations

from afterword.derive.likeness.known_here import came_back, runbooks, statements_of, what_helped
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record


def a_record(day: str, factors: str = "", well: str = "", links: str = "") -> Postmortem:
    """Read a record with lists of factors and of what went well."""
    text = f"---\ntitle: Down\ndate: {day}\n{links}---\n\n## What went well\n\n{well}\n\n## Contributing factors\n\n{factors}\n"
    return parse_record(text.encode(), f"{day}-down.md", Settings())


def told(*records: Postmortem) -> list[tuple[str, list[str]]]:
    """Give what came back, with the days of the records."""
    read = [(record, statements_of(record)) for record in records]
    return [(each.text, [record.id[:10] for record in each.records]) for each in came_back(read, 5)]


def test_a_factor_in_nearly_the_same_words_came_back() -> None:
    """Endings and empty words make no difference, the latest wording is told, and each record counts once."""
    latest = a_record("2026-03-03", "- No alert on the certificate's expiry\n- The runbook was outdated")
    middle = a_record(
        "2026-02-02", "- Certificate expiry has no alerts\n- There were no alerts: certificates expiry"
    )
    first = a_record("2026-01-01", "- The certificate expiry alert was missing\n- A disk was full")
    assert told(latest, middle, first) == [
        ("No alert on the certificate's expiry", ["2026-03-03", "2026-02-02", "2026-01-01"])
    ]


def test_what_shares_a_few_words_alone_did_not_come_back() -> None:
    """A word or two in common, or one word alone, make two statements no one."""
    one = a_record("2026-03-03", "- The connection pool of payments was exhausted by refunds\n- Retries")
    other = a_record("2026-02-02", "- The connection pool was sized for two instances\n- Retries")
    assert told(one, other) == []


def test_runbooks_are_listed_once() -> None:
    """A runbook that several records link to stands once, with the title that the latest of them gives it."""
    link = "links:\n  - {{rel: runbook, url: 'https://x.example/pool', title: {title}}}\n  - {{rel: chat, url: 'https://x.example/c'}}\n"
    records = (
        a_record("2026-03-03", links=link.format(title="Pool exhausted")),
        a_record("2026-01-01", links=link.format(title="Pool")),
    )
    (found,) = runbooks(records)
    assert (found.title, found.url, len(found.records)) == ("Pool exhausted", "https://x.example/pool", 2)


def test_of_each_record_the_first_thing_that_helped_comes_first() -> None:
    """The latest records each have their say before one has a second; what is left to be filled in is no help."""
    records = (
        a_record("2026-03-03", well="- A\n- B\n- C"),
        a_record("2026-02-02", well="- D"),
        a_record("2026-01-01"),
    )
    assert [each.text for each in what_helped(records, 3)] == ["A", "D", "B"]


def test_what_helped_may_be_told_in_paragraphs_or_a_table() -> None:
    """What `few-positives` counts is what is shown; a paragraph above a list leads to it."""
    records = (
        a_record("2026-03-03", well="The page was right.\n\nSupport knew."),
        a_record("2026-02-02", well="| What |\n|---|\n| The runbook held |"),
        a_record("2026-01-01", well="Some of it:\n\n- The replica was there"),
    )
    told = [each.text for each in what_helped(records, 5)]
    assert told == ["The page was right.", "The runbook held", "The replica was there", "Support knew."]
