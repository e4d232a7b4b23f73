"""Pages of the archive that do not go through MkDocs' own loop: they come from the site's folder or the cache, or are made."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_timestamp

from afterword.mkdocs_plugin.archive_files import FilePublishing
from afterword.mkdocs_plugin.nav_key import nav_key
from afterword.mkdocs_plugin.others import mentions
from afterword.mkdocs_plugin.pages import ArchiveFile, ArchivePage, address_of
from afterword.mkdocs_plugin.publication import Publication
from afterword.mkdocs_plugin.shell_form import Forms, has_forms
from afterword.mkdocs_plugin.shell_key import shell_key
from afterword.mkdocs_plugin.shell_page import Shell
from afterword.operations.site.site import Site
from afterword.operations.timings import Timings
from afterword.render.page.planned import AnyPage
from afterword.render.page.site_page import SitePage

log = get_plugin_logger("afterword")

Make = Callable[[Sequence[AnyPage]], Iterator[SitePage]]
"""Makes pages, in the order given."""


def documents(files: Iterable[File]) -> list[File]:
    """Give the files of all pages of a site, whoever builds them, in the order of MkDocs."""
    return [
        file
        for file in files
        if (isinstance(file, ArchiveFile) or file.is_documentation_page()) and file.inclusion.is_included()  # type: ignore[no-untyped-call]  # MkDocs leaves it so
    ]


def build_pages(
    files: Iterable[File],
    shell: Shell,
    publication: Publication,
    make: Make,
    timings: Timings,
    beside: FilePublishing,
) -> None:
    """Publish the pages of the archive that MkDocs does not build: unchanged ones as they are, the others by `make`.

    A new page is cached, unless its record was saved in the meantime. The files `beside` the pages are published while other processes make pages.
    """
    with timings.stage("find"):
        missed = list(_missed(files, shell, publication))
    # A forked process may open the cache, and must not find it open already: SQLite would take this process's locks for its own.
    publication.pages.close()
    whole = Forms(shell, log.debug) if has_forms(shell.config) else shell
    made = make([page.archive_page for page, _ in missed])
    for page, key in missed:
        with timings.stage("render"):
            page.made = next(made)
        with timings.stage("shell"):
            content = whole.page(page)
            page.forget()
        with timings.stage("write"):
            if shell.site.records.is_overtaken(page.archive_page.source):
                publication.offer(page.file.dest_uri, content)
            else:
                publication.keep(key, content)
                publication.offer(page.file.dest_uri, content, key)
            beside.step()
    # Run it to its end: there it logs notes.
    next(made, None)
    with timings.stage("write"):
        beside.finish()


def _missed(
    files: Iterable[File], shell: Shell, publication: Publication
) -> Iterator[tuple[ArchivePage, str]]:
    """Publish the pages that are in the site's folder or in the cache, and yield the others with their keys."""
    folder, kept = publication.folder, publication.pages
    lacking = []
    for page, key in keyed(files, shell):
        if folder.holds(page.file.dest_uri, key):
            folder.keep(page.file.dest_uri)
        else:
            lacking.append((page, key))
    there = kept.among(key for _, key in lacking)
    with closing(kept.each(key for _, key in lacking if key in there)) as contents:
        for page, key in lacking:
            content = next(contents) if key in there else None
            if content is not None:
                publication.offer(page.file.dest_uri, content, key)
            else:
                yield page, key


def keyed(files: Iterable[File], shell: Shell) -> Iterator[tuple[ArchivePage, str]]:
    """Yield the pages of the archive, each with the hash of all that its bytes depend on."""
    common, keys = shell_key(shell.config), _NavKeys()
    dated = mentions(shell.config, "update_date")
    for file in files:
        page = file.page if isinstance(file, ArchiveFile) else None
        if isinstance(page, ArchivePage):
            parts = (common, keys.of(shell.nav_of(page)), *_own_parts(page, shell.site))
            day = page.update_date if dated else ""
            yield page, sha256("\0".join((*parts, day)).encode("utf-8", "surrogatepass")).hexdigest()


def date_packed_sitemap(config: MkDocsConfig, files: Iterable[File]) -> None:
    """Give the packed sitemap the date of the latest page; MkDocs knows only the pages that it builds."""
    packed = Path(config.site_dir) / "sitemap.xml.gz"
    sitemap = packed.with_suffix("")
    if not packed.is_file() or not sitemap.is_file():
        return
    pages = [file.page for file in documents(files) if file.page is not None]
    with (
        packed.open("wb") as file,
        gzip.GzipFile(packed.name, "wb", fileobj=file, mtime=get_build_timestamp(pages=pages)) as writer,
    ):
        writer.write(sitemap.read_bytes())


class _NavKeys:
    """The hashes of navigations: all pages ask, and a site has few."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def of(self, nav: Navigation) -> str:
        """Give the key of a navigation."""
        if id(nav) not in self._known:
            self._known[id(nav)] = nav_key(nav)
        return self._known[id(nav)]


def _own_parts(page: ArchivePage, site: Site) -> Iterator[str]:
    address = address_of(page)
    yield from (page.archive_page.key, page.archive_page.kind, address, site.places.at(address).base)
    yield repr(site.feeds.get(address.removesuffix("index.html"), ()))
    yield from (str(page.title), page.file.dest_uri, page.edit_url or "", page.canonical_url or "")
    for other in (page.previous_page, page.next_page, *page.ancestors):
        yield f"{other.title} {getattr(other, 'url', '')}" if other is not None else ""
