"""Layouts of the causes of records, cached between builds: the engine is not asked again for the same drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True, slots=True)
class KeptLayouts:
    """The last layout of each record, by its path. Each begins with the hash of what it was made from, which the caller compares (`Pictures.layouts`)."""

    pages: KeptPages

    @classmethod
    @contextmanager
    def within(cls, folder: Path) -> Iterator[KeptLayouts]:
        """Open those in a cache folder. They belong to one thread, and must not be used by a forked process."""
        pages = KeptPages(folder)
        try:
            yield cls(pages)
        finally:
            pages.close()

    def of(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Give what is kept of some records."""
        found = ((path, self.pages.get(_key(path))) for path in paths)
        return {path: content.decode("utf-8", "replace") for path, content in found if content is not None}

    def keep(self, layouts: Mapping[str, str]) -> None:
        """Keep layouts in the place of those before."""
        for path, layout in layouts.items():
            self.pages.put(_key(path), layout.encode("utf-8", "replace"))


def _key(path: str) -> str:
    return Cache.key("layout", path)
