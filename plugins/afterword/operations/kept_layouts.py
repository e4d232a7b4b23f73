"""Where the engine has placed the causes of each record, kept between builds: it is not asked again for a drawing that is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True, slots=True)
class KeptLayouts:
    """The last layout of each record by its path, with the hash of what it was made from: whoever takes it compares that (`Pictures.layouts`)."""

    pages: KeptPages

    @classmethod
    @contextmanager
    def within(cls, folder: Path) -> Iterator[KeptLayouts]:
        """Give those of a cache's folder. They belong to one thread, and are not handed on to a process that is split off."""
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
