"""What is asked of the part of a site that an archive makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword.operations.reading.loading import Progress


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """The site around an archive, and what it wants of it.

    `folder` is that of the site's configuration; `page_addresses` are the addresses of the ordinary pages by `src`; `staying` are `src` that stay published whether a page links to them or
    not (a logo, a style sheet); templates in `custom_templates` win over those of the package; `url` is where the site is published, for feeds and calendars.
    Made `for_author`, pages of records show all of their findings, which published pages do not, and a large search index may be that of an earlier build: `search.renewed` of the site
    makes the present one.
    """

    folder: Path
    page_addresses: Mapping[str, str] = field(default_factory=dict)
    staying: Collection[str] = ()
    custom_templates: Path | None = None
    url: str | None = None
    for_author: bool = False


@dataclass(frozen=True, slots=True)
class SiteProgress:
    """Who is told of what takes long: `past` of earlier versions of records that are read, `search` of records that are indexed for the search of a large archive, `lists` of parts of lists and figures."""

    past: Progress | None = None
    search: Progress | None = None
    lists: Progress | None = None
