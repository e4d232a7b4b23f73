"""Files that commands write to, and what their endings say about what they hold."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from afterword.check.wording import listed
from afterword.cli.console import Failure
from afterword.sources.files import why_no_output

_PLAIN = ("text", "concise", "github")
_HOLDS = {
    ".txt": (*_PLAIN, "markdown", "html", "dot", "mermaid", "svg", "json", "sarif", "gitlab", "junit"),
    ".md": ("markdown", *_PLAIN, "mermaid"),
    ".markdown": ("markdown", *_PLAIN, "mermaid"),
    ".html": ("html",),
    ".htm": ("html",),
    ".svg": ("svg",),
    ".png": ("png",),
    ".dot": ("dot",),
    ".gv": ("dot",),
    ".mmd": ("mermaid",),
    ".mermaid": ("mermaid",),
    ".json": ("json", "sarif", "gitlab"),
    ".sarif": ("sarif",),
    ".xml": ("junit", "svg"),
    ".csv": (),
    ".docx": (),
    ".jpeg": (),
    ".jpg": (),
    ".pdf": (),
    ".xlsx": (),
    ".yaml": (),
    ".yml": (),
}
"""By its ending, what a file may hold, what it says first; of other endings nothing is known, and they may hold anything."""


def form_said_by(file: Path | None, forms: Collection[str]) -> str | None:
    """Give which of a command's forms the ending of a file says; None where it says none of them."""
    holds = _HOLDS.get(file.suffix.lower(), ()) if file is not None else ()
    return holds[0] if holds and holds[0] in forms else None


def endings_of(forms: Collection[str]) -> list[str]:
    """Give the endings that say one of a command's forms."""
    return [ending for ending in _HOLDS if form_said_by(Path(f"a{ending}"), forms)]


def refuse_output(file: Path, form: str, forms: Collection[str]) -> None:
    """Fail before any work is done for a file that cannot be written, holds what somebody wrote, or says by its ending something else than the form, of all of a command's, that would be written to it."""
    reason = why_no_output(file)
    if reason:
        raise Failure(f"cannot write {file}: {reason}")
    holds = _HOLDS.get(file.suffix.lower())
    if holds is None or form in holds:
        return
    fitting = sorted(
        (each for each in _HOLDS if form in _HOLDS[each]), key=lambda each: _HOLDS[each][0] != form
    )
    others = listed(each for each in holds if each in forms)
    instead = f", or --format {others}" if others else ""
    raise click.UsageError(
        f"-o {file}: {form} is not what a file with the ending {file.suffix} holds, expected {listed(fitting)}{instead}"
    )
