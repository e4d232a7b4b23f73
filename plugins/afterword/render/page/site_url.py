"""Addresses for readers outside of the site, such as calendars: whole where it is known where the site lies."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class SiteUrl:
    """Where a site lies, by what its configuration says: `url` ends with a slash, and is empty where it says nothing of use."""

    url: str = ""

    @classmethod
    def of(cls, written: str | None) -> SiteUrl:
        """Read a site's address; only one of the web will do."""
        try:
            parts = urlsplit(written or "")
        except ValueError:
            return cls()
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return cls()
        return cls(f"{parts.scheme}://{parts.netloc}{quote(parts.path.rstrip('/'), safe='/-._~%')}/")

    @property
    def host(self) -> str:
        """Give the name of the host, without port."""
        return urlsplit(self.url).hostname or ""

    def whole(self, address: str, fragment: str = "") -> str:
        """Give the URL of a page or file, empty where the site's is not known; `address` is one of `derive/places/address.py`."""
        if not self.url:
            return ""
        return f"{self.url}{quote(address, safe='/-._~')}" + (
            f"#{quote(fragment, safe='-._~')}" if fragment else ""
        )
