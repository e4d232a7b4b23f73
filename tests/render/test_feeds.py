"""Feeds, through validators and readers that are not ours."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest
from lxml import etree

from afterword.derive.history.as_it_was import as_it_was
from afterword.model.archive import Archive
from afterword.model.history import History
from afterword.render.feeds.feed_files import MOST, MOST_OF_SERVICE, feed_files
from afterword.render.feeds.subscribing import feed_links, head_links, with_subscriptions
from afterword.render.page.environment import environment
from afterword.render.page.site_page import SitePage
from afterword.render.page.site_url import SiteUrl
from tests.derive.drawn_histories import a_history
from tests.render.drawn_archives import DAY, FOLDER, SETTINGS, a_file, an_archive

SITE = SiteUrl.of("https://pm.example.org/docs")
ATOM = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_AUTHORS = {"type": "array", "items": {"type": "object", "required": ["name"]}}
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": _AUTHORS,
        "home_page_url": {"type": "string", "pattern": "^https://"},
        "feed_url": {"type": "string", "pattern": "^https://"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:"},
                    "url": {"type": "string", "pattern": "^https://"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "date_published": _MOMENT,
                    "date_modified": _MOMENT,
                    "authors": _AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
"""What jsonfeed.org/version/1.1 asks for, and no more than what is used here."""

ACTIONS = "| A1 | Mend `the pool` | Ada | 2026-05-01 | | prevent | open | |\n"
FILES = {
    "2026/2026-03-14-pool.md": a_file(actions=ACTIONS, services="api, mail", more="published: 2026-03-20\n"),
    "2026/2026-04-01-late.md": a_file("Mail is late", "2026-04-01", services="mail", status="draft"),
}


def feeds(archive: Archive, site: SiteUrl = SITE, as_of: dt.date = DAY) -> dict[str, bytes]:
    """Write the feeds by name; each has to pass its validator."""
    made = {
        file.address.removeprefix("postmortems/feeds/"): file.content
        for file in feed_files(archive, FOLDER, as_of, site)
    }
    for name, content in made.items():
        if name.endswith(".atom"):
            ATOM.assertValid(etree.fromstring(content))
        else:
            jsonschema.validate(json.loads(content), JSON_FEED)
    return made


def with_history(drawing: str, site: SiteUrl = SITE) -> dict[str, bytes]:
    """Write the feeds of the archive with a history of its action."""
    archive = an_archive(FILES, SETTINGS)
    record = archive.records[0]
    history = a_history(record, first="2026-03-15", final="2026-03-21", A1=drawing)
    return feeds(as_it_was(replace(archive, history=history), DAY), site)


def parsed(content: bytes, name: str = "records.atom") -> Any:
    """Read a feed as a reader does that has fetched it."""
    there = {
        "content-location": f"https://pm.example.org/docs/postmortems/feeds/{name}",
        "content-type": "application/atom+xml",
    }
    read = feedparser.parse(content, response_headers=there)
    assert not read.bozo, read.get("bozo_exception")
    return read


def test_records_come_newest_first() -> None:
    """Each with its title, dates, authors, words of the catalogue and its summary; a draft says so."""
    read = parsed(feeds(an_archive(FILES))["records.atom"])
    draft, final = read.entries
    assert (draft.title, final.title) == ("Draft: Mail is late", "Payments fail")
    assert final.published == final.updated == "2026-03-20T00:00:00Z"
    assert final.link == "https://pm.example.org/docs/postmortems/2026/2026-03-14-pool/"
    assert [tag.label for tag in final.tags] == ["Sev 2", "Public API", "Mail"]
    assert final.author == "A. Writer"
    assert "<p>It broke. It was mended.</p>" in final.content[0].value
    assert read.feed.updated == "2026-04-01T00:00:00Z"
    assert [(link.rel, link.href) for link in read.feed.links] == [
        ("self", "https://pm.example.org/docs/postmortems/feeds/records.atom"),
        ("alternate", "https://pm.example.org/docs/postmortems/"),
    ]


def test_changes_of_actions_are_told() -> None:
    """What became of it, from what to what, and where it stands."""
    made = with_history("2026-03-15 open due 2026-04-01 owner Bo; 2026-03-30 open due 2026-05-01 owner Ada")
    changed, new = parsed(made["actions.atom"]).entries
    assert changed.title == "A1 put off to 1 May 2026, given to Ada: Action A1"
    assert new.title == "A1 new: Action A1"
    assert changed.link.endswith("/2026-03-14-pool/#a1")
    item = json.loads(made["actions.json"])["items"][0]
    assert item["content_text"].splitlines() == [
        "A1 of “Payments fail”",
        "Owner: Bo → Ada",
        "Due: 1 Apr 2026 → 1 May 2026",
    ]
    assert item["date_published"] == "2026-03-30T12:00:00Z"


def test_a_service_has_all_of_its_news_in_one_feed() -> None:
    """Records and actions together; a service to which nothing happened has an empty feed."""
    made = with_history("2026-03-15 open; 2026-05-30 done")
    titles = [entry.title for entry in parsed(made["services/mail.atom"]).entries]
    assert titles == ["A1 done: Action A1", "Draft: Mail is late", "Payments fail", "A1 new: Action A1"]
    assert json.loads(made["services/web.json"])["items"] == []
    assert parsed(made["services/web.atom"]).feed.updated == "1970-01-01T00:00:00Z"


def test_ids_are_stable_and_no_entry_shares_one() -> None:
    """The same news has the same id in every feed, whatever happens after it; what is finished is another entry than its draft."""

    def ids(made: dict[str, bytes], name: str) -> list[str]:
        return [entry.id for entry in parsed(made[name]).entries]

    before = with_history("2026-03-15 open")
    after = with_history("2026-03-15 open; 2026-03-30 done")
    assert ids(before, "actions.atom") == ids(after, "actions.atom")[1:]
    assert ids(before, "records.atom") == ids(after, "records.atom")
    assert set(ids(after, "services/mail.atom")) == {
        *ids(after, "records.atom"),
        *ids(after, "actions.atom"),
    }
    assert all(uuid.UUID(each).version == 5 for each in ids(after, "services/mail.atom"))
    drafted = {"2026/2026-03-14-pool.md": a_file(status="draft")}
    assert not {*ids(feeds(an_archive(drafted)), "records.atom")} & {*ids(before, "records.atom")}
    feed_ids = [parsed(content).feed.id for name, content in after.items() if name.endswith(".atom")]
    assert len({*feed_ids}) == len(feed_ids) > 3


def test_the_same_archive_gives_the_same_bytes() -> None:
    """Two builds can be compared, and the day alone changes nothing."""
    archive = an_archive(FILES)
    assert feeds(archive) == feeds(archive) == feeds(archive, as_of=DAY + dt.timedelta(days=40))


def test_links_are_whole_and_safe() -> None:
    """A link of the summary leads to its place from wherever it is read; what leads nowhere is no link."""
    text = "See [below](#impact), [the other](2026-04-01-late.md), [out](https://other.example/a?b=c&d), [bad](javascript:alert(1)) <script>x</script><b onclick=x>bold</b>"
    files = {**FILES, "2026/2026-03-14-pool.md": a_file().replace("It broke.", text)}
    html = next(
        entry["content_html"]
        for entry in json.loads(feeds(an_archive(files))["records.json"])["items"]
        if entry["title"] == "Payments fail"
    )
    base = "https://pm.example.org/docs/postmortems/2026/"
    assert f'href="{base}2026-03-14-pool/#impact"' in html
    assert f'href="{base}2026-04-01-late/"' in html
    assert 'href="https://other.example/a?b=c&amp;d"' in html
    assert "javascript:" not in html and "script" not in html and "onclick" not in html
    assert "<b>bold</b>" in html


def test_without_a_site_url_links_are_seen_from_the_feed() -> None:
    """Atom allows it, and readers find the page; JSON feeds have no addresses then, and both tell the words of the summary."""
    made = feeds(an_archive(FILES), SiteUrl())
    root = ElementTree.fromstring(made["services/mail.atom"])  # noqa: S314 - our own
    ways = [link.get("href") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert ways[:2] == ["mail.atom", "../../services/mail/"]
    assert "{http://www.w3.org/XML/1998/namespace}base" not in root.attrib
    assert parsed(made["records.atom"]).entries[1].link == (
        "https://pm.example.org/docs/postmortems/2026/2026-03-14-pool/"
    )
    items = json.loads(made["records.json"])["items"]
    assert all("url" not in item and "It was mended." in item["content_text"] for item in items)


@pytest.mark.parametrize("site", [SITE, SiteUrl()])
def test_hostile_texts_stay_texts(site: SiteUrl) -> None:
    """Control characters are gone, and nothing ends an element or a string early."""
    hostile = (
        "]]> </title><x/>&amp;&#x1b;[31m &#8238; \\ud800 &#xFFFF; \"quoted\" 'so' שלום 👩‍👩‍👧 "
        + "long " * 200
    )
    archive = an_archive({"2026/2026-03-14-pool.md": a_file().replace("It broke.", hostile)}, SETTINGS)
    record = archive.records[0]
    title = "T ]]> <b> & \x00\x0b\ufffe\ud800 \u202eright"
    harmed = replace(record, header=replace(record.header, title=title, services=("a\x07b",)))
    history = a_history(harmed, A1="2026-03-15 open owner ]]>\x1b")
    made = feeds(Archive.of(SETTINGS, [harmed], history=history), site)
    for name, content in made.items():
        text = content.decode("utf-8")
        assert not any(ord(each) < 32 and each != "\n" for each in text), name
        assert "\u202e" not in text and "\ufffe" not in text
    assert parsed(made["records.atom"]).entries[0].title == "T ]]> <b> &  right"


def test_feeds_end() -> None:
    """A feed of the archive has its last entries, one of a service fewer."""
    files = {f"2026-03-14-r{number:03}.md": a_file(services="mail") for number in range(MOST + 5)}
    made = feeds(an_archive(files))
    assert len(json.loads(made["records.json"])["items"]) == MOST
    assert len(json.loads(made["services/mail.json"])["items"]) == MOST_OF_SERVICE


def test_where_nothing_is_known_of_changes_the_feed_says_why() -> None:
    """A shallow clone has no history."""
    archive = replace(an_archive(FILES), history=History(absent="the clone is shallow"))
    read = json.loads(feeds(archive)["actions.json"])
    assert read["items"] == []
    assert read["description"].endswith("none are known: the clone is shallow")


@pytest.mark.parametrize(
    ("below", "heads", "shown"),
    [
        ("", 4, 2),
        ("actions/", 3, 2),
        ("risks/", 1, 1),
        ("owners/ada/", 1, 1),
        ("teams/core/", 1, 1),
        ("services/mail/", 2, 1),
        ("services/", 0, 0),
        ("owners/nobody/", 0, 0),
        ("2026/2026-03-14-pool/", 0, 0),
    ],
)
def test_pages_lead_to_what_there_is(below: str, heads: int, shown: int) -> None:
    """In the head every feed of a page, at its end those that people subscribe to; nothing that does not exist."""
    here = f"postmortems/{below}"
    names = [
        "records.atom",
        "records.json",
        "actions.atom",
        "actions.json",
        "all.ics",
        "risks.ics",
        "owners/ada.ics",
        "teams/core.ics",
        "services/mail.atom",
        "services/mail.json",
    ]
    found = feed_links(here, FOLDER, {f"postmortems/feeds/{name}" for name in names})
    assert head_links(here, found).count("<link ") == heads
    page = with_subscriptions(SitePage(here, "T", "<p>x</p>", "entry"), found, environment()).made()
    assert page.html.count("<li><a ") == shown
    if not shown:
        assert page.html == "<p>x</p>"
