"""The search of a served site, made anew beside the server: a large index takes longer than anybody waits for a page."""

from __future__ import annotations

import threading
from pathlib import Path

from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import write_file

from afterword.operations.cannot_run import CannotRunError
from afterword.operations.site.site import Site

log = get_plugin_logger("afterword")


class SearchRenewal:
    """Renews the search of the last build; what was begun for an earlier one is not written any more."""

    def __init__(self) -> None:
        self.turn = 0
        self.writing = threading.Lock()

    def stop(self) -> None:
        """Let what is under way write nothing any more: a build begins, and what it clears away stays cleared away."""
        with self.writing:
            self.turn += 1

    def start(self, site: Site, folder: Path) -> None:
        """Begin to renew the search of a site in `folder`, where it needs it."""
        if site.search.is_stale:
            log.info("the search finds texts as they were before, and is made anew in the background")
            threading.Thread(target=self._renew, args=(site, folder, self.turn), daemon=True).start()

    def _renew(self, site: Site, folder: Path, turn: int) -> None:
        try:
            files = tuple(site.search.renewed())
            with self.writing:
                if self.turn != turn:
                    return
                for file in files:
                    write_file(file.content, str(folder / file.address))
        except (CannotRunError, OSError) as error:
            log.warning("the search stays as it was: %s", error)
        else:
            log.info("the search is up to date again")
