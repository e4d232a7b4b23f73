"""A digest as a document for mail: one file, styles in place, nothing fetched, no script."""

from __future__ import annotations

from jinja2 import Environment

from afterword.render.digest.digest_outline import Outline


def digest_html(outline: Outline, templates: Environment) -> str:
    """Write it by the template `digest.html`."""
    return templates.get_template("digest.html").render(outline=outline)
