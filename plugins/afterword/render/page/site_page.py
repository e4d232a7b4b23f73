"""What rendering gives to an adapter: pages without their shell, and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from afterword.model.value import plain_value


@plain_value()
class TocEntry:
    """A line of a page's table of contents; `title` is plain text, `level` 2 for the first."""

    id: str
    title: str
    level: int = 2
    children: tuple[TocEntry, ...] = ()


@plain_value()
class SitePage:
    """The inside of one page.

    `address` is relative to the site's root, without a leading and with a final slash (the root page: empty). `html` is safe to publish;
    `title` and `description` are plain text. `source` is the path of the record shown, empty for any other page. `nav_title` is its title in the
    site's navigation, None for a page that stays out of it. `kind` is record, facet, entry, years, actions, action-list, owners, owner, teams, team, risks, risk-list, health, figures, search or home.
    `changed` is the day on which a record's text was last changed, None where git does not tell, and for any other page.
    """

    address: str
    title: str
    html: str
    kind: str
    toc: tuple[TocEntry, ...] = ()
    description: str = ""
    source: str = ""
    nav_title: str | None = None
    changed: date | None = None

    @property
    def key(self) -> str:
        """Give the hash of all that the page says: pages of one key are the same page."""
        # Writing the text itself as Python would takes longer than all else.
        said = f"{replace(self, html='')!r}\0{self.html}"
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def made(self) -> SitePage:
        """Give the page itself."""
        return self


@plain_value()
class SiteFile:
    """A file that is published as it is; `address` is relative to the site's root, without a leading slash.

    `key` is the hash of all that it is made from, empty where nobody asks for it.
    """

    address: str
    content: bytes
    key: str = ""
