"""`afterword init`: start an archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from afterword.authoring.starter_files import GITLAB_REMINDER, GITLAB_TICKETS, HOSTS
from afterword.check.wording import listed
from afterword.operations.writing.starting import SiteThere, Started, start_archive

GITLAB = ".gitlab-ci.yml"
_CHOICES = {"all": HOSTS, **{host: (host,) for host in HOSTS}, "none": ()}


@click.command(
    epilog="""\b
Examples:
  afterword init                                   in this folder
  afterword init incidents-archive                 in a new folder
  afterword init --archive docs/incidents          in a site that you have
  afterword init --ci github                       without the workflow for GitLab"""
)
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option(
    "--archive",
    metavar="FOLDER",
    help="Where the records lie, below FOLDER (default: what an mkdocs.yml with the plugin says, else postmortems; where there is a site already, among its documents).",
)
@click.option(
    "--ci",
    type=click.Choice(list(_CHOICES)),
    default="all",
    show_default=True,
    help="For which code host to write workflows that check pull requests, publish, and remind of what is due.",
)
def init(folder: Path, archive: str | None, ci: str) -> None:
    """Start an archive: settings, a site, templates, an example record, workflows.

    Works in an empty folder and in a repository; a file that is there is never touched.
    """
    started = start_archive(folder, archive, _CHOICES[ci])
    for path in started.written:
        click.echo(f"wrote {path}")
    for path in started.kept:
        click.echo(f"kept  {path}, which was there")
    click.echo("\n".join(_next_steps(folder, started)))


def _next_steps(folder: Path, started: Started) -> Iterator[str]:
    if started.site is not None:
        yield from _steps_for_site(started.site)
    workflows = [path for path in started.written if path.startswith(".git") and path.endswith(".yml")]
    if workflows:
        yield f"\nBefore the workflows run, say by `AFTERWORD_SOURCE` from which repository and commit Afterword is installed: {listed(workflows)}."
    if GITLAB in started.kept:
        yield from _steps_for_pipeline((folder / GITLAB).read_bytes(), started)
    if started.unignored:
        yield f"\nBuilds write to {' and '.join(started.unignored)}: name {'them' if len(started.unignored) > 1 else 'it'} in .gitignore."
    yield "\nNext:"
    if folder != Path():
        yield f"  cd {folder.as_posix()}"
    yield "  afterword new      begin your first record"
    yield "  afterword check    see what is missing"
    yield "  afterword serve    look at the site while you write"
    yield "  afterword build    write it to site/"


def _steps_for_pipeline(there: bytes, started: Started) -> Iterator[str]:
    """Say what a pipeline lacks; one that `init` wrote before lacks nothing."""
    if b"afterword check" not in there:
        yield f"\nTo check merge requests, add a job with `pip install 'afterword[secrets] @ git+REPOSITORY@COMMIT'` and `afterword check --secrets` to {GITLAB}."
    if GITLAB_REMINDER in started.written and GITLAB_REMINDER.encode() not in there:
        yield f"\nTo be reminded of what is due, include the other file in {GITLAB}; it says the rest:\n\n  include:\n    - local: {GITLAB_REMINDER}"
    if GITLAB_TICKETS in started.written and GITLAB_TICKETS.encode() not in there:
        yield f"\nSo does this one, which brings in what trackers say of tickets:\n\n    - local: {GITLAB_TICKETS}"


def _steps_for_site(site: SiteThere) -> Iterator[str]:
    if not site.lists_plugin:
        yield f"\nTo publish the archive, add the plugin to {site.config}:\n\n  plugins:\n    - search\n    - afterword"
    if site.folder_option:
        yield f"\nThe settings say now where the archive is: take the plugin's option `folder: {site.folder_option}` out of {site.config}."
    if site.nav_entry:
        yield f"\nTo lead readers to it, name its home page under `nav` in {site.config}:\n\n  - Post-mortems: {site.nav_entry}"
    if site.home_page:
        yield f"\nTo lead readers to it, write {site.home_page}, and MkDocs lists it."
