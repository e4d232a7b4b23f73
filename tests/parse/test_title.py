"""What a record is called."""

from __future__ import annotations

import pytest

from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record

HEADER = "---\ndate: 2026-03-14\n---\n\n"
TITLED = "---\ntitle: Checkout down\ndate: 2026-03-14\n---\n\n"


def record(text: str) -> Postmortem:
    """Read a record."""
    return parse_record(text.encode(), "postmortems/2026-03-14-a.md", Settings())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLED}# Another\n", "Checkout down"),
        (f"{HEADER}# Checkout *was* `down`\n\nx\n\n# Twice\n", "Checkout was down"),
        ("# Checkout down\n\n## Summary\n", "Checkout down"),
        (f"{HEADER}Before.\n\nCheckout down\n=============\n", "Checkout down"),
        (f"{HEADER}## Summary\n\n# Below a section\n", "2026-03-14-a"),
        (f"{HEADER}# Summary\n\nA section.\n", "2026-03-14-a"),
        (f"{HEADER}# Down[^1]\n\n[^1]: A note.\n", "2026-03-14-a"),
        (f"{HEADER}#\n\n# Second\n", "2026-03-14-a"),
        (f"{HEADER}Text alone.\n", "2026-03-14-a"),
    ],
)
def test_a_record_is_called_by_its_title_its_heading_or_its_id(text: str, title: str) -> None:
    """Of headings the first one of first level counts, where it stands above the sections and holds words alone."""
    assert record(text).title == title
