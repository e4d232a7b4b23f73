"""What a search finds a record by."""

from __future__ import annotations

import datetime as dt

from afterword.derive.search_documents import SearchDocument, search_documents
from afterword.derive.words.passages import Passage, Where
from afterword.model.action import ActionItem, Status, Ticket
from afterword.model.header import Link
from afterword.model.markup import RichText
from afterword.model.settings import Entry, RosterEntry, Settings
from afterword.model.span import START
from tests.derive.drawn_records import a_record, an_archive, section


def test_a_document_holds_the_facts_and_words_of_a_record() -> None:
    """A document has the facts by catalogue id, names as readers know them, what is typed as it stands, and the body by parts."""
    action = ActionItem("A1", RichText("Double it"), START, ticket=Ticket("PAY-1"), status=Status.OPEN)
    record = a_record(
        title="API down",
        services=("gateway",),
        failure_class=("capacity",),
        kind="outage",
        detected_by="alert",
        incidents=("INC-7",),
        aliases=("2026-03-13-old",),
        actions=(action,),
        sections=(section("summary", "It broke."), section("impact", "Orders failed.")),
    )
    settings = Settings(
        services=(Entry("api", aliases=("gateway",), team="The Core"),),
        teams=(RosterEntry("The Core", id="core"),),
    )
    assert search_documents(an_archive(record, settings=settings)) == (
        SearchDocument(
            "2026-03-14-pool-exhausted",
            "API down",
            "postmortems/2026/2026-03-14-pool-exhausted/",
            dt.date(2026, 3, 14),
            "sev2",
            "outage",
            "final",
            "alert",
            ("api",),
            ("core",),
            ("capacity",),
            1,
            ("api", "capacity", "Sev 2", "Outage"),
            ("2026-03-14-pool-exhausted", "2026-03-13-old", "INC-7", "PAY-1"),
            (
                Passage(Where.SUMMARY, "summary", "Summary", "It broke."),
                Passage(Where.IMPACT, "impact", "Impact", "Orders failed."),
            ),
        ),
    )


def test_a_ticket_is_found_by_the_key_in_its_address() -> None:
    """A link that is titled in words leads to a ticket whose key is typed all the same; other addresses have none."""
    links = (
        Link("ticket", "https://tracker.example/browse/INK-3120?page=1", "The ticket"),
        Link("ticket", "https://tracker.example/issues/INK-7"),
        Link("ticket", "https://tracker.example/2026-10/list"),
        Link("runbook", "https://wiki.example/OPS-1"),
    )
    (document,) = search_documents(an_archive(a_record(links=links)))
    assert document.keys[1:] == ("The ticket", "INK-3120", "INK-7")


def test_record_without_facts_is_found_by_its_id() -> None:
    """A record of which nothing could be read still has a document."""
    record = a_record("0000-00-00-x", date=None, severity=None, status=None)
    (document,) = search_documents(an_archive(record))
    assert (document.title, document.day, document.severity, document.passages) == (
        "0000-00-00-x",
        None,
        "",
        (),
    )
    assert document.keys == ("0000-00-00-x",)
