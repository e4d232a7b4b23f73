"""The files of the archive that are no pages: which of them MkDocs publishes, and how the others are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

from afterword.mkdocs_plugin.pages import PublishedFile
from afterword.mkdocs_plugin.publication import Publication
from afterword.operations.site.site import Site
from afterword.operations.site_search.archive_search import Searching
from afterword.render.page.planned import AnyFile

log = get_plugin_logger("afterword")


def files_at_hand(
    site: Site, staying: Iterable[File], *, by_mkdocs: bool
) -> tuple[Iterable[AnyFile], Searching | None]:
    """Give the files of a site, and the search, if its files are to come later.

    They come later where another process makes it, unless MkDocs is to publish them, or other files may have addresses of theirs.
    """
    search = site.search
    if by_mkdocs or not search.is_split or any(file.dest_uri.startswith(search.places) for file in staying):
        return chain(site.files, search.released()), None
    return site.files, search


def one_for_each_address(site: Site, staying: Sequence[File], made: Sequence[File]) -> Iterator[File]:
    """Yield files so that no two have one address: in the folder of an archive ours win, elsewhere those that were there."""
    ours = {file.dest_uri for file in made}
    outside = {file.dest_uri: file.src_uri for file in staying if not site.places.hold(file.src_uri)}
    for file in staying:
        is_inside = site.places.hold(file.src_uri)
        if is_inside and file.dest_uri in outside:
            _warn(file.src_uri, outside[file.dest_uri])
        elif not is_inside or file.dest_uri not in ours:
            yield file
    for file in made:
        if file.dest_uri in outside:
            src = site.places.src_at(file.dest_uri) if isinstance(file, PublishedFile) else file.src_uri
            _warn(src, outside[file.dest_uri])
        else:
            yield file


def _warn(src: str, there: str) -> None:
    log.warning("%s is not published: %s has its address", src, there)


class FilePublishing:
    """Publishes the files of the archive that are no pages and that MkDocs does not write, one by one; unchanged ones as they are."""

    def __init__(self, files: Iterable[File], search: Searching | None, publication: Publication) -> None:
        """Begin with those among `files`; those of a `search` follow when it is ready."""
        self._at_hand: Iterator[AnyFile] = (
            file.released() for file in files if isinstance(file, PublishedFile) and not file.in_loop
        )
        self._search, self._publication = search, publication

    def step(self) -> None:
        """Publish one file, if one is ready."""
        each = next(self._at_hand, None)
        if each is not None:
            self._publish(each)
        elif self._search is not None and self._search.is_ready:
            self._at_hand, self._search = self._search.released(), None

    def finish(self) -> None:
        """Publish all that are left."""
        more = self._search.released() if self._search is not None else ()
        for each in chain(self._at_hand, more):
            self._publish(each)

    def _publish(self, file: AnyFile) -> None:
        folder = self._publication.folder
        if file.key and folder.holds(file.address, file.key):
            folder.keep(file.address)
        else:
            self._publication.offer(file.address, file.content, file.key)
