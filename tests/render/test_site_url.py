"""Where a site lies."""

from __future__ import annotations

import pytest

from afterword.render.page.site_url import SiteUrl


@pytest.mark.parametrize(
    ("written", "url", "host"),
    [
        ("https://pm.example.org", "https://pm.example.org/", "pm.example.org"),
        ("https://pm.example.org/a b/", "https://pm.example.org/a%20b/", "pm.example.org"),
        ("http://127.0.0.1:8000/x?y#z", "http://127.0.0.1:8000/x/", "127.0.0.1"),
        ("", "", ""),
        (None, "", ""),
        ("pm.example.org", "", ""),
        ("javascript:alert(1)", "", ""),
        ("https://[broken", "", ""),
    ],
)
def test_only_an_address_of_the_web_will_do(written: str | None, url: str, host: str) -> None:
    """Anything else is as if nothing was said."""
    site = SiteUrl.of(written)
    assert (site.url, site.host) == (url, host)


def test_an_address_is_escaped() -> None:
    """Names of folders may hold what a URL reserves."""
    site = SiteUrl.of("https://pm.example.org/docs")
    assert site.whole("é #/x/", "a1") == "https://pm.example.org/docs/%C3%A9%20%23/x/#a1"
    assert SiteUrl().whole("x/", "a1") == ""
