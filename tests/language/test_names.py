"""Telling names of people from other words: the lists, and texts that nobody would write."""

from __future__ import annotations

import datetime as dt
import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from afterword.check.context import Context
from afterword.check.names.lexicon import folded, is_brand, is_given, is_rare_word, is_word
from afterword.check.rules.named_person import check
from afterword.model.finding import Finding
from afterword.model.settings import Entry, RosterEntry, Settings
from afterword.parse.record import parse_record

LISTS = ("given.txt", "words.txt", "brands.txt")
PIECES = ["Petra", "petra", "Mark", "Jan ", "J. ", "Xolv", "@xolv", "'s laptop", " was paged", " and ", ", ", " (", "by ", "É", "王", "\u0301", "-", "/", ".", "v2 "]  # fmt: skip


def judged(text: str, settings: Settings | None = None, author: str = "") -> list[Finding]:
    """Give what the rule finds in the body of a record."""
    header = f"title: t\nauthors: [{author}]" if author else "title: t"
    record = parse_record(
        f"---\n{header}\n---\n\n{text}\n".encode(), "2026-03-14-text.md", settings or Settings()
    )
    context = Context(settings or Settings(), dt.date(2026, 4, 1), frozenset(), {}, frozenset(), {})
    return list(check(record, context))


def test_lists_are_small_and_in_order() -> None:
    """The lists that `scripts/names.py` writes are sorted, without repetition, and take 100 KB together."""
    folder = files("afterword.check.names")
    texts = [(folder / name).read_text("utf-8").splitlines() for name in LISTS]
    for head, *lines in texts:
        assert head.startswith("# ")
        assert [line[:2] for line in lines] == sorted({line[:2] for line in lines})
        assert all(words == sorted(set(words)) for line in lines if (words := line.split()[1:]))
    assert sum(len("\n".join(lines)) for lines in texts) < 100 * 1024


def test_rarer_words_are_known() -> None:
    """Words that no list of common ones has are told from logins by a list of their own."""
    words = ("outage", "grenades", "deployed", "slippage", "tweets")
    assert all(is_rare_word(word) and not is_word(word) for word in words)
    assert not is_rare_word("jvelde")
    assert len((files("afterword.check.names") / "rarer.txt").read_bytes()) < 150 * 1024


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alice restarted the connection pool, and users were served again.", ["Alice"]),
        ("Charlie paged Frank, as messages piled up for recipients.", ["Charlie", "Frank"]),
        ("Carol found the connection pool empty, and users were logged out.", ["Carol"]),
        ("Bob should have checked it. The sender had been taught to try again.", ["Bob"]),
        ("Alice swaps in the pool, and her keys sign for the contract.", []),
        ("Trudy, the adversary, pushes a message between Alice and Bob.", []),
    ],
)
def test_the_cast_of_protocols_is_told_from_staff(text: str, names: list[str]) -> None:
    """Incidents are about users, keys and messages, too: who restarts, pages or should have checked is no figure of a story."""
    assert [finding.message.split("'")[1] for finding in judged(f"## Summary\n\n{text}")] == names


def test_a_login_within_a_name_does_not_make_a_list_of_it() -> None:
    """Who has a login like the given name is found where a short sentence tells of nothing else."""
    text = "## Response\n\nJoe Marlow responded!"
    assert [finding.message.split("'")[1] for finding in judged(text, author="joe")] == ["Joe Marlow"]


def test_services_are_no_people() -> None:
    """What settings list as a service or team is no person, whatever it is said to do."""
    text = "- 14:02 UTC mkadlec asks for a lease and notices that there is none"
    settings = Settings(services=(Entry("mkadlec"),))
    assert [finding.message.split("'")[1] for finding in judged(text)] == ["mkadlec"]
    assert not judged(text, settings)


@pytest.mark.parametrize(
    "name",
    ["Søren", "Soren", "Ayşe", "Łukasz", "Zoltán", "Nguyên", "Priya", "Ngozi", "Kenji", "José", "Weiß"],
)
def test_accents_do_not_hide_a_name(name: str) -> None:
    """A name is the same with and without its accents."""
    assert folded(name).isascii()
    assert is_given(folded(name)) is (name not in ("Weiß", "Nguyên"))


@pytest.mark.parametrize(
    "word", ["restarted", "stopping", "engineers", "queries", "customers", "later", "notices"]
)
def test_words_are_known_with_their_endings(word: str) -> None:
    """A list of stems knows their regular forms."""
    assert is_word(word)


def test_brands_are_known() -> None:
    """Tools that could be names stand in the list of brands."""
    assert is_brand("sentry") and is_brand("jenkins") and not is_brand("petra")


@limits(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_breaks_the_rule(text: str) -> None:
    """Whatever is written, findings have a place in the text."""
    for finding in judged(text):
        assert (finding.span.line, finding.span.column) < (finding.span.end_line, finding.span.end_column)


@pytest.mark.parametrize(
    "piece",
    [
        "Petra ",
        "Petra, ",
        "J. ",
        "Jan ",
        "@xolv ",
        "by petra.weber ",
        "Petra (",
        "Jean-",
        "O'",
        "jvelde asks ",
        "jvelde, ",
        "`@jvelde` ",
        "jvelde@ ",
        "14:02 jvelde and ",
    ],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """A text of one name again and again takes no more than a few seconds."""
    start = time.process_time()
    judged("- x\n\n" + piece * (100_000 // len(piece)))
    assert time.process_time() - start < 10


def test_large_roster_is_read_once() -> None:
    """A roster of thousands costs the first record something, and the next nothing."""
    people = tuple(
        RosterEntry(f"Given{number} Family{number}", id=f"login{number}") for number in range(5_000)
    )
    settings = Settings(people=people)
    context = Context(settings, dt.date(2026, 4, 1), frozenset(), {}, frozenset(), {})
    record = parse_record(
        b"---\ntitle: t\n---\n\nThe queue was full, says login77.\n", "2026-03-14-x.md", settings
    )
    assert [finding.span.column for finding in check(record, context)] == [26]
    start = time.process_time()
    for _ in range(20):
        list(check(record, context))
    assert time.process_time() - start < 2
