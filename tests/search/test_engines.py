"""Both engines in Chromium, on sites that differ in nothing else: the same questions find the same records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from afterword.derive.words.stems import stem
from afterword.search.folding import folded
from afterword.search.terms import STOP_WORDS
from tests.conftest import Serve, afterword, drawn
from tests.drawn_site import SITE
from tests.search.asking import asked, open_engine

pytestmark = pytest.mark.browser

POOL = "2026-01-05-pool-exhausted"
CERTIFICATE = "2026-02-05-certificate-expired"
QUEUE = "2026-03-05-queue-grew"
CAFE = "2026-04-05-cafe-orders-lost"
DISK = "2025-05-05-disk-full"
OLD_DISK = "2021-05-05-disk-full-before"


def a_record(
    title: str, summary: str, cause: str = "", action: str = "", more: str = "", head: str = ""
) -> str:
    """Draw a record."""
    return (
        f"---\ntitle: {title}\nseverity: sev2\nservices: [payments-api]\n{head}---\n\n## Summary\n\n{summary}\n\n"
        f"## Contributing factors\n\n- {cause}\n\n## Action items\n\n- {action}\n\n## Background\n\n{more}\n"
    )


RECORDS = {
    POOL: a_record(
        "Checkout stalls while connections run out",
        "No connection was left in the pool: `pool.acquire()` waited.",
        "A retry held two connections at once",
        "Close connections when a request is retried (PAY-1234)",
        "`pg_stat_activity` was full. The log said `ERR_CONNECTION_RESET at 0x7f`.",
        "incidents: [INC-142]\n",
    ),
    CERTIFICATE: a_record(
        "A certificate ran out on a Sunday",
        "The renewal of the certificate had lapsed.",
        "Renewals were recorded in a calendar that nobody read",
        "Measure the days that a certificate has left (PAY-77)",
    ),
    QUEUE: a_record(
        "Orders arrive late",
        "A queue grew for six hours.",
        "One consumer was left after a deployment, and its connection was slow",
        "Alert on the age of the oldest message",
        "Much later somebody spoke of the pool of connections, of a certificate, and of a full disk.",
    ),
    CAFE: a_record(
        "Café orders lost",
        "The Zürich region lost orders.",
        "A deploy rolled out everywhere",
        more="The log spells it `conection`.",
    ),
    DISK: a_record("The disk was full", "No space left on device.", "Logs were never rotated"),
    OLD_DISK: a_record("The disk was full", "No space left on device.", "Logs were never rotated"),
}


@pytest.fixture(scope="module", params=[pytest.param("lunr", marks=pytest.mark.slow), "postings"])
def page(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Serve, browser: Browser
) -> Iterator[Page]:
    """Open the engine of a site that is built with it."""
    folder = tmp_path_factory.mktemp(request.param)
    tree: dict[str, str | bytes] = {"mkdocs.yml": SITE, "docs/index.md": "# Home\n"}
    tree["afterword.yml"] = f"archive: docs/postmortems\nsearch: {request.param}\n"
    tree |= {f"docs/postmortems/{name}.md": text for name, text in RECORDS.items()}
    with drawn(folder, tree):
        told = afterword("build", folder=folder)
    assert f"search: {request.param}, as `search`" in told.stderr
    page = browser.new_page()
    page.goto(f"{serve(folder / 'site')}/postmortems/search/")
    open_engine(page)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("certificate", CERTIFICATE),
        ("certificates ", CERTIFICATE),
        ("connection pool", POOL),
        ("pool connection", POOL),
        ("acquire", POOL),
        ("pool.acquire()", POOL),
        ("pg_stat_activity", POOL),
        ("stat", POOL),
        ("ERR_CONNECTION_RESET", POOL),
        ("PAY-1234", POOL),
        ("pay-1234", POOL),
        ("PAY-77", CERTIFICATE),
        ("INC-142", POOL),
        (POOL, POOL),
        ("cafe", CAFE),
        ("CAFÉ", CAFE),
        ("zurich", CAFE),
        ("deployment of the queue", QUEUE),
        ("deployed", CAFE),
        ("No space left on device", DISK),
        ("payments certificate", CERTIFICATE),
        ("certificate calendar", CERTIFICATE),
        ("Which incidents of payments were caused by a certificate?", CERTIFICATE),
    ],
)
def test_the_record_that_is_meant_comes_first(page: Page, text: str, first: str) -> None:
    """By words in any form and order, by parts of code, by keys and ids as typed, without accents."""
    assert asked(page, text)["ids"][0] == first


def test_every_word_must_be_found(page: Page) -> None:
    """A record with one of two words does not stand among those with both."""
    assert set(asked(page, "certificate pool ")["ids"]) == {QUEUE}
    assert not asked(page, "certificate pool ")["partly"]


def test_where_no_record_has_all_words_those_with_most_and_rarest_follow(page: Page) -> None:
    """Nothing is found in full, so what comes nearest is shown, and it is said."""
    found = asked(page, "renewal certificate acquire ")
    assert found["partly"]
    assert found["ids"][0] == CERTIFICATE
    assert POOL in found["ids"]
    assert set(found["marked"]) == {"certificate", "renewal", "Renewals"}


def test_words_that_no_record_has_are_told(page: Page) -> None:
    """Who finds only some of the words hears which are nowhere, so that they need not be looked for in each result."""
    found = asked(page, "certificate heffalump pool zebra ")
    assert found["partly"] and found["missing"] == ["heffalump", "zebra"]
    assert asked(page, "certificate pool ")["missing"] == []


def test_a_whole_sentence_asks_for_what_it_is_about(page: Page) -> None:
    """The words of asking need not be found; where a question has no others, they are what is asked for."""
    found = asked(page, "Which incidents were caused by a certificate and a pool? ")
    assert found["ids"] == [QUEUE] and not found["partly"]
    assert asked(page, "Which incidents? ")["ids"] == []


def test_phrases_are_exact(page: Page) -> None:
    """Words in quotes stand beside each other; without quotes they need not."""
    assert set(asked(page, '"oldest message"')["ids"]) == {QUEUE}
    assert asked(page, '"message oldest"')["partly"]
    assert not asked(page, "message oldest")["partly"]
    assert set(asked(page, '"certificate had" renewal')["ids"]) == set(
        asked(page, "renewal certificate")["ids"]
    )


@pytest.mark.parametrize(
    ("text", "first", "instead"),
    [
        ("certifcate ", CERTIFICATE, "certificate"),
        ("certifciate", CERTIFICATE, "certificate"),
        ("calender ", CERTIFICATE, "calendar"),
        ("ceritficte ", CERTIFICATE, "certificate"),
        ("mesage ", QUEUE, "message"),
        ("queeu ", QUEUE, "queue"),
        ("rotatde logs", DISK, "rotated"),
    ],
)
def test_slips_are_forgiven(page: Page, text: str, first: str, instead: str) -> None:
    """A letter too few, too many, another or swapped; two in a long word; and it is said what was taken."""
    found = asked(page, text)
    assert found["ids"][0] == first
    assert instead in next(iter(found["instead"].values()))


def test_a_slip_that_a_record_has_too_is_doubted(page: Page) -> None:
    """Alone it is found as it stands; beside words that its record has not it is taken for what was meant."""
    assert asked(page, "conection ")["ids"] == [CAFE]
    found = asked(page, "conection pool acquire ")
    assert found["ids"] == [POOL] and not found["partly"]
    assert found["instead"]["conection"][0] == "connection"


@pytest.mark.parametrize(
    "text", ["zebra", "pod ", "cat ", "0x7e", "qqqqqqqq", "PAY-1235 ", "INC-9 ", "ERR_QUOTA_RESET "]
)
def test_what_is_nowhere_is_not_made_up(page: Page, text: str) -> None:
    """Short words and numbers are not taken for others, nothing is taken for what is like no word, and of a key that nobody has its parts are not shown."""
    assert asked(page, text)["ids"] == []


def test_a_key_beside_words_replaces_none_of_them(page: Page) -> None:
    """A record with the key alone is not among those with all words; of those that have some, it is the first."""
    found = asked(page, "PAY-77 calendar ")
    assert found["ids"] == [CERTIFICATE] and not found["partly"]
    beside = asked(page, "PAY-77 deploy ")
    assert beside["partly"] and beside["ids"][0] == CERTIFICATE


@pytest.mark.parametrize("length", range(3, len("connections") + 1))
def test_results_come_while_a_word_is_typed(page: Page, length: int) -> None:
    """On the way from `con` to `connections` there is no step at which nothing is found."""
    assert POOL in asked(page, "connections"[:length])["ids"]


def test_a_whole_word_is_not_a_beginning(page: Page) -> None:
    """With a space behind it `cert` is a word, which no record has, and not the beginning of `certificate`."""
    assert CERTIFICATE in asked(page, "cert")["ids"]
    assert asked(page, "cert ")["ids"] == []


def test_of_equals_the_recent_comes_first(page: Page) -> None:
    """Two records tell the same, and the later one is shown first."""
    assert asked(page, "disk full")["ids"][:2] == [DISK, OLD_DISK]


def test_found_words_are_marked_in_their_forms(page: Page) -> None:
    """What is marked in the text are the words that were found, in every form, and no others."""
    assert set(asked(page, "connection pool ")["marked"]) == {
        "connection",
        "connections",
        "CONNECTION",
        "pool",
    }


def test_nothing_asked_finds_nothing(page: Page) -> None:
    """Signs alone are no question."""
    assert asked(page, ' "" ()')["ids"] == []


def test_the_page_makes_the_terms_that_the_index_holds(page: Page) -> None:
    """Folding, stemming and the words left out are the same here and there, or words are in the index and never found."""
    words = folded(
        " ".join(
            (
                Path(__file__).read_text("utf-8"),
                Path("README.md").read_text("utf-8"),
                *RECORDS.values(),
                "ŁÓDŹ ﬁne Ⅷ naïve straße İstanbul Ωmega 漢字 lay try dying series",
            )
        )
    ).split()
    words = sorted({*words, *STOP_WORDS})
    assert page.evaluate("(words) => words.map(aw.question.stem)", words) == [stem(word) for word in words]
    texts = [*words, "ŁÓDŹ ﬁne Ⅷ naïve straße", "a_b-c.d/e", "x\u0301y"]
    assert page.evaluate("(texts) => texts.map((text) => aw.question.folded(text).join(' '))", texts) == [
        folded(text) for text in texts
    ]
    common = sorted(STOP_WORDS)
    assert page.evaluate("(words) => words.filter((word) => aw.question.terms(word).length)", common) == []


@pytest.mark.slow
def test_a_strict_policy_is_no_hindrance(page: Page, browser: Browser) -> None:
    """Under a content security policy the search needs nothing but the site's own scripts."""
    headers = {
        "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    }
    other = browser.new_page()

    def guarded(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, **headers})

    other.route("**/*", guarded)
    other.goto(f"{page.url}?text=certificate")
    expect(other.locator(f'#aw-search-results a[href*="{CERTIFICATE}"]').first).to_be_visible()
    expect(other.locator("#aw-search-results mark").first).to_be_visible()
    other.unroute_all(behavior="wait")  # a request that is still answered would fail the next test
    other.close()
