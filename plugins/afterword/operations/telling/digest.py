"""What happened in the archive lately, written for a message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from afterword.check.wording import did_you_mean, listed
from afterword.derive.digest import digest
from afterword.derive.promises.reach import Reach
from afterword.derive.promises.scope import services_of, teams_of
from afterword.derive.words.labels import service_label
from afterword.model.audience import Audience
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.collecting import not_collecting
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.ledger import on_day, withheld
from afterword.operations.reading.loading import Progress
from afterword.operations.site_config import site_address, with_addresses
from afterword.render.digest.digest_engineering import engineering_outline
from afterword.render.digest.digest_executive import executive_outline
from afterword.render.digest.digest_html import digest_html
from afterword.render.digest.digest_markdown import digest_markdown
from afterword.render.digest.digest_outline import Outline, Places
from afterword.render.digest.digest_text import digest_text
from afterword.render.digest.digest_words import nothing
from afterword.render.page.environment import environment
from afterword.sources.clock import today
from afterword.sources.files import find_site_config

FORMS: Mapping[str, Callable[[Outline], str]] = {
    "markdown": digest_markdown,
    "html": lambda outline: digest_html(outline, environment()),
    "text": digest_text,
}
"""All forms of a digest; a new one gets its line here."""

_OUTLINES = {Audience.ENGINEERING: engineering_outline, Audience.EXECUTIVE: executive_outline}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a digest is to tell: since when, to whom, of whom, in which form, with at most so many entries of a list. `site_url` goes before what the site's configuration says."""

    since: Reach
    audience: Audience = Audience.ENGINEERING
    team: str | None = None
    service: str | None = None
    form: str = "markdown"
    site_url: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A digest; `is_due` tells whether anything waits for somebody, `notes` say which records are missing, and that git does not tell what happened."""

    text: str
    is_due: bool
    notes: tuple[str, ...]


def write_digest(
    asked: Asked,
    config: Path | None,
    as_of: dt.date | None,
    progress: Progress | None = None,
) -> Written:
    """Write what happened in the archive around the current folder; `as_of` is today in the archive's zone by default.

    Raises CannotRunError where there is no archive, the days run backwards, nobody knows the team or service, or links could lead nowhere.
    """
    loaded = open_known(config, progress=progress).loaded
    settings = with_addresses(loaded.archive.settings, loaded.root)
    day = as_of or today(settings.timezone)
    since = asked.since.before(day)
    if since > day:
        raise CannotRunError(f"--since {since} is later than {day}, the day of the digest")
    archive = on_day(loaded, day).archive
    team = _known("team", asked.team, teams_of(archive)) if asked.team is not None else ""
    service = _known("service", asked.service, services_of(archive)) if asked.service is not None else ""
    notes = (*loaded.unread, *withheld(archive.history))
    with not_collecting():
        summed = digest(archive, since, day, team, service)
    named = (team, service_label(settings, service))
    if summed.is_empty:
        return Written(FORMS[asked.form](nothing(summed, *named)), is_due=False, notes=notes)
    places = Places(settings, _site_url(asked.site_url, loaded.root))
    outline = _OUTLINES[asked.audience](summed, settings, places, *named, asked.most)
    return Written(FORMS[asked.form](outline), summed.is_due, notes)


def _known(what: str, word: str, known: Mapping[str, str]) -> str:
    found = known.get(word.strip().casefold())
    if found is None:
        names = sorted({*known.values()})
        guess = did_you_mean(word, names) or f", expected {listed(names)}" if names else ""
        raise CannotRunError(f"no {what} '{word}'{guess}")
    return found


def _site_url(given: str, root: Path) -> str:
    """Give the address that links begin with, with a slash at its end; empty where nobody says it."""
    config = find_site_config([root])
    address = given.strip() or (site_address(config) if config is not None else "")
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        where = "--site-url" if given else f"site_url of {config.name if config else 'the site'}"
        raise CannotRunError(
            f"{where} is '{address}', expected an address such as https://postmortems.example.org/"
        )
    return f"{quote(address, safe=':/-._~%@!$&*+,;=[]')}".rstrip("/") + "/"
