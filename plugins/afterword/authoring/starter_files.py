"""The files that a repository begins its archive with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from afterword.authoring.templates import NAMES, SUFFIX, shipped_text

EXAMPLE = f"2026/2026-01-15-newsletter-sent-twice{SUFFIX}"
"""The path of the record below the archive's folder."""

GITHUB = "github"
GITLAB = "gitlab"
HOSTS = (GITHUB, GITLAB)

SITE = "mkdocs.yml"
"""Whatever its owner sets in it, its first line says that the site is the archive's own; another first line would not be known in the archives that there are."""

GITLAB_REMINDER = ".gitlab/remind-postmortems.yml"
"""Is a file of its own, which pipelines that are there already can include."""

GITLAB_TICKETS = ".gitlab/bring-in-tickets.yml"
"""So is this."""


@dataclass(frozen=True, slots=True)
class StarterFile:
    """A file to write, its path relative to the repository's root."""

    path: str
    text: str


def starter_files(archive: str, hosts: tuple[str, ...], *, own_site: bool) -> Iterator[StarterFile]:
    """Yield the files of an archive in the folder `archive`; `hosts` are those of `HOSTS` whose workflows are wanted.

    `own_site` is False where the repository has a site of its own, which keeps its home page and its own way of being published.
    """
    yield StarterFile("afterword.yml", _shipped("afterword.yml", archive))
    if own_site:
        yield StarterFile(SITE, _shipped(SITE, archive))
        yield StarterFile(f"{archive}/index.md", _shipped("index.md", archive))
    yield StarterFile(f"{archive}/{EXAMPLE}", _shipped("example.md", archive))
    for name in NAMES:
        yield StarterFile(f"templates/{name}{SUFFIX}", shipped_text(name))
    if GITHUB in hosts:
        yield StarterFile(".github/workflows/postmortems.yml", _shipped("github-check.yml", archive))
        if own_site:
            yield StarterFile(
                ".github/workflows/publish-postmortems.yml", _shipped("github-publish.yml", archive)
            )
        yield StarterFile(
            ".github/workflows/remind-of-postmortems.yml", _shipped("github-remind.yml", archive)
        )
        yield StarterFile(".github/workflows/bring-in-tickets.yml", _shipped("github-tickets.yml", archive))
    if GITLAB in hosts:
        check = _shipped("gitlab-check.yml", archive)
        publish = _shipped("gitlab-publish.yml", archive) if own_site else ""
        yield StarterFile(".gitlab-ci.yml", check + publish)
        yield StarterFile(GITLAB_REMINDER, _shipped("gitlab-remind.yml", archive))
        yield StarterFile(GITLAB_TICKETS, _shipped("gitlab-tickets.yml", archive))
    yield StarterFile(".gitignore", _shipped("gitignore", archive))


def is_starter_site(config: str) -> bool:
    """Tell whether a site's configuration began as ours."""
    return config.lstrip().startswith(_shipped(SITE, "").partition("\n")[0])


def _shipped(name: str, archive: str) -> str:
    text = (files("afterword.authoring") / "starter" / name).read_text(encoding="utf-8")
    return text.replace("@ARCHIVE@", archive)
