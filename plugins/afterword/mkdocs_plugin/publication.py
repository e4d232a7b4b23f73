"""One build of a site, from the folder that MkDocs writes to until all of it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import PluginError

from afterword.check.wording import counted
from afterword.mkdocs_plugin.staging import Staging
from afterword.operations.reading.keeping import MOST
from afterword.sources.cache import Cache
from afterword.sources.cache_size import prune_daily
from afterword.sources.files import reason_of
from afterword.sources.kept_pages import KeptPages
from afterword.sources.site_entries import keep_entries, kept_entries
from afterword.sources.site_folder import Entry, Published, SiteFolder


class Publication:
    """The site's folder while a build is published to it, and the cache of its pages.

    `known` is what is known of the files in the folder, None where that is cached between builds; `most` are the bytes that the cache may take.
    """

    def __init__(self, cache: Cache, staging: Staging, known: Mapping[str, Entry] | None, most: int) -> None:
        self.cache, self.staging, self.is_kept, self.most = cache, staging, known is None, most
        before = kept_entries(cache, staging.target) if known is None else known
        with naming_what_cannot_be_written(staging.target):
            self.folder = SiteFolder(staging.target, before, staging.waiting)
        self.pages = KeptPages(cache.folder, lasting=0, most=most)
        self._new: list[str] = []

    def offer(self, address: str, content: bytes, key: str = "") -> None:
        """Publish a file or a page of the archive; `key` is the hash of what it was made from."""
        with naming_what_cannot_be_written(self.staging.target):
            self.folder.offer(address, content, key)

    def keep(self, key: str, page: bytes) -> None:
        """Cache a page that was made."""
        self.pages.put(key, page)
        self._new.append(key)

    def publish(self) -> Published:
        """Bring the site up to date with what was offered, and with what MkDocs has built."""
        with naming_what_cannot_be_written(self.staging.target):
            self.folder.take_over(self.staging.built)
            published = self.folder.settle()
        if self.is_kept and self.folder.entries != self.folder.before:
            keep_entries(self.cache, self.folder.folder, self.folder.entries)
        return published

    def end(self) -> None:
        """Wait until the cache is written."""
        self.pages.close()

    def tidy(self) -> str:
        """Prune the cache to its bounds; what is in the site now goes last. Gives a sentence for the log where not even what was made now has room."""
        self.pages.use(entry.key for entry in self.folder.entries.values() if entry.key)
        gone = self.pages.prune(self.most)
        left = len(self.pages.among(self._new)) if gone else len(self._new)
        self.pages.close()
        prune_daily(self.cache.folder, self.most)
        if left == len(self._new):
            return ""
        return (
            f"the cache had room for {left:,} of {counted(len(self._new), 'new page')}: {MOST} gives it more"
        )


@contextmanager
def naming_what_cannot_be_written(target: Path) -> Iterator[None]:
    """Turn an error of the file system into the one that MkDocs prints as one line."""
    try:
        yield
    except OSError as error:
        place = error.filename2 or error.filename or target
        raise PluginError(f"afterword: cannot write {place}: {reason_of(error)}") from error
