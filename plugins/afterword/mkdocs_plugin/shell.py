"""What pages of an archive need otherwise than the theme writes it around their content."""

from __future__ import annotations

import re

DIALOG = '<div class="md-search" data-md-component="search" role="dialog"'
"""The theme gives its search dialog a role and no name; screen readers would say "dialog" alone."""

REPOSITORY = 'class="md-source" data-md-component="source"'
"""The link to the repository; by this mark a script of the theme asks the code host how many stars it has, from the reader's browser."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_CONTENT = "<article"


def mended(html: str) -> str:
    """Name the search dialog as its field is named, let the link to the repository be a link alone, and leave out the blank lines above the content; a page of another theme stays as it is."""
    shell, content, rest = html.partition(_CONTENT)
    if content:
        html = without_blank_lines(shell) + content + rest
    field = re.search(r'class="md-search__input"[^>]* aria-label="([^"]*)"', html)
    if field:
        html = html.replace(f"{DIALOG}>", f'{DIALOG} aria-label="{field[1]}">', 1)
    return html.replace(REPOSITORY, 'class="md-source"')


def without_blank_lines(html: str) -> str:
    """Leave out blank lines."""
    return _BLANK_LINES.sub("\n", html)
